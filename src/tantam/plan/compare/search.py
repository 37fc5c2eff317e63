"""Searches the cases of two versions of one table for those that they treat otherwise.

Both are written as formulas over one space of cases, each by its own plan's terms; what the space holds no case of is
proved to be none. Method: docs/algorithms/gaps.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tantam.plan.checks.space.axes import Choice
from tantam.plan.checks.space.formula import Formula, all_of, opposite
from tantam.plan.checks.space.months import mixes_days_and_months
from tantam.plan.checks.space.search import OutOfSteps, Space
from tantam.plan.checks.space.shown import shown
from tantam.plan.checks.space.translate import Translator, connected
from tantam.plan.checks.space.witness import facts_of
from tantam.plan.sections import Plan
from tantam.plan.tables.form import Kind, Row, Table
from tantam.plan.tables.nodes import Expr, Not
from tantam.plan.tables.reach import exprs_in, given_below
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.types import YesNo

STEPS = 20_000
MOST_TRIED = 40
MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Rule:
    """When something applies, and to what it leads. otherwise: it applies where none of the others does."""

    name: str
    when: tuple[Expr, ...]
    leads_to: Mapping[str, str]
    otherwise: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One plan's version. assumed: what holds whenever it is asked."""

    plan: Plan
    rules: tuple[Rule, ...]
    assumed: tuple[Expr, ...] = ()


def side_of(plan: Plan, table: Table, assumed: Sequence[Expr] = ()) -> Side:
    """Return a table's rows as rules; a row of `must` applies where its condition fails."""
    return Side(plan, tuple(_rule(table, row) for row in table.rows), tuple(assumed))


def _rule(table: Table, row: Row) -> Rule:
    when = tuple(cell.expr for cell in row.conditions if cell is not None)
    if table.kind is Kind.MUST:
        when = tuple(Not(each, each.place, YesNo()) for each in when)
    return Rule(row.name, when, {name: shown(out.expr) for name, out in row.outputs.items()}, row.otherwise)


class Search:
    """Two versions over one space."""

    def __init__(self, old: Side, new: Side) -> None:
        self.old, self.new = old, new
        translator = Translator(old.plan.scope)
        before, assumed = self._translated(translator, old)
        translator.scope = new.plan.scope
        after, more = self._translated(translator, new)
        translator.finish()
        rows = [*before, *after]
        near = connected(rows, [*assumed, *more, *translator.side.values()], translator)
        turned = [opposite(each) for each in rows]
        self.space = Space(translator.axes, translator.variables, [*rows, *turned, *near], STEPS)
        self._types = dict(translator.facts)
        self._given = all_of(self.space.cut(each) for each in near)
        cut = [self.space.cut(each) for each in rows]
        not_ = [self.space.cut(each) for each in turned]
        count = len(before)
        self.holds = {"old": cut[:count], "new": cut[count:]}
        self.fails = {"old": not_[:count], "new": not_[count:]}

    @staticmethod
    def _translated(translator: Translator, side: Side) -> tuple[list[Formula], list[Formula]]:
        rules = [all_of(translator.truth(each) for each in rule.when) for rule in side.rules]
        return rules, [translator.truth(each) for each in side.assumed]

    def fires(self, which: str, number: int | None) -> Formula:
        """Return when the rule is the first that applies; None: when none does."""
        rules = (self.old if which == "old" else self.new).rules
        holds, fails = self.holds[which], self.fails[which]
        order = sorted(range(len(rules)), key=lambda each: rules[each].otherwise)
        if number is None:
            return all_of(fails)
        return all_of([holds[number], *(fails[each] for each in order[: order.index(number)])])

    def cases(self, formula: Formula) -> Iterator[dict[str, Any]]:
        """Yield cases that meet the formula, as facts by term, a few at most. Raises OutOfSteps."""
        self.space.steps = STEPS
        for tries, model in enumerate(self.space.models(all_of([formula, self._given]))):
            if tries == MOST_TRIED:
                raise OutOfSteps
            yield facts_of(model, self.space, self._types)

    @property
    def proves(self) -> bool:
        """Whether a space without a case proves that there is none.

        Not where what is not looked into may mean two things, where a term admits other values, or where days and
        months are mixed.
        """
        exprs = [expr for side in (self.old, self.new) for rule in side.rules for expr in rule.when]
        exprs += [*self.old.assumed, *self.new.assumed]
        if mixes_days_and_months(exprs):
            return False
        old, new = self.old.plan.scope, self.new.plan.scope
        given = set(given_below(exprs, old)) | set(given_below(exprs, new))
        if any(_domain(old, name) != _domain(new, name) for name in given):
            return False
        return self._is_explored or all(_meaning(old, name) == _meaning(new, name) for name in old.terms)

    @property
    def _is_explored(self) -> bool:
        choices = [axis for axis in self.space.axes if isinstance(axis, Choice)]
        return all(axis.path for axis in choices) and all(each.path for each in self.space.variables.values())


def _domain(scope: Scope, name: str) -> object:
    term = scope.terms.get(name)
    return (term.type, term.default) if term else None


def _meaning(scope: Scope, name: str) -> object:
    """Return what a term says, however it is written."""
    term = scope.terms.get(name)
    if term is None:
        return None
    table = tuple(shown(each) for each in exprs_in(term.table)) if term.table else ()
    return term.type, shown(term.computed), table, term.default


__all__ = ["MOST_ROWS", "OutOfSteps", "Rule", "Search", "Side", "side_of"]
