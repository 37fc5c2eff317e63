"""Messenger in and out: what a page is sent becomes cases, what its people are answered keeps to the 24 hours."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.desk.arrivals import intake
from tantam.desk.arrivals.access import tray
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.cases.actions import reply
from tantam.desk.cases.models import Case, Message
from tantam.desk.channels.messaging.fetching import FETCH
from tantam.desk.common import clock, work
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tantam.desk.customers.models import Contact, Customer
from tests.desk.files.test_store import picture
from tests.support.clock import StandingClock
from tests.support.graph import PAGE, Graph, deliver, deliver_raw

KIM = "24412345678901234"


@pytest.fixture
def graph(page: Graph) -> Graph:
    return page


def event(words: str = "Nồi cơm không vào điện", name: str = "m_a", **message: Any) -> dict[str, Any]:
    """Return a message of Kim's."""
    return {
        "sender": {"id": KIM},
        "recipient": {"id": PAGE},
        "timestamp": int(clock.now().timestamp() * 1000),
        "message": {"mid": name, "text": words} | message,
    }


def came(*events: dict[str, Any], page: str = PAGE) -> None:
    told = {"object": "page", "entry": [{"id": page, "time": 1, "messaging": list(events)}]}
    assert deliver("messenger", told) == 200
    while work.run_due():
        pass


def file(kind: str, url: str) -> dict[str, Any]:
    return {"type": kind, "payload": {"url": url}}


def test_a_message_becomes_a_case_of_its_sender(graph: Graph) -> None:
    came(event(), event("Và ấm nước", "m_b"))
    case, contact = Case.objects.get(), Contact.objects.get()
    assert (case.subject, case.channel) == ("Nồi cơm không vào điện", "messenger")
    assert (contact.kind, contact.network, contact.value) == (Contact.Kind.HANDLE, "messenger", KIM)
    assert case.messages.filter(direction="incoming").count() == 2


def test_who_is_new_is_called_as_their_profile_says(graph: Graph) -> None:
    came(event())
    assert Customer.objects.get().name == KIM
    assert not DueWork.objects.filter(kind="ask_name", done_at=None).exists()
    graph.names[KIM] = "Kim Lê"
    came(event("Alo", "m_b"))
    assert Customer.objects.get().name == "Kim Lê"
    graph.names[KIM] = "Another"
    came(event("Alo", "m_c"))
    assert Customer.objects.get().name == "Kim Lê"


def test_whom_a_colleague_named_keeps_that_name(graph: Graph) -> None:
    came(event())
    Customer.objects.update(name="Chị Kim ở Huế")
    graph.names[KIM] = "Kim Lê"
    came(event("Alo", "m_b"))
    assert Customer.objects.get().name == "Chị Kim ở Huế"


def test_the_same_again_is_nothing_new(graph: Graph) -> None:
    came(event())
    came(event())
    came(event(), event("Alo", "m_b"))
    assert Message.objects.filter(direction="incoming").count() == 2


def test_what_is_not_signed_is_not_stored(graph: Graph) -> None:
    assert deliver_raw("messenger", b"{}", {}) == 401
    assert deliver("messenger", {"object": "page", "entry": []}, secret="another") == 401
    assert not Arrival.objects.exists()


@pytest.mark.parametrize(
    "other",
    [
        {"delivery": {"mids": ["m_1"], "watermark": 1}},
        {"read": {"watermark": 1}},
        {"reaction": {"mid": "m_1", "action": "react"}},
        {"message": {"mid": "m_e", "text": "của mình", "is_echo": True}},
        {"message": {"mid": "m_d", "is_deleted": True}},
        {"message": {"mid": "m_n"}},
        {"optin": {"ref": "x"}},
    ],
)
def test_what_is_no_message_is_only_counted(graph: Graph, other: dict[str, Any]) -> None:
    told = event() | other
    if "message" not in other:
        del told["message"]
    came(told)
    assert Arrival.objects.get().problem == Problem.AUTOMATIC and not Case.objects.exists() and not tray(10)


def test_what_came_to_another_page_or_from_our_own_is_only_counted(graph: Graph) -> None:
    came(event(), page="999")
    came(event() | {"sender": {"id": PAGE}})
    assert not Case.objects.exists() and not tray(10)


def test_a_button_that_was_pressed_says_its_words(graph: Graph) -> None:
    told = event() | {"postback": {"mid": "m_p", "title": "Bảo hành", "payload": "warranty"}}
    del told["message"]
    came(told)
    assert Message.objects.get(direction="incoming").body == "Bảo hành"


def test_places_and_shared_links_become_words(graph: Graph) -> None:
    place = {"type": "location", "payload": {"coordinates": {"lat": 16.06, "long": 108.22}}}
    link = {"type": "fallback", "title": "Nồi cơm", "url": "https://example.org/1", "payload": None}
    came(event("", attachments=[place, link]))
    assert Message.objects.get(direction="incoming").body == "📍 16.06, 108.22\nNồi cơm https://example.org/1"


def test_files_follow_their_words(graph: Graph) -> None:
    graph.files |= {"a.png": picture(), "b.png": picture("PNG", (9, 9))}
    came(event("", attachments=[file("image", f"{graph.place}/open/{each}") for each in graph.files]))
    message = Message.objects.get(direction="incoming")
    assert message.body == "📷" and [each.name for each in message.attachments.order_by("id")] == ["a.png", "b.png"]


@pytest.mark.parametrize("url", ["https://127.0.0.1/a.png", "https://10.0.0.1/a", "file:///etc/passwd", "https://["])
def test_a_file_is_never_fetched_from_inside_the_house(graph: Graph, settings: Any, url: str) -> None:
    settings.PRIVATE_HOOKS = False
    told = {"object": "page", "entry": [{"id": PAGE, "messaging": [event(attachments=[file("image", url)])]}]}
    assert deliver("messenger", told) == 200
    for _ in range(3):
        work.run_due()
    (kept,) = Message.objects.get(direction="incoming").attachments.all()
    assert kept.refused == "file_broken_off" and not graph.asked


def test_redirects_are_not_followed(graph: Graph) -> None:
    graph.faults = [(302, {})]
    sent = event(attachments=[file("image", f"{graph.place}/open/a")])
    told = {"object": "page", "entry": [{"id": PAGE, "messaging": [sent]}]}
    assert deliver("messenger", told) == 200
    intake.take_in(Arrival.objects.get().pk)
    DueWork.objects.exclude(kind=FETCH).delete()
    work.run_due()
    assert Message.objects.get(direction="incoming").attachments.get().refused == "file_broken_off"


def test_an_answer_goes_back_and_long_ones_in_pieces(graph: Graph, staff: Any) -> None:
    came(event())
    graph.sent.clear()
    message = reply(Case.objects.get(), staff.agent, "một hai " * 400)
    while work.run_due():
        pass
    message.refresh_from_db()
    assert message.delivered_at and [to for to, _ in graph.sent] == [KIM, KIM]


def test_after_a_day_it_goes_by_mail_or_is_refused(graph: Graph, staff: Any, clock: StandingClock) -> None:
    came(event())
    clock.forward(hours=24)
    with pytest.raises(Refused, match="line_shut"):
        reply(Case.objects.get(), staff.agent, "Dạ.")
    Contact.objects.create(customer=Customer.objects.get(), kind=Contact.Kind.MAIL, value="kim@example.org")
    assert reply(Case.objects.get(), staff.agent, "Dạ.").sent_to == "kim@example.org"


def test_what_messenger_finds_too_late_goes_by_mail(graph: Graph, staff: Any) -> None:
    came(event())
    Contact.objects.create(customer=Customer.objects.get(), kind=Contact.Kind.MAIL, value="kim@example.org")
    graph.shut = {KIM}
    message = reply(Case.objects.get(), staff.agent, "Dạ.")
    work.run_due()
    message.refresh_from_db()
    assert message.sent_to == "kim@example.org"


def test_a_failure_of_a_moment_is_tried_again(graph: Graph, staff: Any, clock: StandingClock) -> None:
    came(event())
    graph.sent.clear()
    graph.faults = [(400, {"error": {"code": 613, "message": "rate"}}), (503, {})]
    reply(Case.objects.get(), staff.agent, "Dạ.")
    for _ in range(3):
        work.run_due()
        clock.forward(minutes=1)
    assert graph.sent == [(KIM, "Dạ.")]
