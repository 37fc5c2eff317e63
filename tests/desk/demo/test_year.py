"""The example's year: the same seed gives the same year, and it looks like one."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F

from tantam.desk.cases.models import Case, CaseEvent, Message, Promise
from tantam.desk.claims.models import Claim
from tantam.desk.customers.models import Contact
from tantam.desk.demo.load import Size, load
from tantam.desk.demo.people import buyers
from tantam.desk.demo.seasons import TET, at_work, moments, weight_of
from tantam.desk.feedback.models import Rating
from tests.support.sources import ROOT

UNTIL = datetime(2026, 5, 20, 4, 30, tzinfo=UTC)  # a Wednesday, half past eleven in the morning
SMALL = Size(customers=40, purchases=120, cases=70, fresh=4)


def _load(size: Size) -> None:
    load(ROOT / "plans/ben-xuan", UNTIL, size=size)


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker: Any) -> Any:
    """The small year, made once for this module and undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        _load(SMALL)
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("year")
@pytest.mark.django_db
def test_year_has_open_cases_of_the_last_hour_and_kept_and_broken_promises() -> None:
    assert Case.objects.count() == SMALL.cases
    fresh = Case.objects.filter(opened_at__gte=UNTIL - timedelta(hours=1), status="open")
    assert fresh.count() >= SMALL.fresh
    states = Counter(Promise.objects.values_list("state", flat=True))
    assert states["kept"] > 5 * states["broken"] > 0
    assert states["owed"] > 0


@pytest.mark.usefixtures("year")
@pytest.mark.django_db
def test_nothing_happened_after_its_end() -> None:
    assert not CaseEvent.objects.filter(at__gt=UNTIL).exists()
    assert not Message.objects.filter(written_at__gt=UNTIL).exists()
    assert not Promise.objects.filter(state="owed", due_at__lt=UNTIL, paused_at=None).exists()


@pytest.mark.usefixtures("year")
@pytest.mark.django_db
def test_every_case_began_with_its_event_and_its_words() -> None:
    opened = CaseEvent.objects.filter(code="opened").values_list("case_id", flat=True)
    assert sorted(opened) == sorted(Case.objects.values_list("pk", flat=True))
    assert not Case.objects.exclude(messages__direction="incoming").exists()
    assert not Message.objects.filter(body__contains="{").exists()
    assert Claim.objects.filter(state="granted").exists()


@pytest.mark.usefixtures("year")
@pytest.mark.django_db
def test_no_two_customers_share_an_address() -> None:
    reached = set(Contact.objects.values_list("value", "customer"))  # one may have a number for calls and messages
    values = [value for value, _ in reached]
    assert len(values) == len(set(values))
    assert all(each.endswith(".example") for each in values if "@" in each)


def test_vietnamese_family_name_comes_first() -> None:
    people = [each for each in buyers(Random(1), 200, 2026) if each.language == "vi" and each.kind == "person"]
    assert all(each.name.split()[-1] == each.given for each in people)
    assert all(len(each.name.split()) >= 3 for each in people)


def test_more_write_on_mondays_and_before_tet() -> None:
    tet = next(each for each in TET if each.year == 2026)
    assert weight_of(tet - timedelta(days=8)) > weight_of(tet - timedelta(days=36))
    assert weight_of(tet) < 0.5
    when = moments(Random(1), 4000, UNTIL - timedelta(days=365), UNTIL)
    days = Counter(each.weekday() for each in when)
    assert days[0] > days[6]


def test_the_shop_answers_by_day() -> None:
    night = datetime(2026, 5, 19, 19, 0, tzinfo=UTC)  # two in the morning
    assert at_work(night) == datetime(2026, 5, 20, 1, 0, tzinfo=UTC)
    assert at_work(UNTIL) == UNTIL


@pytest.mark.usefixtures("year")
@pytest.mark.django_db
def test_some_say_how_they_were_served_and_who_was_let_down_says_so() -> None:
    given = list(Rating.objects.values_list("case", "score", "rated_at"))
    assert 0.15 < len(given) / Case.objects.filter(status="resolved").count() < 0.6
    events = CaseEvent.objects.filter(code="rated").values_list("case", "args__score", "at")
    assert sorted(events) == sorted(given)
    assert not Rating.objects.filter(rated_at__lt=F("case__resolved_at")).exists()
