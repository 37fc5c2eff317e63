"""What became of our messages, as each network tells it: with their reader, read, or lost with the reason."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import translation

from tantam.desk.cases.actions import reply
from tantam.desk.cases.models import Case, Message
from tantam.desk.channels.messaging.models import Part
from tantam.desk.common import clock, work
from tantam.desk.receipts.models import Receipt
from tantam.desk.web import receipt_words
from tests.desk.channels import test_messenger, test_whatsapp, test_zalo
from tests.support.graph import PAGE, deliver
from tests.support.zalo import OA

NUMBER = test_whatsapp.NUMBER


def answered(staff: Any) -> Message:
    message = reply(Case.objects.get(), staff.agent, "Dạ.")
    work_off()
    return message


def said(message: Message) -> str:
    with translation.override("en"):
        return receipt_words.with_channel(Message.objects.get(pk=message.pk))


def work_off() -> None:
    while work.run_due():
        pass


def status(message: Message, what: str, **more: Any) -> None:
    at = str(int(clock.now().timestamp()))
    told = {"id": Part.objects.get(message=message).name, "status": what, "timestamp": at} | more
    value = {"metadata": {"phone_number_id": NUMBER}, "statuses": [told]}
    assert deliver("whatsapp", {"entry": [{"changes": [{"field": "messages", "value": value}]}]}) == 200
    work_off()


def test_whatsapp_tells_what_arrived_was_read_and_was_lost(graph: Any, staff: Any) -> None:
    assert deliver("whatsapp", test_whatsapp.told(test_whatsapp.said())) == 200
    work_off()
    message = answered(staff)
    status(message, "sent")
    assert not Receipt.objects.filter(message=message).exists()
    status(message, "read")
    status(message, "delivered")
    found = Receipt.objects.get(message=message)
    assert found.read_at and found.reached_at
    assert said(message).startswith("by WhatsApp, read")
    status(message, "failed", errors=[{"code": 131026, "title": "Message undeliverable"}])
    found.refresh_from_db()
    assert found.lost == "unreachable" and "no such account" in said(message)


def test_messenger_tells_it_up_to_an_instant(page: Any, staff: Any) -> None:
    test_messenger.came(test_messenger.event())
    message = answered(staff)
    early = clock.now() - timedelta(minutes=1)
    for at, what in ((early, "read"), (clock.now(), "delivery"), (clock.now() + timedelta(days=1), "read")):
        told = {"sender": {"id": test_messenger.KIM}, "recipient": {"id": PAGE}, "timestamp": 1}
        test_messenger.came(told | {what: {"watermark": int(at.timestamp() * 1000)}})
        kept = Receipt.objects.filter(message=message).first()
        if at == early:
            assert kept is None
        elif what == "delivery":
            assert kept and kept.reached_at and not kept.read_at
    assert kept and kept.read_at == clock.now()  # what lies ahead is now


def test_zalo_tells_it_by_ids(zalo: Any, staff: Any) -> None:
    test_zalo.came(test_zalo.event())
    message = answered(staff)
    name = Part.objects.get(message=message).name
    sides = {"sender": {"id": test_zalo.KIM}, "recipient": {"id": OA}}
    test_zalo.came(test_zalo.event(event_name="user_seen_message", message={"msg_ids": [name, "other"]}, **sides))
    assert Receipt.objects.get(message=message).read_at and Receipt.objects.count() == 1
