"""Which column each node stands in, and which row of its lane; what leads back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from tantam.plan.procedures.graph import Edge as Drawn
from tantam.plan.procedures.graph import Graph
from tantam.plan.ways import Edge, depth_first

ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Grid:
    """column, row: of each node, from 0; rows are counted over all lanes. rows_of: by lane, its rows."""

    column: Mapping[str, int]
    row: Mapping[str, int]
    rows_of: tuple[range, ...]

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return max(self.column.values(), default=0) + 1

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self.rows_of[-1].stop if self.rows_of else 0


def grid_of(graph: Graph) -> Grid:
    """Return where nodes stand: as far along as the longest way to them, rows so that ways stay straight."""
    column = _columns(graph)
    members: dict[tuple[int, int], list[str]] = {}
    for node in graph.nodes:
        members.setdefault((node.lane, column[node.name]), []).append(node.name)
    rows_of = _rows(members, graph.lanes)
    row = {
        name: _middle(rows_of[lane], len(names)) + place
        for (lane, _), names in members.items()
        for place, name in enumerate(names)
    }
    beside = _beside(graph.edges)
    for _ in range(ROUNDS):
        for (lane, _), names in sorted(members.items(), key=lambda each: each[0][1]):
            row |= _settled(names, row, _nearer(names, beside, rows_of[lane], row), rows_of[lane])
    return Grid(column, row, rows_of)


def _columns(graph: Graph) -> dict[str, int]:
    """Return the length of the longest way to each node; edges that lead back into their own way do not count."""
    forward = _without_circles(graph)
    column: dict[str, int] = {}

    def settle(name: str) -> int:
        if name not in column:
            column[name] = max((settle(source) + 1 for source in forward[name]), default=0)
        return column[name]

    for node in graph.nodes:
        settle(node.name)
    return column


def _without_circles(graph: Graph) -> dict[str, list[str]]:
    """Return {node: the nodes before it} without the edges that close a circle, looking from the first node on."""
    after: dict[str, list[str]] = {node.name: [] for node in graph.nodes}
    for edge in graph.edges:
        after[edge.source].append(edge.target)
    before: dict[str, list[str]] = {node.name: [] for node in graph.nodes}
    for each in depth_first(after, after.__getitem__):
        if isinstance(each, Edge) and not each.circle:
            before[each.target].append(each.source)
    return before


def _rows(members: Mapping[tuple[int, int], Sequence[str]], lanes: int) -> tuple[range, ...]:
    rows, start = [], 0
    for lane in range(lanes):
        count = max((len(names) for (of, _), names in members.items() if of == lane), default=1)
        rows.append(range(start, start + count))
        start += count
    return tuple(rows)


def _middle(rows: range, count: int) -> int:
    return rows.start + (len(rows) - count) // 2


def _beside(edges: Sequence[Drawn]) -> dict[str, list[str]]:
    beside: dict[str, list[str]] = {}
    for edge in edges:
        beside.setdefault(edge.source, []).append(edge.target)
        beside.setdefault(edge.target, []).append(edge.source)
    return beside


def _nearer(
    names: Sequence[str], beside: Mapping[str, list[str]], rows: range, row: Mapping[str, int]
) -> dict[str, list[str]]:
    """Return what each node is joined to: of its own lane if there is any, for there a way can be straight."""
    found = {}
    for name in names:
        own = [each for each in beside.get(name, ()) if row[each] in rows and each != name]
        found[name] = own or beside.get(name, [])
    return found


def _settled(
    names: Sequence[str], row: Mapping[str, int], beside: Mapping[str, list[str]], rows: range
) -> dict[str, int]:
    """Return rows for the nodes of one lane and column: in the order of what they are joined to, as near as can be."""
    wanted = {name: mean(row[each] for each in beside[name]) if beside.get(name) else row[name] for name in names}
    ordered = sorted(names, key=lambda name: (wanted[name], row[name]))
    found: dict[str, int] = {}
    lowest = rows.start
    for place, name in enumerate(ordered):
        highest = rows.stop - (len(ordered) - place)
        found[name] = min(max(round(wanted[name]), lowest), highest)
        lowest = found[name] + 1
    return found
