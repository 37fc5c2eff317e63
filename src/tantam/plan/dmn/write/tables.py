"""A plan's table as a decision table: its columns as inputs, its cells as unary tests, its rows' names as annotations.

A cell that is no test of its column's input becomes a column of its own: the condition, and `true`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as Tree

from tantam.plan.dmn.write.elements import element, ident, plain, texted
from tantam.plan.dmn.write.sayable import CannotSay, Sayer, feel_name, text
from tantam.plan.dmn.write.types import basic
from tantam.plan.tables import nodes
from tantam.plan.tables.cells import intersect, is_empty
from tantam.plan.tables.form import Input, Row, Table
from tantam.plan.tables.hits import Hit
from tantam.plan.tables.types import Duration, SomeOf, YesNo

POLICIES = {
    Hit.UNIQUE: "UNIQUE",
    Hit.ANY: "ANY",
    Hit.PRIORITY: "FIRST",  # the rows already stand in the order of their results
    Hit.FIRST: "FIRST",
    Hit.RULE_ORDER: "RULE ORDER",
    Hit.OUTPUT_ORDER: "RULE ORDER",
    Hit.COLLECT: "COLLECT",
    Hit.SOONEST: "COLLECT",
}
ANYTHING = "-"
MOST_COMPARED = 300  # rows, each with each


@dataclass(slots=True)
class TableWriter:
    """sayer: of the plan's expressions. lost: what could not be said, as `row: why`."""

    sayer: Sayer
    lost: list[str] = field(default_factory=list)

    def written(self, table: Table) -> Tree.Element:
        """Return the decision table. A row that cannot be said is left out and remembered."""
        names = [*table.labels, *(each.name for each in table.outputs)]
        columns: dict[str, str] = {}  # expression: type, in the order of the inputs
        for each in table.inputs:
            if each.expr is not None and not isinstance(each.type, SomeOf):
                columns.setdefault(self._said(each.expr, table.name) or ANYTHING, basic(each.type))
        columns.pop(ANYTHING, None)
        rows = list(self._rows(table, columns))
        rules = [_rule(table, row, [tests.get(each, ANYTHING) for each in columns], made) for row, tests, made in rows]
        hit = "FIRST" if table.hit is Hit.UNIQUE and not _is_unique(table) else POLICIES[table.hit]
        return element(
            "decisionTable",
            {"id": ident(table.name, "table"), "hitPolicy": hit, "preferredOrientation": "Rule-as-Row"},
            *(_input(table.name, number, each, kind) for number, (each, kind) in enumerate(columns.items())),
            *(element("output", {"id": ident(table.name, "out", each), "name": feel_name(each)}) for each in names),
            *(element("annotation", {"name": each}) for each in ("row", "law")),
            *rules,
        )

    def _rows(self, table: Table, columns: dict[str, str]) -> Iterator[tuple[Row, Mapping[str, str], list[str]]]:
        rows = sorted(table.rows, key=lambda row: row.otherwise)
        for row in rows:
            try:
                tests = self._tests(table, row, columns)
                made = self._results(table, row)
            except CannotSay as lost:
                self.lost.append(f"{table.name}#{row.name}: {lost.what}")
                continue
            yield row, tests, made

    def _tests(self, table: Table, row: Row, columns: dict[str, str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for column, condition in zip(table.inputs, row.conditions, strict=True):
            if condition is None or row.otherwise:
                continue
            subject = self._subject(column, table.name)
            cell = self.cell(condition.expr, subject) if subject else None
            if cell is None or subject in found:
                subject, cell = self.sayer.said(condition.expr), "true"
                columns.setdefault(subject, "boolean")
            found[subject] = cell
        return found

    def _subject(self, column: Input, where: str) -> str:
        if column.expr is None or isinstance(column.type, SomeOf):
            return ""
        return self._said(column.expr, where)

    def _said(self, expr: nodes.Expr, where: str) -> str:
        try:
            return self.sayer.said(expr)
        except CannotSay as lost:
            self.lost.append(f"{where}: {lost.what}")
            return ""

    def cell(self, expr: nodes.Expr, subject: str) -> str | None:
        """Return the condition as a unary test of the subject, None where it is about something else."""
        said = self.sayer.said
        match expr:
            case nodes.Compare(op=op, left=left, right=right) if said(left) == subject:
                end = said(right)
                return end if op == "=" else f"not({end})" if op == "!=" else f"{op} {end}"
            case nodes.Within(subject=of, members=members) if said(of) == subject:
                return ", ".join(map(said, members))
            case nodes.Between(subject=of, low=low, high=high) if said(of) == subject and low and high:
                opened, closed = "(" if expr.low_open else "[", ")" if expr.high_open else "]"
                return f"{opened}{said(low)}..{said(high)}{closed}"
            case nodes.Not(operand=operand):
                inner = self.cell(operand, subject)
                if inner in ("true", "false"):
                    return "false" if inner == "true" else "true"
                return None if inner is None or inner.startswith("not(") else f"not({inner})"
            case nodes.Either(parts=parts):
                cells = [self.cell(each, subject) for each in parts]
                if any(each is None or each.startswith("not(") for each in cells):
                    return None
                return ", ".join(each for each in cells if each)
        return "true" if isinstance(expr.type, YesNo) and said(expr) == subject else None

    def _results(self, table: Table, row: Row) -> list[str]:
        made = [text(row.labels[each]) if each in row.labels else "null" for each in table.labels]
        return made + self.outputs(table, row)

    def outputs(self, table: Table, row: Row) -> list[str]:
        """Return a row's results in the order of the table's outputs.

        How long something takes is said in the plan's words; as a term, which is compared, it is a value."""
        made = []
        worded = not table.name.startswith("terms.")
        for column in table.outputs:
            out = row.outputs.get(column.name)
            if out is None:
                made.append("null")
            elif isinstance(out.expr, nodes.Bounds | nodes.Repeat) or (
                worded and isinstance(column.type, Duration) and isinstance(out.expr, nodes.Literal)
            ):
                made.append(text(out.text.strip()))
            else:
                made.append(self.sayer.said(out.expr))
        return made

    def written_rules(self, name: str, rules: Sequence[tuple[str, str, Sequence[str], str]]) -> Tree.Element:
        """Return a table of (name, outcome, texts, condition): the first whose condition is known to fail answers."""
        conditions = list(dict.fromkeys(condition for *_, condition in rules))
        made = []
        for number, (rule, outcome, texts, condition) in enumerate(rules, 1):
            tests = ["false" if each == condition else ANYTHING for each in conditions]
            results = [text(outcome), f"[{', '.join(map(text, texts))}]"]
            made.append(_plain_rule(name, f"{number}-{rule}", tests, results))
        inputs = [_input(name, number, each, "boolean") for number, each in enumerate(conditions)]
        return _plain_table(name, inputs, ["outcome", "say"], made)

    def written_choice(
        self, name: str, chooses: str, names: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]
    ) -> Tree.Element:
        """Return a table over words: each row's word, and its results in the order of the names."""
        made = [_plain_rule(name, word, [text(word)], results) for word, results in rows]
        return _plain_table(name, [_input(name, 0, chooses, "string")], list(map(feel_name, names)), made)


def _is_unique(table: Table) -> bool:
    """Return whether no two rows can hold together, as far as single columns show it.

    Where they may, the plan takes the uppermost."""
    rows = table.rows
    if any(row.otherwise for row in rows) or len(rows) > MOST_COMPARED:
        return False
    return all(_apart(one, other, table) for place, one in enumerate(rows) for other in rows[:place])


def _apart(one: Row, other: Row, table: Table) -> bool:
    for column, left, right in zip(table.inputs, one.conditions, other.conditions, strict=True):
        if left is None or right is None or left.region is None or right.region is None:
            continue
        if is_empty(intersect(left.region, right.region), column.type):
            return True
    return False


def _input(table: str, number: int, expression: str, kind: str) -> Tree.Element:
    asked = element("inputExpression", {"typeRef": kind}, plain("text", expression))
    return element("input", {"id": ident(table, "in", str(number))}, asked)


def _rule(table: Table, row: Row, tests: Sequence[str], made: Sequence[str]) -> Tree.Element:
    law = row.outputs.get("law")
    return element(
        "rule",
        {"id": ident(table.name, "row", str(row.index), row.name)},
        *(texted("inputEntry", each) for each in tests),
        *(texted("outputEntry", each) for each in made),
        *(texted("annotationEntry", each) for each in (row.name or str(row.index), law.text if law else "")),
    )


def _plain_table(
    name: str, inputs: Sequence[Tree.Element], outputs: Sequence[str], rules: Sequence[Tree.Element]
) -> Tree.Element:
    attributes = {"id": ident(name, "table"), "hitPolicy": "FIRST", "preferredOrientation": "Rule-as-Row"}
    made = [element("output", {"id": ident(name, "out", each), "name": each}) for each in outputs]
    return element("decisionTable", attributes, *inputs, *made, element("annotation", {"name": "row"}), *rules)


def _plain_rule(name: str, rule: str, tests: Sequence[str], results: Sequence[str]) -> Tree.Element:
    return element(
        "rule",
        {"id": ident(name, "row", rule)},
        *(texted("inputEntry", each) for each in tests),
        *(texted("outputEntry", each) for each in results),
        texted("annotationEntry", rule),
    )
