"""What a customer sees of their case: the answer, what happens next and by when, what was said. Notes never."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, repeat

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_noop as noop

from tantam.desk import plans
from tantam.desk.cases.ledger import PromiseChip, chips_of
from tantam.desk.cases.models import Case, Message
from tantam.desk.claims.models import Claim
from tantam.desk.common import spoken
from tantam.desk.customers.address import given_name
from tantam.desk.files.listing import Listed
from tantam.desk.plans import kinds
from tantam.desk.plans.answers import ShownAnswer, shown
from tantam.desk.plans.commitments import how_often

MOST_SAID = 200  # messages on a page
NEXT = {
    kinds.FIRST_REPLY: noop("A colleague answers you"),
    kinds.RESOLUTION: noop("Your request is settled"),
    kinds.UPDATE: noop("You hear from us how it stands"),
} | dict.fromkeys(kinds.CALL_BACKS, noop("We call you back"))


@dataclass(frozen=True, slots=True)
class Answered:
    """The plan's answer to a claim. tone: yes, no, or maybe while something is still open; words: see ShownAnswer."""

    tone: str
    words: ShownAnswer
    claim: Claim

    @property
    def anchor(self) -> str:
        """The id of its clause in the published plan."""
        return self.words.clause.replace("#", "-")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens.

    state: done, now or "". at: of what is done. chip: of what is promised; words: what stands beside its figure.
    """

    title: str
    state: str
    at: datetime | None = None
    chip: PromiseChip | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One message as the customer sees it."""

    who: str
    direction: str
    body: str
    when: datetime
    by_person: bool = False
    files: tuple[Listed, ...] = ()
    pk: int = 0

    @property
    def automatic(self) -> bool:
        """Whether the desk wrote it by itself: it repeats what the page says anyway."""
        return self.direction == Message.Direction.OUTGOING and not self.by_person

    @property
    def opening(self) -> str:
        """The first line."""
        return self.body.strip().partition("\n")[0]


def answer_of(cases: Sequence[Case], lang: str) -> Answered | None:
    """Return the answer to the latest claim, None if nothing was claimed or nothing could be answered yet."""
    claim = latest_claim(cases)
    if claim is None or not claim.answer:
        return None
    return Answered(_tone(claim), shown(claim.answer, lang, plan=plans.version(claim.plan_version_id)), claim)


def latest_claim(cases: Sequence[Case]) -> Claim | None:
    """Return what was claimed last in these cases."""
    return Claim.objects.filter(case__in=cases).select_related("case").order_by("-id").first()


def steps(cases: Sequence[Case], now: datetime, lang: str) -> tuple[Step, ...]:
    """Return what happened and what is promised, in order of time; what repeats once, with how often.

    cases: that of the page, then its customer's that were joined to it.
    """
    case = cases[0]
    chips = chips_of(cases, now)
    done, ahead = _behind(case, chips, lang), [each for each in chips if _is_ahead(each)]
    done.sort(key=lambda step: step.at or now)
    if case.status == Case.Status.RESOLVED:
        still = (_step(each, now, lang) for each in ahead if each.by_hand)
        return (*_closed(done, case), *(replace(each, state="now") for each in still))
    ahead.sort(key=lambda chip: chip.due_at)
    states = chain(["now"], repeat(""))
    return (*done, *(replace(_step(each, now, lang), state=state) for each, state in zip(ahead, states)))


def next_step(chips: Sequence[PromiseChip], now: datetime, lang: str) -> Step | None:
    """Return what is owed next, late things first; None where nothing is."""
    ahead = [each for each in chips if _is_ahead(each)]
    return _step(min(ahead, key=lambda chip: chip.due_at), now, lang) if ahead else None


def _behind(case: Case, chips: Sequence[PromiseChip], lang: str) -> list[Step]:
    """Return what happened: the message came, and what was kept; of what goes on repeating only what was late."""
    again = {each.kind for each in chips if _is_ahead(each) and kinds.repeats(each.kind)}
    told = (each for each in chips if _is_done(each) and not (each.state == "kept" and each.kind in again))
    arrived = Step(gettext("Your message arrived"), "done", at=case.opened_at)
    return [arrived, *(Step(_title(each, lang), "done", at=each.at, chip=each, words=" ") for each in told)]


def _is_ahead(chip: PromiseChip) -> bool:
    """Whether the customer may still expect it."""
    return chip.state != "withdrawn" and not _is_done(chip)


def _is_done(chip: PromiseChip) -> bool:
    """Whether what was promised was done, in time or after all."""
    return chip.state == "kept" or (chip.state == "broken" and chip.fulfilled)


def _step(chip: PromiseChip, now: datetime, lang: str) -> Step:
    return Step(_title(chip, lang), "", chip=chip, words=_beside(chip, now))


def _closed(done: list[Step], case: Case) -> tuple[Step, ...]:
    """Return what happened with the settling last and once: as the promise of it if there was one."""
    promised = next((each for each in reversed(done) if each.chip and each.chip.kind == kinds.RESOLUTION), None)
    last = promised or Step(gettext("Settled"), "done", at=case.resolved_at)
    return (*(each for each in done if each is not promised), last)


def conversation(
    cases: Sequence[Case],
    company: str,
    *,
    you: str,
    files: Mapping[int, Sequence[Listed]] | None = None,
    before: int | None = None,
) -> tuple[Said, ...]:
    """Return what was said last between customer and company, oldest first; colleagues by their given name only.

    files: {message id: the files that came or went with it}. before: only messages older than this id.
    At most one more than MOST_SAID: then there are earlier ones.
    """
    said = Message.objects.filter(case__in=cases).exclude(direction=Message.Direction.NOTE)
    said = said.filter(id__lt=before) if before else said
    newest = said.select_related("author").order_by("-id")[: MOST_SAID + 1]
    return tuple(
        Said(
            who=you if each.direction == Message.Direction.INCOMING else _author(each, company),
            direction=each.direction,
            body=each.body,
            when=each.written_at,
            by_person=each.author_id is not None,
            files=tuple((files or {}).get(each.pk, ())),
            pk=each.pk,
        )
        for each in reversed(newest)
    )


def owner_of(case: Case) -> str:
    """Return the given name of who answers for the case, "" while nobody does."""
    return given_name(case.owner.name, case.owner.language) if case.owner else ""


def _author(message: Message, company: str) -> str:
    author = message.author
    return given_name(author.name, author.language) if author else company


def _tone(claim: Claim) -> str:
    if claim.state == Claim.State.GRANTED:
        return "yes"
    refused = claim.state in (Claim.State.REFUSED, Claim.State.WITHDRAWN)
    gives_nothing = claim.outcome != "ask" and not claim.answer.get("gives", True)
    return "no" if refused or gives_nothing else "maybe"


def _beside(chip: PromiseChip, now: datetime) -> str:
    """Return the words beside a chip's figure: minutes are left, an instant is the latest."""
    if chip.due_at is None or chip.state not in ("owed", "soon"):
        return " "
    return pgettext("of a time", "left") if spoken.near(chip.due_at, now) else gettext("at the latest")


def _title(chip: PromiseChip, lang: str) -> str:
    """Return what the customer gets: in the words it was promised in, in ours, else in those of the plan."""
    if chip.words:
        return chip.words[:1].upper() + chip.words[1:]
    if known := NEXT.get(chip.kind):
        often = how_often(plans.version(chip.plan_number), chip.kind, chip.clause, lang)
        return f"{gettext(known)}, {often}" if often else gettext(known)
    words = plans.version(chip.plan_number).promise_label(chip.kind, lang, chip.clause)
    return words[:1].upper() + words[1:]
