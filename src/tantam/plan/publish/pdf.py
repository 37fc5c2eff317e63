"""Sets a paper as a PDF with Typst: the paper goes over as JSON, so that nothing the plan says is read as markup.

Only the fonts that Typst brings along are used, so that the same paper gives the same bytes on every machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from tantam.plan.errors import NotInstalled
from tantam.plan.publish.diagram import described, standalone_in
from tantam.plan.publish.figure import Form
from tantam.plan.publish.flow import Flow
from tantam.plan.publish.html import TOGETHER, diagram_style, steps_on
from tantam.plan.publish.inks import inks, on_paper
from tantam.plan.publish.paper import Block, Cell, Clause, Column, Figure, Grid, Lead, Note, Paper, Part, Points, Prose
from tantam.plan.spoken import day
from tantam.plan.words import say

# What a figure may take, in points: on a page upright and on one across. Its letters are 12.5 units high.
UPRIGHT, ACROSS = (467.0, 505.0), (700.0, 340.0)
LEGIBLE = 0.62
LARGEST = 0.84


def pdf(paper: Paper, on: date | None = None) -> bytes:
    """Return the paper as a tagged PDF (PDF/UA-1). on: the day that its cover and metadata name, None for no day.

    Raises NotInstalled if Typst is missing.
    """
    try:
        import typst
    except ImportError as missing:
        raise NotInstalled("typst", "tantam[publish]") from missing
    source = files(__package__).joinpath("paper.typ").read_bytes()
    data = json.dumps(_sheet(paper, on), ensure_ascii=False)
    made: bytes = typst.compile(
        source, sys_inputs={"paper": data}, ignore_system_fonts=True, pdf_standards=["ua-1"], timestamp=0
    )
    return made


def _sheet(paper: Paper, on: date | None) -> dict[str, Any]:
    return {
        "lang": paper.lang,
        "company": paper.company,
        "title": paper.title,
        "about": paper.about,
        "edition": paper.edition,
        "day": day(on, paper.lang) if on else "",
        "date": [on.year, on.month, on.day] if on else None,
        "words": {"contents": say("publish_contents", paper.lang)},
        "inks": dict(_inks()),
        "parts": [_part(part, number, paper.lang) for number, part in enumerate(paper.parts, 1)],
    }


@cache
def _inks() -> Mapping[str, str]:
    return inks(diagram_style())


@cache
def _style() -> str:
    return on_paper(diagram_style())


def _text(words: str) -> str:
    return TOGETHER.sub("\N{NO-BREAK SPACE}", words)


def _part(part: Part, number: int, lang: str) -> dict[str, Any]:
    alone = len(part.all_clauses) == 1 and not part.groups
    said: list[dict[str, Any]] = []
    position = 0
    for clause in part.clauses:
        position += 1
        said.append(_clause(clause, "" if alone else f"{number}.{position}", 2, lang))
    for group in part.groups:
        said.append({"title": _text(group.title), "number": "", "address": "", "level": 2, "blocks": []})
        for clause in group.clauses:
            position += 1
            said.append(_clause(clause, f"{number}.{position}", 3, lang))
    return {"number": str(number), "title": _text(part.title), "clauses": said}


def _clause(clause: Clause, number: str, level: int, lang: str) -> dict[str, Any]:
    return {
        "title": _text(clause.title),
        "number": number,
        "address": clause.address,
        "level": level,
        "blocks": [_block(each, lang) for each in clause.blocks],
    }


def _block(block: Block, lang: str) -> dict[str, Any]:
    match block:
        case Lead(words):
            return {"is": "lead", "words": _text(words)}
        case Prose(words):
            return {"is": "prose", "words": _text(words)}
        case Note(words):
            return {"is": "note", "words": _text(words)}
        case Points(items):
            return {"is": "points", "items": [{"name": _text(each.name), "words": _text(each.words)} for each in items]}
        case Grid():
            return _grid(block)
        case Figure(flow):
            return _figure(flow, lang)


def _grid(grid: Grid) -> dict[str, Any]:
    columns = list(zip(*(line.cells for line in grid.lines), strict=True))
    return {
        "is": "grid",
        "caption": _text(grid.caption),
        "numbered": grid.numbered,
        "heads": [{"words": _text(each.words), "result": each.kind is Column.RESULT} for each in grid.heads],
        "widths": [_width(head.words, cells) for head, cells in zip(grid.heads, columns, strict=False)],
        "lines": [[_cell(each) for each in line.cells] for line in grid.lines],
    }


def _width(head: str, cells: tuple[Cell, ...]) -> float:
    """How broad a column is against its neighbours: its longest word fits, its longest cell takes few lines."""
    said = [head, *(line for cell in cells for line in (cell.words, *cell.below))]
    word = max((len(each) for line in said for each in line.split()), default=1)
    longest = max(map(len, said))
    return float(max(word, longest**0.75, 4)) + 2


def _cell(cell: Cell) -> dict[str, Any]:
    return {"words": _text(cell.words), "below": [_text(each) for each in cell.below], "open": cell.open}


def _figure(flow: Flow, lang: str) -> dict[str, Any]:
    upright, size = standalone_in(flow, lang, _style(), Form.COLUMNS)
    scale = _scale(size, UPRIGHT)
    across, broad = standalone_in(flow, lang, _style(), Form.ROWS)
    turned = scale < LEGIBLE and _scale(broad, ACROSS) > scale
    drawn, chosen, room = (across, broad, ACROSS) if turned else (upright, size, UPRIGHT)
    return {
        "is": "figure",
        "svg": drawn,
        "across": turned,
        "width": round(chosen[0] * _scale(chosen, room), 1),
        "says": described(flow, lang),
        "steps": [_step(flow, number, lang) for number in range(len(flow.steps))],
    }


def _scale(size: tuple[float, float], room: tuple[float, float]) -> float:
    return min(room[0] / size[0], room[1] / size[1], LARGEST)


def _step(flow: Flow, number: int, lang: str) -> dict[str, str]:
    step = flow.steps[number]
    more = "; ".join([*step.times, *steps_on(flow, step, lang)])
    return {"who": _text(flow.lanes[step.lane]), "does": _text(step.does), "more": _text(more)}
