"""Zalo in and out: signed by the account, answered for seven days, with a token that is asked for anew each day."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tantam.desk.arrivals.access import tray
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.cases.actions import reply
from tantam.desk.cases.models import Case, Message
from tantam.desk.common import clock, work
from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import Contact, Customer
from tests.support.clock import StandingClock
from tests.support.graph import deliver_raw
from tests.support.zalo import APP, OA, ZaloServer, deliver, signature

KIM = "2468458835296197922"


def event(words: str = "Nồi cơm không vào điện", name: str = "z_a", **more: Any) -> dict[str, Any]:
    """Return a message of Kim's."""
    return {
        "app_id": APP,
        "user_id_by_app": "552177279717587730",
        "event_name": "user_send_text",
        "sender": {"id": KIM},
        "recipient": {"id": OA},
        "message": {"msg_id": name, "text": words},
        "timestamp": str(int(clock.now().timestamp() * 1000)),
    } | more


def work_off() -> None:
    while work.run_due():
        pass


def came(told: dict[str, Any]) -> None:
    assert deliver(told) == 200
    work_off()


def test_a_message_becomes_a_case_and_is_confirmed_by_the_same_way(zalo: ZaloServer) -> None:
    came(event())
    case, contact = Case.objects.get(), Contact.objects.get()
    assert (case.subject, case.channel) == ("Nồi cơm không vào điện", "zalo")
    assert (contact.kind, contact.network, contact.value) == (Contact.Kind.HANDLE, "zalo", KIM)
    assert [to for to, _ in zalo.sent] == [KIM]


def test_who_is_new_is_called_as_they_show_themselves(zalo: ZaloServer) -> None:
    came(event())
    assert Customer.objects.get().name == KIM
    zalo.names[KIM] = "Kim Lê"
    came(event("Alo", "z_b"))
    assert Customer.objects.get().name == "Kim Lê" and zalo.tokens == 1


def test_what_the_account_did_not_sign_is_not_stored(zalo: ZaloServer) -> None:
    told = event()
    body = json.dumps(told).encode()
    good = signature(body, told["timestamp"])
    assert deliver(told, secret="another") == 401
    assert deliver_raw("zalo", body, {}) == 401
    assert deliver_raw("zalo", body + b" ", {"X-ZEvent-Signature": good}) == 401
    assert deliver_raw("zalo", b"[]", {"X-ZEvent-Signature": good}) == 401
    assert not Arrival.objects.exists()
    assert deliver_raw("zalo", body, {"X-ZEvent-Signature": good.removeprefix("mac=")}) == 200


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"timestamp": "\\ud800"}', b'{"timestamp": {}}', b"\xff"])
def test_what_no_account_would_send_is_not_signed(zalo: ZaloServer, body: bytes) -> None:
    assert deliver_raw("zalo", body, {"X-ZEvent-Signature": "mac=00"}) == 401


def test_what_no_database_keeps_is_left_out(zalo: ZaloServer) -> None:
    told = event("Nồi \ud83d\x00cơm")
    body = json.dumps(told).encode()
    assert deliver_raw("zalo", body, {"X-ZEvent-Signature": signature(body, told["timestamp"])}) == 200
    work_off()
    assert Message.objects.get(direction="incoming").body == "Nồi cơm"


def test_the_same_again_is_nothing_new(zalo: ZaloServer) -> None:
    came(event())
    came(event())
    came(event(timestamp="1772593200999"))
    assert Message.objects.filter(direction="incoming").count() == 1


def test_it_greets_nobody(zalo: ZaloServer) -> None:
    assert Client().get("/hooks/messaging/zalo/").status_code == 403


@pytest.mark.parametrize(
    "other",
    [
        {"event_name": "user_seen_message"},
        {"event_name": "oa_send_text", "sender": {"id": OA}, "recipient": {"id": KIM}},
        {"event_name": "follow", "message": None},
        {"event_name": "anonymous_send_text"},
        {"recipient": {"id": "another account"}},
        {"event_name": "user_send_business_card", "message": {"msg_id": "z_c"}},
    ],
)
def test_what_is_no_message_is_only_counted(zalo: ZaloServer, other: dict[str, Any]) -> None:
    came(event() | other)
    assert Arrival.objects.get().problem == Problem.AUTOMATIC and not Case.objects.exists() and not tray(10)


def test_places_and_links_become_words(zalo: ZaloServer) -> None:
    place = {"type": "location", "payload": {"coordinates": {"latitude": "16.06", "longitude": "108.22"}}}
    came(event(event_name="user_send_location", message={"msg_id": "z_1", "attachments": [place]}))
    link = {"type": "link", "payload": {"title": "Nồi", "url": "https://example.org"}}
    came(event(event_name="user_send_link", message={"msg_id": "z_2", "attachments": [link]}))
    heard = Message.objects.filter(direction="incoming").order_by("id").values_list("body", flat=True)
    assert list(heard) == ["📍 16.06, 108.22", "Nồi https://example.org"]


def test_a_file_that_lies_inside_the_house_is_not_fetched(zalo: ZaloServer, settings: Any) -> None:
    settings.PRIVATE_HOOKS = False
    part = {"type": "file", "payload": {"url": "https://127.0.0.1/a.pdf", "name": "hoa-don.pdf", "size": "9"}}
    came(event(event_name="user_send_file", message={"msg_id": "z_1", "attachments": [part]}))
    message = Message.objects.get(direction="incoming")
    kept = message.attachments.get()
    assert (message.body, kept.name, kept.refused) == ("📎", "hoa-don.pdf", "file_broken_off")


def test_the_token_is_asked_for_once_a_day_and_the_next_one_kept(
    zalo: ZaloServer, tokens: Path, staff: Any, clock: StandingClock
) -> None:
    came(event())
    reply(Case.objects.get(), staff.agent, "Dạ.")
    work_off()
    assert zalo.tokens == 1 and len(zalo.sent) == 2
    clock.forward(hours=25)
    reply(Case.objects.get(), staff.agent, "Dạ, xong.")
    work_off()
    assert zalo.tokens == 2 and json.loads(tokens.read_text())["refresh_token"] == zalo.refresh
    assert tokens.stat().st_mode & 0o077 == 0


def test_a_token_that_zalo_takes_back_is_asked_for_anew(zalo: ZaloServer, tokens: Path, clock: StandingClock) -> None:
    ends = clock.instant.timestamp() + 9000
    tokens.write_text(json.dumps({"refresh_token": "refresh-0", "access_token": "taken back", "ends": ends}))
    came(event())
    assert not zalo.sent
    clock.forward(minutes=1)
    work_off()
    assert len(zalo.sent) == 1


def test_without_a_token_it_is_tried_again_and_nothing_is_lost(
    zalo: ZaloServer, tokens: Path, clock: StandingClock
) -> None:
    tokens.unlink()
    came(event())
    assert Case.objects.exists() and not zalo.sent
    tokens.write_text('{"refresh_token": "refresh-0"}')
    clock.forward(minutes=1)
    work_off()
    assert len(zalo.sent) == 1


def test_after_seven_days_it_goes_by_mail_or_is_refused(zalo: ZaloServer, staff: Any, clock: StandingClock) -> None:
    came(event())
    clock.forward(days=6, hours=23)
    assert reply(Case.objects.get(), staff.agent, "Dạ.").sent_to == KIM
    clock.forward(hours=1)
    with pytest.raises(Refused, match="line_shut"):
        reply(Case.objects.get(), staff.agent, "Dạ.")
    Contact.objects.create(customer=Customer.objects.get(), kind=Contact.Kind.MAIL, value="kim@example.org")
    assert reply(Case.objects.get(), staff.agent, "Dạ.").sent_to == "kim@example.org"


def test_what_zalo_finds_too_late_goes_by_mail(zalo: ZaloServer, staff: Any) -> None:
    came(event())
    Contact.objects.create(customer=Customer.objects.get(), kind=Contact.Kind.MAIL, value="kim@example.org")
    zalo.shut = {KIM}
    message = reply(Case.objects.get(), staff.agent, "Dạ.")
    work.run_due()
    message.refresh_from_db()
    assert message.sent_to == "kim@example.org"


@pytest.mark.parametrize("fault", [(500, {}), (429, {}), (200, {"error": -32, "message": "rate"})])
def test_a_failure_of_a_moment_is_tried_again(
    zalo: ZaloServer, staff: Any, clock: StandingClock, fault: tuple[int, dict[str, Any]]
) -> None:
    came(event())
    zalo.sent.clear()
    zalo.faults = [fault]
    reply(Case.objects.get(), staff.agent, "Dạ.")
    for _ in range(2):
        work_off()
        clock.forward(minutes=1)
    assert zalo.sent == [(KIM, "Dạ.")]
