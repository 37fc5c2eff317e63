"""A table's space of cases: what no row answers, what two rows answer differently, which rows never fire."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import combinations
from typing import Any

from tantam.plan.checks.case import Case, aged, dated, told
from tantam.plan.checks.gridded import Gridded
from tantam.plan.checks.questions import MOST_GAPS, Gap, Overlap, Searched, Share
from tantam.plan.checks.space.formula import Formula, Lit, all_of, any_of, apart, bounds_of, opposite
from tantam.plan.checks.space.months import conditions_of, mixes_days_and_months
from tantam.plan.checks.space.plain import plain_of
from tantam.plan.checks.space.search import Model, Space
from tantam.plan.checks.space.translate import Translator, connected
from tantam.plan.checks.space.witness import box_text, facts_of, mattering, words_of
from tantam.plan.tables.evaluate import CompiledTable, compile_table
from tantam.plan.tables.nodes import Expr
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.table import Row, Table

STEPS = 40_000
_MOST_TRIES = 60


def explore(table: Table, assumed: Sequence[Expr], scope: Scope, steps: int = STEPS) -> Searched:
    """Return the table ready for questions: by boxes where each cell bounds one given fact, else by formulas."""
    plain = plain_of(table, assumed, scope, steps)
    return Explored(table, assumed, scope, steps) if plain is None else Gridded(table, scope, plain, steps)


class Explored:
    """One table with what is assumed of its cases, as formulas. Every question may raise OutOfSteps.

    start: the day from which ages and months count, None for months of average length. With it, what is found is
    held against the table, which counts the months to the day.
    """

    def __init__(
        self, table: Table, assumed: Sequence[Expr], scope: Scope, steps: int = STEPS, *, start: date | None = None
    ) -> None:
        self.table, self.scope, self._assumed, self._start = table, scope, tuple(assumed), start
        translator = Translator(scope, start)
        rows = [translator.row(row) for row in table.rows]
        offered = [translator.truth(each) for each in assumed]
        translator.finish()
        near = connected(rows, [*offered, *translator.side.values()], translator)
        turned = [opposite(row) for row in rows]
        space = Space(translator.axes, translator.variables, [*rows, *turned, *near], steps)
        self.space = space
        self._types = dict(translator.facts)
        self._given = all_of(space.cut(each) for each in near)
        self._rows = [space.cut(row) for row in rows]
        self._not = [space.cut(row) for row in turned]
        self._compiled: CompiledTable | None = None
        self.further_gaps = 0
        self._steps = steps

    def gaps(self) -> Iterator[Gap]:
        """Yield what no row answers, a few at most, each from another corner of the table."""
        self.space.steps = self._steps
        unanswered = all_of([*self._not, self._given])
        for _ in range(MOST_GAPS):
            found = next((model for model in self._tried(unanswered) if self._is_unanswered(model)), None)
            if found is None:
                return
            yield Gap(self._case(found), box_text(found, self.space))
            unanswered = all_of([unanswered, self._outside(found)])

    def overlaps(self, matter: Callable[[Row, Row], bool]) -> Iterator[Overlap]:
        """Yield pairs of rows that some case meets both, under `first` none before them; only pairs that `matter`.

        `otherwise` overlaps with nothing, nor does, under `first`, a row that never fires.
        """
        self._take_breath()
        rows = self.table.rows
        reaches = self._fires if self.table.hit.hides else self._matches
        alive = [n for n, row in enumerate(rows) if not row.otherwise and reaches(n)]
        bounds = {n: bounds_of(self._rows[n]) for n in alive}
        for one, other in combinations(alive, 2):
            if apart(bounds[one], bounds[other]) or not matter(rows[one], rows[other]):
                continue
            earlier = self._not[:one] if self.table.hit.hides else []
            both = all_of([self._rows[one], self._rows[other], *earlier, self._given])
            model = next((each for each in self._tried(both) if self._are_met(each, one, other)), None)
            if model is None:
                continue
            yield Overlap(rows[one], rows[other], self._share(one, other), partial(self._case, model))

    def is_void(self) -> bool:
        """Return whether what is assumed leaves no case at all."""
        return not self.space.possible(self._given)

    def impossible(self) -> Iterator[tuple[Row, bool]]:
        """Yield the rows that no case meets, and whether that is due to what is assumed rather than to the row itself.

        Rows that count in both days and months are left alone, here and in `shadowed`.
        """
        self._take_breath()
        for n, row in enumerate(self.table.rows):
            if not row.otherwise and not self._matches(n) and not self._mixes(n):
                yield row, self.space.possible(self._rows[n])

    def shadowed(self) -> Iterator[tuple[Row, tuple[Row, ...]]]:
        """Yield the rows that some case meets but that never fire, with the earlier rows that take all their cases."""
        self._take_breath()
        for n, row in enumerate(self.table.rows):
            if not row.otherwise and self._matches(n) and not self._fires(n) and not self._mixes(n):
                yield row, tuple(self.table.rows[each] for each in self._takers(n))

    def needless_otherwise(self) -> Row | None:
        """Return the `otherwise` row if the other rows leave it nothing."""
        for n, row in enumerate(self.table.rows):
            if row.otherwise:
                others = [each for m, each in enumerate(self._not) if m != n]
                return None if self.space.possible(all_of([*others, self._given])) else row
        return None

    def redundant(self, same: Callable[[Row, Row], bool]) -> Iterator[tuple[Row, tuple[Row, ...]]]:
        """Yield the rows that fire, but whose cases would all come to later rows that give the same; with those.

        Rows that never fire are not among those: they are told by themselves.
        """
        self._take_breath()
        rows = self.table.rows
        for n, row in enumerate(rows):
            if row.otherwise or not any(same(row, each) for each in rows[n + 1 :]) or self._mixes(len(rows) - 1):
                continue
            if self._fires(n) and (takers := self._successors(n, same)):
                yield row, tuple(takers)

    def _successors(self, n: int, same: Callable[[Row, Row], bool]) -> list[Row]:
        """Return the later rows that would take all cases of row `n`, [] if others than the same would take some."""
        rows = self.table.rows
        left = [self._rows[n], *self._not[:n], self._given]
        alike = [m for m in range(n + 1, len(rows)) if same(rows[n], rows[m]) and self._fires(m)]
        if self.space.possible(all_of([*left, *(self._not[m] for m in alike)])):
            return []
        takers = []
        for m in range(n + 1, len(rows)):
            if not self.space.possible(all_of([*left, self._rows[m]])):
                continue
            if m not in alike:
                return []
            takers.append(rows[m])
            left.append(self._not[m])
        return takers

    def _take_breath(self) -> None:
        """Let a question search again, less far than the first, where one before it spent all steps."""
        self.space.steps = max(self.space.steps, self._steps // 4)

    def _mixes(self, n: int) -> bool:
        return mixes_days_and_months((*self._assumed, *conditions_of(self.table.rows[: n + 1])))

    def _matches(self, n: int) -> bool:
        return self.space.possible(all_of([self._rows[n], self._given]))

    def _share(self, one: int, other: int) -> Share:
        first_alone = self.space.possible(all_of([self._rows[one], self._not[other], self._given]))
        second_alone = self.space.possible(all_of([self._not[one], self._rows[other], self._given]))
        if first_alone and second_alone:
            return Share.SOME
        return Share.ONE_WHOLLY if first_alone or second_alone else Share.ALL

    def _fires(self, n: int) -> bool:
        return self.space.possible(all_of([self._rows[n], *self._not[:n], self._given]))

    def _takers(self, n: int) -> list[int]:
        """Return as few earlier rows as already take all cases of row `n`."""
        takers = list(range(n))
        for each in range(n):
            fewer = [other for other in takers if other != each]
            rest = all_of([self._rows[n], *(self._not[other] for other in fewer), self._given])
            if not self.space.possible(rest):
                takers = fewer
        return takers

    def _tried(self, formula: Formula) -> Iterator[Model]:
        for tries, model in enumerate(self.space.models(formula)):
            if tries == _MOST_TRIES:
                return
            yield model

    def _is_unanswered(self, model: Model) -> bool:
        """Return whether the table itself gives no answer to the case.

        Where the space only approximates (months, rounding), the table decides. What it cannot decide, because the
        case rests on lists that are not looked into, is believed, unless some row surely matches or a fact is to ask.
        """
        facts = self._facts(model)
        fired = self._deciding(facts)
        if fired.row is not None or not fired.unknown:
            return fired.row is None
        if self._is_explored or any(path[0] not in facts for path in self._types):
            return False
        return not any(state.value is True for state in self._deciding.states(facts))

    def _are_met(self, model: Model, *rows: int) -> bool:
        """Return whether the case meets these rows, by the table itself where months count from a day."""
        if self._start is None:
            return True
        states = self._deciding.states(self._facts(model))
        return all(states[row].value is True for row in rows)

    def _facts(self, model: Model) -> dict[str, Any]:
        facts = facts_of(model, self.space, self._types)
        return facts if self._start is None else aged(facts, self._start)

    @property
    def _deciding(self) -> CompiledTable:
        if self._compiled is None:
            self._compiled = compile_table(self.table, self.scope)
        return self._compiled

    @property
    def _is_explored(self) -> bool:
        """Whether all axes and variables are facts, so that a case can be written down in full."""
        return all(variable.path for variable in self.space.variables.values()) and all(
            getattr(axis, "path", True) for axis in self.space.axes
        )

    def _outside(self, model: Model) -> Formula:
        """Return what excludes the cases that a shown one stands for: all of its box."""
        return any_of(Lit(n, self.space.whole[n] & ~model.box[n]) for n in mattering(model, self.space))

    def _case(self, model: Model) -> Case:
        facts = self._facts(model)
        case = told(self.table, self.scope, words_of(model, self.space), facts)
        return case if self._start is None else dated(case, facts)
