"""Places a case and says what is owed to it, as the desk would; where a lacking fact decides, it says which.

Method: docs/algorithms/replay.md. What lacking facts leave open is tried in every way that it may turn out; only what
comes out the same in all of them is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tantam.plan.errors import BadFact
from tantam.plan.run.case import Case
from tantam.plan.run.facts import read_fact
from tantam.plan.run.promises import Vow, begins_term, kinds, starts_at, vow_of
from tantam.plan.run.standing import Fact, Standing
from tantam.plan.run.triage import PLACES, USUAL, completed, places
from tantam.plan.sections import Plan
from tantam.plan.tables.table import Row, Table
from tantam.plan.whatif.known import Known
from tantam.plan.whatif.open_rows import NOTHING, Lacking, Option, causes_of, from_terms, open_causes, option, options
from tantam.plan.whatif.worlds import Asked, Need, Worlds, worlds

Place = tuple[str | None, str | None, str | None]  # stage, severity, level; None where a lacking fact decides

Partly = tuple[tuple[str, str | None], ...]  # what tables placed so far, by name


@dataclass(frozen=True, slots=True)
class Judged:
    """What a plan says to all cases of which it knows the same.

    clause: of triage, "" where it is not known. vows: by kind. undecided: {kind: lacking terms}.
    lacks: each lacking term with the clause that needs it.
    """

    place: Place
    clause: str
    vows: Mapping[str, tuple[Vow, ...]]
    undecided: Mapping[str, tuple[str, ...]]
    lacks: frozenset[Need]

    @property
    def lacking(self) -> tuple[str, ...]:
        """The lacking terms, each once."""
        return tuple(sorted({term for term, _ in self.lacks}))


@dataclass(frozen=True, slots=True)
class _Triaged:
    """All that triage may say. found: places with their clause. lacks: what decides between them."""

    found: tuple[tuple[Place, str], ...]
    lacks: frozenset[Need]

    @property
    def causes(self) -> frozenset[str]:
        return frozenset(term for term, _ in self.lacks)


@dataclass(frozen=True, slots=True)
class _Said:
    """What the tables say of one kind in one way that things may turn out. lacks: what leaves rows open."""

    vows: tuple[Vow, ...]
    lacks: frozenset[Need]


@dataclass(frozen=True, slots=True)
class _Rows:
    """What one table says of one kind. open: rows that lacking facts decide, with those; None where its time is too."""

    vows: tuple[Vow, ...]
    open: tuple[tuple[Vow | None, frozenset[Need]], ...]


_Ways = tuple[Worlds, tuple[dict[str, _Said], ...]]


def judge(plan: Plan, known: Known, *, now: datetime) -> Judged:
    """Return what the plan says. now: the instant of the opening, aware, for the plan's own terms of the clock."""
    given = {term: Fact(value) for term, value in known.values.items()}
    lacking = {term: frozenset({term}) for term in known.lacking}
    asked = Asked(plan, given, lacking, known.groups, now)
    triaged = _triaged(asked)
    several = tuple(dict.fromkeys(place for place, _ in triaged.found))
    clauses = {clause for _, clause in triaged.found}
    said = {place: _owed(_placed(asked, place, triaged)) for place in several}
    vows, undecided, lacks = _together(plan, said, triaged)
    return Judged(_agreed(several), clauses.pop() if len(clauses) == 1 else "", vows, undecided, lacks | triaged.lacks)


# ---------------------------------------------------------------------- triage


def _triaged(asked: Asked) -> _Triaged:
    ways = worlds(asked)
    lacks: set[Need] = set()
    found = []
    for case in ways.cases:
        partly: dict[Partly, str] = {(): ""}
        for table in asked.plan.triage:
            may = options(case, table, ways.lacking)
            lacks |= {(term, table.name) for term in may.causes}
            partly = _further(partly, table, may.options)
        found.append({_complete(case, dict(placed)): clause or USUAL for placed, clause in partly.items()})
    every = dict.fromkeys((place, clause) for each in found for place, clause in each.items())
    lacks |= ways.deciding([frozenset(each) for each in found])
    open_ = len({place for place, _ in every}) > 1 or any(None in place for place, _ in every)
    return _Triaged(tuple(every), frozenset(lacks) if open_ else frozenset())


def _further(partly: Mapping[Partly, str], table: Table, found: Iterable[Option]) -> dict[Partly, str]:
    """Return what may be placed after one more table: what an earlier one placed stands."""
    further: dict[Partly, str] = {}
    for placed, clause in partly.items():
        for each in found:
            if each.row is None:
                merged, by = placed, clause
            else:
                says = places(each.outputs) | dict.fromkeys(name for name in each.open if name in PLACES)
                merged = tuple(sorted({**says, **dict(placed)}.items()))
                by = clause or f"{table.name}#{each.row.name}"
            further[merged] = by if further.get(merged, by) == by else ""
    return further


def _complete(case: Case, placed: Mapping[str, str | None]) -> Place:
    known = {name: value for name, value in placed.items() if value is not None}
    stage, severity, level = completed(case, known)
    gone = {name for name, value in placed.items() if value is None}
    hangs = "severity" in gone and "level" not in placed
    return (
        None if "stage" in gone else stage,
        None if "severity" in gone else severity,
        None if "level" in gone or hangs else level,
    )


def _agreed(several: tuple[Place, ...]) -> Place:
    stage, severity, level = (each[0] if len(set(each)) == 1 else None for each in zip(*several, strict=True))
    return stage, severity, level


# ---------------------------------------------------------------------- promises


def _placed(asked: Asked, place: Place, triaged: _Triaged) -> Asked:
    """Return the case with where it is placed, as promises read it; what is unknown of that is lacking."""
    given, lacking = dict(asked.given), dict(asked.lacking)
    says = dict(zip(PLACES, place, strict=True))
    for name, clause in asked.plan.terms.items():
        at = next((each for each in PLACES if clause.source == f"case.{each}" or name == each), None)
        if at is None or clause.computed:
            continue
        value = says[at]
        if value is None:
            given.pop(name, None)
            lacking[name] = triaged.causes
        elif value:
            try:
                given[name] = read_fact(asked.plan, name, value, now=asked.now, standing=Standing.RECORDED)
            except BadFact:
                continue  # the plan's own term does not admit it: unknown, as at the desk
    return replace(asked, given=given, lacking=lacking)


def _owed(asked: Asked) -> _Ways:
    """Return what is said of each kind in each way that the groups may turn out."""
    ways = worlds(asked)
    return ways, tuple(dict(_kinds(case, ways.lacking)) for case in ways.cases)


def _kinds(case: Case, lacking: Lacking) -> Iterator[tuple[str, _Said]]:
    found: dict[str, list[_Rows]] = {}
    for table in case.plan.promises.tables:
        for kind in kinds(table):
            found.setdefault(kind, []).append(_rows(case, table, kind, lacking))
    for kind, parts in found.items():
        vows = _counting(case.plan, [vow for part in parts for vow in part.vows])
        still_open = [
            lack for part in parts for vow, lacks in part.open for lack in lacks if _may_count(case.plan, vow, vows)
        ]
        yield kind, _Said(vows, frozenset(still_open))


def _rows(case: Case, table: Table, kind: str, lacking: Lacking) -> _Rows:
    compiled = case.plan.compiled_only(table, "promise", kind)
    fired = compiled(case.values)
    found: list[Vow] = []
    still_open: list[tuple[Vow | None, frozenset[Need]]] = []
    for row, outputs in zip(fired.rows, fired.results, strict=True):
        vow = vow_of(case, table, row, outputs)
        if vow is not None:
            found.append(vow)
        elif lacking and (causes := _time_causes(case, row, lacking)):
            still_open.append((None, frozenset((term, table.name) for term in causes)))
    if fired.unknown and lacking:
        for row in compiled.table.rows:
            if not row.otherwise and row not in fired.rows and (causes := open_causes(case, row, lacking)):
                vow = vow_of(case, table, row, option(case, row, lacking).outputs)
                still_open.append((vow, frozenset((term, table.name) for term in causes)))
    return _Rows(tuple(found), tuple(still_open))


def _time_causes(case: Case, row: Row, lacking: Lacking) -> frozenset[str]:
    """Return the lacking terms behind a row whose time or beginning is unknown."""
    found = NOTHING.union(*(causes_of(case, out.expr, lacking) for out in row.outputs.values()))
    begins = begins_term(case.plan, starts_at(case.plan, {name: out.text for name, out in row.outputs.items()}))
    return found | (from_terms([begins], lacking) if begins and begins not in case.values else NOTHING)


def _counting(plan: Plan, vows: Sequence[Vow]) -> tuple[Vow, ...]:
    """Return the vows that may come to count: where the soonest does, not those that another always comes before."""
    return tuple(each for each in vows if _may_count(plan, each, vows))


def _may_count(plan: Plan, vow: Vow | None, sure: Iterable[Vow]) -> bool:
    """Whether a vow may come to count beside those that are sure. vow: None where its time is not known."""
    if vow is None or plan.promises.when_several != "soonest":
        return True
    return not any(_always_before(other, vow) for other in sure)


def _always_before(one: Vow, other: Vow) -> bool:
    """Whether both count the same time from the same moment, and `one` less of it, or as much in an earlier row."""
    alike = (one.begins, one.clock, one.span.family) == (other.begins, other.clock, other.span.family)
    anew = one.every == other.every or (one.every == one.span and other.every == other.span)
    if not alike or not anew or one.span.months or other.span.months:
        return False
    earlier = one.table is other.table and one.row.index < other.row.index
    return one.span.amount < other.span.amount or (one.span.amount == other.span.amount and earlier)


def _together(
    plan: Plan, said: Mapping[Place, _Ways], triaged: _Triaged
) -> tuple[dict[str, tuple[Vow, ...]], dict[str, tuple[str, ...]], frozenset[Need]]:
    """Return what is owed whatever the lacking facts are, what they decide by kind, and all that is lacking."""
    vows: dict[str, tuple[Vow, ...]] = {}
    undecided: dict[str, tuple[str, ...]] = {}
    lacks: set[Need] = set()
    for kind in dict.fromkeys(kind for table in plan.promises.tables for kind in kinds(table)):
        open_: set[Need] = set()
        results = set()
        for ways, kinds_by_way in said.values():
            names = [_names(each[kind]) for each in kinds_by_way]
            open_ |= ways.deciding(names).union(*(each[kind].lacks for each in kinds_by_way))
            results.add(frozenset(names))
        if len(results) > 1:
            open_ |= triaged.lacks
        if open_:
            undecided[kind] = tuple(sorted({term for term, _ in open_}))
            lacks |= open_
        elif found := next(iter(said.values()))[1][0][kind].vows:
            vows[kind] = found
    return vows, undecided, frozenset(lacks)


def _names(said: _Said) -> tuple[object, ...]:
    """Return what tells two sayings apart."""
    vows = tuple((vow.clause, vow.span, vow.every, vow.clock, vow.begins) for vow in said.vows)
    return vows, said.lacks
