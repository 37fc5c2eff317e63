"""Draws a flow as SVG in swim-lanes: as rows for a broad sheet, as columns for the page of a book."""

from __future__ import annotations

from html import escape

from tantam.plan.procedures.graph import Box, Point, Route
from tantam.plan.publish.figure import (
    CLOCK,
    DIAMOND,
    END,
    INSIDE,
    LATE,
    MEETING,
    START,
    Drawn,
    Figure,
    Form,
    figure,
    standing_out,
)
from tantam.plan.publish.flow import SIGNS, Flow, Kind
from tantam.plan.publish.lettering import LINE, SIZE, lettered, lines, widest
from tantam.plan.words import say

SIDE_HEAD = 106.0  # what the names of lanes may take where lanes are rows
MARGIN = 14.0
ROUND = 7.0
BROADEST = 1180.0  # on A4 across, its text is then still set in 8 points


def diagram(flow: Flow, lang: str, form: Form = Form.COLUMNS, *, told_by: str = "") -> str:
    """Return the flow as one <svg> with its title; its classes are styled by the page that holds it.

    told_by: the id of what tells it in words on that page; else it holds its own description.
    """
    return _Sheet(figure(flow, form), lang, told_by).svg()


def title_id(flow: Flow, lang: str, form: Form = Form.COLUMNS) -> str:
    """Return the id of the title of a flow's picture on a page."""
    return f"d-{flow.name}-{lang}-{form}"


def described(flow: Flow, lang: str) -> str:
    """Return what the picture shows, in a sentence."""
    lanes = ", ".join(flow.lanes.values())
    return say("publish_figure_says", lang, title=flow.title, count=len(flow.steps), lanes=lanes)


def standalone(flow: Flow, lang: str, style: str) -> str:
    """Return the diagram as a file of its own, with its style inside: in rows if its text stays legible on A4."""
    drawn, (breadth, _) = standalone_in(flow, lang, style, Form.ROWS)
    return drawn if breadth <= BROADEST else standalone_in(flow, lang, style, Form.COLUMNS)[0]


def standalone_in(flow: Flow, lang: str, style: str, form: Form) -> tuple[str, tuple[float, float]]:
    """Return the diagram as a file of its own in one of its forms, and how broad and high it is."""
    sheet = _Sheet(figure(flow, form), lang)
    head, _, rest = sheet.svg().partition(">")
    drawn = f'<?xml version="1.0" encoding="UTF-8"?>\n{head}>\n<style>{escape(style, quote=False)}</style>{rest}\n'
    return drawn, (sheet.breadth, sheet.height)


class _Sheet:
    """One picture: the layout's own directions turned into those of the sheet."""

    def __init__(self, drawn: Figure, lang: str, told_by: str = "") -> None:
        self.figure, self.flow, self.lang, self.told_by = drawn, drawn.flow, lang, told_by
        self.rows = drawn.form is Form.ROWS
        self.names = {lane: self._name(lane, number) for number, lane in enumerate(drawn.lanes)}
        if self.rows:
            self.head = max(widest(each) for each in self.names.values()) * 1.06 + 2 * MARGIN
        else:
            self.head = max(len(each) for each in self.names.values()) * LINE + MARGIN
        along, across = drawn.layout.along + self.head + 2 * MARGIN, drawn.layout.across
        self.breadth, self.height = (along, across) if self.rows else (across, along)
        self.key = title_id(self.flow, lang, drawn.form)

    def _name(self, lane: str, number: int) -> tuple[str, ...]:
        top, bottom = self.figure.layout.lanes[number]
        return lines(self.flow.lanes[lane], SIDE_HEAD if self.rows else (bottom - top) / 1.06 - 12)

    def svg(self) -> str:
        size = f'viewBox="0 0 {self.breadth:g} {self.height:g}" width="{self.breadth:g}" height="{self.height:g}"'
        key = escape(self.key)
        kind = f'class="flow-dia flow-{self.figure.form}{self.flow.walked}"'
        told = escape(_told(self.flow, self.lang))
        named = (
            f'aria-labelledby="{key}" aria-describedby="{escape(self.told_by)}"'
            if self.told_by
            else f'aria-labelledby="{key} {key}-d"'
        )
        parts = [
            f'<svg {kind} xmlns="http://www.w3.org/2000/svg" lang="{self.lang}" role="img" {size} {named}>',
            f'<title id="{key}">{escape(described(self.flow, self.lang))}</title>',
            *([] if self.told_by else [f'<desc id="{key}-d">{told}</desc>']),
            f"<defs>{self._arrow()}</defs>",
            *self._lanes(),
            *(self._way(route) for route in self.figure.layout.routes if not _is_pointed(route)),
            f'<g marker-end="url(#{key}-a)">',
            *(self._way(route) for route in self.figure.layout.routes if _is_pointed(route)),
            "</g>",
            *(map(self._said, self.figure.layout.routes, self.figure.words)),
            *(self._node(name, box) for name, box in self.figure.layout.boxes.items()),
            "</svg>",
        ]
        return "\n".join(parts)

    # turning

    def _at(self, point: Point) -> Point:
        along, across = point[0] + self.head + MARGIN, point[1]
        return (along, across) if self.rows else (across, along)

    def _turned(self, box: Box) -> tuple[float, float, float, float]:
        """Return left, top, width, height on the sheet."""
        (x, y), (right, bottom) = self._at((box.along, box.across)), self._at((box.along_end, box.across_end))
        return x, y, right - x, bottom - y

    # marks

    def _arrow(self) -> str:
        return (
            f'<marker id="{escape(self.key)}-a" viewBox="0 0 8 8" refX="7" refY="4" markerUnits="userSpaceOnUse" '
            'markerWidth="9" markerHeight="9" orient="auto"><path class="head" d="M0 .8L7.5 4 0 7.2z"/></marker>'
        )

    def _lanes(self) -> list[str]:
        drawn, lines_ = [], []
        for number, (lane, (start, end)) in enumerate(zip(self.figure.lanes, self.figure.layout.lanes, strict=True)):
            x, y, w, h = (
                (0.0, start, self.breadth, end - start) if self.rows else (start, 0.0, end - start, self.height)
            )
            if number % 2:
                drawn.append(f'<rect class="alt" x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}"/>')
            if number:
                lines_.append(f"M{x:g} {y:g}" + (f"h{w:g}" if self.rows else f"v{h:g}"))
            said = self.names[lane]
            if self.rows:
                first = y + h / 2 - (len(said) - 1) * LINE / 2 + SIZE * 0.36
                drawn += [lettered("who", MARGIN, first + n * LINE, line) for n, line in enumerate(said)]
            else:
                drawn += [lettered("who", x + w / 2, MARGIN + 6 + n * LINE, line) for n, line in enumerate(said)]
        lines_.append(f"M{self.head:g} 0v{self.height:g}" if self.rows else f"M0 {self.head:g}h{self.breadth:g}")
        return [*drawn, f'<path class="lane" d="{"".join(lines_)}"/>']

    def _way(self, route: Route) -> str:
        points = [self._at(each) for each in route.points]
        kind = ("arr late" if route.edge.late else "arr") + self._went(route.edge.source, route.edge.target)
        return f'<path class="{kind}" d="{_path(points)}"/>'

    def _said(self, route: Route, words: tuple[str, ...]) -> str:
        if route.label is None:
            return ""
        x, y, w, h = self._turned(route.label)
        high = len(words) * (LINE - 1)
        first = y + (h - high) / 2 + LINE - 4
        if self.rows:
            return "".join(lettered("when", x, first + n * (LINE - 1), line) for n, line in enumerate(words))
        plate = f'<rect class="plate{self._tint(x + w / 2)}" x="{x:.4g}" y="{y:g}" width="{w:.4g}" height="{h:g}"/>'
        middle = x + w / 2
        said = "".join(lettered("when", middle, first + n * (LINE - 1), line) for n, line in enumerate(words))
        return plate + said

    def _went(self, source: str, target: str) -> str:
        """The class of a way that the case has gone; from a start, and on from a meeting, if it is where that leads."""
        if source == START or source.endswith(MEETING):
            return " gone" if self.flow.at(target) else ""
        if target.endswith(MEETING):
            met = self.flow.meetings.get(target.removesuffix(MEETING))
            target = met.to if met else ""
        return self.flow.went(source, "" if target.endswith(END) else target)

    def _tint(self, across: float) -> str:
        lanes = self.figure.layout.lanes
        number = next((n for n, (start, end) in enumerate(lanes) if start <= across < end), 0)
        return " alt" if number % 2 else ""

    def _node(self, name: str, box: Box) -> str:
        x, y, w, h = self._turned(box)
        if name == START:
            return f'<circle class="ring" cx="{x + w / 2:g}" cy="{y + h / 2:g}" r="{w / 2 - 1:g}"/>'
        if name.endswith(END):
            centre = f'cx="{x + w / 2:g}" cy="{y + h / 2:g}"'
            return (
                f'<circle class="ring" {centre} r="{w / 2 - 1:g}"/><circle class="full" {centre} r="{w / 2 - 4.5:g}"/>'
            )
        if name.endswith(MEETING) or self.figure.drawn[name].is_bar:
            return f'<rect class="bar" x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="2"/>'
        at = self.flow.at(name)
        drawn = self._step(self.figure.drawn[name], box)
        return f'<g class="at-{at}">{drawn}{_badge(x + w - 3, y + 3, SIGNS[at])}</g>' if at else drawn

    def _step(self, drawn: Drawn, box: Box) -> str:
        before, after = standing_out(drawn)
        late = LATE if drawn.is_late else 0.0
        inner = Box(box.along + before, box.across + late, box.along_end - after, box.across_end - late)
        x, y, w, h = self._turned(inner)
        parts = [_shape(drawn, x, y, w, h)]
        if before:
            parts.append(_clock(*self._at((inner.along, box.middle[1])), CLOCK))
        if late:
            parts.append(_clock(*self._at((box.along_end - 15.0, inner.across_end)), LATE - 0.5))
        exit_ = self._at((inner.along_end, box.middle[1]))
        if drawn.step.kind is Kind.CHOICE:
            parts.append(_diamond(*exit_, DIAMOND))
        elif after:
            bx, by, bw, bh = self._turned(Box(inner.along_end, inner.across - 4, box.along_end, inner.across_end + 4))
            parts.append(f'<rect class="bar" x="{bx:g}" y="{by:g}" width="{bw:g}" height="{bh:g}" rx="2"/>')
        if drawn.step.kind is Kind.QUESTION:
            parts.append(_badge(x + 3, y + 3, "?"))
        anchor = "m " if self.rows else ""  # in columns every word stands in the middle, by the style sheet
        said = [(line, anchor.strip()) for line in drawn.said] + [(line, f"{anchor}quiet") for line in drawn.quiet]
        aside = INSIDE / 2 * (bool(before) - (drawn.step.kind is Kind.CHOICE))
        middle, level = (x + w / 2 + aside, y + h / 2) if self.rows else (x + w / 2, y + h / 2 + aside)
        first = level - (len(said) - 1) * LINE / 2 + SIZE * 0.36
        words = (lettered(kind, middle, first + n * LINE, line) for n, (line, kind) in enumerate(said))
        return "".join([*parts, *words])


def _is_pointed(route: Route) -> bool:
    """Whether a way ends with an arrow's head; where ways meet, one goes on from there."""
    return not route.edge.target.endswith((MEETING,))


def _shape(drawn: Drawn, x: float, y: float, w: float, h: float) -> str:
    step = drawn.step
    place = f'x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}"'
    if step.kind is Kind.HAND_OVER:
        cut = 9.0
        corners = f"M{x:g} {y:g}h{w - cut:g}l{cut:g} {h / 2:g}l{-cut:g} {h / 2:g}h{cut - w:g}z"
        return f'<path class="task over" d="{corners}"/>'
    if step.kind is Kind.END or not step.ways:
        return f'<rect class="task end" {place} rx="{min(h / 2, 22):g}"/>'
    if step.kind is Kind.RUN:
        inside = f'<path class="sides" d="M{x + 5:g} {y:g}v{h:g}M{x + w - 5:g} {y:g}v{h:g}"/>'
        return f'<rect class="task" {place} rx="4"/>{inside}'
    kind = {Kind.WAIT: "task wait", Kind.CHOICE: "task gate"}.get(step.kind, "task")
    return f'<rect class="{kind}" {place} rx="{6 if step.kind is not Kind.WAIT else 14}"/>'


def _diamond(x: float, y: float, r: float) -> str:
    return f'<path class="gate" d="M{x - r:g} {y:g}l{r:g} {-r:g}l{r:g} {r:g}l{-r:g} {r:g}z"/>'


def _clock(x: float, y: float, r: float) -> str:
    hands = f"M{x:g} {y - r * 0.6:g}v{r * 0.6:g}l{r * 0.42:g} {r * 0.3:g}"
    return f'<circle class="clock" cx="{x:g}" cy="{y:g}" r="{r:g}"/><path class="hands" d="{hands}"/>'


def _badge(x: float, y: float, sign: str) -> str:
    return f'<circle class="seal" cx="{x:g}" cy="{y:g}" r="7.5"/>{lettered("sign m", x, y + 4, sign)}'


def _path(points: list[Point]) -> str:
    """Return the corners as a path, rounded where there is room."""
    (x, y), *_ = points
    said = [f"M{x:g} {y:g}"]
    for before, at, after in zip(points, points[1:], points[2:], strict=False):
        r = min(ROUND, _distance(before, at) / 2, _distance(at, after) / 2)
        enter, leave = _towards(at, before, r), _towards(at, after, r)
        said.append(f"{_line(before, at, enter)}Q{at[0]:g} {at[1]:g} {leave[0]:g} {leave[1]:g}")
    said.append(_line(points[-2], points[-1], _towards(points[-1], points[-2], 0.5)))
    return "".join(said)


def _line(since: Point, until: Point, end: Point) -> str:
    """Return the line to `end`, which lies between the two: across, down, or wherever it is."""
    if since[1] == until[1]:
        return f"H{end[0]:g}"
    return f"V{end[1]:g}" if since[0] == until[0] else f"L{end[0]:g} {end[1]:g}"


def _distance(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(at: Point, other: Point, length: float) -> Point:
    whole = _distance(at, other) or 1.0
    return (at[0] + (other[0] - at[0]) * length / whole, at[1] + (other[1] - at[1]) * length / whole)


def _told(flow: Flow, lang: str) -> str:
    """Return the flow as sentences, for who cannot see it."""
    said = []
    for number, step in enumerate(flow.steps, 1):
        times = f" ({'; '.join(step.times)})" if step.times else ""
        on = "; ".join(goes_on(flow, step.name, lang))
        at = flow.at(step.name)
        here = f" [{say(f'publish_step_{at}', lang)}]" if at else ""
        said.append(f"{number}. {flow.lanes[step.lane]}: {step.does}{times}{here}{'. ' + on if on else ''}.")
    return " ".join(said)


def goes_on(flow: Flow, name: str, lang: str) -> list[str]:
    """Return where it goes on from a step, in words; nothing where it is simply the next one."""
    step = flow.step(name)
    said: list[str] = []
    if step is None:
        return said
    if step.kind is Kind.PARALLEL:
        numbers = ", ".join(str(flow.position(way.to)) for way in step.ways)
        said.append(say("publish_step_all", lang, numbers=numbers))
        return said
    for way in step.ways:
        number = flow.position(way.to)
        if way.late:
            said.append(say("publish_step_late", lang, number=number))
        elif not way.to:
            said.append(say("publish_step_ends_if", lang, when=way.when))
        elif way.meets:
            said.append(say("publish_step_meets", lang, number=number))
        elif way.when:
            said.append(say("publish_step_if", lang, when=way.when, number=number))
        elif number != flow.position(name) + 1:
            said.append(say("publish_step_then", lang, number=number))
    return said
