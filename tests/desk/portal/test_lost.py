"""Who lost their private link gets it by mail, and only there; nobody learns who is a customer."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.desk.cases import lost_links
from tantam.desk.cases.links import private_link
from tantam.desk.cases.models import Case
from tantam.desk.channels.email import links
from tantam.desk.common.models import DueWork
from tests.desk.portal.pages import Visitor, text
from tests.support import desk
from tests.support.clock import StandingClock


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The mails that were handed over."""
    mails: list[Any] = []
    monkeypatch.setattr(links, "hand_over", mails.append)
    return mails


def ask(visitor: Visitor, contact: str) -> Any:
    return visitor.send("/lost/", visitor.get("/lost/"), contact=contact)


def deliver() -> None:
    for work in DueWork.objects.filter(kind=lost_links.SEND):
        links.send_links(work.payload)


def mail_of(customer: Any) -> str:
    return str(customer.contacts.get(kind="mail").value)


def test_every_case_comes_with_its_link_to_the_customers_own_address(
    visitor: Visitor, hoa: Any, sent: list[Any]
) -> None:
    cases = [desk.opened(hoa), desk.opened(hoa)]
    ask(visitor, f" {mail_of(hoa).upper()} ")
    deliver()
    assert [each["To"].addresses[0].addr_spec for each in sent] == [mail_of(hoa)]
    assert all(private_link(each) in sent[0].get_body(("plain",)).get_content() for each in cases)
    assert sent[0]["Content-Language"] == cases[0].language


@pytest.mark.parametrize("many", [10, 11])
def test_letter_says_that_there_are_more(visitor: Visitor, hoa: Any, sent: list[Any], many: int) -> None:
    cases = [desk.opened(hoa) for _each in range(many)]
    ask(visitor, mail_of(hoa))
    deliver()
    body = " ".join(sent[0].get_body(("plain",)).get_content().split())
    assert [private_link(each) in body for each in cases] == [False] * (many - 10) + [True] * 10
    assert ("10 yêu cầu mới nhất" in body) == (many > 10)


def test_what_is_answered_is_the_same_for_a_stranger(visitor: Visitor, hoa: Any, sent: list[Any]) -> None:
    desk.opened(hoa)
    known, stranger = ask(visitor, mail_of(hoa)), ask(visitor, "nobody@elsewhere.example")
    assert (known.status_code, known.url) == (stranger.status_code, stranger.url) == (302, "/lost/asked/")
    assert DueWork.objects.filter(kind=lost_links.SEND).count() == 2
    deliver()
    assert len(sent) == 1


def test_asked_twice_it_is_sent_once(visitor: Visitor, hoa: Any, sent: list[Any]) -> None:
    desk.opened(hoa)
    page = visitor.get("/lost/")
    for _press in range(2):
        visitor.send("/lost/", page, contact=mail_of(hoa))
    deliver()
    assert len(sent) == 1


def test_asked_before_the_first_case_and_again_after_it_is_sent(
    visitor: Visitor, hoa: Any, sent: list[Any], clock: StandingClock
) -> None:
    ask(visitor, mail_of(hoa))
    deliver()
    desk.opened(hoa)
    clock.forward(minutes=2)
    ask(visitor, mail_of(hoa))
    deliver()
    assert sent


def test_a_telephone_number_brings_the_mail_to_the_mail_address(visitor: Visitor, hoa: Any, sent: list[Any]) -> None:
    desk.opened(hoa)
    hoa.contacts.create(kind="phone", value="+84903123412")
    ask(visitor, "0903 123 412")
    deliver()
    assert [each["To"].addresses[0].addr_spec for each in sent] == [mail_of(hoa)]


def test_a_case_that_was_joined_to_another_is_shown_by_that_one_alone(
    visitor: Visitor, hoa: Any, sent: list[Any]
) -> None:
    whole, part = desk.opened(hoa), desk.opened(hoa)
    Case.objects.filter(pk=part.pk).update(status=Case.Status.MERGED, merged_into=whole)
    ask(visitor, mail_of(hoa))
    deliver()
    assert (
        private_link(whole) in sent[0].get_body(("plain",)).get_content()
        and private_link(part) not in sent[0].get_body(("plain",)).get_content()
    )


@pytest.mark.parametrize("written", ["", "   ", "Hoa", "hoa@example,com", "0903 abc"])
def test_what_is_no_address_comes_back_with_what_to_write(visitor: Visitor, written: str) -> None:
    shown = ask(visitor, written)
    assert shown.status_code == 422
    assert "Write a mail address such as" in text(shown)
    assert not DueWork.objects.filter(kind=lost_links.SEND).exists()


def test_whoever_asks_again_and_again_is_told_to_wait(visitor: Visitor, clock: StandingClock) -> None:
    answers = [ask(visitor, "nobody@elsewhere.example").status_code for _each in range(6)]
    assert answers == [302] * 5 + [429]


@pytest.mark.parametrize("address", ["/", "/c/cut-off/"])
def test_there_is_a_way_to_it_from_where_one_is_lost(visitor: Visitor, address: str) -> None:
    assert 'href="/lost/"' in visitor.get(address).content.decode()


def test_next_page_says_where_to_look(visitor: Visitor) -> None:
    assert "Look into your mail" in text(visitor.get("/lost/asked/"))
