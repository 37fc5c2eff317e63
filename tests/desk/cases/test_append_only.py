"""What happened, happened: neither the code nor the database changes an event."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from tantam.desk.cases.models import CaseEvent
from tests.support.desk import opened


def test_the_database_refuses_to_change_an_event(hoa: Any) -> None:
    case = opened(hoa)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        CaseEvent.objects.filter(case=case).update(code="kept")
    assert not CaseEvent.objects.filter(code="kept").exists()


def test_plain_sql_is_refused_too(hoa: Any) -> None:
    opened(hoa)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE case_event SET args = '{}'")


def test_saving_an_event_again_is_refused(hoa: Any) -> None:
    event = opened(hoa).events.order_by("id")[0]
    with pytest.raises(ValueError, match="never changed"):
        event.save()


def test_deleting_an_event_is_refused(hoa: Any) -> None:
    event = opened(hoa).events.order_by("id")[0]
    with pytest.raises(ValueError, match="never deleted"):
        event.delete()


@pytest.mark.django_db(transaction=True)
def test_the_migration_goes_back_and_forth() -> None:
    try:
        call_command("migrate", "cases", "0001", verbosity=0)
        assert not _guarded()
    finally:
        call_command("migrate", verbosity=0)  # of every room: those that rest on the cases went back with them
    assert _guarded()


def _guarded() -> bool:
    if connection.vendor == "sqlite":
        found = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name = 'case_event_append_only'"
    else:
        found = "SELECT count(*) FROM pg_trigger WHERE tgname = 'case_event_append_only'"
    with connection.cursor() as cursor:
        cursor.execute(found)
        return bool(cursor.fetchone()[0])
