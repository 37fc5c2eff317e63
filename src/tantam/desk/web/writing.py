"""What the composer shows: what is being written and by whom, what waits to go out, and the files on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from tantam.desk.accounts.models import Person
from tantam.desk.cases import attachments, courtesy, drafts, macros, outbox
from tantam.desk.cases.act import Act
from tantam.desk.cases.letters import moment
from tantam.desk.cases.models import Actor, Attachment, Case, CaseEvent, Draft, Macro, Message
from tantam.desk.cases.said import first_line
from tantam.desk.common.errors import SENTENCES, Refused
from tantam.desk.files import store
from tantam.desk.files.listing import Listed, listed
from tantam.desk.plans import RunningPlan, quiet

OPENING = 90  # characters of what a colleague is writing


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one is writing: to the customer, or for colleagues. stopped: why it did not go out, or ""."""

    body: str = ""
    mode: str = ""
    stopped: str = ""
    pk: int | None = None
    files: tuple[Listed, ...] = ()
    settles: bool = False
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Other:
    """What a colleague is writing."""

    pk: int
    who: str
    opening: str
    body: str
    note: bool


@dataclass(frozen=True, slots=True)
class Held:
    """What was sent and can be taken back. seconds: until it goes out, 0 when it is on its way.

    timed: its writer chose when it does.
    """

    pk: int
    who: str
    mine: bool
    opening: str
    seconds: int
    until: datetime
    timed: bool

    @property
    def when(self) -> str:
        """The day and the time at which it goes out, in words."""
        return moment(self.until)


@dataclass(frozen=True)
class Writing:
    """All of it. most, together: megabytes of a file, of a message. quiet: until when a letter would wait, "" for now.

    kept: what the desk wrote and quiet hours keep, a sentence each.
    """

    letter: Sheet
    note: Sheet
    others: tuple[Other, ...]
    held: tuple[Held, ...]
    most: int = store.MOST_BYTES // store.MEGABYTE
    together: int = store.MOST_TOGETHER // store.MEGABYTE
    fitting: tuple[Macro, ...] = ()
    texts: tuple[Macro, ...] = ()
    quiet: str = ""
    kept: tuple[str, ...] = ()

    @property
    def stopped(self) -> list[str]:
        """Why something that was sent did not go out, a sentence each."""
        return [each.stopped for each in (self.letter, self.note) if each.stopped]


def writing(case: Case, asked: tuple[Person, RunningPlan, str], now: datetime, events: Iterable[CaseEvent]) -> Writing:
    """Return what the composer shows. asked: who, the plan, their language. events: of the case, oldest first."""
    person, plan, lang = asked
    found = drafts.of_case(case, person)
    letter = drafts.mine(found, person, "reply")
    fitting, others = macros.fitting(case, person)
    reasons = {each.args.get("draft"): each.args.get("reason", "") for each in events if each.code == "held_back"}
    return Writing(
        letter=replace(_sheet(letter, reasons), advice=advice(case, letter.body if letter else "", plan, lang)),
        note=_sheet(drafts.mine(found, person, "note"), reasons),
        others=tuple(_other(each) for each in found if each.person_id != person.pk and each.held_until is None),
        held=tuple(_held(each, person, now) for each in found if each.held_until is not None),
        fitting=tuple(fitting),
        texts=tuple(others),
        quiet=_quiet(case, plan, lang, now),
        kept=tuple(map(_kept, outbox.waiting(case, now))) if quiet.has_any(plan) else (),
    )


def advice(case: Case, text: str, plan: RunningPlan, lang: str) -> tuple[str, ...]:
    """Return what to look at in a text to the customer, a sentence each in `lang`."""
    return tuple(each.said(lang) for each in courtesy.look(case, text, plan))


def said_with(cases: Iterable[Case]) -> Mapping[int, list[Listed]]:
    """Return {message id: its files as the staff's pages list them}; one query."""
    return {key: files_of(found) for key, found in attachments.of_messages(cases).items()}


def files_of(found: Iterable[Attachment]) -> list[Listed]:
    """Return files as the staff's pages list them, those that were refused with the reason."""
    return [_listed(each) for each in found]


def _listed(each: Attachment) -> Listed:
    if each.blob is None:
        return Listed(each.pk, each.name, "", "", "", attachments.sentence(each.name, each.refused))
    return listed(each.pk, each.name, each.blob, _href)


def _href(what: str, pk: int) -> str:
    return reverse(f"web:{what}", args=[pk])


def _sheet(draft: Draft | None, reasons: Mapping[Any, str]) -> Sheet:
    if draft is None:
        return Sheet()
    stopped = ""
    if draft.pressed_at is not None:
        code = reasons.get(draft.pk, "")
        stopped = Refused(code).sentence() if code in SENTENCES and "%(" not in str(SENTENCES[code]) else _stopped()
    return Sheet(draft.body, draft.mode, stopped, draft.pk, tuple(files_of(draft.attachments.all())), draft.settles)


def _stopped() -> str:
    return gettext("This did not go out. Look at what is new, then send it again.")


def _other(draft: Draft) -> Other:
    return Other(draft.pk, draft.person.name, first_line(draft.body, OPENING), draft.body, draft.mode == "note")


def _quiet(case: Case, plan: RunningPlan, lang: str, now: datetime) -> str:
    """Return in words until when the customer's quiet hours keep a letter, "" where it goes out at once."""
    kept = outbox.kept_back(Act(case, now, plan, Actor.PERSON), now) if quiet.has_any(plan) else None
    if kept is None:
        return ""
    told = {"city": quiet.city(plan, kept.zone, lang), "now": kept.clock, "then": kept.ends}
    return gettext("It is %(now)s in %(city)s: this goes out at %(then)s there.") % told


def _kept(message: Message) -> str:
    assert message.goes_at is not None
    told = {"at": moment(message.goes_at), "opening": first_line(message.body, OPENING)}
    return gettext("Waits for the end of quiet hours, goes out %(at)s: %(opening)s") % told


def _held(draft: Draft, person: Person, now: datetime) -> Held:
    assert draft.held_until is not None
    left = max(0, -int(-(draft.held_until - now).total_seconds() // 1))
    opening = first_line(draft.body, OPENING) or gettext("The usual words, and settled")
    return Held(draft.pk, draft.person.name, draft.person_id == person.pk, opening, left, draft.held_until, draft.timed)
