"""Opening a case by the interface: the page's own action, with a key against doing it twice."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tantam.desk.api import cases as api_cases
from tantam.desk.cases.models import Case
from tantam.desk.claims.models import Claim
from tantam.desk.common import rate
from tantam.desk.customers.models import Customer
from tests.desk.files.test_store import picture
from tests.support import desk
from tests.support.clock import StandingClock

TOKEN = "a secret of the desk"
PATH = "/api/v1/cases"
TOLD = {"name": "Kim Weber", "contact": "kim@example.org", "body": "The washing machine is loud.", "language": "en"}
CLAIM = TOLD | {"policy": "exchange", "topic": "faulty", "facts": {"fault": "ours", "owned": "12 days", "danger": "no"}}


@pytest.fixture(autouse=True)
def token(settings: Any) -> None:
    settings.API_TOKEN = TOKEN


def _post(body: Any, key: str = "", secret: str = TOKEN) -> Any:
    headers = {"Authorization": f"Bearer {secret}"} | ({"Idempotency-Key": key} if key else {})
    return Client().post(PATH, body, content_type="application/json", headers=headers)


def test_case_is_opened_with_its_link_and_promises(plan: object) -> None:
    answer = _post(TOLD)
    told, case = answer.json(), Case.objects.get()
    assert answer.status_code == 201
    assert told["reference"] == case.reference and told["link"].endswith(f"/c/{case.link_key}/")
    assert {each["kind"] for each in told["promises"]} >= {"first_reply", "resolution"}
    assert all(each["because"] and each["clause"] and each["due"] for each in told["promises"])
    assert told["answer"] is None and told["proved"] is False


def test_claim_is_answered_with_its_reason(plan: object) -> None:
    told = _post(CLAIM).json()
    assert told["answer"]["outcome"] == "replace"
    assert told["answer"]["clause"] == "policies.exchange.decides#faulty"
    assert "12 days" in told["answer"]["because"] and told["answer"]["conditional"]


def test_purchase_is_proved_by_number_and_contact(plan: object, hoa: Customer) -> None:
    bought = desk.purchase(hoa)
    answer = _post(TOLD | {"purchase_number": "BX-1001", "contact": "hoa@example.com"})
    assert answer.json()["proved"] is True
    assert Case.objects.get().purchase == bought


def test_without_proof_nothing_stored_is_told(plan: object, hoa: Customer) -> None:
    desk.purchase(hoa)
    answer = _post(CLAIM | {"purchase_number": "BX-1001"})
    text = answer.content.decode()
    assert answer.json()["proved"] is False
    assert not [each for each in ("Hoa", "hoa@", "8990000", "Washing") if each in text]


def test_same_key_gives_the_same_case(plan: object) -> None:
    first, again = _post(CLAIM, key="k1"), _post(CLAIM, key="k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["reference"] == again.json()["reference"]
    assert (Case.objects.count(), Claim.objects.count()) == (1, 1)


def test_other_key_or_none_gives_another_case(plan: object) -> None:
    assert len({_post(TOLD, key=each).json()["reference"] for each in ("a", "b", "", "")}) == 4


def test_same_request_is_known_however_its_lines_end_and_its_number_was_noted(plan: object) -> None:
    told = TOLD | {"body": "Two\r\nlines.", "purchase_number": "BX-404"}
    assert _post(told, key="k1").json() == _post(told, key="k1").json()


@pytest.mark.parametrize(
    "change", [{"body": "Something else."}, {"body": "Two"}, {"purchase_number": "BX-405"}, {"purchase_number": ""}]
)
def test_key_that_came_with_something_else_is_refused(plan: object, change: dict[str, str]) -> None:
    told = TOLD | {"body": "Two lines.", "purchase_number": "BX-404"}
    _post(told, key="k1")
    answer = _post(told | change, key="k1")
    assert (answer.status_code, answer.json()["code"]) == (422, "key_used")
    assert Case.objects.count() == 1


@pytest.mark.parametrize("secret", ["", "wrong", TOKEN + "x", "é"])
def test_wrong_token_is_let_in_nowhere(plan: object, secret: str) -> None:
    answer = _post(TOLD, secret=secret)
    assert (answer.status_code, answer.json()["code"]) == (401, "no_token")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert not Case.objects.exists()


def test_desk_without_a_token_lets_nobody_in(plan: object, settings: Any) -> None:
    settings.API_TOKEN = ""
    assert _post(TOLD, secret="").status_code == 401


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"contact": "nobody"}, "contact"),
        ({"body": " "}, "body"),
        ({"language": "fr"}, "language"),
        ({"policy": "nonsense"}, "policy"),
        ({"topic": "nonsense"}, "topic"),
        ({"facts": {"nonsense": "1"}}, "facts.nonsense"),
        ({"facts": {"fault": "nonsense"}}, "facts.fault"),
        ({"facts": {"owned": "-3 days"}}, "facts.owned"),
        ({"facts": []}, "facts"),
        ({"unknown": 1}, "unknown"),
        ({"body": "x" * 20_001}, "body"),
    ],
)
def test_wrong_field_is_named_with_what_is_allowed(plan: object, change: dict[str, Any], field: str) -> None:
    answer = _post(TOLD | change)
    assert answer.status_code == 422, answer.content
    assert [each["field"] for each in answer.json()["fields"]] == [field]
    assert answer.json()["fields"][0]["message"]
    assert not Case.objects.exists()


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"', '{"name": NaN}', "\x00"])
def test_what_is_no_object_is_refused_without_a_traceback(plan: object, body: str) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answer = Client().post(PATH, body, content_type="application/json", headers=headers)
    assert answer.status_code in (400, 422)
    assert answer.json()["code"]


@pytest.mark.parametrize("letter", ["\\u0000", "\\ud800", "\\u202e"])
@pytest.mark.parametrize("field", ["name", "body", "subject"])
def test_letters_that_no_database_keeps_do_no_harm(plan: object, letter: str, field: str) -> None:
    body = json.dumps(TOLD | {field: "a@b"}).replace("a@b", f"a{letter}b")
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answer = Client().post(PATH, body, content_type="application/json", headers=headers)
    assert answer.status_code == 201, answer.content


def test_too_often_says_when_to_try_again(plan: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_cases, "FILED", rate.Rate("api", 1))
    assert _post(TOLD).status_code == 201
    answer = _post(TOLD)
    assert answer.status_code == 429 and int(answer.headers["Retry-After"]) > 0


@pytest.mark.django_db
def test_without_a_plan_nothing_can_be_promised() -> None:
    assert _post(TOLD).status_code == 503


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(plan: object, method: str) -> None:
    assert getattr(Client(), method)(PATH, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 405


@pytest.mark.django_db
def test_openapi_document_names_every_answer() -> None:
    document = Client().get("/api/v1/openapi.json").json()
    answers = document["paths"]["/api/v1/cases"]["post"]["responses"]
    assert set(answers) == {"201", "400", "401", "403", "404", "409", "412", "413", "422", "429", "503"}
    assert Client().get("/api/v1/docs").status_code == 404


def test_address_and_what_they_agreed_to_are_kept(plan: object) -> None:
    agreed = [{"purpose": "marketing", "channel": "", "note": "Box on the checkout"}]
    assert _post(TOLD | {"address": "chi", "agreed": agreed}).status_code == 201
    customer = Customer.objects.get()
    kept = customer.consents.get()
    assert customer.address == "chi"
    assert (kept.purpose, kept.channel, kept.given, kept.how, kept.by) == ("marketing", "", True, "form", None)


@pytest.mark.parametrize(
    "wrong", [{"address": "sir"}, {"agreed": [{"purpose": "all"}]}, {"agreed": [{"purpose": "survey", "channel": "x"}]}]
)
def test_what_no_form_offers_is_refused_and_nothing_is_kept(plan: object, wrong: dict[str, Any]) -> None:
    assert _post(TOLD | wrong).status_code == 422
    assert not Case.objects.exists() and not Customer.objects.exists()


def test_files_follow_for_an_hour_and_twice_is_once(plan: object, clock: StandingClock) -> None:
    where = _post(TOLD).json()["files"].removeprefix("http://localhost:8000")
    for _ in range(2):
        answer = _send(where, ("a.png", picture()))
        assert answer.status_code == 201 and [each["name"] for each in answer.json()] == ["a.png"]
    assert _send(where, ("empty.txt", b"")).json()["code"] == "file_empty"
    clock.forward(hours=1, minutes=1)
    late = _send(where, ("c.png", picture()))
    assert (late.status_code, late.json()["code"]) == (409, "files_late")


def test_files_go_to_no_case_by_guessing(plan: object) -> None:
    _post(TOLD)
    reference = Case.objects.get().reference
    assert _send(f"/api/v1/filed/{reference}/files", ("a.png", picture())).status_code == 404
    where = f"/api/v1/filed/{Case.objects.get().link_key}/files"
    assert _send(where, ("a.png", picture()), secret="wrong").status_code == 401
    assert _send(where).status_code == 422


def _send(where: str, *files: tuple[str, bytes], secret: str = TOKEN) -> Any:
    given = [SimpleUploadedFile(name, content) for name, content in files]
    return Client().post(where, {"files": given}, headers={"Authorization": f"Bearer {secret}"})
