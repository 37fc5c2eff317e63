"""A table as SQL over bit sets: each input becomes the mask of the rows it admits, the masks are ANDed, the lowest
bit is the row. Method: docs/algorithms/tables.md."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlglot import exp

from tantam.plan.tables.cells import Members, Region
from tantam.plan.tables.form import Condition, Row, Table
from tantam.plan.tables.masks import ByMembers, ByOrder, ByValue, Column, Lookup, columns_of
from tantam.plan.tables.nodes import Expr, Fact
from tantam.plan.tables.sql import dialects
from tantam.plan.tables.sql.asked import asked
from tantam.plan.tables.sql.chain import rest
from tantam.plan.tables.sql.dialects import Sql, column, is_null, number
from tantam.plan.tables.sql.parts import grouped
from tantam.plan.tables.sql.results import FIRED, Told, results
from tantam.plan.tables.sql.said import Said
from tantam.plan.tables.sql.stages import WORD, Named, Stages, all_but
from tantam.plan.tables.values import Key

FULL = (1 << WORD) - 1


def masked(table: Table, said: Said, complete: bool, told: Told) -> Stages:
    """Return the statement's stages. complete: no fact is missing. Raises CannotSay."""
    made = _Masked(table, said, told)
    return made.lean() if complete and made.never_unknown else made.stages()


@dataclass(frozen=True, slots=True)
class _Test:
    """A cell that no lookup answers. place: of its column."""

    place: int
    bit: int
    condition: Condition

    @property
    def name(self) -> str:
        return f"test_{self.place}_{self.bit.bit_length()}"

    @property
    def word(self) -> int:
        return (self.bit.bit_length() - 1) // WORD


class _Masked:
    """One table's masks, in words of 63 rows."""

    def __init__(self, table: Table, said: Said, told: Told) -> None:
        self.table = table
        self.said = said
        self.told = told
        self.columns = columns_of(table)
        self.words = range(-(-len(table.rows) // WORD) or 1)
        self.tests = [
            _Test(place, bit, condition) for place, one in enumerate(self.columns) for bit, condition in one.predicates
        ]
        self.everything = sum(1 << place for place, row in enumerate(table.rows) if not row.otherwise)

    def stages(self) -> Stages:
        lookups = [each for place, one in enumerate(self.columns) for each in self._admitted(place, one)]
        conditions = [(test.name, self.said.value(test.condition.expr)) for test in self.tests]
        sets = [
            (f"{name}_{word}", of(word))
            for word in self.words
            for name, of in (("sure", self._sure), ("maybe", self._maybe))
        ]
        first = [(f"open_{word}", self._open(word)) for word in self.words]
        answers = [*self._answers(), ("ask", self._ask()), *self._all_bits()]
        return Stages(([*lookups, *conditions], sets, first, [(FIRED, self._rule())]), answers)

    @property
    def never_unknown(self) -> bool:
        """Whether the facts alone decide whether the table is decided: nothing is worked out of them."""
        terms = self.said.scope.terms
        plain = (each.expr for each in self.columns if each.lookup is not None)
        facts = [each.path for each in plain if isinstance(each, Fact)]
        given = all(terms[path[0]].computed is None and terms[path[0]].table is None for path in facts)
        return not self.tests and given and len(facts) == sum(each.lookup is not None for each in self.columns)

    def lean(self) -> Stages:
        """Return the stages for cases of which every fact is known."""
        sets: list[tuple[str, Sql]] = []
        for word in self.words:
            found: Sql = number(_word(self.everything, word))
            for one in self.columns:
                if one.lookup is not None and one.expr is not None:
                    case = self._lookup(one.expr, one.lookup, word, complete=True)
                    found = exp.BitwiseAnd(this=found, expression=all_but(case))
            sets.append((f"sure_{word}", found))
        return Stages((sets, [(FIRED, self._first(exp.Case()))]), [*self._answers(), *self._all_bits()])

    # First step: what each input admits, what each other condition says

    def _admitted(self, place: int, one: Column) -> list[tuple[str, Sql]]:
        if one.lookup is None or one.expr is None:
            return []
        return [(f"in_{place}_{word}", all_but(self._lookup(one.expr, one.lookup, word))) for word in self.words]

    def _lookup(self, expr: Expr, lookup: Lookup, word: int, *, complete: bool = False) -> Sql:
        """Return the mask of the rows that the value admits, NULL where it is unknown."""
        case = exp.Case()
        if not complete:
            case = case.when(self.said.unknown(expr), exp.Null(), copy=False)
        match lookup:
            case ByValue(masks=masks, other=other):
                for key, whole in masks.items():
                    same = exp.EQ(this=grouped(self.said.value(expr)), expression=self.said.literal(key))
                    case = case.when(same, number(_word(whole, word)), copy=False)
                rest_mask = number(_word(other, word))
                return case.else_(rest_mask, copy=False) if case.args.get("ifs") else rest_mask
            case ByOrder(points=points, masks=masks):
                slots = [_word(mask, word) for mask in masks]
                steps = [slot for slot, mask in enumerate(slots[:-1]) if mask != slots[slot + 1]]
                ends = [("<=" if slot % 2 else "<", points[slot // 2]) for slot in steps]
                found = self._halved(expr, ends, [*(slots[slot] for slot in steps), slots[-1]])
                return case.else_(found, copy=False) if case.args.get("ifs") else found
            case ByMembers(free=free, regions=regions):
                words = [(_word(bit, word), region) for bit, region in regions]
                return self._members(self.said.value(expr), _word(free, word), words)

    def _halved(self, expr: Expr, ends: Sequence[tuple[str, Key]], masks: Sequence[int]) -> Sql:
        """Return the mask of the stretch that a known value lies in, asked by halves. masks: one more than ends."""
        if not ends:
            return number(masks[0])
        middle = len(ends) // 2
        op, point = ends[middle]
        below = self._halved(expr, ends[:middle], masks[: middle + 1])
        above = self._halved(expr, ends[middle + 1 :], masks[middle + 1 :])
        return exp.Case().when(self.said.beside(op, expr, point), below, copy=False).else_(above, copy=False)

    def _members(self, value: Sql, free: int, regions: Sequence[tuple[int, Region]]) -> Sql:
        by_region: dict[Region, int] = {}
        for bit, region in regions:
            by_region[region] = by_region.get(region, 0) | bit
        found: Sql = number(free)
        for region, mask in by_region.items():
            assert isinstance(region, Members)
            if mask:
                held = (
                    exp.Case().when(self._meets(value, region), number(mask), copy=False).else_(number(0), copy=False)
                )
                found = exp.BitwiseOr(this=found, expression=held)
        return exp.Case().when(exp.Not(this=is_null(grouped(value))), found, copy=False)

    def _meets(self, value: Sql, region: Members) -> Sql:
        def has(member: str) -> Sql:
            return dialects.contains(value.copy(), exp.Literal.string(member), self.said.dialect)

        clauses = [
            self.said.joined([has(each) for each in sorted(some)], exp.Or)
            for some in sorted(region.clauses, key=sorted)
        ]
        without = [exp.Not(this=grouped(has(each))) for each in sorted(region.without)]
        return self.said.joined([*clauses, *without], exp.And)

    # Second step: the rows that hold for sure, and those that may

    def _sure(self, word: int) -> Sql:
        return self._all(word, lambda one: one.fallback, lambda test: test)

    def _maybe(self, word: int) -> Sql:
        return self._all(
            word, lambda one: FULL << WORD * word, lambda test: exp.Coalesce(this=test, expressions=[exp.true()])
        )

    def _all(self, word: int, unknown: Callable[[Column], int], holds: Callable[[Sql], Sql]) -> Sql:
        found: Sql = number(_word(self.everything, word))
        for place, one in enumerate(self.columns):
            if one.lookup is not None:
                fallback = number(_word(unknown(one), word))
                admitted = exp.Coalesce(this=column(f"in_{place}_{word}"), expressions=[fallback])
                found = exp.BitwiseAnd(this=found, expression=admitted)
        for test in self.tests:
            if mask := _word(test.bit, word):
                kept = (
                    exp.Case()
                    .when(holds(column(test.name)), number(FULL), copy=False)
                    .else_(number(FULL ^ mask), copy=False)
                )
                found = exp.BitwiseAnd(this=found, expression=kept)
        return all_but(found)

    # Third step: the row on which it hangs, if that is not sure

    def _open(self, word: int) -> Sql:
        """Return the bit of the first row that may hold and is not sure, where that leaves the table undecided."""
        maybe = column(f"maybe_{word}")
        unsure: Sql = exp.BitwiseAnd(this=maybe, expression=exp.BitwiseNot(this=column(f"sure_{word}")))
        if self.table.hit.single:
            unsure = exp.BitwiseAnd(
                this=exp.Paren(this=_lowest(maybe)), expression=exp.BitwiseNot(this=column(f"sure_{word}"))
            )
        else:
            unsure = _lowest(exp.Paren(this=unsure))
        before = [self._nothing(each) for each in range(word)]
        if not before:
            return all_but(unsure)
        return all_but(
            exp.Case().when(self.said.joined(before, exp.And), unsure, copy=False).else_(number(0), copy=False)
        )

    def _nothing(self, word: int) -> Sql:
        """Return whether no row of the word keeps the ones after it from being looked at."""
        maybe = column(f"maybe_{word}")
        rows = (
            maybe
            if self.table.hit.single
            else exp.Paren(this=exp.BitwiseAnd(this=maybe, expression=exp.BitwiseNot(this=column(f"sure_{word}"))))
        )
        return exp.EQ(this=rows, expression=number(0))

    # Answers

    def _answers(self) -> Named:
        return [("rule", column(FIRED)), *results(self.table, self.said, self.told, self._holds)]

    def _all_bits(self) -> Named:
        if not self.table.hit.gathers:
            return []
        return [(f"rules_{word + 1}", column(f"sure_{word}")) for word in self.words]

    def _holds(self, row: Row) -> Sql:
        """Return whether the row holds for sure."""
        word, bit = divmod(self.table.rows.index(row), WORD)
        mask = exp.Paren(this=exp.BitwiseAnd(this=column(f"sure_{word}"), expression=number(1 << bit)))
        return exp.NEQ(this=mask, expression=number(0))

    def _rule(self) -> Sql:
        case = exp.Case()
        for word in self.words:
            case = case.when(exp.NEQ(this=column(f"open_{word}"), expression=number(0)), exp.Null(), copy=False)
        return self._first(case)

    def _first(self, case: exp.Case) -> Sql:
        """Return the number of the first row that holds for sure, after what the case asks before."""
        for word in self.words:
            sure = column(f"sure_{word}")
            case = case.when(exp.NEQ(this=sure, expression=number(0)), self._index(sure, word), copy=False)
        return case.else_(rest(self.table), copy=False)

    def _index(self, mask: Sql, word: int) -> Sql:
        """Return the number of the row whose bit is the lowest."""
        rows = self.table.rows[word * WORD : (word + 1) * WORD]
        below = exp.Sub(this=exp.Paren(this=_lowest(mask)), expression=number(1))
        place = dialects.bit_count(below, self.said.dialect)
        first = rows[0].index
        if all(row.index == first + bit for bit, row in enumerate(rows)):
            return exp.Add(this=place, expression=number(first))
        numbered = exp.Case(this=place)
        for bit, row in enumerate(rows):
            numbered = numbered.when(number(bit), number(row.index), copy=False)
        return numbered

    def _ask(self) -> Sql:
        """Return the term that the open row lacks: the first of its cells, from left to right, that is unknown."""
        case = exp.Case()
        for place, one in enumerate(self.columns):
            if one.lookup is not None and one.expr is not None:
                name = asked(one.expr, self.said)
                if not isinstance(name, exp.Null):
                    case = case.when(self._lacks(place, one), name, copy=False)
            for test in self.tests:
                name = asked(test.condition.expr, self.said)
                if test.place == place and not isinstance(name, exp.Null):
                    stands = exp.EQ(this=column(f"open_{test.word}"), expression=number(_word(test.bit, test.word)))
                    case = case.when(exp.And(this=stands, expression=is_null(column(test.name))), name, copy=False)
        text = exp.Cast(this=exp.Null(), to=exp.DataType.build("TEXT"))
        return case.else_(text, copy=False) if case.args.get("ifs") else text

    def _lacks(self, place: int, one: Column) -> Sql:
        """Return whether the open row has a cell in this column, and the column's input is unknown."""
        tested = [
            exp.NEQ(
                this=exp.Paren(this=exp.BitwiseAnd(this=column(f"open_{word}"), expression=number(mask))),
                expression=number(0),
            )
            for word in self.words
            if (mask := _word(self.everything & ~one.fallback, word))
        ]
        unknown = is_null(column(f"in_{place}_{self.words[0]}"))
        return exp.And(this=unknown, expression=grouped(self.said.joined(tested, exp.Or)))


def _word(mask: int, word: int) -> int:
    return mask >> WORD * word & FULL


def _lowest(mask: Sql) -> Sql:
    """Return the lowest bit of a mask alone, 0 of an empty one."""
    return exp.BitwiseAnd(this=mask.copy(), expression=exp.Neg(this=grouped(mask)))
