"""Put a plan in force: check it, freeze it with its holidays, give it a number. Enacted, it never changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tantam.desk.common import clock
from tantam.desk.plans import overlays, versions
from tantam.desk.plans.in_turn import written_in_turn
from tantam.desk.plans.models import PlanVersion
from tantam.desk.plans.overlays import Frozen, State
from tantam.desk.plans.timeline import Begun
from tantam.plan import sections
from tantam.plan.errors import PlanHasFindings, Severity

if TYPE_CHECKING:
    from tantam.desk.accounts.models import Person
    from tantam.plan.errors import Finding
    from tantam.plan.sections import Plan


def enact(source: Path | str | Plan, *, person: Person | None = None, at: datetime | None = None) -> PlanVersion:
    """Return the new version, in force from `at` (aware; now if None).

    source: a file, a folder, or a plan already read. Raises PlanUnreadable; PlanHasFindings if it has errors, while
    warnings and notes are for people to weigh. A directive that is still to count must fit it too.
    """
    plan = sections.read(source) if isinstance(source, Path | str) else source
    now = clock.now()
    findings = findings_of(plan, now)
    if any(each.severity is Severity.ERROR for each in findings):
        raise PlanHasFindings(findings)

    def prepare(before: State) -> Callable[[], PlanVersion]:
        number = max((each.number for each in before.versions), default=0) + 1
        frozen = sections.freeze(plan, version=number, today=now.astimezone(ZoneInfo(plan.zone)).date())
        laid = _under_directives(plan, before, Begun(number, at or now), now)
        return lambda: _kept(plan, frozen, laid=laid, person=person, at=at)

    return written_in_turn(prepare)


def _under_directives(plan: Plan, before: State, begun: Begun, now: datetime) -> list[Frozen]:
    """Return the new version with the directives that count over it. Raises PlanHasFindings, PlanUnreadable."""
    after = replace(before, versions=(*before.versions, begun))
    texts = overlays.texts_of(each.number for each in before.directives)

    def base_of(number: int) -> Plan:
        return plan if number == begun.number else versions.version(number).plan

    return overlays.missing(after.stretches, texts, now, base_of)


def _kept(
    plan: Plan, frozen: str, *, laid: Sequence[Frozen], person: Person | None, at: datetime | None
) -> PlanVersion:
    """Write the version; one that begins at once begins when it is written, not when its check began."""
    state, now = overlays.state(), clock.now()
    number = max((each.number for each in state.versions), default=0) + 1
    versions.forget(number)
    row = PlanVersion.objects.create(
        number=number,
        hash=plan.hash,
        frozen=frozen,
        in_force_from=at or now,
        enacted_at=now,
        enacted_by=person,
    )
    overlays.keep(overlays.state().stretches, laid, now)
    return row


def findings_of(plan: Plan, now: datetime) -> tuple[Finding, ...]:
    """Return what the check finds in a plan that is about to be enacted, notes left out."""
    from tantam.plan.checks import check  # a second of imports that only enacting needs

    return tuple(each for each in check(plan, now) if each.severity is not Severity.NOTE)
