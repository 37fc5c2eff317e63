"""What came in is let go of once it was kept for as long as the plan says, and never while a person is to see to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tantam.desk.arrivals import intake, letting_go
from tantam.desk.arrivals.clearing import clear
from tantam.desk.arrivals.letting_go import LET_GO, let_go
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.channels.email import incoming
from tantam.desk.common import clock as desk_clock
from tantam.desk.common import recurring
from tantam.desk.customers.models import Customer
from tantam.desk.plans import RunningPlan, keeping
from tantam.plan.errors import Place
from tantam.plan.sections.clauses_care import Retention
from tantam.plan.tables.values import Family, Span
from tests.desk.channels.letters import mail
from tests.support.clock import StandingClock


def _taken(raw: bytes) -> Arrival:
    return intake.take_in(incoming.store(raw).pk)


def _clause(keep: Span | None) -> Retention:
    return Retention("any", Place("plan.yaml", 1, 1), keep=keep)


def _with(plan: RunningPlan, **clauses: Span | None) -> RunningPlan:
    """Return the plan as one that has these clauses under `privacy` and no other."""
    privacy = {name: _clause(keep) for name, keep in clauses.items()}
    return RunningPlan(plan.row, replace(plan.plan, privacy=privacy))


def test_machines_mail_is_kept_thirty_days(plan: RunningPlan, clock: StandingClock) -> None:
    machine = _taken(mail(Auto_Submitted="auto-generated"))
    clock.forward(days=30)
    let_go({})
    assert Arrival.objects.filter(pk=machine.pk).exists()
    clock.forward(seconds=1)
    let_go({})
    assert not Arrival.objects.exists()


def test_what_came_twice_goes_with_it_and_what_it_repeats_stays(plan: RunningPlan, clock: StandingClock) -> None:
    first = _taken(mail())
    again = _taken(mail(X_Gateway="2"))
    assert again.problem == Problem.DUPLICATE
    clock.forward(days=31)
    let_go({})
    assert list(Arrival.objects.values_list("pk", flat=True)) == [first.pk]


def test_what_became_a_message_is_kept_as_it_came_for_four_hundred_days(
    plan: RunningPlan, hoa: Customer, clock: StandingClock
) -> None:
    kept = _taken(mail())
    clock.forward(days=400)
    let_go({})
    kept.refresh_from_db()
    assert bytes(kept.raw)
    clock.forward(seconds=1)
    let_go({})
    kept.refresh_from_db()
    assert (bytes(kept.raw), kept.let_go_at) == (b"", clock.instant)
    assert kept.case is not None and kept.case.messages.get(direction="incoming").body == "Máy giặt nhà tôi kêu to quá."


def test_what_a_person_is_to_see_to_waits_for_ever(plan: RunningPlan, clock: StandingClock) -> None:
    lies = _taken(mail(sender="nobody"))
    unread = incoming.store(mail("Chưa đọc"))
    clock.forward(days=4_000)
    let_go({})
    assert lies.problem == Problem.NO_SENDER
    assert {bytes(each.raw) != b"" for each in Arrival.objects.filter(pk__in=(lies.pk, unread.pk))} == {True}
    assert Arrival.objects.count() == 2


def test_without_a_plan_nothing_is_let_go_of(db: None, clock: StandingClock) -> None:
    Arrival.objects.create(channel="mail", key="1", raw=b"x", received_at=clock.instant, read_at=clock.instant)
    clock.forward(days=4_000)
    let_go({})
    assert Arrival.objects.exists()


def test_a_burst_is_gone_in_portions_within_one_turn(
    plan: RunningPlan, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letting_go, "MOST", 7)
    now = desk_clock.now()
    Arrival.objects.bulk_create(
        Arrival(channel="mail", key=str(each), raw=b"x", received_at=now, read_at=now, problem=Problem.AUTOMATIC)
        for each in range(50)
    )
    clock.forward(days=31)
    let_go({})
    assert not Arrival.objects.exists()
    assert recurring.every(LET_GO) == timedelta(hours=1)


def test_bytes_that_go_are_not_read_before(plan: RunningPlan, clock: StandingClock) -> None:
    _taken(mail(Auto_Submitted="auto-generated"))
    thrown = _taken(mail(sender="nobody"))
    Arrival.objects.filter(pk=thrown.pk).update(thrown_at=clock.instant)
    clock.forward(days=31)
    with CaptureQueriesContext(connection) as asked:
        let_go({})
        clear({})
    assert not Arrival.objects.exists()
    assert not [each["sql"] for each in asked if '"raw"' in each["sql"]]


def test_the_plan_says_how_long(plan: RunningPlan, clock: StandingClock) -> None:
    days = partial(Span, Family.CALENDAR)
    now = clock.instant
    assert keeping.raw_before(_with(plan), now) == now - timedelta(days=400)
    assert keeping.raw_before(_with(plan, raw_mail=days(90)), now) == now - timedelta(days=90)
    assert keeping.raw_before(_with(plan, raw_mail=None), now) is None, "for good"
    assert keeping.raw_before(_with(plan, conversations=Span(Family.CALENDAR, 0, 36)), now) == now - timedelta(days=400)
    assert keeping.raw_before(_with(plan, cases=days(60)), now) == now - timedelta(days=60), "it is a copy of that"
    assert keeping.raw_before(_with(plan, raw_mail=days(500), cases=days(60)), now) == now - timedelta(days=500)
    assert keeping.machines_before(_with(plan, machine_mail=days(2)), now) == now - timedelta(days=2)
    assert keeping.machines_before(_with(plan, machine_mail=None), now) is None
    assert keeping.machines_before(_with(plan, cases=days(1)), now) == now - timedelta(days=30)
