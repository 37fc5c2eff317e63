"""A decision table run by SpiffWorkflow's DMN engine, a rival in decisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

Spiff = Callable[[dict[str, Any]], Mapping[str, Any]]
Written = tuple[Sequence[str], Sequence[str]]  # a row: its conditions and its results, in Python's own words


def spiff_table(inputs: Sequence[str], outputs: Sequence[str], rows: Sequence[Written]) -> Spiff | None:
    """Return what decides one case by the first row that holds; None if SpiffWorkflow is not installed.

    Its policy UNIQUE stops at the first row that holds, which is kinder to it than its others."""
    try:
        from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
        from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
        from SpiffWorkflow.dmn.specs import model
    except ImportError:
        return None
    table = model.DecisionTable("table", "table", model.HitPolicy.UNIQUE.value)
    asked = [model.Input(name, name, name, name, None) for name in inputs]
    given = [model.Output(name, name, name, None) for name in outputs]
    for number, (conditions, results) in enumerate(rows, 1):
        rule = model.Rule(str(number))
        rule.row_number = number
        for column, condition in zip(asked, conditions, strict=True):
            entry = model.InputEntry(column.id, column)
            entry.lhs = [condition or None]
            rule.inputEntries.append(entry)
        for column, result in zip(given, results, strict=True):
            out = model.OutputEntry(column.id, column)
            out.text = result
            rule.outputEntries.append(out)
        table.rules.append(rule)
    engine, workflow = DMNEngine(table), SimpleNamespace(script_engine=PythonScriptEngine())
    return lambda facts: engine.result(SimpleNamespace(data=facts, workflow=workflow))
