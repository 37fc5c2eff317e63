"""Sets a paper as Markdown, for whoever keeps the plan beside other documents."""

from __future__ import annotations

import re

from tantam.plan.publish.flow import Flow
from tantam.plan.publish.html import steps_on
from tantam.plan.publish.mermaid import flowchart
from tantam.plan.publish.paper import Block, Cell, Clause, Figure, Grid, Lead, Note, Paper, Part, Points, Prose

MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&])")
# What begins a list, a quotation or an underlined heading where it opens a line.
OPENING = re.compile(r"^([-+=]|\d+(?=[.)]))")


def markdown(paper: Paper) -> str:
    """Return the paper as Markdown; what the plan says is escaped, so that it is never read as markup."""
    head = [
        f"# {_text(paper.title)}",
        _text(" · ".join(each for each in (paper.company, paper.about, paper.edition) if each)),
    ]
    parts = [_part(part, number, paper.lang) for number, part in enumerate(paper.parts, 1)]
    return "\n\n".join([*head, *parts]) + "\n"


def _text(words: str) -> str:
    """Words on one line, with every mark of Markdown escaped."""
    return MARKS.sub(r"\\\1", " ".join(words.split()))


def _opening(words: str) -> str:
    """The same where a line begins with them."""
    said = _text(words)
    return OPENING.sub(lambda found: f"\\{found[1]}" if not found[1].isdigit() else f"{found[1]}\\", said)


def _part(part: Part, number: int, lang: str) -> str:
    said = [f"## {number} {_text(part.title)}"]
    said += [_clause(each, "###", lang) for each in part.clauses]
    for group in part.groups:
        said.append(f"### {_text(group.title)}")
        said += [_clause(each, "####", lang) for each in group.clauses]
    return "\n\n".join(said)


def _clause(clause: Clause, mark: str, lang: str) -> str:
    return "\n\n".join(
        [f"{mark} {_text(clause.title)} `{clause.address}`", *(_block(each, lang) for each in clause.blocks)]
    )


def _block(block: Block, lang: str) -> str:
    match block:
        case Lead(words):
            return f"**{_text(words)}**"
        case Prose(words) | Note(words):
            return _opening(words)
        case Points(items):
            return "\n".join(
                f"- {f'**{_text(each.name)}** {_text(each.words)}' if each.name else _opening(each.words)}"
                for each in items
            )
        case Grid():
            return _grid(block)
        case Figure(flow):
            return f"```mermaid\n{flowchart(flow)}```\n\n{_steps(flow, lang)}"


def _grid(grid: Grid) -> str:
    lines = [
        _row([each.words for each in grid.heads]),
        _row(["---"] * len(grid.heads), raw=True),
        *(_row([_cell(each) for each in line.cells]) for line in grid.lines),
    ]
    return "\n".join([f"*{_text(grid.caption)}*\n", *lines] if grid.caption else lines)


def _cell(cell: Cell) -> str:
    return "; ".join([cell.words, *cell.below]) if cell.words else ""


def _row(cells: list[str], *, raw: bool = False) -> str:
    return "| " + " | ".join(each if raw else _text(each) for each in cells) + " |"


def _steps(flow: Flow, lang: str) -> str:
    lines = []
    for number, step in enumerate(flow.steps, 1):
        extra = "; ".join([*step.times, *steps_on(flow, step, lang)])
        tail = f" ({_text(extra)})" if extra else ""
        lines.append(f"{number}. **{_text(flow.lanes[step.lane])}** {_text(step.does)}{tail}")
    return "\n".join(lines)
