"""What the plan says that we do not do, as a case meets it: the words for the customer, and who made an exception."""

from __future__ import annotations

from django.db.models import QuerySet

from tantam.desk.cases.act import Act
from tantam.desk.cases.models import Case, CaseEvent
from tantam.desk.plans import limits

MET, EXCEPTED = "limited", "excepted"


def declined(act: Act) -> tuple[str, ...]:
    """Return how the plan says no to the case's customer, with where to turn; () for what we do."""
    rule = limits.named(act.plan, act.case.limit_rule) if act.case.limit_rule else None
    return limits.words(act.plan, rule, act.case.language) if rule else ()


def exception_to(case: Case) -> CaseEvent | None:
    """Return the event by which a person made an exception for the case, None if nobody did."""
    found = case.events.filter(code=EXCEPTED, args__rule=case.limit_rule).select_related("person")
    return found.order_by("-id").first() if case.limit_rule else None


def met() -> QuerySet[CaseEvent]:
    """Return every time that a limit was met or excepted, newest first, of everybody's cases."""
    found = CaseEvent.objects.filter(code__in=(MET, EXCEPTED))
    return found.select_related("case__customer", "person").order_by("-id")
