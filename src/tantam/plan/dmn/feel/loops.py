"""`for`, `some` and `every`: walking lists and ranges, bounded by the run's steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tantam.plan.dmn.feel.frames import Frame, Step
from tantam.plan.dmn.feel.operations import both, either
from tantam.plan.dmn.feel.values import Range, whole

Walk = tuple[str, Step, Step | None]
DAY = timedelta(days=1)


class NoList(Exception):
    """What should be walked is null or no range that counts."""


def compile_for(walks: Sequence[Walk], body: Step) -> Step:
    """Return a step that yields the list of the body's values; `partial` is what there is so far."""

    def step(frame: Frame) -> Any:
        made: list[Any] = []
        try:
            for names in _turns(walks, frame):
                made.append(body(frame.within({"partial": made, **names})))
        except NoList:
            return None
        return made

    return step


def compile_quantified(kind: str, walks: Sequence[Walk], body: Step) -> Step:
    """Return a step that yields a three-valued `some` or `every`."""
    fold, decisive = (either, True) if kind == "some" else (both, False)

    def step(frame: Frame) -> Any:
        found = []
        try:
            for names in _turns(walks, frame):
                answer = body(frame.within(names))
                if answer is decisive:
                    return decisive
                found.append(answer)
        except NoList:
            return None
        return fold(found)

    return step


def _turns(walks: Sequence[Walk], frame: Frame) -> Iterator[dict[str, Any]]:
    """Yield the names of each turn; a later list may speak of an earlier name."""
    if not walks:
        yield {}
        return
    name, low, high = walks[0]
    for value in _walked(low(frame), high(frame) if high else None, counts=high is not None):
        frame.run.step()
        for rest in _turns(walks[1:], frame.within({name: value})):
            yield {name: value, **rest}


def _walked(low: Any, high: Any, *, counts: bool) -> Iterator[Any]:
    if counts:
        yield from _counted(low, high)
    elif isinstance(low, Range):
        yield from _within(low)
    elif low is None:
        raise NoList
    else:
        yield from low if isinstance(low, list) else [low]


def _counted(low: Any, high: Any) -> Iterator[Any]:
    first, last = whole(low), whole(high)
    if first is not None and last is not None:
        step = 1 if first <= last else -1
        yield from map(Decimal, range(first, last + step, step))
    elif type(low) is date and type(high) is date:
        sign = 1 if low <= high else -1
        for count in range(abs((high - low).days) + 1):
            yield low + sign * count * DAY
    else:
        raise NoList


def _within(bounds: Range) -> Iterator[Any]:
    values = _counted(bounds.low, bounds.high)
    for value in values:
        if not (bounds.low_open and value == bounds.low or bounds.high_open and value == bounds.high):
            yield value
