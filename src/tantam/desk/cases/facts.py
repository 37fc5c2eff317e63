"""What the desk has on record about a case, by the path that a term's `from:` names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from tantam.desk.cases.contacts import habits_of
from tantam.desk.cases.models import Case, CaseEvent, Promise
from tantam.desk.customers import facts as of_customers
from tantam.desk.customers.told import kept_of
from tantam.desk.plans import BadFact, Fact, RunningPlan, Standing, UnknownName

BUILT_IN = ("stage", "severity", "level", "channel", "topic")  # terms that every plan has without writing them
FIELD = "field."  # begins the path of a term that a colleague filled in


def facts_of(case: Case, now: datetime) -> dict[str, Fact]:
    """Return {path: Fact} of the case, its customer and its purchase. Paths: docs/reference/facts.md."""
    return facts_of_new(case, now) | _recorded({"case.broken_promises": _broken(case)})


def facts_of_new(case: Case, now: datetime) -> dict[str, Fact]:
    """Return the same of a case on which no promise can be broken yet; it need not be in the database."""
    known = {
        "case.channel": case.channel,
        "case.language": case.language,
        "case.topic": case.topic,
        "case.opened": case.opened_at,
        "case.reopened": case.reopened,
        "case.broken_promises": 0,
    }
    filled_in = {FIELD + term: text for term, text in case.fields.items()}
    return _recorded(known | filled_in) | placed_facts(case) | of_customers.facts_of(case.customer, case.purchase, now)


def placed_facts(case: Case) -> dict[str, Fact]:
    """Return where the case is placed, by path; nothing before triage."""
    return _recorded({"case.stage": case.stage, "case.severity": case.severity, "case.level": case.level})


def _recorded(known: Mapping[str, Any]) -> dict[str, Fact]:
    return {path: Fact(value, Standing.RECORDED) for path, value in known.items() if value not in ("", None)}


def _broken(case: Case) -> int:
    """Return how many promises were broken on the case; no query if `promises` is prefetched."""
    return sum(each.state == Promise.State.BROKEN for each in case.promises.all())


def terms_of(plan: RunningPlan, recorded: dict[str, Fact], now: datetime) -> dict[str, Fact]:
    """Return {term: Fact} of what is on record, the plan's own words for a case and what was filled in among them."""
    own = {path.removeprefix(FIELD): fact for path, fact in recorded.items() if path.startswith(FIELD)}
    own |= {each: recorded[f"case.{each}"] for each in BUILT_IN if f"case.{each}" in recorded}
    return plan.terms_of(recorded, own, now)


def known_of(case: Case, plan: RunningPlan, now: datetime) -> dict[str, Fact]:
    """Return all that is known of a case as {term: Fact}: what was told when it was opened, and what is on record.

    The plan may be a later version than that under which it was told: what it cannot read is unknown to it.
    """
    recorded = facts_of(case, now) | habits_of([case.customer_id], plan, now)[case.customer_id]
    kept = kept_of([case.customer_id], plan, now)[case.customer_id]
    return kept | told_of(case, plan, now) | terms_of(plan, recorded, now)


def told_of(case: Case, plan: RunningPlan, now: datetime) -> dict[str, Fact]:
    """Return what the customer told when the case was opened, as far as this version can read it."""
    found: dict[str, Fact] = {}
    for term, text in plan.known(case.told).items():
        found |= readable(plan, term, text, Standing.TOLD, now)
    return found


def readable(plan: RunningPlan, term: str, text: str, standing: Standing, now: datetime) -> dict[str, Fact]:
    """Return a fact that was kept under another version, nothing if this one cannot read it."""
    try:
        return plan.read({term: text}, standing, now)
    except (BadFact, UnknownName):
        return {}


def groups_of(case: Case, known: Mapping[str, Fact], plan: RunningPlan, *, now: datetime) -> tuple[str, ...]:
    """Return the groups of its customer by all that is known, told or recorded; none between departments."""
    return () if case.department else plan.groups(known, now)


def read_told(cases: Collection[Case]) -> None:
    """Read at once what was told of each of these cases when it was opened; one query."""
    opened = CaseEvent.objects.filter(case__in=cases, code="opened").order_by("-id")
    first = dict(opened.values_list("case_id", "args"))
    for each in cases:
        each.told = first.get(each.pk, {}).get("facts", {})
