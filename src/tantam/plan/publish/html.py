"""Sets a paper as HTML: an article with stable anchors, and a page around it; all text is escaped here."""

from __future__ import annotations

import re
from html import escape
from importlib.resources import files

from tantam.plan.publish.diagram import diagram, goes_on, title_id
from tantam.plan.publish.flow import Flow, Step
from tantam.plan.publish.paper import (
    Block,
    Cell,
    Clause,
    Column,
    Figure,
    Grid,
    Item,
    Lead,
    Line,
    Note,
    Paper,
    Part,
    Points,
    Prose,
)
from tantam.plan.publish.rail import rail_diagram
from tantam.plan.words import say

# A figure and its unit stay on one line.
TOGETHER = re.compile(r"(?<=\d) (?=(?:₫|€|\$|£|¥|%|[A-Z]{3}\b|phút|giờ|ngày|tháng|năm))")


def style() -> str:
    """Return the style sheet of an article; all of it under `.paper` or `.flow-dia`, and no color-scheme."""
    return _sheet("diagram.css") + _sheet("paper.css")


def diagram_style() -> str:
    """Return the style sheet of a diagram that stands alone, or has a case in it."""
    return _sheet("diagram.css") + _sheet("walked.css") + ".flow-dia { color-scheme: light dark; }\n"


def _sheet(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _compact(sheet: str) -> str:
    """Return a style sheet without comments, and without space where it says nothing."""
    bare = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
    bare = re.sub(r"(?<![\w.])0(\.\d)", r"\1", bare)  # the noughts at both ends of a number
    bare = re.sub(r"(\.\d*[1-9])0+(?!\d)", r"\1", bare)
    return re.sub(r" ?([{};>]) ?", r"\1", bare).replace(": ", ":").replace(", ", ",").replace(";}", "}").strip()


def anchor(address: str) -> str:
    """Return the id of a clause: `policies.exchange.decides#faulty` is `policies.exchange.decides-faulty`."""
    return address.replace("#", "-")


def article(paper: Paper) -> str:
    """Return the paper as <article>, without a page around it."""
    numbered = list(enumerate(paper.parts, 1))
    return "\n".join(
        [
            f'<article class="paper" lang="{paper.lang}">',
            _contents(paper, numbered),
            _front(paper),
            *(_part(part, number, paper.lang) for number, part in numbered),
            "</article>",
        ]
    )


def page(paper: Paper, others: dict[str, str]) -> str:
    """Return the paper as a whole page. others: {language: address of the edition in it}."""
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{paper.lang}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{_text(paper.title)} · {_text(paper.company)}</title>",
            f"<style>{_compact(style() + _sheet('page.css'))}</style>",
            "</head>",
            "<body>",
            _languages(paper, others) if len(others) > 1 else "",
            f"<main>{_drawn_inside(article(paper), paper.lang)}</main>",
            f'<footer class="foot"><p>{_text(paper.company)} · {_text(paper.edition)}</p></footer>',
            "</body>",
            "</html>",
            "",
        ]
    )


def _drawn_inside(body: str, lang: str) -> str:
    """Return the body with its drawings as they are inside a page, which says what they are and in which language."""
    return body.replace(f' xmlns="http://www.w3.org/2000/svg" lang="{lang}"', "")


LANGUAGE_NAMES = {"vi": "Tiếng Việt", "de": "Deutsch", "en": "English"}


def _languages(paper: Paper, others: dict[str, str]) -> str:
    links = []
    for lang, address in others.items():
        current = ' aria-current="page"' if lang == paper.lang else ""
        name = escape(LANGUAGE_NAMES.get(lang, lang))
        links.append(f'<a href="{escape(address)}" lang="{lang}" hreflang="{lang}"{current}>{name}</a>')
    label = escape(say("publish_languages", paper.lang))
    return f'<nav class="langs" aria-label="{label}">{"".join(links)}</nav>'


def _text(words: str) -> str:
    return TOGETHER.sub("\N{NO-BREAK SPACE}", escape(words, quote=False))


def _front(paper: Paper) -> str:
    about = f'<p class="about">{_text(paper.about)}</p>' if paper.about else ""
    edition = f'<p class="edition">{_text(paper.edition)}</p>'
    over = f'<p class="over">{_text(paper.company)}</p>'
    return f'<header class="front">{over}<h1>{_text(paper.title)}</h1>{about}{edition}</header>'


def _contents(paper: Paper, numbered: list[tuple[int, Part]]) -> str:
    entries = "".join(
        f'<li><a href="#part-{part.key}"><span class="n">{number}</span> {_text(part.title)}</a></li>'
        for number, part in numbered
    )
    return f'<nav class="contents" aria-label="{escape(say("publish_contents", paper.lang))}"><ol>{entries}</ol></nav>'


def _part(part: Part, number: int, lang: str) -> str:
    parts = [f'<h2 id="part-{part.key}"><span class="n">{number}</span> {_text(part.title)}</h2>']
    alone = len(part.all_clauses) == 1 and not part.groups
    position = 0
    for clause in part.clauses:
        position += 1
        parts.append(_clause(clause, "" if alone else f"{number}.{position}", "h3", lang))
    for group in part.groups:
        parts.append(f'<h3 class="stage">{_text(group.title)}</h3>')
        for clause in group.clauses:
            position += 1
            parts.append(_clause(clause, f"{number}.{position}", "h4", lang))
    return f'<section class="part" aria-labelledby="part-{part.key}">\n' + "\n".join(parts) + "\n</section>"


def _clause(clause: Clause, number: str, tag: str, lang: str) -> str:
    shown = f'<span class="n">{number}</span> ' if number else ""
    named = anchor(clause.address)
    address = escape(clause.address)
    link = f'<a class="clause-ref" href="#{escape(named)}">§\N{NO-BREAK SPACE}{address}</a>'
    head = f"<{tag}>{shown}{_text(clause.title)} {link}</{tag}>"
    return (
        f'<section class="clause" id="{escape(named)}">\n{head}\n'
        + "\n".join(_block(each, lang) for each in clause.blocks)
        + "\n</section>"
    )


def _block(block: Block, lang: str) -> str:
    match block:
        case Lead(words):
            return f'<p class="lead">{_text(words)}</p>'
        case Prose(words):
            return f'<p class="prose">{_text(words)}</p>'
        case Note(words, address):
            return f'<p class="note"{_id(address)}>{_text(words)}</p>'
        case Points(items):
            return f'<ul class="points">{"".join(map(_item, items))}</ul>'
        case Grid():
            return _grid(block, lang)
        case Figure(flow):
            return _figure(flow, lang)


def _id(address: str) -> str:
    return f' id="{escape(anchor(address))}"' if address else ""


def _item(item: Item) -> str:
    name = f"<b>{_text(item.name)}</b> " if item.name else ""
    return f"<li{_id(item.address)}>{name}<span>{_text(item.words)}</span></li>"


def _grid(grid: Grid, lang: str) -> str:
    caption = f"<caption>{_text(grid.caption)}</caption>" if grid.caption else ""
    number = (
        f'<th scope="col" class="no"><span class="vh">{_text(say("publish_rule", lang))}</span></th>'
        if grid.numbered
        else ""
    )
    heads = "".join(f'<th scope="col"{_kind(each.kind)}>{_text(each.words)}</th>' for each in grid.heads)
    lines = "\n".join(_line(each, grid, number) for number, each in enumerate(grid.lines, 1))
    head, body = f"<thead><tr>{number}{heads}</tr></thead>", f"<tbody>\n{lines}\n</tbody>"
    return f'<div class="wide"><table>{caption}{head}\n{body}</table></div>'


def _line(line: Line, grid: Grid, number: int) -> str:
    key = escape(anchor(line.address))
    first = f'<td class="no"><a href="#{key}">{number}</a></td>' if grid.numbered else ""
    cells = "".join(_cell(each, head.words, head.kind) for each, head in zip(line.cells, grid.heads, strict=True))
    return f'<tr id="{key}">{first}{cells}</tr>'


def _cell(cell: Cell, head: str, kind: Column) -> str:
    said = _text(cell.words)
    if cell.below:
        said = f"<span>{said}{''.join(f'<small>{_text(each)}</small>' for each in cell.below)}</span>"
    label = "" if cell.open else f' data-l="{escape(head)}"'
    return f"<td{_kind(kind, cell)}{label}>{said}</td>"


def _kind(kind: Column, cell: Cell | None = None) -> str:
    """The class of a cell; a plain one has none, nor has a condition that says no more than itself."""
    says = kind is not Column.PLAIN and (kind is not Column.CONDITION or bool(cell and cell.below))
    names = [str(kind)] if says else []
    names += ["open"] if cell is not None and cell.open else []
    return f' class="{" ".join(names)}"' if names else ""


def _figure(flow: Flow, lang: str) -> str:
    summary = f"<summary>{_text(say('publish_steps_as_list', lang))}</summary>"
    told = escape(f"d-{flow.name}-{lang}")
    steps = f'<ol class="steps" id="{told}">{"".join(_step(flow, each, lang) for each in flow.steps)}</ol>'
    caption = f"<figcaption><details>{summary}{steps}</details></figcaption>"
    pictures = diagram(flow, lang, told_by=told) + rail_diagram(flow, lang, named_by=title_id(flow, lang))
    return f'<figure><div class="scroll">{pictures}</div>{caption}</figure>'


def _step(flow: Flow, step: Step, lang: str) -> str:
    said = steps_on(flow, step, lang)
    time = f" <small>{_text('; '.join(step.times))}</small>" if step.times else ""
    ways = f'<span class="ways">{_text("; ".join(said))}</span>' if said else ""
    return f"<li><b>{_text(flow.lanes[step.lane])}</b> {_text(step.does)}{time}{ways}</li>"


def steps_on(flow: Flow, step: Step, lang: str) -> list[str]:
    """Return where it goes on from a step, in words; nothing where it is simply the next one."""
    return goes_on(flow, step.name, lang)
