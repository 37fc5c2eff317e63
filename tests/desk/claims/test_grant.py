"""Granting, refusing and proving: within one's authority, once, with a reason, and the customer is told."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.desk.cases import actions as on_cases
from tantam.desk.cases.models import CaseEvent, Message, Promise
from tantam.desk.claims.access import claim_for, claims_for
from tantam.desk.claims.actions import file_claim, grant, prove, refuse
from tantam.desk.claims.authority import AuthorityExceeded, authority
from tantam.desk.claims.models import Claim, Grant
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tantam.desk.common.money import Money
from tantam.desk.plans import BadFact, Standing
from tests.support import drafts
from tests.support.clock import StandingClock
from tests.support.desk import codes, concern, owed, purchase

State = Claim.State
LESS_FEE = 450_000  # 90 % of 500,000: within an agent's authority


@pytest.fixture
def claim(hoa: Any, staff: Any) -> Claim:
    """A refund on the customer's word: 450,000 đồng if it is as good as new."""
    return _refund(hoa, price=500_000)


def test_granting_makes_row_event_promise_and_letter(claim: Claim, staff: Any, plan: Any) -> None:
    granted = grant(claim, staff.agent)
    gift = Grant.objects.get()
    assert granted.state == State.GRANTED
    assert (gift.amount_minor, gift.currency, gift.person, gift.level) == (LESS_FEE, "VND", staff.agent, "agent")
    event = claim.case.events.get(code="granted")
    assert (event.clause, event.plan_version_id, event.person) == (claim.clause, plan.number, staff.agent)
    promise = claim.case.promises.get(kind="less_fee")
    assert promise.state == Promise.State.OWED and promise.clause == claim.clause
    assert "450" in claim.case.messages.filter(direction="outgoing").order_by("-id")[0].body


def test_what_is_granted_is_of_the_kind_that_was_asked_whatever_the_plan_calls_it_since(
    claim: Claim, staff: Any
) -> None:
    since = drafts.enacted(staff.manager, r"kind: refund\b", "kind: goodwill")
    assert since.kind_of("refund") == "goodwill"
    assert authority(claim, "agent", None, since).kind == "refund"
    assert grant(claim, staff.agent).grants.get().kind == "refund"


def test_granting_is_an_answer_and_makes_an_owner(claim: Claim, staff: Any) -> None:
    grant(claim, staff.agent)
    assert owed(claim.case, "first_reply").state == Promise.State.KEPT
    assert on_cases.take(claim.case, staff.agent).owner == staff.agent


def test_carrying_it_out_by_resolving_keeps_the_promise(claim: Claim, staff: Any, clock: StandingClock) -> None:
    grant(claim, staff.agent)
    clock.forward(hours=2)
    on_cases.resolve(claim.case, staff.agent)
    assert owed(claim.case, "less_fee").state == Promise.State.KEPT


def test_beyond_ones_authority_it_says_who_may(hoa: Any, staff: Any) -> None:
    claim = _refund(hoa, price=4_000_000)
    before = _everything()
    with pytest.raises(AuthorityExceeded) as beyond:
        grant(claim, staff.agent)
    assert beyond.value.who_may == ("specialist", "manager", "director")
    assert beyond.value.sentence()
    assert _everything() == before
    assert grant(claim, staff.specialist).state == State.GRANTED


def test_amount_beyond_the_answer_needs_a_reason(claim: Claim, staff: Any) -> None:
    more = Money(LESS_FEE + 1, "VND")
    with pytest.raises(Refused, match="needs_reason"):
        grant(claim, staff.agent, amount=more, reason="  ")
    granted = grant(claim, staff.agent, amount=more, reason="Khách chờ hai lần.")
    assert granted.grants.get().reason == "Khách chờ hai lần."


def test_less_than_the_answer_needs_none(claim: Claim, staff: Any) -> None:
    grant(claim, staff.agent, amount=Money(100_000, "VND"))
    assert Grant.objects.get().amount_minor == 100_000


def test_a_negative_amount_is_refused(claim: Claim, staff: Any) -> None:
    with pytest.raises(Refused):
        grant(claim, staff.agent, amount=Money(-1, "VND"))


def test_another_currency_is_refused(claim: Claim, staff: Any) -> None:
    with pytest.raises(Refused):
        grant(claim, staff.agent, amount=Money(1, "EUR"))


def test_granting_twice_is_refused(claim: Claim, staff: Any) -> None:
    grant(claim, staff.agent)
    with pytest.raises(Refused, match="claim_closed"):
        grant(claim, staff.agent)
    assert Grant.objects.count() == 1


def test_stale_form_does_not_grant(claim: Claim, staff: Any) -> None:
    seen = claim.case.events.order_by("-id")[0].pk
    on_cases.receive(claim.case, "Tôi rút lại.", channel="web")
    with pytest.raises(Refused, match="changed_meanwhile"):
        grant(claim, staff.agent, seen=seen)


@pytest.mark.parametrize("who", ["outsider", "manager"])
def test_without_a_level_nothing_is_granted(claim: Claim, staff: Any, who: str) -> None:
    person = getattr(staff, who)
    person.level = ""
    with pytest.raises(Refused, match="not_allowed"):
        grant(claim, person)


def test_what_the_policy_refuses_a_person_may_grant_with_a_reason(hoa: Any, staff: Any) -> None:
    claim = _refund(hoa, price=400_000, days_ago=30)
    assert claim.outcome == "too_late"
    with pytest.raises(Refused, match="nothing_to_grant"):
        grant(claim, staff.agent)
    with pytest.raises(Refused, match="needs_reason"):
        grant(claim, staff.agent, amount=Money(400_000, "VND"))
    assert grant(claim, staff.agent, amount=Money(400_000, "VND"), reason="Khách nằm viện.").state == State.GRANTED


def test_what_the_plan_leaves_to_a_level_is_that_levels(hoa: Any, staff: Any) -> None:
    claim = _refund(hoa, price=5_500_000)
    assert claim.answer["granted_by"] == "specialist"
    small = Money(100_000, "VND")
    with pytest.raises(AuthorityExceeded) as beyond:
        grant(claim, staff.agent, amount=small, reason="Nhỏ thôi.")
    assert "agent" not in beyond.value.who_may
    assert grant(claim, staff.specialist, amount=small, reason="Nhỏ thôi.").state == State.GRANTED


def test_refusing_tells_the_customer_why(claim: Claim, staff: Any) -> None:
    refused = refuse(claim, staff.agent, "Máy đã dùng nhiều.")
    assert refused.state == State.REFUSED
    assert claim.case.messages.filter(direction="outgoing").order_by("-id")[0].body == "Máy đã dùng nhiều."
    assert claim.case.events.get(code="refused").person == staff.agent
    assert owed(claim.case, "first_reply").state == Promise.State.KEPT


def test_refusing_without_a_reason_is_refused(claim: Claim, staff: Any) -> None:
    with pytest.raises(Refused, match="needs_reason"):
        refuse(claim, staff.agent, " ")


def test_refusing_what_was_granted_is_refused(claim: Claim, staff: Any) -> None:
    grant(claim, staff.agent)
    with pytest.raises(Refused, match="claim_closed"):
        refuse(claim, staff.agent, "Không.")


def test_proving_turns_told_into_verified_and_the_plan_grants(claim: Claim, staff: Any, plan: Any) -> None:
    facts = plan.read({"fault": "none", "condition": "like_new"}, Standing.TOLD)
    proved = prove(claim, facts, person=staff.agent)
    assert proved.facts["condition"] == {"value": "like_new", "standing": "verified"}
    assert (proved.conditional, proved.state) == (False, State.GRANTED)
    gift = Grant.objects.get()
    assert (gift.person, gift.amount_minor) == (None, LESS_FEE)
    assert codes(claim.case)[-4:-1] and {"proved", "answered", "granted"} <= set(codes(claim.case))


def test_proving_something_else_changes_the_answer(claim: Claim, staff: Any, plan: Any) -> None:
    proved = prove(claim, plan.read({"fault": "customer"}, Standing.TOLD), person=staff.agent)
    assert (proved.outcome, proved.state) == ("decline", State.REFUSED)
    assert proved.case.messages.filter(direction="outgoing").count() == 2


def test_proving_later_asks_as_of_when_the_customer_asked(
    hoa: Any, staff: Any, plan: Any, clock: StandingClock
) -> None:
    claim = _refund(hoa, price=500_000, days_ago=6)
    clock.forward(days=5)
    facts = plan.read({"fault": "none", "condition": "like_new"}, Standing.TOLD)
    assert prove(claim, facts, person=staff.agent).outcome == "less_fee"


def test_refusing_and_granting_leave_the_instant_as_of_which_the_policy_is_asked(
    claim: Claim, staff: Any, clock: StandingClock
) -> None:
    asked = claim.decided_at
    clock.forward(days=5)
    refuse(claim, staff.agent, "Máy đã dùng nhiều.")
    granted = grant(claim, staff.agent)
    granted.refresh_from_db()
    assert granted.decided_at == asked


def test_granted_late_it_is_worth_what_it_was_when_they_asked(hoa: Any, staff: Any, clock: StandingClock) -> None:
    claim = _refund(hoa, price=500_000, days_ago=6)
    clock.forward(days=30)  # nothing is taken back so late any more
    assert grant(claim, staff.agent).grants.get().amount_minor == LESS_FEE


def test_proving_nonsense_leaves_everything(claim: Claim, staff: Any, plan: Any) -> None:
    before = _everything()
    with pytest.raises(BadFact):
        prove(claim, plan.read({"condition": "melted"}, Standing.TOLD), person=staff.agent)
    assert _everything() == before


@pytest.mark.parametrize("written", ["100000 VND", "900000000 VND"])
def test_what_is_on_record_is_not_proved_away(claim: Claim, staff: Any, plan: Any, written: str) -> None:
    before = _everything()
    facts = plan.read({"condition": "like_new", "price": written}, Standing.TOLD)
    with pytest.raises(Refused, match="on_record"):
        prove(claim, facts, person=staff.agent)
    assert _everything() == before


def test_reason_that_no_database_takes_is_cleaned(claim: Claim, staff: Any) -> None:
    grant(claim, staff.agent, reason=" worn\x00 ")
    assert Grant.objects.get().reason == "worn"


@pytest.mark.parametrize("verb", ["grant", "refuse", "prove"])
def test_outsider_cannot(claim: Claim, staff: Any, verb: str) -> None:
    before = _everything()
    deeds = {
        "grant": lambda: grant(claim, staff.outsider),
        "refuse": lambda: refuse(claim, staff.outsider, "Không."),
        "prove": lambda: prove(claim, {}, person=staff.outsider),
    }
    with pytest.raises(Refused, match="not_allowed"):
        deeds[verb]()
    assert _everything() == before


@pytest.mark.parametrize("verb", ["grant", "refuse"])
def test_failure_halfway_leaves_nothing_behind(
    claim: Claim, staff: Any, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tantam.desk.cases import outbox

    before = _everything()
    monkeypatch.setattr(outbox.work, "due", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        grant(claim, staff.agent) if verb == "grant" else refuse(claim, staff.agent, "Không.")
    assert _everything() == before


def test_claims_are_reached_through_their_case(claim: Claim, staff: Any) -> None:
    from django.http import Http404

    assert claim_for(staff.colleague, claim.pk) == claim
    assert not claims_for(staff.outsider).exists()
    with pytest.raises(Http404):
        claim_for(staff.outsider, claim.pk)


def _refund(of: Any, *, price: int, days_ago: int = 3) -> Claim:
    bought = purchase(of, price=price, days_ago=days_ago, number=f"BX-{price}")
    told = {"fault": "none", "condition": "like_new"}
    return file_claim(concern(of, topic="return_goods", purchase=bought, told=told), policy="refund")


def _everything() -> list[Any]:
    counted: list[Any] = [each.objects.count() for each in (Message, Promise, CaseEvent, DueWork, Grant)]
    return [*counted, *Claim.objects.values_list("state", "outcome", "conditional", "facts")]
