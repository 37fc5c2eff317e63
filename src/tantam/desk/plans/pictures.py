"""A procedure as a picture with a case in it: where it stands, what it has gone through, the way it went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tantam.desk.plans.procedures import Gone, How, Standing, Walker
from tantam.plan.procedures.route import Path
from tantam.plan.publish.diagram import described, diagram
from tantam.plan.publish.figure import Form
from tantam.plan.publish.flow import At, Flow, Trail
from tantam.plan.publish.html import diagram_style
from tantam.plan.publish.procedures import flow, tried, tries
from tantam.plan.publish.rail import rail_diagram
from tantam.plan.publish.speech import Speech

AT = {How.DONE: At.DONE, How.ALONE: At.DONE, How.SKIPPED: At.SKIPPED, How.MISSED: At.MISSED}

__all__ = ["cards", "lanes", "style"]


def style() -> str:
    """Return the rules of the pictures in the layer `pages`, so that a page's own rules hold beside them."""
    return f"@layer pages {{\n{diagram_style()}\n}}\n"


def lanes(walker: Walker, standing: Standing, gone: Iterable[Gone], lang: str) -> str:
    """Return the procedure in lanes as <svg>, lanes as columns; "" for one that cannot be drawn."""
    shown = _flow(walker, standing, gone, lang)
    return diagram(shown, shown_in(walker, lang), Form.COLUMNS) if shown else ""


def cards(walker: Walker, standing: Standing, gone: Iterable[Gone], lang: str) -> str:
    """Return the procedure as cards, one below the other, as <svg>; "" for one that cannot be drawn."""
    shown = _flow(walker, standing, gone, lang)
    said = shown_in(walker, lang)
    return rail_diagram(shown, said, described(shown, said)) if shown else ""


def shown_in(walker: Walker, lang: str) -> str:
    """Return the language that a picture speaks: the reader's if the plan has it, else the plan's own."""
    return lang if lang in walker.plan.languages else walker.plan.languages[0]


def _flow(walker: Walker, standing: Standing, gone: Iterable[Gone], lang: str) -> Flow | None:
    """Return the outermost procedure as a flow, with the case in it."""
    speech, name = Speech(walker.plan.plan, shown_in(walker, lang)), walker.route.procedure.name
    if name in walker.plan.plan.procedures:
        found: Flow | None = flow(speech, walker.plan.plan.procedures[name])
    else:
        found = next((tried(speech, each) for each in tries(speech) if each.name == name), None)
    return replace(found, trail=_trail(walker, standing, list(gone))) if found and found.steps else None


def _trail(walker: Walker, standing: Standing, gone: list[Gone]) -> Trail:
    at, went = {}, set()
    for each in gone:
        if len(each.token.path) == 1:
            step = each.token.path[0]
            at[step] = AT[each.how]
            went |= {(step, to) for to in _led_to(walker, each)}
    for token in standing.tokens:
        at[token.path[0]] = At.WAITING if token.waits(walker.now) and len(token.path) == 1 else At.NOW
    return Trail(at, frozenset(went))


def _led_to(walker: Walker, gone: Gone) -> tuple[str, ...]:
    """Return the steps that a step went on to; ("",) for an end. Where ways meet, the step after the meeting."""
    path: Path = gone.token.path
    step = walker.route.step(path)
    if step is None:
        return ()
    if gone.how is How.MISSED:
        return (step.work.within.missed,) if step.work.within else ()
    return walker.route.targets(path, gone.when)
