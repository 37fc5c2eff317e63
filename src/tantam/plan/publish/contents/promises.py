"""Promises, follow-ups and triage: what is owed by when, and where a case goes first."""

from __future__ import annotations

from tantam.plan.publish.contents import naming
from tantam.plan.publish.contents.hours import said_hours
from tantam.plan.publish.contents.tables import asked, conditions, plain
from tantam.plan.publish.paper import Audience, Cell, Clause, Column, Grid, Head, Line, Note, Part
from tantam.plan.publish.speech import Speech
from tantam.plan.spoken import spoken
from tantam.plan.tables.form import Row, Table


def promises(speech: Speech, _: Audience) -> Part:
    """What is owed to a customer by when; open time is said with its hours."""
    found = speech.plan.promises
    several, said = Note(speech.say(f"several_{found.when_several}")), speech.say("promises")
    grids = [(table.name, _grid(speech, table)) for table in found.tables]
    clauses = [Clause(name, said, (grid,)) for name, grid in grids[:-1]]
    clauses += [Clause(name, said, (grid, several)) for name, grid in grids[-1:]]
    return Part("promises", speech.say("part_promises"), tuple(clauses))


def _grid(speech: Speech, table: Table) -> Grid:
    columns = [name for name in ("starts", "how_sure", "law") if any(name in row.outputs for row in table.rows)]
    clocks = bool(speech.plan.promises.clock) or any({"on", "clock"} & row.outputs.keys() for row in table.rows)
    heads = [
        Head(speech.say("head_promise")),
        *conditions(speech, table),
        Head(speech.say("head_within"), Column.RESULT),
    ]
    heads += [Head(speech.say("head_counted"))] if clocks else []
    heads += [Head(speech.say(f"head_{name}")) for name in columns]
    lines = []
    for row in table.rows:
        kind = row.labels.get("promise", "")
        name = speech.pick(speech.plan.promises.labels.get(kind, {}), speech.label(kind))
        cells = [Cell(name), *asked(speech, table, row)]
        cells.append(Cell(speech.result(row.outputs["within"]) if "within" in row.outputs else "–"))
        cells += [Cell(_clock(speech, row))] if clocks else []
        cells += [Cell(_said(speech, name, row)) if name in row.outputs else Cell("–", open=True) for name in columns]
        lines.append(Line(f"{table.name}#{row.name}", tuple(cells)))
    return Grid(tuple(heads), tuple(lines))


def _said(speech: Speech, column: str, row: Row) -> str:
    """A moment's path and how sure it is, in words where they are known."""
    text = row.outputs[column].text
    return speech.known(f"{column}_{text.replace('.', '_')}") or speech.label(text)


def _clock(speech: Speech, row: Row) -> str:
    """When its time counts: by its own clock, else the plan's, else day and night."""
    own = row.outputs.get("on") or row.outputs.get("clock")
    name = own.text if own else speech.plan.promises.clock
    return said_hours(speech, name)


def follow_ups(speech: Speech, _: Audience) -> Part:
    """When the company gets in touch of its own accord."""
    table = speech.plan.follow_ups
    lines = []
    for row in table.rows if table else ():
        event, after, do = row.labels.get("event", ""), row.outputs.get("after"), row.outputs.get("do")
        conditioned = [each.words for each in asked(speech, table, row) if not each.open] if table else []
        cells = (
            Cell(naming.event(speech, event), tuple(conditioned)),
            Cell(speech.result(after) if after else spoken(None, speech.lang)),
            Cell(
                speech.both([speech.label(each.strip()) for each in do.text.replace("+", ",").split(",")])
                if do
                else "–"
            ),
        )
        lines.append(Line(f"follow_ups#{row.name}", cells))
    heads = tuple(Head(speech.say(f"head_{name}")) for name in ("event", "after", "what"))
    clauses = (Clause("follow_ups", speech.say("follow_ups"), (Grid(heads, tuple(lines)),)),) if lines else ()
    return Part("follow_ups", speech.say("part_follow_ups"), clauses)


def triage(speech: Speech, _: Audience) -> Part:
    """How severe a case is, and who takes it first."""
    clauses = []
    for table in speech.plan.triage:
        names = [each.name for each in table.outputs if each.name in ("severity", "level", "stage")]
        heads = [
            Head(speech.say(f"head_{name}"), Column.RESULT if name == names[0] else Column.PLAIN) for name in names
        ]
        grid = plain(speech, table, heads, names)
        clauses.append(Clause(table.name, speech.say("triage"), (_placed(speech, table, grid, names),)))
    return Part("triage", speech.say("part_triage"), tuple(clauses))


def _placed(speech: Speech, table: Table, grid: Grid, names: list[str]) -> Grid:
    """The results of triage are names of clauses: put their labels in."""
    lines = []
    for line, row in zip(grid.lines, table.rows, strict=True):
        given = [_place(speech, name, row) for name in names]
        lines.append(Line(line.address, (*line.cells[: len(line.cells) - len(names)], *given)))
    return Grid(grid.heads, tuple(lines))


def _place(speech: Speech, name: str, row: Row) -> Cell:
    if name not in row.outputs:
        return Cell("–", open=True)
    text = row.outputs[name].text
    match name:
        case "level":
            return Cell(speech.named(speech.plan.levels, text))
        case "stage":
            return Cell(speech.stage(text))
        case _:
            return Cell(speech.value(text, (name,)))
