"""A database that is full or held: what was acknowledged is stored, what was not is taken as soon as there is room."""

from __future__ import annotations

import os

import pytest
from django.conf import settings
from django.db import DatabaseError

from tantam.desk.arrivals import intake
from tantam.desk.arrivals.models import Arrival
from tantam.desk.channels.email import incoming
from tantam.desk.customers.models import Customer
from tests.desk.channels.letters import mail
from tests.support.full import full, held_by_another

pytestmark = pytest.mark.django_db(transaction=True)

MOST = 200  # mails, until it must be full
IS_POSTGRESQL = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


def _mail(number: int) -> bytes:
    return mail(f"Thư số {number} {os.urandom(200_000).hex()}", Message_ID=f"<{number}@example.com>")


def test_full_database_takes_nothing_and_loses_nothing() -> None:
    taken: list[int] = []
    with full(), pytest.raises(DatabaseError):
        for number in range(MOST):
            incoming.store(_mail(number))
            taken.append(number)
    assert len(taken) < MOST and Arrival.objects.count() == len(taken)
    incoming.store(_mail(len(taken)))
    assert Arrival.objects.count() == len(taken) + 1


@pytest.mark.skipif(IS_POSTGRESQL, reason="its log is written in 16 MiB: no bound is small enough for a case")
def test_mail_that_finds_no_room_for_its_case_is_read_once_there_is(plan: object, hoa: Customer) -> None:
    kept = [incoming.store(mail("x" * 15_000, Message_ID=f"<{number}@example.com>")) for number in range(MOST)]
    read = 0
    with full(), pytest.raises(DatabaseError):
        for each in kept:
            assert intake.take_in(each.pk).read_at is not None
            read += 1
    assert Arrival.objects.filter(read_at__isnull=False).count() == read < MOST
    assert intake.take_in(kept[read].pk).read_at is not None


def test_table_that_somebody_holds_makes_the_sender_wait_and_no_longer() -> None:
    with held_by_another("arrivals_arrival"), pytest.raises(DatabaseError):
        incoming.store(_mail(1))
    incoming.store(_mail(1))
    assert Arrival.objects.count() == 1
