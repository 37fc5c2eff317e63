"""Promise the customer something by hand: a row of the ledger that reminds its maker and breaks at its time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import invites, outbox, promises, said, vows
from tantam.desk.cases.act import Act, act_on, refuse_if_merged
from tantam.desk.cases.letters import letter
from tantam.desk.cases.models import Actor, Case, Promise
from tantam.desk.cases.vows import Vow
from tantam.desk.common.errors import Refused

FARTHEST = timedelta(days=731)


def promise(case: Case, person: Person, vow: Vow) -> Promise:
    """Return the promise; the same words for the same time again give the same promise.

    An appointment or visit is confirmed to the customer, with an invitation for their calendar.
    Raises Refused: says_nothing, not_a_time, too_far, ends_before, is_merged, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_merged(act)
        vow = _checked(act, vow)
        before = act.case.promises.filter(by_hand=True, kind=vow.kind, words=vow.words, due_at=vow.due)
        if earlier := before.filter(state=Promise.State.OWED).first():
            return earlier
        made = promises.make_by_hand(act, vow)
        promises.note_next_due(act)
        if made.kind in vows.MEETINGS:
            _confirm(act, made)
        return made


def refuse_time(act: Act, vow: Vow) -> None:
    """Raise Refused for a time that has passed, that is too far away, or that ends before it begins."""
    if vow.due <= act.now:
        raise Refused("not_a_time", got=vow.due.strftime("%Y-%m-%d %H:%M"))
    if max(vow.due, vow.ends or vow.due) > act.now + FARTHEST:
        raise Refused("too_far")
    if vow.ends is not None and vow.ends <= vow.due:
        raise Refused("ends_before")


def _checked(act: Act, vow: Vow) -> Vow:
    """Return the vow as it is kept: words of one line, and an end for what has one."""
    refuse_time(act, vow)
    words, place = _line(vow.words), _line(vow.place)
    if not words:
        raise Refused("says_nothing")
    meets = vow.kind in vows.MEETINGS
    ends = (vow.ends or vow.due + vows.MEETING_LASTS) if meets else None
    return replace(vow, words=words, place=place if meets else "", ends=ends)


def _line(text: str) -> str:
    return said.first_line(text.replace("\x00", "").strip(), vows.MOST_WORDS)


def _confirm(act: Act, made: Promise) -> None:
    context = {"begins": made.due_at, "ends": made.ends_at, "what": made.words, "place": made.place}
    message = outbox.post(act, letter("cases/letters/appointment.txt", act.case, act.plan, context))
    invites.invite(act, made, message, uid=made.pk)
