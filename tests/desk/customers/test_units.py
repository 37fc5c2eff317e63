"""A serial number is one thing of one purchase however it is typed; whoever bought it is found by it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tantam.desk.claims.covers import things_of
from tantam.desk.common import clock as times
from tantam.desk.common.errors import Refused
from tantam.desk.customers import actions
from tantam.desk.customers.finding import matching
from tantam.desk.customers.models import Customer, Unit
from tantam.desk.plans import RunningPlan
from tests.support import desk


def test_serial_is_one_thing_however_it_is_typed(hoa: Customer, staff: desk.Staff) -> None:
    bought = desk.purchase(hoa)
    first = actions.add_unit(hoa, staff.agent, purchase=bought.pk, serial="sn 12-ab")
    again = actions.add_unit(hoa, staff.agent, purchase=bought.pk, serial="SN12AB")
    assert (first.pk, first.serial, Unit.objects.count()) == (again.pk, "SN12AB", 1)
    assert list(hoa.changes.values_list("code", flat=True)) == ["unit_added", "unit_added"]


def test_whoever_bought_it_is_found_by_it(hoa: Customer, staff: desk.Staff) -> None:
    actions.add_unit(hoa, staff.agent, purchase=desk.purchase(hoa).pk, serial="SN-12-AB")
    desk.customer("Trần Văn Nam", mail="")
    assert matching(Customer.objects.all(), "sn 12 ab").customers == (hoa,)


def test_thing_that_came_later_is_covered_from_its_own_day(hoa: Customer, staff: desk.Staff, plan: RunningPlan) -> None:
    bought = desk.purchase(hoa)
    actions.add_unit(hoa, staff.agent, purchase=bought.pk, serial="A1")
    actions.add_unit(hoa, staff.agent, purchase=bought.pk, serial="B2", handed_over="2026-11-18")
    found = {each.serial: each for each in things_of([hoa], plan, times.now(), lang="en")}
    assert found["A1"].handed_over == bought.handed_over_at
    assert found["B2"].handed_over == datetime(2026, 11, 17, 17, tzinfo=UTC), "the day begins in the company's zone"
    assert found["B2"].covers and found["B2"].covers[0].until > found["A1"].covers[0].until


@pytest.mark.parametrize(
    ("serial", "day", "code"),
    [(" - ", "", "bad_serial"), ("A" * 65, "", "bad_serial"), ("A1", "2026-02-30", "bad_day")],
)
def test_what_is_no_serial_or_day_is_refused(
    hoa: Customer, staff: desk.Staff, serial: str, day: str, code: str
) -> None:
    bought = desk.purchase(hoa)
    with pytest.raises(Refused, match=code):
        actions.add_unit(hoa, staff.agent, purchase=bought.pk, serial=serial, handed_over=day)
    assert not Unit.objects.exists()


def test_thing_of_another_purchase_stays_there(hoa: Customer, staff: desk.Staff) -> None:
    nam = desk.customer("Trần Văn Nam", mail="")
    theirs = desk.purchase(nam, number="BX-2002")
    actions.add_unit(nam, staff.agent, purchase=theirs.pk, serial="A1")
    mine = desk.purchase(hoa)
    with pytest.raises(Refused, match="serial_taken"):
        actions.add_unit(hoa, staff.agent, purchase=mine.pk, serial="a-1")
    with pytest.raises(Refused, match="no_such_purchase"):
        actions.add_unit(hoa, staff.agent, purchase=theirs.pk, serial="C3")
    assert Unit.objects.get().purchase == theirs


def test_serial_that_was_mistyped_is_taken_away_and_stays_known(hoa: Customer, staff: desk.Staff) -> None:
    unit = actions.add_unit(hoa, staff.agent, purchase=desk.purchase(hoa).pk, serial="A1")
    actions.remove_unit(desk.customer("Nam", mail=""), staff.agent, unit=unit.pk)
    assert Unit.objects.get().purchase is not None, "of another customer's nothing is taken"
    actions.remove_unit(hoa, staff.agent, unit=unit.pk)
    assert Unit.objects.get().purchase is None


def test_outsider_notes_no_serial(hoa: Customer, staff: desk.Staff) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        actions.add_unit(hoa, staff.outsider, purchase=desk.purchase(hoa).pk, serial="A1")
    assert not Unit.objects.exists()
