"""What happens on cases reaches other programs: signed, in order, again after failures, and never by harm."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from standardwebhooks import Webhook, WebhookVerificationError

from tantam.desk.accounts.models import Person
from tantam.desk.cases import actions as on_cases
from tantam.desk.cases.models import CaseEvent
from tantam.desk.channels.webhooks import access, codes, tidying
from tantam.desk.channels.webhooks.actions import (
    Wanted,
    add_endpoint,
    attempt,
    change_endpoint,
    remove_endpoint,
    send_again,
    send_failed_again,
    send_test,
    start_endpoint,
    stop_endpoint,
    turn_secret,
)
from tantam.desk.channels.webhooks.actions.attempt import PAUSES
from tantam.desk.channels.webhooks.actions.turn_secret import MOST as MOST_SECRETS
from tantam.desk.channels.webhooks.models import Delivery, Endpoint
from tantam.desk.channels.webhooks.sending import SWEEP, send_due
from tantam.desk.channels.webhooks.stopping import TELL, tell
from tantam.desk.channels.webhooks.tidying import tidy_webhooks
from tantam.desk.common import clock as desk_clock
from tantam.desk.common import posting
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tests.desk.api.world import administrator
from tests.desk.channels.receiver import Receiver, receiving
from tests.support.desk import opened
from tests.support.reference import listed

ALL = (codes.ALL,)


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.PRIVATE_HOOKS = True
    with receiving() as it:
        yield it


@pytest.fixture
def admin(staff: Any) -> Person:
    return administrator()


@pytest.fixture
def endpoint(admin: Person, receiver: Receiver) -> Endpoint:
    return add_endpoint(admin, Wanted(receiver.url, ALL))


def _told(receiver: Receiver) -> list[dict[str, Any]]:
    return [json.loads(body) for _headers, body in receiver.taken]


def _ids(receiver: Receiver) -> list[str]:
    return [headers["webhook-id"] for headers, _body in receiver.taken]


def _verified(endpoint: Endpoint, taken: tuple[dict[str, str], bytes], secret: str = "") -> Any:
    """Check by the library of the standard itself, at the instant that it was sent."""
    headers, body = taken
    lower = {name.lower(): each for name, each in headers.items()}
    sent = datetime.fromtimestamp(int(lower["webhook-timestamp"]), tz=desk_clock.now().tzinfo)
    hook = Webhook(secret or endpoint.secret)
    signature = hook.sign(lower["webhook-id"], sent, body.decode())
    if signature not in lower["webhook-signature"].split():
        raise WebhookVerificationError
    return json.loads(body)


def test_everything_that_happens_is_heard() -> None:
    missing = sorted(listed().keys() - codes.CODES)
    assert not missing, "write these into a kind of channels/webhooks/codes.py"


def test_what_people_wrote_stands_under_no_plain_argument() -> None:
    words = {"facts", "recorded", "what", "where", "name"}
    assert not words & codes.PLAIN
    assert not codes.is_plain("step_skipped", "reason") and codes.is_plain("escalated", "reason")
    assert not codes.is_plain("filled_in", "before") and codes.is_plain("procedure_begun", "before")


def test_events_of_a_case_come_signed_in_order_without_a_word_of_anybody(
    hoa: Any, staff: Any, endpoint: Endpoint, receiver: Receiver
) -> None:
    case = opened(hoa)
    on_cases.reply(case, staff.agent, "Dạ, chúng tôi đến ngay.")
    send_due(endpoint.pk)
    wanted = list(case.events.order_by("id").values_list("code", flat=True))
    assert [each["type"] for each in _told(receiver)] == wanted and "opened" in wanted and "replied" in wanted
    assert all(_verified(endpoint, each) for each in receiver.taken)
    first = _told(receiver)[0]
    assert first["data"]["case"]["reference"] == case.reference
    assert first["data"]["case"]["url"].endswith(f"/api/v1/cases/{case.reference}")
    assert "facts" not in first["data"]["args"] and first["data"]["args"]["channel"] == "web"
    said = b"".join(body for _headers, body in receiver.taken).decode()
    assert case.messages.first().body not in said and "đến ngay" not in said and hoa.name not in said


def test_words_go_out_only_where_they_were_asked_for_and_notes_never(
    hoa: Any, staff: Any, admin: Person, receiver: Receiver
) -> None:
    endpoint = add_endpoint(admin, Wanted(receiver.url, ("noted", "replied", "opened"), words=True))
    case = opened(hoa)
    on_cases.reply(case, staff.agent, "Dạ, chúng tôi đến ngay.")
    on_cases.add_note(case, staff.agent, "Khách khó tính.")
    send_due(endpoint.pk)
    begun, replied, noted = (each["data"] for each in _told(receiver))
    assert "facts" in begun["args"]
    assert replied["message"]["body"] == "Dạ, chúng tôi đến ngay." and replied["message"]["direction"] == "outgoing"
    assert "message" not in noted


def test_only_what_was_asked_for_is_sent(hoa: Any, staff: Any, admin: Person, receiver: Receiver) -> None:
    endpoint = add_endpoint(admin, Wanted(receiver.url, ("life", "noted")))
    case = opened(hoa)
    on_cases.add_note(case, staff.agent, "Khách khó tính.")
    on_cases.resolve(case, staff.agent, "Xong.")
    send_due(endpoint.pk)
    assert [each["type"] for each in _told(receiver)] == ["opened", "noted", "resolved"]


def test_what_is_undone_was_never_told(hoa: Any, endpoint: Endpoint) -> None:
    with transaction.atomic():
        opened(hoa)
        assert Delivery.objects.exists()
        transaction.set_rollback(True)
    assert not Delivery.objects.exists() and not DueWork.objects.filter(kind="send_webhooks").exists()


def test_with_no_address_an_act_asks_once_and_writes_nothing(hoa: Any, plan: Any) -> None:
    with CaptureQueriesContext(connection) as asked:
        opened(hoa)
    mine = [each["sql"] for each in asked if "webhooks_" in each["sql"]]
    assert len(mine) == 1 and mine[0].startswith("SELECT")


def test_failed_attempt_is_tried_again_under_the_same_id_over_three_days(
    hoa: Any, admin: Person, receiver: Receiver, clock: Any
) -> None:
    receiver.answers = [500]
    endpoint = add_endpoint(admin, Wanted(receiver.url, ("opened",)))
    opened(hoa)
    began = clock.instant
    for pause in PAUSES:
        send_due(endpoint.pk)
        due = Delivery.objects.get()
        assert due.state == Delivery.State.WAITING and due.next_at == clock.instant + pause
        work = DueWork.objects.filter(kind="send_webhooks").latest("due_at")
        assert work.due_at == due.next_at
        clock.set_to(due.next_at)
    assert timedelta(days=2, hours=23) < clock.instant - began < timedelta(days=3, hours=1)
    send_due(endpoint.pk)
    assert Delivery.objects.get().state == Delivery.State.FAILED and Delivery.objects.get().status == 500
    assert len(set(_ids(receiver))) == 1 and len(receiver.taken) == len(PAUSES) + 1
    stamps = [headers["webhook-timestamp"] for headers, _body in receiver.taken]
    assert len(set(stamps)) == len(stamps) and all(_verified(endpoint, each) for each in receiver.taken)
    assert {body for _headers, body in receiver.taken} == {receiver.taken[0][1]}


def test_one_that_fails_holds_up_no_other(hoa: Any, endpoint: Endpoint, receiver: Receiver) -> None:
    receiver.answers = [500, 200]
    opened(hoa)
    send_due(endpoint.pk)
    states = list(Delivery.objects.order_by("id").values_list("state", flat=True))
    assert states[0] == Delivery.State.WAITING and set(states[1:]) == {Delivery.State.TAKEN}
    assert Endpoint.objects.get().failing_since is None


def test_killed_between_sending_and_keeping_is_sent_twice_under_one_id(
    hoa: Any, admin: Person, receiver: Receiver, clock: Any
) -> None:
    endpoint = add_endpoint(admin, Wanted(receiver.url, ("opened",)))
    opened(hoa)
    Endpoint.objects.update(leased_until=clock.instant + timedelta(seconds=60))  # whoever had it is gone
    with pytest.raises(RuntimeError), transaction.atomic():
        attempt(access.waiting(clock.instant).select_related("endpoint", "event__case").get())
        raise RuntimeError
    send_due(endpoint.pk)
    assert len(receiver.taken) == 1, "another one holds it"
    clock.set_to(clock.instant + timedelta(seconds=61))
    send_due(endpoint.pk)
    assert len(receiver.taken) == 2 and len(set(_ids(receiver))) == 1
    assert Delivery.objects.get().state == Delivery.State.TAKEN
    assert Endpoint.objects.get().leased_until is None


def test_redirect_is_not_followed(admin: Person, endpoint: Endpoint, receiver: Receiver) -> None:
    receiver.answers = [302]
    send_test(endpoint, admin)
    send_due(endpoint.pk)
    assert len(receiver.taken) == 1 and Delivery.objects.get().status == 302
    assert Delivery.objects.get().state == Delivery.State.FAILED


def test_answer_is_kept_by_its_first_characters(admin: Person, endpoint: Endpoint, receiver: Receiver) -> None:
    receiver.says = b"\x00\xff" + "đ".encode() * 200_000
    send_test(endpoint, admin)
    send_due(endpoint.pk)
    kept = Delivery.objects.get()
    assert kept.state == Delivery.State.TAKEN and kept.answer.startswith("\ufffdđ") and len(kept.answer) == 500


@pytest.mark.parametrize("slow", ["waits", "drips"])
def test_slow_answer_ends_in_time(
    slow: str, admin: Person, endpoint: Endpoint, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "SECONDS", 0.4)
    receiver.says = b"x" * 1_000
    setattr(receiver, slow, 2.0 if slow == "waits" else 0.05)
    send_test(endpoint, admin)
    send_due(endpoint.pk)
    kept = Delivery.objects.get()
    assert (kept.error, kept.status, kept.state) == (Delivery.Error.LATE, None, Delivery.State.FAILED)
    assert 300 < (kept.milliseconds or 0) < 1_900


def test_private_address_is_refused_when_it_is_kept_and_when_it_is_used(
    admin: Person, endpoint: Endpoint, receiver: Receiver, settings: Any
) -> None:
    settings.PRIVATE_HOOKS = False
    for url in ("https://127.0.0.1/", "https://[::1]/", "http://hooks.example/", "ftp://hooks.example/", "https://"):
        with pytest.raises(Refused, match="bad_hook"):
            add_endpoint(admin, Wanted(url, ALL))
    for url in (
        "https://a:b@hooks.example/",
        "https://hooks.example:99999/",
        "https://hooks.example/a b",
        "https://[/",
    ):
        with pytest.raises(Refused, match="bad_hook"):
            add_endpoint(admin, Wanted(url, ALL))
    Endpoint.objects.update(url=f"https://localhost:{receiver.url.split(':')[2]}")  # a name that leads inside
    send_test(endpoint, admin)
    send_due(endpoint.pk)
    assert Delivery.objects.get().error == Delivery.Error.INSIDE and not receiver.taken


def test_gone_stops_it_at_once_and_administrators_read_it(
    hoa: Any, admin: Person, receiver: Receiver, endpoint: Endpoint
) -> None:
    receiver.answers = [410]
    opened(hoa)
    send_due(endpoint.pk)
    assert len(receiver.taken) == 1 and Endpoint.objects.get().stopped == Endpoint.Stopped.GONE
    assert access.stopped(10) == [endpoint]
    for each in DueWork.objects.filter(kind=TELL):
        tell(each.payload)
    (sent,) = mail.outbox
    assert sent.to == [admin.email] and endpoint.url in sent.body and f"/desk/webhooks/{endpoint.pk}/" in sent.body
    before = Delivery.objects.count()
    opened(hoa)
    assert Delivery.objects.count() == before, "it is told nothing any more"


def test_five_days_of_failure_stop_it(hoa: Any, admin: Person, receiver: Receiver, clock: Any) -> None:
    receiver.answers = [503]
    endpoint = add_endpoint(admin, Wanted(receiver.url, ("opened",)))
    for day in range(6):
        assert Endpoint.objects.get().stopped == "", day
        opened(hoa)
        send_due(endpoint.pk)
        clock.set_to(clock.instant + timedelta(days=1))
    assert Endpoint.objects.get().stopped == Endpoint.Stopped.FAILING
    assert DueWork.objects.filter(kind=TELL).count() == 1


def test_what_failed_is_sent_again_by_hand(hoa: Any, admin: Person, receiver: Receiver, endpoint: Endpoint) -> None:
    receiver.answers = [410]
    opened(hoa)
    send_due(endpoint.pk)
    with pytest.raises(Refused, match="webhook_stopped"):
        send_failed_again(endpoint, admin)
    receiver.answers = [200]
    start_endpoint(endpoint, admin)
    assert send_failed_again(endpoint, admin) == 1
    send_due(endpoint.pk)
    assert set(Delivery.objects.values_list("state", flat=True)) == {Delivery.State.TAKEN}
    count = len(receiver.taken)
    one = Delivery.objects.order_by("id")[0]
    send_again(one, admin)
    send_due(endpoint.pk)
    assert len(receiver.taken) == count + 1 and _ids(receiver)[-1] == _ids(receiver)[0] == f"msg_{one.pk}"


def test_both_secrets_sign_for_a_day(admin: Person, receiver: Receiver, endpoint: Endpoint, clock: Any) -> None:
    old, new = endpoint.secret, turn_secret(endpoint, admin)
    send_test(endpoint, admin)
    send_due(endpoint.pk)
    assert _verified(endpoint, receiver.taken[-1], old) and _verified(endpoint, receiver.taken[-1], new)
    clock.set_to(clock.instant + timedelta(days=1))
    send_test(endpoint, admin)
    send_due(endpoint.pk)
    assert _verified(endpoint, receiver.taken[-1], new)
    with pytest.raises(WebhookVerificationError):
        _verified(endpoint, receiver.taken[-1], old)


def test_a_secret_turned_twice_in_a_day_leaves_the_first_valid_until_its_own_day_ends(
    admin: Person, receiver: Receiver, endpoint: Endpoint, clock: Any
) -> None:
    first = endpoint.secret
    second = turn_secret(endpoint, admin)
    clock.forward(hours=1)
    third = turn_secret(endpoint, admin)
    _sends(endpoint, admin)
    assert all(_verified(endpoint, receiver.taken[-1], each) for each in (first, second, third))
    clock.forward(hours=23)  # the first was replaced a day ago, the second an hour later
    _sends(endpoint, admin)
    assert _verified(endpoint, receiver.taken[-1], second) and _verified(endpoint, receiver.taken[-1], third)
    with pytest.raises(WebhookVerificationError):
        _verified(endpoint, receiver.taken[-1], first)
    clock.forward(hours=1)
    _sends(endpoint, admin)
    assert len(receiver.taken[-1][0]["webhook-signature"].split()) == 1


def test_so_many_secrets_sign_and_no_more(admin: Person, endpoint: Endpoint, clock: Any) -> None:
    for _ in range(MOST_SECRETS - 1):
        turn_secret(endpoint, admin)
    with pytest.raises(Refused, match="too_many_secrets"):
        turn_secret(endpoint, admin)
    clock.forward(days=1)
    turn_secret(endpoint, admin)


def _sends(endpoint: Endpoint, admin: Person) -> None:
    send_test(endpoint, admin)
    send_due(endpoint.pk)


def test_sent_again_by_hand_during_an_attempt_it_is_sent_again(
    admin: Person, endpoint: Endpoint, receiver: Receiver, clock: Any
) -> None:
    due = send_test(endpoint, admin)
    read = Delivery.objects.select_related("endpoint", "event__case").get(pk=due.pk)
    clock.forward(seconds=1)
    send_again(due, admin)  # a person, while the worker has read it and sends it
    again = attempt(read)
    kept = Delivery.objects.get()
    assert (kept.state, kept.attempts, kept.next_at, kept.status) == (Delivery.State.WAITING, 0, clock.instant, 200)
    assert again is not None
    send_due(endpoint.pk)
    assert len(receiver.taken) == 2 and Delivery.objects.get().state == Delivery.State.TAKEN


def test_event_that_cannot_be_written_down_holds_up_none_behind_it(
    hoa: Any, admin: Person, receiver: Receiver, clock: Any
) -> None:
    endpoint = add_endpoint(admin, Wanted(receiver.url, ("opened",)))
    case, now = opened(hoa), desk_clock.now()
    sound = Delivery.objects.get()
    event = CaseEvent(case=case, code="opened", args=["no", "object"], at=now, plan_version=case.plan_version)
    event.save()
    broken = Delivery.objects.create(endpoint=endpoint, event=event, code=event.code, at=now, next_at=now)
    Delivery.objects.filter(pk=sound.pk).update(next_at=now + timedelta(seconds=1))  # behind it
    clock.forward(seconds=1)
    send_due(endpoint.pk)
    kept, behind = (Delivery.objects.get(pk=each.pk) for each in (broken, sound))
    assert behind.state == Delivery.State.TAKEN and len(receiver.taken) == 1
    assert (kept.state, kept.error, kept.attempts) == (Delivery.State.WAITING, Delivery.Error.OURS, 1)
    assert Endpoint.objects.get().failing_since is None, "it says nothing against the address"


def test_nobody_else_runs_webhooks(staff: Any, admin: Person, endpoint: Endpoint, receiver: Receiver) -> None:
    for person in (staff.agent, staff.manager, staff.outsider):
        assert not access.endpoints(person)
        wanted = Wanted(receiver.url, ALL)
        for do in (
            lambda: add_endpoint(person, wanted),  # noqa: B023
            lambda: change_endpoint(endpoint, person, wanted),  # noqa: B023
            lambda: turn_secret(endpoint, person),  # noqa: B023
            lambda: stop_endpoint(endpoint, person),  # noqa: B023
            lambda: remove_endpoint(endpoint, person),  # noqa: B023
            lambda: send_test(endpoint, person),  # noqa: B023
        ):
            with pytest.raises(Refused, match="not_allowed"):
                do()


def test_what_it_is_told_is_of_the_reference_and_addresses_are_bounded(admin: Person, receiver: Receiver) -> None:
    for wants in ((), ("nonsense",), ("opened", "")):
        with pytest.raises(Refused, match="webhook_wants"):
            add_endpoint(admin, Wanted(receiver.url, wants))
    for _ in range(20):
        add_endpoint(admin, Wanted(receiver.url, ALL))
    with pytest.raises(Refused, match="too_many"):
        add_endpoint(admin, Wanted(receiver.url, ALL))


def test_what_was_sent_is_kept_thirty_days(admin: Person, endpoint: Endpoint, clock: Any) -> None:
    send_test(endpoint, admin)
    clock.set_to(clock.instant + timedelta(days=30))
    tidy_webhooks({})
    assert Delivery.objects.exists()
    clock.set_to(clock.instant + timedelta(seconds=1))
    tidy_webhooks({})
    assert not Delivery.objects.exists()


def test_a_burst_is_gone_within_one_turn(
    admin: Person, endpoint: Endpoint, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying, "MOST", 3)
    now = desk_clock.now()
    Delivery.objects.bulk_create(Delivery(endpoint=endpoint, code=codes.TEST, at=now) for _ in range(10))
    clock.forward(days=31)
    tidy_webhooks({})
    assert not Delivery.objects.exists()


def test_the_sweep_is_asked_for_again_and_again() -> None:
    from tantam.desk.common import recurring

    assert recurring.every(SWEEP) == timedelta(minutes=1)
