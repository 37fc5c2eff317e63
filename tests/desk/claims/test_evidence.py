"""What a photo would prove is asked for until one came; then somebody looks, by when is said, and nothing is granted.

Only a plan that demands no more than to be shown something decides by what came.
"""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tantam.desk.arrivals import intake
from tantam.desk.cases import attachments
from tantam.desk.cases.actions import keep_draft, reply, send
from tantam.desk.cases.attachments import Brought, bring
from tantam.desk.cases.drafts import Pressed
from tantam.desk.cases.models import Actor, Message, Promise
from tantam.desk.channels.email import incoming
from tantam.desk.claims import evidence
from tantam.desk.claims.actions import file_claim
from tantam.desk.claims.models import Claim
from tantam.desk.customers.models import Customer
from tantam.desk.files import store
from tests.desk.channels.letters import mail
from tests.desk.files.test_store import picture
from tests.desk.portal.pages import Visitor, form, text
from tests.support import desk, drafts
from tests.support.clock import StandingClock

State = Claim.State
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
ASKED = "With a photo we can check it sooner: What went wrong."


@pytest.fixture
def conditional(hoa: Customer) -> Claim:
    """A machine that failed: what went wrong was only told."""
    return _filed(hoa)


@pytest.fixture
def visitor(plan: object, clock: StandingClock) -> Visitor:
    return Visitor(clock)


def _filed(of: Customer) -> Claim:
    told = {"fault": "ours", "danger": "no"}
    brought = desk.concern(of, purchase=desk.purchase(of, days_ago=12), topic="faulty", told=told)
    return file_claim(brought, policy="exchange")


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


def test_a_photo_is_looked_at_by_a_person_and_the_customer_reads_by_when(
    visitor: Visitor, conditional: Claim, staff: desk.Staff
) -> None:
    reply(conditional.case, staff.agent, "Dạ, anh/chị gửi hình giúp em.")
    _send(visitor, conditional, "may.png", PNG, "image/png")
    conditional.refresh_from_db()
    assert conditional.facts["fault"] == {"value": "ours", "standing": "shown"}
    assert (conditional.state, conditional.conditional, conditional.grants.count()) == (State.OPEN, True, 0)
    owed = desk.owed(conditional.case, "first_reply")
    assert owed.state == Promise.State.OWED and evidence.looked_at(conditional, "en") == evidence.Looked(
        ("What went wrong",), owed.due_at
    )
    event = conditional.case.events.get(code="shown")
    assert (event.actor, event.args["terms"]) == (Actor.CUSTOMER, ["fault"])
    letters = conditional.case.messages.filter(direction=Message.Direction.OUTGOING, author=None)
    assert f"{timezone.localtime(owed.due_at, VIETNAM):%H:%M}" in letters.latest("id").body
    assert "What you sent has arrived: What went wrong." in text(visitor.get(_page(conditional)))


def test_a_photo_by_mail_is_shown_as_well(conditional: Claim) -> None:
    answer = conditional.case.messages.filter(direction=Message.Direction.OUTGOING).latest("id")
    made = message_from_bytes(mail("Ảnh đây ạ.", In_Reply_To=answer.message_id or ""), policy=policy.default)
    assert isinstance(made, EmailMessage)
    made.add_attachment(picture(), maintype="image", subtype="png", filename="máy.png")
    intake.take_in(incoming.store(made.as_bytes()).pk)
    conditional.refresh_from_db()
    assert conditional.facts["fault"]["standing"] == "shown"


def test_a_second_photo_is_no_news(visitor: Visitor, conditional: Claim) -> None:
    _send(visitor, conditional, "may.png", PNG, "image/png")
    told = conditional.case.messages.filter(direction=Message.Direction.OUTGOING).count()
    _send(visitor, conditional, "may2.png", PNG + b"\0", "image/png")
    assert conditional.case.messages.filter(direction=Message.Direction.OUTGOING).count() == told
    assert desk.codes(conditional.case).count("shown") == 1


def test_who_works_it_sees_it_and_says_with_one_button_that_it_is_so(
    visitor: Visitor, conditional: Claim, staff: desk.Staff
) -> None:
    _send(visitor, conditional, "may.png", PNG, "image/png")
    client = Client()
    client.force_login(staff.agent)
    page = client.get(reverse("web:case", args=[conditional.case_id]) + "?lang=en").content.decode()
    assert "The customer sent something to look at" in page and "may.png" in page
    prove_it = reverse("web:prove", args=[conditional.case_id, conditional.pk])
    client.post(prove_it, {"term-fault": "ours"})
    conditional.refresh_from_db()
    assert (conditional.state, conditional.facts["fault"]["standing"]) == (State.GRANTED, "verified")
    assert conditional.grants.get().person is None and "proved" in desk.codes(conditional.case)
    assert desk.owed(conditional.case, "first_reply").state == Promise.State.KEPT


def test_a_plan_that_demands_no_more_grants_by_what_came(visitor: Visitor, hoa: Customer, staff: desk.Staff) -> None:
    drafts.enacted(staff.manager, "    proof: photo\n", "    proof: photo\n    demands: shown\n")
    claim = _filed(hoa)
    assert claim.conditional and claim.state == State.OPEN
    _send(visitor, claim, "may.png", PNG, "image/png")
    claim.refresh_from_db()
    assert (claim.state, claim.conditional, claim.facts["fault"]["standing"]) == (State.GRANTED, False, "shown")
    assert desk.codes(claim.case).index("shown") < desk.codes(claim.case).index("granted")


def test_a_line_of_a_signature_shows_nothing(conditional: Claim) -> None:
    first = conditional.case.messages.filter(direction=Message.Direction.INCOMING).get()
    logo = Brought("logo.png", store.keep([PNG], "logo.png"), content_id="logo@mail")
    attachments.attach(conditional.case, [logo], to=first)
    conditional.refresh_from_db()
    assert conditional.facts["fault"]["standing"] == "told"


def test_our_own_file_shows_nothing(conditional: Claim, staff: desk.Staff) -> None:
    keep_draft(conditional.case, staff.agent, "Dạ.", files=bring([("may.png", [PNG])]))
    send(conditional.case, staff.agent, Pressed(body="Dạ.", any_hour=True))
    conditional.refresh_from_db()
    assert conditional.facts["fault"]["standing"] == "told"


def test_a_photo_that_came_with_the_claim_sends_no_second_letter(hoa: Customer) -> None:
    claim = _filed(hoa)
    first = claim.case.messages.filter(direction=Message.Direction.INCOMING).get()
    attachments.attach_once(first, bring([("may.png", [PNG])]))
    claim.refresh_from_db()
    assert claim.facts["fault"]["standing"] == "shown"
    assert claim.case.messages.filter(direction=Message.Direction.OUTGOING).count() == 1


def test_what_is_certain_asks_for_nothing(conditional: Claim) -> None:
    conditional.state = Claim.State.GRANTED
    assert evidence.missing(conditional, "en") == ()
