"""Draws what moves between two plans: how much stood where on the left, where it stands on the right, bands between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

Move = tuple[str, str, int]  # before, after, how many

TALL = 220.0  # pixels for everything that is counted
SLOT = 38.0  # the least a name with its figure needs
GAP = 8.0


@dataclass(frozen=True, slots=True)
class End:
    """One place on one side. y, height: of its bar; name_y, count_y: base lines. delta: how many more than before."""

    code: str
    name: str
    count: int
    delta: int
    y: str
    height: str
    name_y: str
    count_y: str


@dataclass(frozen=True, slots=True)
class Band:
    """What goes from one place to another. look: same, moved, better or worse."""

    path: str
    look: str


@dataclass(frozen=True, slots=True)
class Flow:
    """height: pixels. rows: (name, before, after) for the table behind."""

    height: str
    left: tuple[End, ...]
    right: tuple[End, ...]
    bands: tuple[Band, ...]
    rows: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class _Bar:
    y: float
    height: float
    scale: float
    slot: float
    room: float


def flow(
    moves: Iterable[Move],
    order: Sequence[str],
    name: Callable[[str], str],
    look: Callable[[str, str], str] = lambda before, after: "same" if before == after else "moved",
) -> Flow:
    """Return the drawing. order: of the places, top first; a place that is not in it comes last."""
    known = [(before, after, n) for before, after, n in moves if n]
    before, after = Counter[str](), Counter[str]()
    for one, other, n in known:
        before[one] += n
        after[other] += n
    rest = sorted({*before, *after} - set(order))
    places = [each for each in (*order, *rest) if before[each] or after[each]]
    scale = TALL / (before.total() or 1)
    left, right = _bars(places, before, scale), _bars(places, after, scale)
    height = max((bar.slot + bar.room for bar in (*left.values(), *right.values())), default=0)
    return Flow(
        height=f"{height:.0f}",
        left=tuple(_end(each, name(each), before[each], 0, left[each]) for each in places if before[each]),
        right=tuple(
            _end(each, name(each), after[each], after[each] - before[each], right[each])
            for each in places
            if after[each]
        ),
        bands=_bands(known, places, (left, right), look),
        rows=tuple((name(each), before[each], after[each]) for each in places),
    )


def _bars(places: Sequence[str], counted: Counter[str], scale: float) -> dict[str, _Bar]:
    top, found = 0.0, {}
    for each in places:
        if not counted[each]:
            continue
        height = max(2.0, counted[each] * scale)
        room = max(height, SLOT)
        found[each] = _Bar(top + (room - height) / 2, height, height / counted[each], top, room)
        top += room + GAP
    return found


def _end(code: str, name: str, count: int, delta: int, bar: _Bar) -> End:
    middle = bar.slot + bar.room / 2
    return End(code, name, count, delta, f"{bar.y:.1f}", f"{bar.height:.1f}", f"{middle - 4:.1f}", f"{middle + 14:.1f}")


def _bands(
    moves: Sequence[Move],
    places: Sequence[str],
    bars: tuple[dict[str, _Bar], dict[str, _Bar]],
    look: Callable[[str, str], str],
) -> tuple[Band, ...]:
    rank = {each: at for at, each in enumerate(places)}
    used: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    tops: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for side in (0, 1):
        for move in sorted(moves, key=lambda each: (rank[each[side]], rank[each[1 - side]])):
            bar = bars[side][move[side]]
            top = bar.y + used[side][move[side]] * bar.scale
            tops.setdefault((move[0], move[1]), []).append((top, top + move[2] * bar.scale))
            used[side][move[side]] += move[2]
    ordered = sorted(tops.items(), key=lambda each: look(*each[0]) != "same")  # what moves is drawn above what stays
    return tuple(Band(_path(*ends), look(*key)) for key, ends in ordered)


def _path(left: tuple[float, float], right: tuple[float, float]) -> str:
    (a, b), (c, d) = left, right
    return f"M0 {a:.1f}C50 {a:.1f} 50 {c:.1f} 100 {c:.1f}V{d:.1f}C50 {d:.1f} 50 {b:.1f} 0 {b:.1f}Z"
