"""A provider's scorecard: what the plan judges it by, beside the house's own people, counted in one way for both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from tantam.desk.common import clock
from tantam.desk.errands.access import kept_by
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.providers import ENOUGH, PROGRAM, Described, Verdict, Watched, measures_of, watched
from tantam.desk.providers.models import Stop
from tantam.desk.reports import Figures
from tantam.desk.reports.stops import parts_of
from tantam.desk.web import figure_words
from tantam.desk.web.asked import FiguresAsked
from tantam.history.events import DESK
from tantam.history.measures import NONE, Definition, Measured, Part


@dataclass(frozen=True, slots=True)
class Row:
    """One measure. theirs, ours: value, of how many, how sure. stop: where the plan stops them, with its look.

    href: "" where no figures are cut so.
    """

    name: str
    measure: str
    href: str
    theirs: Mapping[str, str]
    ours: Mapping[str, str]
    stop: str
    icon: str
    look: str


def rows(shown: Described, plan: RunningPlan, figures: Figures, asked: FiguresAsked, lang: str) -> list[Row]:
    """Return the measures that the plan judges the provider by, the promises kept first."""
    bounds = {each.measure: each for each in watched(plan) if each.provider == shown.name}
    own = shown.queues[-1] or NONE  # a case of the house's own people names no provider
    parts = parts_of(own, program=shown.kind == PROGRAM)
    return [
        _row(each, plan, (figures, asked, lang), parts, bounds.get(each.name)) for each in measures_of(plan, shown.name)
    ]


def stop_words(stop: Stop, plan: RunningPlan, lang: str) -> str:
    """Return by what a provider was stopped, in words."""
    definition = plan.definitions.get(stop.measure)
    value = figure_words.value(definition.kind, stop.value) if definition else f"{stop.value:g}"
    said = {"measure": figure_words.name(stop.measure, plan, lang), "value": value, "n": stop.n}
    return gettext("%(measure)s: %(value)s, counted in %(n)s cases") % said


def _row(
    definition: Definition,
    plan: RunningPlan,
    of: tuple[Figures, FiguresAsked, str],
    parts: list[Part],
    bound: Watched | None,
) -> Row:
    figures, asked, lang = of
    each_of = [figures.measured(definition, asked.stretch, part) for part in parts or [Part(source=DESK, helper=NONE)]]
    theirs = max(each_of, key=lambda found: found.n)  # of several accounts of a program, that which did most
    house = figures.measured(definition, asked.stretch, Part(source=DESK, provider=NONE))
    stop, icon, look = _stop(definition, theirs, bound)
    return Row(
        name=figure_words.name(definition.name, plan, lang),
        measure=definition.name,
        href=asked.href(provider=parts[0].provider) if parts and parts[0].provider else "",
        theirs=_side(theirs),
        ours=_side(house),
        stop=stop,
        icon=icon,
        look=look,
    )


def _side(found: Measured) -> dict[str, str]:
    return {
        "value": figure_words.value(found.kind, found.value),
        "counted": figure_words.counted(found),
        "between": figure_words.between(found.kind, found.low, found.high),
    }


def _stop(definition: Definition, found: Measured, bound: Watched | None) -> tuple[str, str, str]:
    """Return where the plan stops them, and how near they are: words, icon, look."""
    if bound is None:
        return "", "", ""
    at = figure_words.bound(definition.kind, bound.bound.sign, bound.bound.at)
    match bound.verdict(found.value, found.n):
        case Verdict.STOPS:
            return gettext("Beyond the bound: stops at %(bound)s") % {"bound": at}, "cross", "t-broken"
        case Verdict.TOO_FEW:
            said = {"bound": at, "n": ENOUGH}
            return gettext("Stops at %(bound)s, once %(n)s cases are counted") % said, "clock", "t-soon"
        case Verdict.NEAR:
            return gettext("Near the bound: stops at %(bound)s") % {"bound": at}, "clock", "t-soon"
        case Verdict.SERVES:
            return gettext("Stops at %(bound)s") % {"bound": at}, "check", "quiet"


def context(shown: Described, plan: RunningPlan, figures: Figures, asked: FiguresAsked, lang: str) -> dict[str, Any]:
    """Return what the page shows of figures."""
    stretch = asked.stretch
    return {
        "errands": kept_by(shown.name, stretch.since, stretch.until, clock.now()),
        "rows": rows(shown, plan, figures, asked, lang),
        "query": asked.href(),
    }
