"""What holds of every letter of the desk: its head says what it is, and its words are as they were written."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as outgoing_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from tantam.desk.cases import letters, outbox
from tantam.desk.cases.act import act_on
from tantam.desk.cases.actions import reply
from tantam.desk.cases.models import Actor, Message
from tantam.desk.channels.email import outgoing
from tantam.desk.customers.actions import give_consent
from tantam.desk.customers.consent import Word
from tantam.desk.customers.models import Purpose
from tests.support import desk

DESK = Path(outgoing.__file__).parents[2]
WORDS = sorted([*DESK.glob("**/letters/*.txt"), *DESK.glob("channels/email/templates/email/*.txt")])
OTHER = (Purpose.SURVEY, Purpose.MARKETING)  # what letters may be for besides service


def of_itself(of: Any, purpose: str) -> Message:
    case = desk.opened(of)
    with transaction.atomic():
        return outbox.post(act_on(case, Actor.PLAN), "Máy chạy tốt chứ?", purpose=purpose)


@pytest.mark.parametrize("purpose", [Purpose.SERVICE, *OTHER])
def test_the_head_of_a_letter_that_nobody_wrote_by_hand(purpose: Purpose, hoa: Any, plan: object) -> None:
    if purpose in OTHER:
        give_consent(hoa, None, Word(purpose.value))
    message = of_itself(hoa, purpose.value)
    letter = outgoing.compose(message)
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Id"].startswith("<cases.")
    assert (letter["List-Unsubscribe"] is not None) is (purpose in OTHER)
    assert (letter["List-Unsubscribe-Post"] is not None) is (purpose in OTHER)
    assert {part.get_content_type() for part in letter.walk()} >= {"text/plain", "text/html"}
    assert message.case.reference in letter["Subject"] and letter["Reply-To"]


def test_the_head_of_a_colleagues_letter(hoa: Any, staff: desk.Staff) -> None:
    letter = outgoing.compose(reply(desk.opened(hoa), staff.agent, "Chào chị."))
    assert letter["Auto-Submitted"] is None and letter["List-Unsubscribe"] is None
    assert letter["List-Id"].startswith("<cases.") and letter["References"]


def test_the_head_of_a_mail_about_an_account(client: Client, staff: desk.Staff) -> None:
    client.post(reverse("account_reset_password"), {"email": staff.agent.email})
    (letter,) = outgoing_mail.outbox
    assert letter.to == [staff.agent.email] and letter.message()["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("path", WORDS, ids=lambda path: path.stem)
def test_names_in_a_letter_stay_as_they_are(path: Path) -> None:
    words = path.read_text(encoding="utf-8")
    says_names = re.search(r"\{\{|with \w+=", words)
    assert not says_names or "{% autoescape off %}" in words, "a letter is no HTML: & and ' stay"


def test_a_name_that_html_would_bend_is_said_as_it_is() -> None:
    said = render_to_string("cases/letters/moved_version.txt", {"lost": [("Fix & 'go'", "Wed 12:00"), ("B & C", "")]})
    assert "Fix & 'go'" in said and "B & C" in said


def test_who_lives_by_other_clocks_is_told_whose_a_time_is(hoa: Any, plan: Any) -> None:
    at = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    case = desk.opened(hoa)
    with letters.in_words_of(case, plan):
        assert letters.told_by(case, plan)(at) == letters.moment(at)
        hoa.timezone, case.customer = "Europe/Berlin", hoa
        assert letters.told_by(case, plan)(at) == f"{letters.moment(at)} (Thành phố Hồ Chí Minh)"
        hoa.timezone = "Asia/Bangkok"  # other clocks that show the same
        assert letters.told_by(case, plan)(at) == letters.moment(at)
