"""Single decisions: a table of 32 rows with its rule and explained, then an answer of the example, against rivals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from statistics import mean
from typing import Any

from bench import Row, paired, rules32
from bench.spiff_table import spiff_table
from bench.zen_table import zen_table

PLAN = Path(__file__).parent.parent / "plans/ben-xuan"
NOW = datetime(2026, 3, 4, 3, tzinfo=UTC)
MANY = 2000
FEW = 40  # of a rival that takes milliseconds
ROUNDS = 15
CASES = [
    {"fault": fault, "owned": days}
    for fault in ("ours", "transport", "customer", "none")
    for days in (1, 7, 8, 200, 365, 366, 900)
]
# policies.exchange.decides of the example, as zen-engine wants it: conditions in its own language.
TABLE = (
    ("'ours'", "<= 365", "'replace'"),
    ("'ours'", "> 365", "'repair'"),
    ("'transport'", "<= 7", "'replace'"),
    ("'transport'", "> 7", "'inspect'"),
    ("'customer'", "", "'estimate'"),
    ("'none'", "<= 7", "'swap'"),
    ("'none'", "> 7", "'decline'"),
)


def rows() -> Iterator[Row]:
    """Yield the decisions of the table of 32 rows, then the whole answer of the example's policy."""
    yield from _of_32_rows()
    yield _whole_answer()


def _of_32_rows() -> Iterator[Row]:
    from tantam.plan.tables.evaluate import compile_table

    compiled = compile_table(rules32.table(), rules32.scope())
    cases = rules32.cases(MANY)
    typed = [rules32.typed(case) for case in cases]
    hits = [rules32.first_row(case) for case in cases]
    zen, traced, spiff = _zen_32(trace=False), _zen_32(trace=True), _spiff_32()
    about = f"8 inputs, 32 rows, first; mean hit at row {mean(hits):.1f}"

    def differ(rival: Callable[[dict[str, Any]], Any] | None, many: int) -> str:
        wrong = sum(
            compiled.ruling(facts).row.name != str(rival(dict(case))["rule"])
            for facts, case in list(zip(typed, cases))[:many]
        )
        return f"{wrong} of {many} answers differ; {about}"

    def explained(facts: dict[str, Any]) -> object:
        fired = compiled(facts)
        return fired.row.name, fired.outputs, fired.used

    if zen is not None:
        note = f"zen-engine, content cached; {differ(zen, MANY)}"
        yield _row("one decision with its rule", _Side(compiled.ruling, typed), _Side(zen, cases), note)
    if spiff is not None:
        note = f"SpiffWorkflow's DMN engine; {differ(spiff, 200)}"
        yield _row("the same", _Side(compiled.ruling, typed), _Side(spiff, cases, FEW), note)
    if traced is not None:
        note = "zen-engine with trace; row, results, the facts that it rests on; no sentence on either side"
        yield _row("one decision explained", _Side(explained, typed), _Side(traced, cases), f"{note}; {about}")


def _zen_32(*, trace: bool) -> Callable[[dict[str, Any]], Any] | None:
    written = tuple(
        (
            *(_zen_cell(name, cell) for name, cell in cells.items()),
            f"'{results['outcome']}'",
            results["share"],
            f"'{row}'",
        )
        for row, cells, results in rules32.rules()
    )
    return zen_table((rules32.INPUTS, ("outcome", "share", "rule"), written), trace=trace)


def _zen_cell(name: str, cell: str) -> str:
    if cell == "-":
        return ""
    if name in rules32.VALUES:
        return ", ".join(f"'{value}'" for value in cell.split(", "))
    if name in rules32.YES_NO:
        return "true" if cell == "yes" else "false"
    return f"[{cell}]" if ".." in cell else cell


def _spiff_32() -> Callable[[dict[str, Any]], Any] | None:
    written = [
        (
            [_python_cell(name, cell) for name, cell in cells.items()],
            [repr(results["outcome"]), results["share"], repr(row)],
        )
        for row, cells, results in rules32.rules()
    ]
    return spiff_table(rules32.INPUTS, ("outcome", "share", "rule"), written)


def _python_cell(name: str, cell: str) -> str:
    if cell == "-":
        return ""
    if name in rules32.VALUES:
        return f"? in {tuple(cell.split(', '))!r}" if ", " in cell else repr(cell)
    if name in rules32.YES_NO:
        return str(cell == "yes")
    return f"{cell.split('..')[0]} <= ? <= {cell.split('..')[1]}" if ".." in cell else cell


def _whole_answer() -> Row:
    from tantam.plan import run, sections

    plan = sections.read(PLAN)
    written = [{"fault": case["fault"], "owned": f"{case['owned']} days"} for case in CASES]
    zen = zen_table((("fault", "owned"), "outcome", TABLE))
    answers = [run.decide(plan, "exchange", each, now=NOW).outcome for each in written]
    differ = sum(ours != zen(case)["outcome"] for ours, case in zip(answers, CASES)) if zen else 0
    note = f"zen-engine; {differ} of {len(CASES)} answers differ; it reads no text and gives no reason"
    return _row(
        "one answer: facts read, decided, with its reason",
        _Side(lambda each: run.decide(plan, "exchange", each, now=NOW), written),
        _Side(zen, CASES) if zen else None,
        note if zen else "zen-engine is not installed",
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """Who is asked what; many: how often in one round."""

    ask: Callable[[dict[str, Any]], Any]
    cases: Sequence[dict[str, Any]]
    many: int = MANY

    def round(self) -> Callable[[], None]:
        asked = cycle(self.cases)

        def once() -> None:
            for _ in range(self.many):
                self.ask(next(asked))

        return once


def _row(what: str, ours: _Side, rival: _Side | None, note: str) -> Row:
    """Return the row for one decision of each side."""
    row = paired(what, ours.round(), rival.round() if rival else None, rounds=ROUNDS, note=note)
    many = rival.many if rival else MANY
    theirs = row.rival and row.rival / many
    return Row(row.what, row.ours / ours.many, theirs, row.ratio and row.ratio * ours.many / many, row.note)
