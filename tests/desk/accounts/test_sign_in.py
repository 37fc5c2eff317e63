"""Signing in: nobody tries passwords for long, nobody learns who has an account, a forgotten password is a mail."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client, RequestFactory

from tantam.desk.accounts import adapter
from tantam.desk.common import rate

PASSWORD = "tam long ben xuan"


@pytest.fixture(autouse=True)
def few_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing thirty passwords takes long."""
    monkeypatch.setattr(adapter, "SIGNED_IN", rate.Rate("sign_in", 3))


def _sign_in(who: str, password: str) -> Any:
    cache.clear()  # as if another process answered, which has counted nothing yet
    return Client().post("/account/login/", {"login": who, "password": password})


def test_account_is_not_tried_for_long_whichever_process_answers(staff: Any) -> None:
    staff.agent.set_password(PASSWORD)
    staff.agent.save()
    for each in range(adapter.SIGNED_IN.most):
        assert _sign_in(staff.agent.email, f"wrong {each}").status_code == 200
    assert _sign_in(staff.agent.email, PASSWORD).status_code == 200  # even the right one is not looked at


def test_right_password_signs_in_after_a_while(staff: Any, clock: Any) -> None:
    staff.agent.set_password(PASSWORD)
    staff.agent.save()
    for each in range(adapter.SIGNED_IN.most + 1):
        _sign_in(staff.agent.email, f"wrong {each}")
    clock.forward(hours=1)
    assert _sign_in(staff.agent.email, PASSWORD).status_code == 302


def test_network_is_not_let_try_many_accounts(plan: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "SIGNED_IN_FROM", rate.Rate("sign_in_from", 2))
    answers = [_sign_in(f"{n}@desk.example", "wrong") for n in range(3)]
    wrong, too_often = set(map(_error, answers[:2])), _error(answers[2])
    assert len(wrong) == 1 and too_often not in wrong


def test_unknown_and_known_account_are_answered_alike(staff: Any) -> None:
    def said(who: str) -> str:
        page = _sign_in(who, "wrong").content.decode().replace(who, "")
        return page[page.index("<main") if "<main" in page else 0 :].split("csrfmiddlewaretoken")[0]

    assert said(staff.agent.email) == said("nobody@desk.example")


def test_forgotten_password_is_a_mail_and_the_page_tells_nobody_who_has_an_account(staff: Any) -> None:
    answers = [_forgot(staff.agent.email), _forgot("nobody@desk.example")]
    assert [each.status_code for each in answers] == [302, 302]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert any(staff.agent.email in each.to and "/account/password/reset/key/" in each.body for each in mail.outbox)


def test_one_address_is_not_flooded_with_mails(staff: Any) -> None:
    for _ in range(adapter.WRITTEN_TO.most + 2):
        assert _forgot("Victim@Elsewhere.example").status_code == 302
    assert len(mail.outbox) == adapter.WRITTEN_TO.most


def test_mail_server_away_is_no_failure_of_the_page(staff: Any, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    assert _forgot(staff.agent.email).status_code == 302


@pytest.mark.parametrize(("proxies", "address"), [(0, "10.0.0.1"), (1, "203.0.113.9"), (2, "198.51.100.7")])
def test_address_is_what_our_own_proxies_say(proxies: int, address: str, settings: Any) -> None:
    settings.PROXIES = proxies
    asked = RequestFactory().get(
        "/", headers={"X-Forwarded-For": "1.2.3.4, 198.51.100.7, 203.0.113.9"}, REMOTE_ADDR="10.0.0.1"
    )
    assert rate.address_of(asked) == address


def _error(answer: Any) -> str:
    return str(answer.context["form"].non_field_errors())


def _forgot(who: str) -> Any:
    cache.clear()
    return Client().post("/account/password/reset/", {"email": who})
