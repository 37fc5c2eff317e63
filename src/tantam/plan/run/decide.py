"""What a policy answers to facts: requirements first, then its table, then what the outcome carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from tantam.plan.run.answers import Answer, Because
from tantam.plan.run.case import Case, case_of
from tantam.plan.run.facts import Given
from tantam.plan.run.ready import named_terms, ready
from tantam.plan.run.requirements import Required, required
from tantam.plan.sections import Plan
from tantam.plan.sections.clauses import Policy
from tantam.plan.tables.evaluate import Fired
from tantam.plan.tables.hits import total_of
from tantam.plan.tables.nodes import terms_in
from tantam.plan.tables.values import AT_ONCE, Span

TOLD_APART = ("outcome", "else", "say", "remind", "by", "action")  # these have fields of their own in an answer


class _Ruling(NamedTuple):
    """What the rules say before the outcome's own arguments are added. written: by the row; used, missing: terms.

    fixed: the name of the row where no fact can change what it writes, else ""."""

    outcome: str
    because: Because
    written: Mapping[str, Any]
    used: tuple[str, ...]
    missing: tuple[str, ...] = ()
    fixed: str = ""


def decide(plan: Plan, policy: str, facts: Given, *, now: datetime) -> Answer:
    """Return the policy's answer. An unknown fact that matters gives the outcome `ask`.

    now: aware; the moment the customer asked. Raises UnknownName, BadFact.
    """
    clause = plan.policy(policy)
    return answer(case_of(plan, facts, now=now, own=ready(plan, clause).own), clause)


def answer(case: Case, policy: Policy) -> Answer:
    """Return the policy's answer to a case."""
    requirements = required(case, policy)
    if requirements.first is not None:
        return _refused(case, policy, requirements)
    return _decided(case, policy, requirements)


def _refused(case: Case, policy: Policy, requirements: Required) -> Answer:
    first = requirements.first
    assert first is not None
    if not first.failed:
        return _asks(case, policy, first.known.unknown, first.clause, first.rule)
    because = case.because(
        first.clause,
        first.rule,
        "B_failed",
        args={"policy": policy.name, "say": "+".join(requirements.say)},
        facts=case.told(first.known.used),
        law=first.law,
    )
    if first.otherwise == "ask":
        return Answer(policy.name, "ask", because, ask=_missing_in(case, first.clause), say=requirements.say)
    written: dict[str, Any] = {"say": requirements.say} if requirements.say else {}
    written |= {"law": first.law} if first.law else {}
    return _granted(case, policy, _Ruling(first.otherwise, because, written, requirements.used))


def _missing_in(case: Case, clause: str) -> str | None:
    """Return the given term that a failed requirement speaks of and that is not known (`known(order_id)`)."""
    requirement = case.plan.requirements.get(clause.removeprefix("requirements."))
    exprs = [requirement.must] if requirement else []
    table, _, rule = clause.partition("#")
    for row in case.plan.tables()[table].rows if table in case.plan.tables() else ():
        if row.name == rule:
            exprs = [each.expr for each in row.conditions if each]
    return next((term for expr in exprs for term in terms_in(expr) if term not in case.values), None)


def _asks(case: Case, policy: Policy, term: str, clause: str, rule: str) -> Answer:
    """Return the answer that asks for a term; where it is known and nothing can be computed of it, a person decides."""
    if term in case.values:
        because = case.because(clause, rule, "B_no_row", args={"policy": policy.name}, facts=case.told((term,)))
        return Answer(policy.name, "none", because, pinned=policy.pinned)
    because = case.because(clause, rule, "B_unknown", args={"policy": policy.name, "term": term})
    return Answer(policy.name, "ask", because, ask=term)


def _decided(case: Case, policy: Policy, requirements: Required) -> Answer:
    compiled = ready(case.plan, policy).decides
    if compiled is None:
        because = case.because(f"policies.{policy.name}", "", "B_no_table", args={"policy": policy.name})
        return Answer(policy.name, "none", because, say=policy.say, granted_by=policy.granted_by, pinned=policy.pinned)
    table, fired = compiled.table, compiled(case.values)
    if fired.unknown:
        return _asks(case, policy, fired.unknown, table.name, "")
    if table.hit.gathers:
        return _collected(case, policy, requirements, fired)
    row, outputs, fired_used = fired.row, fired.outputs, fired.used
    if row is None:
        because = case.because(table.name, "", "B_no_row", args={"policy": policy.name}, facts=case.told(fired_used))
        return Answer(policy.name, "none", because, pinned=policy.pinned)
    used = requirements.used
    because = case.because(
        f"{table.name}#{row.name}" if row.name else table.name,
        row.name,
        "B_row",
        args={"policy": policy.name},
        facts=case.mattered(row, fired_used or used),
        law=str(outputs.get("law") or policy.law),
    )
    fixed = row.name if fired.fixed else ""
    used = (*used, *fired_used)
    ruling = _Ruling(str(outputs.get("outcome", "none")), because, outputs, used, fired.missing, fixed)
    return _granted(case, policy, ruling)


def _collected(case: Case, policy: Policy, requirements: Required, fired: Fired) -> Answer:
    table = policy.decides
    assert table is not None
    items = tuple({"row": row.name, **result} for row, result in zip(fired.rows, fired.results, strict=True))
    because = case.because(
        table.name,
        ", ".join(row.name for row in fired.rows),
        "B_collected" if items else "B_nothing",
        args={"policy": policy.name, "items": ", ".join(str(each.get("item", each["row"])) for each in items)},
        facts=case.told(fired.used),
        law=policy.law,
    )
    amounts = [each[policy.total] for each in items if policy.total in each]
    total = total_of(policy.total_by, amounts) if policy.total else None
    outputs = {policy.total: total} if total is not None else {}
    return Answer(
        policy.name,
        "collect",
        because,
        outputs=outputs,
        items=items,
        total=total,
        say=tuple(dict.fromkeys(key for each in items for key in each.get("say", ()))) or policy.say,
        conditional=case.weak((*requirements.used, *fired.used)),
        granted_by=policy.granted_by,
        pinned=policy.pinned,
        waits_for=_waits_for(case, policy),
        starts=policy.starts,
        remind=policy.remind,
        law=policy.law,
        missing=fired.missing,
    )


def taken(answer: Answer, outcome: str) -> Answer:
    """Return the answer of which the customer chose that outcome: what stood before is what they may choose instead.

    The answer itself where it is that outcome already, or does not let them choose it.
    """
    found = next((each for each in answer.instead if each.outcome == outcome), None)
    if found is None:
        return answer
    over = answer.chosen_over or answer.outcome
    others = (replace(answer, instead=(), chosen_over=""), *(each for each in answer.instead if each is not found))
    first = sorted(others, key=lambda each: each.outcome != over)
    return replace(found, instead=tuple(first), chosen_over="" if outcome == over else over)


def _granted(case: Case, policy: Policy, ruling: _Ruling) -> Answer:
    """Return the answer, with what the customer may choose instead."""
    answer = _given(case, policy, ruling)
    clause = policy.outcomes.get(ruling.outcome)
    if clause is None or not clause.instead:
        return answer
    law = {"law": ruling.written["law"]} if "law" in ruling.written else {}
    others = (ruling._replace(outcome=name, written=law, missing=(), fixed="") for name in clause.instead)
    return replace(answer, instead=tuple(_given(case, policy, each) for each in others))


def _given(case: Case, policy: Policy, ruling: _Ruling) -> Answer:
    """Return the answer with the outcome's arguments; what the row writes counts before what the outcome carries."""
    outcome, used, missing = ruling.outcome, ruling.used, ruling.missing
    made, carried = ready(case.plan, policy), dict[str, Any]()
    if outcome in made.arguments:
        fired = made.arguments[outcome](case.values)
        carried, used, missing = dict(fired.outputs), (*used, *fired.used), (*missing, *fired.missing)
    key = (_Terms, policy.name, ruling.fixed)
    terms: _Terms | None = case.plan.prepared.get(key) if ruling.fixed and not carried else None
    if terms is None:
        written = {**made.carried.get(outcome, {}), **carried, **ruling.written}
        terms = _terms(case.plan, policy, outcome, written)
        if ruling.fixed and outcome not in made.arguments:
            case.plan.prepared[key] = terms
    said = {name: _plainly(value) for name in terms.named if (value := case.value(name)) is not None}
    return Answer(
        policy.name,
        outcome,
        ruling.because,
        outputs={**said, **terms.outputs},
        say=terms.say,
        conditional=case.weak(used),
        granted_by=terms.by,
        pinned=policy.pinned,
        waits_for=_waits_for(case, policy),
        starts=policy.starts,
        confirm=terms.confirm,
        action=terms.action,
        at_most=terms.at_most,
        remind=terms.remind,
        law=terms.law,
        missing=tuple(dict.fromkeys(missing)) if missing else (),
    )


class _Terms(NamedTuple):
    """What an outcome brings whatever the case. named: terms that its texts speak of, filled in from the case."""

    outputs: Mapping[str, Any]
    named: tuple[str, ...]
    say: tuple[str, ...]
    by: str
    confirm: bool
    action: str
    at_most: str
    remind: tuple[str, ...]
    law: str


def _terms(plan: Plan, policy: Policy, outcome: str, written: Mapping[str, Any]) -> _Terms:
    """Return the terms of an outcome. written: what it carries and what the row or requirement writes."""
    clause = policy.outcomes.get(outcome)
    action = plan.actions.get(str(written.get("action") or outcome))
    say = tuple(written.get("say") or (action.say if action else ())) + policy.say
    named = dict.fromkeys(term for key in say for term in named_terms(plan, key))
    return _Terms(
        {name: _plainly(value) for name, value in written.items() if name not in TOLD_APART},
        tuple(name for name in named if name not in TOLD_APART and name not in written),
        tuple(dict.fromkeys(say)),
        str(written.get("by") or (clause.by if clause else "") or policy.granted_by),
        bool((action and action.confirm) or (clause and clause.confirm)),
        (clause.does if clause else "") or (action.does if action else ""),
        action.at_most if action else "",
        tuple(written.get("remind") or ()) or policy.remind,
        str(written.get("law") or policy.law),
    )


def _plainly(value: Any) -> Any:
    """No time at all is `at once`, in whatever unit the output counts."""
    return AT_ONCE if isinstance(value, Span) and value.is_zero else value


def _waits_for(case: Case, policy: Policy) -> tuple[str, ...]:
    """Return the condition that is still open, as written; () if it holds or its `unless` does."""
    if not policy.waits_for:
        return ()
    met = policy.waits_for_expr is not None and case.holds(policy.waits_for_expr).value is True
    spared = policy.unless_expr is not None and case.holds(policy.unless_expr).value is True
    return () if met or spared else (policy.waits_for,)
