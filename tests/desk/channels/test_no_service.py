"""Letters that are no service: only to who agreed, ended in one click, and never confused with an answer."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tantam.desk.cases import outbox
from tantam.desk.cases.act import act_on
from tantam.desk.cases.actions import reply
from tantam.desk.cases.models import Actor, Case, Message
from tantam.desk.channels.email import outgoing
from tantam.desk.common.errors import Refused
from tantam.desk.customers.actions import give_consent
from tantam.desk.customers.consent import Word, may
from tantam.desk.customers.models import Consent, Customer, Purpose
from tantam.desk.customers.stopping import stop, stop_page
from tests.support import desk


@pytest.fixture
def agreed(hoa: Customer) -> Customer:
    give_consent(hoa, None, Word("survey"))
    return hoa


def asked(case: Case) -> Message:
    with transaction.atomic():
        return outbox.post(act_on(case, Actor.PLAN), "Máy chạy tốt chứ?", purpose="survey")


def place(page: str) -> str:
    return "/" + page.split("/", 3)[3]


def test_it_is_not_written_to_who_did_not_agree(hoa: Customer) -> None:
    with pytest.raises(Refused, match="not_agreed"):
        asked(desk.opened(hoa))


def test_it_says_how_it_ends_in_its_head_and_in_both_forms(agreed: Customer) -> None:
    mail: Any = outgoing.compose(asked(desk.opened(agreed)))
    page = stop_page(agreed, "survey")
    assert mail["List-Unsubscribe"] == f"<{page}>"
    assert f"\nList-Unsubscribe: <{page}>\n" in mail.as_string()  # encoded, no program would find it
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for form in ("plain", "html"):
        assert page in mail.get_body((form,)).get_content()


def test_service_never_has_it(agreed: Customer, staff: desk.Staff) -> None:
    case = desk.opened(agreed)
    for message in (case.messages.get(direction="outgoing"), reply(case, staff.agent, "Chào chị.")):
        mail = outgoing.compose(message)
        assert mail["List-Unsubscribe"] is None and "/letters/" not in mail.as_string()


def test_a_mail_program_ends_it_in_one_click_without_cookie_or_token(agreed: Customer) -> None:
    page = place(stop_page(agreed, "survey"))
    browser = Client(enforce_csrf_checks=True)
    for _ in range(2):
        answer = browser.post(page, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200 and not answer.cookies
    assert not may(agreed, "survey", "mail")
    assert Consent.objects.filter(customer=agreed, given=False).count() == 1


def test_looking_at_the_page_ends_nothing_and_its_button_does(agreed: Customer) -> None:
    page, browser = place(stop_page(agreed, "survey")), Client()
    assert b"<form" in browser.get(page).content and may(agreed, "survey", "mail")
    assert browser.post(page).status_code == 302
    assert not may(agreed, "survey", "mail") and b"csrfmiddlewaretoken" not in browser.get(page).content


def test_the_key_ends_one_purpose_and_a_forged_one_none(agreed: Customer) -> None:
    give_consent(agreed, None, Word("marketing"))
    key = place(stop_page(agreed, "survey"))
    assert Client().post(key.replace("survey", "marketing"), {"List-Unsubscribe": "One-Click"}).status_code == 404
    Client().post(key, {"List-Unsubscribe": "One-Click"})
    assert may(agreed, "marketing", "mail") and may(agreed, "service", "mail")


def test_who_said_no_after_it_was_written_does_not_get_it(agreed: Customer, settings: Any) -> None:
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    case = desk.opened(agreed)
    message = asked(case)
    stop(agreed, Purpose.SURVEY)
    for _ in range(2):
        outgoing.deliver_message({"message": message.pk})
    assert desk.codes(case).count("withheld") == 1


def test_thread_names_what_was_said_in_order_and_keeps_its_first(agreed: Customer, staff: desk.Staff) -> None:
    case = desk.opened(agreed)
    first = case.messages.get(direction="outgoing").message_id
    sent = [reply(case, staff.agent, f"Chào chị {each}.") for each in range(25)]
    mail = outgoing.compose(sent[-1])
    named = str(mail["References"]).split()
    assert len(named) == outgoing.THREAD and named[0] == first
    assert named[1:] == [each.message_id for each in sent[:-1]][1 - outgoing.THREAD :]
    assert mail["In-Reply-To"] == sent[-2].message_id
    assert len({outgoing.compose(each)["Subject"] for each in sent}) == 1
