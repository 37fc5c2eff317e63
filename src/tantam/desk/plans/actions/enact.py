"""Put a plan in force: check it, freeze it with its holidays, give it a number. Enacted, it never changes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from tantam.desk.common import clock
from tantam.desk.common.locks import one_at_a_time
from tantam.desk.plans import versions
from tantam.desk.plans.models import PlanVersion
from tantam.plan import sections
from tantam.plan.errors import PlanHasFindings, Severity

if TYPE_CHECKING:
    from tantam.desk.accounts.models import Person
    from tantam.plan.errors import Finding
    from tantam.plan.sections import Plan


def enact(source: Path | str | Plan, *, person: Person | None = None, at: datetime | None = None) -> PlanVersion:
    """Return the new version, in force from `at` (aware; now if None).

    source: a file, a folder, or a plan already read. Raises PlanUnreadable; PlanHasFindings if it has errors, while
    warnings and notes are for people to weigh.
    """
    plan = sections.read(source) if isinstance(source, Path | str) else source
    now = clock.now()
    findings = findings_of(plan, now)
    if any(each.severity is Severity.ERROR for each in findings):
        raise PlanHasFindings(findings)
    with transaction.atomic():
        one_at_a_time("enact")
        number = (PlanVersion.objects.filter(base=None).aggregate(last=Max("number"))["last"] or 0) + 1
        versions.forget(number)
        return PlanVersion.objects.create(
            number=number,
            hash=plan.hash,
            frozen=sections.freeze(plan, version=number, today=now.astimezone(ZoneInfo(plan.zone)).date()),
            in_force_from=at or now,
            enacted_at=now,
            enacted_by=person,
        )


def findings_of(plan: Plan, now: datetime) -> tuple[Finding, ...]:
    """Return what the check finds in a plan that is about to be enacted, notes left out."""
    from tantam.plan.checks import check  # a second of imports that only enacting needs

    return tuple(each for each in check(plan, now) if each.severity is not Severity.NOTE)
