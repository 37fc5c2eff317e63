"""One's own data: asked for on a page of one's own, after signing in; a stranger is asked for their address first."""

from __future__ import annotations

from hashlib import sha256

import pytest

from tantam.desk.customers.models import Contact, Customer
from tantam.desk.portal.views.mine import COOKIE
from tantam.desk.privacy.models import Request
from tantam.desk.visitors.models import Stay
from tests.desk.portal.pages import Visitor, text
from tests.support.clock import StandingClock

KEY = "k" * 20
AT = "/mine/data/"


@pytest.fixture
def signed_in(hoa: Customer, visitor: Visitor, clock: StandingClock) -> Visitor:
    hoa.contacts.update(verified_at=clock.instant, verified_how="replied")
    contact = hoa.contacts.filter(kind=Contact.Kind.MAIL).get()
    until = clock.instant.replace(year=clock.instant.year + 1)
    digest = sha256(KEY.encode()).hexdigest()
    Stay.objects.create(digest=digest, contact=contact, mail=contact.value, since=clock.instant, until=until)
    visitor.client.cookies[COOKIE] = KEY
    return visitor


def test_stranger_is_asked_for_their_address(visitor: Visitor, hoa: Customer) -> None:
    assert visitor.get(AT).url == "/mine/"
    assert visitor.client.post(AT, {"kind": "read"}).url == "/mine/"
    assert not Request.objects.exists()


def test_who_signed_in_is_known_by_the_link_and_reads_by_when(signed_in: Visitor, hoa: Customer) -> None:
    assert signed_in.send(AT, signed_in.get(AT), kind="correct", words="Sai năm sinh").status_code == 302
    made = Request.objects.get()
    assert (made.customer, made.kind, made.way, made.proof) == (hoa, "correct", "page", Request.LINK)
    assert made.proven_at is not None and made.case.messages.order_by("pk")[0].body == "Sai năm sinh"
    page = signed_in.get(AT)
    assert "What you asked already" in text(page) and f"/c/{made.case.link_key}/" in page.content.decode()


def test_nothing_chosen_loses_no_words(signed_in: Visitor) -> None:
    page = signed_in.send(AT, signed_in.get(AT), words="Sai năm sinh")
    assert page.status_code == 422 and "Sai năm sinh" in page.content.decode()
    assert not Request.objects.exists()
