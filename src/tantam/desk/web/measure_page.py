"""What the page of one measure shows: its figure, its weeks, how it is counted and cut, what stands behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from tantam.desk import reports
from tantam.desk.common import clock
from tantam.desk.plans import RunningPlan
from tantam.desk.reports import Figures, Lived
from tantam.desk.web import cases_behind, definition_words, figure_words
from tantam.desk.web.asked import NARROWED, FiguresAsked, lived_then, when, where_it_lived
from tantam.desk.web.charts import weeks_chart
from tantam.desk.web.doors import StaffRequest
from tantam.desk.web.look import ORDERS, Look
from tantam.desk.web.measure_rows import key_names, slice_rows
from tantam.history.measures import Definition, Kind, Measured


def context(request: StaffRequest, definition: Definition, shown: FiguresAsked) -> dict[str, Any]:
    """Return the page's context. The number of queries does not depend on the number of cases."""
    assert request.plan is not None
    plan, lang, figures, look = request.plan, request.LANGUAGE_CODE, reports.figures(), _look(request, definition)
    lived = reports.sources(figures.past)
    shown = where_it_lived(shown, lived, clock.now())
    found = figures.measured(definition, shown.stretch, shown.part)
    return {
        **_figure(found, plan, lang),
        "when": when(shown, lived, **look.stays),
        "back": reverse("web:measures") + shown.href(**dict.fromkeys(NARROWED, "")),
        "elsewhere": lived_then(shown, lived),
        "lost": figure_words.lost(figures.lost),
        "narrowed": _narrowed(shown, look, plan, lang),
        "tabs": _tabs(definition, shown, look, lived),
        "slices": _slices(figures, found, shown, look, plan),
        "cases": cases_behind.context(request, figures, found, shown, look),
    }


def _look(request: StaffRequest, definition: Definition) -> Look:
    by, order, only = (request.GET.get(each, "") for each in ("by", "order", "only"))
    return Look(
        by if by in definition.slices else definition.slices[0],
        next((each for each in ORDERS if each == order), ORDERS[0]),
        only if only in ("0", "1") and definition.kind is Kind.SHARE else "",
    )


def _figure(found: Measured, plan: RunningPlan, lang: str) -> dict[str, Any]:
    definition, goal = found.definition, reports.goal_for_all(plan, found.name)
    return {
        "name": figure_words.name(definition.name, plan, lang),
        "explained": figure_words.explained(definition.name, plan, lang),
        "definition": definition_words.rows(definition, plan, lang),
        "clause": plan.measure_clause(definition.name),
        "value": figure_words.value(found.kind, found.value),
        "known": found.value is not None,
        "counted": figure_words.counted(found),
        "missing": definition_words.missing(found),
        "between": figure_words.between(found.kind, found.low, found.high),
        "trend": figure_words.trend(found),
        "before": figure_words.before(found),
        "alarmed": found.alarmed,
        "goal": None if goal is None else figure_words.value(found.kind, goal),
        "weeks": weeks_chart(found, goal),
    }


def _narrowed(shown: FiguresAsked, look: Look, plan: RunningPlan, lang: str) -> list[tuple[str, str, str]]:
    """Return by what the page is narrowed: what it is, its name, and a way to leave it."""
    return [
        (figure_words.slice_name(each), key_names(each, [key], plan, lang)[key], shown.href(**look.stays | {each: ""}))
        for each, key in shown.narrowed.items()
    ]


def _tabs(
    definition: Definition, shown: FiguresAsked, look: Look, lived: Sequence[Lived]
) -> list[tuple[str, str, bool]]:
    """Return by what the figure may be cut; by its source only where there are several."""
    several = len(lived) > 1
    return [
        (shown.href(**look.stays | {"by": each}) + "#parts", figure_words.slice_name(each), each == look.by)
        for each in definition.slices
        if each != "source" or several
    ]


def _slices(figures: Figures, found: Measured, shown: FiguresAsked, look: Look, plan: RunningPlan) -> Mapping[str, Any]:
    slices = figures.sliced(found.definition, shown.stretch, look.by, shown.part)
    names = key_names(look.by, [each.key for each in slices], plan, get_language() or "en")
    seen = slice_rows(slices, found, names)
    rows = [{**each, "href": shown.href(**look.stays | {look.by: each["key"]}) + "#cases"} for each in seen["rows"]]
    more = sum(each.n for each in slices) > found.n
    several = figure_words.several(look.by) if more else ""
    return {**seen, "rows": rows, "by": figure_words.slice_name(look.by), "several": several}
