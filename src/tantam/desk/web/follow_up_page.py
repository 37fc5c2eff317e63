"""What the page of follow-ups shows, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from tantam.desk.accounts.models import Person
from tantam.desk.common import clock, spoken
from tantam.desk.customers.models import Customer
from tantam.desk.followups import access
from tantam.desk.followups.models import FollowUp
from tantam.desk.plans import RunningPlan, follow_ups, sales
from tantam.desk.web.leaves import Leaf, leaf
from tantam.desk.web.periods import PERIODS, period

RESULTS = FollowUp.Result.choices
MOST_ROWS = 100
MOST_UNHEARD = 20
MOST_COUNTED = 1000


@dataclass(frozen=True)
class Asked:
    """Who looks, in which language. named: what the address says."""

    person: Person
    plan: RunningPlan
    lang: str
    named: QueryDict

    @property
    def days(self) -> int:
        """How many days back the page looks."""
        return period(self.named, usual=PERIODS[1])


@dataclass(frozen=True)
class ScoreShown:
    """A row of the plan, counted. done: letters and calls. withheld: why others were not.

    won_back: how many of those who were lost bought again since, in words; "" for rows of other customers.
    """

    name: str
    what: str
    clause: str
    planned: int
    done: int
    results: tuple[tuple[str, int], ...]
    withheld: tuple[tuple[str, int], ...]
    won_back: str


@dataclass(frozen=True)
class RowShown:
    """One follow-up. about: what they bought, or "". may_note: whether its result can be said."""

    found: FollowUp
    what: str
    about: str
    may_note: bool


@dataclass(frozen=True)
class Unheard:
    """Customers without contact. number: counted up to MOST_COUNTED; more: how many of them are not shown."""

    customers: tuple[Customer, ...]
    number: int
    more: int


def context(asked: Asked) -> dict[str, Any]:
    """Return the context of web/follow_ups.html; as many queries for ten thousand follow-ups as for one."""
    state, since = asked.named.get("state", ""), clock.now() - timedelta(days=asked.days)
    return {
        "days": asked.days,
        "periods": PERIODS,
        "scores": scores(asked, since),
        "rows": newest(asked, since, state),
        "state": state,
        "states": FollowUp.State.choices,
        "results": RESULTS,
        "unheard": unheard(asked, since),
    }


def scores(asked: Asked, since: datetime) -> list[ScoreShown]:
    """Return each row of the plan with what became of it since then."""
    counted = {each.row: each for each in access.scores(asked.person, since)}
    names = [*follow_ups.rows(asked.plan), *(each for each in counted if each not in follow_ups.rows(asked.plan))]
    back = access.won_back(asked.person, since, sales.won_back_within(asked.plan, clock.now()))
    return [_score(name, counted.get(name), asked, back.get(name)) for name in names]


def newest(asked: Asked, since: datetime, state: str) -> Leaf:
    """Return the follow-ups that were due since then, the latest due first. state: of FollowUp.State, else all."""
    found = access.follow_ups_for(asked.person).filter(due_at__gte=since)
    if state in FollowUp.State.values:
        found = found.filter(state=state)
    found = found.order_by("-due_at", "-id")
    return leaf(found, asked.named, most=MOST_ROWS, at="rows").of(lambda each: _row(each, asked))


def unheard(asked: Asked, since: datetime) -> Unheard:
    """Return who bought something and had no contact with us since then, whoever longest ago first."""
    found = access.without_contact(asked.person, since)
    number = len(found.values_list("pk")[:MOST_COUNTED])
    shown = tuple(found[:MOST_UNHEARD])
    return Unheard(shown, number, number - len(shown))


def _score(name: str, counted: access.Score | None, asked: Asked, back: tuple[int, int] | None) -> ScoreShown:
    states = counted.states if counted else {}
    return ScoreShown(
        name,
        follow_ups.said(asked.plan, name, asked.lang) or name.replace("_", " "),
        follow_ups.clause(name),
        states.get(FollowUp.State.PLANNED, 0),
        states.get(FollowUp.State.SENT, 0) + states.get(FollowUp.State.TO_CALL, 0),
        _said(RESULTS, counted.results if counted else {}),
        _said(FollowUp.Reason.choices, counted.reasons if counted else {}),
        _won_back(back, asked) if back else "",
    )


def _won_back(back: tuple[int, int], asked: Asked) -> str:
    won, n = back
    within = sales.won_back_within_aloud(asked.plan, asked.lang)
    said = {"won": spoken.number(won), "n": spoken.number(n), "within": within}
    return gettext("%(won)s of %(n)s bought again within %(within)s") % said


def _said(choices: Iterable[tuple[str, str]], counted: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((label, counted[code]) for code, label in choices if counted.get(code))


def _row(found: FollowUp, asked: Asked) -> RowShown:
    about = found.purchase.product.name(asked.lang) if found.purchase else ""
    what = follow_ups.said(asked.plan, found.row, asked.lang) or found.row.replace("_", " ")
    may_note = asked.person.acts and found.state in (FollowUp.State.SENT, FollowUp.State.TO_CALL)
    return RowShown(found, what, about, may_note)
