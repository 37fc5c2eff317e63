"""Tells programs the figures that the pages show: the same measures, slices and intervals."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router

from tantam.desk import plans, reports
from tantam.desk.accounts.access import may_read
from tantam.desk.accounts.models import Person
from tantam.desk.api.errors import Invalid, Missing
from tantam.desk.api.room import ALWAYS
from tantam.desk.api.schemas import Error, MeasureOut, MeasuresAsked, MeasuresOut, SliceOut, StretchOut, WeekOut
from tantam.desk.api.token import Scoped, overseers
from tantam.desk.common import clock
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.seeing import sees_house
from tantam.desk.reports import Figures, Stretch
from tantam.history.events import DESK
from tantam.history.measures import SLICES, Measured, Part, Slice


def overseer(request: HttpRequest) -> Person | None:
    """Let in who sees the figures on the pages, by their session."""
    person: Any = request.user
    return person if person.is_authenticated and may_read(person) and person.oversees and sees_house(person) else None


router = Router(tags=["measures"], auth=[Scoped("read:measures", overseers), overseer])
ERRORS = dict.fromkeys(ALWAYS, Error)


@router.get("/measures", response={200: MeasuresOut, **ERRORS}, summary="All measures", operation_id="measures")
def measures(request: HttpRequest, asked: Query[MeasuresAsked]) -> MeasuresOut:
    """Return every measure of the plan in force over a stretch of time, of all cases or a part of them."""
    plan = plans.in_force()
    with timezone.override(plan.timezone):
        stretch, part, figures = _stretch(asked), _part(asked), reports.figures()
        _require(figures, part.source)
        found = [figures.measured(each, stretch, part) for each in plan.definitions.values()]
    return MeasuresOut(measures=[_out(each, plan, stretch) for each in found])


@router.get("/measures/{name}", response={200: MeasureOut, **ERRORS}, summary="One measure", operation_id="measure")
def measure(request: HttpRequest, name: str, asked: Query[MeasuresAsked], by: str = "") -> MeasureOut:
    """Return one measure; with `by` its slices too: group, stage, channel, level, person, policy, clause, …"""
    plan = plans.in_force()
    definition = plan.definitions.get(name)
    if definition is None:
        raise Missing(_no_measure(name, list(plan.definitions)))
    if by and by not in definition.slices:
        raise Invalid("by", f"{name} can be cut by {', '.join(definition.slices)}.")
    with timezone.override(plan.timezone):
        stretch, part, figures = _stretch(asked), _part(asked), reports.figures()
        _require(figures, part.source)
        found = figures.measured(definition, stretch, part)
        slices = figures.sliced(definition, stretch, by, part) if by else []
    return _out(found, plan, stretch, slices)


def _no_measure(name: str, known: list[str]) -> str:
    like = get_close_matches(name.casefold(), known, n=1)
    hint = f" Is it {like[0]!r}?" if like else ""
    return f"There is no measure {name[:80]!r}.{hint} There are: {', '.join(known)}."


def _require(figures: Figures, source: str) -> None:
    """Raise Refused for a damaged history, Invalid for one that is not there."""
    figures.require(source)
    if source in ("", DESK):
        return
    known = [DESK, *(each.source for each in reports.sources(figures.past) if each.source != DESK)]
    if source not in known:
        raise Invalid("source", f"{source[:80]!r} is none of {', '.join(known)}. Leave it empty for all together.")


def _stretch(asked: MeasuresAsked) -> Stretch:
    if asked.stretch and asked.stretch not in reports.STRETCHES:
        raise Invalid("stretch", f"{asked.stretch!r} is none of {', '.join(reports.STRETCHES)}.")
    return reports.asked(asked.stretch, asked.since, asked.until, clock.now())


def _part(asked: MeasuresAsked) -> Part:
    return Part(**{each: getattr(asked, each) for each in SLICES})


def _out(found: Measured, plan: RunningPlan, stretch: Stretch, slices: Sequence[Slice] = ()) -> MeasureOut:
    language, definition = plan.languages[0], found.definition
    return MeasureOut(
        name=found.name,
        label=plan.measure_label(found.name, language),
        words=plan.measure_words(found.name, language),
        unit=found.kind.value,
        direction=definition.direction,
        stretch=StretchOut(since=stretch.since, until=stretch.until),
        n=found.n,
        hits=found.hits,
        unknown=found.unknown,
        value=found.value,
        low=found.low,
        high=found.high,
        reason=found.reason,
        before=found.before,
        before_n=found.before_n,
        alarmed=found.alarmed,
        weeks=[WeekOut(since=each.since, n=each.n, value=each.value) for each in found.weeks],
        slices=[SliceOut(**{name: getattr(each, name) for name in SliceOut.model_fields}) for each in slices],
    )
