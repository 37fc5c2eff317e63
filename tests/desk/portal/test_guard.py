"""The guard of the public forms: machines are slowed down, people lose no word."""

from __future__ import annotations

import pytest
from django.db import OperationalError

from tantam.desk.cases.models import Case
from tantam.desk.portal import guard
from tests.desk.portal.pages import Visitor, form, text

WRITTEN = {
    "q_danger": "no",
    "q_fault": "ours",
    "name": "Lâm",
    "contact": "lam@example.org",
    "body": "Every word of this stays.",
}
OTHER_WORDS = "Something else is broken, too."  # the same words once more are the same sending


def _kept(answer: object) -> bool:
    return "Every word of this stays." in answer.content.decode()


def test_too_fast_is_asked_once_more(visitor: Visitor) -> None:
    hidden = form(visitor.second_step()).hidden
    answer = visitor.client.post("/help/faulty/", hidden | WRITTEN)
    assert answer.status_code == 422 and _kept(answer) and not Case.objects.exists()
    assert visitor.send("/help/faulty/", answer, **WRITTEN).status_code == 302


@pytest.mark.parametrize("token", ["", "forged", "1:a:b"])
def test_forged_token_is_asked_once_more(visitor: Visitor, token: str) -> None:
    hidden = form(visitor.second_step()).hidden
    visitor.clock.forward(seconds=10)
    answer = visitor.client.post("/help/faulty/", hidden | WRITTEN | {"token": token})
    assert answer.status_code == 422 and _kept(answer)
    assert visitor.send("/help/faulty/", answer, **WRITTEN).status_code == 302


def test_page_open_for_days_loses_nothing(visitor: Visitor) -> None:
    page = visitor.second_step()
    visitor.clock.forward(days=3)
    answer = visitor.client.post("/help/faulty/", form(page).hidden | WRITTEN)
    assert answer.status_code == 422 and _kept(answer)


def test_field_that_people_do_not_see_stops_machines(visitor: Visitor) -> None:
    answer = visitor.send("/help/faulty/", visitor.second_step(), **WRITTEN, website="https://spam.example")
    assert answer.status_code == 422 and _kept(answer) and not Case.objects.exists()
    assert "spam.example" not in answer.content.decode()


def test_too_many_filings_are_refused_with_the_text_kept(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "FILED", guard.rate.Rate("filed", 2))
    codes = [visitor.files(contact=f"{each}@example.org").status_code for each in range(2)]
    answer = visitor.files(body="Every word of this stays.")
    assert codes == [302, 302]
    assert answer.status_code == 429 and _kept(answer)
    assert "too often" in text(answer)
    visitor.clock.forward(hours=1)
    assert visitor.files().status_code == 302


def test_one_contact_is_counted_from_wherever_it_comes(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "FILED_BY_CONTACT", guard.rate.Rate("filed_contact", 1))
    assert visitor.files().status_code == 302
    assert visitor.files(body=OTHER_WORDS).status_code == 429


def test_trying_numbers_is_slowed_down(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "PROVED", guard.rate.Rate("proved", 2))
    tries = [visitor.second_step(number=f"BX-{n}", contact="a@example.org").status_code for n in range(3)]
    assert tries == [200, 200, 429]


@pytest.mark.parametrize("same", ["LAM@example.org", " lam@EXAMPLE.org ", "lam@example.org"])
def test_one_contact_is_counted_however_it_is_written(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, same: str
) -> None:
    monkeypatch.setattr(guard, "FILED_BY_CONTACT", guard.rate.Rate("filed_contact", 1))
    assert visitor.files().status_code == 302
    assert visitor.files(contact=same, body=OTHER_WORDS).status_code == 429


def test_trying_numbers_with_one_contact_is_slowed_down_from_wherever_it_comes(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "PROVED_BY_CONTACT", guard.rate.Rate("proved_contact", 2))
    tries = []
    for n in range(3):
        visitor.client.defaults["REMOTE_ADDR"] = f"10.0.{n}.1"
        tries.append(visitor.second_step(number=f"BX-{n}", contact="Hoa@example.com").status_code)
    assert tries == [200, 200, 429]


def test_database_that_is_busy_loses_no_word(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_args: object) -> None:
        raise OperationalError("database is locked")

    case = Case.objects.get(link_key=visitor.files().headers["Location"].split("/")[2])
    monkeypatch.setattr(guard.rate, "_add", busy)
    answers = [
        visitor.send("/help/faulty/", visitor.second_step(), **WRITTEN),
        visitor.client.post(f"/c/{case.link_key}/write/", {"body": WRITTEN["body"]}),
    ]
    assert [each.status_code for each in answers] == [503, 503]
    assert all(_kept(each) and "Nothing is lost" in text(each) for each in answers)
