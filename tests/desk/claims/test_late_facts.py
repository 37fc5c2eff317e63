"""Facts that become known after an answer reopen it: the case says so, the customer is told, nothing is taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from tantam.desk.cases.actions import note_purchase, resolve
from tantam.desk.cases.models import Case, Promise
from tantam.desk.claims.actions import dispute, file_claim, let_stand, pay, prove, refuse
from tantam.desk.claims.actions import reverse as take_back
from tantam.desk.claims.late import ANEW
from tantam.desk.claims.models import Claim, Mark
from tantam.desk.claims.stances import decision_of
from tantam.desk.common import clock, work
from tantam.desk.common.errors import Refused
from tantam.desk.customers.actions import correct_purchase
from tantam.desk.customers.bought import corrected
from tantam.desk.customers.models import Customer
from tantam.desk.plans import Fact, Standing
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.desk import codes, concern, purchase

State = Claim.State
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def test_a_better_answer_is_granted_at_once_and_the_customer_reads_why(hoa: Any, staff: Any) -> None:
    claim = _exchange(hoa, days_ago=400, fault="none", standing=Standing.VERIFIED)
    assert (claim.outcome, claim.state) == ("decline", State.REFUSED)
    _handed_over(claim, staff, days_ago=3)
    assert (claim.outcome, claim.state) == ("swap", State.GRANTED)
    event = claim.case.events.get(code="decision_changed")
    assert event.clause == "policies.exchange.decides#regret"
    assert event.args["clause_before"] == "policies.exchange.decides#regret_late"
    assert (event.args["outcome_before"], event.args["terms"], event.args["stands"]) == ("decline", ["owned"], 0)
    assert "3 ngày" in _last_letter(claim.case)
    assert claim.case.promises.filter(kind="swap", state=Promise.State.OWED).exists()


def test_a_worse_answer_takes_nothing_back_and_goes_to_a_person(hoa: Any, staff: Any) -> None:
    claim = _exchange(hoa, days_ago=3, fault="none", standing=Standing.VERIFIED)
    _handed_over(claim, staff, days_ago=30)
    assert (claim.outcome, claim.state) == ("swap", State.GRANTED)
    assert claim.answer[ANEW]["outcome"] == "decline" and claim.grants.get().reversed_at is None
    assert claim.case.promises.filter(kind="swap", state=Promise.State.OWED).exists()
    assert claim.case.events.get(code="decision_changed").args["stands"] == 1
    assert Mark.objects.get(claim=claim).rule == "changed"
    let_stand(claim, staff.agent)
    claim.refresh_from_db()
    assert ANEW not in claim.answer and codes(claim.case)[-1] == "left_standing" or "left_standing" in codes(claim.case)
    with pytest.raises(Refused, match="not_turned"):
        let_stand(claim, staff.agent)


def test_corrected_back_is_as_it_was(hoa: Any, staff: Any) -> None:
    claim = _exchange(hoa, days_ago=3, fault="none", standing=Standing.VERIFIED)
    _handed_over(claim, staff, days_ago=30)
    _handed_over(claim, staff, days_ago=4)
    assert claim.state == State.GRANTED and ANEW not in claim.answer and claim.grants.count() == 1
    assert codes(claim.case).count("decision_changed") == 2


def test_more_of_the_same_is_given_and_the_ledger_follows(hoa: Any, staff: Any) -> None:
    claim = _refund(hoa, price=1_000_000)
    pay(claim.grants.get(), staff.agent)
    bought = claim.case.purchase
    bought.price_minor = 1_500_000
    bought.save(update_fields=["price_minor"])
    corrected([bought.pk])
    _work(claim)
    assert sorted(claim.grants.values_list("amount_minor", flat=True)) == [500_000, 1_000_000]
    assert claim.state == State.GRANTED


def test_the_same_facts_twice_do_nothing(hoa: Any, staff: Any) -> None:
    claim = _exchange(hoa, days_ago=400, fault="none", standing=Standing.VERIFIED)
    _handed_over(claim, staff, days_ago=3)
    before = codes(claim.case)
    corrected([claim.case.purchase_id])
    corrected([claim.case.purchase_id])
    _work(claim)
    assert codes(claim.case) == before


def test_a_purchase_noted_later_makes_a_told_answer_sure(hoa: Any, staff: Any) -> None:
    bought = purchase(hoa, days_ago=400)
    told = {"fault": Fact("ours", Standing.VERIFIED), "owned": "12 days"}
    claim = file_claim(concern(hoa, told={"owned": "12 days"}), policy="exchange")
    claim = prove(claim, _read(claim, fault="ours"), person=staff.agent)
    assert told and (claim.outcome, claim.conditional) == ("replace", True)
    note_purchase(claim.case, staff.agent, bought)
    _work(claim)
    assert (claim.outcome, claim.conditional, claim.state) == ("repair", False, State.GRANTED)
    assert claim.case.events.get(code="decision_changed").args["outcome_before"] == "replace"


def test_a_purchase_of_somebody_else_is_not_noted(hoa: Any, staff: Any) -> None:
    claim = file_claim(concern(hoa), policy="exchange")
    other = purchase(Customer.objects.create(name="Minh", language="vi", since=clock.now().date()), number="BX-2")
    with pytest.raises(Refused, match="bought_by_another"):
        note_purchase(claim.case, staff.agent, other)


def test_what_a_person_refused_a_person_decides_again(hoa: Any, staff: Any) -> None:
    claim = _exchange(hoa, days_ago=3, fault="none", standing=Standing.TOLD)
    refuse(claim, staff.agent, "Máy đã dùng.")
    claim = prove(claim, _read(claim, fault="ours"), person=staff.agent)
    assert (claim.outcome, claim.state, claim.grants.count()) == ("replace", State.OPEN, 0)


def test_a_disputed_decision_that_turns_is_a_new_one(hoa: Any, staff: Any) -> None:
    claim = _exchange(hoa, days_ago=400, fault="none", standing=Standing.VERIFIED)
    first = decision_of(claim)
    dispute(claim, first or 0, "Tôi mới nhận hàng ba hôm.")
    _handed_over(claim, staff, days_ago=3)
    assert claim.state == State.GRANTED and decision_of(claim) != first
    assert claim.stances.get().decision == first


def test_proved_on_a_closed_claim_asks_the_plan_again(hoa: Any, staff: Any) -> None:
    claim = _exchange(hoa, days_ago=3, fault="none", standing=Standing.VERIFIED)
    claim = prove(claim, _read(claim, fault="customer"), person=staff.agent)
    assert claim.state == State.GRANTED and claim.answer[ANEW]["outcome"] == "estimate"


def test_a_settled_case_is_open_again_for_a_person(hoa: Any, staff: Any) -> None:
    claim = _exchange(hoa, days_ago=3, fault="none", standing=Standing.VERIFIED)
    resolve(claim.case, staff.agent)
    _handed_over(claim, staff, days_ago=30)
    assert claim.case.status == Case.Status.OPEN and "reopened" in codes(claim.case)


def test_taken_back_after_a_worse_answer_is_an_end(hoa: Any, staff: Any) -> None:
    claim = _refund(hoa, price=1_000_000)
    _handed_over(claim, staff, days_ago=30)
    assert ANEW in claim.answer
    take_back(claim.grants.get(), staff.manager, "Quá hạn.")
    claim.refresh_from_db()
    assert claim.state == State.REFUSED and ANEW not in claim.answer


def test_the_day_of_the_order_is_the_companys(hoa: Any, staff: Any, clock: StandingClock) -> None:
    """At 00:30 in Vietnam it is still the day before by UTC."""
    clock.set_to(datetime(2026, 3, 4, 17, 30, tzinfo=UTC))
    bought = purchase(hoa, days_ago=0)
    clock.forward(days=1)
    same_day = datetime(2026, 3, 5, 0, 5, tzinfo=VIETNAM)
    assert correct_purchase(bought, staff.agent, handed_over_at=same_day).handed_over_at == same_day
    with pytest.raises(Refused, match="before_order"):
        correct_purchase(bought, staff.agent, handed_over_at=datetime(2026, 3, 4, 23, 55, tzinfo=VIETNAM))


@pytest.mark.parametrize(("days", "code"), [(-2, "not_yet"), (500, "before_order")])
def test_a_day_that_cannot_be_is_refused(hoa: Any, staff: Any, days: int, code: str) -> None:
    bought = purchase(hoa, days_ago=12)
    with pytest.raises(Refused, match=code):
        correct_purchase(bought, staff.agent, handed_over_at=clock.now() - timedelta(days=days))


def test_colleague_and_customer_see_it(hoa: Any, staff: Any, client: Client) -> None:
    claim = _exchange(hoa, days_ago=3, fault="none", standing=Standing.VERIFIED)
    claim.case.purchase.ordered_at -= timedelta(days=90)
    claim.case.purchase.save(update_fields=["ordered_at"])
    client.force_login(staff.agent)
    url = reverse("web:correct_purchase", args=[claim.case.pk])
    assert client.post(url, {"handed_over": "31.12."}).status_code == 409
    day = (clock.now() - timedelta(days=30)).date().isoformat()
    assert client.post(url, {"handed_over": day}).status_code == 302
    _work(claim)
    shown = client.get(reverse("web:case", args=[claim.case.pk])).content.decode()
    assert reverse("web:let_stand", args=[claim.case.pk, claim.pk]) in shown
    theirs = Client().get(reverse("portal:case", args=[claim.case.link_key])).content.decode()
    assert "side hintful" in theirs


def _exchange(of: Any, *, days_ago: int, fault: str, standing: Standing) -> Claim:
    bought = purchase(of, days_ago=days_ago)
    claim = file_claim(concern(of, purchase=bought, told={"fault": fault}), policy="exchange")
    if standing is Standing.VERIFIED:
        claim = prove(claim, _read(claim, fault=fault), person=desk.Person.objects.get(name="Mai"))
    return claim


def _refund(of: Any, *, price: int) -> Claim:
    bought = purchase(of, days_ago=3, price=price)
    told = {"fault": "none", "condition": "unopened"}
    claim = file_claim(concern(of, purchase=bought, told=told, topic="return_goods"), policy="refund")
    return prove(claim, _read(claim, **told), person=desk.Person.objects.get(name="Mai"))


def _read(claim: Claim, **told: str) -> Any:
    from tantam.desk import plans

    return plans.version(claim.plan_version_id).read(told, Standing.TOLD, claim.decided_at)


def _handed_over(claim: Claim, staff: Any, *, days_ago: int) -> None:
    """Correct the day of the claim's purchase, which was ordered long before, and let the worker ask again."""
    claim.case.refresh_from_db()
    bought = claim.case.purchase
    bought.ordered_at = clock.now() - timedelta(days=500)
    bought.save(update_fields=["ordered_at"])
    correct_purchase(bought, staff.agent, handed_over_at=claim.decided_at - timedelta(days=days_ago))
    _work(claim)


def _work(claim: Claim) -> None:
    while work.run_due(50):
        pass
    claim.refresh_from_db()
    claim.case.refresh_from_db()


def _last_letter(case: Case) -> str:
    return case.messages.filter(direction="outgoing").order_by("-id")[0].body
