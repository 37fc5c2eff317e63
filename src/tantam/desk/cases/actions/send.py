"""Send what was written: at once, held for a few seconds in which it can be taken back, or at a time that one chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import drafts, outbox, said
from tantam.desk.cases.act import Act, act_on, refuse_if_changed, refuse_if_resolved
from tantam.desk.cases.actions.add_note import add_note
from tantam.desk.cases.actions.ask_customer import ask
from tantam.desk.cases.actions.reply import answer
from tantam.desk.cases.actions.resolve import tell_and_settle
from tantam.desk.cases.drafts import Mode, Pressed
from tantam.desk.cases.models import Actor, Attachment, Case, Draft, Message
from tantam.desk.common import work
from tantam.desk.common.errors import Refused
from tantam.desk.common.work import handles

MOST_SUBMISSION = 64  # characters that are kept of a form's number
LONGEST = timedelta(days=366)  # until what is sent later goes out
SEND_HELD = "send_held"  # work whose payload is {"draft": id}


def send(case: Case, person: Person, pressed: Pressed) -> Message | Draft:
    """Return the message, or the draft that waits: for the person's `undo_seconds`, or until the time they chose.

    In the customer's quiet hours it waits for their end, unless it is to go out at any hour. The same submission gives
    the same. What they were writing on this sheet goes with its files. A note is kept at once: only colleagues read it.
    Raises Refused: says_nothing, too_long, already_resolved, changed_meanwhile, not_ahead, not_allowed.
    """
    pressed = replace(pressed, submission=pressed.submission.replace("\x00", "")[:MOST_SUBMISSION])
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        if earlier := _sent_before(act, pressed):
            return earlier
        _refuse_what_cannot_go(act, pressed)
        draft = drafts.being_written(act.case, person, pressed.mode) or Draft(case=act.case, person=person)
        draft.body, draft.mode, draft.settles = pressed.body, pressed.mode, pressed.settles
        draft.changed_at = draft.pressed_at = act.now
        draft.submission, draft.handling_seconds = pressed.submission, pressed.handling_seconds
        at, draft.any_hour = _goes_at(act, pressed), pressed.any_hour
        draft.timed = at is not None
        if pressed.mode != Mode.NOTE and (at or person.undo_seconds):
            return _hold(draft, at or act.now + timedelta(seconds=person.undo_seconds))
        return _go(act, draft)


def take_back(draft: Draft, person: Person) -> Draft:
    """Return the draft, which does not go out; what was begun since follows behind it.

    What goes out at a time, hours from now, is stopped by any colleague; it waits with its writer then.
    Raises Refused: already_out, not_yours_to_take_back, not_allowed.
    """
    with transaction.atomic():
        act_on(draft.case, Actor.PERSON, person)
        found = _held(draft.pk)
        if found is None:
            raise Refused("already_out")
        if found.person_id != person.pk and not found.timed:
            raise Refused("not_yours_to_take_back", person=found.person.name)
        found.pressed_at = None
        return _put_back(found)


def release(draft_id: int) -> Message | None:
    """Return the message that a held draft became; None if it was taken back, is still held, or cannot go.

    It counts as said when send was pressed; at a time that its writer chose, when it goes out, even if they left. If
    the customer wrote since, or the case no longer lets it go, it stays a draft, and the event `held_back` tells its
    writer.
    """
    with transaction.atomic():
        draft = _held(draft_id)
        if draft is None:
            return None
        act = act_on(draft.case, Actor.PLAN)  # locks; then the draft is read anew
        draft = _held(draft_id)
        if draft is None or draft.pressed_at is None or (draft.held_until or act.now) > act.now:
            return None
        try:
            with transaction.atomic():
                since = act.case.messages.filter(written_at__gt=draft.pressed_at)
                if since.filter(direction=Message.Direction.INCOMING).exists():
                    raise Refused("customer_wrote")
                return _go(_acting(act, draft), draft)
        except Refused as refused:
            kept = _put_back(draft)
            act.append("held_back", draft=kept.pk, of=kept.person_id, reason=refused.code)
            return None


def _acting(act: Act, draft: Draft) -> Act:
    """Return the act of a draft's writer: as of when they pressed send, or as of now if they chose the time."""
    if draft.timed:
        refuse_if_resolved(act)
        return replace(act, actor=Actor.PERSON, person=draft.person)
    assert draft.pressed_at is not None
    return replace(act_on(draft.case, Actor.PERSON, draft.person), now=draft.pressed_at)


@handles(SEND_HELD)
def send_held(payload: Mapping[str, Any]) -> None:
    """Send the draft of a piece of due work, if it is still to go."""
    release(int(payload["draft"]))


def _goes_at(act: Act, pressed: Pressed) -> datetime | None:
    """Return when it goes out: the time that was chosen, or the end of the customer's quiet hours; None for now."""
    if pressed.mode == Mode.NOTE or pressed.any_hour:
        return pressed.at
    kept = outbox.kept_back(act, pressed.at or act.now)
    return kept.until if kept else pressed.at


def _sent_before(act: Act, pressed: Pressed) -> Message | Draft | None:
    if earlier := said.already(act, pressed.submission):
        return earlier
    held = act.case.drafts.filter(person=act.person, submission=pressed.submission).exclude(held_until=None)
    return held.first() if pressed.submission else None


def _refuse_what_cannot_go(act: Act, pressed: Pressed) -> None:
    if pressed.at is not None and not act.now < pressed.at <= act.now + LONGEST:
        raise Refused("not_ahead")
    if not pressed.settles or pressed.body.strip():  # settled without words, the usual ones are sent
        said.clean(pressed.body)
    if pressed.settles:
        refuse_if_resolved(act)
        refuse_if_changed(act, pressed.seen)
    elif pressed.mode == Mode.ASK:
        refuse_if_resolved(act)


def _held(draft_id: int) -> Draft | None:
    """Return the draft while it is held, with its case and its writer."""
    return Draft.objects.select_related("case", "person").filter(pk=draft_id).exclude(held_until=None).first()


def _hold(draft: Draft, until: datetime) -> Draft:
    draft.held_until = until
    draft.save()
    key = f"{SEND_HELD}:{draft.pk}:{int(until.timestamp() * 1000)}"
    work.due(SEND_HELD, key, {"draft": draft.pk}, until)
    return draft


def _go(act: Act, draft: Draft) -> Message:
    """Say it in the case, with its files; the draft is gone."""
    act = replace(act, any_hour=draft.any_hour)
    told: dict[str, Any] = {"handling_seconds": draft.handling_seconds, "submission": draft.submission or None}
    if draft.mode == Mode.NOTE:
        message = add_note(act.case, draft.person, draft.body, **told)
    elif draft.settles:
        refuse_if_resolved(act)
        message = tell_and_settle(act, draft.body, **told)
    elif draft.mode == Mode.ASK:
        message = ask(act, draft.body, **told)
    else:
        message = answer(act, draft.body, code="replied", **told)
    if not draft._state.adding:
        Attachment.objects.filter(draft=draft).update(message=message, draft=None)
        draft.delete()
    return message


def _put_back(draft: Draft) -> Draft:
    draft.held_until, draft.submission, draft.timed, draft.any_hour = None, "", False, False
    draft = drafts.make_room(draft)
    draft.save(update_fields=["held_until", "submission", "pressed_at", "timed", "any_hour", "body"])
    return draft
