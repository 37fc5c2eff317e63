"""How edges run between columns: along a row that is free, or through a corridor between rows; on which tracks.

Upright pieces run only in the gaps between columns, level ones only on free rows or in corridors, so that no edge
runs through a box. docs/algorithms/lanes.md
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations

from tantam.plan.procedures.graph import Edge, Graph
from tantam.plan.procedures.layers import Grid

MOST_PERMUTED = 6
WORDS = "words"  # stands among the tracks of a gap for the room that words take
Trunk = tuple[str, str]  # ("out", source) or ("in", target): upright pieces that share a track
Tracks = tuple[Trunk | str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """How one edge runs. level: its row or, if `corridor`, the corridor above that row.

    first: the trunk of the upright piece in the gap after its source, None without one; second: before its target.
    """

    edge: Edge
    corridor: bool
    level: int
    first: Trunk | None
    second: Trunk | None
    first_gap: int
    second_gap: int


@dataclass(frozen=True, slots=True)
class Routing:
    """passages: as the edges. tracks: of each gap, its trunks and where words stand, in order along."""

    passages: tuple[Passage, ...]
    tracks: Mapping[int, Tracks]


def routing(graph: Graph, grid: Grid) -> Routing:
    """Return how all edges run. Edges that would have to share a track with strangers take a corridor instead."""
    forced: set[int] = set()
    while True:
        passages = _Passages(graph, grid, forced).passages()
        if shared := _sharing_words(passages, grid) - forced:
            forced |= shared
            continue
        tracks: dict[int, Tracks] = {}
        stuck = -1
        for gap in range(grid.columns + 1):
            order = _ordered(gap, passages, grid)
            if order is None:
                stuck = gap
                break
            tracks[gap] = order
        if stuck < 0:
            return Routing(tuple(passages), tracks)
        forced |= _to_force(stuck, passages, forced)


class _Passages:
    """Gives each edge its level, the shortest first, so that long ones go round."""

    def __init__(self, graph: Graph, grid: Grid, forced: set[int]) -> None:
        self.graph, self.grid, self.forced = graph, grid, forced
        self.occupied = {(grid.row[node.name], grid.column[node.name]) for node in graph.nodes}
        self.taken: dict[tuple[int, int], set[Trunk]] = {}
        self.load: dict[int, int] = {}
        self.leaving: dict[str, int] = {}
        for edge in graph.edges:
            self.leaving[edge.source] = self.leaving.get(edge.source, 0) + 1
            if not edge.late:
                self._take(grid.row[edge.source], grid.column[edge.source] + 1, ("out", edge.source))
            self._take(grid.row[edge.target], grid.column[edge.target], ("in", edge.target))

    def passages(self) -> list[Passage]:
        found: dict[int, Passage] = {}
        for number in sorted(range(len(self.graph.edges)), key=self._length):
            found[number] = self._passage(number, self.graph.edges[number])
        return [found[number] for number in range(len(self.graph.edges))]

    def _length(self, number: int) -> tuple[int, int]:
        edge = self.graph.edges[number]
        return abs(self.grid.column[edge.target] - self.grid.column[edge.source] - 1), number

    def _passage(self, number: int, edge: Edge) -> Passage:
        first, second = self.grid.column[edge.source] + 1, self.grid.column[edge.target]
        mine, theirs = self.grid.row[edge.source], self.grid.row[edge.target]
        out: Trunk = ("out", edge.source)
        into: Trunk = ("in", edge.target)
        if number not in self.forced and not edge.late and first <= second:
            if mine == theirs and (first == second or self._free(mine, first, second, out, into)):
                self._run(mine, first, second, out)
                return Passage(edge, False, mine, None, None, first, second)
            if first == second:
                fan = self.leaving[edge.source] > 1
                return Passage(
                    edge, False, theirs if fan else mine, out if fan else None, None if fan else into, first, second
                )
            if self._free(theirs, first, second, into, into):
                self._run(theirs, first, second, into)
                return Passage(edge, False, theirs, out, None, first, second)
            if self._free(mine, first, second, out, out):
                self._run(mine, first, second, out)
                return Passage(edge, False, mine, None, into, first, second)
        level = self._corridor(mine, theirs, edge)
        return Passage(edge, True, level, None if edge.late else out, into, first, second)

    def _free(self, row: int, first: int, second: int, *trunks: Trunk) -> bool:
        crossed = any((row, column) in self.occupied for column in range(first, second))
        return not crossed and all(self.taken.get((row, gap), set()) <= set(trunks) for gap in range(first, second + 1))

    def _run(self, row: int, first: int, second: int, trunk: Trunk) -> None:
        for gap in range(first, second + 1):
            self._take(row, gap, trunk)

    def _take(self, row: int, gap: int, trunk: Trunk) -> None:
        self.taken.setdefault((row, gap), set()).add(trunk)

    def _corridor(self, mine: int, theirs: int, edge: Edge) -> int:
        if edge.late:
            level = mine + 1
        elif mine == theirs:
            level = min((mine, mine + 1), key=lambda each: (self.load.get(each, 0), each))
        else:
            between = range(min(mine, theirs) + 1, max(mine, theirs) + 1)
            level = min(between, key=lambda each: (self.load.get(each, 0), abs(each - theirs)))
        self.load[level] = self.load.get(level, 0) + 1
        return level


def has_words_in_gap(passage: Passage) -> bool:
    """Return whether the words of an edge stand in the gap after its source; of one that leads back they do not."""
    return passage.edge.label is not None and not passage.edge.late and passage.first_gap <= passage.second_gap


def _sharing_words(passages: list[Passage], grid: Grid) -> set[int]:
    """Return the edges whose words would stand on a line that others from the same source, or to the same target,
    use as well."""
    found = set()
    for number, passage in enumerate(passages):
        if not has_words_in_gap(passage) or passage.corridor:
            continue
        others = [
            each for each in passages if each is not passage and not each.corridor and each.level == passage.level
        ]
        if any(_joins(passage, each, grid) or _leaves_later(passage, each) for each in others):
            found.add(number)
    return found


def _joins(passage: Passage, other: Passage, grid: Grid) -> bool:
    """Whether another edge comes along the row of the target that words stand on."""
    same = passage.edge.target == other.edge.target and passage.level == grid.row[passage.edge.target]
    return same and other.second is None and other.first_gap <= passage.first_gap <= other.second_gap


def _leaves_later(passage: Passage, other: Passage) -> bool:
    """Whether another edge keeps to the row of the source beyond the words."""
    return (
        passage.edge.source == other.edge.source
        and passage.first is None
        and other.first is None
        and not other.edge.late
    )


def _uprights(gap: int, passages: list[Passage], grid: Grid) -> Iterator[tuple[Trunk, Passage, int, int]]:
    """Yield the upright pieces in a gap: trunk, passage, twice the rows from and to which it runs (corridors odd)."""
    for passage in passages:
        level = passage.level * 2 - 1 if passage.corridor else passage.level * 2
        if passage.first is not None and passage.first_gap == gap:
            end = level if passage.corridor or passage.second is not None else grid.row[passage.edge.target] * 2
            yield passage.first, passage, grid.row[passage.edge.source] * 2, end
        if passage.second is not None and passage.second_gap == gap:
            start = level if passage.corridor else grid.row[passage.edge.source] * 2
            yield passage.second, passage, start, grid.row[passage.edge.target] * 2


def _ordered(gap: int, passages: list[Passage], grid: Grid) -> Tracks | None:
    """Return the tracks of a gap in the order with the fewest crossings, None if no order is right."""
    pieces = list(_uprights(gap, passages, grid))
    items: list[Trunk | str] = list(dict.fromkeys(trunk for trunk, *_ in pieces))
    worded = [each for each in passages if has_words_in_gap(each) and each.first_gap == gap]
    rules = set(_rules(pieces))
    if worded:
        items.append(WORDS)
        rules |= set(_word_rules(gap, worded, items))
    outs = [each for each in items if each[0] == "out"]
    default = (*outs, *([WORDS] if worded else []), *(each for each in items if each not in outs and each != WORDS))
    if len(items) > MOST_PERMUTED:
        return _by_rules(default, rules)
    allowed = (order for order in permutations(default) if all(order.index(a) < order.index(b) for a, b in rules))
    return min(allowed, key=lambda order: _crossings(order, pieces), default=None)


def _rules(pieces: list[tuple[Trunk, Passage, int, int]]) -> Iterator[tuple[Trunk | str, Trunk | str]]:
    """Yield which track must come before which: what ends on a row before what begins on it."""
    ending: dict[int, set[Trunk]] = {}
    beginning: dict[int, set[Trunk]] = {}
    for trunk, _, start, end in pieces:
        if start % 2 == 0:  # in a corridor each edge has a line of its own
            ending.setdefault(start, set()).add(trunk)
        if end % 2 == 0:
            beginning.setdefault(end, set()).add(trunk)
    for row, trunks in ending.items():
        for before in trunks:
            for after in beginning.get(row, set()):
                if before != after:
                    yield before, after


def _word_rules(gap: int, worded: list[Passage], items: list[Trunk | str]) -> Iterator[tuple[Trunk | str, Trunk | str]]:
    """Yield that words stand after their edge has left the others of its source, and before it joins others."""
    for passage in worded:
        out: Trunk = ("out", passage.edge.source)
        if out in items:
            yield out, WORDS
        into: Trunk = ("in", passage.edge.target)
        if passage.second_gap == gap and into in items:
            yield WORDS, into
        elif passage.second is not None and passage.second_gap == gap:
            yield WORDS, passage.second


def _by_rules(items: Tracks, rules: set[tuple[Trunk | str, Trunk | str]]) -> Tracks | None:
    left, found = list(items), []
    while left:
        ready = next((each for each in left if not any(b == each and a in left for a, b in rules)), None)
        if ready is None:
            return None
        found.append(ready)
        left.remove(ready)
    return tuple(found)


def _crossings(order: Tracks, pieces: list[tuple[Trunk, Passage, int, int]]) -> int:
    """Return how often upright pieces cross the level ends of others in this gap."""
    at = {item: place for place, item in enumerate(order)}
    count = 0
    for trunk, _, start, end in pieces:
        low, high = sorted((start, end))
        for other, _, left, right in pieces:
            if other != trunk:
                count += (low < left < high and at[trunk] < at[other]) + (low < right < high and at[other] < at[trunk])
    return count


def _to_force(gap: int, passages: list[Passage], forced: set[int]) -> set[int]:
    """Return one more edge to send through a corridor: first one without words, of those that stand in the gap."""
    here = [
        number
        for number, passage in enumerate(passages)
        if not passage.corridor and number not in forced and gap in (passage.first_gap, passage.second_gap)
    ]
    bent = [each for each in here if passages[each].first or passages[each].second] or here
    plain = [each for each in bent if passages[each].edge.label is None]
    return {(plain or bent)[0]}
