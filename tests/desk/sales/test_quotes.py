"""A quote brings its lines and total in writing, stands until it is answered, replaced or runs out, once each."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import Http404

from tantam.desk.cases.actions import reply, resolve
from tantam.desk.cases.models import Case, Promise
from tantam.desk.claims.actions import file_claim
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tantam.desk.common.money import Money
from tantam.desk.customers.models import Customer, Product, Purchase
from tantam.desk.notices.listening import NOTIFY
from tantam.desk.sales.access import quote_by_customer, quote_for
from tantam.desk.sales.actions import accept_quote, decline_quote, expire, lose, quote, win
from tantam.desk.sales.models import Enquiry, Quote
from tantam.desk.sales.quoting import Line, Offer
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.offers import offer, standing


def test_who_asks_before_buying_begins_an_enquiry_and_nobody_else(asked: Case, hoa: Customer) -> None:
    after = desk.opened(hoa, topic="faulty", purchase=desk.purchase(hoa))
    ours = desk.opened(desk.customer("Kho", mail="", internal=True), topic="advice")
    assert (asked.stage, standing(asked)) == ("before", ("open", ""))
    assert not Enquiry.objects.filter(case__in=[after, ours]).exists()


def test_quote_says_its_lines_and_total_and_stands_as_long_as_the_plan_says(
    asked: Case, staff: desk.Staff, clock: StandingClock
) -> None:
    made = quote(asked, staff.agent, offer(words="Chào chị,"))
    letter = asked.messages.get(pk=made.message).body
    assert made.total_minor == 2 * 8_990_000 + 150_000
    assert made.valid_until.date() == (clock.instant + timedelta(days=14)).date()
    for words in ("Chào chị,", made.number, "2 × Máy giặt 9 kg", "18.130.000", "Lắp đặt"):
        assert words in letter
    event = asked.events.get(code="quoted")
    assert (event.args["minor"], event.args["replaces"], event.clause) == (18_130_000, None, "sales.quotes_valid")
    assert standing(asked) == ("quoted", "")


def test_same_submission_is_one_quote(asked: Case, staff: desk.Staff) -> None:
    first = quote(asked, staff.agent, offer(), submission="once")
    assert quote(asked, staff.agent, offer(), submission="once") == first
    assert Quote.objects.count() == 1


def test_quote_keeps_what_a_policy_before_the_sale_promised(hoa: Customer, staff: desk.Staff) -> None:
    told = {"need": "quote", "pieces": "2"}
    claim = file_claim(desk.concern(hoa, topic="advice", told=told), policy="consultation")
    promised = desk.owed(claim.case, "quote")
    assert promised is not None
    quote(claim.case, staff.agent, offer())
    promised.refresh_from_db()
    assert promised.state == Promise.State.KEPT


def test_newer_quote_takes_the_place_of_the_one_before(asked: Case, staff: desk.Staff) -> None:
    first, second = quote(asked, staff.agent, offer()), quote(asked, staff.agent, offer(price=8_500_000))
    first.refresh_from_db()
    assert (first.state, second.state) == (Quote.State.REPLACED, Quote.State.STANDS)
    with pytest.raises(Refused, match="quote_over"):
        accept_quote(first)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (Offer(()), "quote_empty"),
        (Offer((Line(" ", 1, Money(1, "VND")),)), "quote_line"),
        (Offer((Line("Máy", 0, Money(1, "VND")),)), "quote_line"),
        (Offer((Line("Máy", 1, Money(-1, "VND")),)), "quote_line"),
        (Offer((Line("Máy", 1, Money(1, "VND")), Line("Máy", 1, Money(1, "EUR")))), "two_currencies"),
    ],
)
def test_wrong_quote_is_refused_and_leaves_nothing(asked: Case, staff: desk.Staff, wrong: Offer, code: str) -> None:
    before = desk.codes(asked)
    with pytest.raises(Refused, match=code):
        quote(asked, staff.agent, wrong)
    assert desk.codes(asked) == before
    assert not Quote.objects.exists()


def test_quote_valid_until_the_past_is_refused(asked: Case, staff: desk.Staff, clock: StandingClock) -> None:
    with pytest.raises(Refused, match="not_ahead"):
        quote(asked, staff.agent, offer(valid_until=clock.instant))


def test_outsider_and_cases_after_the_sale_get_no_quote(asked: Case, hoa: Customer, staff: desk.Staff) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        quote(asked, staff.outsider, offer())
    with pytest.raises(Refused, match="no_enquiry"):
        quote(desk.opened(hoa, purchase=desk.purchase(hoa)), staff.agent, offer())


def test_accepted_once_is_won_once_and_its_owner_is_told(asked: Case, staff: desk.Staff) -> None:
    made = quote(asked, staff.agent, offer())
    accept_quote(made)
    accept_quote(made)
    assert standing(asked) == ("won", "")
    assert [each for each in desk.codes(asked) if each in ("quote_accepted", "won")] == ["quote_accepted", "won"]
    told = asked.events.get(code="quote_accepted")
    assert (told.actor, told.person) == ("customer", None)
    assert DueWork.objects.filter(key=f"{NOTIFY}:{told.pk}").exists()


def test_declined_is_lost_with_its_reason_and_quoted_anew_by_a_newer_one(asked: Case, staff: desk.Staff) -> None:
    made = decline_quote(quote(asked, staff.agent, offer()), "price", "  quá   đắt ")
    assert (made.state, made.reason, made.words) == (Quote.State.DECLINED, "price", "quá đắt")
    assert standing(asked) == ("lost", "price")
    assert asked.events.get(code="lost").args == {"reason": "price"}
    quote(asked, staff.agent, offer(price=7_990_000))
    assert standing(asked) == ("quoted", "")


def test_reason_that_the_plan_does_not_have_is_refused(asked: Case, staff: desk.Staff) -> None:
    with pytest.raises(Refused, match="unknown_reason"):
        decline_quote(quote(asked, staff.agent, offer()), "mood")
    assert standing(asked) == ("quoted", "")


def test_quote_runs_out_once_and_its_customer_is_told(asked: Case, staff: desk.Staff, clock: StandingClock) -> None:
    made = quote(asked, staff.agent, offer())
    assert not expire(made.pk)
    clock.forward(days=15)
    assert expire(made.pk)
    assert not expire(made.pk)
    assert standing(asked) == ("open", "")
    assert made.number in asked.messages.get(pk=asked.events.get(code="quote_expired").args["message"]).body
    with pytest.raises(Refused, match="quote_over"):
        accept_quote(made)


def test_past_its_time_it_cannot_be_accepted_though_nobody_looked_yet(
    asked: Case, staff: desk.Staff, clock: StandingClock
) -> None:
    made = quote(asked, staff.agent, offer())
    clock.forward(days=15)
    with pytest.raises(Refused, match="quote_over"):
        accept_quote(made)


def test_accepted_quote_does_not_run_out(asked: Case, staff: desk.Staff, clock: StandingClock) -> None:
    made = accept_quote(quote(asked, staff.agent, offer()))
    clock.forward(days=15)
    assert not expire(made.pk)
    assert standing(asked) == ("won", "")


def test_what_they_bought_is_found_by_its_number_or_made_of_the_quote(
    asked: Case, staff: desk.Staff, machine: Product, hoa: Customer
) -> None:
    quote(asked, staff.agent, offer(machine))
    won = win(asked, staff.agent, "BX-77")
    made = Purchase.objects.get(number="BX-77")
    assert (won.purchase, made.customer, made.product, made.price_minor) == (made, hoa, machine, 18_130_000)
    other = desk.purchase(hoa, number="BX-78")
    assert win(asked, staff.agent, "BX-78").purchase == other
    assert Quote.objects.get().state == Quote.State.ACCEPTED


def test_purchase_of_somebody_else_or_of_nothing_is_refused(asked: Case, staff: desk.Staff) -> None:
    desk.purchase(desk.customer("Lâm", "lam@example.com"), number="BX-9")
    with pytest.raises(Refused, match="not_their_purchase"):
        win(asked, staff.agent, "BX-9")
    with pytest.raises(Refused, match="no_product_quoted"):
        win(asked, staff.agent, "BX-10")
    assert standing(asked) == ("open", "")


def test_lost_after_it_was_won_is_refused(asked: Case, staff: desk.Staff) -> None:
    win(asked, staff.agent)
    with pytest.raises(Refused, match="enquiry_won"):
        lose(asked, staff.agent, "price")


def test_settled_case_gets_no_quote_but_can_still_be_won(asked: Case, staff: desk.Staff) -> None:
    resolve(asked, staff.agent)
    with pytest.raises(Refused, match="already_resolved"):
        quote(asked, staff.agent, offer())
    assert win(asked, staff.agent).state == Enquiry.State.WON


def test_quote_is_reached_only_through_its_own_case(asked: Case, staff: desk.Staff) -> None:
    made = quote(asked, staff.agent, offer())
    other = desk.opened(desk.customer("Lâm", "lam@example.com"), topic="advice")
    assert quote_for(asked, made.number) == quote_by_customer([asked], made.number) == made
    for ask in (lambda: quote_for(other, made.number), lambda: quote_by_customer([other], made.number)):
        with pytest.raises(Http404):
            ask()


def test_quote_that_comes_to_more_than_can_be_kept_is_refused(asked: Case, staff: desk.Staff) -> None:
    dear = Line("Máy giặt 9 kg", 100_000, Money(10**15 - 1, "VND"))
    with pytest.raises(Refused) as refused:
        quote(asked, staff.agent, Offer((dear,)))
    assert refused.value.code == "quote_line" and not Quote.objects.exists()


def test_form_that_sent_a_reply_may_send_a_quote_too(asked: Case, staff: desk.Staff) -> None:
    reply(asked, staff.agent, "Em báo giá ngay.", submission="one")
    offer = Offer((Line("Máy giặt 9 kg", 1, Money(8_000_000, "VND")),))
    made = quote(asked, staff.agent, offer, submission="one")
    assert quote(asked, staff.agent, offer, submission="one") == made
    assert Quote.objects.count() == 1
