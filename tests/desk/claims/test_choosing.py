"""Customers choose among what is granted: booked once, promised anew, until somebody begins to carry it out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db.models import Sum

from tantam.desk.cases.actions import resolve
from tantam.desk.cases.models import Actor, Promise
from tantam.desk.claims.actions import choose, choose_for, file_claim, grant, pay, prove, take_back
from tantam.desk.claims.choosing import open_choices
from tantam.desk.claims.models import Claim, Entry, Grant, Stance
from tantam.desk.claims.stances import decision_of
from tantam.desk.common.errors import Refused
from tantam.desk.common.money import Money
from tantam.desk.plans import Fact, Standing, answers
from tantam.desk.procedures.actions import do_step
from tantam.desk.procedures.running import standing_of
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.together import together

PRICE, LESS_FEE = 4_000_000, 3_600_000
Account = Entry.Account


def like_new(of: Any, *, number: str = "BX-1001", standing: Standing = Standing.VERIFIED) -> Claim:
    """What is like new goes back: 90 % of the price in three working days, or a voucher for all of it in one."""
    bought = desk.purchase(of, days_ago=3, price=PRICE, number=number)
    return _filed(of, bought, {"fault": "none", "condition": "like_new"}, standing, "return_goods", "refund")


def faulty(of: Any) -> Claim:
    """A new one at once, or a repair in seven working days."""
    return _filed(of, desk.purchase(of), {"fault": "ours"}, Standing.VERIFIED, "faulty", "exchange")


def _filed(of: Any, bought: Any, told: dict[str, str], standing: Standing, topic: str, policy: str) -> Claim:
    brought = desk.concern(of, told=told, purchase=bought, topic=topic)
    facts = {term: Fact(fact.value, standing) for term, fact in brought.facts.items()}
    return file_claim(replace(brought, facts=facts), policy=policy)


def number(claim: Claim) -> int:
    return decision_of(claim) or 0


def balance(**which: Any) -> dict[str, int]:
    entries = Entry.objects.filter(**which).order_by()
    return dict(entries.values_list("account").annotate(sum=Sum("minor")))


def test_what_stands_first_is_granted_at_once_and_nothing_waits(hoa: Any, plan: Any) -> None:
    claim = like_new(hoa)
    assert (claim.state, claim.outcome) == (Claim.State.GRANTED, "less_fee")
    assert balance() == {Account.GIVEN: LESS_FEE, Account.OWED: -LESS_FEE}
    assert open_choices(claim, plan) == ("credit",)
    letter = claim.case.messages.get(direction="outgoing").body
    assert "phiếu mua hàng bằng đủ số tiền" in letter.lower() and "4.000.000" in letter


def test_choosing_books_back_and_grants_anew_once(hoa: Any, clock: StandingClock) -> None:
    claim = like_new(hoa)
    first = claim.grants.get()
    clock.forward(minutes=90)
    for _ in range(2):
        claim = choose(claim, "credit", number(claim))
    assert (claim.outcome, claim.answer["chosen_over"]) == ("credit", "less_fee")
    assert balance() == {Account.GIVEN: PRICE, Account.OWED: -PRICE}
    assert balance(grant=first) == {Account.GIVEN: 0, Account.OWED: 0}
    given = claim.grants.get(reversed_at=None)
    assert (given.amount_minor, given.clause, given.person_id) == (PRICE, first.clause, None)
    assert desk.codes(claim.case).count("chosen") == 1
    told = claim.case.events.get(code="chosen")
    assert (told.actor, told.args["outcome_before"], told.args["minor"]) == (Actor.CUSTOMER, "less_fee", PRICE)


def test_what_was_promised_is_owed_no_longer_and_the_new_time_runs_from_now(hoa: Any, clock: StandingClock) -> None:
    claim = like_new(hoa)
    clock.forward(minutes=90)
    choose(claim, "credit", number(claim))
    assert desk.owed(claim.case, "less_fee").state == Promise.State.WITHDRAWN
    promised = desk.owed(claim.case, "credit")
    assert (promised.state, promised.made_at) == (Promise.State.OWED, clock.instant)
    assert "4.000.000" in claim.case.messages.order_by("-id")[0].body


def test_who_chose_accepts_it_and_may_choose_back(hoa: Any, plan: Any) -> None:
    claim = like_new(hoa)
    claim = choose(claim, "credit", number(claim))
    assert Stance.objects.get().kind == Stance.Kind.ACCEPTED
    assert open_choices(claim, plan) == ("less_fee",)
    claim = choose(claim, "less_fee", number(claim))
    assert (claim.outcome, claim.answer["chosen_over"]) == ("less_fee", "")
    assert balance() == {Account.GIVEN: LESS_FEE, Account.OWED: -LESS_FEE}
    take_back(claim, number(claim))
    assert claim.outcome == "less_fee" and not claim.stances.filter(decision=number(claim)).exists()


def test_what_is_paid_is_not_chosen_otherwise(hoa: Any, staff: Any, plan: Any) -> None:
    claim = like_new(hoa)
    pay(claim.grants.get(), staff.agent)
    assert open_choices(claim, plan) == ()
    with pytest.raises(Refused, match="choice_over"):
        choose(claim, "credit", number(claim))
    assert balance()[Account.GIVEN] == LESS_FEE


def test_what_is_settled_is_not_chosen_otherwise(hoa: Any, staff: Any, plan: Any) -> None:
    claim = like_new(hoa)
    resolve(claim.case, staff.agent)
    assert open_choices(Claim.objects.get(pk=claim.pk), plan) == ()


def test_what_is_under_way_by_the_procedure_is_not_chosen_otherwise(hoa: Any, staff: Any, plan: Any) -> None:
    claim = faulty(hoa)
    _do(claim, "find", staff.agent)
    assert open_choices(claim, plan) == ("repair",)
    _do(claim, "send", staff.agent)
    with pytest.raises(Refused, match="choice_over"):
        choose(claim, "repair", number(claim))


def test_the_procedure_goes_by_what_was_chosen(hoa: Any, staff: Any) -> None:
    claim = faulty(hoa)
    _do(claim, "find", staff.agent)
    assert _open(claim) == ["send"]
    claim = choose(claim, "repair", number(claim))
    assert _open(claim) == ["mend"]
    choose(claim, "replace", number(claim))
    assert _open(claim) == ["send"]


def test_a_choice_before_the_procedure_comes_to_it_counts_as_well(hoa: Any, staff: Any) -> None:
    claim = faulty(hoa)
    choose(claim, "repair", number(claim))
    _do(claim, "find", staff.agent)
    assert _open(claim) == ["mend"]


def test_what_is_not_offered_is_not_granted(hoa: Any) -> None:
    claim = like_new(hoa)
    for outcome in ("full", "judge", "", "no_such"):
        with pytest.raises(Refused, match="choice_over"):
            choose(claim, outcome, number(claim))
    assert claim.grants.count() == 1


def test_what_was_decided_anew_meanwhile_is_not_chosen(hoa: Any) -> None:
    claim = like_new(hoa)
    with pytest.raises(Refused, match="decided_anew"):
        choose(claim, "credit", number(claim) - 1)


def test_what_rests_on_words_alone_is_not_chosen_before_it_is_granted(hoa: Any, staff: Any, plan: Any) -> None:
    claim = like_new(hoa, standing=Standing.TOLD)
    assert (claim.state, open_choices(claim, plan)) == (Claim.State.OPEN, ())
    told = plan.read({"fault": "none", "condition": "like_new"}, Standing.VERIFIED)
    claim = prove(claim, told, person=staff.agent)
    assert open_choices(claim, plan) == ("credit",)


def test_what_facts_turn_later_they_turn_of_what_was_chosen(hoa: Any, staff: Any, plan: Any) -> None:
    claim = like_new(hoa)
    claim = choose(claim, "credit", number(claim))
    same = prove(claim, plan.read({"condition": "like_new"}, Standing.VERIFIED), person=staff.agent)
    assert (same.outcome, same.state, "anew" in same.answer) == ("credit", Claim.State.GRANTED, False)
    turned = prove(claim, plan.read({"condition": "used"}, Standing.VERIFIED), person=staff.agent)
    assert turned.outcome == "credit" and turned.answer["anew"]["outcome"] == "too_used"
    assert open_choices(turned, plan) == ()


def test_a_colleague_notes_it_and_the_customer_reads_it(hoa: Any, staff: Any) -> None:
    claim = choose_for(like_new(hoa), "credit", staff.agent)
    told = claim.case.events.get(code="chosen")
    assert (told.actor, told.person_id, claim.outcome) == (Actor.PERSON, staff.agent.pk, "credit")
    assert not claim.stances.exists()  # they may still say what they think of it
    with pytest.raises(Refused, match="changed_meanwhile"):
        choose_for(claim, "less_fee", staff.agent, seen=1)


def test_a_person_granted_within_their_level_is_chosen_within_it_alone(hoa: Any, staff: Any, plan: Any) -> None:
    claim = grant(like_new(hoa, standing=Standing.TOLD), staff.specialist)
    assert open_choices(claim, plan) == ()  # it rests on what was only told
    less = grant(like_new(hoa, number="BX-2", standing=Standing.TOLD), staff.specialist, amount=Money(1, "VND"))
    assert open_choices(less, plan) == ()  # not what the plan answered


def test_what_they_choose_is_said_in_their_language(hoa: Any, plan: Any) -> None:
    claim = like_new(hoa)
    for lang, words in (("vi", "phiếu mua hàng"), ("de", "Gutschein"), ("en", "voucher")):
        (other,) = answers.shown(claim.answer, lang, plan=plan).instead
        assert words in other.headline and other.outcome == "credit" and other.within


def test_of_two_at_once_one_counts_and_the_other_is_told(transactional_db: None, clock: StandingClock) -> None:
    desk.put_in_force()
    staff, hoa = desk.hire(), desk.customer()
    for each in range(3):
        claim = like_new(hoa, number=f"BX-{each}")
        read, given = number(claim), claim.grants.get()
        results = together(
            lambda c=claim, n=read: choose(c, "credit", n),
            lambda c=claim, n=read: choose(c, "credit", n),
            lambda g=given: pay(g, staff.agent),
        )
        codes = [one.code for one in results if isinstance(one, Refused)]
        claim.refresh_from_db()
        assert codes in (["not_owed"], ["choice_over", "choice_over"]), results
        assert Grant.objects.filter(claim=claim, reversed_at=None).count() == 1
        assert (claim.outcome == "credit") == (codes == ["not_owed"])
        assert sum(balance(grant__claim=claim).values()) == 0


def _do(claim: Claim, step: str, person: Any) -> None:
    run = claim.case.runs.get()
    token = next(each for each in standing_of(run).tokens if each.path[-1] == step)
    do_step(claim.case, person, token.number)


def _open(claim: Claim) -> list[str]:
    return [each.path[-1] for each in standing_of(claim.case.runs.get()).tokens]
