"""Signing in by a mailed link: to a verified address, once, by a button; one's own requests and nobody else's."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tantam.desk.cases.actions import merge, resolve
from tantam.desk.cases.links import private_link
from tantam.desk.cases.models import Case
from tantam.desk.channels.email import entries
from tantam.desk.channels.email import links as lost
from tantam.desk.common.models import DueWork
from tantam.desk.customers.models import Contact, Contract, ContractPromise, Customer
from tantam.desk.portal.my_cases import rows
from tantam.desk.portal.views.mine import COOKIE
from tantam.desk.visitors import links
from tantam.desk.visitors.access import MOST_CASES, cases_of, visitor_of
from tantam.desk.visitors.models import EntryLink, Stay
from tests.desk.portal.pages import Visitor, text
from tests.support import desk
from tests.support.clock import StandingClock

MAIL = "hoa@example.com"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The mails that were handed over."""
    mails: list[Any] = []
    monkeypatch.setattr(entries, "hand_over", mails.append)
    monkeypatch.setattr(lost, "hand_over", mails.append)
    return mails


@pytest.fixture
def verified(hoa: Customer, clock: StandingClock) -> Customer:
    hoa.contacts.update(verified_at=clock.instant, verified_how="replied")
    return hoa


def _ask(visitor: Visitor, mail: str) -> Any:
    return visitor.send("/mine/", visitor.get("/mine/"), mail=mail)


def _deliver() -> None:
    for work in DueWork.objects.filter(kind=links.SEND):
        entries.send_entry(work.payload)


def _link(sent: list[Any]) -> str:
    body = sent[-1].get_body(("plain",)).get_content()
    found = re.search(r"/mine/in/[^\s]+/", body)
    assert found, body
    return found[0]


def _signed_in(visitor: Visitor, sent: list[Any]) -> str:
    """Sign in as Hoa; return the link that was used."""
    _ask(visitor, MAIL)
    _deliver()
    link = _link(sent)
    assert visitor.client.post(link).status_code == 302
    return link


def test_link_opens_all_of_ones_requests(visitor: Visitor, verified: Customer, sent: list[Any]) -> None:
    cases = [desk.opened(verified), desk.opened(verified, body="Tủ lạnh không lạnh.")]
    _signed_in(visitor, sent)
    page = visitor.get("/mine/")
    assert page.status_code == 200
    assert all(f"/c/{each.link_key}/" in page.content.decode() for each in cases)
    assert "A colleague answers you" in text(page)
    assert [each["To"].addresses[0].addr_spec for each in sent] == [MAIL]


def test_what_is_answered_is_the_same_for_a_stranger(visitor: Visitor, verified: Customer, sent: list[Any]) -> None:
    known, stranger = _ask(visitor, f" {MAIL.upper()} "), _ask(visitor, "nobody@elsewhere.example")
    assert (known.status_code, known.url) == (stranger.status_code, stranger.url) == (302, "/mine/asked/")
    assert DueWork.objects.filter(kind=links.SEND).count() == 2
    _deliver()
    assert len(sent) == 1 and EntryLink.objects.count() == 1


def test_who_is_not_verified_gets_private_links_and_no_entry(visitor: Visitor, hoa: Customer, sent: list[Any]) -> None:
    case = desk.opened(hoa)
    _ask(visitor, MAIL)
    _deliver()
    body = sent[0].get_body(("plain",)).get_content()
    assert private_link(case) in body and "/mine/in/" not in body
    assert not EntryLink.objects.exists()


def test_what_only_opens_the_link_uses_nothing_up(visitor: Visitor, verified: Customer, sent: list[Any]) -> None:
    _ask(visitor, MAIL)
    _deliver()
    link = _link(sent)
    for scanner in (Client(), Client()):
        for method in (scanner.get, scanner.head):
            answer = method(link)
            assert answer.status_code == 200 and COOKIE not in answer.cookies
    assert not Stay.objects.exists()
    assert visitor.client.post(link).status_code == 302


def test_link_is_good_once(visitor: Visitor, verified: Customer, sent: list[Any]) -> None:
    link = _signed_in(visitor, sent)
    again = Client().post(link)
    assert again.status_code == 409 and COOKIE not in again.cookies
    assert Client().get(link).status_code == 409


def test_link_is_good_for_half_an_hour(
    visitor: Visitor, verified: Customer, sent: list[Any], clock: StandingClock
) -> None:
    _ask(visitor, MAIL)
    _deliver()
    clock.forward(minutes=31)
    assert visitor.client.post(_link(sent)).status_code == 409


@pytest.mark.parametrize("token", ["x", "MQ:1abc:x", "é", "1" * 400])
def test_forged_link_opens_nothing(visitor: Visitor, verified: Customer, token: str) -> None:
    for answer in (visitor.get(f"/mine/in/{token}/"), visitor.client.post(f"/mine/in/{token}/")):
        assert answer.status_code == 409 and "Ask for a new one" in text(answer)


def test_link_of_a_letter_that_could_not_go_out_at_first_is_still_good(
    visitor: Visitor, verified: Customer, sent: list[Any], clock: StandingClock
) -> None:
    _ask(visitor, MAIL)
    _deliver()
    clock.forward(hours=2)
    _deliver()
    link = _link(sent)
    assert visitor.client.post(link).status_code == 302
    _deliver()
    assert Client().post(link).status_code == 409


def test_same_letter_twice_is_one_link(
    visitor: Visitor, verified: Customer, sent: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    _ask(visitor, MAIL)
    _deliver()
    monkeypatch.setattr("django.core.signing.time.time", lambda: 2_000_000_000.0)
    _deliver()
    assert EntryLink.objects.count() == 1
    assert sent[0]["Message-ID"] == sent[1]["Message-ID"] and _link(sent[:1]) == _link(sent)


def test_anothers_request_is_never_there(visitor: Visitor, verified: Customer, sent: list[Any]) -> None:
    theirs = desk.opened(desk.customer(name="Lê Nam", mail="nam@example.com"))
    _signed_in(visitor, sent)
    assert theirs.link_key not in visitor.get("/mine/").content.decode()
    assert "You have not asked us for anything yet" in text(visitor.get("/mine/"))


@pytest.mark.parametrize("key", ["", "x", "0" * 43])
def test_forged_key_sees_the_form(visitor: Visitor, verified: Customer, key: str) -> None:
    desk.opened(verified)
    visitor.client.cookies[COOKIE] = key
    assert "See all your requests" in text(visitor.get("/mine/"))


def test_stay_ends_after_thirty_days(
    visitor: Visitor, verified: Customer, sent: list[Any], clock: StandingClock
) -> None:
    _signed_in(visitor, sent)
    clock.forward(days=29)
    assert "All your requests" in text(visitor.get("/mine/"))
    clock.forward(days=2)
    assert "No password" in text(visitor.get("/mine/"))


@pytest.mark.parametrize("change", ["goes", "is another", "is not verified"])
def test_stay_ends_when_the_contact_changes(visitor: Visitor, verified: Customer, sent: list[Any], change: str) -> None:
    _signed_in(visitor, sent)
    contact = verified.contacts.get(kind=Contact.Kind.MAIL)
    if change == "goes":
        contact.delete()
    elif change == "is another":
        verified.contacts.update(value="other@example.com")
    else:
        verified.contacts.update(verified_at=None)
    assert "No password" in text(visitor.get("/mine/"))


def test_link_dies_with_the_contact(visitor: Visitor, verified: Customer, sent: list[Any]) -> None:
    _ask(visitor, MAIL)
    _deliver()
    verified.contacts.update(verified_at=None)
    assert visitor.client.post(_link(sent)).status_code == 409


def test_signing_out_ends_it_at_the_desk_too(visitor: Visitor, verified: Customer, sent: list[Any]) -> None:
    _signed_in(visitor, sent)
    key = visitor.client.cookies[COOKIE].value
    assert visitor.client.post("/mine/out/").status_code == 302
    assert visitor_of(key) is None and not Stay.objects.exists()
    assert visitor.get("/mine/out/").status_code == 405


def test_key_is_kept_by_nobody_but_the_browser(visitor: Visitor, verified: Customer, sent: list[Any]) -> None:
    _signed_in(visitor, sent)
    cookie = visitor.client.cookies[COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/mine/"
    assert cookie.value not in str(list(Stay.objects.values()))
    assert "no-store" in visitor.get("/mine/").headers["Cache-Control"]


def test_a_hundred_stand_on_a_page_in_few_queries(
    visitor: Visitor, verified: Customer, sent: list[Any], django_assert_max_num_queries: Any
) -> None:
    one = desk.opened(verified)
    _signed_in(visitor, sent)
    same = {each.name: getattr(one, each.name) for each in Case._meta.fields if each.name != "id"}
    unlike = [{"reference": f"AAAA-{n:04}", "link_key": f"{n:022}"} for n in range(MOST_CASES)]
    Case.objects.bulk_create(Case(**same | each) for each in unlike)
    with django_assert_max_num_queries(10):
        page = visitor.get("/mine/").content.decode()
    assert page.count("<li>") >= MOST_CASES and f"/c/{one.link_key}/" not in page
    found = re.search(r'href="\?before=(\d+)"', page)
    assert found and f"/c/{one.link_key}/" in visitor.get(f"/mine/?before={found[1]}").content.decode()


def test_joined_requests_are_one(visitor: Visitor, verified: Customer, staff: desk.Staff, sent: list[Any]) -> None:
    whole, part = desk.opened(verified), desk.opened(verified)
    merge(part, staff.agent, into=whole)
    _signed_in(visitor, sent)
    page = visitor.get("/mine/").content.decode()
    assert f"/c/{whole.link_key}/" in page and f"/c/{part.link_key}/" not in page


def test_what_is_owed_in_a_joined_request_is_owed_still(
    verified: Customer, staff: desk.Staff, clock: StandingClock
) -> None:
    part = desk.opened(verified)
    clock.forward(minutes=20)
    whole = desk.opened(verified)
    merge(part, staff.agent, into=whole)
    stay = Stay(contact=verified.contacts.get(), mail=MAIL)
    (row,) = rows(cases_of(_visitor(stay)), clock.instant, "en")
    assert row.case == whole and row.owed and row.owed.chip
    assert row.owed.chip.id == part.promises.get(kind="first_reply").pk


def test_settled_ones_say_so(visitor: Visitor, verified: Customer, staff: desk.Staff, sent: list[Any]) -> None:
    resolve(desk.opened(verified), staff.agent)
    _signed_in(visitor, sent)
    shown = text(visitor.get("/mine/"))
    assert "Settled" in shown and "A colleague answers you" not in shown


@pytest.mark.parametrize("written", ["", "Hoa", "0903 123 412", "hoa@example,com"])
def test_what_is_no_mail_address_comes_back(visitor: Visitor, written: str) -> None:
    shown = _ask(visitor, written)
    assert shown.status_code == 422 and "Write a mail address such as" in text(shown)
    assert not DueWork.objects.filter(kind=links.SEND).exists()


def test_whoever_asks_again_and_again_is_told_to_wait(visitor: Visitor) -> None:
    answers = [_ask(visitor, "nobody@elsewhere.example").status_code for _each in range(6)]
    assert answers == [302] * 5 + [429]


def test_forms_have_their_own_secret(verified: Customer) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/mine/in/x/").status_code == 403
    assert strict.post("/mine/out/").status_code == 403


@pytest.mark.parametrize("language", ["vi", "de", "en"])
def test_letter_and_pages_speak_the_visitors_language(
    clock: StandingClock, verified: Customer, sent: list[Any], language: str
) -> None:
    visitor = Visitor(clock, language)
    desk.opened(verified)
    _signed_in(visitor, sent)
    assert sent[0]["Content-Language"] == language
    for path in ("/mine/", "/mine/asked/"):
        assert f'<html lang="{language}"' in visitor.get(path).content.decode()


def test_cases_of_two_with_one_address_stand_together(verified: Customer, clock: StandingClock) -> None:
    wife = desk.customer(name="Lê Nam", mail=MAIL)
    other = desk.opened(wife)
    stay = Stay.objects.create(
        digest="d", contact=verified.contacts.get(), mail=MAIL, since=clock.instant, until=clock.instant
    )
    assert other not in cases_of(_visitor(stay))  # her address is not verified
    wife.contacts.update(verified_at=clock.instant)
    assert other in cases_of(_visitor(stay))


def _visitor(stay: Stay) -> Any:
    from tantam.desk.visitors.access import Visitor as Signed
    from tantam.desk.visitors.access import verified

    return Signed(stay, tuple(each.customer for each in verified(stay.mail).select_related("customer")))


def test_contracts_that_count_are_shown_with_what_they_promise(
    visitor: Visitor, verified: Customer, sent: list[Any]
) -> None:
    mine = Contract.objects.create(number="V-12", customer=verified, begins=date(2026, 1, 1), terms="For colleagues.")
    ContractPromise.objects.create(contract=mine, promise="first_reply", within="10 min")
    Contract.objects.create(number="OLD-1", customer=verified, begins=date(2025, 1, 1), ended=date(2026, 1, 1))
    Contract.objects.create(number="NOT-THEIRS", customer=desk.customer("Nam", mail=""), begins=date(2026, 1, 1))
    _signed_in(visitor, sent)
    said = text(visitor.get("/mine/"))
    assert "V-12" in said and "within 10 minutes" in said
    assert not any(each in said for each in ("OLD-1", "NOT-THEIRS", "For colleagues."))
