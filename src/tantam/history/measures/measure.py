"""One measure over a stretch of time: its value, how sure that is, what it was before, week by week, cut and listed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from tantam.history.measures.answers import Behind, Measured, Slice, Week, Within
from tantam.history.measures.definition import Definition, Kind
from tantam.history.measures.frame import KEYS, Frame, Stretch, summed
from tantam.history.measures.intervals import wilson
from tantam.history.measures.part import ALL_OF_IT, EVERYTHING, HELPER, Listed, Part
from tantam.history.measures.reasons import reason_for
from tantam.history.measures.texts import aware
from tantam.history.relations import Relations

WEEK = timedelta(days=7)
NOW, BEFORE = 0, -1  # numbers of the two stretches; weeks count from 1
MOST_SLICES = 50
NAMING = frozenset(("promises_kept",))  # whose files name what has no case, by `reference` and `customer`
NOTHING = Slice("", 0, 0, 0, None, None, None)


def measure(
    past: Relations, definition: Definition, within: Within, *, weeks: int = 8, part: Part = EVERYTHING
) -> Measured:
    """Return the measure of what counted in [since, until). Raises ValueError.

    weeks: how many whole weeks before `until` are shown, 0..60.
    """
    since, until = _checked(within)
    if _beyond(definition, part):
        return _unanswerable(definition)
    before = (BEFORE, since - (until - since), since)
    shown = _weeks(until, weeks)
    frame = Frame(definition, [(NOW, since, until), before, *shown], part)
    found = {int(each.key): each for each in _summed(past, frame, "number", "number, value")}
    now = found.get(NOW, NOTHING)
    return Measured(
        definition=definition,
        n=now.n,
        hits=now.hits,
        unknown=now.unknown,
        value=now.value,
        low=now.low,
        high=now.high,
        reason="" if now.n else reason_for(past, definition, unknown=now.unknown),
        before=found.get(BEFORE, NOTHING).value,
        before_n=found.get(BEFORE, NOTHING).n,
        weeks=tuple(_week(found.get(number, NOTHING), stretch) for number, *stretch in shown),
    )


def sliced(past: Relations, definition: Definition, within: Within, by: str, *, part: Part = EVERYTHING) -> list[Slice]:
    """Return the slices with the most counted, at most MOST_SLICES. by: one of definition.slices. Raises ValueError."""
    if by not in definition.slices:
        raise ValueError(f"{definition.name} cannot be cut by {by!r}; it can by {', '.join(definition.slices)}.")
    key = KEYS[by]
    frame = Frame(definition, [(NOW, *_checked(within))], part)
    if _beyond(definition, part):
        return []
    column = f"UNNEST({key.sql})" if key.many else key.sql
    found = _summed(past, frame, "slice", f"{column} AS slice, value", needs=key.needs)
    return sorted(found, key=lambda each: (-each.n, -each.unknown, each.key))[:MOST_SLICES]


def behind(
    past: Relations, definition: Definition, within: Within, listed: Listed = ALL_OF_IT, *, most: int = 200
) -> list[Behind]:
    """Return what was counted, at most `most`. Raises ValueError."""
    frame = Frame(definition, [(NOW, *_checked(within))], listed.part)
    if _beyond(definition, listed.part):
        return []
    named = ", ".join(_named(definition, each) for each in ("reference", "customer"))
    columns = (
        f"here.source, here.case_id, {named}, here.instant, here.since, here.value, "
        "holder.owner, holder.level, COALESCE(here.clause, opening.clause) AS clause, here.policy, "
        "COALESCE(here.version, opening.version) AS version"
    )
    worst = "value ASC, " if definition.direction == "up" else "value DESC, "
    first = worst if listed.order == "worst" else ""
    sql = (
        f"{frame.counted(columns, needs=('opening', 'holder'))}\nSELECT * FROM chosen "
        "WHERE value IS NOT NULL AND ($only IS NULL OR value = $only) "
        f"ORDER BY {first}instant DESC, case_id LIMIT $most"
    )
    return [_behind(*row) for row in past.rows(sql, frame.params(sql, only=listed.only, most=most))]


def _named(definition: Definition, column: str) -> str:
    return f"COALESCE(opening.{column}, here.{column})" if definition.of in NAMING else f"opening.{column}"


def _beyond(definition: Definition, part: Part) -> bool:
    """Return whether the part narrows by what this measure cannot be cut by."""
    known = {*definition.slices, *(() if definition.of == "return_rate" else (HELPER,))}
    return not part.said().keys() <= known


def _unanswerable(definition: Definition) -> Measured:
    return Measured(definition, 0, 0, 0, None, None, None, "not_cut_so", None, 0, ())


def _checked(within: Within) -> Within:
    since, until = within
    if not since < until:
        raise ValueError(f"A stretch must begin before it ends; got {since} to {until}.")
    return since, until


def _weeks(until: Any, weeks: int) -> list[Stretch]:
    if not 0 <= weeks <= 60:
        raise ValueError(f"Between 0 and 60 weeks can be shown; got {weeks}.")
    starts = [(number, until - WEEK * (weeks - number + 1)) for number in range(1, weeks + 1)]
    return [(number, start, start + WEEK) for number, start in starts]


def _week(found: Slice, stretch: Sequence[Any]) -> Week:
    return Week(stretch[0], found.n, found.value)


def _summed(past: Relations, frame: Frame, key: str, columns: str, *, needs: Sequence[str] = ()) -> list[Slice]:
    kind = frame.definition.kind
    sql = f"{frame.counted(columns, needs=needs)}\n{summed(kind, key)}"
    return [_slice(kind, row) for row in past.rows(sql, frame.params(sql))]


def _slice(kind: Kind, row: Sequence[Any]) -> Slice:
    """Return a row (key, n, unknown, figure, low, high) as a slice."""
    key, n, unknown, figure, low, high = row
    if not n:
        return Slice(str(key), 0, 0, unknown, None, None, None)
    match kind:
        case Kind.SHARE:
            return Slice(str(key), n, int(figure), unknown, figure / n, *wilson(int(figure), n))
        case Kind.MINUTES:
            return Slice(str(key), n, 0, unknown, figure, low, high)


def _behind(source: str, case: int | None, reference: str | None, *rest: Any) -> Behind:
    customer, instant, since, value, owner, level, clause, policy, version = rest
    return Behind(
        source=source,
        case_id=case,
        reference=reference or "",
        customer=customer or "",
        instant=aware(instant),
        since=aware(since) if since else None,
        value=value,
        person=owner or "",
        level=level or "",
        clause=clause or "",
        policy=policy or "",
        version=version,
    )
