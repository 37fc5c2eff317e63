"""Tells managers of providers: that the plan stopped one, or that one is near it; each once, on duty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tantam.desk import duty
from tantam.desk.accounts.models import Person
from tantam.desk.notices import telling
from tantam.desk.notices.concerned import managers
from tantam.desk.notices.models import Kind, Notice
from tantam.desk.plans.seeing import sees_house

STOPPED, NEAR = "provider_stopped", "provider_near"
WEEK = 7  # days


@dataclass(frozen=True, slots=True)
class News:
    """What is told of a provider. code: STOPPED or NEAR. last: what it is told of once: a stop's id, or a week."""

    code: str
    provider: str
    measure: str
    last: int


def stopped(provider: str, measure: str, stop: int) -> News:
    """Return the news that a provider was stopped. stop: the id of what stands against it."""
    return News(STOPPED, provider, measure, stop)


def near(provider: str, measure: str, now: datetime) -> News:
    """Return the news that a provider is near what stops it: the same for a week, whichever measure says so."""
    return News(NEAR, provider, measure, now.date().toordinal() // WEEK)


def tell(news: News, now: datetime) -> int:
    """Tell every manager of the house who was not told yet; return how many those were. now: aware. May run twice."""
    told = Notice.objects.filter(provider=news.provider, code=news.code, last_event=news.last).values("person")
    found = [each for each in Person.objects.filter(pk__in=managers()).exclude(pk__in=told) if sees_house(each)]
    return sum(_tell(each, news, now) for each in found)


def _tell(person: Person, news: News, now: datetime) -> bool:
    with transaction.atomic():
        notice, made = Notice.objects.get_or_create(
            person=person,
            provider=news.provider,
            code=news.code,
            last_event=news.last,
            defaults={"kind": Kind.PROVIDER, "args": {"measure": news.measure}, "at": now},
        )
        if made:
            telling.ask(notice, duty.next_on_duty(person, now))
        return made
