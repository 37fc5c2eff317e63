"""Keep what somebody is writing, as typed; colleagues see it, and may take it over or put it away."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.cases import attachments, drafts
from tantam.desk.cases.act import act_on
from tantam.desk.cases.attachments import Brought
from tantam.desk.cases.models import Actor, Attachment, Case, Draft
from tantam.desk.cases.said import MOST_CHARACTERS
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused


def keep_draft(
    case: Case, person: Person, body: str, *, mode: str = "reply", files: Sequence[Brought] = ()
) -> Draft | None:
    """Return the draft with these words and, besides those it has, files; None once nothing is written.

    No event is left and the case is not locked: this happens every few seconds. What was stopped from going out is
    known to have been seen when its words change. Words that were sent a moment ago, and arrive behind their sending,
    are not kept. Raises Refused: too_long, not_allowed.
    """
    if not works_here(person):
        raise Refused("not_allowed")
    text = body.replace("\x00", "").replace("\r\n", "\n")
    if len(text) > MOST_CHARACTERS:
        raise Refused("too_long", most=MOST_CHARACTERS)
    with transaction.atomic():
        draft = drafts.taken_up(case, person, mode)
        if draft is None:
            if not files and (not text.strip() or drafts.just_sent(case, person, text)):
                return None
            draft, _ = Draft.objects.get_or_create(
                case=case, person=person, mode=mode, held_until=None, defaults={"changed_at": clock.now()}
            )
        if text.strip() != draft.body.strip():
            draft.pressed_at = None
        draft.body, draft.mode, draft.changed_at = text, mode, clock.now()
        draft.save(update_fields=["body", "mode", "changed_at", "pressed_at"])
        attachments.attach(case, files, to=draft, person=person)
        if not text.strip() and not draft.attachments.exists():
            draft.delete()
            return None
        return draft


def discard_draft(draft: Draft, person: Person) -> None:
    """Put away a draft of one's own with its files. Raises Refused: not_allowed, already_out."""
    if draft.person_id != person.pk or not works_here(person):
        raise Refused("not_allowed")
    with transaction.atomic():
        if not Draft.objects.filter(pk=draft.pk, held_until=None).delete()[0]:
            raise Refused("already_out")


def take_over(draft: Draft, person: Person) -> Draft:
    """Return the draft, written on by `person` from now on, before what they had begun themselves.

    Raises Refused: draft_gone, not_allowed.
    """
    with transaction.atomic():
        act = act_on(draft.case, Actor.PERSON, person)
        found = Draft.objects.select_related("case").filter(pk=draft.pk, held_until=None).first()
        if found is None:
            raise Refused("draft_gone")
        before = found.person_id
        found.person = person
        found = drafts.make_room(found)
        found.changed_at, found.pressed_at = act.now, None
        found.save(update_fields=["person", "body", "changed_at", "pressed_at"])
        if before != person.pk:
            act.append("draft_taken_over", draft=found.pk, of=before)
        return found


def drop_file(attachment: Attachment, person: Person) -> None:
    """Take a file off a draft of one's own. Raises Refused: not_allowed, draft_gone."""
    draft = attachment.draft
    if draft is None or draft.held_until is not None:
        raise Refused("draft_gone")
    if draft.person_id != person.pk or not works_here(person):
        raise Refused("not_allowed")
    attachment.delete()
