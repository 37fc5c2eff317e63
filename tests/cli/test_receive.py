"""`tantam receive mail`: exit codes that a mail server understands, and the case's reference."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import DatabaseError
from typer.testing import CliRunner, Result

from tantam.cli.receive import app
from tantam.desk.arrivals.models import Arrival
from tantam.desk.cases.models import Case
from tantam.desk.channels.email import incoming
from tests.support import desk
from tests.support.clock import StandingClock

MAIL = "From: Hoa <hoa@example.com>\nSubject: Máy\n\nMáy kêu to.\n".encode()


def _receive(raw: bytes) -> Result:
    return CliRunner().invoke(app, ["mail"], input=raw)


@pytest.fixture
def plan(db: None, clock: StandingClock) -> object:
    return desk.put_in_force()


def test_mail_opens_a_case_and_says_its_reference(plan: object) -> None:
    ended = _receive(MAIL)
    assert (ended.exit_code, ended.output.strip()) == (0, Case.objects.get().reference)


def test_mail_again_says_the_same_reference(plan: object) -> None:
    assert _receive(MAIL).output == _receive(MAIL).output
    assert Case.objects.count() == 1


def test_mail_without_a_case_is_stored_and_says_why(plan: object) -> None:
    ended = _receive(b"Auto-Submitted: auto-replied\n" + MAIL)
    assert ended.exit_code == 0
    assert "automatic" in ended.output


def test_without_a_plan_mail_is_stored_to_be_read_later(db: None) -> None:
    assert _receive(MAIL).exit_code == 0
    assert Arrival.objects.get().read_at is None


def test_mail_that_cannot_be_stored_is_to_be_handed_over_again(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(raw: bytes) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(incoming, "store", away)
    ended = _receive(MAIL)
    assert ended.exit_code == 75
    assert "the disk is full" in ended.output


def test_no_mail_at_all_is_a_wrong_call(db: None) -> None:
    assert _receive(b" \n").exit_code == 2


def test_mail_that_is_too_large_is_sent_back_by_the_mail_server(db: None) -> None:
    ended = _receive(MAIL + b"x" * 25_000_000)
    assert ended.exit_code == 65 and "25 MB" in ended.output
    assert not Arrival.objects.exists()


# What a pipe does not need, each a part of a second for every mail: what compares, publishes, checks and replays plans,
# what counts, and what serves.
NOT_FOR_A_MAIL = {
    "granian",
    "ninja",
    "tantam.plan.checks",
    "tantam.plan.compare",
    "tantam.plan.dmn",
    "tantam.plan.publish",
    "tantam.plan.whatif",
}
LOADED = """
import json, sys
from tantam.cli import ready
ready.set_up()
from tantam.desk.arrivals import intake
from tantam.desk.channels.email import incoming
print(json.dumps(sorted(sys.modules)))
"""


def test_mail_loads_nothing_that_only_plans_and_pages_need(tmp_path: Path) -> None:
    home = os.environ | {"TANTAM_HOME": str(tmp_path)}
    said = subprocess.run([sys.executable, "-c", LOADED], env=home, check=True, capture_output=True, timeout=120)
    assert not NOT_FOR_A_MAIL & set(json.loads(said.stdout))
