"""Lays a procedure out in lanes: columns and rows, then tracks, then where all of it comes to stand.

docs/algorithms/lanes.md
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tantam.plan.procedures.graph import Box, Graph, Layout, Node, Point, Route
from tantam.plan.procedures.layers import Grid, grid_of
from tantam.plan.procedures.routes import WORDS, Passage, Routing, Trunk, has_words_in_gap, routing

LEAD, TAIL, TRACK, LEAST_GAP = 12.0, 15.0, 10.0, 30.0
BESIDE_WORDS = 6.0
CLEAR = 4.0  # between words and the line under them
LEVEL = 11.0  # from one line in a corridor to the next
BETWEEN_ROWS, AT_LANES = 12.0, 12.0
FROM_CORNER = 15.0


def lay_out(graph: Graph) -> Layout:
    """Return where everything stands. The graph has at least one node, and its edges join nodes that it has."""
    grid = grid_of(graph)
    return _Placing(graph, grid, routing(graph, grid)).layout()


@dataclass
class _Along:
    """Where columns, tracks and words begin."""

    column: list[float] = field(default_factory=list)
    track: dict[tuple[int, Trunk | str], float] = field(default_factory=dict)
    end: float = 0.0


@dataclass
class _Across:
    """Where the middle of each row is, each corridor's lines, and the lanes."""

    row: list[float] = field(default_factory=list)
    line: dict[int, float] = field(default_factory=dict)
    lanes: list[tuple[float, float]] = field(default_factory=list)


class _Placing:
    def __init__(self, graph: Graph, grid: Grid, routed: Routing) -> None:
        self.graph, self.grid, self.routed = graph, grid, routed
        self.nodes: Mapping[str, Node] = {node.name: node for node in graph.nodes}
        self.along, self.across = self._along(), self._across()
        self.boxes = {node.name: self._box(node) for node in graph.nodes}

    def layout(self) -> Layout:
        routes = tuple(self._route(number, passage) for number, passage in enumerate(self.routed.passages))
        lanes = tuple(self.across.lanes)
        return Layout(self.boxes, routes, lanes, self.along.end, lanes[-1][1] if lanes else 0.0)

    # along

    def _along(self) -> _Along:
        found, at = _Along(), 0.0
        for gap in range(self.grid.columns + 1):
            at = self._gap(gap, at, found)
            if gap < self.grid.columns:
                found.column.append(at)
                at += self._column_width(gap)
        found.end = at
        return found

    def _gap(self, gap: int, at: float, found: _Along) -> float:
        start, tracks = at, self.routed.tracks[gap]
        at += LEAD if tracks or 0 < gap < self.grid.columns else 0.0
        for item in tracks:
            if item == WORDS:
                found.track[gap, item] = at
                at += self._words_along(gap) + BESIDE_WORDS
            else:
                found.track[gap, item] = at
                at += TRACK
        outer = gap in (0, self.grid.columns)
        at += 0.0 if outer and not tracks else TAIL - (TRACK if tracks and tracks[-1] != WORDS else 0.0)
        return at if outer else max(at, start + LEAST_GAP)

    def _words_along(self, gap: int) -> float:
        here = (each for each in self.routed.passages if each.first_gap == gap and has_words_in_gap(each))
        return max((each.edge.label.along for each in here if each.edge.label), default=0.0)

    def _column_width(self, column: int) -> float:
        """As wide as its boxes, and as the words in corridors here, left of whatever leaves a box by its side."""
        widths = [node.size.along for node in self.graph.nodes if self.grid.column[node.name] == column]
        late = [self.nodes[each.edge.source].size.along for each in self.routed.passages if self._leaves(each, column)]
        back = max(
            (
                each.edge.label.along
                for each in self.routed.passages
                if each.edge.label and self._leads_back(each, column)
            ),
            default=0.0,
        )
        beside = 2 * (back + FROM_CORNER + BESIDE_WORDS) - min(late) if late and back else back
        return max([*widths, beside + 2 * BESIDE_WORDS if back else 0.0])

    def _leaves(self, passage: Passage, column: int) -> bool:
        return passage.edge.late and passage.first_gap - 1 == column

    def _leads_back(self, passage: Passage, column: int) -> bool:
        return passage.edge.label is not None and not has_words_in_gap(passage) and passage.first_gap - 1 == column

    # across

    def _across(self) -> _Across:
        found, at = _Across(), 0.0
        starts = {rows.start for rows in self.grid.rows_of}
        for row in range(self.grid.rows + 1):
            border = row in starts or row == self.grid.rows
            at += AT_LANES if row == 0 else 0.0
            at = self._corridor(row, at, found)
            if border and row:
                at += AT_LANES
                found.lanes.append((found.lanes[-1][1] if found.lanes else 0.0, at))
                at += AT_LANES if row < self.grid.rows else 0.0
            elif row:
                at += BETWEEN_ROWS
            if row < self.grid.rows:
                half = self._half(row)
                found.row.append(at + half)
                at += 2 * half
        return found

    def _half(self, row: int) -> float:
        """Half of what a row needs: its boxes, and the words on its lines."""
        boxes = [node.size.across / 2 for node in self.graph.nodes if self.grid.row[node.name] == row]
        words = [
            each.edge.label.across / 2 + CLEAR if self.graph.centred else each.edge.label.across + CLEAR + 2
            for each in self.routed.passages
            if each.edge.label and not each.corridor and each.level == row
        ]
        return max([*boxes, *words, 12.0])

    def _corridor(self, row: int, at: float, found: _Across) -> float:
        here = [number for number, each in enumerate(self.routed.passages) if each.corridor and each.level == row]
        for line in _packed([(number, *self._span(self.routed.passages[number])) for number in here]):
            labels = [each.across for number in line if (each := self.routed.passages[number].edge.label)]
            words = max(labels, default=0.0)
            above = words / 2 if self.graph.centred and words else words
            at += above + LEVEL - CLEAR
            for number in line:
                found.line[number] = at
            at += CLEAR + (words / 2 if self.graph.centred else 0.0)
        return at

    def _span(self, passage: Passage) -> tuple[int, int]:
        """Return from where to where a line in a corridor runs: gaps are even, columns odd."""
        start = 2 * passage.first_gap
        if passage.edge.late or (passage.edge.label and not has_words_in_gap(passage)):
            start -= 1
        low, high = sorted((start, 2 * passage.second_gap))
        return (low, max(high, 2 * passage.first_gap)) if passage.first is not None else (low, high)

    # both

    def _box(self, node: Node) -> Box:
        column, row = self.grid.column[node.name], self.grid.row[node.name]
        middle = self.along.column[column] + self._column_width(column) / 2
        along, across = node.size.along / 2, node.size.across / 2
        at = self.across.row[row]
        return Box(middle - along, at - across, middle + along, at + across)

    def _route(self, number: int, passage: Passage) -> Route:
        source, target = self.boxes[passage.edge.source], self.boxes[passage.edge.target]
        mine, theirs = (
            self.across.row[self.grid.row[passage.edge.source]],
            self.across.row[self.grid.row[passage.edge.target]],
        )
        level = self.across.line[number] if passage.corridor else self.across.row[passage.level]
        points: list[Point] = []
        if passage.edge.late:
            at = source.along_end - FROM_CORNER
            points += [(at, source.across_end), (at, level)]
        else:
            points.append((source.along_end, mine))
        if passage.first is not None:
            at = self.along.track[passage.first_gap, passage.first]
            points += [(at, mine), (at, level if passage.corridor or passage.second else theirs)]
        if passage.second is not None:
            at = self.along.track[passage.second_gap, passage.second]
            points += [(at, level), (at, theirs)]
        points.append((target.along, theirs))
        return Route(passage.edge, _straightened(points), self._label(passage, level))

    def _label(self, passage: Passage, level: float) -> Box | None:
        size = passage.edge.label
        if size is None:
            return None
        if has_words_in_gap(passage):
            start = self.along.track[passage.first_gap, WORDS] + BESIDE_WORDS / 2
        else:
            column = passage.first_gap - 1
            start = self.along.column[column] + BESIDE_WORDS / 2
        top = level - size.across / 2 if self.graph.centred else level - CLEAR - size.across
        return Box(start, top, start + size.along, top + size.across)


def _packed(spans: Sequence[tuple[int, int, int]]) -> list[list[int]]:
    """Return lines of edges that keep apart on them; spans: edge, from, to."""
    lines: list[tuple[list[int], list[tuple[int, int]]]] = []
    for number, low, high in sorted(spans, key=lambda each: (each[1] - each[2], each[0])):
        for members, taken in lines:
            if all(high < start or end < low for start, end in taken):
                members.append(number)
                taken.append((low, high))
                break
        else:
            lines.append(([number], [(low, high)]))
    return [members for members, _ in lines]


def _straightened(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return the corners without those that are none."""
    found: list[Point] = []
    for point in points:
        if found and abs(point[0] - found[-1][0]) < 0.01 and abs(point[1] - found[-1][1]) < 0.01:
            continue
        if len(found) > 1 and _in_line(found[-2], found[-1], point):
            found.pop()
        found.append(point)
    return tuple(found)


def _in_line(one: Point, two: Point, three: Point) -> bool:
    level = one[1] == two[1] == three[1]
    upright = one[0] == two[0] == three[0]
    return level or upright
