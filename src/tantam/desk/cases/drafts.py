"""What is being written in a case, by whom, and what was sent and waits to go out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Attachment, Case, Draft
from tantam.desk.cases.notes import drafts_read_by
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused

Mode = Draft.Mode
MOMENTS = timedelta(seconds=5)  # in which what was typed before sending may still be under way
SHEET = (Mode.REPLY, Mode.ASK)  # an answer and a question are written on the same sheet


@dataclass(frozen=True, slots=True)
class Pressed:
    """What somebody pressed send on.

    settles: the case is settled with it. submission: the form's own number. seen: the last event id that was read.
    at: when it is to go out, aware; None for now. any_hour: in the customer's quiet hours, too.
    """

    body: str
    mode: str = Mode.REPLY
    settles: bool = False
    submission: str = ""
    handling_seconds: int | None = None
    seen: int | None = None
    at: datetime | None = None
    any_hour: bool = False


def of_case(case: Case, reader: Person) -> list[Draft]:
    """Return what everybody is writing here and what waits to go out, oldest first, with people and files."""
    found = case.drafts.select_related("person").prefetch_related("attachments__blob").order_by("id")
    return drafts_read_by(reader, found)


def sheet(mode: str) -> tuple[str, ...]:
    """Return the modes that share a sheet with this one."""
    return SHEET if mode in SHEET else (Mode.NOTE,)


def being_written(case: Case, person: Person, mode: str) -> Draft | None:
    """Return what the person is writing here on the sheet of `mode`, not yet sent."""
    return _open(case, person, mode).order_by("-changed_at").first()


def taken_up(case: Case, person: Person, mode: str) -> Draft | None:
    """Return the same, held until the transaction ends: nobody sends it meanwhile."""
    return _open(case, person, mode).select_for_update().order_by("-changed_at").first()


def just_sent(case: Case, person: Person, text: str) -> bool:
    """Whether the person sent these words, or ones that begin so, in the last moments: they are not kept anew."""
    since = clock.now() - MOMENTS
    held = case.drafts.filter(person=person, pressed_at__gte=since).exclude(held_until=None)
    said = case.messages.filter(author=person, written_at__gte=since).values_list("body", flat=True)
    sent = (*held.values_list("body", flat=True), *said)
    return any(each.strip().startswith(text.strip()) for each in sent)


def mine(drafts: Iterable[Draft], person: Person, mode: str) -> Draft | None:
    """Return the same, out of drafts at hand."""
    found = [each for each in drafts if each.person_id == person.pk and each.held_until is None]
    return max((each for each in found if each.mode in sheet(mode)), key=lambda one: one.changed_at, default=None)


def draft_of(case: Case, pk: int, reader: Person) -> Draft:
    """Return one draft of the case that its reader sees. Raises Refused("draft_gone")."""
    found = drafts_read_by(reader, case.drafts.select_related("person", "case").filter(pk=pk))
    if not found:
        raise Refused("draft_gone")
    return found[0]


def make_room(draft: Draft) -> Draft:
    """Let the draft be the person's one on its sheet: what else they wrote there follows behind its words.

    The caller holds the case; the draft is saved by it afterwards.
    """
    for other in _open(draft.case, draft.person, draft.mode).exclude(pk=draft.pk):
        draft.body = "\n\n".join(filter(None, (draft.body.strip(), other.body.strip())))
        Attachment.objects.filter(draft=other).update(draft=draft)
        other.delete()
    return draft


def _open(case: Case, person: Person, mode: str) -> QuerySet[Draft]:
    return Draft.objects.filter(case=case, person=person, held_until=None, mode__in=sheet(mode))
