"""Says figures: values with their unit, how they moved, how sure they are, and what they cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as noop

from tantam.desk.common import clock, spoken
from tantam.desk.plans import RunningPlan
from tantam.desk.reports import Stretch, damaged
from tantam.desk.reports.alarms import Alarm
from tantam.desk.web import case_words
from tantam.desk.web.measure_words import MEASURES
from tantam.history.events import DESK
from tantam.history.measures import Ended, Kind, Measured

_STRETCHES = {
    "week": noop("7 days"),
    "month": noop("30 days"),
    "quarter": noop("13 weeks"),
    "year": noop("A year"),
}
_ENDS = {"all": noop("kept and broken"), "kept": noop("kept"), "broken": noop("broken"), "used": noop("used")}
_ORDERS = {"worst": noop("worst first"), "newest": noop("newest first")}
_SLICES = {
    "group": noop("Customer group"),
    "stage": noop("Stage"),
    "channel": noop("Channel"),
    "level": noop("Level"),
    "person": noop("Colleague"),
    "provider": noop("Provider"),
    "policy": noop("Policy"),
    "clause": noop("Clause"),
    "version": noop("Plan version"),
    "source": noop("History"),
}
_NONE = {
    "group": noop("in no group"),
    "person": noop("nobody’s"),
    "provider": noop("our own people"),
    "policy": noop("under no policy"),
    "clause": noop("by no clause"),
}
_SEVERAL = {
    "group": noop("A customer can be in several groups: the parts add up to more than the whole."),
    "policy": noop("A case can be about several policies: the parts add up to more than the whole."),
}


@dataclass(frozen=True, slots=True)
class Trend:
    """How a figure moved against the stretch before. icon: up, down or "". look: as the plan sees it, or ""."""

    text: str
    icon: str = ""
    look: str = ""


def stretch(code: str) -> str:
    """Return the name of a stretch of time."""
    return gettext(_STRETCHES[code])


def stretch_shown(shown: Stretch) -> str:
    """Return a stretch in words: `13 weeks`, or `1 Jan – 28 Feb 2017`."""
    if shown.first is None:
        return stretch(shown.code)
    now = clock.now()
    return f"{spoken.day(shown.since, now)} – {spoken.day(shown.until - timedelta(minutes=1), now)}"


def ends(code: str) -> str:
    """Return how promises ended, for a choice."""
    return gettext(_ENDS[code])


def order(code: str) -> str:
    """Return in which order cases are listed."""
    return gettext(_ORDERS[code])


def all_promises() -> str:
    """Return the title of a list that holds promises of every kind."""
    return gettext("All promises")


def source(name: str) -> str:
    """Return what a history is called: this desk, the imported log's own name, or "" for all of them."""
    match name:
        case "":
            return gettext("all together")
        case value if value == DESK:
            return gettext("this desk")
        case _:
            return name


def slice_name(by: str) -> str:
    """Return by what figures are cut."""
    return gettext(_SLICES[by])


def none_of(by: str) -> str:
    """Return what a slice is called that holds what has none: no group, no owner."""
    return gettext(_NONE[by]) if by in _NONE else gettext("none")


def several(by: str) -> str:
    """Return why the slices of a cut add up to more than the whole, "" where they cannot."""
    return gettext(_SEVERAL[by]) if by in _SEVERAL else ""


def name(measure: str, plan: RunningPlan, lang: str) -> str:
    """Return what a measure is called: by the plan, else by us."""
    return plan.measure_label(measure, lang) or _own_name(measure)


def _own_name(measure: str) -> str:
    return gettext(MEASURES[measure].name) if measure in MEASURES else case_words.plain(measure)


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
            return spoken.hours(figure)  # of open time: a day of it is no day of the calendar


def counted(found: Measured | Alarm) -> str:
    """Return how many stand behind a figure: `50 of 59`, or `59 counted`; "" for none."""
    if not found.n:
        return ""
    n = spoken.number(found.n)
    match found.kind:
        case Kind.SHARE:
            return gettext("%(hits)s of %(n)s") % {"hits": spoken.number(found.hits), "n": n}
        case Kind.MINUTES:
            return ngettext("%(n)s counted", "%(n)s counted", found.n) % {"n": n}


def between(kind: Kind, low: float | None, high: float | None) -> str:
    """Return the interval in words: `almost surely between 93 % and 97 %`; "" where it is unknown."""
    if low is None or high is None:
        return ""
    said = {"low": value(kind, low), "high": value(kind, high)}
    return gettext("almost surely between %(low)s and %(high)s") % said


def trend(found: Measured) -> Trend:
    """Return how it moved, and whether that is better, worse or within chance: the value before is as likely as it."""
    if found.value is None:
        return Trend("")
    if found.before is None:
        return Trend(gettext("nothing to compare with before"))
    moved = found.value - found.before
    words = _moved(found.kind, moved)
    if not words:
        return Trend(gettext("unchanged"))
    icon = "up" if moved > 0 else "down"
    if found.low is None or found.high is None or found.low <= found.before <= found.high:
        return Trend(gettext("%(moved)s, within chance") % {"moved": words}, icon)
    if (moved > 0) is (found.definition.direction == "up"):
        return Trend(gettext("%(moved)s, better") % {"moved": words}, icon, "t-kept")
    return Trend(gettext("%(moved)s, worse") % {"moved": words}, icon, "t-broken")


def before(found: Measured) -> str:
    """Return what it was in the stretch before, and of how many; "" where nothing was."""
    if found.before is None:
        return ""
    said = {"value": value(found.kind, found.before), "n": spoken.number(found.before_n)}
    return (
        ngettext("before that: %(value)s (%(n)s counted)", "before that: %(value)s (%(n)s counted)", found.before_n)
        % said
    )


def _moved(kind: Kind, moved: float) -> str:
    """Return by how much; "" for what cannot be seen."""
    match kind:
        case Kind.SHARE if abs(moved) < 0.0005:
            return ""
        case Kind.SHARE:
            words = gettext("%(points)s points up") if moved > 0 else gettext("%(points)s points down")
            return words % {"points": spoken.number(abs(moved) * 100, 1)}
        case Kind.MINUTES if abs(moved) < 1:
            return ""
        case Kind.MINUTES:
            words = gettext("%(length)s longer") if moved > 0 else gettext("%(length)s shorter")
            return words % {"length": spoken.hours(moved)}


def bound(kind: Kind, sign: str, at: float) -> str:
    """Return a bound: `≥ 95 %`."""
    return f"{sign.replace('>=', '≥').replace('<=', '≤')} {value(kind, at)}"


def whose(plan: RunningPlan, group: str, stage: str, lang: str) -> str:
    """Return whose cases a figure counts: `Older customers, After the sale`; "" for everybody's."""
    groups = [plan.group_label(group, lang)] if group else []
    return ", ".join([*groups, *([case_words.stage(plan, stage)] if stage else [])])


def lost(sources: Sequence[str]) -> list[str]:
    """Return what to know of imported histories that are damaged, a sentence each."""
    return [damaged(each).sentence() for each in sources]


def last_events(last: datetime) -> str:
    """Return when a source's last events were: `The last events are of 18 Feb 2017.`"""
    return gettext("Nothing happened in this time. The last events are of %(day)s.") % {
        "day": spoken.day(last, clock.now())
    }


def last_year(last: datetime) -> str:
    """Return which year is shown of a source, as nothing happened since: `The last events are of 18 Feb 2017: …`"""
    return gettext("The last events are of %(day)s: the year up to then is shown.") % {
        "day": spoken.day(last, clock.now())
    }


def took(end: Ended) -> str:
    """Return how long it took, or how late it was."""
    if end.minutes is None:
        return gettext("not done yet") if end.code == "broken" and end.source == DESK else "–"  # a log need not know
    length = spoken.length(end.minutes)
    if end.code == "kept":
        return length
    return gettext("%(length)s late") % {"length": length}
