"""Draws a flow as SVG: lanes side by side, time running down, so that it fits a page of a book."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from tantam.plan.publish.flow import Flow, Step, Way
from tantam.plan.words import say

LANE, BOX, HEAD, GAP, FORK_GAP, LINE, PAD = 190, 156, 46, 34, 88, 17, 12
LETTERS_A_LINE, LETTERS_BESIDE, LINE_BESIDE = 20, 13, 14
ROUND = 10


@dataclass(frozen=True, slots=True)
class Placed:
    """A step with its box: what it says, a line each with its class; the middle of it across, its top, its height."""

    step: Step
    said: tuple[tuple[str, str], ...]
    x: int
    top: int
    height: int

    @property
    def bottom(self) -> int:
        """Where the box ends."""
        return self.top + self.height


def diagram(flow: Flow, lang: str) -> str:
    """Return the flow as one <svg>, with title and description; its classes are styled by the page that holds it."""
    ranks = _ranks(flow)
    columns, lanes, width = _columns(flow, ranks)
    placed, height = _placed(flow, ranks, columns)
    described = say(
        "publish_figure_says", lang, title=flow.title, count=len(flow.steps), lanes=", ".join(flow.lanes.values())
    )
    key = f"d-{flow.name}-{lang}"
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    named = f'aria-labelledby="{escape(key)}"'
    parts = [
        f'<svg class="flow-dia" xmlns="http://www.w3.org/2000/svg" lang="{lang}" role="img" {size} {named}>',
        f'<title id="{escape(key)}">{escape(described)}</title>',
        "<defs>" + _arrow(key) + "</defs>",
        *_lanes(flow, lanes, height),
        *(_way(placed, each, way, key) for each in flow.steps for way in each.ways),
        *(_box(each) for each in placed.values()),
        "</svg>",
    ]
    return "\n".join(part for part in parts if part)


def standalone(flow: Flow, lang: str, style: str) -> str:
    """Return the diagram as a file of its own, with its style inside."""
    head, _, rest = diagram(flow, lang).partition(">")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}>\n<style>{escape(style, quote=False)}</style>{rest}\n'


def _ranks(flow: Flow) -> dict[str, int]:
    """How many steps come before each one, on the longest way from the first; a way back does not count."""
    ranks = {each.name: 0 for each in flow.steps}
    order = {each.name: number for number, each in enumerate(flow.steps)}
    for _ in flow.steps:
        for step in flow.steps:
            for way in step.ways:
                if order[way.to] > order[step.name]:
                    ranks[way.to] = max(ranks[way.to], ranks[step.name] + 1)
    return ranks


def _columns(flow: Flow, ranks: dict[str, int]) -> tuple[dict[str, int], dict[str, tuple[int, int]], int]:
    """Where each step stands across; {lane: (left, width)}; how wide all is. Steps side by side widen their lane."""
    together: dict[tuple[str, int], list[str]] = {}
    for step in flow.steps:
        together.setdefault((step.lane, ranks[step.name]), []).append(step.name)
    x, left, lanes = {}, 0, {}
    for lane in flow.lanes:
        wide = max((len(names) for (where, _), names in together.items() if where == lane), default=1)
        lanes[lane] = (left, wide * LANE)
        for (where, _), names in together.items():
            if where == lane:
                share = wide * LANE // len(names)
                x.update({name: left + share * number + share // 2 for number, name in enumerate(names)})
        left += wide * LANE
    return x, lanes, left


def _placed(flow: Flow, ranks: dict[str, int], x: dict[str, int]) -> tuple[dict[str, Placed], int]:
    placed: dict[str, Placed] = {}
    top = HEAD + 18
    for rank in range(max(ranks.values(), default=0) + 1):
        here = [each for each in flow.steps if ranks[each.name] == rank]
        heights = {each.name: _height(each) for each in here}
        tallest = max(heights.values(), default=0)
        for step in here:
            own = top + (tallest - heights[step.name]) // 2
            placed[step.name] = Placed(step, _said(step), x[step.name], own, heights[step.name])
        top += tallest + _gap_below(here)
    return placed, top - GAP + 18


def _gap_below(steps: list[Step]) -> int:
    """How much room the ways out of these steps need: all that is said beside them, under the turn sideways."""
    lines = max((len(_beside(way)) for each in steps for way in each.ways), default=0)
    return max(FORK_GAP, lines * LINE_BESIDE + 32) if lines else GAP


def _beside(way: Way) -> tuple[str, ...]:
    return wrapped(way.when, LETTERS_BESIDE) if way.when else ()


def _said(step: Step) -> tuple[tuple[str, str], ...]:
    time = wrapped(step.time, LETTERS_A_LINE + 2) if step.time else ()
    return (*((line, "m") for line in wrapped(step.does, LETTERS_A_LINE)), *((line, "m quiet") for line in time))


def _height(step: Step) -> int:
    return len(_said(step)) * LINE + 2 * PAD + (8 if step.decides else 0)


def wrapped(text: str, letters: int) -> tuple[str, ...]:
    """Return the text in lines of at most so many letters where its words allow."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines) or ("",)


def _arrow(key: str) -> str:
    return (
        f'<marker id="{escape(key)}-a" viewBox="0 0 8 8" refX="6.5" refY="4" markerUnits="userSpaceOnUse" '
        'markerWidth="9" markerHeight="9" orient="auto"><path class="head" d="M0 .8L7.5 4 0 7.2z"/></marker>'
    )


def _lanes(flow: Flow, lanes: dict[str, tuple[int, int]], height: int) -> list[str]:
    drawn = []
    for number, (name, (left, width)) in enumerate(lanes.items()):
        if number % 2:
            drawn.append(f'<rect class="alt" x="{left}" y="0" width="{width}" height="{height}"/>')
        drawn.append(f'<text class="who" x="{left + width // 2}" y="28">{escape(flow.lanes[name])}</text>')
    total = sum(width for _, width in lanes.values())
    edges = [left for left, _ in lanes.values()][1:]
    drawn.append(f'<path class="lane" d="M0 {HEAD}H{total}{"".join(f"M{each} 0V{height}" for each in edges)}"/>')
    return drawn


def _box(placed: Placed) -> str:
    step, left = placed.step, placed.x - BOX // 2
    if step.decides:
        cut = 14
        right, middle, in_left, in_right = left + BOX, placed.top + placed.height // 2, left + cut, left + BOX - cut
        top = f"M{in_left} {placed.top}H{in_right}L{right} {middle}"
        shape = f'<path class="gate" d="{top}L{in_right} {placed.bottom}H{in_left}L{left} {middle}z"/>'
    else:
        first_or_last = not step.ways
        corner = placed.height // 2 if first_or_last else 7
        kind = "task end" if first_or_last else "task"
        shape = (
            f'<rect class="{kind}" x="{left}" y="{placed.top}" width="{BOX}" height="{placed.height}" rx="{corner}"/>'
        )
    first = placed.top + placed.height // 2 - (len(placed.said) - 1) * LINE / 2 + 5
    texts = "".join(
        f'<text class="{kind}" x="{placed.x}" y="{first + number * LINE:g}">{escape(line)}</text>'
        for number, (line, kind) in enumerate(placed.said)
    )
    return shape + texts


def _way(placed: dict[str, Placed], step: Step, way: Way, key: str) -> str:
    start, end = placed[step.name], placed[way.to]
    lines = _beside(way)
    if end.top <= start.bottom:
        path = _back(start, end)
        label = (start.x + BOX // 2 + 22, start.top + 4 - (len(lines) - 1) * LINE_BESIDE)
    else:
        turn = _turn(placed, start, end)
        path = _path(start, end, turn)
        straight = start.x == end.x
        label = (end.x + 8, start.bottom + 34 if straight else end.top - 10 - (len(lines) - 1) * LINE_BESIDE)
    arrow = f'<path class="arr" d="{path}" marker-end="url(#{escape(key)}-a)"/>'
    words = "".join(
        f'<text class="when" x="{label[0]}" y="{label[1] + number * LINE_BESIDE}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    return arrow + words


def _turn(placed: dict[str, Placed], start: Placed, end: Placed) -> int:
    """At what height the way turns sideways: just below its start if the lane of its end is free from there on,
    else just above its end."""
    in_the_way = [
        each
        for each in placed.values()
        if each.x == end.x and start.bottom < each.bottom and each.top < end.top and each is not end
    ]
    return (
        start.bottom + 14
        if not in_the_way and start.step.decides
        else end.top - 18
        if end.x != start.x
        else start.bottom
    )


def _path(start: Placed, end: Placed, turn: int) -> str:
    if start.x == end.x:
        return f"M{start.x} {start.bottom}V{end.top - 2}"
    side = 1 if end.x > start.x else -1
    r = min(ROUND, turn - start.bottom, end.top - turn - 2, abs(end.x - start.x) // 2)
    return (
        f"M{start.x} {start.bottom}V{turn - r}Q{start.x} {turn} {start.x + side * r} {turn}"
        f"H{end.x - side * r}Q{end.x} {turn} {end.x} {turn + r}V{end.top - 2}"
    )


def _back(start: Placed, end: Placed) -> str:
    """A way to a step above goes along the right edge of its lane."""
    edge = max(start.x, end.x) + BOX // 2 + 14
    middle, to = start.top + start.height // 2, end.top + end.height // 2
    return f"M{start.x + BOX // 2} {middle}H{edge}V{to}H{end.x + BOX // 2 + 2}"
