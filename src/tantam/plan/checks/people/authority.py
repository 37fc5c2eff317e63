"""Checks that somebody may grant what the plan lets people grant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tantam.plan.checks.described import ERROR, WARNING, Check
from tantam.plan.checks.space.formula import Formula, all_of, opposite
from tantam.plan.checks.space.search import OutOfSteps, Space
from tantam.plan.checks.space.shown import value_text
from tantam.plan.checks.space.translate import Translator, connected
from tantam.plan.checks.space.witness import words_of
from tantam.plan.checks.subjects import assumed_of, grants_itself
from tantam.plan.errors import Finding, Place, Severity
from tantam.plan.sections.clauses import Policy
from tantam.plan.sections.plan import Plan
from tantam.plan.tables.nodes import Compare, Expr, Literal, Negative
from tantam.plan.tables.table import Out, Row
from tantam.plan.tables.types import Money, YesNo
from tantam.plan.tables.values import Amount

_STEPS = 20_000
_LIMIT = "at_most"
_BEYOND_ALL = 10**15  # minor units: what may be more than this has no bound in the plan


@dataclass(frozen=True, slots=True)
class Granted:
    """An amount that a row leads to. by: the level named, "" if the policy does not say; out: the cell that says it."""

    row: Row
    amount: Expr
    out: Out
    by: str
    outcome: str


def check_authority(plan: Plan) -> Iterator[Finding]:
    """Yield K60 for an amount that no level may grant, K61 for one beyond the level that is named for it.

    Amounts that the plan itself grants bind at once and need nobody; where a policy does not say who grants, it is a
    warning. An amount without an upper bound in the plan (a price) is left alone, unless nobody may grant anything of
    the kind.
    """
    if not plan.levels:
        return
    for policy in plan.policies.values():
        kind = _kind(plan, policy)
        most = {level.name: level.authority[kind] for level in plan.levels.values() if kind in level.authority}
        for granted in _granted(plan, policy):
            yield from _findings(plan, policy, granted, most)


def _findings(plan: Plan, policy: Policy, granted: Granted, most: Mapping[str, Amount]) -> Iterator[Finding]:
    currency = granted.amount.type.currency if isinstance(granted.amount.type, Money) else plan.currency
    own = {name: limit for name, limit in most.items() if limit.currency == currency}
    highest = max(own, key=lambda name: own[name].minor, default="")
    limit = own.get(highest, Amount(0, currency))
    try:
        if (case := _beyond(plan, policy, granted, limit)) is not None:
            args = {"most": value_text(limit), "level": highest or "-"}
            if own or granted.by:
                yield _finding(policy, granted, "K60" if own else "K62", case, args)
        elif granted.by in plan.levels and granted.out.text:
            named = own.get(granted.by, Amount(0, currency))
            if named < limit and (case := _beyond(plan, policy, granted, named)) is not None:
                args = {"most": value_text(named), "level": granted.by, "above": highest}
                yield _finding(policy, granted, "K61", case, args)
    except OutOfSteps:
        return


def _beyond(plan: Plan, policy: Policy, granted: Granted, limit: Amount) -> Mapping[str, str] | None:
    """Return a case in which the row fires and the amount is above `limit`; None if none is, or nothing bounds it."""
    translator = Translator(plan.scope)
    assert policy.decides is not None
    fires = translator.fires(policy.decides)[policy.decides.rows.index(granted.row)]
    above = translator.truth(_more_than(granted.amount, limit))
    endless = translator.truth(_more_than(granted.amount, Amount(_BEYOND_ALL, limit.currency)))
    offered = [translator.truth(each) for each in assumed_of(plan, policy)]
    translator.finish()
    near = connected([fires, above], [*offered, *translator.side.values()], translator)
    formulas: list[Formula] = [fires, above, endless, *near]
    turned = [opposite(each) for each in formulas]
    space = Space(translator.axes, translator.variables, [*formulas, *turned], _STEPS)
    given = [space.cut(each) for each in (fires, *near)]
    if limit.minor and space.possible(all_of([*given, space.cut(endless)])):
        return None
    model = next(space.models(all_of([*given, space.cut(above)])), None)
    return None if model is None else words_of(model, space)


def _granted(plan: Plan, policy: Policy) -> Iterator[Granted]:
    """Yield every amount that people, not the plan itself, are to grant under a policy."""
    for row in policy.decides.rows if policy.decides is not None else ():
        name = row.outputs["outcome"].text if "outcome" in row.outputs else ""
        outcome = policy.outcomes.get(name)
        yield from _amounts(plan, policy, row, name, row.outputs)
        for other in outcome.instead if outcome is not None else ():
            yield from _amounts(plan, policy, row, other, {})


def _amounts(plan: Plan, policy: Policy, row: Row, name: str, written: Mapping[str, Out]) -> Iterator[Granted]:
    """Yield the amounts of one outcome. written: by the row; it counts before what the outcome carries."""
    outcome = policy.outcomes.get(name)
    carried = dict(written)
    if outcome is not None and outcome.arguments is not None and outcome.arguments.rows:
        carried = {**outcome.arguments.rows[0].outputs, **carried}
    by = outcome.by if outcome is not None and outcome.by else _level_of(plan, policy)
    for output, out in carried.items():
        if isinstance(out.expr.type, Money) and (output == _LIMIT or by is not None):
            amount = Negative(out.expr, out.place, out.expr.type) if _is_signed(plan, output) else out.expr
            yield Granted(row, amount, out, by or "", name)


def _level_of(plan: Plan, policy: Policy) -> str | None:
    """Return the level that grants, "" if the policy does not say who, None if the plan itself does."""
    if grants_itself(plan, policy):
        return None
    return "" if policy.granted_by == "plan" else policy.granted_by


def _is_signed(plan: Plan, output: str) -> bool:
    """Return whether plus means that the customer pays, so that minus is what is granted."""
    return output in plan.outputs and "minus" in plan.outputs[output].signs


def _kind(plan: Plan, policy: Policy) -> str:
    """Return the kind of authority that a policy draws on: its own kind, else its name."""
    kinds = {kind for level in plan.levels.values() for kind in level.authority}
    return policy.kind if policy.kind in kinds or policy.name not in kinds else policy.name


def _more_than(amount: Expr, limit: Amount) -> Expr:
    place = amount.place
    return Compare(">", amount, Literal(limit, place, Money(limit.currency), str(limit)), place, YesNo())


def _finding(policy: Policy, granted: Granted, code: str, case: Mapping[str, str], args: Mapping[str, str]) -> Finding:
    place: Place = granted.out.place
    assert policy.decides is not None
    return Finding(
        code,
        Severity.ERROR if granted.by and code != "K61" else Severity.WARNING,
        place,
        clause=f"{policy.decides.name}#{granted.row.name}",
        args={"policy": policy.name, "kind": policy.kind or policy.name, "amount": granted.out.text, **args},
        counterexample=case,
        remedy=f"{code}_remedy",
    )


CHECK = Check({"K60": ERROR + WARNING, "K61": WARNING, "K62": ERROR + WARNING}, check_authority)
