"""Joined cases: one stands for both, nothing moves, it is undone at any time, and no circle ever closes."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tantam.desk.cases import joined
from tantam.desk.cases.actions import (
    add_note,
    ask_customer,
    break_promise,
    hand_over,
    keep_promise,
    merge,
    move_promise,
    promise,
    receive,
    reply,
    resolve,
    snooze,
    unmerge,
    withdraw_promise,
)
from tantam.desk.cases.models import Case, Promise
from tantam.desk.cases.vows import Vow
from tantam.desk.common.errors import Refused
from tests.support.clock import StandingClock
from tests.support.desk import codes, customer, opened, owed


@pytest.fixture
def two(hoa: Any, clock: StandingClock) -> tuple[Case, Case]:
    """Two cases of one customer: the later one, and the one that it is joined to."""
    older = opened(hoa)
    clock.forward(minutes=5)
    return opened(hoa, body="Máy vẫn kêu."), older


def refused(call: Any) -> str:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.code


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def locked(said: CaptureQueriesContext) -> set[int]:
    """Return which cases were locked; none on SQLite, which has one lock for all."""
    waits = (each["sql"] for each in said if "FOR NO KEY UPDATE" in each["sql"])
    return {int(found) for each in waits for found in re.findall(r'"cases_case"\."id" = (\d+)', each)}


def test_joined_case_points_to_the_one_that_stands_for_it(two: Any, staff: Any) -> None:
    case, into = two
    merge(case, staff.agent, into)
    assert (fresh(case).status, fresh(case).merged_into) == (Case.Status.MERGED, into)
    assert joined.target(fresh(case)) == into and joined.all_of(into) == [into, case]
    assert codes(case)[-1] == "merged" and codes(into)[-1] == "joined"


def test_mail_to_a_joined_case_lands_on_its_target(two: Any, staff: Any) -> None:
    case, into = two
    merge(case, staff.agent, into)
    message = receive(case, "Sao rồi ạ?", channel="email", message_id="<1@x>")
    assert message.case == into and fresh(into).last_words == "Sao rồi ạ?"
    assert receive(case, "Sao rồi ạ?", channel="email", message_id="<1@x>") == message


def test_word_to_a_joined_case_reopens_and_wakes_its_target(two: Any, staff: Any) -> None:
    case, into = two
    merge(case, staff.agent, into)
    resolve(into, staff.agent, "Xong.")
    receive(case, "Chưa ạ.", channel="web")
    assert fresh(into).status == Case.Status.OPEN


def test_reply_on_the_target_keeps_the_promises_of_both(two: Any, staff: Any) -> None:
    case, into = two
    merge(case, staff.agent, into)
    reply(into, staff.agent, "Chúng tôi xem ngay.")
    states = [owed(each, "first_reply").state for each in (case, into)]
    assert states == [Promise.State.KEPT] * 2 and "kept" in codes(case)


def test_resolving_the_target_ends_what_is_owed_on_both(two: Any, staff: Any) -> None:
    case, into = two
    merge(case, staff.agent, into)
    resolve(into, staff.agent)
    assert not Promise.objects.filter(case__in=[case, into], state=Promise.State.OWED).exists()


def test_target_is_due_when_the_first_of_both_is(hoa: Any, staff: Any, clock: StandingClock) -> None:
    soon = opened(hoa)
    clock.forward(minutes=20)
    into = opened(hoa)
    assert fresh(into).next_due_at > fresh(soon).next_due_at
    merge(soon, staff.agent, into)
    assert fresh(into).next_due_at == fresh(soon).next_due_at
    unmerge(soon, staff.agent)
    assert fresh(into).next_due_at > fresh(soon).next_due_at


def test_broken_promise_of_a_joined_case_escalates_its_target(two: Any, staff: Any, clock: StandingClock) -> None:
    case, into = two
    merge(case, staff.agent, into)
    first = owed(case, "first_reply")
    clock.set_to(first.due_at)
    assert break_promise(first.pk)
    assert fresh(into).level != "agent" and fresh(case).level == "agent"
    assert "broken" in codes(case) and "escalated" in codes(into)


def test_asking_on_the_target_pauses_both_and_an_answer_to_either_resumes(two: Any, staff: Any) -> None:
    case, into = two
    merge(case, staff.agent, into)
    ask_customer(into, staff.agent, "Gửi ảnh giúp ạ?")
    assert owed(case, "resolution").paused_at and owed(into, "resolution").paused_at
    receive(case, "Đây ạ.", channel="web")
    assert not owed(case, "resolution").paused_at and not owed(into, "resolution").paused_at


def test_undone_at_a_later_time_everything_is_back(two: Any, staff: Any, clock: StandingClock) -> None:
    case, into = two
    before = list(case.messages.order_by("id"))
    merge(case, staff.agent, into)
    landed = receive(case, "Nhắn thêm.", channel="web")
    clock.forward(days=90)
    unmerge(case, staff.agent)
    assert (fresh(case).status, fresh(case).merged_into) == (Case.Status.OPEN, None)
    assert list(fresh(case).messages.order_by("id")) == [*before, landed]
    assert not into.messages.filter(pk=landed.pk).exists()
    assert codes(case)[-1] == "unmerged" and codes(into)[-1] == "unjoined"


def test_resolved_case_is_resolved_again_when_undone(two: Any, staff: Any) -> None:
    case, into = two
    resolve(case, staff.agent, "Xong.")
    merge(case, staff.agent, into)
    unmerge(case, staff.agent)
    assert fresh(case).status == Case.Status.RESOLVED


def test_case_of_which_the_customer_was_asked_runs_on_in_an_open_one(two: Any, staff: Any) -> None:
    case, into = two
    ask_customer(case, staff.agent, "Ảnh ạ?")
    merge(case, staff.agent, into)
    assert not owed(case, "resolution").paused_at


def test_no_circle_closes(hoa: Any, staff: Any) -> None:
    a, b, c = (opened(hoa) for _ in range(3))
    merge(a, staff.agent, b)
    merge(b, staff.agent, c)
    assert joined.target(fresh(a)) == c
    assert refused(lambda: merge(c, staff.agent, a)) == "merge_itself"
    assert refused(lambda: merge(c, staff.agent, c)) == "merge_itself"
    assert refused(lambda: merge(a, staff.agent, c)) == "is_merged"


def test_chain_comes_apart_link_by_link(hoa: Any, staff: Any) -> None:
    a, b, c = (opened(hoa) for _ in range(3))
    merge(a, staff.agent, b)
    merge(b, staff.agent, c)
    reply(c, staff.agent, "Vâng.")
    assert owed(a, "first_reply").state == Promise.State.KEPT
    unmerge(b, staff.agent)
    assert joined.target(fresh(a)) == b and joined.all_of(fresh(c)) == [c]


def test_joining_a_joined_case_is_joining_what_stands_for_it(hoa: Any, staff: Any) -> None:
    a, b, c = (opened(hoa) for _ in range(3))
    merge(a, staff.agent, b)
    merge(c, staff.agent, a)
    assert fresh(c).merged_into == b


def test_other_customers_case_needs_a_second_word(hoa: Any, staff: Any) -> None:
    case, into = opened(hoa), opened(customer("Trần Minh", "minh@example.com"))
    assert refused(lambda: merge(case, staff.agent, into)) == "merge_other_customer"
    assert fresh(case).status == Case.Status.OPEN
    merge(case, staff.agent, into, sure=True)
    assert fresh(case).status == Case.Status.MERGED


def test_both_customers_read_the_answer_and_neither_what_the_other_wrote(hoa: Any, staff: Any) -> None:
    case, into = opened(hoa), opened(customer("Trần Minh", "minh@example.com"))
    merge(case, staff.agent, into, sure=True)
    reply(into, staff.agent, "Thợ đến mai.")
    sent = [each.messages.filter(body="Thợ đến mai.").get().sent_to for each in (case, into)]
    assert sent == ["hoa@example.com", "minh@example.com"]
    assert receive(case, "Vâng.", channel="web").case == case and "landed" in codes(into)
    assert joined.shown_to_customer(fresh(case)) == case and joined.same_customer(into) == [into]


def test_resolved_target_takes_nothing_in(two: Any, staff: Any) -> None:
    case, into = two
    resolve(into, staff.agent)
    assert refused(lambda: merge(case, staff.agent, into)) == "merge_into_resolved"


def test_nobody_acts_on_a_joined_case(two: Any, staff: Any) -> None:
    case, into = two
    merge(case, staff.agent, into)
    verbs = [
        lambda: reply(case, staff.agent, "Vâng."),
        lambda: add_note(case, staff.agent, "?"),
        lambda: resolve(case, staff.agent),
        lambda: hand_over(case, staff.agent, staff.colleague),
        lambda: snooze(case, staff.agent),
    ]
    assert {refused(each) for each in verbs} == {"is_merged"}


def test_what_happened_meanwhile_is_seen_before_joining(two: Any, staff: Any) -> None:
    case, into = two
    seen = case.events.order_by("-id")[0].pk
    receive(case, "Khoan đã.", channel="web")
    assert refused(lambda: merge(case, staff.agent, into, seen=seen)) == "changed_meanwhile"


def test_outsider_joins_nothing(two: Any, staff: Any) -> None:
    case, into = two
    assert refused(lambda: merge(case, staff.outsider, into)) == "not_allowed"
    merge(case, staff.agent, into)
    assert refused(lambda: unmerge(case, staff.outsider)) == "not_allowed"
    assert refused(lambda: unmerge(into, staff.agent)) == "not_merged"


def test_repeating_promise_of_a_joined_case_is_owed_no_more_when_the_target_is_resolved(two: Any, staff: Any) -> None:
    case, into = two
    Promise.objects.filter(case=case, kind="first_reply").update(every_minutes=60, due_at=case.opened_at + timedelta(9))
    merge(case, staff.agent, into)
    resolve(into, staff.agent)
    assert not case.promises.filter(state=Promise.State.OWED).exists()


@pytest.fixture
def call(two: Any, staff: Any, clock: StandingClock) -> Promise:
    """A call that was promised on a case before it was joined to another."""
    case, into = two
    vow = Vow(words="Gọi lại cho chị", due=clock.instant + timedelta(hours=3), kind="call_back")
    made = promise(case, staff.agent, vow)
    merge(case, staff.agent, into)
    return made


def test_word_given_on_a_joined_case_is_moved_and_withdrawn_under_its_targets_lock(
    call: Promise, staff: Any, two: Any, clock: StandingClock
) -> None:
    _case, into = two
    with CaptureQueriesContext(connection) as said:
        moved = move_promise(Promise.objects.get(pk=call.pk), staff.agent, clock.instant + timedelta(minutes=1), "Sớm.")
    assert locked(said) == ({into.pk} if connection.vendor == "postgresql" else set())
    assert fresh(into).next_due_at == moved.due_at
    with CaptureQueriesContext(connection) as said:
        withdraw_promise(Promise.objects.get(pk=moved.pk), staff.agent, "Chị đã có tin.")
    assert locked(said) == ({into.pk} if connection.vendor == "postgresql" else set())
    assert fresh(into).next_due_at != moved.due_at and "withdrawn" in codes(call.case)


def test_word_given_on_a_joined_case_is_kept_through_its_target(call: Promise, staff: Any, two: Any) -> None:
    kept = keep_promise(Promise.objects.get(pk=call.pk), staff.agent, note="Đã gọi.")
    assert kept.state == Promise.State.KEPT and "kept" in codes(call.case)


def test_nobody_gives_a_word_on_a_joined_case(call: Promise, staff: Any) -> None:
    again = Vow(words="Gọi nữa", due=call.due_at)
    assert refused(lambda: promise(fresh(call.case), staff.agent, again)) == "is_merged"


def test_taken_apart_after_all_was_kept_nobody_waits_for_the_customer(two: Any, staff: Any) -> None:
    case, into = two
    for each in (case, into):
        ask_customer(each, staff.agent, "Ảnh ạ?")
    merge(case, staff.agent, into)
    resolve(into, staff.agent)
    assert unmerge(fresh(case), staff.agent).status == Case.Status.OPEN
