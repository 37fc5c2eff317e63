"""What must hold of every picture of a procedure, whatever it shows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tantam.plan.procedures.graph import Box, Graph, Layout, Point

TOUCH = 0.5


def faults(graph: Graph, layout: Layout) -> Iterator[str]:
    """Yield all that is wrong with a layout."""
    yield from _boxes(graph, layout)
    yield from _labels(layout)
    yield from _routes(layout)
    yield from _shared_lines(layout)


def _boxes(graph: Graph, layout: Layout) -> Iterator[str]:
    for (one, first), (other, second) in combinations(layout.boxes.items(), 2):
        if first.meets(second):
            yield f"{one} lies on {other}"
    for node in graph.nodes:
        box, (top, bottom) = layout.boxes[node.name], layout.lanes[node.lane]
        if box.across < top or box.across_end > bottom:
            yield f"{node.name} leaves its lane"
        if box.along < 0 or box.along_end > layout.along:
            yield f"{node.name} leaves the picture"


def _labels(layout: Layout) -> Iterator[str]:
    labels = [(number, route.label) for number, route in enumerate(layout.routes) if route.label is not None]
    for (one, first), (other, second) in combinations(labels, 2):
        if first.meets(second):
            yield f"words {one} lie on words {other}"
    for number, label in labels:
        if label.along < 0 or label.along_end > layout.along or label.across < 0 or label.across_end > layout.across:
            yield f"words {number} leave the picture"
        for name, box in layout.boxes.items():
            if label.meets(box):
                yield f"words {number} lie on {name}"
        for other, route in enumerate(layout.routes):
            crossed = any(_crosses(a, b, label) for a, b in zip(route.points, route.points[1:], strict=False))
            if other != number and crossed:
                yield f"words {number} are crossed by {other}"


def _routes(layout: Layout) -> Iterator[str]:
    for number, route in enumerate(layout.routes):
        for one, other in zip(route.points, route.points[1:], strict=False):
            if one[0] != other[0] and one[1] != other[1]:
                yield f"{number} runs aslant"
            if not all(0 <= x <= layout.along and 0 <= y <= layout.across for x, y in (one, other)):
                yield f"{number} leaves the picture"
            for name, box in layout.boxes.items():
                if _crosses(one, other, box):
                    yield f"{number} ({route.edge.source}-{route.edge.target}) runs through {name}"


def _crosses(one: Point, other: Point, box: Box) -> bool:
    low, high = min(one[0], other[0]), max(one[0], other[0])
    top, bottom = min(one[1], other[1]), max(one[1], other[1])
    inside = Box(box.along + TOUCH, box.across + TOUCH, box.along_end - TOUCH, box.across_end - TOUCH)
    return (
        low < inside.along_end
        and inside.along < high + 0.01
        and top < inside.across_end
        and inside.across < bottom + 0.01
    )


def _shared_lines(layout: Layout) -> Iterator[str]:
    """Edges may run on one line only if they leave one node or come to one."""
    for (one, first), (other, second) in combinations(enumerate(layout.routes), 2):
        if first.edge.source == second.edge.source or first.edge.target == second.edge.target:
            continue
        for a in zip(first.points, first.points[1:], strict=False):
            for b in zip(second.points, second.points[1:], strict=False):
                if _overlap(a, b):
                    yield f"{one} ({first.edge}) runs on {other} ({second.edge})"


def _overlap(a: tuple[Point, Point], b: tuple[Point, Point]) -> bool:
    for level, run in ((1, 0), (0, 1)):
        if a[0][level] == a[1][level] and b[0][level] == b[1][level] and abs(a[0][level] - b[0][level]) < TOUCH:
            start = max(min(a[0][run], a[1][run]), min(b[0][run], b[1][run]))
            end = min(max(a[0][run], a[1][run]), max(b[0][run], b[1][run]))
            if end - start > TOUCH:
                return True
    return False
