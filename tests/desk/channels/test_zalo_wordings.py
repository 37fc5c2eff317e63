"""Approved texts of Zalo (ZNS): by telephone number, seven days after their last words, to who agreed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tantam.desk.cases.models import Case
from tantam.desk.channels.messaging.accounts import Account
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tantam.desk.customers.actions import give_consent
from tantam.desk.customers.consent import Word
from tantam.desk.customers.models import Contact
from tantam.desk.receipts.models import Receipt
from tantam.desk.wordings import filling
from tantam.desk.wordings.actions import write
from tantam.desk.wordings.actions.write import Filled
from tantam.desk.wordings.models import Wording
from tests.desk.channels.test_whatsapp_wordings import read
from tests.desk.channels.test_zalo import came, event, work_off
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.zalo import APP, OA, OA_SECRET, SECRET, ZaloServer, deliver, zalo_server

PHONE = "+84912000111"
OTP = "OTP"
UPDATE: dict[str, Any] = {
    "templateId": 7895,
    "templateName": "Cập nhật yêu cầu",
    "status": "ENABLE",
    "templateTag": "TRANSACTION",
    "previewUrl": "https://account.zalo.cloud/znspreview/7895",
    "listParams": [
        {"name": "customer_name", "require": True, "type": "STRING", "maxLength": 30, "minLength": 0},
        {"name": "ma_don_hang", "require": True, "type": "STRING", "maxLength": 20, "minLength": 0},
    ],
}


@pytest.fixture
def zalo(settings: Any, plan: object, tmp_path: Path) -> Iterator[ZaloServer]:
    tokens = tmp_path / "zalo.json"
    tokens.write_text('{"refresh_token": "refresh-0"}')
    with zalo_server() as made:
        keys = {"app": APP, "secret": SECRET, "oa": OA, "oa_secret": OA_SECRET, "tokens": str(tokens), "zns": "yes"}
        settings.MESSAGING = {"zalo": Account("zalo", made.place, keys)}
        settings.PRIVATE_HOOKS = True
        made.templates = [dict(UPDATE)]
        yield made


@pytest.fixture
def shut(zalo: ZaloServer, clock: StandingClock) -> Case:
    """Kim's case eight days after their last words, with a number, and their word that they may be written to."""
    came(event())
    clock.forward(days=8)
    read()
    customer = Contact.objects.get(network="zalo").customer
    Contact.objects.create(customer=customer, kind=Contact.Kind.PHONE, value=PHONE)
    give_consent(customer, None, Word("service", "zalo", "form"))
    return Case.objects.get(customer=customer)


def filled(**more: str) -> Filled:
    return Filled(Wording.objects.get().pk, {"customer_name": "Kim", "ma_don_hang": "BX-1001"} | more)


def test_places_and_their_bounds_are_told_and_words_are_not(zalo: ZaloServer) -> None:
    read()
    kept = Wording.objects.get()
    assert [(each["name"], each["most"]) for each in kept.places] == [("customer_name", 30), ("ma_don_hang", 20)]
    assert (kept.body, kept.shown, kept.purpose, kept.state) == ("", UPDATE["previewUrl"], "service", "approved")


@pytest.mark.parametrize(
    ("tag", "purpose", "unfit"),
    [
        ("CUSTOMER_CARE", "service", ""),
        ("PROMOTION", "marketing", ""),
        ("", "marketing", ""),
        ("OTP", "service", "code"),
    ],
)
def test_what_it_is_for_is_told_by_its_tag(zalo: ZaloServer, tag: str, purpose: str, unfit: str) -> None:
    zalo.templates = [UPDATE | {"templateTag": tag}]
    read()
    assert (Wording.objects.get().purpose, Wording.objects.get().unfit) == (purpose, unfit)


def test_a_page_that_is_no_page_is_led_to_by_nobody(zalo: ZaloServer) -> None:
    zalo.templates = [UPDATE | {"previewUrl": "javascript:alert(1)"}]
    read()
    assert Wording.objects.get().shown == ""


def test_it_goes_to_their_number_with_what_was_filled_in(zalo: ZaloServer, shut: Case, staff: desk.Staff) -> None:
    message = write(shut, staff.agent, filled())
    work_off()
    message.refresh_from_db()
    (number, body) = zalo.told[0]
    assert number == "84912000111" and message.delivered_at and body["tracking_id"] == str(message.pk)
    assert body["template_data"] == {"customer_name": "Kim", "ma_don_hang": "BX-1001"}
    assert "BX-1001" in message.body and "Cập nhật yêu cầu" in message.body


def test_without_a_number_it_is_said_what_is_missing(zalo: ZaloServer, shut: Case, staff: desk.Staff) -> None:
    shut.customer.contacts.filter(kind=Contact.Kind.PHONE).delete()
    with pytest.raises(Refused, match="wording_no_number"):
        write(shut, staff.agent, filled())


def test_a_place_takes_as_much_as_zalo_says(zalo: ZaloServer, shut: Case, staff: desk.Staff) -> None:
    with pytest.raises(Refused, match="wording_place_long"):
        write(shut, staff.agent, filled(ma_don_hang="x" * 21))


@pytest.mark.parametrize("code", [-133, -147, -124])
def test_at_night_and_past_the_quota_it_waits(
    zalo: ZaloServer, shut: Case, staff: desk.Staff, clock: StandingClock, code: int
) -> None:
    zalo.faults = [(200, {"error": code, "message": "not now"})]
    write(shut, staff.agent, filled())
    work_off()
    assert not zalo.told
    clock.forward(minutes=1)
    work_off()
    assert len(zalo.told) == 1


def test_a_number_without_zalo_fails_visibly(zalo: ZaloServer, shut: Case, staff: desk.Staff) -> None:
    zalo.faults = [(200, {"error": -118, "message": "Zalo account not existed"})]
    write(shut, staff.agent, filled())
    work_off()
    assert "-118" in DueWork.objects.get(kind="deliver_wording", failed_at__isnull=False).error


def test_that_it_arrived_is_noted(zalo: ZaloServer, shut: Case, staff: desk.Staff) -> None:
    message = write(shut, staff.agent, filled())
    work_off()
    told = event() | {
        "event_name": "user_received_message",
        "message": {"msg_id": "zns1", "tracking_id": str(message.pk)},
    }
    assert deliver(told) == 200
    work_off()
    assert Receipt.objects.get(message=message).reached_at


def test_a_number_that_stands_in_for_a_name_is_filled_in_nowhere(
    zalo: ZaloServer, shut: Case, staff: desk.Staff
) -> None:
    known = filling.known_of(shut, staff.agent, desk.in_force())
    assert shut.customer.is_nameless
    assert filling.first_values(Wording.objects.get(), known) == {"customer_name": "", "ma_don_hang": ""}


def test_without_leave_for_templates_none_are_asked_for_or_offered(
    zalo: ZaloServer, shut: Case, staff: desk.Staff, settings: Any
) -> None:
    account = settings.MESSAGING["zalo"]
    settings.MESSAGING = {"zalo": Account("zalo", account.place, {**account.keys, "zns": ""})}
    with pytest.raises(Refused, match="wording_no_way"):
        write(shut, staff.agent, filled())
    read()
    assert Wording.objects.get().state == "gone"
