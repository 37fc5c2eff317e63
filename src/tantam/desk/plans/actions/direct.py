"""Direct: lay a dated overlay on the plan in force, checked as a plan is before it is enacted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.plans import overlays, versions
from tantam.desk.plans.in_turn import written_in_turn
from tantam.desk.plans.laying import refuse_unlike_overlay
from tantam.desk.plans.models import MOST_NOTE, MOST_TITLE, Directive
from tantam.desk.plans.overlays import State
from tantam.desk.plans.timeline import Counting

if TYPE_CHECKING:
    from tantam.desk.accounts.models import Person

LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class NewDirective:
    """What somebody directs. begins: None for at once. notice: what customers are told, by language.

    levels, teams: names in the plan, whom it binds; none is everybody.
    """

    title: str
    overlay: str
    reason: str
    ends: datetime
    begins: datetime | None = None
    notice: Mapping[str, str] = field(default_factory=dict)
    levels: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()


def direct(new: NewDirective, *, person: Person | None = None) -> Directive:
    """Return the directive, which counts from its beginning to its end. person: None for a program.

    Raises Refused; NoPlan; PlanUnreadable and PlanHasFindings where the plan with it would not stand.
    """
    if person is not None and not person.manages:
        raise Refused("not_allowed")

    def prepare(before: State) -> Callable[[], Directive]:
        now = clock.now()
        _refuse_wrong(new, now)
        directive = _row(new, number=max((each.number for each in before.directives), default=0) + 1, now=now)
        directive.made_by = person
        texts = overlays.texts_of(each.number for each in before.directives) | {directive.number: new.overlay}
        frozen = overlays.missing(with_directive(before, directive).stretches, texts, now)
        _refuse_idle(directive, frozen)

        def write() -> Directive:
            directive.begins_at = max(directive.begins_at, clock.now())  # not while it was being checked
            directive.save(force_insert=True)
            overlays.keep(with_directive(before, directive).stretches, frozen, now)
            return directive

        return write

    return written_in_turn(prepare)


def with_directive(state: State, directive: Directive) -> State:
    """Return the state with the directive counted too."""
    counting = Counting(directive.number, directive.begins_at, directive.until)
    others = tuple(each for each in state.directives if each.number != directive.number)
    return replace(state, directives=(*others, counting))


def _row(new: NewDirective, *, number: int, now: datetime) -> Directive:
    return Directive(
        number=number,
        title=new.title.strip()[:MOST_TITLE],
        overlay=new.overlay,
        reason=new.reason.strip()[:MOST_NOTE],
        notice={lang: words.strip() for lang, words in new.notice.items() if words.strip()},
        levels=list(new.levels),
        teams=list(new.teams),
        begins_at=max(new.begins or now, now),
        ends_at=new.ends,
        made_at=now,
    )


def _refuse_wrong(new: NewDirective, now: datetime) -> None:
    """Raise Refused or PlanUnreadable for what is wrong before anything is laid over anything."""
    plan = versions.in_force(now)
    begins = max(new.begins or now, now)
    if not new.title.strip():
        raise Refused("directive_untitled")
    if not new.reason.strip():
        raise Refused("directive_without_reason")
    if new.ends <= begins:
        raise Refused("directive_over")
    if new.ends - begins > LONGEST:
        raise Refused("directive_too_long", most=LONGEST.days)
    if not set(new.levels) <= set(plan.levels()) or not set(new.teams) <= set(plan.plan.teams):
        raise Refused("directive_binds_nobody")
    refuse_unlike_overlay(new.overlay)


def _refuse_idle(directive: Directive, frozen: list[overlays.Frozen]) -> None:
    """Raise Refused if the plan says the same without it."""
    mine = [each for each in frozen if directive.number in each.layers[1]]
    if mine and all(each.hash == versions.version(each.layers[0]).row.hash for each in mine):
        raise Refused("directive_changes_nothing")
