"""What waits in the tray is legible, whichever network or window it came by, and a person brings it in whole."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tantam.desk.arrivals import intake
from tantam.desk.arrivals.actions import make_case, put_to_case
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.cases.models import Case, Message
from tantam.desk.channels.chat.incoming import CHANNEL
from tantam.desk.chats.models import Visitor
from tantam.desk.comments.models import Comment
from tantam.desk.common import clock as clocks
from tantam.desk.customers.contacts import mail_of
from tantam.desk.customers.models import Customer
from tests.desk.channels import test_comments
from tests.desk.channels.test_whatsapp import came, said, told
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.graph import Graph, deliver

LONG = "rất dài " * 3000  # more than a message of a case holds
OTHER = "84900000001"
SPAM = "CASINO online: bet and win free credit now!!! http://win.casino.top/x http://bit.ly/abc http://bet.vip/z"


def open_page(client: Client, arrival: Arrival) -> str:
    return client.get(f"/desk/tray/{arrival.pk}/?lang=en").content.decode()


@pytest.fixture
def agent(staff: Any) -> Client:
    client = Client()
    client.force_login(staff.agent)
    return client


def test_a_message_that_was_refused_is_read_as_words(graph: Graph, agent: Client) -> None:
    came(said(LONG))
    kept = Arrival.objects.get()
    assert kept.problem == Problem.REFUSED
    shown = open_page(agent, kept)
    assert "rất dài rất dài" in shown and "wamid" not in shown and "messaging_product" not in shown


def test_of_several_only_what_waits_is_shown(graph: Graph, agent: Client) -> None:
    came(said("Cái này vào được", "wamid.ok"), said(LONG, "wamid.long"))
    what = intake.said_by(Arrival.objects.get())
    assert what is not None and "Cái này" not in what.body and what.sender.name == "Kim Lê"


def test_a_comment_like_spam_waits_and_others_do_not(page: Graph, plan: object) -> None:
    test_comments.came(test_comments.wrote("77_spam", SPAM), test_comments.wrote("77_good", "Máy giặt hỏng ạ"))
    kept = Arrival.objects.get()
    assert kept.problem in (Problem.SPAM, Problem.DOUBTFUL) and kept.because
    assert Comment.objects.get().name == "77_good"


def test_let_in_it_is_a_comment_as_of_when_it_came(
    page: Graph,
    staff: Any,
    clock: StandingClock,
) -> None:
    test_comments.came(test_comments.wrote("77_spam", SPAM))
    kept = Arrival.objects.get()
    clock.forward(hours=3)
    case = make_case(kept, staff.agent)
    assert case.opened_at == kept.received_at and Comment.objects.get().message.case == case
    assert Message.objects.get(direction="incoming").body == SPAM


def test_who_is_known_is_not_held(page: Graph, plan: object) -> None:
    test_comments.came(test_comments.wrote("77_good", "Máy giặt hỏng ạ"))
    test_comments.came(test_comments.wrote("77_spam", SPAM))
    assert Comment.objects.count() == 2


def test_words_of_a_window_are_read_as_words(plan: object, agent: Client) -> None:
    kept = intake.take_in(_of_window().pk)
    assert kept.problem == Problem.REFUSED and not Case.objects.exists()
    shown = open_page(agent, kept)
    assert "rất dài rất dài" in shown and "client_id" not in shown and "Lan" in shown


def test_who_types_an_address_into_a_window_does_not_speak_for_its_owner(hoa: Customer, staff: Any) -> None:
    case = desk.opened(hoa)
    kept = _kept_out(_of_window(mail=mail_of(hoa), text="Huỷ đơn đi"))
    put_to_case(kept, case, staff.agent)
    assert _heard_in(case) == 1 and "Huỷ đơn đi" in case.messages.get(direction="note").body


def test_words_of_several_people_are_read_by_none_of_them(graph: Graph, staff: Any) -> None:
    came(said("Nồi cơm hỏng"))
    case = Case.objects.get()
    assert deliver("whatsapp", told(said("Và ấm", "wamid.b"), said("Số thẻ", "wamid.c", **{"from": OTHER}))) == 200
    put_to_case(_kept_out(Arrival.objects.get(case=None)), case, staff.agent)
    assert _heard_in(case) == 1 and "Số thẻ" in case.messages.get(direction="note").body


def _heard_in(case: Case) -> int:
    return case.messages.filter(direction="incoming").count()


def _kept_out(arrival: Arrival) -> Arrival:
    """Return it as it is after its sender wrote too often."""
    Arrival.objects.filter(pk=arrival.pk).update(problem=Problem.TOO_OFTEN, read_at=clocks.now())
    arrival.refresh_from_db()
    return arrival


def _of_window(text: str = LONG, **more: str) -> Arrival:
    """Return what a visitor with these particulars wrote, and nobody has read."""
    now = clocks.now()
    visitor = Visitor.objects.create(language="vi", name="Lan", agreed_at=now, started_at=now, seen_at=now, **more)
    raw = f'{{"visitor": {visitor.pk}, "client_id": "1", "text": "{text}", "files": []}}'.encode()
    return intake.store(CHANNEL, raw)
