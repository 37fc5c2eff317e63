"""What would prove a conditional answer is said in the letter and on the private page, until a file was sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tantam.desk.cases.models import Message
from tantam.desk.claims import evidence
from tantam.desk.claims.actions import file_claim
from tantam.desk.claims.models import Claim
from tantam.desk.customers.models import Customer
from tests.desk.portal.pages import Visitor, form, text
from tests.support import desk
from tests.support.clock import StandingClock

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
ASKED = "With a photo we can check it sooner: What went wrong."


@pytest.fixture
def conditional(hoa: Customer) -> Claim:
    """A machine that failed: what went wrong was only told."""
    bought = desk.purchase(hoa, days_ago=12)
    told = {"fault": "ours", "danger": "no"}
    return file_claim(desk.concern(hoa, purchase=bought, topic="faulty", told=told), policy="exchange")


@pytest.fixture
def visitor(plan: object, clock: StandingClock) -> Visitor:
    return Visitor(clock)


def _page(claim: Claim) -> str:
    return f"/c/{claim.case.link_key}/"


def _send(visitor: Visitor, claim: Claim, name: str, content: bytes, kind: str) -> Any:
    page = visitor.get(_page(claim))
    visitor.clock.forward(seconds=timedelta(seconds=30).seconds)
    sent = SimpleUploadedFile(name, content, content_type=kind)
    return visitor.client.post(f"{_page(claim)}write/", form(page).hidden | {"body": "Ảnh đây ạ.", "files": sent})


def test_letter_and_page_say_what_a_photo_would_prove(visitor: Visitor, conditional: Claim) -> None:
    assert conditional.conditional and evidence.wanted(conditional, "en") == ("What went wrong",)
    letter = conditional.case.messages.filter(direction=Message.Direction.OUTGOING).latest("id").body
    assert evidence.wanted(conditional, conditional.case.language)[0] in letter
    assert ASKED in text(visitor.get(_page(conditional)))


def test_once_a_file_was_sent_it_is_asked_for_no_longer(visitor: Visitor, conditional: Claim) -> None:
    answer = _send(visitor, conditional, "may.png", PNG, "image/png")
    assert answer.status_code == 302, text(answer)
    assert conditional.case.attachments.count() == 1
    assert ASKED not in text(visitor.get(_page(conditional)))


def test_what_is_certain_asks_for_nothing(conditional: Claim) -> None:
    conditional.state = Claim.State.GRANTED
    assert evidence.missing(conditional, "en") == ()
