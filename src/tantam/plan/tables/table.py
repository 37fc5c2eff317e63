"""Builds the one typed form of a table from its text: every cell read, resolved, typed, all findings at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tantam.plan.errors import Finding, Place, Severity
from tantam.plan.tables.checking import check
from tantam.plan.tables.expressions import parse, parse_condition
from tantam.plan.tables.findings import finding, unknown
from tantam.plan.tables.form import Condition, Hit, Input, Kind, Out, Output, Row, Table, Wanted
from tantam.plan.tables.ranks import ranked
from tantam.plan.tables.reader import OTHERWISE, Cell, Head, RowText, TableText
from tantam.plan.tables.regions import region_of
from tantam.plan.tables.results import read_result
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.types import Broken, YesNo

__all__ = [
    "Condition", "Hit", "Input", "Kind", "Out", "Output", "Row", "Table", "Wanted",
    "build_table", "build_what_can_be", "one_row", "row_text",
]  # fmt: skip
NOTHING = "-"
PREDICATES = ("when", "must")


def build_table(text: TableText, scope: Scope, wanted: Wanted) -> tuple[Table | None, list[Finding]]:
    """Return the typed table and all findings; None as soon as one of them is an error."""
    table, findings = build_what_can_be(text, scope, wanted)
    broken = any(each.severity is Severity.ERROR for each in findings)
    return None if broken else table, findings


def build_what_can_be(text: TableText, scope: Scope, wanted: Wanted) -> tuple[Table, list[Finding]]:
    """Return the table, without the cells that cannot be read, and all findings; with errors it decides nothing."""
    builder = _Builder(scope, wanted)
    table = builder.table(text)
    return table, [each if each.clause else replace(each, clause=wanted.name) for each in builder.findings]


def one_row(outputs: Mapping[str, Cell], scope: Scope, wanted: Wanted) -> tuple[Table | None, list[Finding]]:
    """Return a table of one row without conditions, for `decides: {outcome: …, gets: …}` and `outcomes:`.

    outputs: the written text by output name; at least one."""
    return build_table(row_text(outputs), scope, replace(wanted, hit=wanted.hit or Hit.FIRST))


def row_text(outputs: Mapping[str, Cell]) -> TableText:
    """Return the text of a table of one row without conditions. outputs: at least one."""
    head = Head((), tuple(Cell(name, cell.place) for name, cell in outputs.items()), False, _first(outputs))
    return TableText(head, (RowText(None, (), tuple(outputs.values()), head.place),), head.place)


def _first(outputs: Mapping[str, Cell]) -> Place:
    return next(iter(outputs.values())).place


@dataclass(frozen=True, slots=True)
class _Column:
    """An input column before its cells are read; label: its cells are names."""

    name: str
    input: Input | None

    @property
    def label(self) -> bool:
        return self.input is None


class _Builder:
    """Builds one table and gathers what is wrong with it."""

    def __init__(self, scope: Scope, wanted: Wanted) -> None:
        self.scope = scope
        self.wanted = wanted
        self.findings: list[Finding] = []
        self.written: set[str] = set()

    def table(self, text: TableText) -> Table:
        columns = [self.column(cell) for cell in text.head.inputs]
        self.repeated([*text.head.inputs, *([] if text.head.cross else text.head.outputs)])
        if text.head.cross:
            outputs = self.cross_output(text.head)
            rows = self.cross_rows(text, columns, outputs)
        else:
            outputs = [self.output(cell) for cell in text.head.outputs]
            rows = [self.row(row, columns, outputs) for row in text.rows]
        kind = _kind(text.head, columns)
        named = self.numbered(rows)
        self.otherwise_last(named)
        hit = self.wanted.hit or DEFAULT_HIT[kind]
        if hit.ranks:
            named, findings = ranked(named, outputs, hit, self.wanted)
            self.findings += findings
        return Table(
            self.wanted.name,
            kind,
            hit,
            tuple(column.name for column in columns if column.label),
            tuple(column.input for column in columns if column.input is not None),
            tuple(outputs),
            tuple(named),
            text.place,
        )

    # head

    def column(self, cell: Cell) -> _Column:
        if cell.text in self.wanted.labels:
            return _Column(cell.text, None)
        if cell.text in PREDICATES:
            return _Column(cell.text, Input(cell.text, None, YesNo(), cell.place))
        tree, findings = parse(cell.text, cell.place)
        if tree is not None:
            tree, findings = check(tree, self.scope)
        self.findings += findings
        kind = tree.type if tree is not None and not findings else Broken()
        return _Column(cell.text, Input(cell.text, tree, kind, cell.place))

    def output(self, cell: Cell) -> Output:
        kind = self.wanted.outputs.get(cell.text)
        if kind is None:
            self.findings.append(unknown("T16", cell.place, cell.text, self.wanted.outputs))
        return Output(cell.text, kind or Broken(), cell.place)

    def cross_output(self, head: Head) -> list[Output]:
        kind = self.wanted.outputs.get(self.wanted.cross)
        if kind is None:
            self.findings.append(finding("T49", head.place))
        return [Output(self.wanted.cross, kind or Broken(), head.place)]

    def repeated(self, cells: Sequence[Cell]) -> None:
        seen: set[str] = set()
        for cell in cells:
            if cell.text in seen:
                self.findings.append(finding("T24", cell.place, got=cell.text))
            seen.add(cell.text)

    # rows

    def row(self, text: RowText, columns: Sequence[_Column], outputs: Sequence[Output]) -> Row:
        otherwise = any(cell.text == OTHERWISE for cell in text.conditions)
        labels: dict[str, str] = {}
        conditions: list[Condition | None] = []
        for position, column in enumerate(columns):
            cell = text.conditions[position] if position < len(text.conditions) else None
            if column.input is None:
                labels[column.name] = cell.text if cell else ""
            else:
                conditions.append(None if cell is None else self.condition(cell, column.input))
        if otherwise and (any(conditions) or any(label == OTHERWISE for label in labels.values())):
            self.findings.append(finding("T19", text.place))
        results: dict[str, Out] = {}
        for output, cell in zip(outputs, text.outputs, strict=True):
            if cell.text != NOTHING:
                results |= self.result(cell, output)
        name = self.name(text, labels)
        return Row(name, 0, text.place, labels, tuple(conditions), otherwise, results)

    def cross_rows(self, text: TableText, columns: Sequence[_Column], outputs: Sequence[Output]) -> list[Row]:
        """Return one row for each cell of a cross table that holds something."""
        self.heads_of_nothing(text, columns)
        rows: list[Row] = []
        for line in text.rows:
            for head, cell in zip(text.head.outputs, line.outputs, strict=True):
                conditions = (line.conditions[0], head)
                if cell.text != NOTHING:
                    rows.append(self.row(RowText(None, conditions, (cell,), cell.place), columns, outputs))
        return rows

    def heads_of_nothing(self, text: TableText, columns: Sequence[_Column]) -> None:
        """Find what is wrong with the heads whose cells all hold nothing: no row of the table reads them."""
        lines = [[cell.text for cell in line.outputs] for line in text.rows]
        along = zip((line.conditions[0] for line in text.rows), lines, strict=True)
        across = zip(text.head.outputs, zip(*lines, strict=True), strict=True) if lines else ()
        for column, heads in zip(columns, (along, across), strict=True):
            for head, cells in heads:
                if column.input is not None and all(each == NOTHING for each in cells):
                    self.condition(head, column.input)

    def condition(self, cell: Cell, column: Input) -> Condition | None:
        if cell.text in (NOTHING, OTHERWISE):
            return None
        if isinstance(column.type, Broken):
            # Its head has a finding; what no type would make right is told all the same.
            self.findings += parse_condition(cell.text, cell.place, column.expr)[1] if column.expr else []
            return None
        if column.expr is None:
            tree, findings = parse(cell.text, cell.place)
        else:
            tree, findings = parse_condition(cell.text, cell.place, column.expr)
        if tree is not None:
            tree, findings = check(tree, self.scope, YesNo())
        self.findings += findings
        if tree is None or findings:
            return None
        region = None if column.expr is None else region_of(tree, column.expr, self.scope)
        return Condition(tree, region, cell.text, cell.place)

    def result(self, cell: Cell, output: Output) -> dict[str, Out]:
        tree, findings = read_result(cell, output.type, self.scope)
        self.findings += findings
        return {} if tree is None or findings else {output.name: Out(tree, cell.text, cell.place)}

    def name(self, text: RowText, labels: Mapping[str, str]) -> str:
        """Return the row's own name, or a hash of its conditions that survives reordering."""
        if text.name is not None:
            self.written.add(text.name.text)
            return text.name.text
        written = [re.sub(r"\s+", " ", cell.text) for cell in text.conditions]
        if not written or (OTHERWISE in written and not labels):
            return OTHERWISE if written else "always"
        return hashlib.sha256("|".join(written).encode()).hexdigest()[:6]

    def numbered(self, rows: Sequence[Row]) -> list[Row]:
        """Return the rows with their numbers; a hash that comes again gets a number, a written name a finding."""
        counts: dict[str, int] = {}
        numbered: list[Row] = []
        for index, row in enumerate(rows, 1):
            counts[row.name] = counts.get(row.name, 0) + 1
            if counts[row.name] > 1 and row.name in self.written:
                self.findings.append(finding("T18", row.place, got=row.name))
            name = row.name if counts[row.name] == 1 else f"{row.name}-{counts[row.name]}"
            numbered.append(replace(row, index=index, name=name))
        return numbered

    def otherwise_last(self, rows: Sequence[Row]) -> None:
        """Find an `otherwise` that rows for the same labels follow."""
        closed: list[Mapping[str, str]] = []
        for row in rows:
            if row.labels in closed:
                self.findings.append(finding("T19", row.place))
            elif row.otherwise:
                closed.append(row.labels)


DEFAULT_HIT = {
    Kind.GRID: Hit.UNIQUE,
    Kind.CROSS: Hit.UNIQUE,
    Kind.LADDER: Hit.FIRST,
    Kind.MUST: Hit.FIRST,
    Kind.PROMISES: Hit.SOONEST,
}


def _kind(head: Head, columns: Sequence[_Column]) -> Kind:
    names = [column.name for column in columns if not column.label]
    if len(names) < len(columns):
        return Kind.PROMISES
    if head.cross:
        return Kind.CROSS
    if "must" in names:
        return Kind.MUST
    return Kind.LADDER if all(name == "when" for name in names) else Kind.GRID
