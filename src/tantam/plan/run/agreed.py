"""What a contract promises of its own, and whether that goes before what the plan's rows say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from tantam.plan.run.answers import Owed
from tantam.plan.run.case import Case, case_of
from tantam.plan.run.facts import Given
from tantam.plan.run.kinds import repeats
from tantam.plan.run.promises import MINUTE, Vow, counting, due_at, owed_by
from tantam.plan.sections import Plan
from tantam.plan.sections.typed_policies import is_promisable
from tantam.plan.tables.nodes import terms_in
from tantam.plan.tables.plain import read_span
from tantam.plan.tables.values import Family, Span

ORDER = ("contract", "product", "group", "plan")  # where the plan does not say which commitment goes first
CLAUSE = "precedence"


@dataclass(frozen=True, slots=True)
class Agreed:
    """One promise of a contract.

    contract: its number. promise: the kind, as the plan names it. severity: of cases that it holds for, "" for all.
    within: a time as cells write it: `30 min`, `4 h`, `2 working days`.
    """

    contract: str
    promise: str
    severity: str
    within: str


def time_agreed(within: str) -> Span | None:
    """Return the time that a contract may promise, None for what is no such time or is none at all."""
    span = read_span(within)
    return span if span is not None and is_promisable(span) and not span.is_zero else None


def order_of(plan: Plan) -> tuple[str, ...]:
    """Return which commitment goes before which; a plan that does not name contracts lets them go first."""
    written = plan.precedence
    if not written:
        return ORDER
    return written if "contract" in written else ("contract", *written)


def owed_with(plan: Plan, facts: Given, *, start: datetime, agreed: Iterable[Agreed]) -> tuple[Owed, ...]:
    """Return the promises due to a case whose clock starts at `start` (aware), soonest due first: `promises.owed`.

    What a contract promises takes the place of what a row promises of that kind, where the plan's precedence lets
    contracts go first; of several contracts the soonest counts. Their times run on the row's clock, else on that of
    all promises. Raises NeverOpens.
    """
    case = case_of(plan, facts, now=start)
    by_plan = counting(case, start)
    by_contract = _by_contract(case, agreed, {kind: vow for kind, (_, vow) in by_plan.items()}, start)
    by_rows = [owed_by(case, vow, due) for kind, (due, vow) in by_plan.items() if kind not in by_contract]
    return tuple(sorted((*by_rows, *by_contract.values()), key=lambda each: each.due))


def _by_contract(case: Case, agreed: Iterable[Agreed], by_plan: Mapping[str, Vow], start: datetime) -> dict[str, Owed]:
    """Return {kind: owed} by contracts that go before what the rows say. by_plan: what counts by the rows, by kind."""
    found: dict[str, Owed] = {}
    for each in agreed:
        vow, span = by_plan.get(each.promise), time_agreed(each.within)
        concerns = each.severity in ("", str(case.values.get("severity", "")))
        if span is None or not concerns or (vow is not None and not _goes_before(case.plan, vow)):
            continue
        owed = _owed(case, each, span, vow.clock if vow else case.plan.promises.clock, start)
        if each.promise not in found or owed.due < found[each.promise].due:
            found[each.promise] = owed
    return found


def _goes_before(plan: Plan, vow: Vow) -> bool:
    """Whether contracts go before what this row says: a commitment for a group, for a product, or the plan's."""
    order = order_of(plan)
    tested = [term for each in vow.row.conditions if each for term in terms_in(each.expr)]
    rests_on = {_binds(plan, term) for term in tested}
    binds = next((each for each in order if each in rests_on), "plan")
    return binds not in order or order.index("contract") < order.index(binds)


def _binds(plan: Plan, term: str) -> str:
    clause = plan.terms.get(term)
    if term == "group":
        return "group"
    return "product" if clause and clause.source.startswith("product.") else "plan"


def _owed(case: Case, agreed: Agreed, span: Span, clock: str, start: datetime) -> Owed:
    exact = span.family is Family.EXACT
    order = "+".join(order_of(case.plan))
    said = {"promise": agreed.promise, "within": agreed.within, "contract": agreed.contract}
    because = case.because(CLAUSE, agreed.contract, "B_owed_by_contract", args=said | {"order": order})
    minutes = span.amount // MINUTE if exact else None
    return Owed(
        agreed.promise,
        due_at(case.plan, start, span, clock).astimezone(UTC),
        because,
        clock=clock if exact else "",
        every_minutes=minutes if repeats(agreed.promise) else None,
        minutes=minutes,
        how_sure=case.plan.promises.how_sure or "surely",
    )
