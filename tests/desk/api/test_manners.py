"""The manners of the interface: done once for a key, pages without gaps, marks that tell what changed, a rate."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tantam.desk.api import rates
from tantam.desk.api.actions.tidy import tidy_answers
from tantam.desk.api.models import ApiToken, KeptAnswer
from tantam.desk.cases import actions
from tantam.desk.cases.models import Case, Message, Tag
from tests.desk.api.world import token_of
from tests.support import desk
from tests.support.together import together

CASES = "/api/v1/cases"


class Program:
    """A program with a token."""

    def __init__(self, secret: str) -> None:
        self.secret, self.browser = secret, Client()

    def get(self, path: str, **headers: str) -> Any:
        return self.browser.get(path, headers=self._with(headers))

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return Client().post(path, body or {}, content_type="application/json", headers=self._with(headers))

    def _with(self, headers: dict[str, str]) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"} | {k.replace("_", "-"): v for k, v in headers.items()}


@pytest.fixture
def program(staff: Any) -> Any:
    rates.forget()
    yield Program(token_of(staff.agent))
    rates.forget()


def test_same_key_says_it_once(program: Program, hoa: Any) -> None:
    case = desk.opened(hoa)
    path, told = f"{CASES}/{case.pk}/messages/note", {"body": "Called."}
    first, again = (program.post(path, told, Idempotency_Key="k") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json() and again.headers["Idempotent-Replayed"] == "true"
    assert first.headers["ETag"] == again.headers["ETag"]
    assert Message.objects.filter(case=case, body="Called.").count() == 1


def test_what_failed_may_be_sent_again_with_its_key(program: Program, hoa: Any) -> None:
    case = desk.opened(hoa)
    path = f"{CASES}/{case.pk}/take"
    actions.take(case, desk.Person.objects.get(name="Nam"))
    assert program.post(path, Idempotency_Key="k").status_code == 409
    assert not KeptAnswer.objects.exists()
    Case.objects.update(owner=None)
    assert program.post(path, Idempotency_Key="k").status_code == 200


def test_key_with_something_else_is_refused_and_kept_a_day(program: Program, hoa: Any, clock: Any) -> None:
    path = f"{CASES}/{desk.opened(hoa).pk}/tags"
    assert program.post(path, {"name": "a"}, Idempotency_Key="k").status_code == 201
    other = program.post(path, {"name": "b"}, Idempotency_Key="k")
    assert (other.status_code, other.json()["code"]) == (422, "key_used")
    clock.forward(hours=25)
    assert program.post(path, {"name": "b"}, Idempotency_Key="k").status_code == 201
    clock.forward(hours=25)
    tidy_answers({})
    assert not KeptAnswer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_with_one_key_one_does_it(program: Program, hoa: Any) -> None:
    case = desk.opened(hoa)
    path, told = f"{CASES}/{case.pk}/messages/note", {"body": "Called."}
    answers = together(*[lambda: program.post(path, told, Idempotency_Key="k")] * 4)
    assert {each.status_code for each in answers} == {201}
    assert len({each.content for each in answers}) == 1
    assert Message.objects.filter(case=case, body="Called.").count() == 1


def test_pages_follow_each_other_without_gap_or_double(program: Program, hoa: Any) -> None:
    known = {str(desk.opened(hoa).pk) for _ in range(7)}
    seen: list[str] = []
    path = f"{CASES}?limit=3"
    while path:
        answer = program.get(path)
        seen += [each["id"] for each in answer.json()["items"]]
        link = answer.headers.get("Link", "")
        path = link.partition(">")[0].lstrip("<")
        assert bool(path) == bool(answer.json()["next"])
    assert len(seen) == 7 and set(seen) == known


@pytest.mark.parametrize("wanted", ["limit=0", "limit=101", "cursor=%C3%A9", "cursor=%21", "q=nonsense:1", "view=x"])
def test_wrong_question_names_its_field(program: Program, wanted: str) -> None:
    answer = program.get(f"{CASES}?{wanted}")
    assert answer.status_code == 422
    assert answer.json()["fields"][0]["field"] == wanted.partition("=")[0]


def test_what_did_not_change_is_not_sent_again(program: Program, hoa: Any, staff: Any) -> None:
    case = desk.opened(hoa)
    mark = program.get(f"{CASES}/{case.pk}").headers["ETag"]
    same = program.get(f"{CASES}/{case.pk}", If_None_Match=mark)
    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", mark)
    actions.add_note(case, staff.agent, "Called.")
    assert program.get(f"{CASES}/{case.pk}", If_None_Match=mark).status_code == 200


def test_what_changed_meanwhile_is_not_overwritten(program: Program, hoa: Any, staff: Any) -> None:
    case = desk.opened(hoa)
    mark = program.get(f"{CASES}/{case.pk}").headers["ETag"]
    actions.add_note(case, staff.colleague, "Called.")
    answer = program.post(f"{CASES}/{case.pk}/tags", {"name": "a"}, If_Match=mark)
    assert (answer.status_code, answer.json()["code"]) == (412, "changed_meanwhile")
    assert not Tag.objects.exists()
    fresh = program.get(f"{CASES}/{case.pk}").headers["ETag"]
    assert program.post(f"{CASES}/{case.pk}/tags", {"name": "a"}, If_Match=fresh).status_code == 201


def test_customer_that_changed_meanwhile_is_not_overwritten(program: Program, hoa: Any) -> None:
    path = f"/api/v1/customers/{hoa.pk}"
    mark = program.get(path).headers["ETag"]
    send = {"content_type": "application/json", "headers": program._with({"If-Match": mark})}
    assert Client().patch(path, json.dumps({"note": "Prefers mornings."}), **send).status_code == 200
    answer = Client().patch(path, json.dumps({"note": "Prefers evenings."}), **send)
    assert (answer.status_code, answer.json()["code"]) == (412, "customer_changed")


def test_rate_is_told_and_held(program: Program, settings: Any) -> None:
    settings.API_PER_MINUTE = 3
    left = [program.get("/api/v1/me") for _ in range(5)]
    assert [each.status_code for each in left] == [200, 200, 200, 429, 429]
    assert left[0].headers["RateLimit-Policy"] == '"minute";q=3;w=60'
    assert left[0].headers["RateLimit"].startswith('"minute";r=2;t=')
    assert 0 < int(left[3].headers["Retry-After"]) <= 60 and left[3].json()["code"] == "too_often"


def test_counting_writes_once_a_second_at_most(plan: object, django_assert_num_queries: Any, clock: Any) -> None:
    rates.forget()
    first = rates.count("k")
    with django_assert_num_queries(0):
        second = rates.count("k")
    clock.forward(seconds=1)
    with django_assert_num_queries(1):
        third = rates.count("k")
    assert (first.left - second.left, second.left - third.left) == (1, 1)


def test_reasons_come_in_the_language_asked_for(program: Program, hoa: Any, staff: Any) -> None:
    case = desk.opened(hoa)
    actions.take(case, staff.colleague)
    said = {
        lang: program.post(f"{CASES}/{case.pk}/take", Accept_Language=lang).json()["message"]
        for lang in ("vi", "de", "en")
    }
    assert len(set(said.values())) == 3


def test_unknown_address_answers_in_the_same_form(program: Program) -> None:
    answer = program.get("/api/v1/nonsense")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_secret_is_kept_nowhere(program: Program) -> None:
    row = ApiToken.objects.values().get()
    assert program.secret not in str(row) and row["prefix"] == program.secret[:10]
