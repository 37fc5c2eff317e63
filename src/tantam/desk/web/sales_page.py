"""What the page before the sale shows, in the reader's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Prefetch
from django.http import QueryDict
from django.utils.translation import gettext

from tantam.desk.accounts.models import Person
from tantam.desk.cases.ledger import chips, most_urgent
from tantam.desk.common import clock
from tantam.desk.plans import RunningPlan, providers, sales, topics
from tantam.desk.sales import figures
from tantam.desk.sales.models import Enquiry, Quote
from tantam.desk.web import case_words
from tantam.desk.web.leaves import Leaf, leaf
from tantam.desk.web.periods import PERIODS, period

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
        return period(self.named, usual=PERIODS[0])


@dataclass(frozen=True)
class Table:
    """What became of enquiries by something. head: of its column; without: what those without it are called."""

    title: str
    head: str
    without: str
    ways: Sequence[tuple[str, figures.Ways]]


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


def _tables(asked: Asked, since: datetime) -> list[Table]:
    """Return what was asked by group, topic, channel and, where any of it is theirs, by provider; four queries."""
    plan, lang, person = asked.plan, asked.lang, asked.person
    called = {each.name: each.label for each in topics.topics(plan, lang)}
    of_groups = [_named(each, plan.group_label(each.name, lang)) for each in figures.by_group(person, since)]
    of_topics = [_named(each, called.get(each.name, each.name)) for each in figures.by_topic(person, since)]
    of_channels = [_named(each, case_words.channel(each.name)) for each in figures.by_channel(person, since)]
    of_providers = [
        _named(each, providers.called(plan, each.name, lang)) for each in figures.by_provider(person, since)
    ]
    theirs = of_providers if any(each.name for _, each in of_providers) else []
    tables = [
        Table(gettext("By group"), gettext("Group"), gettext("no group"), of_groups),
        Table(gettext("By topic"), gettext("Topic"), gettext("no topic"), of_topics),
        Table(gettext("By channel"), gettext("Channel"), "–", of_channels),
        Table(gettext("By provider"), gettext("Provider"), gettext("our own people"), theirs),
    ]
    return [each for each in tables if each.ways]


def _named(each: figures.Ways, label: str) -> tuple[str, figures.Ways]:
    return label if each.name else "", each
