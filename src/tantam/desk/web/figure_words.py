"""Says figures: values with their unit, how they moved, how sure they are, and what stretch of time they cover."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as noop

from tantam.desk.common import spoken
from tantam.desk.plans import RunningPlan
from tantam.desk.web import case_words
from tantam.history.former import Ended, Kind, Measured

_STRETCHES = {
    "week": noop("7 days"),
    "month": noop("30 days"),
    "quarter": noop("13 weeks"),
    "year": noop("A year"),
}
_ENDS = {"all": noop("kept and broken"), "kept": noop("kept"), "broken": noop("broken"), "used": noop("used")}
_NAMES = {
    "promises_kept": noop("Promises kept"),
    "first_reply": noop("First reply, median"),
    "resolution": noop("Time to settle, median"),
}


def stretch(code: str) -> str:
    """Return the name of a stretch of time."""
    return gettext(_STRETCHES[code])


def ends(code: str) -> str:
    """Return how promises ended, for a choice."""
    return gettext(_ENDS[code])


def all_promises() -> str:
    """Return the title of a list that holds promises of every kind."""
    return gettext("All promises")


def name(measure: str, plan: RunningPlan, lang: str) -> str:
    """Return what a measure is called: by the plan, else by us."""
    return plan.measure_label(measure, lang) or _own_name(measure)


def _own_name(measure: str) -> str:
    return gettext(_NAMES[measure]) if measure in _NAMES else measure.replace("_", " ")


def explained(measure: str, plan: RunningPlan, lang: str) -> str:
    """Return how it is counted, in the plan's words; "" if it says nothing."""
    return plan.measure_words(measure, lang)


def value(kind: Kind, figure: float | None) -> str:
    """Return a value with its unit; a dash where nothing was counted."""
    if figure is None:
        return "–"
    match kind:
        case Kind.SHARE:
            return spoken.percent(figure, 1)
        case Kind.MINUTES:
            return spoken.length(figure)


def between(found: Measured) -> str:
    """Return the interval in words: `between 93 % and 97 %`; "" where it is unknown."""
    if found.low is None or found.high is None:
        return ""
    low, high = value(found.kind, found.low), value(found.kind, found.high)
    return gettext("surely between %(low)s and %(high)s") % {"low": low, "high": high}


def trend(found: Measured, plan: RunningPlan, lang: str) -> str:
    """Return how it moved against the stretch before, by what the plan calls better."""
    if found.value is None:
        return ""
    if found.before is None:
        return gettext("nothing to compare with before")
    moved = found.value - found.before
    match found.kind:
        case Kind.SHARE if abs(moved) < 0.0005:
            return gettext("unchanged")
        case Kind.SHARE:
            points = spoken.number(abs(moved) * 100, 1)
            words = gettext("%(points)s points up") if moved > 0 else gettext("%(points)s points down")
            return words % {"points": points}
        case Kind.MINUTES if abs(moved) < 1:
            return gettext("unchanged")
        case Kind.MINUTES:
            words = gettext("%(length)s slower") if moved > 0 else gettext("%(length)s faster")
            return words % {"length": spoken.length(moved)}


def whose(plan: RunningPlan, group: str, stage: str, lang: str) -> str:
    """Return whose cases a figure counts: `Older customers, After the sale`; "" for everybody's."""
    groups = [plan.group_label(group, lang)] if group else []
    return ", ".join([*groups, *([case_words.stage(stage)] if stage else [])])


def took(end: Ended) -> str:
    """Return how long it took, or how late it was."""
    if end.minutes is None:
        return gettext("not done yet") if end.code == "broken" else "–"
    length = spoken.length(end.minutes)
    if end.code == "kept":
        return length
    return gettext("%(length)s late") % {"length": length}
