"""What plans answer outside their policies: what a level may grant, what is not done at all, what follows an event."""

from __future__ import annotations

from typing import Any

from tantam.plan.compare.answers import MOMENT, Answers, Ask, Facts
from tantam.plan.compare.changes import Change, Example
from tantam.plan.errors import TantamError
from tantam.plan.run.authority import may_grant
from tantam.plan.run.case import case_of
from tantam.plan.sections import Plan

AUTHORITY = "authority."


def grant_example(old: Plan, new: Plan, change: Change) -> Example | None:
    """Return an amount that a level may grant in one plan only; None if there is none."""
    level = change.address.partition(".")[2]
    for edit in change.edits:
        kind = edit.part.removeprefix(AUTHORITY)
        if kind == edit.part or level not in old.levels or level not in new.levels:
            continue
        limits = [plan.levels[level].authority.get(kind) for plan in (old, new)]
        amounts = [each for each in limits if each is not None]
        if not amounts or len({each.currency for each in amounts}) > 1:
            continue
        amount = str(max(amounts))
        before, after = (_granted(plan, level, kind, amount) for plan in (old, new))
        if before is not None and after is not None and before != after:
            return Example("levels", {"level": level, "kind": kind, "amount": amount}, before, after)
    return None


def _granted(plan: Plan, level: str, kind: str, amount: str) -> dict[str, Any] | None:
    try:
        grant = may_grant(plan, level, kind, amount)
    except TantamError:
        return None
    return {"may": grant.allowed, "who_may": grant.who_may}


def limit_example(old: Plan, new: Plan, topic: str) -> Example | None:
    """Return what each plan says about a topic of `limits`; None if that is the same."""
    before, after = _limited(old, topic), _limited(new, topic)
    return Example("limits", {"topic": topic}, before, after) if before != after else None


def _limited(plan: Plan, topic: str) -> dict[str, Any]:
    for row in plan.limits.rows if plan.limits else ():
        if row.labels.get("topic") == topic:
            return {name: out.text for name, out in row.outputs.items() if out.text != "-"}
    return {"we": None}


def of_event(event: str) -> Ask:
    """Return how to ask what follows an event."""

    def ask(plan: Plan, facts: Facts) -> Answers | None:
        if plan.follow_ups is None:
            return {"do": ()}
        fired = plan.compiled_only(plan.follow_ups, "event", event)(case_of(plan, facts, now=MOMENT).values)
        done = tuple((each.get("after"), tuple(each.get("do") or ())) for each in fired.results)
        return {"do": done}

    return ask
