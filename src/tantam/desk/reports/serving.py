"""What serving the customers of a group took: their cases, the work noted in them, and what was granted."""

from __future__ import annotations

from django.db.models import Count, Sum

from tantam.desk.plans import RunningPlan
from tantam.desk.plans.costing import Served
from tantam.desk.reports.stretches import Stretch


def served(plan: RunningPlan, group: str, stretch: Stretch) -> Served:
    """Return what was done in the cases that were opened in the stretch; three queries. group: "" for everybody.

    Counted is by the groups that the case keeps: those at the time, as long as it was open.
    """
    from tantam.desk.cases.grouping import within  # models are not ready while Django loads its apps
    from tantam.desk.cases.models import Case, CaseEvent
    from tantam.desk.claims.models import Entry

    cases = Case.objects.filter(opened_at__gte=stretch.since, opened_at__lt=stretch.until, department="")
    if group:
        cases = cases.filter(within(group))
    work = CaseEvent.objects.filter(case__in=cases, handling_seconds__gt=0).aggregate(seconds=Sum("handling_seconds"))
    given = Entry.objects.filter(grant__case__in=cases, account=Entry.Account.GIVEN, currency=plan.currency).aggregate(
        minor=Sum("minor")
    )
    number = cases.aggregate(n=Count("pk"))["n"]
    return Served(number, work["seconds"] or 0, abs(given["minor"] or 0))
