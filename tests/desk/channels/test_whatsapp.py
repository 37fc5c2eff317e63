"""WhatsApp in and out: signed, stored, read once; answered by the same way for 24 hours, and otherwise by mail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest
from django.test import Client

from tantam.desk.arrivals.access import tray
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.cases import outbox
from tantam.desk.cases.actions import reply, resolve
from tantam.desk.cases.models import Case, Message
from tantam.desk.channels.messaging.accounts import accounts_of
from tantam.desk.channels.messaging.models import Line, Part
from tantam.desk.channels.messaging.outgoing import deliver_otherwise, parts
from tantam.desk.common import clock, work
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tantam.desk.customers.models import Contact, Customer
from tests.desk.cases.test_quiet_hours import let_people_sleep
from tests.desk.files.test_store import picture
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.graph import NUMBER, WORD, Graph, deliver, deliver_raw, signature

KIM = "84912345678"
HOOK = "/hooks/messaging/whatsapp/"


def said(words: str = "Nồi cơm không vào điện", name: str = "wamid.a", **more: Any) -> dict[str, Any]:
    """Return a message of Kim's."""
    at = more.pop("at", None) or clock.now()
    return {
        "from": KIM,
        "id": name,
        "timestamp": str(int(at.timestamp())),
        "type": "text",
        "text": {"body": words},
    } | more


def told(*messages: dict[str, Any], number: str = NUMBER, **more: Any) -> dict[str, Any]:
    """Return a delivery of these messages."""
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": number},
        "contacts": [{"profile": {"name": "Kim Lê"}, "wa_id": KIM}],
    }
    if messages:
        value["messages"] = list(messages)
    changes = [{"field": "messages", "value": value | more}]
    return {"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": changes}]}


def work_off() -> None:
    while work.run_due():
        pass


def came(*messages: dict[str, Any], **more: Any) -> None:
    assert deliver("whatsapp", told(*messages, **more)) == 200
    work_off()


# What comes in.


def test_the_webhook_is_set_up_by_who_knows_the_word(graph: Graph) -> None:
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": WORD}
    answered = Client().get(HOOK, asked)
    assert (answered.status_code, answered.content) == (200, b"1158201444")
    assert Client().get(HOOK, asked | {"hub.verify_token": "guess"}).status_code == 403
    assert Client().get(HOOK).status_code == 403


@pytest.mark.parametrize("signed", ["", "sha256=", "sha256=" + "0" * 64, "sha1=ä"])
def test_what_is_not_signed_is_not_stored(graph: Graph, signed: str) -> None:
    assert deliver_raw("whatsapp", b"{}", {"X-Hub-Signature-256": signed} if signed else {}) == 401
    assert deliver("whatsapp", told(said()), secret="another") == 401
    assert not Arrival.objects.exists()


def test_a_body_that_was_changed_is_not_stored(graph: Graph) -> None:
    assert deliver_raw("whatsapp", b'{"a":2}', {"X-Hub-Signature-256": signature(b'{"a":1}')}) == 401


def test_without_an_account_there_is_no_address(settings: Any, plan: object) -> None:
    settings.MESSAGING = {}
    assert deliver("whatsapp", told(said())) == 404 and Client().get(HOOK).status_code == 404


def test_it_is_stored_and_acknowledged_and_then_read(graph: Graph) -> None:
    assert deliver("whatsapp", told(said())) == 200
    assert Arrival.objects.get().read_at is None and not Case.objects.exists()
    work_off()
    case = Case.objects.get()
    assert (case.subject, case.channel, case.customer.name) == ("Nồi cơm không vào điện", "whatsapp", "Kim Lê")
    contact = case.customer.contacts.get()
    assert (contact.kind, contact.network, contact.value) == (Contact.Kind.HANDLE, "whatsapp", f"+{KIM}")


def test_the_same_delivery_again_is_nothing_new(graph: Graph) -> None:
    came(said())
    came(said())
    came(said(), said("Và ấm nước", "wamid.b"))  # in another envelope, with one more
    assert [each.body for each in Message.objects.filter(direction="incoming").order_by("id")] == [
        "Nồi cơm không vào điện",
        "Và ấm nước",
    ]
    assert Case.objects.count() == 1


def test_several_in_one_are_heard_in_the_order_in_which_they_were_written(graph: Graph) -> None:
    now = clock.now()
    came(said("hai", "wamid.2", at=now), said("một", "wamid.1", at=now - timedelta(seconds=9)))
    heard = Message.objects.filter(direction="incoming").order_by("id").values_list("body", flat=True)
    assert list(heard) == ["một", "hai"]


def test_a_case_goes_on_until_a_week_after_it_was_settled(graph: Graph, staff: Any, clock: StandingClock) -> None:
    came(said())
    first = Case.objects.get()
    resolve(first, staff.agent, "Đã xong ạ.")
    clock.forward(days=6)
    came(said("Lại hỏng", "wamid.2"))
    first.refresh_from_db()
    assert first.reopened == 1
    resolve(first, staff.agent, "Đã xong ạ.")
    clock.forward(days=8)
    came(said("Việc khác", "wamid.3"))
    assert Case.objects.count() == 2 and Customer.objects.count() == 1


def test_who_has_the_number_as_a_telephone_is_somebody_else(graph: Graph, hoa: Customer) -> None:
    Contact.objects.create(customer=hoa, kind=Contact.Kind.PHONE, value=f"+{KIM}")
    came(said())
    assert Case.objects.get().customer != hoa


def test_a_handle_that_a_colleague_noted_is_known(graph: Graph, hoa: Customer) -> None:
    Contact.objects.create(customer=hoa, kind=Contact.Kind.HANDLE, network="whatsapp", value=f"+{KIM}")
    Contact.objects.create(customer=desk.customer("X", ""), kind=Contact.Kind.HANDLE, network="viber", value=f"+{KIM}")
    came(said())
    assert Case.objects.get().customer == hoa


@pytest.mark.parametrize(
    "message",
    [
        {"type": "reaction", "reaction": {"message_id": "wamid.x", "emoji": "👍"}},
        {"type": "unsupported", "errors": [{"code": 131051}]},
        {"type": "system", "system": {"type": "user_changed_number"}},
        {"type": "text", "group_id": "g1"},
    ],
)
def test_what_is_no_message_is_only_counted(graph: Graph, message: dict[str, Any]) -> None:
    came(said() | message)
    assert Arrival.objects.get().problem == Problem.AUTOMATIC and not Case.objects.exists() and not tray(10)


def test_receipts_and_what_came_to_another_number_are_only_counted(graph: Graph) -> None:
    came(statuses=[{"id": "wamid.1", "status": "read", "timestamp": "1", "recipient_id": KIM}])
    came(said(), number="999")
    assert not Case.objects.exists() and not tray(10)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"entry":[{}]}', b'{"entry":[{"changes":[{}]}]}'])
def test_what_cannot_be_read_lies_in_the_tray(graph: Graph, body: bytes) -> None:
    assert deliver_raw("whatsapp", body, {"X-Hub-Signature-256": signature(body)}) == 200
    work_off()
    assert [each.problem for each in tray(10)] == [Problem.UNREADABLE]


def test_of_several_one_that_is_refused_keeps_none_back(graph: Graph) -> None:
    came(said("x" * 30_000, "wamid.1"), said("Nồi cơm", "wamid.2"))
    assert Case.objects.get().subject == "Nồi cơm" and [each.problem for each in tray(10)] == [Problem.REFUSED]


@pytest.mark.parametrize(
    ("kind", "what", "words"),
    [
        ("button", {"text": "Có", "payload": "yes"}, "Có"),
        ("interactive", {"type": "button_reply", "button_reply": {"id": "1", "title": "Đồng ý"}}, "Đồng ý"),
        ("location", {"latitude": 16.06, "longitude": 108.22, "name": "Nhà"}, "📍 16.06, 108.22 Nhà"),
        ("contacts", [{"name": {"formatted_name": "An"}, "phones": [{"phone": "+8490"}]}], "👤 An +8490"),
    ],
)
def test_what_else_people_send_becomes_words(graph: Graph, kind: str, what: Any, words: str) -> None:
    came(said() | {"type": kind, kind: what})
    assert Message.objects.get(direction="incoming").body == words


# Files.


def photo(**more: Any) -> dict[str, Any]:
    return said() | {"type": "image", "image": {"id": "m1", "mime_type": "image/png"} | more}


def test_a_file_follows_its_words(graph: Graph) -> None:
    graph.files["m1"] = picture()
    came(photo(caption="Hỏng ở đây"))
    message = Message.objects.get(direction="incoming")
    kept = message.attachments.get()
    assert (message.body, kept.name, kept.blob.bytes) == ("Hỏng ở đây", "image.png", len(picture()))


def test_a_photo_without_words_is_a_message_at_once(graph: Graph) -> None:
    graph.files["m1"] = picture()
    graph.faults = [(503, {})] * 9
    came(photo())
    message = Message.objects.get(direction="incoming")
    assert message.body == "📷" and not message.attachments.exists()
    assert DueWork.objects.filter(kind="fetch_media", done_at=None, failed_at=None).exists()


def test_a_file_that_is_gone_is_named_as_missing(graph: Graph) -> None:
    came(photo())
    assert Message.objects.get(direction="incoming").attachments.get().refused == "file_broken_off"


def test_a_file_that_is_too_large_is_not_read_to_its_end(graph: Graph) -> None:
    graph.files["m1"] = b"x" * 21_000_000
    came(photo())
    assert Message.objects.get(direction="incoming").attachments.get().refused == "file_too_large"


def test_a_file_is_put_down_where_the_worker_is_to_end_and_fetched_again(graph: Graph) -> None:
    stop = Event()

    class Files(dict[str, bytes]):
        def __getitem__(self, name: str) -> bytes:  # while it is being sent
            stop.set()
            return super().__getitem__(name)

    graph.files = Files(m1=picture())
    assert deliver("whatsapp", told(photo())) == 200
    while not stop.is_set():
        assert work.run_due(stop=stop)
    kept = Message.objects.get(direction="incoming").attachments
    assert stop.is_set() and not kept.exists()
    work_off()
    assert kept.get().blob.bytes == len(picture())


# What goes out.


def answered(staff: Any, words: str = "Dạ, em xem ngay.") -> Message:
    return reply(Case.objects.get(), staff.agent, words)


def test_the_confirmation_goes_back_with_the_private_page(graph: Graph) -> None:
    came(said())
    (to, words) = graph.sent[0]
    assert to == KIM and f"/c/{Case.objects.get().link_key}/" in words


def test_an_answer_goes_back_by_the_same_way(graph: Graph, staff: Any) -> None:
    came(said())
    message = answered(staff)
    work_off()
    message.refresh_from_db()
    assert graph.sent[-1] == (KIM, "Dạ, em xem ngay.") and message.delivered_at
    assert (message.channel, message.sent_to) == ("whatsapp", f"+{KIM}")


def test_long_words_go_in_several_and_none_twice(graph: Graph, staff: Any) -> None:
    came(said())
    graph.sent.clear()
    answered(staff, "\n".join(f"Dòng {each} " + "x" * 90 for each in range(80)))
    graph.faults = []
    work.run_due()
    assert len(graph.sent) == 2 and Part.objects.filter(number=1).count() == 1
    assert all(len(words) <= 4096 for _, words in graph.sent)


def test_what_was_taken_before_a_failure_is_not_sent_again(graph: Graph, staff: Any, clock: StandingClock) -> None:
    came(said())
    graph.sent.clear()
    message = answered(staff, "một " * 2000)
    Part.objects.create(message=message, line=Line.objects.get(), number=0, name="wamid.x")
    work_off()
    assert len(graph.sent) == 1


@pytest.mark.parametrize(
    "fault", [(429, {}), (500, {}), (400, {"error": {"code": 130429}}), (401, {"error": {"code": 190}})]
)
def test_what_it_did_not_take_just_now_is_tried_again(
    graph: Graph, staff: Any, clock: StandingClock, fault: tuple[int, dict[str, Any]]
) -> None:
    came(said())
    graph.sent.clear()
    graph.faults = [fault]
    answered(staff)
    work_off()
    assert not graph.sent
    clock.forward(minutes=1)
    work_off()
    assert len(graph.sent) == 1


def test_what_waited_for_it_goes_out_with_it(graph: Graph, staff: Any, clock: StandingClock) -> None:
    came(said())
    graph.sent.clear()
    graph.faults = [(500, {})]
    answered(staff, "Một.")
    answered(staff, "Hai.")
    work_off()
    assert not graph.sent
    clock.forward(seconds=10)
    work.run_due(1)  # the first, whose pause is over; the second has one of its own
    work_off()
    assert [words for _to, words in graph.sent] == ["Một.", "Hai."]


def test_what_fell_to_the_mail_is_waited_for_by_what_goes_by_mail(
    graph: Graph, staff: Any, clock: StandingClock
) -> None:
    came(said())
    Contact.objects.create(customer=Customer.objects.get(), kind=Contact.Kind.MAIL, value="kim@example.org")
    graph.shut.add(KIM)
    first = answered(staff, "Một.")
    work.run_due()
    clock.forward(hours=24)
    second = answered(staff, "Hai.")
    first.refresh_from_db()
    assert first.sent_to == second.sent_to == "kim@example.org"
    assert outbox.waits_for_another(second)


def test_after_a_day_it_goes_by_mail(graph: Graph, staff: Any, clock: StandingClock) -> None:
    came(said())
    Contact.objects.create(customer=Customer.objects.get(), kind=Contact.Kind.MAIL, value="kim@example.org")
    clock.forward(hours=24)
    assert answered(staff).sent_to == "kim@example.org"


def test_after_a_day_without_mail_it_is_refused_and_keeps_no_promise(
    graph: Graph, staff: Any, clock: StandingClock
) -> None:
    came(said())
    case = Case.objects.get()
    clock.forward(hours=23, minutes=59)
    owed = set(case.promises.filter(state="owed").values_list("pk", flat=True))
    assert owed
    clock.forward(minutes=1)
    with pytest.raises(Refused, match="line_shut"):
        answered(staff)
    assert set(case.promises.filter(state="owed").values_list("pk", flat=True)) == owed


def test_their_next_words_open_it_again(graph: Graph, staff: Any, clock: StandingClock) -> None:
    came(said())
    clock.forward(hours=30)
    came(said("Alo?", "wamid.2"))
    assert answered(staff).sent_to == f"+{KIM}"


def test_words_that_came_late_open_it_no_longer_than_they_did(graph: Graph, staff: Any, clock: StandingClock) -> None:
    written = clock.instant
    clock.forward(hours=20)
    came(said(at=written))
    clock.forward(hours=4)
    with pytest.raises(Refused, match="line_shut"):
        answered(staff)


def test_a_line_that_the_network_says_is_shut_falls_to_the_mail(graph: Graph, staff: Any) -> None:
    came(said())
    Contact.objects.create(customer=Customer.objects.get(), kind=Contact.Kind.MAIL, value="kim@example.org")
    graph.shut = {KIM}
    message = answered(staff)
    work.run_due()
    message.refresh_from_db()
    assert message.sent_to == "kim@example.org"
    assert DueWork.objects.filter(kind="deliver_message", payload={"message": message.pk}).exists()


def test_without_mail_it_fails_visibly(graph: Graph, staff: Any) -> None:
    came(said())
    graph.shut = {KIM}
    message = answered(staff)
    work_off()
    message.refresh_from_db()
    assert message.delivered_at is None
    assert "Call them" in DueWork.objects.get(kind="deliver_by_network", failed_at__isnull=False).error


def test_what_the_network_lost_afterwards_goes_by_mail(graph: Graph, staff: Any) -> None:
    came(said())
    Contact.objects.create(customer=Customer.objects.get(), kind=Contact.Kind.MAIL, value="kim@example.org")
    message = answered(staff)
    work.run_due()
    name = Part.objects.get(message=message).name
    lost = {"id": name, "status": "failed", "errors": [{"code": 131047, "title": "Re-engagement message"}]}
    assert deliver("whatsapp", told(statuses=[lost])) == 200
    work.run_due(1)
    work.run_due(1)
    message.refresh_from_db()
    assert (message.sent_to, Part.objects.get(message=message).failed) == (
        "kim@example.org",
        "131047 Re-engagement message",
    )


def test_what_was_lost_goes_by_mail_once_however_often_that_is_asked(graph: Graph, staff: Any) -> None:
    came(said())
    Contact.objects.create(customer=Customer.objects.get(), kind=Contact.Kind.MAIL, value="kim@example.org")
    message = answered(staff)
    work.run_due()
    told_of = {"message": message.pk, "why": "131047"}
    deliver_otherwise(told_of)
    message.refresh_from_db()
    assert (message.sent_to, message.delivered_at) == ("kim@example.org", None)
    outbox.delivered(message, clock.now())
    deliver_otherwise(told_of)  # the worker ended before it could say that it was done
    message.refresh_from_db()
    assert message.delivered_at is not None


def test_an_id_that_is_longer_than_any_is_cut_and_nothing_is_sent_again(
    graph: Graph, staff: Any, clock: StandingClock
) -> None:
    came(said())
    graph.sent.clear()
    graph.faults = [(200, {"messages": [{"id": "wamid." + "x" * 400}]})]
    message = answered(staff)
    work_off()
    clock.forward(minutes=1)
    work_off()
    assert len(Part.objects.get(message=message).name) == 255 and not graph.sent


def test_who_wrote_last_by_the_portal_is_answered_by_mail(graph: Graph, staff: Any, hoa: Customer) -> None:
    Contact.objects.create(customer=hoa, kind=Contact.Kind.HANDLE, network="whatsapp", value=f"+{KIM}")
    case = desk.opened(hoa)
    assert reply(case, staff.agent, "Dạ.").sent_to == "hoa@example.com"


def test_pieces_are_cut_between_words() -> None:
    assert parts("một hai ba", 8) == ["một hai", "ba"] and parts("x" * 9, 4) == ["xxxx", "xxxx", "x"]
    assert "".join(parts("a b" * 99, 50)).replace(" ", "") == ("a b" * 99).replace(" ", "")


def test_an_account_has_all_of_its_keys_or_none() -> None:
    keys = {f"TANTAM_WHATSAPP_{each}": "x" for each in ("NUMBER", "TOKEN", "SECRET", "VERIFY")}
    assert list(accounts_of(keys)) == ["whatsapp"] and accounts_of({}) == {}
    with pytest.raises(ValueError, match="TANTAM_WHATSAPP_SECRET"):
        accounts_of(keys | {"TANTAM_WHATSAPP_SECRET": ""})
    assert "x" not in repr(accounts_of(keys)["whatsapp"]).replace("whatsapp", "").replace("facebook", "")


WROTE = datetime(2026, 11, 24, 18, tzinfo=UTC)  # 01:00 at night where Kim lives


@pytest.mark.parametrize(("mail", "waits"), [("", False), ("kim@example.vn", True)])
def test_quiet_hours_keep_nothing_until_its_way_is_shut(
    graph: Graph, staff: desk.Staff, clock: StandingClock, mail: str, waits: bool
) -> None:
    let_people_sleep(staff.agent)
    clock.set_to(WROTE)
    came(said())
    case = Case.objects.get()
    if mail:
        Contact.objects.create(customer=case.customer, kind=Contact.Kind.MAIL, value=mail)
    clock.forward(hours=22)  # 23:00; in the morning 30 hours will have passed
    answer = reply(case, staff.agent, "Chào chị.")
    work_off()
    answer.refresh_from_db()
    assert (answer.goes_at is not None, answer.delivered_at is None) == (waits, waits)
