"""After a quote, and after an enquiry was lost, the plan's rows are planned; whoever answered is left alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tantam.desk.cases.models import Case
from tantam.desk.common.models import DueWork
from tantam.desk.common.work import run_due
from tantam.desk.customers.models import Consent, Customer
from tantam.desk.followups.models import FollowUp
from tantam.desk.sales.actions import accept_quote, lose, quote
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.drafts import enacted
from tests.support.offers import offer

ROWS = """\
  listen | resolved    | -     |  7 days | ask_if_all_is_well
  quote  | quoted      | -     |  3 days | call_customer
  back   | lost        | -     |  10 days | ask_if_all_is_well
"""


@pytest.fixture
def asked(hoa: Customer, staff: desk.Staff, plan: object) -> Case:
    """She asks before buying, under a plan that follows quotes and lost enquiries; she agreed to offers."""
    enacted(staff.manager, r"  listen \| resolved .*\n", ROWS)
    Consent.objects.create(customer=hoa, purpose="marketing", given=True, how="told", at=desk.LONG_AGO)
    hoa.contacts.create(kind="phone", value="+84903123412")
    return desk.opened(hoa, topic="advice")


def rows() -> list[str]:
    return list(FollowUp.objects.order_by("id").values_list("row", flat=True))


def test_each_quote_and_a_lost_enquiry_are_followed(asked: Case, staff: desk.Staff) -> None:
    quote(asked, staff.agent, offer())
    quote(asked, staff.agent, offer(price=8_000_000))
    lose(asked, staff.agent, "price")
    assert rows() == ["quote", "quote", "back"]


def test_nobody_is_called_about_a_quote_that_they_accepted(
    asked: Case, staff: desk.Staff, clock: StandingClock
) -> None:
    made = quote(asked, staff.agent, offer())
    clock.forward(days=1)
    accept_quote(made)
    clock.forward(days=2, hours=1)
    DueWork.objects.exclude(kind="do_follow_up").delete()
    run_due()
    found = FollowUp.objects.get()
    assert (found.state, found.reason) == (FollowUp.State.WITHHELD, FollowUp.Reason.ANSWERED)


def test_who_does_not_answer_is_called(asked: Case, staff: desk.Staff, clock: StandingClock) -> None:
    quote(asked, staff.agent, offer())
    clock.forward(days=3, hours=1)
    DueWork.objects.exclude(kind="do_follow_up").delete()
    run_due()
    found = FollowUp.objects.get()
    assert (found.state, found.led_to is not None) == (FollowUp.State.TO_CALL, True)
    assert found.due_at - found.happened_at == timedelta(days=3)
