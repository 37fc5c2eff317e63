"""What the page before the sale shows, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Prefetch
from django.http import QueryDict

from tantam.desk.accounts.models import Person
from tantam.desk.cases.ledger import chips, most_urgent
from tantam.desk.common import clock
from tantam.desk.common.numbers import whole
from tantam.desk.plans import RunningPlan, sales
from tantam.desk.sales import figures
from tantam.desk.sales.models import Enquiry, Quote
from tantam.desk.web import case_words
from tantam.desk.web.leaves import Leaf, leaf

PERIODS = (30, 90, 365)  # days
MOST = 40


@dataclass(frozen=True)
class Asked:
    """Who looks, in which language. named: what the address says."""

    person: Person
    plan: RunningPlan
    lang: str
    named: QueryDict

    @property
    def days(self) -> int:
        """How many days back the figures go."""
        days = whole(self.named.get("days", ""))
        return days if days in PERIODS else PERIODS[0]


def context(asked: Asked) -> dict[str, Any]:
    """Return the context of web/sales.html; as many queries for ten thousand enquiries as for one."""
    since = clock.now() - timedelta(days=asked.days)
    ended = figures.ended(asked.person, since)
    return {
        "days": asked.days,
        "periods": PERIODS,
        "rows": _rows(asked),
        "quoted": [(number, total, currency) for currency, (number, total) in _value(asked).items()],
        "won": ended.get(Enquiry.State.WON, 0),
        "lost": ended.get(Enquiry.State.LOST, 0),
        "reasons": _reasons(asked, since),
        "tables": _tables(asked, since),
    }


def _value(asked: Asked) -> dict[str, tuple[int, int]]:
    return figures.quoted_value(asked.person)


def _rows(asked: Asked) -> Leaf:
    """Return the open enquiries, what is owed first, each with the quote that stands."""
    now = clock.now()
    stands = Prefetch("quotes", Quote.objects.filter(state=Quote.State.STANDS))
    found = figures.under_way(asked.person).prefetch_related(stands, "case__promises")
    return leaf(found, asked.named, most=MOST, at="open").of(lambda each: _row(each, now))


def _row(found: Enquiry, now: datetime) -> dict[str, Any]:
    return {
        "found": found,
        "case": found.case,
        "chip": most_urgent(chips(found.case, now)),
        "quote": next(iter(found.quotes.all()), None),  # of the prefetch above: the one that stands
    }


def _reasons(asked: Asked, since: datetime) -> list[tuple[str, int]]:
    counted = figures.lost_because(asked.person, since)
    return [(sales.reason_label(asked.plan, reason, asked.lang) if reason else "–", n) for reason, n in counted]


def _tables(asked: Asked, since: datetime) -> list[tuple[str, list[tuple[str, figures.Ways]]]]:
    """Return what was asked by group and by channel, each with what it is called."""
    groups, channels = figures.by_group(asked.person, since), figures.by_channel(asked.person, since)
    named = [(asked.plan.group_label(each.name, asked.lang) if each.name else "", each) for each in groups]
    return [("group", named), ("channel", [(case_words.channel(each.name), each) for each in channels])]
