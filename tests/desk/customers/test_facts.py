"""What is on record of a customer and a purchase, by path; what is unknown is left out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tantam.desk.customers.facts import facts_of
from tantam.desk.plans import Standing
from tests.support.clock import StandingClock
from tests.support.desk import customer, purchase


def test_everything_on_record_is_recorded(hoa: Any, clock: StandingClock) -> None:
    found = facts_of(hoa, purchase(hoa), clock.instant)
    assert {each.standing for each in found.values()} == {Standing.RECORDED}
    assert found["purchase.price"].value == "8990000 VND"
    assert found["purchase.handed_over"].value == clock.instant - timedelta(days=12)
    assert found["customer.purchases"].value == 1


def test_what_is_unknown_is_left_out(hoa: Any, clock: StandingClock) -> None:
    found = facts_of(hoa, None, clock.instant)
    assert not {"customer.age", "customer.lives_alone", "customer.spent_last_year", "purchase.price"} & set(found)


def test_no_and_nothing_are_known(clock: StandingClock, plan: Any) -> None:
    found = facts_of(customer(lives_alone=False), None, clock.instant)
    assert found["customer.lives_alone"].value is False and found["customer.purchases"].value == 0


def test_last_year_is_365_days(hoa: Any, clock: StandingClock) -> None:
    purchase(hoa, days_ago=364, price=100, number="A")
    purchase(hoa, days_ago=366, price=1_000, number="B")
    found = facts_of(hoa, None, clock.instant)
    assert (found["customer.spent_last_year"].value, found["customer.spent"].value) == ("100 VND", "1100 VND")


def test_nobody_has_no_facts(clock: StandingClock) -> None:
    assert facts_of(None, None, clock.instant) == {}


def test_the_plan_reads_them_as_its_terms(hoa: Any, plan: Any, clock: StandingClock) -> None:
    terms = plan.terms_of(facts_of(hoa, purchase(hoa), clock.instant), {}, clock.instant)
    assert plan.fact_text("owned", terms["owned"]) == "12 days"
    assert plan.fact_text("price", terms["price"]) == "8990000 VND"
    assert plan.fact_text("product_kind", terms["product_kind"]) == "large_appliance"


def test_a_record_outside_its_terms_domain_is_unknown(hoa: Any, plan: Any, clock: StandingClock) -> None:
    bought = purchase(hoa)
    bought.product.line = "spaceship"
    assert "product_kind" not in plan.terms_of(facts_of(hoa, bought, clock.instant), {}, clock.instant)
