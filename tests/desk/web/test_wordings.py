"""Texts that networks approved: beside the composer when nothing else goes, and their list."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tantam.desk.arrivals import intake
from tantam.desk.arrivals.models import Arrival
from tantam.desk.cases.models import Case, Message
from tantam.desk.channels.messaging.accounts import Account
from tantam.desk.customers.actions import give_consent
from tantam.desk.customers.consent import Word
from tantam.desk.customers.models import Contact
from tantam.desk.wordings.actions import keep
from tantam.desk.wordings.models import Wording
from tantam.desk.wordings.told import Place, Told
from tests.desk.channels.test_whatsapp import said, told
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.graph import NUMBER, SECRET, TOKEN, WORD, deliver

UPDATE = Told(
    key="1001",
    name="order_update",
    language="vi",
    purpose="service",
    state="approved",
    body="Chào {{1}}, yêu cầu {{ma_phieu}} đã có kết quả.",
    places=(Place("1", 1024), Place("ma_phieu", 20)),
)


@pytest.fixture
def shut(settings: Any, plan: object, clock: StandingClock) -> Case:
    """Kim's case, more than a day after their last words, and a text that WhatsApp approved."""
    keys = {"number": NUMBER, "token": TOKEN, "secret": SECRET, "verify": WORD, "business": "2"}
    settings.MESSAGING = {"whatsapp": Account("whatsapp", "https://graph.invalid", keys)}
    assert deliver("whatsapp", told(said())) == 200
    intake.take_in(Arrival.objects.get().pk)
    clock.forward(hours=25)
    keep("whatsapp", [UPDATE])
    return Case.objects.get(customer__contacts__network="whatsapp")


def agree(case: Case) -> None:
    give_consent(case.customer, None, Word("service", "whatsapp", "form", "Trang đặt hàng"))


def page(client: Client, case: Case) -> str:
    return client.get(f"/desk/cases/{case.pk}/?lang=en").content.decode()


def send(client: Client, case: Case, **places: str) -> Any:
    given = {"wording": Wording.objects.get().pk, "submission": "once", "place-1": "Kim", "place-ma_phieu": "AB3C"}
    return client.post(f"/desk/cases/{case.pk}/wording/", given | places)


def test_the_text_stands_filled_in_with_how_they_agreed(agent: Client, shut: Case) -> None:
    agree(shut)
    shown = page(agent, shut)
    assert "Texts that WhatsApp approved" in shown and f'value="{shut.reference}"' in shown
    assert "On a form of ours: Trang đặt hàng" in shown and "Send by WhatsApp" in shown


def test_who_did_not_agree_is_said_with_where_to_note_it(agent: Client, shut: Case) -> None:
    shown = page(agent, shut)
    assert "They did not agree to be written to by WhatsApp" in shown
    assert f"/desk/customers/{shut.customer_id}/#agreed" in shown and "Send by WhatsApp" not in shown


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ((), "No other way to reach them is known"),
        (("phone",), "They are also reached by telephone."),
        (("mail", "phone"), "by telephone and by mail"),
    ],
)
def test_it_says_how_else_they_are_reached(agent: Client, shut: Case, kinds: tuple[str, ...], words: str) -> None:
    values = {"mail": "kim@example.org", "phone": "+84912000111"}
    for each in kinds:
        Contact.objects.create(customer=shut.customer, kind=each, value=values[each])
    assert words in page(agent, shut)


def test_while_they_may_be_answered_nothing_is_offered(agent: Client, shut: Case, clock: StandingClock) -> None:
    clock.forward(hours=-3)
    assert "Texts that WhatsApp approved" not in page(agent, shut)


def test_a_case_of_another_way_asks_nothing_of_it(agent: Client, hoa: Any, shut: Case) -> None:
    case = desk.opened(hoa)
    page(agent, case)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page(agent, case)
    assert not [each for each in asked.captured_queries if "wordings_" in each["sql"]]


def test_it_is_sent_as_it_was_filled_in(agent: Client, shut: Case) -> None:
    agree(shut)
    assert send(agent, shut).status_code == 302
    assert Message.objects.get(author__isnull=False).body == "Chào Kim, yêu cầu AB3C đã có kết quả."


def test_what_is_refused_stays_in_its_field_with_the_reason(agent: Client, shut: Case) -> None:
    agree(shut)
    answer = send(agent, shut, **{"place-1": "Kim Lê", "place-ma_phieu": " "})
    shown = answer.content.decode()
    assert answer.status_code == 409 and 'value="Kim Lê"' in shown and "ma_phieu" in shown
    assert not Message.objects.filter(author__isnull=False).exists()


def test_what_is_gone_is_said_above_them_all(agent: Client, shut: Case) -> None:
    agree(shut)
    Wording.objects.update(state="paused")
    answer = send(agent, shut)
    assert answer.status_code == 409 and 'id="wordings_error"' in answer.content.decode()


def test_who_only_reads_sees_no_form(manager: Client, shut: Case, staff: desk.Staff) -> None:
    agree(shut)
    staff.manager.role = "auditor"
    staff.manager.save()
    assert "Send by WhatsApp" not in page(manager, shut)
    assert send(manager, shut).status_code in (403, 404)


def test_the_list_says_what_stands_against_each(agent: Client, shut: Case) -> None:
    odd = Told(key="2", name="otp", language="de", purpose="service", state="approved", unfit="code")
    keep("whatsapp", [UPDATE, odd])

    shown = agent.get("/desk/texts/approved/?lang=en").content.decode()
    assert (
        "approved by the network" in shown
        and "order_update" in shown
        and "a code for signing in" in shown
        and "Ask the networks now" in shown
    )


def test_the_list_asks_as_much_for_many_as_for_one(agent: Client, shut: Case) -> None:
    agent.get("/desk/texts/approved/")
    with CaptureQueriesContext(connection) as one:
        agent.get("/desk/texts/approved/")
    keep(
        "whatsapp",
        [Told(key=str(each), name="t", language="vi", purpose="service", state="approved") for each in range(9)],
    )
    with CaptureQueriesContext(connection) as many:
        agent.get("/desk/texts/approved/")
    assert len(one) == len(many)


def test_without_a_network_the_list_says_so(agent: Client, settings: Any) -> None:
    settings.MESSAGING = {}
    shown = agent.get("/desk/texts/approved/?lang=en").content.decode()
    assert "No network is connected" in shown and "Ask the networks now" not in shown


def test_asked_for_the_list_is_read_anew(agent: Client, shut: Case) -> None:
    answer = agent.post("/desk/texts/approved/ask/", follow=True)
    assert answer.status_code == 200 and "approved" in answer.request["PATH_INFO"]
