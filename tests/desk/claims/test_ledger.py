"""The ledger: what is granted is booked once, paid once, or taken back; every booking sums to zero; nothing changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Sum

from tantam.desk.cases.models import Promise
from tantam.desk.claims import ledger
from tantam.desk.claims.actions import dispute, file_claim, grant, pay, reverse
from tantam.desk.claims.authority import AuthorityExceeded
from tantam.desk.claims.models import Alarm, Claim, Entry, Grant
from tantam.desk.claims.stances import decision_of
from tantam.desk.common.errors import Refused
from tantam.desk.common.money import Money
from tantam.desk.customers.models import Purchase
from tantam.desk.plans import Fact, Standing, answers
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.desk import codes, concern, owed, purchase
from tests.support.together import together

PRICE = 8_990_000
Account = Entry.Account


def test_what_the_plan_grants_is_owed_to_the_customer(hoa: Any) -> None:
    claim = unopened(hoa)
    assert balance() == {Account.GIVEN: PRICE, Account.OWED: -PRICE}
    assert {each.policy for each in Entry.objects.all()} == {"refund"}
    assert list(ledger.still_owed(Grant.objects.all())) == [claim.grants.get()]


def test_paid_is_owed_no_longer_and_keeps_the_promise(hoa: Any, staff: Any) -> None:
    claim = unopened(hoa)
    pay(claim.grants.get(), staff.agent)
    assert balance() == {Account.GIVEN: PRICE, Account.OWED: 0, Account.PAID: -PRICE}
    assert owed(claim.case, "full").state == Promise.State.KEPT
    assert not ledger.still_owed(Grant.objects.all()).exists()
    by = dict(Entry.objects.values_list("booking", "person"))
    assert by == {"granted": None, "paid": staff.agent.pk}, "each booking says who made it, nobody for the plan's own"


def test_paid_twice_is_once(hoa: Any, staff: Any) -> None:
    given = unopened(hoa).grants.get()
    pay(given, staff.agent)
    pay(given, staff.colleague)
    assert balance()[Account.PAID] == -PRICE and codes(given.case).count("paid") == 1


def test_taken_back_before_it_is_paid_and_the_customer_may_dispute_it(hoa: Any, staff: Any) -> None:
    claim = unopened(hoa)
    reverse(claim.grants.get(), staff.specialist, "Máy đã mở hộp.")
    claim.refresh_from_db()
    assert balance() == {Account.GIVEN: 0, Account.OWED: 0}
    assert claim.state == Claim.State.REFUSED and owed(claim.case, "full").state == Promise.State.WITHDRAWN
    assert "Máy đã mở hộp." in claim.case.messages.order_by("-id")[0].body
    assert dispute(claim, decision_of(claim) or 0, "Chưa mở!").kind == "disputed"


def test_what_is_paid_is_not_taken_back_nor_the_other_way_round(hoa: Any, staff: Any) -> None:
    given = unopened(hoa).grants.get()
    pay(given, staff.agent)
    with pytest.raises(Refused, match="not_owed"):
        reverse(given, staff.manager, "Nhầm.")
    other = unopened(hoa, number="BX-2").grants.get()
    reverse(other, staff.manager, "Nhầm.")
    with pytest.raises(Refused, match="not_owed"):
        pay(other, staff.agent)


def test_who_may_not_grant_so_much_may_not_take_it_back(hoa: Any, staff: Any) -> None:
    with pytest.raises(AuthorityExceeded):
        reverse(unopened(hoa).grants.get(), staff.agent, "Nhầm.")


def test_four_eyes_see_what_is_beyond_the_lowest_level(hoa: Any, staff: Any) -> None:
    claim = like_new(hoa, price=6_000_000)
    grant(claim, staff.specialist, amount=Money(5_000_000, "VND"), reason="Như mới.")
    with pytest.raises(Refused, match="four_eyes"):
        pay(claim.grants.get(), staff.specialist)
    pay(claim.grants.get(), staff.agent)


def test_below_that_one_pays_what_they_granted(hoa: Any, staff: Any) -> None:
    claim = like_new(hoa, price=500_000)
    grant(claim, staff.agent)
    pay(claim.grants.get(), staff.agent)


def test_an_entry_never_changes(hoa: Any) -> None:
    unopened(hoa)
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(minor=1)
    entry = Entry.objects.all()[0]
    with pytest.raises(ValueError):
        entry.save()
    with pytest.raises(ValueError):
        entry.delete()


def test_the_same_purchase_is_given_back_once_and_a_person_is_asked(hoa: Any, staff: Any, plan: Any) -> None:
    first, second = unopened(hoa), unopened(hoa)
    assert (second.state, second.grants.count()) == (Claim.State.OPEN, 0)
    assert second.marks.get().args["reference"] == first.case.reference
    shown = answers.shown(second.answer, "en", plan=plan)
    assert "already" in shown.because and first.case.reference in shown.because and not shown.amount
    assert first.case.reference in second.case.messages.get(direction="outgoing").body
    assert "marked" in codes(second.case) and "refused" not in codes(second.case)
    with pytest.raises(Refused, match="needs_reason"):
        grant(second, staff.specialist)
    assert grant(second, staff.specialist, reason="Hai máy.").state == Claim.State.GRANTED


def test_what_was_taken_back_stands_in_nobodys_way(hoa: Any, staff: Any) -> None:
    reverse(unopened(hoa).grants.get(), staff.manager, "Nhầm.")
    assert unopened(hoa).state == Claim.State.GRANTED


def test_another_purchase_is_another_matter(hoa: Any) -> None:
    unopened(hoa)
    assert unopened(hoa, number="BX-2").state == Claim.State.GRANTED


def test_budget_is_told_before_it_is_spent_and_once(hoa: Any, plan: Any, clock: StandingClock) -> None:
    sold(hoa, minor=100 * PRICE)  # 1 % of sales: about one refund
    first = unopened(hoa, number="BX-9")
    second = unopened(hoa, number="BX-10")
    third = unopened(hoa, number="BX-11")
    told = [code for each in (first, second, third) for code in codes(each.case) if code.startswith("budget")]
    assert told == ["budget_nearly_spent", "budget_spent"]
    assert sorted(Alarm.objects.values_list("share", flat=True)) == [80, 100]


def test_asked_twice_in_the_same_second_is_paid_once(transactional_db: None, clock: StandingClock) -> None:
    desk.put_in_force()
    staff, hoa = desk.hire(), desk.customer()
    for number in range(3):
        bought = purchase(hoa, days_ago=3, number=f"BX-{number}")
        results = together(*[lambda b=bought: _unopened(hoa, b)] * 4)
        assert not [each for each in results if isinstance(each, Exception)], results
        given = Grant.objects.get(case__purchase=bought)
        together(*[lambda g=given: pay(g, staff.agent)] * 4)
        assert balance(grant=given) == {Account.GIVEN: PRICE, Account.OWED: 0, Account.PAID: -PRICE}


def balance(**which: Any) -> dict[str, int]:
    """Return what stands on each account; held to zero in all, and in each booking."""
    entries = Entry.objects.filter(**which).order_by()
    bookings = entries.values_list("grant", "booking").annotate(sum=Sum("minor"))
    assert {each[2] for each in bookings} <= {0}
    return dict(entries.values_list("account").annotate(sum=Sum("minor")))


def sold(of: Any, *, minor: int) -> None:
    purchase(of, days_ago=100, price=minor, number="BX-SOLD")


def unopened(of: Any, number: str = "BX-1001") -> Claim:
    """File for the whole price of what a colleague saw unopened."""
    bought = Purchase.objects.filter(number=number).first() or purchase(of, days_ago=3, number=number)
    return _unopened(of, bought)


def _unopened(of: Any, bought: Purchase) -> Claim:
    return _filed(of, bought, {"fault": "none", "condition": "unopened"}, Standing.VERIFIED)


def like_new(of: Any, *, price: int) -> Claim:
    """File for 90 % of the price, on the customer's word."""
    return _filed(of, purchase(of, days_ago=3, price=price), {"fault": "none", "condition": "like_new"}, Standing.TOLD)


def _filed(of: Any, bought: Purchase, told: dict[str, str], standing: Standing) -> Claim:
    brought = concern(of, told=told, purchase=bought, topic="return_goods")
    facts = {term: Fact(fact.value, standing) for term, fact in brought.facts.items()}
    return file_claim(replace(brought, facts=facts), policy="refund")
