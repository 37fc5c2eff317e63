"""The state of the order sets the stage: on its way is during, handed over is after; what is on record goes first."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.desk.cases.models import Case
from tantam.desk.customers.models import Customer, Purchase
from tantam.desk.sales.actions import quote, win
from tantam.desk.sales.models import Enquiry
from tests.support import desk
from tests.support.drafts import enacted
from tests.support.offers import offer

ROWS = r"""triage: |
  row    | order_status               | topic  => severity | level | stage
  bought | handed_over                | -      |  normal   | agent | after
  sent   | placed, packed, on_the_way | -      |  normal   | agent | during
  asks   | -                          | advice |  minor    | agent | before
  other  | -                          | -      |  normal   | agent | after
"""


@pytest.fixture
def by_order(staff: desk.Staff) -> Any:
    """A plan that places every case by where its order is."""
    return enacted(staff.manager, r"(?ms)^triage: \|\n.*?^(?=promises:)", ROWS)


def on_its_way(of: Customer) -> Purchase:
    made = desk.purchase(of, number="BX-7")
    Purchase.objects.filter(pk=made.pk).update(handed_over_at=None)
    made.refresh_from_db()
    return made


def stage(of: Customer, told: str, purchase: Purchase | None) -> str:
    return desk.opened(of, topic="advice", purchase=purchase, told={"order_status": told}).stage


def test_order_sets_the_stage_whatever_it_is_asked_about(by_order: Any, hoa: Customer) -> None:
    assert stage(hoa, "on_the_way", on_its_way(hoa)) == "during"
    assert stage(hoa, "handed_over", None) == "after"


def test_hand_over_on_record_beats_what_is_told(by_order: Any, hoa: Customer) -> None:
    assert stage(hoa, "on_the_way", desk.purchase(hoa)) == "after"
    assert not Enquiry.objects.exists()


def test_what_was_won_is_before_the_sale_no_more(hoa: Customer, staff: desk.Staff, machine: Any, by_order: Any) -> None:
    asked = desk.opened(hoa, topic="advice", told={"order_status": "placed"})
    assert (asked.stage, Enquiry.objects.count()) == ("during", 0)
    Case.objects.filter(pk=asked.pk).update(stage="before")
    Enquiry.objects.create(case=asked, asked_at=asked.opened_at)
    quote(asked, staff.agent, offer(machine))
    bought = win(asked, staff.agent, "BX-9").purchase
    assert bought is not None and bought.handed_over_at is None
    assert stage(hoa, "packed", bought) == "during"
    Purchase.objects.filter(pk=bought.pk).update(handed_over_at=bought.ordered_at)
    assert stage(hoa, "packed", Purchase.objects.get(pk=bought.pk)) == "after"
