"""What counts around the sale by the plan, as the desk asks it: how long a quote is valid, who buys and who is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from tantam.desk.plans.running import RunningPlan
from tantam.plan import run
from tantam.plan.run import unsaid
from tantam.plan.run.kinds import CALL_BACKS

BEFORE = "before"  # the stage of who has bought nothing yet
CLAUSE = "sales.quotes_valid"
_USUAL = {
    "price": _("The price"),
    "elsewhere": _("Bought elsewhere"),
    "not_needed": _("No longer needed"),
    "too_slow": _("Our answer came too late"),
    "no_answer": _("We heard nothing more"),
    "other": _("Another reason"),
}


def valid_until(plan: RunningPlan, now: datetime) -> datetime:
    """Return until when a quote made now is valid, in calendar time; aware, UTC."""
    return run.due_at(plan.plan, now, unsaid.quotes_valid(plan.plan), "").astimezone(UTC)


def lost_because(plan: RunningPlan) -> tuple[str, ...]:
    """Return for which reasons an enquiry is lost, in the plan's order."""
    return unsaid.lost_because(plan.plan)


def buying(plan: RunningPlan, last_bought: datetime | None, now: datetime) -> str:
    """Return the stage of buying of who bought last then, aware, None for never: prospect, buyer or lost."""
    return run.buying(plan.plan, last_bought, now=now).value


def won_back_within(plan: RunningPlan, now: datetime) -> timedelta:
    """Return how soon after a follow-up a purchase counts as won back, as long as it is from now on."""
    return run.due_at(plan.plan, now, unsaid.won_back_within(plan.plan), "") - now


def won_back_within_aloud(plan: RunningPlan, lang: str) -> str:
    """Return the same as a person says it."""
    return run.aloud(unsaid.won_back_within(plan.plan), lang)


def lost_after_aloud(plan: RunningPlan, lang: str) -> str:
    """Return after how long without a purchase a customer is lost, as a person says it."""
    return run.aloud(unsaid.lost_after(plan.plan), lang)


def reason_label(plan: RunningPlan, reason: str, lang: str) -> str:
    """Return what a reason is called; of one that the plan no longer has, its name in words."""
    said = plan.plan.sales.lost_because.get(reason)
    if said is None and reason in _USUAL:
        with override(lang):
            return str(_USUAL[reason])
    return plan.called(reason, said or {}, lang)


def is_kept_by_a_quote(plan: RunningPlan, clause: str, kind: str) -> bool:
    """Whether a promise of this clause and kind is kept by quoting: what a policy before the sale answered, no call."""
    section, _dot, rest = clause.partition(".")
    return section == "policies" and kind not in CALL_BACKS and rest.partition(".")[0] in plan.policies(BEFORE)
