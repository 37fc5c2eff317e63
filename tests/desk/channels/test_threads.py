"""Which case a mail goes to: what it refers to, then where it was sent, then its subject; and only the sender's own."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.desk.accounts.models import Person
from tantam.desk.arrivals import intake
from tantam.desk.arrivals.access import tray
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.cases.models import Case
from tantam.desk.channels.email import incoming
from tantam.desk.channels.email.outgoing import compose
from tantam.desk.channels.email.reply_address import cases_at, is_ours, reference_of, reply_address
from tantam.desk.channels.email.threads import recipients
from tantam.desk.customers.models import Customer
from tests.desk.channels.letters import mail
from tests.support import desk


@pytest.fixture
def signed(settings: Any) -> None:
    settings.MAIL_REPLY_TO = "desk+{case}@tantam.localhost"


def _receive(raw: bytes) -> Arrival:
    return intake.take_in(incoming.store(raw).pk)


def _said(case: Case) -> int:
    return case.messages.filter(direction="incoming").count()


def test_reply_address_is_read_back_however_it_is_spelled(signed: None, plan: object, hoa: Customer) -> None:
    case = desk.opened(hoa)
    address = reply_address(case)
    assert address.startswith(f"desk+{case.reference.lower()}.") and len(address.partition("@")[0]) <= 64
    assert cases_at(["nobody@example.org", address.upper()]) == [case]


@pytest.mark.parametrize("change", ["letter", "reference", "before", "after", "none"])
def test_forged_reply_address_names_nothing(signed: None, plan: object, hoa: Customer, change: str) -> None:
    address, other = reply_address(desk.opened(hoa)), desk.opened(hoa)
    local, _, domain = address.partition("@")
    forged = {
        "letter": f"{local[:-1]}{'b' if local[-1] == 'a' else 'a'}@{domain}",
        "reference": f"desk+{other.reference.lower()}.{local.split('.')[1]}@{domain}",
        "before": f"x{address}",
        "after": f"{address}.example",
        "none": f"desk+{other.reference.lower()}@{domain}",
    }[change]
    assert reference_of(forged) == "" and not is_ours(forged)


def test_without_a_place_answers_go_to_the_desk(plan: object, hoa: Customer) -> None:
    case = desk.opened(hoa)
    assert reply_address(case) == "desk@tantam.localhost"
    assert reference_of("desk@tantam.localhost") == ""


def test_our_mails_say_where_answers_go(signed: None, plan: object, hoa: Customer) -> None:
    case = desk.opened(hoa)
    assert compose(case.messages.get(direction="outgoing"))["Reply-To"] == reply_address(case)


def test_answer_to_the_signed_address_continues_its_case(signed: None, plan: object, hoa: Customer) -> None:
    case = desk.opened(hoa)
    assert _receive(mail(To=reply_address(case), Subject="Máy vẫn kêu")).case == case


def test_envelope_names_the_case_where_no_header_does(signed: None, plan: object, hoa: Customer) -> None:
    case = desk.opened(hoa)
    kept = intake.store(incoming.CHANNEL, mail(To="undisclosed-recipients:;"), account=reply_address(case))
    assert intake.take_in(kept.pk).case == case


def test_what_is_answered_counts_more_than_the_address_and_that_more_than_the_subject(
    signed: None, plan: object, hoa: Customer
) -> None:
    answered, addressed, named = desk.opened(hoa), desk.opened(hoa), desk.opened(hoa)
    ours = answered.messages.get(direction="outgoing").message_id or ""
    everywhere = {"To": reply_address(addressed), "Subject": f"Re: [#{named.reference}]"}
    assert _receive(mail(In_Reply_To=ours, **everywhere)).case == answered
    assert _receive(mail(Message_ID="<2@x>", **everywhere)).case == addressed
    assert _receive(mail(Message_ID="<3@x>", Subject=everywhere["Subject"])).case == named


def test_id_of_ours_names_its_case_though_the_message_is_not_known(plan: object, hoa: Customer) -> None:
    case = desk.opened(hoa)
    assert _receive(mail(In_Reply_To=f"<839743348492460229.{case.reference}@tantam.localhost>")).case == case
    other = mail(Message_ID="<2@x>", In_Reply_To=f"<839743348492460229.{case.reference}@elsewhere.example>")
    assert _receive(other).case != case


def test_nearest_case_of_the_senders_own_is_continued_though_a_nearer_one_is_somebody_elses(
    plan: object, hoa: Customer
) -> None:
    others, own = desk.opened(desk.customer("Trần Văn Nam", "nam@example.com")), desk.opened(hoa)
    ids = [each.messages.get(direction="outgoing").message_id or "" for each in (own, others)]
    assert _receive(mail(References=" ".join(ids))).case == own
    assert _said(others) == 1


def test_signed_address_in_a_strangers_hands_opens_nothing(signed: None, plan: object, hoa: Customer) -> None:
    case = desk.opened(hoa)
    got = _receive(mail(sender="thief@example.org", To=reply_address(case)))
    assert got.case is not None and got.case != case and _said(case) == 1


def test_colleague_who_answers_a_forwarded_case_is_not_taken_for_the_customer(
    plan: object, hoa: Customer, staff: desk.Staff
) -> None:
    case = desk.opened(hoa)
    got = _receive(mail(sender=staff.agent.email, Subject=f"Fwd: [#{case.reference}]"))
    assert (got.problem, got.case, Case.objects.count(), _said(case)) == (Problem.COLLEAGUE, None, 1, 1)
    assert got in tray(10)


def test_colleague_with_a_concern_of_their_own_is_served(plan: object, staff: desk.Staff) -> None:
    case = _receive(mail(sender=staff.agent.email)).case
    assert case is not None
    again = _receive(mail(sender=staff.agent.email, Message_ID="<2@x>", Subject=f"Re: [#{case.reference}]"))
    assert again.case == case


def test_who_left_is_a_customer_as_any_other(plan: object, hoa: Customer, staff: desk.Staff) -> None:
    Person.objects.filter(pk=staff.agent.pk).update(is_active=False)
    case = desk.opened(hoa)
    got = _receive(mail(sender=staff.agent.email, Subject=f"[#{case.reference}]"))
    assert got.case is not None and got.case != case


def test_recipients_are_those_of_the_head_alone() -> None:
    raw = b'To: "Desk, The" <Desk@x.example>, b@x.example\r\nDelivered-To: c@x.example\r\n\r\nTo: d@x.example\r\n'
    assert recipients(raw) == ["c@x.example", "desk@x.example", "b@x.example"]
    assert recipients(b"") == [] and recipients(b"\xff" * 100) == []
