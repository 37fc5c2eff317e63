"""What telephone systems send is believed if it is signed, kept before it is read, and harmless twice."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from tantam.desk.arrivals.access import tray
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.calls.models import Call, Callback
from tantam.desk.channels.phone.signatures import secrets_of, signed_by_twilio
from tantam.desk.common.standard_webhooks import in_time, signed
from tantam.desk.plans import RunningPlan
from tests.support import phone
from tests.support.clock import StandingClock

TOKEN = "12345"


@pytest.fixture(autouse=True)
def secrets(settings: Any) -> None:
    """A desk that is told of calls."""
    settings.PHONE_SECRETS, settings.PHONE_TWILIO_TOKEN = [phone.SECRET], TOKEN
    settings.BASE_URL = "https://desk.example"


def test_what_is_told_is_stored_and_noted(plan: RunningPlan) -> None:
    assert phone.tell("missed", "c1", extension="12") == 204
    call, kept = Call.objects.get(), Arrival.objects.get()
    assert (call.name, call.number, call.line, call.extension) == ("phone:c1", phone.NUMBER, phone.LINE, "12")
    assert (kept.channel, kept.sender, kept.subject, kept.case) == ("phone", phone.NUMBER, "call.missed", call.case)


def test_what_concerns_no_case_is_noted_and_waits_in_no_tray(plan: RunningPlan) -> None:
    phone.tell("ringing")
    assert Arrival.objects.get().problem == Problem.NOTED
    assert not tray(most=10)


@pytest.mark.parametrize(
    "broken",
    [
        {"webhook-signature": "v1,AAAA"},
        {"webhook-signature": ""},
        {"webhook-id": "another"},
        {"webhook-id": ""},
        {"webhook-timestamp": "1"},
        {"webhook-timestamp": "٣"},
    ],
)
def test_what_is_not_signed_is_not_stored(plan: RunningPlan, broken: dict[str, str]) -> None:
    sent = phone.body("missed", "c1")
    assert phone.post(sent, phone.headers(sent) | broken) == 401
    assert phone.post(sent + b" ", phone.headers(sent)) == 401
    assert not Arrival.objects.exists()


@pytest.mark.parametrize("away, status", [(-301, 401), (-300, 204), (300, 204), (301, 401)])
def test_a_delivery_may_be_five_minutes_away(plan: RunningPlan, clock: StandingClock, away: int, status: int) -> None:
    sent = phone.body("missed", "c1")
    at = int(clock.instant.timestamp()) + away
    assert phone.post(sent, phone.headers(sent, at=at)) == status


def test_the_same_delivery_again_changes_nothing(plan: RunningPlan) -> None:
    sent = phone.body("missed", "c1")
    for _ in range(3):
        assert phone.post(sent, phone.headers(sent, name="msg_1")) == 204
    assert Callback.objects.get().calls == Arrival.objects.count() == 1


def test_without_a_secret_there_is_no_such_address(plan: RunningPlan, settings: Any) -> None:
    settings.PHONE_SECRETS, settings.PHONE_TWILIO_TOKEN = [], ""
    assert phone.tell("missed") == 404
    assert Client().post("/hooks/phone/twilio/", {}).status_code == 404
    assert Client().get("/hooks/phone/").status_code == 405


def test_two_secrets_count_while_one_is_exchanged(plan: RunningPlan, settings: Any) -> None:
    settings.PHONE_SECRETS = ["whsec_" + base64.b64encode(b"the new one").decode(), phone.SECRET]
    assert phone.tell("missed") == 204


@pytest.mark.parametrize(
    "sent",
    [b"", b"[]", b"{", b'{"type":"call.sung","data":{}}', b'{"type":"call.missed","data":{"direction":"in"}}', b"\xff"],
)
def test_what_is_not_in_the_format_waits_in_the_tray(plan: RunningPlan, sent: bytes) -> None:
    assert phone.post(sent, phone.headers(sent)) == 204
    assert Arrival.objects.get().problem == Problem.UNREADABLE


def test_what_no_database_keeps_is_no_text(plan: RunningPlan) -> None:
    for part in (b"\\u0000", b"\\ud800"):
        sent = phone.body("missed", "c1", extension="12").replace(b'"12"', b'"1' + part + b'"')
        assert phone.post(sent, phone.headers(sent)) == 204
    assert {each.problem for each in Arrival.objects.all()} == {Problem.UNREADABLE}
    _twilio(CallStatus="ringing", From="+14158675309\x00")
    assert Call.objects.get().number == "+14158675309"


def test_a_secret_that_holds_nothing_is_named_before_anything_begins() -> None:
    assert secrets_of(f" {phone.SECRET}  words ") == [phone.SECRET, "words"] and secrets_of("") == []
    with pytest.raises(ValueError, match="TANTAM_PHONE_SECRET"):
        secrets_of(f"{phone.SECRET} whsec_")


def test_what_is_too_long_is_refused(plan: RunningPlan) -> None:
    sent = b"x" * 70_000
    assert phone.post(sent, phone.headers(sent)) == 413


def test_a_signature_is_that_of_the_standard() -> None:
    content, secret = b'{"test": 2432232314}', "whsec_" + base64.b64encode(b"a" * 24).decode()
    made = hmac.new(b"a" * 24, b"msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330." + content, hashlib.sha256).digest()
    value = "v1a,xx v1," + base64.b64encode(made).decode()
    assert signed("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", content, value, secrets=[secret])
    assert not signed("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265331", content, value, secrets=[secret])
    assert not in_time("1614265330", 1614265330 + 301)


def test_twilio_signs_as_its_reference_shows() -> None:
    fields = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675309",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
    }
    url, published = "https://mycompany.com/myapp.php?foo=1&bar=2", "RSOYDt4T1cUTdK1PDd93/VVr8B8="
    assert signed_by_twilio(url, urlencode(fields).encode(), published, token="12345")
    assert not signed_by_twilio(url, urlencode(fields | {"Digits": "1"}).encode(), published, token="12345")


def test_of_twilio_nobody_took_a_call_is_owed_one_back(plan: RunningPlan) -> None:
    _twilio(CallStatus="ringing")
    assert not Callback.objects.exists()
    answer = _twilio(CallStatus="in-progress", DialCallStatus="no-answer")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/xml")
    assert Callback.objects.get().number == "+14158675309"
    assert Call.objects.get().name == "twilio:CA1"


def test_of_twilio_whoever_took_the_dialled_leg_answered_the_call(plan: RunningPlan) -> None:
    _twilio(CallStatus="ringing")
    _twilio(CallSid="CA2", ParentCallSid="CA1", Direction="outbound-dial", CallStatus="in-progress", To="client:mai")
    _twilio(CallStatus="completed")
    call = Call.objects.get()
    assert call.answered_at and call.ended_at and call.extension == "client:mai"
    assert not Callback.objects.exists()


@pytest.mark.parametrize("number", ["+266696687", "anonymous", ""])
def test_of_twilio_a_hidden_number_is_counted_only(plan: RunningPlan, number: str) -> None:
    _twilio(CallStatus="no-answer", From=number)
    assert Call.objects.get().number == "" and not Callback.objects.exists()


def test_of_twilio_what_is_not_signed_is_not_stored(plan: RunningPlan) -> None:
    answer = Client().post("/hooks/phone/twilio/", {"CallSid": "CA1"}, headers={"X-Twilio-Signature": "x"})
    assert answer.status_code == 401 and not Arrival.objects.exists()


def _twilio(**fields: str) -> Any:
    sent = {"CallSid": "CA1", "Direction": "inbound", "From": "+14158675309", "To": "+18005551212"} | fields
    content = "https://desk.example/hooks/phone/twilio/" + "".join(each + sent[each] for each in sorted(sent))
    made = base64.b64encode(hmac.new(TOKEN.encode(), content.encode(), hashlib.sha1).digest()).decode()
    return Client().post(
        "/hooks/phone/twilio/",
        urlencode(sent),
        content_type="application/x-www-form-urlencoded",
        headers={"X-Twilio-Signature": made},
    )
