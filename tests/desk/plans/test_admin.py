"""The operator makes accounts, with a level of the plan in force."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tantam.desk.accounts.models import Person

ADD = "/operator/accounts/person/add/"
NEW = {"email": "mai@ben-xuan.example", "name": "Mai", "role": "agent", "language": "vi", "usable_password": "true"}
PASSWORD = {"password1": "mot-ngay-nang-dep", "password2": "mot-ngay-nang-dep"}


@pytest.fixture
def operator(plan: object, client: Client) -> Client:
    client.force_login(Person.objects.create_superuser("op@ben-xuan.example", "x", name="Op"))
    return client


def test_an_account_is_made_with_a_level_of_the_plan(operator: Client) -> None:
    answer = operator.post(ADD, NEW | PASSWORD | {"level": "specialist"})
    assert answer.status_code == 302, answer.content.decode()
    made = Person.objects.get(email="mai@ben-xuan.example")
    assert (made.level, made.role, made.check_password("mot-ngay-nang-dep")) == ("specialist", "agent", True)


def test_a_level_that_the_plan_does_not_have_is_refused(operator: Client) -> None:
    answer = operator.post(ADD, NEW | PASSWORD | {"level": "emperor"})
    assert answer.status_code == 200
    assert not Person.objects.filter(email="mai@ben-xuan.example").exists()


def test_an_account_may_be_changed_and_is_never_deleted(operator: Client, staff: Any) -> None:
    person = Person.objects.filter(role="agent").exclude(level="").first()
    assert person is not None
    page = f"/operator/accounts/person/{person.pk}/"
    assert operator.get(page + "change/").status_code == 200
    assert operator.post(page + "delete/", {"post": "yes"}).status_code == 403


def test_accounts_are_made_while_no_plan_is_in_force(db: None, client: Client) -> None:
    client.force_login(Person.objects.create_superuser("op@ben-xuan.example", "x", name="Op"))
    assert client.get(ADD).status_code == 200


@pytest.mark.parametrize("language", ["vi", "de", "en"])
def test_its_pages_are_headed_by_our_name(operator: Client, language: str) -> None:
    operator.cookies["tantam_language"] = language
    html = operator.get("/operator/").content.decode()
    assert "Django" not in html and "Tantam" in html
