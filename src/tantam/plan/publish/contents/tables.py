"""Decision tables as grids of plain words: conditions on the left, what follows on the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tantam.plan.publish.paper import Cell, Column, Grid, Head, Line
from tantam.plan.publish.speech import Speech
from tantam.plan.sections.clauses import Policy
from tantam.plan.tables import nodes
from tantam.plan.tables.form import Hit, Kind, Out, Row, Table

# What the result column gathers, and what is never printed: keys of texts and names for machines.
GATHERED = ("outcome", "item", "else", "we", "do")
UNSAID = ("say", "remind", "action", "procedure", "team")
OWN_COLUMN = ("within", "law")
AMOUNTS = ("gets", "settles", "at_most")


def conditions(speech: Speech, table: Table) -> tuple[Head, ...]:
    """Return the heads of a table's conditions."""
    return tuple(Head(speech.head(each), Column.CONDITION) for each in table.inputs)


def asked(speech: Speech, table: Table, row: Row) -> tuple[Cell, ...]:
    """Return the cells of a row's conditions; an open one says `any`, an `otherwise` row says so once."""
    if row.otherwise:
        rest = (Cell("–", open=True),) * (len(table.inputs) - 1)
        return (Cell(speech.say("otherwise")), *rest) if table.inputs else ()
    cells = []
    for column, condition in zip(table.inputs, row.conditions, strict=True):
        words = speech.cell(column, condition)
        always = table.kind is Kind.LADDER and not words
        cells.append(Cell(words or speech.say("always" if always else "any"), open=not words))
    return tuple(cells)


def decision(speech: Speech, policy: Policy, table: Table) -> Grid:
    """Return a policy's table: each row with its conditions, what the customer gets, by when, on what ground."""
    results = [_carried(policy, row) for row in table.rows]
    columns = [name for name in OWN_COLUMN if any(name in each for each in results)]
    heads = [*conditions(speech, table), Head(speech.say("head_gets"), Column.RESULT)]
    heads += [Head(speech.say(f"head_{name}"), Column.TIME if name == "within" else Column.PLAIN) for name in columns]
    lines = []
    for row, carried in zip(table.rows, results, strict=True):
        own = [
            Cell(speech.result(carried[name]) if name in carried else "–", open=name not in carried) for name in columns
        ]
        cells = (*asked(speech, table, row), _result(speech, policy, carried), *own)
        lines.append(Line(f"{table.name}#{row.name}", cells))
    return Grid(tuple(heads), tuple(lines), caption=_caption(speech, table), numbered=len(lines) > 1)


def _caption(speech: Speech, table: Table) -> str:
    """How several lines that fit are read; nothing where exactly one can."""
    return "" if table.hit is Hit.UNIQUE or len(table.rows) < 2 else speech.say(f"hit_{table.hit}")


def _carried(policy: Policy, row: Row) -> dict[str, Out]:
    """What a row gives, and what its outcome carries where the row is silent."""
    own = dict(row.outputs)
    outcome = policy.outcomes.get(own["outcome"].text) if "outcome" in own else None
    arguments = outcome.arguments.rows[0].outputs if outcome and outcome.arguments else {}
    return {**arguments, **own}


def _result(speech: Speech, policy: Policy, carried: Mapping[str, Out]) -> Cell:
    below = [_amount(speech, name, carried[name]) for name in AMOUNTS if name in carried]
    if "by" in carried:
        below.append(speech.say("by", who=speech.lane(carried["by"].text)))
    told = (*GATHERED, *UNSAID, *OWN_COLUMN, *AMOUNTS, "by")
    for name, out in carried.items():
        if name not in told:
            below.append(speech.say("fact", term=_output(speech, name), value=speech.inside(speech.result(out))))
    if "outcome" in carried:
        words = speech.outcome(policy.name, carried["outcome"].text)
        below += _instead(speech, policy, carried["outcome"].text)
    else:
        words = speech.label(carried["item"].text) if "item" in carried else ""
    if not words and below:
        return Cell(below[0], tuple(below[1:]))
    return Cell(words or speech.say("nothing"), tuple(below))


def _instead(speech: Speech, policy: Policy, outcome: str) -> list[str]:
    """Return what the customer may choose instead, each with what it carries: `Or, as you choose: a repair, …`."""
    clause = policy.outcomes.get(outcome)
    said = [_chosen(speech, policy, name) for name in (clause.instead if clause else ())]
    return [speech.say("or_choose", what=each) for each in said]


def _chosen(speech: Speech, policy: Policy, name: str) -> str:
    arguments = policy.outcomes[name].arguments
    carried = arguments.rows[0].outputs if arguments else {}
    told = [speech.outcome(policy.name, name)]
    told += [speech.inside(_amount(speech, each, carried[each])) for each in AMOUNTS if each in carried]
    if "within" in carried:
        by_when = speech.say("fact", term=speech.say("head_within"), value=speech.result(carried["within"]))
        told.append(speech.inside(by_when))
    return "; ".join(told)


def _amount(speech: Speech, name: str, out: Out) -> str:
    """A sum as it is, a formula with what it gives: `You get back: what it cost, less 10 %`."""
    words = speech.result(out)
    if name == "at_most":
        return speech.say("is_at_most", value=speech.inside(words))
    signs = speech.plan.outputs[name].signs if name in speech.plan.outputs else {}
    if "plus" in signs and "minus" in signs:
        return speech.say("settles", value=words, plus=speech.pick(signs["plus"]), minus=speech.pick(signs["minus"]))
    if isinstance(out.expr, nodes.Literal):
        return words
    return speech.say("fact", term=_output(speech, name), value=speech.inside(words))


def _output(speech: Speech, name: str) -> str:
    output = speech.plan.outputs.get(name)
    return speech.pick(output.label if output else {}, speech.label(name))


def plain(speech: Speech, table: Table, heads: Sequence[Head], results: Sequence[str]) -> Grid:
    """Return a table whose results stand in columns of their own. heads: of the results, in their order."""
    lines = []
    for row in table.rows:
        given = [
            Cell(speech.result(row.outputs[name])) if name in row.outputs else Cell("–", open=True) for name in results
        ]
        lines.append(Line(f"{table.name}#{row.name}", (*asked(speech, table, row), *given)))
    return Grid((*conditions(speech, table), *heads), tuple(lines))
