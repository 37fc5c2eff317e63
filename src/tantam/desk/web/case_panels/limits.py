"""What the plan says that we do not do, on the case: the clause, what the customer was told, the exception."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.desk.cases.limits import exception_to
from tantam.desk.cases.models import Message
from tantam.desk.plans import limits
from tantam.desk.web.panels import Shown, panel


@panel("limit_met", "top", 8)
def met(shown: Shown) -> Mapping[str, Any] | None:
    """Return the limit that the case meets, with the exception if somebody made one; at most two queries."""
    case, plan, lang = shown.case, shown.plan, shown.lang
    if not case.limit_rule:
        return None
    made = exception_to(case)
    rule = limits.named(plan, case.limit_rule)
    reason = Message.objects.filter(pk=made.args["message"]).values_list("body", flat=True).first() if made else ""
    return {
        "case": case,
        "what": limits.label(plan, case.limit_rule, lang),
        "say": limits.words(plan, rule, lang) if rule else (),
        "clause": f"{limits.CLAUSE}#{case.limit_rule}",
        "made": made,
        "reason": reason,
        "typed": shown.typed if shown.typed.verb == "except_it" else None,
        "may": case.is_under_way,
    }


@panel("limit_choice", "right", 94)
def choice(shown: Shown) -> Mapping[str, Any] | None:
    """Return the limits that a colleague may decline by, where intake recognised none."""
    plan, case = shown.plan, shown.case
    is_open = case.is_under_way
    if not shown.person.acts or not is_open or case.limit_rule or case.department:
        return None
    rules = [(each.name, limits.label(plan, each.name, shown.lang)) for each in limits.rules(plan)]
    return {"case": case, "rules": rules} if rules else None
