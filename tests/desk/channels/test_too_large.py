"""A mail that is larger than the desk takes: its sender is told in their language, once an hour, and no machine is."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from tantam.desk.arrivals import intake
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.channels.email import incoming, too_large
from tantam.desk.common.models import DueWork
from tantam.desk.plans import NoPlan
from tests.desk.channels.letters import mail
from tests.support import desk
from tests.support.clock import StandingClock


def _left_out(number: int = 1, **headers: str) -> Arrival:
    head = mail("", Message_ID=f"<{number}@example.com>", **headers)
    return intake.take_in(incoming.store_too_large(head, 40_000_000, account="box").pk)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[EmailMessage]:
    """What is handed over to the mail server."""
    found: list[EmailMessage] = []
    monkeypatch.setattr(too_large, "hand_over", found.append)
    return found


def _told(sent: list[EmailMessage]) -> list[EmailMessage]:
    for each in DueWork.objects.filter(kind=too_large.ANSWER):
        too_large.tell(each.payload)
    return sent


def test_sender_is_told_in_their_language(plan: object, sent: list[EmailMessage]) -> None:
    kept = _left_out(Subject="Meine Maschine ist kaputt und ich bitte Sie um Hilfe")
    (told,) = _told(sent)
    assert kept.problem == Problem.TOO_LARGE
    assert told["Subject"].startswith("Ihre Nachricht war zu groß") and "25 MB" in told.as_string()
    assert (told["In-Reply-To"], told["Auto-Submitted"]) == ("<1@example.com>", "auto-generated")


def test_sender_is_told_at_most_once_an_hour(plan: object, sent: list[EmailMessage], clock: StandingClock) -> None:
    for number in range(3):
        _left_out(number)
    assert DueWork.objects.filter(kind=too_large.ANSWER).count() == 1
    clock.forward(hours=1)
    _left_out(9)
    assert len(_told(sent)) == 2


@pytest.mark.django_db
def test_without_a_plan_it_waits_and_its_sender_is_told_once_there_is_one(
    sent: list[EmailMessage], clock: StandingClock
) -> None:
    with pytest.raises(NoPlan):
        _left_out()
    assert Arrival.objects.get().read_at is None
    desk.put_in_force()
    assert intake.take_in(Arrival.objects.get().pk).problem == Problem.TOO_LARGE
    assert len(_told(sent)) == 1


@pytest.mark.parametrize(
    "headers", [{"Auto_Submitted": "auto-replied"}, {"sender": "desk@tantam.localhost"}, {"sender": "nobody"}]
)
def test_machine_and_the_desk_itself_are_told_nothing(plan: object, headers: dict[str, str]) -> None:
    assert _left_out(**headers).problem == Problem.TOO_LARGE
    assert not DueWork.objects.filter(kind=too_large.ANSWER).exists()
