"""What a published plan consists of, part by part; each is made on its own, so that one that fails leaves the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from tantam.plan.publish.bpmn import bpmn
from tantam.plan.publish.contents import paper, printed
from tantam.plan.publish.diagram import standalone
from tantam.plan.publish.html import diagram_style
from tantam.plan.publish.html import page as set_page
from tantam.plan.publish.markdown import markdown
from tantam.plan.publish.paper import Audience
from tantam.plan.publish.pdf import pdf
from tantam.plan.publish.procedures import flows, tried, tries
from tantam.plan.publish.speech import Speech
from tantam.plan.sections import Plan

# Makes files: {path below the language's folder, with `/`: what stands in it}.
Making: TypeAlias = Callable[[], Mapping[str, str | bytes]]
INSIDE = frozenset({"triage"})  # tables that only staff read
UNSAFE = re.compile(r"[^\w-]")


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted. langs: the plan's, the one at the top first. on: the day that the PDF names and that the
    calendars of hours begin with its year; without it there are no calendars."""

    langs: tuple[str, ...]
    audience: Audience = Audience.CUSTOMER
    on: date | None = None


def edition(plan: Plan, order: Order) -> Iterator[tuple[str, str, Making]]:
    """Yield (the language's folder, "" for the first; the part's name; what makes its files) for every part."""
    for lang in order.langs:
        folder = "" if lang == order.langs[0] else f"{lang}/"
        links = {other: _link(lang, other, order.langs[0]) for other in order.langs}
        for name, making in _parts(plan, lang, order, links).items():
            yield folder, name, making


def _parts(plan: Plan, lang: str, order: Order, links: dict[str, str]) -> Mapping[str, Making]:
    """What makes each part, in one language."""
    audience, on = order.audience, order.on
    parts: dict[str, Making] = {
        "index.html": lambda: {"index.html": set_page(paper(plan, lang, audience), links)},
        "plan.pdf": lambda: {"plan.pdf": pdf(printed(plan, lang, audience), on)},
        "plan.md": lambda: {"plan.md": markdown(paper(plan, lang, audience))},
        "procedures": lambda: _procedures(plan, lang),
        "tables": lambda: _tables(plan, lang, audience),
    }
    return parts | {"hours": lambda: _hours(plan, lang, on)} if on is not None else parts


def _procedures(plan: Plan, lang: str) -> Mapping[str, str | bytes]:
    speech, made = Speech(plan, lang), dict[str, str | bytes]()
    for flow in flows(speech):
        made[f"procedures/{stem(flow.name)}.svg"] = standalone(flow, lang, diagram_style())
        made[f"procedures/{stem(flow.name)}.bpmn"] = bpmn(plan, flow.name, lang)
    for each in tries(speech):
        if each.tries:
            made[f"procedures/{stem(each.name)}.svg"] = standalone(tried(speech, each), lang, diagram_style())
    return made


def _tables(plan: Plan, lang: str, audience: Audience) -> Mapping[str, str | bytes]:
    from tantam.plan.dmn.write import dmn_of  # a page of the desk does without it

    hidden = frozenset[str]() if audience is Audience.STAFF else INSIDE
    return {f"tables/{stem(name)}.dmn": text for name, text in dmn_of(plan, lang).items() if name not in hidden}


def _hours(plan: Plan, lang: str, on: date) -> Mapping[str, str | bytes]:
    """The opening hours of the year of `on` and of the next, a calendar each."""
    from tantam.plan.calendars.feed import calendar_feed

    speech, first, last = Speech(plan, lang), date(on.year, 1, 1), date(on.year + 1, 12, 31)
    return {
        f"hours/{stem(name)}.ics": calendar_feed(each, speech.label(name), first, last).encode()
        for name, each in plan.hours.items()
    }


def stem(name: str) -> str:
    """Return a clause's name as a file's: nothing in it leads to another folder."""
    return UNSAFE.sub("_", name)


def _link(here: str, there: str, home: str) -> str:
    up = "" if here == home else "../"
    return f"{up}index.html" if there == home else f"{up}{there}/index.html"
