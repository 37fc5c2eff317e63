"""Every page of the desk has something to look at: chats, a comment, a missed call, forms that wait."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tantam.desk import plans
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.calls.models import Call
from tantam.desk.cases.models import Case, Promise
from tantam.desk.chats.models import Visitor
from tantam.desk.claims.actions import file_claim, prove
from tantam.desk.claims.models import Claim
from tantam.desk.comments.models import Comment
from tantam.desk.customers.models import Contact, Customer
from tantam.desk.demo import lately
from tests.support import desk
from tests.support.clock import StandingClock


@pytest.mark.parametrize("hours", [0, 12], ids=["by day", "at night"])
def test_something_came_by_every_way(
    staff: desk.Staff, hoa: Customer, clock: StandingClock, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    monkeypatch.setattr(lately, "FEWEST", 0)
    Contact.objects.create(customer=hoa, kind=Contact.Kind.PHONE, value="+84903123412")
    clock.forward(hours=hours)
    lately.let_come(plans.in_force(), clock.instant)
    assert set(Arrival.objects.values_list("problem", flat=True)) == {Problem.SPAM, Problem.DOUBTFUL}
    assert [each.is_open for each in Visitor.objects.order_by("pk")].count(True) == 2
    assert Comment.objects.get().message.case.customer.contacts.get().network == "facebook"
    missed = Promise.objects.get(case=Call.objects.get().case, kind="call_back")
    assert missed.state == Promise.State.OWED
    assert clock.instant - timedelta(days=3) < Case.objects.earliest("opened_at").opened_at


def test_who_got_an_exchange_asks_again_and_a_rule_has_a_person_look(
    staff: desk.Staff, hoa: Customer, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lately, "FEWEST", 0)
    brought = desk.concern(hoa, purchase=desk.purchase(hoa, days_ago=12), told={"fault": "ours"})
    first = file_claim(brought, policy="exchange")
    prove(first, plans.in_force().read({"fault": "ours"}, plans.Standing.VERIFIED), person=staff.agent)
    clock.forward(days=5)
    lately.let_come(plans.in_force(), clock.instant)
    again = Claim.objects.exclude(pk=first.pk).get()
    assert (again.state, again.case.purchase) == (Claim.State.OPEN, first.case.purchase)
    assert again.marks.filter(rule="before").exists() and again.answer["waits"]


def test_a_year_that_somebody_counts_has_what_they_asked_for(plan: object, clock: StandingClock) -> None:
    lately.let_come(plans.in_force(), clock.instant)
    assert not Case.objects.exists() and not Arrival.objects.exists()
