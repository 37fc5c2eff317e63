"""The same mail by two ways is one, though a gateway named it anew; the same words at two instants are two."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tantam.desk.arrivals import intake
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.cases.models import Case, Message
from tantam.desk.channels.email import incoming
from tests.desk.channels.letters import mail
from tests.support.clock import StandingClock

DATE = "Wed, 04 Mar 2026 09:00:00 +0700"


def _receive(raw: bytes) -> Arrival:
    return intake.take_in(incoming.store(raw).pk)


def test_mail_that_a_gateway_named_anew_is_said_once(plan: object) -> None:
    _receive(mail(Date=DATE))
    again = _receive(b"Received: from gateway\r\n" + mail(Date=DATE, Message_ID="<rewritten@gateway>"))
    assert (again.problem, Case.objects.count()) == (Problem.DUPLICATE, 1)


def test_mail_without_a_name_by_two_ways_is_said_once(plan: object) -> None:
    _receive(mail(Message_ID="", Date=DATE))
    again = _receive(b"Received: from elsewhere\r\n" + mail(Message_ID="", Date=DATE))
    assert (again.problem, Case.objects.count()) == (Problem.DUPLICATE, 1)


@pytest.mark.parametrize(
    "other",
    [
        mail(Message_ID="<2@x>", Date="Wed, 04 Mar 2026 09:05:00 +0700"),
        mail("Vẫn kêu.", Message_ID="<2@x>", Date=DATE),
        mail(Message_ID="<2@x>", Date=DATE, Subject="Tủ lạnh"),
        mail(Message_ID="<2@x>", Date=DATE, sender="nam@example.com"),
        mail(Message_ID="<2@x>"),
    ],
    ids=["later", "other words", "other subject", "other sender", "no date"],
)
def test_other_mail_is_a_mail_of_its_own(plan: object, other: bytes) -> None:
    _receive(mail(Date=DATE))
    assert _receive(other).problem == Problem.NONE


def test_same_mail_after_more_than_a_day_is_taken(plan: object, clock: StandingClock) -> None:
    _receive(mail(Date=DATE))
    clock.forward(days=1, seconds=1)
    assert _receive(mail(Date=DATE, Message_ID="<2@x>")).problem == Problem.NONE


def test_what_lies_in_the_tray_hides_no_mail(plan: object) -> None:
    first = _receive(mail(Date=DATE))
    Arrival.objects.filter(pk=first.pk).update(case=None, problem=Problem.REFUSED)
    assert _receive(mail(Date=DATE, Message_ID="<2@x>")).problem == Problem.NONE


@pytest.mark.django_db(transaction=True)
def test_same_mail_by_two_ways_at_once_is_said_once(plan: object) -> None:
    with ThreadPoolExecutor(2) as pool:
        for number in range(8):
            raw = mail(f"Thư số {number}", Message_ID=f"<{number}@example.com>")
            by_listener = incoming.store_for_worker(raw, account="desk@tantam.localhost", returns_to="hoa@example.com")
            by_mailbox = incoming.store_fetched(b"X-Gateway: 2\n" + raw, account="box")
            both = Barrier(2)
            list(pool.map(lambda each: _at_once(both, each.pk), (by_listener, by_mailbox)))  # noqa: B023
    assert Message.objects.filter(direction="incoming").count() == Case.objects.count() == 8
    assert sorted(Arrival.objects.values_list("problem", flat=True)) == [""] * 8 + ["duplicate"] * 8


def _at_once(both: Barrier, pk: int) -> None:
    both.wait(20)
    try:
        intake.take_in(pk)
    finally:
        connection.close()
