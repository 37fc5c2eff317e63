"""The manager's figures: promises kept, goals, alarms and every measure of the plan; each number opens its cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from tantam.desk import reports
from tantam.desk.common import clock
from tantam.desk.web import alarm_words, case_words, figure_words, first_rows, measure_page
from tantam.desk.web.asked import MOST_CHARACTERS, FiguresAsked, asked, lived_then, when, where_it_lived, widened
from tantam.desk.web.cases_behind import ended_rows
from tantam.desk.web.charts import days_chart
from tantam.desk.web.doors import StaffRequest, overseers
from tantam.desk.web.measure_rows import cell, goal_row
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned_in
from tantam.history.measures import USES, Which
from tantam.history.measures.ended import MOST as MOST_ENDED

NORTH = "promises_kept"


@require_safe
@overseers
@planned_in("measures")
def show(request: StaffRequest) -> HttpResponse:
    """Show the figures of one stretch of time."""
    figures, now = reports.figures(), clock.now()
    lived = reports.sources(figures.past)
    shown = where_it_lived(widened(asked(request.GET, now)), lived, now)
    context = {
        "when": when(shown, lived),
        "query": shown.href(),
        "alarms": alarm_words.findings(request.plan, request.LANGUAGE_CODE),
        "elsewhere": lived_then(shown, lived),
        "lost": figure_words.lost(figures.lost),
        **_north(request, figures, shown),
        **_measures(request, figures, shown),
    }
    return page(request, "web/measures.html", context, place="measures")


@require_safe
@overseers
def measure(request: StaffRequest, name: str) -> HttpResponse:
    """Show one measure: its value, its weeks, how it is counted, its slices, and the cases behind."""
    if request.plan is None or name not in request.plan.definitions:
        raise Http404
    shown = asked(request.GET, clock.now())
    context = measure_page.context(request, request.plan.definitions[name], shown)
    return page(request, "web/measure.html", context, place="measures")


def _north(request: StaffRequest, figures: reports.Figures, shown: FiguresAsked) -> dict[str, Any]:
    assert request.plan is not None
    kept = figures.measured(request.plan.definitions[NORTH], shown.stretch, shown.part)
    goal = reports.goal_for_all(request.plan, NORTH)
    return {
        "kept": kept,
        "broken": kept.n - kept.hits,
        "between": figure_words.between(kept.kind, kept.low, kept.high),
        "trend": figure_words.trend(kept),
        "before": figure_words.before(kept),
        "goal": None if goal is None else figure_words.value(kept.kind, goal),
        "days": days_chart(figures.kept_in(shown.stretch.bars(), shown.part.source), shown.stretch),
    }


def _measures(request: StaffRequest, figures: reports.Figures, shown: FiguresAsked) -> dict[str, Any]:
    assert request.plan is not None
    plan, lang = request.plan, request.LANGUAGE_CODE
    goals = [goal_row(each, plan, lang) for each in reports.goals_seen(figures, plan, shown.stretch, shown.part)]
    cells = [cell(figures.measured(each, shown.stretch, shown.part), plan, lang) for each in plan.definitions.values()]
    return {
        "goals": [{**each, "href": shown.href(**each["narrowed"])} for each in goals],
        "cells": [each for each in cells if each["measure"] != NORTH],
        "kinds": [
            (each, case_words.promise(plan, each.kind))
            for each in figures.kept_by_kind(shown.stretch, shown.part.source)
        ],
    }


ENDS: Mapping[str, tuple[str, ...]] = {
    "all": ("kept", "broken"),
    "kept": ("kept",),
    "broken": ("broken",),
    "used": USES,
}


@require_safe
@overseers
def promises(request: StaffRequest) -> HttpResponse:
    """Show how each promise ended: all of them, of one kind, or of one clause."""
    if request.plan is None:
        raise Http404
    figures, plan, now = reports.figures(), request.plan, clock.now()
    lived = reports.sources(figures.past)
    shown = where_it_lived(widened(asked(request.GET, now)), lived, now)
    kind, clause, ends = (request.GET.get(each, "")[:MOST_CHARACTERS] for each in ("kind", "clause", "ends"))
    ends = ends if ends in ENDS else "all"
    which = Which(ENDS[ends], kind=kind, clause=clause, source=shown.part.source)
    ended = figures.ended((shown.stretch.since, shown.stretch.until), which)
    rows = ended_rows(request, ended, once=ends == "used")
    stays = {"kind": kind, "clause": clause, "ends": ends}
    context = {
        **_first(request, rows, shown.href(**stays | first_rows.MORE), more=len(ended) >= MOST_ENDED),
        "when": when(shown, lived, **stays),
        "elsewhere": lived_then(shown, lived),
        "lost": figure_words.lost(figures.lost),
        "back": reverse("web:measures") + shown.href(),
        "choices": [
            (shown.href(**stays | {"ends": each}), figure_words.ends(each), each == ends)
            for each in ("all", "kept", "broken", *(["used"] if clause else []))
        ],
        "what": case_words.promise(plan, kind) if kind else figure_words.all_promises(),
        "clause": clause,
    }
    return page(request, "web/promises.html", context, place="measures")


def _first(request: StaffRequest, rows: list[dict[str, Any]], href: str, *, more: bool) -> dict[str, Any]:
    """Return the first rows of a list with what is left out. more: whether there are others than these."""
    shown = rows[: first_rows.wanted(request.GET)]
    beyond = first_rows.Rest(beyond=True) if more else None
    return {
        "rows": shown,
        "total": len(rows),
        "more": more,
        "rest": first_rows.rest(len(shown), len(rows), href) or beyond,
    }
