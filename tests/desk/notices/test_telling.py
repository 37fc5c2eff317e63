"""Whom an event concerns, how they are told, and that nobody is told off duty, twice, or what they may not see."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.core import mail

from tantam.desk.accounts.models import Person
from tantam.desk.cases import actions
from tantam.desk.common import work
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tantam.desk.duty.models import Absence
from tantam.desk.notices import actions as choosing
from tantam.desk.notices import hooks, listening
from tantam.desk.notices.making import notify
from tantam.desk.notices.models import Hook, Kind, Notice, Shape
from tests.support.desk import opened

NIGHT = datetime(2026, 3, 4, 16, tzinfo=UTC)  # 23:00 in Vietnam
TELLING = ("notify", "tell_push", "tell_mail", "tell_hook")


def _work() -> None:
    """Do what is due of this room."""
    while DueWork.objects.filter(kind__in=TELLING, done_at=None, due_at__lte=work.clock.now(), failed_at=None).exists():
        if not work.run_due(50):
            return


def _told(person: Person) -> list[tuple[str, str, int]]:
    found = Notice.objects.filter(person=person).order_by("pk")
    return [(each.kind, each.code, each.times) for each in found]


@pytest.fixture
def case(staff: Any, hoa: Any) -> Any:
    """A case that Mai has."""
    made = opened(hoa)
    actions.take(made, staff.agent)
    return made


@pytest.fixture
def receiver(settings: Any) -> Iterator[Any]:
    """A program elsewhere that takes webhooks; `answers` says how, `taken` what came."""

    class Receiver(BaseHTTPRequestHandler):
        answers, taken = [200], []  # noqa: RUF012

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.taken.append((dict(self.headers), body))
            self.send_response(self.answers[min(len(self.taken), len(self.answers)) - 1])
            self.send_header("Location", "http://169.254.169.254/")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    settings.PRIVATE_HOOKS = True
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    Thread(target=server.serve_forever, daemon=True).start()
    Receiver.url = f"http://127.0.0.1:{server.server_port}/hook"
    yield Receiver
    server.shutdown()
    server.server_close()


def test_who_is_handed_a_case_is_told_and_who_hands_it_is_not(staff: Any, case: Any) -> None:
    actions.hand_over(case, staff.agent, staff.colleague)
    _work()
    assert _told(staff.colleague) == [("handed", "handed_over", 1)]
    assert _told(staff.agent) == []


def test_filing_a_case_writes_nothing_for_notices(staff: Any, hoa: Any) -> None:
    opened(hoa)
    assert not DueWork.objects.filter(kind=listening.NOTIFY).exists()


def test_many_news_of_one_case_are_one_notice_until_it_is_read(staff: Any, case: Any) -> None:
    for words in ("Alo?", "Có ai không?", "Tôi chờ."):
        actions.receive(case, words, channel="web")
    _work()
    assert _told(staff.agent) == [("customer", "received", 3)]
    choosing.read_all(staff.agent)
    actions.receive(case, "Vẫn chờ.", channel="web")
    _work()
    assert _told(staff.agent) == [("customer", "received", 3), ("customer", "received", 1)]


def test_event_told_twice_is_one_notice(staff: Any, case: Any) -> None:
    actions.receive(case, "Alo?", channel="web")
    event = case.events.filter(code="received").last()
    notify({"event": event.pk})
    choosing.read_all(staff.agent)
    notify({"event": event.pk})
    assert _told(staff.agent) == [("customer", "received", 1)]


def test_colleague_named_in_a_note_and_watcher_are_told(staff: Any, case: Any) -> None:
    actions.watch(case, staff.colleague)
    actions.add_note(case, staff.agent, "Nhờ @Bình xem giúp.")
    actions.receive(case, "Alo?", channel="web")
    _work()
    assert _told(staff.specialist) == [("mention", "mentioned", 1)]
    assert _told(staff.colleague) == [("watched", "received", 1)]


def test_watcher_who_sees_the_case_no_more_is_not_told(staff: Any, case: Any) -> None:
    actions.watch(case, staff.colleague)
    Person.objects.filter(pk=staff.colleague.pk).update(provider="carriers")
    actions.receive(case, "Alo?", channel="web")
    _work()
    assert _told(staff.colleague) == []


def test_mail_waits_for_the_next_shift(staff: Any, case: Any, clock: Any) -> None:
    choosing.choose_ways(staff.colleague, {"handed": ["mail"]}, "now")
    clock.set_to(NIGHT)
    actions.hand_over(case, staff.agent, staff.colleague)
    _work()
    assert _told(staff.colleague) and not mail.outbox
    waiting = DueWork.objects.get(kind="tell_mail", done_at=None)
    assert waiting.due_at > NIGHT + timedelta(hours=6)
    clock.set_to(waiting.due_at)
    _work()
    assert [each.to for each in mail.outbox] == [[staff.colleague.email]]
    assert case.reference in mail.outbox[0].body and "Hoa" not in mail.outbox[0].body


def test_mails_of_an_hour_are_one(staff: Any, case: Any, hoa: Any, clock: Any) -> None:
    choosing.choose_ways(staff.colleague, {"handed": ["mail"]}, "hour")
    for each in (case, opened(hoa)):
        actions.hand_over(each, staff.agent, staff.colleague)
    _work()
    assert not mail.outbox
    clock.set_to(DueWork.objects.get(kind="tell_mail").due_at)
    _work()
    _work()
    assert len(mail.outbox) == 1 and mail.outbox[0].body.count("/desk/notices/") == 3  # two, and how to choose


def test_what_was_read_meanwhile_is_not_mailed(staff: Any, case: Any, clock: Any) -> None:
    choosing.choose_ways(staff.colleague, {"handed": ["mail"]}, "hour")
    actions.hand_over(case, staff.agent, staff.colleague)
    _work()
    choosing.read_all(staff.colleague)
    clock.set_to(DueWork.objects.get(kind="tell_mail").due_at)
    _work()
    assert not mail.outbox


def test_what_the_customer_writes_while_its_owner_is_away_goes_to_the_deputy(staff: Any, case: Any) -> None:
    now = work.clock.now()
    Absence.objects.create(
        person=staff.agent, since=now, until=now + timedelta(days=5), deputy=staff.colleague, entered_by=staff.agent
    )
    actions.receive(case, "Alo?", channel="web")
    _work()
    assert _told(staff.agent) == [] and _told(staff.colleague)


def test_webhook_is_signed_and_names_no_customer(staff: Any, case: Any, receiver: Any) -> None:
    hook = choosing.keep_hook(staff.colleague, Shape.PLAIN, receiver.url)
    choosing.choose_ways(staff.colleague, {"handed": ["hook"]}, "hour")
    actions.hand_over(case, staff.agent, staff.colleague)
    _work()
    ((headers, body),) = receiver.taken
    assert headers["X-Tantam-Signature"] == "sha256=" + hooks.signature(hook.secret, body)
    sent = json.loads(body)
    assert sent["case"] == case.reference and sent["kind"] == "handed"
    assert "Hoa" not in body.decode() and case.subject not in body.decode()


def test_webhook_that_fails_is_tried_again_and_then_once_only(staff: Any, case: Any, receiver: Any, clock: Any) -> None:
    receiver.answers = [503, 200]
    choosing.keep_hook(staff.colleague, Shape.SLACK, receiver.url)
    actions.hand_over(case, staff.agent, staff.colleague)
    _work()
    assert len(receiver.taken) == 1
    clock.set_to(work.clock.now() + timedelta(minutes=5))
    _work()
    clock.set_to(work.clock.now() + timedelta(minutes=5))
    _work()
    assert len(receiver.taken) == 2 and "text" in json.loads(receiver.taken[1][1])


def test_redirect_of_a_webhook_is_not_followed(staff: Any, case: Any, receiver: Any) -> None:
    receiver.answers = [302]
    choosing.keep_hook(staff.colleague, Shape.TEAMS, receiver.url)
    actions.hand_over(case, staff.agent, staff.colleague)
    _work()
    assert len(receiver.taken) == 1
    assert json.loads(receiver.taken[0][1])["attachments"][0]["content"]["type"] == "AdaptiveCard"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/hook",
        "https://127.0.0.1/",
        "https://10.0.0.8/",
        "https://[::1]/",
        "https://[::ffff:169.254.169.254]/",
        "https://user:secret@example.com/",
        "file:///etc/passwd",
        "https://",
    ],
)
def test_webhook_into_the_own_network_is_refused(url: str, staff: Any) -> None:
    with pytest.raises(Refused, match="bad_hook"):
        choosing.keep_hook(staff.agent, Shape.PLAIN, url)


def test_name_that_stands_for_an_inner_machine_is_not_posted_to(staff: Any, case: Any) -> None:
    Hook.objects.create(person=staff.colleague, shape=Shape.PLAIN, url="https://localhost/", secret="s")
    actions.hand_over(case, staff.agent, staff.colleague)
    _work()
    assert "not outside" in DueWork.objects.get(kind="tell_hook").error


def test_team_webhook_is_the_managers_to_keep_and_serves_who_has_none(staff: Any, case: Any, receiver: Any) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        choosing.keep_hook(staff.agent, Shape.PLAIN, receiver.url, team="counter")
    choosing.keep_hook(staff.manager, Shape.PLAIN, receiver.url, team="counter")
    Person.objects.filter(pk=staff.colleague.pk).update(team="counter")
    actions.hand_over(case, staff.agent, staff.colleague)
    _work()
    assert len(receiver.taken) == 1


def test_directive_is_told_once_to_whom_it_binds(staff: Any, plan: Any) -> None:
    from tantam.desk.notices.making import notify_directives
    from tantam.desk.plans.actions import direct
    from tantam.desk.plans.actions.direct import NewDirective

    now = work.clock.now()
    wanted = NewDirective(
        title="Kiểm kê",
        overlay='hours: {shop: {"2026-03-06": closed}}',
        reason="Kiểm kê quý.",
        begins=None,
        ends=now + timedelta(days=3),
        notice={},
        levels=("agent",),
        teams=(),
    )
    direct(wanted, person=staff.manager)
    notify_directives({})
    notify_directives({})
    assert _told(staff.agent) == [(Kind.DIRECTIVE, "directed", 1)] and _told(staff.specialist) == []
