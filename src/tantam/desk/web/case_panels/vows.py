"""Promises by hand: the offer beside the composer, those that were given, and the one that is due soon."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tantam.desk.accounts.models import Person
from tantam.desk.cases.ledger import PromiseChip, chip
from tantam.desk.cases.models import Promise
from tantam.desk.cases.vows import MEETINGS
from tantam.desk.web import vow_words
from tantam.desk.web.panels import Shown, panel

MOST = 12
State = Promise.State


@dataclass(frozen=True, slots=True)
class Given:
    """A promise by hand as its row shows it. open: it may be kept, moved or withdrawn. invites: it has an .ics."""

    promise: Promise
    chip: PromiseChip
    what: str
    when: str
    maker: str
    open: bool
    invites: bool


@panel("vow_offer", "composer", 20)
def offer(shown: Shown) -> Mapping[str, Any]:
    """Return what the form "Promise something" needs; what is found as one types is asked for by the page."""
    fields = shown.typed.fields if shown.typed.verb == "promise_it" else {}
    error = shown.typed.error if fields else ""
    return {"case": shown.case, "kinds": vow_words.kinds(), "fields": fields, "error": error, "key": uuid.uuid4().hex}


@panel("vows", "right", 24)
def given(shown: Shown) -> Mapping[str, Any] | None:
    """Return the case's promises by hand, open ones first; nothing where none was ever given. One query."""
    rows = given_on(shown)
    return {"case": shown.case, "rows": rows, "typed": shown.typed} if rows else None


@panel("vow_due", "top", 4)
def due(shown: Shown) -> Mapping[str, Any] | None:
    """Return the promise of whoever looks that is due next, from the moment of its reminder on. One query."""
    mine = shown.case.promises.filter(by_hand=True, state=State.OWED, remind_at__lte=shown.now)
    found = mine.filter(made_by=shown.person).order_by("due_at").first()
    return {"case": shown.case, "row": row(found, shown)} if found else None


def given_on(shown: Shown) -> list[Given]:
    """Return the rows of the case's promises by hand."""
    found = shown.case.promises.filter(by_hand=True).select_related("made_by").order_by("-due_at", "-id")[:MOST]
    rows = [row(each, shown) for each in found]
    still = sorted((each for each in rows if each.open), key=lambda each: each.promise.due_at)
    return [*still, *(each for each in rows if not each.open)]


def row(promise: Promise, shown: Shown) -> Given:
    """Return one promise as its row shows it."""
    maker: Person | None = promise.made_by
    standing = promise.state == State.OWED or (promise.state == State.BROKEN and promise.fulfilled_at is None)
    return Given(
        promise=promise,
        chip=chip(promise, shown.now),
        what=vow_words.owed(shown.plan, promise, shown.lang),
        when=vow_words.when(promise),
        maker=maker.name if maker else "",
        open=standing,
        invites=promise.kind in MEETINGS and promise.state != State.WITHDRAWN,
    )
