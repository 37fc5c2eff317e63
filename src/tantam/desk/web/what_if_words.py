"""Says what a draft would have done: fates, places, histories, and what still has to come."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_noop as noop

from tantam.desk.common import spoken
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.models import Replay, ReplayState
from tantam.desk.web import case_words, figure_words
from tantam.history.events import DESK

_FIGURE = re.compile(r"(?<![&#\w])(\d+(?:[.,\u00a0\u202f]\d+)*)")
UNKNOWN = "unknown"
_FATES = {
    "kept": noop("kept"),
    "broken": noop("broken"),
    "open": noop("still open"),
    "withdrawn": noop("withdrawn"),
    "unknown": noop("not known"),
    "none": noop("not owed"),
}
_PLACES = {"severity": noop("Severity"), "level": noop("Level"), "stage": noop("Stage")}
_TROUBLES = {
    "ended_its_worker": noop("The worker ended each time it played this draft. Try a shorter stretch."),
    "plan_unreadable": noop("A plan that belongs to this run can no longer be read. Bring the draft again."),
    "history_gone": noop(
        "The imported history of this run is gone or damaged. Import it again, then try the draft once more."
    ),
    "failed": noop("Something failed while the draft was played. The reason stands under Troubles. Try it again."),
}


def fate(code: str) -> str:
    """Return what became of a promise, in a word."""
    return gettext(_FATES[code])


def place(what: str) -> str:
    """Return what moved: severity, level or stage."""
    return gettext(_PLACES[what])


def where(what: str, code: str, plan: RunningPlan, lang: str) -> str:
    """Return one severity, level or stage in words."""
    if code == UNKNOWN:
        return fate(UNKNOWN)
    match what:
        case "severity":
            return case_words.severity(plan, code)
        case "level":
            return plan.level_label(code, lang)
        case _:
            return case_words.stage(plan, code)


def moved(what: str, count: int) -> str:
    """Return how many cases go elsewhere, as a chart's title."""
    match what:
        case "severity":
            said = ngettext(
                "%(n)s case would have been of another severity",
                "%(n)s cases would have been of another severity",
                count,
            )
        case "level":
            said = ngettext(
                "%(n)s case would have gone to another level", "%(n)s cases would have gone to another level", count
            )
        case _:
            said = ngettext(
                "%(n)s case would have been of another stage", "%(n)s cases would have been of another stage", count
            )
    return said % {"n": spoken.number(count)}


def broken(before: int, after: int) -> str:
    """Return how many promises are broken now and then, as a chart's title."""
    given = {"n": spoken.number(abs(after - before)), "before": spoken.number(before), "after": spoken.number(after)}
    if after == before:
        return gettext("As many promises broken as before: %(after)s") % given
    if after > before:
        words = ngettext(
            "%(n)s more promise would have been broken: %(after)s instead of %(before)s",
            "%(n)s more promises would have been broken: %(after)s instead of %(before)s",
            after - before,
        )
    else:
        words = ngettext(
            "%(n)s fewer promise would have been broken: %(after)s instead of %(before)s",
            "%(n)s fewer promises would have been broken: %(after)s instead of %(before)s",
            before - after,
        )
    return words % given


def emphasised(sentence: str) -> SafeString:
    """Return a sentence as HTML with its figures set apart."""
    return mark_safe(_FIGURE.sub(r"<b>\1</b>", escape(sentence)))  # escaped, but for our own tag


def shift(minutes: float) -> str:
    """Return how much sooner or later something is due."""
    given = {"length": spoken.length(minutes)}
    return (gettext("due %(length)s sooner") if minutes < 0 else gettext("due %(length)s later")) % given


def stretch(code: str) -> str:
    """Return the name of a stretch of time."""
    return gettext("All there is") if code == "all" else figure_words.stretch(code)


def source(code: str) -> str:
    """Return the name of a history."""
    return gettext("This desk") if code == DESK else gettext("Imported: %(name)s") % {"name": code}


def cases(count: int) -> str:
    """Return how many cases."""
    return ngettext("%(n)s case", "%(n)s cases", count) % {"n": spoken.number(count)}


def days(since: datetime, until: datetime) -> str:
    """Return the days of a stretch, both counted: `1 Sep to 20 Nov 2026`."""
    last = until - timedelta(minutes=1)
    return gettext("%(since)s to %(until)s") % {"since": _date(since), "until": _date(last)}


def _date(at: datetime) -> str:
    local = timezone.localtime(at)
    match get_language():
        case "de":
            return f"{local.day}. {date_format(local, 'F')} {local.year}"
        case "vi":
            return local.strftime("%d/%m/%Y")
        case _:
            return date_format(local, "j F Y")


def trouble(replay: Replay) -> str:
    """Return why a run was given up, and what to do."""
    return told(replay.trouble)


def told(trouble: str) -> str:
    """Return a trouble of runs, by its code, in words."""
    known = trouble if trouble in _TROUBLES else "failed"
    return gettext(_TROUBLES[known])


def state(replay: Replay) -> str:
    """Return how far a run is, in a word or two."""
    match ReplayState(replay.state):
        case ReplayState.RUNNING:
            return gettext("under way, %(percent)s") % {"percent": spoken.percent(replay.progress / 100)}
        case ReplayState.WAITING:
            return gettext("waits for a worker")
        case ReplayState.DONE:
            return gettext("done")
        case ReplayState.FAILED:
            return gettext("given up")


def outcome(changed: int, cases: int) -> str:
    """Return what came of a run, in few words."""
    if not cases:
        return gettext("no case in this stretch")
    given = {"n": spoken.number(changed), "cases": spoken.number(cases)}
    return gettext("%(n)s of %(cases)s cases otherwise") % given if changed else gettext("nothing changes")


def topic(code: str, plan: RunningPlan, lang: str) -> str:
    """Return what a case was about."""
    return capfirst(plan.label("topic", code, lang)) if code else "–"
