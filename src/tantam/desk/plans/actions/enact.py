"""Put a plan in force: check it, freeze it with its holidays, give it a number. Enacted, it never changes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from tantam.desk.common import clock
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

    source: a file, a folder, or a plan already read. Raises PlanUnreadable, PlanHasFindings.
    """
    plan = sections.read(source) if isinstance(source, Path | str) else source
    if findings := findings_of(plan):
        raise PlanHasFindings(findings)
    now = clock.now()
    with transaction.atomic():
        PlanVersion.objects.select_for_update().order_by("-number").first()  # one at a time
        number = (PlanVersion.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        versions.forget(number)
        frozen = sections.freeze(plan, version=number, today=_today(plan, now))
        return PlanVersion.objects.create(
            number=number,
            hash=plan.hash,
            frozen=frozen,
            in_force_from=at or now,
            enacted_at=now,
            enacted_by=person,
        )


def findings_of(plan: Plan) -> tuple[Finding, ...]:
    """Return what keeps the plan from being put in force: errors and warnings, never notes."""
    from tantam.plan.checks import check

    return tuple(each for each in check(plan) if each.severity is not Severity.NOTE)


def _today(plan: Plan, now: datetime) -> object:
    return now.astimezone(ZoneInfo(plan.company.timezone)).date()
