"""Takes every word out of cases; what happened when, what was owed and what was granted stays, for it is counted.

What a table of words is, stands here once, by table: the columns that are written empty, and the tables whose rows go.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Q

from tantam.desk.arrivals.models import Arrival
from tantam.desk.assistants.models import Proposal
from tantam.desk.calls.models import Call, Callback
from tantam.desk.cases.models import (
    Attachment,
    BulkItem,
    Case,
    CaseEvent,
    Draft,
    Message,
    Pin,
    Promise,
    RichBody,
)
from tantam.desk.chats.models import Visitor
from tantam.desk.claims.models import Approval, Grant, Stance
from tantam.desk.comments.models import Comment
from tantam.desk.common.ids import new_key
from tantam.desk.feedback.models import Rating
from tantam.desk.notices.models import Notice
from tantam.desk.privacy import within
from tantam.desk.privacy.taking import Taking, Whom, added, emptied, goes, of_cases
from tantam.desk.reviews.models import Review
from tantam.desk.sales.models import Enquiry, Quote, QuoteLine
from tantam.desk.search import keeping
from tantam.desk.search.index import index
from tantam.desk.search.models import Thing
from tantam.desk.wordings.models import Used

GONE = "…"  # what stands where words stood
_WORDS = frozenset(("address", "before", "facts", "mail", "name", "note", "number", "place", "reason", "recorded"))
_WORDS |= {"sender", "text", "title", "words", "written"}
_CODE = re.compile(r"[A-Za-z0-9_.#:+-]{1,80}\Z")  # codes, ids, references and instants; no mail address, no sentence
_NUMBER = re.compile(r"\+?[\d.-]{7,}\Z")  # a telephone number, perhaps


def _in_case(way: str = "case") -> Callable[[Whom], Q]:
    """Return what finds the rows that name one of the cases by `way`."""
    return lambda whom: Q(**{f"{way}__in": whom.cases})


_GOES: tuple[Taking, ...] = (
    goes(RichBody, _in_case("message__case")),
    goes(Comment, _in_case("message__case")),
    goes(Attachment, _in_case("message__case"), _in_case(), _in_case("draft__case")),
    goes(Draft, _in_case()),
    goes(Notice, _in_case()),
)
_EMPTIED: tuple[Taking, ...] = (
    emptied(Message, _in_case(), {"body": GONE, "sent_to": ""}),
    emptied(Promise, _in_case(), {"words": "", "place": ""}),
    emptied(Pin, _in_case(), {"words": GONE, "learned": ""}),
    emptied(Grant, _in_case(), {"reason": ""}),
    emptied(Approval, _in_case(), {"reason": "", "note": ""}),
    emptied(Stance, _in_case("claim__case"), {"words": ""}),
    emptied(Rating, _in_case(), {"words": ""}),
    emptied(Review, _in_case(), {"remark": ""}),
    emptied(Proposal, _in_case(), {"body": GONE}),
    emptied(Used, _in_case("message__case"), {"address": "", "values": {}}),
    emptied(Arrival, _in_case(), {"raw": b"", "sender": "", "subject": "", "name": "", "because": {}}),
    emptied(Call, _in_case(), {"number": ""}),
    emptied(Callback, _in_case("promise__case"), {"number": ""}),
    emptied(Visitor, _in_case(), {"name": "", "mail": "", "page": ""}),
    emptied(BulkItem, _in_case(), {"args": {}}),
    emptied(Enquiry, _in_case(), {"words": ""}),
    emptied(Quote, _in_case("enquiry__case"), {"words": ""}),
    emptied(QuoteLine, _in_case("quote__enquiry__case"), {"words": GONE}),
    *within.TAKINGS,
)


def empty(cases: Sequence[int]) -> tuple[dict[str, int], list[int]]:
    """Take the words out of these cases, inside the caller's transaction; twice is harmless.

    Return how many rows of each table went or were written empty, and the keys of the events that lost words.
    """
    _forget(cases)
    whom, went = Whom((), cases), dict[str, int]()
    for each in (*of_cases(), *_GOES, *_EMPTIED):
        went = added(went, {each.name: each.take(whom)})
    # A mail that answers an old one of theirs begins anew: nobody is known by the names of their letters any more.
    Message.objects.filter(case__in=cases, direction=Message.Direction.INCOMING).update(message_id=None)
    for case in Case.objects.filter(pk__in=cases):
        case.subject, case.last_words, case.fields, case.link_key = GONE, "", {}, new_key()
        case.save(update_fields=["subject", "last_words", "fields", "link_key"])
    events = _bare_events(cases)
    for key in cases:
        keeping.index_again(Thing.Kind.CASE.value, key)
    return {name: number for name, number in went.items() if number}, events


def counts(whom: Whom) -> dict[str, int]:
    """Return how many rows of each table that hangs on their cases would go or be written empty."""
    found = dict[str, int]()
    for each in (*of_cases(), *_GOES, *_EMPTIED):
        found = added(found, {each.name: each.found(whom)})
    return {name: number for name, number in found.items() if number}


def _forget(cases: Sequence[int]) -> None:
    """Take what was said out of the index of words; it is indexed anew, without them."""
    said = list(Message.objects.filter(case__in=cases).exclude(body=GONE).values_list("pk", flat=True))
    for start in range(0, len(said), keeping.BATCH):
        index().forget(keeping.texts_of(sorted(index().known(said[start : start + keeping.BATCH]))))


def _bare_events(cases: Sequence[int]) -> list[int]:
    """Write events that hold words anew without them, under the key that they had; return the keys.

    An event is never changed, the database refuses that; one that goes is put in its place, with all that is counted.
    """
    bare = []
    for each in CaseEvent.objects.filter(case__in=cases).order_by("pk"):
        args = bared(each.args)
        if args != each.args:
            bare.append((each.pk, args))
    with connection.cursor() as cursor:
        for pk, args in bare:
            cursor.execute("SELECT * FROM case_event WHERE id = %s", [pk])
            names = [column[0] for column in cursor.description]
            row = dict(zip(names, cursor.fetchone(), strict=True)) | {"args": json.dumps(args)}
            cursor.execute("DELETE FROM case_event WHERE id = %s", [pk])
            places = ", ".join(["%s"] * len(names))
            cursor.execute(
                f"INSERT INTO case_event ({', '.join(names)}) VALUES ({places})",  # noqa: S608 - names of ours
                [row[name] for name in names],
            )
    return [pk for pk, _args in bare]


def bared(args: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of an event without what anybody wrote: codes, numbers, keys and instants stay."""
    return {name: value for name, value in args.items() if name not in _WORDS and _is_plain(value)}


def _is_plain(value: Any) -> bool:
    match value:
        case str():
            return value == "" or bool(_CODE.match(value)) and not _NUMBER.match(value)
        case list():
            return all(_is_plain(each) for each in value)
        case dict():
            return all(_is_plain(each) and name not in _WORDS for name, each in value.items())
        case _:
            return True
