"""What comes in is stored before it is read, read once, and never lost, whatever it is and whatever ends half way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection

from tantam.desk.arrivals import intake, overdue
from tantam.desk.arrivals.access import tray
from tantam.desk.arrivals.incoming import Incoming, Sender, bring_in
from tantam.desk.arrivals.intake import Odd, Read
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.cases.models import Case
from tantam.desk.common import clock, work
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tantam.desk.customers.models import Contact, Customer
from tantam.desk.plans import RunningPlan
from tests.support import desk

SLATE = "slate"  # a channel of these tests alone: a line is who writes and what


@pytest.fixture(autouse=True)
def slate(plan: RunningPlan) -> Iterator[None]:
    """A channel whose reader takes what stands on the first line for the sender's address."""

    def bring(kept: Arrival, sender: str, words: str) -> Case:
        match words:
            case "odd":
                raise Odd(Problem.EMPTY)
            case "refused":
                raise Refused("says_nothing")
            case "away":
                raise OperationalError("the database is away")
            case "bug":
                raise ZeroDivisionError("nobody thought of that")
        return bring_in(
            Incoming(
                ways=("web",),
                sender=Sender(Contact.Kind.MAIL, sender),
                body=words,
                message_id=f"<{kept.key}@slate>",
                language="vi",
                answers=Case.objects.all(),
            ),
            plan,
        )

    @intake.reads(SLATE)
    def read(kept: Arrival) -> Read:
        sender, words = bytes(kept.raw).decode().split("\n")
        assert not connection.in_atomic_block or words != "slow"  # that would hold up all who write
        return Read(
            sender=sender,
            subject=words,
            bring=lambda: bring(kept, sender, words),
            said=lambda: bring(kept, sender, words),  # type: ignore[arg-type, return-value]
        )

    yield
    del intake._readers[SLATE]


def _take_in(sender: str, words: str) -> Arrival:
    return intake.take_in(intake.store(SLATE, f"{sender}\n{words}".encode()).pk)


def test_what_is_stored_is_read_by_the_worker_at_once() -> None:
    kept = intake.store(SLATE, b"kim@example.org\nNoi com khong vao dien")
    assert kept.read_at is None and not Case.objects.exists()
    work.run_due()
    kept.refresh_from_db()
    assert kept.read_at and kept.case == Case.objects.get()


def test_who_reads_it_at_once_leaves_the_worker_what_is_left() -> None:
    intake.store(SLATE, b"kim@example.org\nNoi com khong vao dien", wait=intake.READ_AGAIN)
    assert DueWork.objects.get(kind=intake.READ).due_at == clock.now() + intake.READ_AGAIN


def test_the_same_again_is_the_same_and_read_once() -> None:
    first, again = _take_in("kim@example.org", "Hong roi"), _take_in("kim@example.org", "Hong roi")
    assert (first.pk, first.case) == (again.pk, again.case)
    assert Case.objects.get().messages.filter(direction="incoming").count() == 1


def test_a_delivery_is_known_by_the_senders_own_key() -> None:
    first = intake.store(SLATE, b"kim@example.org\nHong", key="delivery-1")
    assert intake.store(SLATE, b"kim@example.org\nHong (2)", key="delivery-1").pk == first.pk
    assert intake.store(SLATE, b"kim@example.org\nHong", key="delivery-2").pk != first.pk


def test_a_key_of_one_channel_is_none_of_another() -> None:
    first = intake.store(SLATE, b"x\ny", key="delivery-1")
    assert intake.store("mail", b"x\ny", key="delivery-1").pk != first.pk


@pytest.mark.parametrize(
    "words, problem", [("odd", Problem.EMPTY), ("refused", Problem.REFUSED), ("a\nb\nc", Problem.UNREADABLE)]
)
def test_what_becomes_no_message_lies_in_the_tray(words: str, problem: Problem) -> None:
    kept = _take_in("kim@example.org", words)
    assert (kept.problem, kept.case, list(tray(most=10))) == (problem, None, [kept])
    assert kept.read_at is not None


def test_a_database_that_is_away_leaves_it_to_be_read_again() -> None:
    with pytest.raises(OperationalError):
        _take_in("kim@example.org", "away")
    assert Arrival.objects.get().read_at is None
    assert DueWork.objects.filter(kind=intake.READ, done_at=None).exists()


def _tried(times: int) -> Arrival:
    kept = intake.store(SLATE, b"kim@example.org\nbug")
    for _ in range(times):
        DueWork.objects.filter(kind=intake.READ).update(due_at=clock.now())
        work.run_due()
    overdue.show({})
    kept.refresh_from_db()
    return kept


def test_what_fails_each_time_is_seen_in_the_tray_before_it_is_given_up() -> None:
    assert not list(tray(most=10)) and _tried(1).problem == Problem.NONE
    kept = _tried(overdue.TRIED)
    assert (kept.problem, kept.read_at, list(tray(most=10))) == (Problem.UNREADABLE, None, [kept])
    assert intake.said_by(kept) is None
    assert _tried(work.MOST_ATTEMPTS).problem == Problem.UNREADABLE


def test_what_is_read_after_all_leaves_the_tray() -> None:
    kept = _tried(overdue.TRIED)
    Arrival.objects.filter(pk=kept.pk).update(raw=b"kim@example.org\nNoi com")
    assert intake.take_in(kept.pk).case == Case.objects.get() and not list(tray(most=10))


def test_what_somebody_saw_to_by_hand_is_not_taken_in_as_well(staff: desk.Staff) -> None:
    kept = intake.store(SLATE, b"kim@example.org\nNoi com khong vao dien")
    Arrival.objects.filter(pk=kept.pk).update(problem=Problem.UNREADABLE, thrown_at=clock.now(), seen_to_by=staff.agent)
    assert intake.take_in(kept.pk).case is None and not Case.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_locked_while_it_is_read() -> None:
    assert _take_in("kim@example.org", "slow").case is not None


def test_only_their_own_case_is_continued(hoa: Customer) -> None:
    case = desk.opened(hoa)
    assert _take_in(hoa.contacts.get(kind="mail").value, "Van chua chay").case == case
    assert _take_in("somebody@else.example", "Toi cung muon xem").case != case


def test_a_channel_has_one_reader() -> None:
    with pytest.raises(ValueError, match="name it differently"):
        intake.reads(SLATE)(lambda kept: Read(sender="", bring=Case.objects.get))
