"""People and rights: who is what, who may change it, and what becomes of the cases of who goes."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tantam.desk.accounts.models import Person, Role
from tantam.desk.cases.access import cases_for
from tantam.desk.cases.actions import hand_over, tag, take
from tantam.desk.cases.models import Case
from tantam.desk.common.errors import Refused
from tantam.desk.customers.access import customers_for
from tests.support.desk import codes, customer, opened

WANTED = {"name": "Lan", "role": "agent", "level": "agent", "team": "", "provider": "", "most_cases": "5"}


@pytest.fixture
def root(staff: Any) -> Person:
    """The one administrator."""
    return Person.objects.create(email="an@desk.example", name="An", role=Role.ADMINISTRATOR, password="!")


@pytest.fixture
def carrier(staff: Any) -> Person:
    """Somebody who answers for another house."""
    return Person.objects.create(email="xe@desk.example", name="Xe", level="agent", provider="carriers", password="!")


def _ask(person: Person, path: str, given: dict[str, Any] | None = None) -> Any:
    browser = Client()
    browser.force_login(person)
    return browser.get(path) if given is None else browser.post(path, given)


def test_invited_colleague_gets_a_link_and_no_password(staff: Any) -> None:
    answer = _ask(staff.manager, "/desk/people/new/", WANTED | {"email": "Lan@desk.example"})
    lan = Person.objects.get(email="lan@desk.example")
    assert answer.status_code == 302 and not lan.has_usable_password()
    assert (lan.level, lan.most_cases) == ("agent", 5)
    assert [each.to for each in mail.outbox] == [["lan@desk.example"]]
    assert "/account/password/reset/" in mail.outbox[0].body


def test_address_that_has_an_account_is_refused_and_what_was_typed_stays(staff: Any) -> None:
    answer = _ask(staff.manager, "/desk/people/new/", WANTED | {"email": staff.agent.email})
    assert answer.status_code == 409 and b'value="Lan"' in answer.content


def test_managers_make_no_administrators(staff: Any, root: Person) -> None:
    page = _ask(staff.manager, "/desk/people/new/")
    assert b'value="administrator"' not in page.content
    answer = _ask(staff.manager, "/desk/people/new/", WANTED | {"email": "l@desk.example", "role": "administrator"})
    assert answer.status_code == 422
    assert _ask(staff.manager, f"/desk/people/{root.pk}/", WANTED).status_code == 409
    _ask(staff.manager, f"/desk/people/{root.pk}/let-go/", {})
    root.refresh_from_db()
    assert root.is_active and root.role == Role.ADMINISTRATOR


def test_administrator_no_more_is_no_operator_either(staff: Any, root: Person) -> None:
    was = Person.objects.create_superuser("o@desk.example", "tam long ben xuan", name="Ô")
    assert _ask(was, "/operator/").status_code == 200
    assert _ask(root, f"/desk/people/{was.pk}/", WANTED).status_code == 302
    was.refresh_from_db()
    assert (was.role, was.is_staff, was.is_superuser) == (Role.AGENT, False, False)
    assert _ask(was, "/operator/").status_code != 200


def test_letting_somebody_go_twice_lets_nobody_in_again(staff: Any) -> None:
    path = f"/desk/people/{staff.agent.pk}/let-go/"
    for given, active in (({}, False), ({}, False), ({"again": "1"}, True), ({"again": "1"}, True)):
        _ask(staff.manager, path, given)
        staff.agent.refresh_from_db()
        assert staff.agent.is_active is active


def test_last_administrator_stays(staff: Any, root: Person) -> None:
    other = Person.objects.create(email="b@desk.example", name="Ba", role=Role.ADMINISTRATOR, password="!")
    assert _ask(root, f"/desk/people/{other.pk}/let-go/", {}).status_code == 302
    assert _ask(root, f"/desk/people/{root.pk}/", WANTED).status_code == 409
    root.refresh_from_db()
    assert root.role == Role.ADMINISTRATOR


def test_cases_of_who_goes_return_to_their_level(staff: Any, hoa: Any) -> None:
    case = opened(hoa)
    take(case, staff.agent)
    _ask(staff.manager, f"/desk/people/{staff.agent.pk}/let-go/", {})
    case.refresh_from_db()
    assert case.owner is None and codes(case)[-1] == "handed_over"
    assert _ask(staff.agent, "/desk/").status_code == 302  # signs in no more


def test_cases_of_who_becomes_an_auditor_return_to_their_level(staff: Any, hoa: Any) -> None:
    case = opened(hoa)
    take(case, staff.agent)
    _ask(staff.manager, f"/desk/people/{staff.agent.pk}/", WANTED | {"role": "auditor"})
    case.refresh_from_db()
    assert case.owner is None


def test_role_that_sees_the_whole_house_serves_no_other(staff: Any) -> None:
    given = WANTED | {"email": "l@desk.example", "role": "manager", "provider": "carriers"}
    assert _ask(staff.manager, "/desk/people/new/", given).status_code == 422
    given = WANTED | {"email": "l@desk.example", "role": "lead"}
    assert _ask(staff.manager, "/desk/people/new/", given).status_code == 422


def test_provider_sees_its_cases_and_their_customers_alone(carrier: Person, hoa: Any) -> None:
    ours, theirs = opened(hoa), opened(customer("Lê Văn Tám", "tam@example.com"))
    type(theirs).objects.filter(pk=theirs.pk).update(provider="carriers")
    assert list(cases_for(carrier)) == [theirs] and list(customers_for(carrier)) == [theirs.customer]
    assert _ask(carrier, f"/desk/cases/{ours.pk}/").status_code == 404
    assert _ask(carrier, f"/desk/customers/{hoa.pk}/").status_code == 404
    assert _ask(carrier, f"/desk/cases/{theirs.pk}/").status_code == 200
    assert ours.reference.encode() not in _ask(carrier, "/desk/?view=all").content
    found = _ask(carrier, f"/desk/find/?q={ours.reference}")
    assert found.status_code == 200 and f"/cases/{ours.pk}/".encode() not in found.content


def test_provider_is_told_no_tag_of_other_cases(carrier: Person, hoa: Any, staff: Any) -> None:
    theirs, others = opened(hoa), opened(customer(mail="mai@example.com"))
    Case.objects.filter(pk=theirs.pk).update(provider="carriers")
    tag(theirs, staff.agent, "giao muộn")
    tag(others, staff.agent, "giao cho báo chí")
    assert "báo chí" in _ask(staff.agent, "/desk/tags/?name=giao").content.decode()
    for path, given in (("/desk/tags/?name=giao", None), ("/desk/bulk/", {"case": theirs.pk, "verb": "tag"})):
        told = _ask(carrier, path, given).content.decode()
        assert "giao muộn" in told and "báo chí" not in told, path


def test_lead_of_no_provider_sees_nothing(staff: Any, hoa: Any) -> None:
    opened(hoa)
    lead = Person.objects.create(email="d@desk.example", name="Dẫn", role=Role.LEAD, password="!")
    assert not cases_for(lead).exists() and not customers_for(lead).exists()


def test_case_is_handed_to_nobody_who_would_not_see_it(staff: Any, carrier: Person, hoa: Any) -> None:
    with pytest.raises(Refused, match="not_theirs"):
        hand_over(opened(hoa), staff.agent, carrier)


def test_reviewer_reads_notes_and_finds_no_composer(staff: Any, hoa: Any) -> None:
    case = opened(hoa)
    reviewer = Person.objects.create(email="r@desk.example", name="Duyệt", role=Role.REVIEWER, password="!")
    page = _ask(reviewer, f"/desk/cases/{case.pk}/")
    assert b'id="say"' not in page.content and b"case-reading" in page.content
    before = case.messages.count()
    answer = _ask(reviewer, f"/desk/cases/{case.pk}/say/", {"verb": "reply", "body": "Dạ"})
    assert answer.status_code == 403 and case.messages.count() == before
