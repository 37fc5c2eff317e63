"""Mail fetched from mailboxes: stored first, marked after, nothing lost and nothing twice, whatever the server does."""

from __future__ import annotations

import imaplib
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from imap_tools import BaseMailBox

from tantam.desk.arrivals import intake
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.channels.email import access, fetching, imap, incoming, mailboxes
from tantam.desk.channels.email.fetching import Fetcher, Held, pause_after
from tantam.desk.channels.email.mailboxes import Mailbox, mailboxes_of
from tantam.desk.channels.email.models import MailboxState
from tantam.desk.customers.models import Customer
from tests.desk.channels.letters import mail
from tests.support.clock import StandingClock
from tests.support.imap import ImapServer, imap_server


@pytest.fixture
def server() -> Iterator[ImapServer]:
    with imap_server() as made:
        yield made


def _mailbox(server: ImapServer, options: str = "") -> Mailbox:
    return mailboxes_of(f"imap://desk%40x.example:{server.password}@127.0.0.1:{server.port}/INBOX{options}")[0]


def _letter(number: int) -> bytes:
    return mail(f"Thư số {number}", Message_ID=f"<{number}@example.com>")


def _stored() -> int:
    return Arrival.objects.count()


@pytest.mark.django_db
def test_unread_mail_is_stored_and_then_read_in_its_mailbox(server: ImapServer) -> None:
    uid = server.arrives(_letter(1))
    assert Fetcher(_mailbox(server)).fetch() == 1
    kept = Arrival.objects.get()
    assert (bytes(kept.raw), kept.account) == (_letter(1), "desk@x.example@127.0.0.1/INBOX")
    assert server.folder[uid].seen


def test_what_is_fetched_becomes_a_case(server: ImapServer, plan: object, hoa: Customer) -> None:
    server.arrives(mail())
    Fetcher(_mailbox(server)).fetch()
    case = intake.take_in(Arrival.objects.get().pk).case
    assert case is not None and case.customer == hoa


@pytest.mark.django_db
def test_what_was_read_before_the_desk_knew_the_mailbox_is_not_ours(server: ImapServer) -> None:
    server.arrives(_letter(1), seen=True)
    server.arrives(_letter(2))
    assert Fetcher(_mailbox(server)).fetch() == 1


@pytest.mark.django_db
def test_mail_that_somebody_reads_first_is_fetched_all_the_same(server: ImapServer) -> None:
    fetcher = Fetcher(_mailbox(server))
    fetcher.fetch()
    server.arrives(_letter(1), seen=True)
    assert (fetcher.fetch(), fetcher.fetch(), _stored()) == (1, 0, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("can", ["IMAP4rev1 MOVE", "IMAP4rev1"])
def test_stored_mail_is_moved_where_that_is_asked_for(server: ImapServer, can: str) -> None:
    server.can = can
    server.arrives(_letter(1))
    Fetcher(_mailbox(server, "?move=Archive")).fetch()
    assert (_stored(), server.folder, len(server.moved)) == (1, {}, 1)


@pytest.mark.django_db
def test_line_cut_within_a_mail_loses_nothing_and_doubles_nothing(server: ImapServer) -> None:
    for number in range(3):
        server.arrives(_letter(number))
    server.cut = 2
    with pytest.raises(imap.AWAY):
        Fetcher(_mailbox(server)).fetch()
    assert _stored() == 1 and not server.folder[2].seen
    assert Fetcher(_mailbox(server)).fetch() == 2
    assert {bytes(each.raw) for each in Arrival.objects.all()} == {_letter(each) for each in range(3)}


@pytest.mark.django_db
def test_worker_that_dies_before_the_mark_stores_the_same_mail_once(server: ImapServer) -> None:
    server.arrives(_letter(1))
    server.refuse = {"STORE"}
    for _ in range(2):
        with pytest.raises(imap.AWAY):
            Fetcher(_mailbox(server)).fetch()
    assert _stored() == 1
    server.refuse = set()
    Fetcher(_mailbox(server)).fetch()
    assert (_stored(), server.folder[1].seen) == (1, True)


@pytest.mark.django_db
def test_mail_is_not_marked_while_the_database_is_away(server: ImapServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise DatabaseError("the disk is full")

    uid = server.arrives(_letter(1))
    monkeypatch.setattr(incoming.intake, "store", away)
    with pytest.raises(DatabaseError):
        Fetcher(_mailbox(server)).fetch()
    assert not server.folder[uid].seen


@pytest.mark.django_db
def test_server_that_counts_anew_makes_nothing_twice_and_loses_nothing(
    server: ImapServer, clock: StandingClock
) -> None:
    today = fetching.clock.now().date()
    server.arrives(_letter(0), seen=True, day=today - timedelta(days=400))  # before the desk was there
    fetcher = Fetcher(_mailbox(server))
    server.arrives(_letter(1), day=today)
    fetcher.fetch()
    server.arrives(_letter(2), seen=True, day=today)
    server.counts_anew()
    fetcher.fetch()
    assert {bytes(each.raw) for each in Arrival.objects.all()} == {_letter(1), _letter(2)}
    assert MailboxState.objects.get().uid_validity == server.validity


@pytest.mark.django_db
def test_mail_deleted_meanwhile_is_passed_over(server: ImapServer, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = server.arrives(_letter(1))
    server.arrives(_letter(2))
    fetched = imap.Folder.size

    def deleted_first(self: imap.Folder, uid: int) -> int:
        server.folder.pop(gone, None)
        return fetched(self, uid)

    monkeypatch.setattr(imap.Folder, "size", deleted_first)
    Fetcher(_mailbox(server)).fetch()
    assert bytes(Arrival.objects.get().raw) == _letter(2)


@pytest.mark.django_db
def test_mail_that_the_server_will_not_give_out_holds_no_other_up(
    server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetcher, raw = Fetcher(_mailbox(server)), imap.Folder.raw
    fetcher.fetch()
    broken = server.arrives(_letter(1))
    server.arrives(_letter(2))

    def given_out(folder: imap.Folder, uid: int) -> bytes:
        if uid == broken:
            raise imaplib.IMAP4.error("The server answers NO")
        return raw(folder, uid)

    with monkeypatch.context() as patched:
        patched.setattr(imap.Folder, "raw", given_out)
        for _ in range(2):
            with pytest.raises(imap.AWAY):
                fetcher.fetch()
    assert _stored() == 1
    server.folder[broken].seen = True  # somebody looked at it
    assert (fetcher.fetch(), _stored()) == (1, 2)


@pytest.mark.django_db
def test_server_that_keeps_calling_a_mail_unread_is_not_asked_for_it_for_ever(server: ImapServer) -> None:
    uid, fetcher = server.arrives(_letter(1)), Fetcher(_mailbox(server))
    fetcher.fetch()
    server.folder[uid].seen = False
    assert fetcher.fetch() == 0


@pytest.mark.django_db
def test_full_mailbox_is_fetched_under_a_lease_that_is_held_anew(
    server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[int] = []
    hold = Fetcher._hold
    monkeypatch.setattr(Fetcher, "_hold", lambda self: (held.append(_stored()), hold(self)))
    for number in range(120):
        server.arrives(_letter(number))
    assert Fetcher(_mailbox(server)).fetch() == 120
    assert held == [0, 0, 50, 100]


@pytest.mark.django_db
def test_two_workers_do_not_fetch_one_mailbox_at_once(server: ImapServer, clock: StandingClock) -> None:
    first, second = Fetcher(_mailbox(server)), Fetcher(_mailbox(server))
    with first._leased():
        with pytest.raises(Held):
            second.fetch()
        clock.forward(minutes=4)  # the first was killed
        second.fetch()


@pytest.mark.django_db
def test_lease_is_held_also_while_nothing_comes(server: ImapServer, clock: StandingClock) -> None:
    first, second = Fetcher(_mailbox(server)), Fetcher(_mailbox(server))
    with first._leased(), imap.opened(first.mailbox) as folder:
        for _ in range(3):
            clock.forward(minutes=2)
            first._all_of(folder)
            with pytest.raises(Held):
                second.fetch()


@pytest.mark.django_db
def test_mail_that_is_too_large_is_not_fetched_but_its_head_is_kept(
    server: ImapServer, plan: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailboxes, "LARGEST", 500)
    server.arrives(mail("x" * 600))
    Fetcher(_mailbox(server)).fetch()
    kept = intake.take_in(Arrival.objects.get().pk)
    assert (kept.problem, kept.sender) == (Problem.TOO_LARGE, "hoa@example.com")
    assert b"xxxx" not in bytes(kept.raw) and server.folder[1].seen


@pytest.mark.django_db
def test_letters_beyond_ascii_open_a_mailbox(server: ImapServer) -> None:
    server.password = "mật khẩu"
    box = mailboxes_of(f"imap://desk%40x.example:m%E1%BA%ADt%20kh%E1%BA%A9u@127.0.0.1:{server.port}/")[0]
    assert Fetcher(box).fetch() == 0


@pytest.mark.django_db(transaction=True)
def test_mail_is_fetched_as_soon_as_the_server_says_so(server: ImapServer) -> None:
    with _watched(server):
        _until(lambda: any(each.startswith("IDLE") for each in server.said))
        server.arrives(_letter(1))
        _until(lambda: _stored() == 1)
    assert server.sessions == 1
    assert MailboxState.objects.get().leased_until is None


@pytest.mark.django_db(transaction=True)
def test_watch_outlives_a_server_that_goes_away_and_says_so_meanwhile(
    server: ImapServer, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(fetching, "FIRST_PAUSE_SECONDS", 0.2)
    settings.MAILBOXES = (_mailbox(server),)
    server.refuse = {"LOGIN"}
    with _watched(server):
        _until(lambda: access.failing_mailboxes(10).exists())
        failing = access.failing_mailboxes(10)[0]
        assert "not now" in failing.problem and "secret" not in failing.problem
        server.refuse = set()
        server.arrives(_letter(1))
        _until(lambda: _stored() == 1 and not access.failing_mailboxes(10).exists())


@pytest.mark.django_db(transaction=True)
def test_watch_outlives_what_nobody_thought_of(server: ImapServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "FIRST_PAUSE_SECONDS", 0.2)
    said: list[dict[str, int]] = [{}]  # a server that answers what was not asked, once
    status = BaseMailBox.folder_manager_class.status
    monkeypatch.setattr(
        BaseMailBox.folder_manager_class, "status", lambda *asked: said.pop() if said else status(*asked)
    )
    server.arrives(_letter(1))
    with _watched(server):
        _until(lambda: _stored() == 1)
    assert not said


def test_pauses_grow_to_an_end() -> None:
    assert [pause_after(each) for each in (1, 2, 3, 7, 8, 1000)] == [5, 10, 20, 320, 600, 600]


class _watched:
    """A worker's thread that watches the server's mailbox inside the block."""

    def __init__(self, server: ImapServer) -> None:
        self.stop = threading.Event()
        self.thread = threading.Thread(target=Fetcher(_mailbox(server)).watch, args=(self.stop,))

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join(20)
        assert not self.thread.is_alive()


def _until(holds: Any) -> None:
    ends = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.05)
