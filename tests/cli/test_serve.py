"""`tantam serve`: says where the pages are and, while nobody can sign in, how the first account is made."""

from __future__ import annotations

import pytest

from tantam.cli.serve import say_where
from tantam.desk.accounts.models import Person

pytestmark = pytest.mark.django_db


def test_a_desk_without_accounts_says_how_the_first_is_made(capsys: pytest.CaptureFixture[str]) -> None:
    say_where("127.0.0.1", 8001)
    said = capsys.readouterr().err
    assert "http://127.0.0.1:8001/" in said and "createsuperuser" in said


def test_a_desk_with_accounts_says_only_where_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    Person.objects.create_user("hoa@example.org", None, name="Hoa")
    say_where("127.0.0.1", 8001)
    said = capsys.readouterr().err
    assert "http://127.0.0.1:8001/" in said and "createsuperuser" not in said
