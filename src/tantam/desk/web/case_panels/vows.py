"""Promises by hand: the offer beside the composer, those that were given, and the one that is due soon."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
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
    """Return the case's promises by hand, open ones first; nothing where none was ever given.

    What stands on top of the page is done there.
    """
    above = _due_soon(shown)
    rows = [replace(each, open=each.open and each.promise != above) for each in given_on(shown)]
    return {"case": shown.case, "rows": rows, "typed": shown.typed} if rows else None


@panel("vow_due", "top", 4)
def due(shown: Shown) -> Mapping[str, Any] | None:
    """Return the promise of whoever looks that is due next, from the moment of its reminder on."""
    found = _due_soon(shown)
    return {"case": shown.case, "row": row(found, shown), "typed": shown.typed} if found else None


def _due_soon(shown: Shown) -> Promise | None:
    mine = [each for each in _by_hand(shown) if each.made_by_id == shown.person.pk and each.state == State.OWED]
    near = [each for each in mine if each.remind_at is not None and each.remind_at <= shown.now]
    return min(near, key=lambda each: each.due_at, default=None)


def given_on(shown: Shown) -> list[Given]:
    """Return the rows of the case's promises by hand."""
    found = sorted(_by_hand(shown), key=lambda each: (each.due_at, each.pk), reverse=True)
    rows = [row(each, shown) for each in found[:MOST]]
    still = sorted((each for each in rows if each.open), key=lambda each: each.promise.due_at)
    return [*still, *(each for each in rows if not each.open)]


def _by_hand(shown: Shown) -> list[Promise]:
    """Return the promises by hand, of those that the page has read."""
    return [each for each in shown.case.promises.all() if each.by_hand]


def row(promise: Promise, shown: Shown) -> Given:
    """Return one promise as its row shows it."""
    maker: Person | None = promise.made_by
    return Given(
        promise=promise,
        chip=chip(promise, shown.now),
        what=vow_words.owed(shown.plan, promise, shown.lang),
        when=vow_words.when(promise),
        maker=maker.name if maker else "",
        open=promise.still_to_keep,
        invites=promise.kind in MEETINGS and promise.state != State.WITHDRAWN,
    )
