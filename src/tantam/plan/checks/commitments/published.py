"""Checks that the words of a commitment promise no more than its rules grant."""

from __future__ import annotations

from collections.abc import Iterator

from tantam.plan.checks.commitments.numbers import Said, times_in
from tantam.plan.checks.described import WARNING, Check, finding
from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.clauses import Policy
from tantam.plan.sections.plan import Plan
from tantam.plan.tables.nodes import Expr, Literal, children
from tantam.plan.tables.table import Table
from tantam.plan.tables.values import Every, Range, Span


def check_published(plan: Plan) -> Iterator[Finding]:
    """Yield K143 for a time in a commitment that reaches further than any that its rules ask for.

    K150 for one that is shorter than all that its rules promise; K144 for a commitment whose languages give different
    times. Only times of a kind (days, working days, hours) that the rules speak of: the words may be about one case
    among many, so that only what holds for none of them is told.
    """
    computed = list(_computed(plan))
    for policy in plan.policies.values():
        asked, promised = [*_asked(plan, policy), *computed], list(_promised(policy))
        for lang, words in policy.commitment.items():
            for said in times_in(words, lang):
                yield from _more_than_granted(plan, policy, said, (_alike(asked, said), _alike(promised, said)))
        yield from _between_languages(plan, policy)


def _more_than_granted(
    plan: Plan, policy: Policy, said: Said, known: tuple[list[Span], list[Span]]
) -> Iterator[Finding]:
    """known: the times that conditions ask for, and those within which something is promised."""
    asked, promised = known
    place, clause = plan.place(f"policies.{policy.name}.commitment"), f"policies.{policy.name}"
    args = {"policy": policy.name, "said": said.text, "shows": {"commitment": said.text}}
    if asked and all(each < said.span for each in asked):
        yield finding("K143", Severity.WARNING, place, clause, most=str(max(asked)), **args)
    elif promised and not asked and all(each > said.span for each in promised):
        yield finding("K150", Severity.WARNING, place, clause, least=str(min(promised)), **args)


def _alike(spans: list[Span], said: Said) -> list[Span]:
    return [each for each in spans if each.family is said.span.family and not each.is_zero]


def _between_languages(plan: Plan, policy: Policy) -> Iterator[Finding]:
    """Compare each language with the company's own; where one names no time of a kind, it may use other words."""
    own = plan.languages[0]
    mine = list(times_in(policy.commitment.get(own, ""), own))
    for lang, words in policy.commitment.items():
        theirs = list(times_in(words, lang))
        lone, other = _lone(mine, theirs), _lone(theirs, mine)
        if lang != own and lone and other:
            place = plan.place(f"policies.{policy.name}.commitment.{lang}")
            args = {"policy": policy.name, "own": own, "language": lang, "one": lone[0].text, "other": other[0].text}
            yield finding("K144", Severity.WARNING, place, f"policies.{policy.name}", **args)


def _lone(said: list[Said], others: list[Said]) -> list[Said]:
    """Return what no other says, of kinds of time that others speak of as well."""
    return [
        each
        for each in said
        if any(other.span.family is each.span.family for other in others)
        and all(other.span.key != each.span.key for other in others if other.span.family is each.span.family)
    ]


def _asked(plan: Plan, policy: Policy) -> Iterator[Span]:
    """Yield every time that a condition of the policy speaks of, or one of its requirements."""
    for table in (policy.must, policy.decides):
        if table is not None:
            yield from _in_conditions(table)
    for name in policy.needs:
        if name in plan.requirements:
            yield from _of(plan.requirements[name].must)


def _computed(plan: Plan) -> Iterator[Span]:
    """Yield every time in what computes the plan's terms."""
    for term in plan.scope.terms.values():
        if term.table is not None:
            yield from _in_conditions(term.table)
            yield from (span for row in term.table.rows for out in row.outputs.values() for span in _of(out.expr))
        if term.computed is not None:
            yield from _of(term.computed)


def _promised(policy: Policy) -> Iterator[Span]:
    """Yield every time within which the policy promises something."""
    tables = [policy.decides, *(each.arguments for each in policy.outcomes.values())]
    for row in (row for table in tables if table is not None for row in table.rows):
        if "within" in row.outputs:
            yield from _of(row.outputs["within"].expr)


def _in_conditions(table: Table) -> Iterator[Span]:
    for row in table.rows:
        for cell in row.conditions:
            if cell is not None:
                yield from _of(cell.expr)


def _of(expr: Expr) -> Iterator[Span]:
    stack = [expr]
    while stack:
        each = stack.pop()
        if isinstance(each, Literal):
            match each.value:
                case Span() as span:
                    yield span
                case Every(span=span):
                    yield span
                case Range(low=low, high=high):
                    yield from (end for end in (low, high) if isinstance(end, Span))
        stack.extend(children(each))


CHECK = Check({"K143": WARNING, "K144": WARNING, "K150": WARNING}, check_published)
