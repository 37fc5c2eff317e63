"""What every body and query is read with, pages of lists, and the marks by which a program knows what it has read."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from django.db import transaction
from django.utils.translation import get_language
from ninja import Path
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from tantam.desk.api.body import Told
from tantam.desk.api.errors import Invalid, Missing, Unchanged
from tantam.desk.api.token import Asking
from tantam.desk.cases.act import act_on, refuse_if_changed
from tantam.desk.cases.models import Actor, Case
from tantam.desk.customers.models import Customer

MOST_ID = 2**63 - 1
MOST_LISTED = 100
__all__ = [
    "CaseRef",
    "Id",
    "PageAsked",
    "Ref",
    "Told",
    "Word",
    "case_mark",
    "customer_mark",
    "first",
    "know",
    "numbered",
    "paged",
    "place",
    "seen",
    "unchanged",
]
T = TypeVar("T")


def _number(got: Any) -> Any:
    return int(got) if isinstance(got, str) and got.isascii() and got.isdigit() and len(got) < 20 else got


def _there(got: int) -> int:
    if got > MOST_ID:
        raise Missing("There is no such thing, or you may not see it.")
    return got


Id = Annotated[int, AfterValidator(_there), Path(ge=1, description="An id.")]
"""An id in an address."""

Ref = Annotated[
    int,
    BeforeValidator(_number),
    Field(ge=1, le=MOST_ID),
    WithJsonSchema({"type": "string", "pattern": "^[1-9][0-9]{0,17}$"}),
]
"""An id in a body: text, because it has more digits than many programs' numbers."""

CaseRef = Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,20}$", description="A case's id or reference.")]
"""A case in an address."""

Word = Annotated[str, Field(max_length=80)]
"""A name of the plan, or a code."""


class PageAsked(Told):
    """Which part of a list."""

    cursor: str = Field("", max_length=400, description="`next` of the page before; empty for the first.")
    limit: int = Field(50, ge=1, le=MOST_LISTED, description="How many at most.")


def place(asked: PageAsked) -> str:
    """Return the place that a cursor stands for, "" for the beginning. Raises Invalid."""
    try:
        padded = asked.cursor + "=" * (-len(asked.cursor) % 4)
        return base64.b64decode(padded.encode(), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError) as wrong:
        raise Invalid("cursor", "Take it from `next` of the page before, or leave it empty.") from wrong


def numbered(asked: PageAsked) -> int | None:
    """Return the id that a cursor stands for, None for the beginning. Raises Invalid."""
    found = place(asked)
    if not found:
        return None
    if not (found.isascii() and found.isdigit() and len(found) < 20 and int(found) <= MOST_ID):
        raise Invalid("cursor", "Take it from `next` of the page before, or leave it empty.")
    return int(found)


def paged(request: Asking, items: Sequence[Any], after: str) -> dict[str, Any]:
    """Return a page, with a Link header to the next one. after: the place of the last item, "" at the end."""
    cursor = base64.urlsafe_b64encode(after.encode()).decode().rstrip("=") if after else ""
    if cursor:
        query = {**{name: request.GET[name] for name in request.GET if name != "cursor"}, "cursor": cursor}
        request.told["Link"] = f'<{request.path}?{urlencode(query)}>; rel="next"'
    return {"items": list(items), "next": cursor}


def first(rows: Sequence[T], limit: int) -> tuple[Sequence[T], bool]:
    """Return the first `limit` of rows that were read one too far, and whether there are more."""
    return rows[:limit], len(rows) > limit


def case_mark(case: Case) -> str:
    """Return the ETag of a case: its last event, and what else its answer shows. One query."""
    last = case.events.order_by("-pk").values_list("pk", flat=True).first() or 0
    shown = (get_language(), case.customer.edition, case.owner.name if case.owner else "")
    return f'W/"{last}-{zlib.crc32(repr(shown).encode()):08x}"'


def customer_mark(customer: Customer) -> str:
    """Return the ETag of a customer: the edition, and the latest change. One query."""
    last = customer.changes.order_by("-pk").values_list("pk", flat=True).first() or 0
    said = customer.consents.order_by("-pk").values_list("pk", flat=True).first() or 0
    return f'W/"{customer.edition}-{last}-{said}-{get_language()}"'


def know(request: Asking, mark: str) -> None:
    """Note the ETag of what is read. Raises Unchanged if the program has it already."""
    request.told["ETag"] = mark
    have = [each.strip().removeprefix("W/") for each in request.headers.get("If-None-Match", "").split(",")]
    if mark.removeprefix("W/") in have or "*" in have:
        raise Unchanged(mark)


def seen(request: Asking) -> int | None:
    """Return the number that the ETag of If-Match begins with, None without one. Raises Invalid."""
    written = request.headers.get("If-Match", "").strip()
    if written in ("", "*"):
        return None
    number = written.removeprefix("W/").strip('"').partition("-")[0]
    if not (number.isascii() and number.isdigit() and len(number) < 20 and int(number) <= MOST_ID):
        raise Invalid("If-Match", "Send the ETag as it was read.")
    return int(number)


@contextmanager
def unchanged(request: Asking, case: Case) -> Iterator[Case]:
    """Hold the case in one transaction, if it stands as the program read it.

    Raises Refused("changed_meanwhile") if something happened since, for a request with If-Match.
    """
    read = seen(request)
    with transaction.atomic():
        if read is not None:
            refuse_if_changed(act_on(case, Actor.PERSON, request.person), read)
        yield case
