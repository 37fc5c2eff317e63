"""Filing a claim: the policy answers on the spot; what rests on the customer's word is conditional."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tantam.desk.cases.actions import ask_customer
from tantam.desk.cases.models import Actor, Case, Promise
from tantam.desk.claims.actions import answer_for, file_claim
from tantam.desk.claims.models import Claim, Grant
from tantam.desk.common.errors import Refused
from tantam.desk.plans import BadFact, Standing, UnknownName, answers
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.desk import codes, concern, purchase

State = Claim.State


def test_what_is_only_told_gives_a_conditional_answer(hoa: Any) -> None:
    claim = _filed(hoa, told={"fault": "ours", "owned": "12 days"})
    assert (claim.outcome, claim.conditional, claim.state) == ("replace", True, State.OPEN)
    assert not Grant.objects.exists()


def test_what_is_on_record_counts_more_than_what_is_told(hoa: Any) -> None:
    claim = _filed(hoa, purchase=purchase(hoa, days_ago=400), told={"fault": "ours", "owned": "12 days"})
    assert claim.outcome == "repair"
    assert claim.facts["owned"] == {"value": "400 days", "standing": "recorded"}


def test_answer_has_version_clause_and_reason(hoa: Any, plan: Any) -> None:
    claim = _filed(hoa, told={"fault": "ours", "owned": "12 days"})
    assert (claim.plan_version_id, claim.clause) == (plan.number, "policies.exchange.decides#faulty")
    event = claim.case.events.get(code="answered")
    assert (event.clause, event.actor, event.args["outcome"]) == (claim.clause, Actor.PLAN, "replace")
    assert codes(claim.case)[0] == "opened" and "claimed" in codes(claim.case)


@pytest.mark.parametrize("lang", ["vi", "de", "en"])
def test_answer_is_shown_in_every_language(hoa: Any, plan: Any, lang: str) -> None:
    claim = _filed(hoa, told={"fault": "ours", "owned": "12 days"})
    seen = answers.shown(claim.answer, lang, plan=plan)
    assert seen.headline and seen.because and seen.next and seen.conditional and all(seen.say)
    assert seen.clause == claim.clause and "{" not in "".join([*seen.say, seen.because, seen.next])


def test_answer_reaches_the_customer_by_mail_in_her_language(hoa: Any, plan: Any) -> None:
    claim = _filed(hoa, told={"fault": "ours", "owned": "12 days"})
    letter = claim.case.messages.get(direction="outgoing")
    shown = answers.shown(claim.answer, "vi", plan=plan)
    assert shown.because in letter.body and shown.say[0] in letter.body


def test_missing_fact_is_asked_for(hoa: Any, plan: Any) -> None:
    claim = _filed(hoa, told={})
    assert (claim.outcome, claim.state) == ("ask", State.OPEN)
    assert answers.shown(claim.answer, "en", plan=plan).next


def test_plan_grants_at_once_what_it_grants_itself(hoa: Any, plan: Any) -> None:
    claim = _filed(hoa, policy="consultation", topic="advice", told={"need": "quote", "pieces": "3"}, verified=True)
    grant = claim.grants.get()
    promise = claim.case.promises.get(kind="quote")
    assert (claim.state, grant.person, grant.clause) == (State.GRANTED, None, claim.clause)
    assert promise.clause == claim.clause and plan.because(promise.because, "en")
    assert claim.case.events.get(code="granted").actor == Actor.PLAN


def test_grant_in_open_hours_is_owed_in_open_hours(hoa: Any, plan: Any, clock: StandingClock) -> None:
    claim = _filed(hoa, policy="consultation", topic="advice", told={"need": "quote", "pieces": "3"}, verified=True)
    due = claim.case.promises.get(kind="quote").due_at
    assert due == clock.instant + timedelta(hours=5), "10:00 and 4 open hours, over lunch: 15:00"


def test_granted_promise_pauses_in_its_own_open_minutes(hoa: Any, staff: Any, clock: StandingClock) -> None:
    claim = _filed(hoa, policy="consultation", topic="advice", told={"need": "quote", "pieces": "3"}, verified=True)
    clock.forward(hours=1)
    ask_customer(claim.case, staff.agent, "Lắp ở tầng mấy ạ?")
    assert claim.case.promises.get(kind="quote").minutes_left == 3 * 60


def test_money_that_is_granted_is_counted(hoa: Any) -> None:
    told = {"fault": "none", "condition": "unopened"}
    claim = _filed(
        hoa, policy="refund", topic="return_goods", purchase=purchase(hoa, days_ago=3), told=told, verified=True
    )
    grant = claim.grants.get()
    assert (grant.kind, grant.amount_minor, grant.currency) == ("refund", 8_990_000, "VND")
    assert claim.answer["amount"] == [8_990_000, "VND"]


def test_plan_refuses_what_it_does_not_provide_for(hoa: Any, plan: Any) -> None:
    told = {"fault": "none", "condition": "used"}
    claim = _filed(
        hoa, policy="refund", topic="return_goods", purchase=purchase(hoa, days_ago=30), told=told, verified=True
    )
    assert (claim.outcome, claim.state) == ("too_late", State.REFUSED)
    refused = claim.case.events.get(code="refused")
    assert refused.clause == "policies.refund.decides#too_late"
    assert claim.case.status == Case.Status.OPEN, "a person still reads it"


def test_what_a_person_decides_is_left_open(hoa: Any) -> None:
    told = {"fault": "none", "condition": "like_new"}
    claim = _filed(
        hoa, policy="refund", topic="return_goods", purchase=purchase(hoa, days_ago=3), told=told, verified=True
    )
    assert (claim.outcome, claim.state, claim.answer["granted_by"]) == ("judge", State.OPEN, "specialist")


def test_same_form_twice_is_one_claim(hoa: Any) -> None:
    first = _filed(hoa, told={"fault": "ours"}, submission="f-1")
    assert _filed(hoa, told={"fault": "ours"}, submission="f-1") == first
    assert Claim.objects.count() == Case.objects.count() == 1


def test_unknown_policy_leaves_nothing_behind(hoa: Any) -> None:
    with pytest.raises(UnknownName):
        _filed(hoa, policy="wish", told={})
    assert not Case.objects.exists() and not Claim.objects.exists()


def test_refused_words_leave_nothing_behind(hoa: Any) -> None:
    with pytest.raises(Refused):
        _filed(hoa, body=" ", told={"fault": "ours"})
    assert not Case.objects.exists() and not Promise.objects.exists()


def test_asking_keeps_nothing(hoa: Any, plan: Any) -> None:
    told = plan.read({"fault": "ours"}, Standing.TOLD)
    answer = answer_for("exchange", told, plan=plan, purchase=purchase(hoa), customer=hoa)
    assert (answer.outcome, answer.conditional) == ("replace", ("fault",))
    assert not Case.objects.exists() and not Claim.objects.exists()


def test_bad_fact_says_what_is_allowed(plan: Any) -> None:
    with pytest.raises(BadFact, match="allowed"):
        plan.read({"fault": "sunspots"}, Standing.TOLD)


def test_policy_pinned_to_the_purchase_is_answered_by_the_version_they_bought_under(
    hoa: Any, clock: StandingClock
) -> None:
    bought = purchase(hoa)
    bought.plan_number = 1
    bought.save()
    desk.put_in_force(2, clock.instant)
    told = {"fault": "ours", "repairs": "0"}
    warranty = _filed(hoa, policy="warranty", topic="repair", purchase=bought, told=told)
    exchange = _filed(hoa, purchase=bought, told=told)
    assert (warranty.plan_version_id, exchange.plan_version_id) == (1, 2)
    assert warranty.case.plan_version_id == 2


def _filed(of: Any, *, policy: str = "exchange", told: dict[str, str], verified: bool = False, **fields: Any) -> Claim:
    """File a claim; with `verified`, as if a colleague had checked what is told."""
    from dataclasses import replace

    from tantam.desk.plans import Fact

    brought = concern(of, told=told, **fields)
    if verified:
        facts = {term: Fact(fact.value, Standing.VERIFIED) for term, fact in brought.facts.items()}
        brought = replace(brought, facts=facts)
    return file_claim(brought, policy=policy)
