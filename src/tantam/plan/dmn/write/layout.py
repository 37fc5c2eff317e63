"""Where the parts of a requirement graph are drawn: inputs below, each decision a layer above what it requires."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as Tree

from tantam.plan.dmn.write.elements import element, ident

WIDTH, HEIGHT, GAP, RISE, MARGIN = 180, 60, 40, 90, 40
PER_ROW = 8  # of one layer side by side; more stand below each other


@dataclass(frozen=True, slots=True)
class Drawn:
    """A node. needs: names of those it requires."""

    id: str
    needs: tuple[str, ...]
    name: str


def diagram(
    name: str, nodes: Sequence[Drawn], edges: Mapping[str, Sequence[tuple[str, str]]], note: str
) -> Tree.Element:
    """Return the diagram. edges: by name, (the name required, the requirement's id). note: an annotation's id or ""."""
    spots = _spots(nodes)
    shapes = [_shape(each.id, spots[each.name], HEIGHT) for each in nodes]
    lines = [_edge(line, spots[needed], spots[above]) for above, needs in edges.items() for needed, line in needs]
    if note:
        below = max((y for _, y in spots.values()), default=MARGIN) + HEIGHT + GAP
        shapes.append(_shape(note, (MARGIN, below), 2 * HEIGHT))
    inside = element("dmndi:DMNDiagram", {"id": ident(name, "diagram"), "name": name}, *shapes, *lines)
    return element("dmndi:DMNDI", {}, inside)


def _spots(nodes: Sequence[Drawn]) -> dict[str, tuple[int, int]]:
    """Return the upper left corner of each node."""
    layers: dict[str, int] = {}
    for each in nodes:  # a node stands behind what it requires
        layers[each.name] = 1 + max((layers[need] for need in each.needs if need in layers), default=-1)
    rows: list[list[str]] = []
    for layer in range(max(layers.values(), default=-1), -1, -1):
        names = [each.name for each in nodes if layers[each.name] == layer]
        rows += [names[start : start + PER_ROW] for start in range(0, len(names), PER_ROW)]
    widest = max(map(len, rows), default=0)
    found = {}
    for row, names in enumerate(rows):
        indent = (widest - len(names)) // 2 * (WIDTH + GAP)  # in one grid, so that lines pass between the columns
        for place, name in enumerate(names):
            found[name] = (MARGIN + indent + place * (WIDTH + GAP), MARGIN + row * (HEIGHT + RISE))
    return found


def _shape(of: str, at: tuple[int, int], height: int) -> Tree.Element:
    bounds = {"x": str(at[0]), "y": str(at[1]), "width": str(WIDTH), "height": str(height)}
    return element("dmndi:DMNShape", {"id": f"{of}-shape", "dmnElementRef": of}, element("dc:Bounds", bounds))


def _edge(of: str, low: tuple[int, int], high: tuple[int, int]) -> Tree.Element:
    ways = [element("di:waypoint", {"x": str(x), "y": str(y)}) for x, y in _way(low, high)]
    return element("dmndi:DMNEdge", {"id": f"{of}-edge", "dmnElementRef": of}, *ways)


def _way(low: tuple[int, int], high: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the corners of a line from the upper side of one node to the lower side of the other.

    To the next row it goes straight; further up it passes between the rows and the columns, across no node."""
    start, end = (low[0] + WIDTH // 2, low[1]), (high[0] + WIDTH // 2, high[1] + HEIGHT)
    if start[1] - end[1] <= RISE:
        return [start, end]
    between = low[0] + WIDTH + GAP // 2 if high[0] >= low[0] else low[0] - GAP // 2
    above, below = start[1] - RISE // 3, end[1] + RISE // 3
    return [start, (start[0], above), (between, above), (between, below), (end[0], below), end]
