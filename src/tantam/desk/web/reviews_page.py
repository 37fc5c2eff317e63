"""What the pages of reviews show, in the reader's words: what waits, what was found, and how it adds up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from tantam.desk import plans, reports
from tantam.desk.accounts.models import Person
from tantam.desk.cases.access import sees
from tantam.desk.plans import RunningPlan, providers, quality
from tantam.desk.plans.quality import Mark
from tantam.desk.reviews import access
from tantam.desk.reviews.models import Review
from tantam.desk.web import figure_words
from tantam.desk.web.case_log import log_of
from tantam.desk.web.leaves import Leaf, leaf
from tantam.desk.web.measure_rows import key_names
from tantam.desk.web.talk import talk
from tantam.history.measures import NONE, Kind, Slice

MOST = 100  # rows of a list
OVER = "quarter"  # the stretch that the figures are of


@dataclass(frozen=True, slots=True)
class Row:
    """A review in a list. result: "" while it waits. late: whether its day has passed."""

    found: Review
    form: str
    whose: str
    result: str
    late: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the form with what was marked. choices: each mark with its words."""

    name: str
    words: str
    critical: bool
    mark: str
    said: str
    choices: tuple[tuple[str, str], ...]


def waiting(person: Person, asked: QueryDict, lang: str, now: datetime) -> Leaf:
    """Return what waits for this person, what is due first. asked: by the page's address."""
    found = leaf(access.waiting_for(person), asked, most=MOST, name="waiting", at="waiting")
    return found.of(lambda each: _row(each, lang, now))


def done(person: Person, asked: QueryDict, lang: str, now: datetime) -> Leaf:
    """Return what is done, the newest first. asked: by the page's address."""
    found = leaf(access.done_for(person), asked, most=MOST, name="done", at="done")
    return found.of(lambda each: _row(each, lang, now))


def figures(plan: RunningPlan, lang: str, now: datetime) -> list[dict[str, Any]]:
    """Return how good the conversations of a quarter were, whole and by provider, team and person."""
    asked, over = reports.figures(), reports.stretch(OVER, now)
    definition = plan.definitions[providers.QUALITY]
    whole = asked.measured(definition, over)
    if not whole.n:
        return []
    people = asked.sliced(definition, over, "person")
    rows = [_figure(gettext("All together"), whole.n, whole.value, (whole.low, whole.high))]
    rows += _slices(gettext("By provider"), asked.sliced(definition, over, "provider"), "provider", plan, lang)
    rows += _teams(people, plan, lang)
    return rows + _slices(gettext("By person"), people, "person", plan, lang)


def form_of(found: Review, marks: Mapping[str, str], lang: str) -> tuple[quality.Form, list[Line]]:
    """Return the form by which it was drawn, and its lines with these marks."""
    form = quality.form(plans.version(found.plan_version_id), found.form, lang)
    return form, [_line(each, marks.get(each.name, "")) for each in form.lines]


def conversation(found: Review, person: Person, plan: RunningPlan, lang: str) -> Mapping[str, Any]:
    """Return the newest part of the conversation for who may see the case; nothing for others."""
    if not sees(person, found.case):
        return {}
    case = found.case
    said = talk([case], (person, plan, lang), before=None, log=log_of([case], {}))
    return {"case": case, "talk": said}


def result(found: Review) -> str:
    """Return what a review came to, in words; "" before it is done."""
    if not found.is_done or found.points is None:
        return ""
    said = gettext("good, %(points)s of 100 points") if found.good else gettext("not good, %(points)s of 100 points")
    return said % {"points": found.points}


def marks_said() -> tuple[tuple[str, str], ...]:
    """Return the marks with their words, in the order of a form."""
    return (
        (Mark.YES.value, gettext("was there")),
        (Mark.NO.value, gettext("was missing")),
        (Mark.NONE.value, gettext("could not be seen here")),
    )


def _row(found: Review, lang: str, now: datetime) -> Row:
    plan = plans.version(found.plan_version_id)
    whose = found.person.name
    if found.provider:
        whose = f"{whose}, {providers.called(plan, found.provider, lang)}"
    label = quality.form(plan, found.form, lang).label
    return Row(found, label, whose, result(found), not found.is_done and found.due_at < now)


def _line(line: quality.Line, mark: str) -> Line:
    choices = marks_said()
    return Line(line.name, line.words, line.critical, mark, dict(choices).get(mark, ""), choices)


def _slices(head: str, found: Iterable[Slice], by: str, plan: RunningPlan, lang: str) -> list[dict[str, Any]]:
    known = [each for each in found if each.n]
    names = key_names(by, [each.key for each in known], plan, lang)
    if by == "provider":
        names |= {NONE: gettext("our own people")}
    return [
        _figure(names[each.key], each.n, each.value, (each.low, each.high)) | {"head": head if not number else ""}
        for number, each in enumerate(known)
    ]


def _teams(people: Iterable[Slice], plan: RunningPlan, lang: str) -> list[dict[str, Any]]:
    """Return the same by the team that each person is in now: their own figures, added up."""
    ids = {each.key: each for each in people if each.key.isdecimal() and each.n}
    team_of = dict(Person.objects.filter(pk__in=map(int, ids)).values_list("pk", "team"))
    called, added = dict(plan.team_choices(lang)), dict[str, tuple[int, int]]()
    for key, each in ids.items():
        if team := team_of.get(int(key)):
            n, hits = added.get(team, (0, 0))
            added[team] = (n + each.n, hits + each.hits)
    rows = [_figure(called.get(team, team), n, hits / n, (None, None)) for team, (n, hits) in sorted(added.items())]
    return [row | {"head": gettext("By team") if not number else ""} for number, row in enumerate(rows)]


def _figure(name: str, n: int, value: float | None, between: tuple[float | None, float | None]) -> dict[str, Any]:
    return {
        "name": name,
        "n": n,
        "value": figure_words.value(Kind.SHARE, value),
        "between": figure_words.between(Kind.SHARE, *between),
        "head": "",
    }


__all__ = ["MOST", "Line", "Row", "conversation", "done", "figures", "form_of", "marks_said", "result", "waiting"]
