"""An address is proved by who answers our mail from there, or says so on the page of a link mailed there; not typed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tantam.desk import plans
from tantam.desk.arrivals import intake
from tantam.desk.cases.actions import reply
from tantam.desk.cases.links import private_link
from tantam.desk.cases.models import Case, Message
from tantam.desk.channels.email import entries, incoming
from tantam.desk.channels.email import links as lost
from tantam.desk.channels.email.outgoing import compose
from tantam.desk.common.models import DueWork
from tantam.desk.customers.actions import meet
from tantam.desk.customers.models import Contact, Customer
from tantam.desk.visitors import links, proving
from tests.desk.channels.letters import mail
from tests.desk.portal.pages import Visitor, text
from tests.support import desk
from tests.support.clock import StandingClock

MAIL = "hoa@example.com"
OTHER = "hoa@work.example"


def _answer(case: Case, sender: str = MAIL, **headers: Any) -> Case:
    """Receive a mail that answers the case's first letter."""
    usual = {"In_Reply_To": case.messages.get(direction="outgoing").message_id}
    got = intake.take_in(incoming.store(mail(sender=sender, **usual | headers)).pk)
    assert got.case
    return got.case


def _how(customer: Customer, value: str = MAIL) -> str:
    contact = customer.contacts.get(value=value)
    assert bool(contact.verified_at) == bool(contact.verified_how)
    return contact.verified_how


def _link(case: Case, message: Message | None = None) -> str:
    """Return the link as the case's letter carries it."""
    body = compose(message or case.messages.get(direction="outgoing")).get_body(("plain",))
    found = re.search(r"(/c/\S+)", body.get_content()) if body else None
    assert found
    return found[1]


def test_who_answers_our_mail_from_there_has_proved_it(plan: object, hoa: Customer) -> None:
    case = desk.opened(hoa)
    assert _answer(case) == case
    assert _how(hoa) == "answered"
    (change,) = hoa.changes.filter(code="contact_proved")
    assert (change.what, change.by) == (["mail"], None)


def test_references_prove_it_too(plan: object, hoa: Customer) -> None:
    case = desk.opened(hoa)
    _answer(case, In_Reply_To="<theirs@x>", References=case.messages.get(direction="outgoing").message_id)
    assert _how(hoa) == "answered"


@pytest.mark.parametrize("claim", ["the subject", "an id that one may think up", "an id of ours of another's mail"])
def test_who_only_says_so_has_proved_nothing(plan: object, hoa: Customer, claim: str) -> None:
    case, other = desk.opened(hoa), desk.opened(desk.customer("Lê Nam", "nam@example.com"))
    ours = case.messages.get(direction="outgoing")
    told = {
        "the subject": {"In_Reply_To": "<x@y>", "Subject": f"Re: [#{case.reference}]"},
        "an id that one may think up": {"In_Reply_To": f"<{ours.pk}.{case.reference}@tantam.localhost>"},
        "an id of ours of another's mail": {
            "In_Reply_To": other.messages.get(direction="outgoing").message_id,
            "Subject": f"Re: [#{case.reference}]",
        },
    }[claim]
    assert _answer(case, **told) == case
    assert _how(hoa) == ""


def test_letter_from_before_ids_had_a_secret_proves_nothing(plan: object, hoa: Customer) -> None:
    case = desk.opened(hoa)
    ours = case.messages.get(direction="outgoing")
    known = f"<{ours.pk}.{case.reference}@tantam.localhost>"
    case.messages.filter(pk=ours.pk).update(message_id=known)
    assert _answer(case, In_Reply_To=known) == case and _how(hoa) == ""


def test_answer_from_elsewhere_proves_neither_address(plan: object, hoa: Customer) -> None:
    case = desk.opened(hoa)
    Contact.objects.create(customer=hoa, kind=Contact.Kind.MAIL, value=OTHER)
    assert _answer(case, sender=OTHER) == case
    assert (_how(hoa), _how(hoa, OTHER)) == ("", "")


def test_mail_that_was_named_in_a_mail_to_elsewhere_proves_nothing(
    plan: object, hoa: Customer, staff: desk.Staff
) -> None:
    case = desk.opened(hoa)
    known = case.messages.get(direction="outgoing").message_id
    Contact.objects.create(customer=hoa, kind=Contact.Kind.MAIL, value=OTHER, preferred=True)
    reply(case, staff.agent, "Dạ vâng.")
    later = case.messages.get(sent_to=OTHER)
    assert known in compose(later)["References"]
    got = intake.take_in(incoming.store(mail(sender=MAIL, In_Reply_To=known)).pk)
    assert got.case == case and _how(hoa) == ""


def test_machine_that_answers_proves_nothing(plan: object, hoa: Customer) -> None:
    case = desk.opened(hoa)
    usual = {"In_Reply_To": case.messages.get(direction="outgoing").message_id}
    got = intake.take_in(incoming.store(mail(Auto_Submitted="auto-replied", **usual)).pk)
    assert got.case is None and _how(hoa) == ""


def test_mailed_link_is_marked_until_its_reader_says_that_the_address_is_theirs(
    visitor: Visitor, hoa: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, sent = desk.opened(hoa), []
    monkeypatch.setattr(entries, "hand_over", sent.append)
    page = visitor.get(_link(case))
    assert MAIL in text(page) and _how(hoa) == ""  # what only looks proves nothing
    done = visitor.client.post(f"/c/{case.link_key}/confirm/", {"to": _link(case).partition("=")[2]})
    assert (done.status_code, done.url, _how(hoa)) == (302, "/mine/asked/", "opened")
    assert _link(case) == f"/c/{case.link_key}/"
    (work,) = DueWork.objects.filter(kind=links.SEND)
    entries.send_entry(work.payload)
    found = re.search(r"/mine/in/\S+/", sent[0].get_body(("plain",)).get_content())
    assert found and visitor.client.post(found[0]).status_code == 302
    assert case.link_key in visitor.get("/mine/").content.decode()


def test_letter_with_the_lost_links_is_marked_too(
    visitor: Visitor, hoa: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, sent = desk.opened(hoa), []
    monkeypatch.setattr(lost, "hand_over", sent.append)
    lost.send_links({"contact": MAIL, "key": "k"})
    body = sent[0].get_body(("plain",)).get_content()
    assert f"{private_link(case)}?to=" in body
    assert proving.mailed_to(case, body.partition("?to=")[2].split()[0]) == MAIL


def test_private_link_of_who_typed_the_address_is_not_marked(visitor: Visitor) -> None:
    filed = visitor.files(contact=MAIL)
    assert "?" not in filed.url and MAIL not in text(visitor.get(filed.url))
    key = filed.url.split("/")[2]
    for guess in ("", "x", "0" * 20, "é" * 20):
        done = visitor.client.post(f"/c/{key}/confirm/", {"to": guess})
        assert (done.status_code, done.url) == (302, f"/c/{key}/")
    assert not Contact.objects.exclude(verified_at=None).exists()


def test_mark_of_another_case_or_address_is_none(plan: object, hoa: Customer) -> None:
    case, other = desk.opened(hoa), desk.opened(hoa)
    mark = proving.mailed_link(case, MAIL).partition("=")[2]
    assert proving.mailed_to(case, mark) == MAIL
    assert proving.mailed_to(other, mark) == ""
    hoa.contacts.update(value=OTHER)
    assert proving.mailed_to(case, mark) == ""


def test_confirming_has_its_own_secret(plan: object, hoa: Customer) -> None:
    case = desk.opened(hoa)
    assert Client(enforce_csrf_checks=True).post(f"/c/{case.link_key}/confirm/").status_code == 403


def test_who_proved_it_and_asks_again_is_the_same_customer(plan: object, clock: StandingClock) -> None:
    running = plans.in_force()
    first = meet(name="Lâm", contact="lam@example.org", language="vi", plan=running)
    first.contacts.update(verified_at=clock.instant, verified_how="answered")
    assert meet(name="Lâm", contact="lam@example.org", language="vi", plan=running) == first
    first.contacts.update(verified_how="called")
    assert meet(name="Lâm", contact="lam@example.org", language="vi", plan=running) != first


def test_own_words_of_a_stranger_are_not_mailed_to_who_proved_an_address(visitor: Visitor) -> None:
    key = visitor.files(contact=MAIL, name="Hoa").url.split("/")[2]
    Customer.objects.get().contacts.update(verified_at=visitor.clock.instant, verified_how="answered")
    case = Case.objects.get(link_key=key)
    assert case.subject not in compose(case.messages.filter(direction="outgoing").first())["Subject"]
