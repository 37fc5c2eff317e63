"""What both plans answer to one case, by the same engine that answers customers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from tantam.plan.errors import TantamError
from tantam.plan.run.answers import Answer
from tantam.plan.run.case import case_of
from tantam.plan.run.decide import decide
from tantam.plan.run.facts import value_text
from tantam.plan.run.promises import begins_term, owed, sooner, starts_at, vows
from tantam.plan.run.triage import triage
from tantam.plan.sections import Plan
from tantam.plan.sections.clauses import Policy
from tantam.plan.tables.currencies import minor_digits
from tantam.plan.tables.evaluate import term_value
from tantam.plan.tables.nodes import Expr
from tantam.plan.tables.reach import exprs_in, given_below
from tantam.plan.tables.types import Date, Duration, ListOf, Moment, Money, Number, OneOf, RecordOf, Text, Type, YesNo
from tantam.plan.tables.values import Amount, Family, Span

Facts = Mapping[str, str]
Answers = Mapping[str, Any]
Ask = Callable[[Plan, Facts], Answers | None]

# Examples say who is treated otherwise, not when: any moment serves, so long as it is one and the same.
MOMENT = datetime(2026, 1, 5, 9, tzinfo=UTC)
OF_AN_ANSWER = ("granted_by", "waits_for", "confirm", "action", "at_most", "remind", "law", "items")
BESIDE = frozenset(
    {"say", "law", "confirm", "action", "at_most", "remind", "items", "waits_for"}
)  # told if nothing else
LONGEST_LIST = 8
EMPTY = "[]"  # nothing of a set
REFUSED = "B_failed"  # a requirement that fails may be answered with a question


def differing(ask: Ask, old: Plan, new: Plan, facts: Facts) -> tuple[Answers, Answers] | None:
    """Return what each plan answers where they differ; None if they agree, or one of them must ask, or cannot read
    the facts."""
    try:
        before, after = ask(old, facts), ask(new, facts)
    except TantamError:
        return None
    if before is None or after is None or before == after:
        return None
    parts = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    heavy = [name for name in parts if name not in BESIDE] or parts
    told = dict.fromkeys((*(["outcome"] if "outcome" in before else []), *heavy))
    return {name: before.get(name) for name in told}, {name: after.get(name) for name in told}


def smallest(ask: Ask, old: Plan, new: Plan, facts: Facts) -> tuple[Facts, Answers, Answers] | None:
    """Return as few of the facts as already make the two plans differ, with both answers; None if all do not."""
    answers = differing(ask, old, new, facts)
    if answers is None:
        return None
    kept = dict(facts)
    for term in reversed(list(facts)):
        fewer = {name: text for name, text in kept.items() if name != term}
        if (found := differing(ask, old, new, fewer)) is not None:
            kept, answers = fewer, found
    return kept, *answers


def texts_of(facts: Mapping[str, Any]) -> dict[str, str]:
    """Return facts as fact text."""
    return {term: value_text(value) or EMPTY for term, value in facts.items()}


def begun(facts: Facts, plans: Sequence[Plan]) -> Facts:
    """Return the facts with a moment for each that promises may count from."""
    starts = {
        starts_at(plan, {name: out.text for name, out in row.outputs.items()}): plan
        for plan in plans
        for table in plan.promises.tables
        for row in table.rows
    }
    terms = [(begins_term(plan, path), plan) for path, plan in starts.items()]
    moments = {
        term: MOMENT if isinstance(plan.scope.terms[term].type, Moment) else MOMENT.date()
        for term, plan in terms
        if term is not None and term not in facts
    }
    return {**facts, **texts_of(moments)}


def completed(facts: Facts, plans: Sequence[Plan], policy: str) -> Iterator[Facts]:
    """Yield the facts with usual values for whatever else the policy may look at, and for what is nothing (of nothing
    every share is the same); once for each length of its lists, where it has any."""
    terms = {
        name: plan.scope.terms[name].type
        for plan in plans
        for name in given_below(_exprs(plan, plan.policies[policy]), plan.scope)
    }
    terms = {name: kind for name, kind in terms.items() if facts.get(name, "0").startswith("0")}
    lists = {name: kind for name, kind in terms.items() if isinstance(kind, ListOf)}
    usual = {name: _usual(kind) for name, kind in terms.items() if name not in lists}
    given = {**facts, **texts_of({name: value for name, value in usual.items() if value is not None})}
    for length in range(1, LONGEST_LIST) if lists else (0,):
        yield given | {name: value_text(tuple([_usual(kind.record)] * length)) for name, kind in lists.items()}


def _exprs(plan: Plan, policy: Policy) -> tuple[Expr, ...]:
    carried = [each.arguments for each in policy.outcomes.values()]
    shared = [plan.requirements[name].must for name in policy.needs if name in plan.requirements]
    tables = (policy.must, policy.decides, *carried)
    return (*shared, *(expr for table in tables if table for expr in exprs_in(table)))


def _usual(kind: Type) -> Any:
    match kind:
        case YesNo():
            return False
        case OneOf(values=values):
            return values[0]
        case Text():
            return "A1"
        case Number(low=low):
            return max(low or 0, 1)
        case Money(currency=currency):
            return Amount.of(1_000_000 if minor_digits(currency) == 0 else 100, currency)
        case Duration(family=family):
            return Span(family or Family.CALENDAR, 3600 if family is Family.EXACT else 1)
        case Date():
            return MOMENT.date()
        case Moment():
            return MOMENT
        case RecordOf(fields=fields):
            return {name: value for name, each in fields.items() if (value := _usual(each)) is not None}
        case _:
            return None


def of_policy(policy: str) -> Ask:
    """Return how to ask a policy."""

    def ask(plan: Plan, facts: Facts) -> Answers | None:
        answer = decide(plan, policy, facts, now=MOMENT)
        decided = answer.known or answer.because.key == REFUSED
        return _parts(answer) if decided and not answer.missing else None

    return ask


def of_triage(plan: Plan, facts: Facts) -> Answers:
    """Return where a plan places the case."""
    placed = triage(plan, facts, now=MOMENT)
    return {"stage": placed.stage, "severity": placed.severity, "level": placed.level}


def of_promise(kind: str) -> Ask:
    """Return how to ask which promise of a kind is made."""

    def ask(plan: Plan, facts: Facts) -> Answers:
        case = case_of(plan, facts, now=MOMENT)
        several = [vow for table in plan.promises.tables for vow in vows(case, table, kind)]
        if not several:
            return {"within": None}
        _, vow = sooner(plan, several, MOMENT)
        told = {name: value for name, value in vow.outputs.items() if name not in ("law", "on", "clock")}
        return {**told, "on": vow.runs_on or None}

    return ask


def of_due(kind: str, start: datetime) -> Ask:
    """Return how to ask when a promise of a kind is due to a case that begins at `start`, aware; in its zone."""

    def ask(plan: Plan, facts: Facts) -> Answers:
        due = next((each.due for each in owed(plan, facts, start=start) if each.kind == kind), None)
        return {"due": due.astimezone(start.tzinfo) if due else None}

    return ask


def of_term(name: str) -> Ask:
    """Return how to ask what a term comes to."""

    def ask(plan: Plan, facts: Facts) -> Answers | None:
        value = term_value(name, case_of(plan, facts, now=MOMENT).values, plan.scope).value
        return None if value is None else {name: value}

    return ask


def of_group(name: str) -> Ask:
    """Return how to ask whether a customer belongs to a group."""

    def ask(plan: Plan, facts: Facts) -> Answers | None:
        when = plan.groups[name].when
        holds = case_of(plan, facts, now=MOMENT).holds(when).value if when is not None else None
        return None if holds is None else {"group": holds}

    return ask


def _parts(answer: Answer) -> dict[str, Any]:
    """Return what an answer gives, empty parts left out."""
    parts = {"outcome": answer.outcome, **answer.outputs, "say": answer.say}
    parts |= {name: getattr(answer, name) for name in OF_AN_ANSWER}
    parts["or"] = tuple(each.outcome for each in answer.instead)
    return {name: value for name, value in parts.items() if value not in (None, "", (), False) or value is answer.total}
