"""Writes small DMN models for tests: a table from rows of text, whole models from their parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tantam.plan.dmn import decide, read_facts, read_model
from tantam.plan.dmn.run import Decided

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
SPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def model(*parts: str, space: str = SPACE) -> bytes:
    """Return a DMN file with these elements."""
    return f'<definitions xmlns="{space}" name="m" namespace="urn:m">\n{"".join(parts)}</definitions>'.encode()


def input_data(name: str, kind: str = "") -> str:
    """Return an input whose id is its name without blanks."""
    called = f"name={quoteattr(name)}"
    return f'<inputData id="{ident(name)}" {called}><variable {called}{_kind(kind)}/></inputData>\n'


def decision(name: str, box: str, *needs: str, kind: str = "") -> str:
    """Return a decision. needs: names of inputs and decisions, those of functions behind `f:`."""
    required = "".join(_required(each) for each in needs)
    variable = f"<variable name={quoteattr(name)}{_kind(kind)}/>"
    return f'<decision id="{ident(name)}" name={quoteattr(name)}>{variable}{required}{box}</decision>\n'


def literal(text: str) -> str:
    """Return a literal expression."""
    return f"<literalExpression><text>{escape(text)}</text></literalExpression>"


def table(inputs: Sequence[str], outputs: Sequence[str], rules: Sequence[str], hit: str = "UNIQUE") -> str:
    """Return a decision table. outputs: `name`, `name: allowed values` or `name: allowed = default`.

    rules: cells with `|` between. hit: `COLLECT SUM` has its aggregation."""
    policy, _, aggregation = hit.partition("+")
    made = "".join(f"<input><inputExpression><text>{escape(each)}</text></inputExpression></input>" for each in inputs)
    made += "".join(map(_output, outputs))
    for number, rule in enumerate(rules, 1):
        cells = [each.strip() for each in rule.split("|")]
        entries = "".join(f"<inputEntry><text>{escape(each)}</text></inputEntry>" for each in cells[: len(inputs)])
        entries += "".join(f"<outputEntry><text>{escape(each)}</text></outputEntry>" for each in cells[len(inputs) :])
        made += f'<rule id="r{number}">{entries}</rule>'
    extra = f' aggregation="{aggregation}"' if aggregation else ""
    return f'<decisionTable hitPolicy="{policy}"{extra}>{made}</decisionTable>'


def ask(content: bytes, name: str, /, **facts: Any) -> Decided:
    """Return the decision on JSON facts; `_` in a name is a blank."""
    read = read_model(content, "m.dmn")
    given = read_facts(read, {key.replace("_", " "): exact(value) for key, value in facts.items()}, {})
    return decide(read, name, given, now=NOW)


def exact(value: Any) -> Any:
    """Return the JSON value with decimals for its numbers."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(str(value))
    if isinstance(value, list):
        return [exact(each) for each in value]
    if isinstance(value, Mapping):
        return {name: exact(each) for name, each in value.items()}
    return value


def feel(text: str, **facts: Any) -> Any:
    """Return what an expression comes to; `_` in a name of a fact is a blank."""
    names = [key.replace("_", " ") for key in facts]
    parts = [input_data(name) for name in names]
    return ask(model(*parts, decision("it", literal(text), *names)), "it", **facts).value


def ident(name: str) -> str:
    """Return the id that goes with a name."""
    return "_" + "".join(each if each.isalnum() else "-" for each in name)


def _kind(kind: str) -> str:
    return f' typeRef="{kind}"' if kind else ""


def _required(need: str) -> str:
    if need.startswith("f:"):
        return f'<knowledgeRequirement><requiredKnowledge href="#{ident(need[2:])}"/></knowledgeRequirement>'
    # An input and a decision are told apart by their elements, not by how they are required.
    return f'<informationRequirement><requiredInput href="#{ident(need)}"/></informationRequirement>'


def _output(written: str) -> str:
    name, _, rest = written.partition(":")
    values, _, default = rest.partition("=")
    made = f"<outputValues><text>{escape(values.strip())}</text></outputValues>" if values.strip() else ""
    made += f"<defaultOutputEntry><text>{escape(default.strip())}</text></defaultOutputEntry>" if default else ""
    return f"<output name={quoteattr(name.strip())}>{made}</output>"
