"""A flow as a figure: what is drawn of each step and how large, and where the layout puts it; not yet any marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tantam.plan.procedures.graph import Edge, Graph, Layout, Node, Size
from tantam.plan.procedures.layout import lay_out
from tantam.plan.publish.flow import Flow, Kind, Step, Way
from tantam.plan.publish.lettering import LINE, fitted, lines, widest

PAD_X, PAD_Y = 10.0, 8.0
DIAMOND, CLOCK, DOT, BAR, BAR_LENGTH = 11.0, 9.0, 16.0, 7.0, 46.0
LATE = 8.0  # how far a clock stands out of the side of a box
INSIDE = 7.0  # what a clock or a diamond takes of the room for words
LEASTS, MOST, COLUMN = (112.0, 100.0, 88.0, 76.0, 66.0), 124.0, 128.0
BROADEST = 1005.0  # along, where lanes are rows: with their names A4 across then still bears 8 points
WORDS_LEAST, WORDS_MOST = 60.0, 112.0
ROWS_OF_WORDS = 3
START = "(start)"
END = "(end)"
MEETING = "(meeting)"


class Form(StrEnum):
    """Which way the work runs: along rows, to the right; or down columns."""

    ROWS = "rows"
    COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A step with the lines that stand in it; quiet: those about time."""

    step: Step
    said: tuple[str, ...]
    quiet: tuple[str, ...]

    @property
    def is_bar(self) -> bool:
        """Whether it is only a bar, where ways part."""
        return self.step.kind is Kind.PARALLEL and not self.said

    @property
    def is_late(self) -> bool:
        """Whether a way leaves it when time runs out."""
        return any(each.late for each in self.step.ways)


@dataclass(frozen=True, slots=True)
class Figure:
    """A flow laid out. drawn: by step. words: of each of the layout's routes, in lines. marks: starts, ends, meetings
    by their node's name, each with its lane's number."""

    flow: Flow
    form: Form
    layout: Layout
    drawn: dict[str, Drawn]
    words: tuple[tuple[str, ...], ...]
    lanes: tuple[str, ...]


def figure(flow: Flow, form: Form) -> Figure:
    """Return the flow laid out in a form. It has at least one step. In rows, boxes are as broad as a sheet allows."""
    if form is Form.COLUMNS:
        return _figure(flow, form, COLUMN)
    found = _figure(flow, form, LEASTS[0])
    for least in LEASTS[1:]:
        if found.layout.along <= BROADEST:
            break
        found = _figure(flow, form, least)
    return found


def _figure(flow: Flow, form: Form, broad: float) -> Figure:
    lanes = tuple(flow.lanes)
    drawn = {each.name: _drawn(each, form, broad) for each in flow.steps}
    nodes = [Node(START, lanes.index(flow.steps[0].lane), Size(DOT, DOT))]
    for each in flow.steps:
        nodes += _nodes(Node(each.name, lanes.index(each.lane), _size(drawn[each.name], form, broad)), each, flow)
    ways = list(_all_ways(flow))
    words = tuple(_words(way, form) for _, _, way in ways)
    edges = tuple(
        Edge(source, target, _label(said, form), way.late)
        for (source, target, way), said in zip(ways, words, strict=True)
    )
    graph = Graph(tuple(nodes), edges, len(lanes), centred=form is Form.COLUMNS)
    return Figure(flow, form, lay_out(graph), drawn, words, lanes)


def _all_ways(flow: Flow) -> Iterator[tuple[str, str, Way]]:
    yield START, flow.steps[0].name, Way(flow.steps[0].name)
    for step in flow.steps:
        for way in step.ways:
            yield step.name, _target(step.name, way), way
    for split, way in flow.meetings.items():
        yield split + MEETING, _target(split + MEETING, way), Way(way.to)


def _target(of: str, way: Way) -> str:
    return way.meets + MEETING if way.meets else way.to or of + END


def _nodes(node: Node, step: Step, flow: Flow) -> Iterator[Node]:
    """Yield the step's own node, and those of its end and of where its ways meet."""
    lane = node.lane
    yield node
    if any(not way.to and not way.meets for way in step.ways):
        yield Node(step.name + END, lane, Size(DOT, DOT))
    if (way := flow.meetings.get(step.name)) is not None:
        at = flow.step(way.to)
        lane_of_meeting = list(flow.lanes).index(at.lane) if at else lane
        yield Node(step.name + MEETING, lane_of_meeting, Size(BAR, BAR_LENGTH))
        if not way.to and not way.meets:
            yield Node(step.name + MEETING + END, lane, Size(DOT, DOT))


def _drawn(step: Step, form: Form, broad: float) -> Drawn:
    room = broad - 2 * PAD_X
    if form is Form.COLUMNS:
        said = lines(step.does, room)
    else:
        said = fitted(step.does, least=room, most=MOST - 2 * PAD_X, rows=3) if step.does else ()
    words = [word for each in step.times for word in each.split()]
    room = max(widest(said), room, min(widest(tuple(words)), MOST - 2 * PAD_X))
    return Drawn(step, said, tuple(line for each in step.times for line in lines(each, room)))


def _size(drawn: Drawn, form: Form, broad: float) -> Size:
    """Return what a step takes along and across: its box, and what stands out of it."""
    if drawn.is_bar:
        return Size(BAR, BAR_LENGTH)
    if form is Form.ROWS:
        broad = max(widest(drawn.said) + 2 * PAD_X, widest(drawn.quiet) + 2 * PAD_X, 60.0)
    high = max((len(drawn.said) + len(drawn.quiet)) * LINE + 2 * PAD_Y, 34.0)
    along, across = (high, broad) if form is Form.COLUMNS else (broad, high)
    before, after = standing_out(drawn)
    along += INSIDE * (bool(before) + (drawn.step.kind is Kind.CHOICE))
    return Size(along + before + after, across + (2 * LATE if drawn.is_late else 0.0))


def standing_out(drawn: Drawn) -> tuple[float, float]:
    """Return how much stands out of a box where it is entered, a clock, and where it is left, a diamond or a bar."""
    before = CLOCK if drawn.step.waits and not drawn.is_bar else 0.0
    match drawn.step.kind:
        case Kind.CHOICE:
            return before, DIAMOND
        case Kind.PARALLEL if not drawn.is_bar:
            return before, BAR
        case _:
            return before, 0.0


def _words(way: Way, form: Form) -> tuple[str, ...]:
    if not way.when:
        return ()
    if form is Form.COLUMNS:
        return lines(way.when, COLUMN - 4)
    return fitted(way.when, least=WORDS_LEAST, most=WORDS_MOST, rows=ROWS_OF_WORDS)


def _label(said: tuple[str, ...], form: Form) -> Size | None:
    if not said:
        return None
    broad, high = widest(said) + 4, len(said) * (LINE - 1) + 2
    return Size(high + 6, broad) if form is Form.COLUMNS else Size(broad, high)
