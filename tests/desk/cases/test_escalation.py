"""Up by time, by severity, by authority and by the customer's wish, each once and with why; and down again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tantam.desk.cases.actions import (
    add_note,
    ask_customer,
    ask_higher,
    break_promise,
    deescalate,
    escalate,
    grade,
    hand_over,
    receive,
    reply,
    resolve,
    snooze,
    take,
)
from tantam.desk.cases.models import Case
from tantam.desk.cases.routing.looking_around import look_around
from tantam.desk.cases.routing.watching import how_many, unmoved
from tantam.desk.cases.routing.wishes import wants_higher
from tantam.desk.common.errors import Refused
from tantam.desk.plans import in_force
from tantam.desk.plans import routing as by_plan
from tests.support import desk, ladder
from tests.support.clock import StandingClock

SOON = "escalates_to: {missed: specialist, soon: specialist}"
LYING = "escalates_to: specialist\n    after: 3 h"


def ups(case: Case) -> list[Any]:
    """Return (reason, level before, level, who) of each way up."""
    return [
        (each.args["reason"], each.args["level_before"], each.args["level"], each.actor)
        for each in case.events.filter(code="escalated").order_by("id")
    ]


def level(case: Case) -> str:
    return Case.objects.get(pk=case.pk).level


# ---------------------------------------------------------------------- by time


def test_a_broken_promise_sends_the_case_up_each_time_until_the_top(staff: desk.Staff, hoa: Any) -> None:
    case = desk.opened(hoa)
    for promise in case.promises.order_by("due_at"):
        from tantam.desk.common import clock

        with clock.set_to(promise.due_at + timedelta(seconds=1)):
            assert break_promise(promise.pk)
            assert not break_promise(promise.pk)
    assert [each[:3] for each in ups(case)][:2] == [
        ("missed", "agent", "specialist"),
        ("missed", "specialist", "manager"),
    ]


def test_a_promise_nearly_due_sends_the_case_up_where_the_plan_says_so_and_once(
    db: None, clock: StandingClock, tmp_path: Path
) -> None:
    ladder.with_agents(tmp_path, SOON)
    desk.hire()
    case = desk.opened(desk.customer())
    first: Any = case.promises.order_by("due_at").first()
    clock.set_to(first.due_at - timedelta(minutes=61))
    look_around({})
    assert ups(case) == []
    clock.set_to(first.due_at - timedelta(minutes=60))
    look_around({})
    look_around({})
    assert ups(case) == [("soon", "agent", "specialist", "plan")]


def test_a_promise_nearly_due_is_no_reason_where_the_plan_does_not_say_so(
    staff: desk.Staff, hoa: Any, clock: StandingClock
) -> None:
    case = desk.opened(hoa)
    clock.set_to(case.promises.order_by("due_at")[0].due_at - timedelta(minutes=5))
    look_around({})
    assert ups(case) == []


def test_a_case_that_lies_goes_up_after_the_plans_open_time(db: None, clock: StandingClock, tmp_path: Path) -> None:
    ladder.with_agents(tmp_path, LYING)
    desk.hire()
    case = desk.opened(desk.customer())
    clock.forward(hours=2, minutes=59)
    look_around({})
    assert ups(case) == []
    clock.forward(hours=2)  # noon is closed
    look_around({})
    look_around({})
    assert [each[0] for each in ups(case)] == ["unmoved"]


# ---------------------------------------------------------------------- by severity, authority, wish


def test_a_graver_case_goes_up_to_the_level_that_handles_it(staff: desk.Staff, hoa: Any) -> None:
    case = grade(desk.opened(hoa), staff.agent, "critical", note="Có khói.")
    assert (case.severity, case.level) == ("critical", "manager")
    assert ups(case) == [
        ("severity", "agent", "specialist", "person"),
        ("severity", "specialist", "manager", "person"),
    ]
    assert case.events.get(code="graded").args == {"severity_before": "normal", "severity": "critical"}


def test_a_milder_case_stays_where_it_is(staff: desk.Staff, hoa: Any) -> None:
    case = grade(desk.opened(hoa), staff.agent, "minor")
    assert case.level == "agent" and ups(case) == []
    with pytest.raises(Refused, match="unknown_severity"):
        grade(case, staff.agent, "dreadful")


@pytest.mark.parametrize("reason", ["authority", "asked", "knowledge"])
def test_a_colleague_sends_it_up_and_says_why(reason: str, staff: desk.Staff, hoa: Any) -> None:
    case = escalate(desk.opened(hoa), staff.agent, reason=reason)
    assert ups(case) == [(reason, "agent", "specialist", "person")]


def test_a_reason_that_nobody_knows_is_refused(staff: desk.Staff, hoa: Any) -> None:
    with pytest.raises(Refused, match="unknown_reason"):
        escalate(desk.opened(hoa), staff.agent, reason="because")


def test_the_customer_asks_and_it_goes_up_once_until_somebody_answered(staff: desk.Staff, hoa: Any) -> None:
    case = desk.opened(hoa)
    ask_higher(case)
    ask_higher(case)
    assert ups(case) == [("asked", "agent", "specialist", "customer")]
    reply(case, staff.specialist, "Tôi xem ngay.")
    ask_higher(case)
    reply(case, staff.manager, "Tôi xem ngay.")
    ask_higher(case)
    assert [each[2] for each in ups(case)] == ["specialist", "manager", "director"]
    reply(case, staff.manager, "Tôi xem ngay.")
    with pytest.raises(Refused, match="no_level_above"):
        ask_higher(case)


def test_a_settled_case_is_reopened_first(staff: desk.Staff, hoa: Any) -> None:
    case = desk.opened(hoa)
    resolve(case, staff.agent)
    with pytest.raises(Refused, match="already_resolved"):
        ask_higher(case)


@pytest.mark.parametrize(
    "words",
    [
        "Tôi muốn gặp quản lý của các anh chị.",
        "Cho tôi nói chuyện với trưởng phòng!",
        "Ich möchte mit Ihrem Vorgesetzten sprechen.",
        "Bitte verbinden Sie mich mit der Geschäftsführung.",
        "I want to speak to a manager.",
        "Please escalate this to your supervisor",
    ],
)
def test_the_wish_is_heard_in_the_customers_own_words(words: str) -> None:
    assert wants_higher(words)


@pytest.mark.parametrize(
    "words",
    [
        "Máy giặt kêu to quá.",
        "Die Leitung der Waschmaschine ist undicht.",
        "My manager at work recommended this machine.",
        "Ich habe das Gerät meiner Chefin geschenkt.",
    ],
)
def test_other_words_are_no_wish(words: str) -> None:
    assert not wants_higher(words)


# ---------------------------------------------------------------------- down again


def test_back_down_to_who_had_it_with_a_note(staff: desk.Staff, hoa: Any) -> None:
    case = take(desk.opened(hoa), staff.agent)
    escalate(case, staff.agent, reason="knowledge")
    hand_over(case, staff.specialist, staff.specialist)
    case = deescalate(case, staff.specialist, "Đã xem máy, chỉ còn hẹn giao.")
    assert (case.level, case.owner) == ("agent", staff.agent)
    down = case.events.get(code="deescalated")
    assert (down.args["level_before"], down.args["level"]) == ("specialist", "agent")
    assert case.messages.get(pk=down.args["message"]).body == "Đã xem máy, chỉ còn hẹn giao."


def test_it_goes_down_to_where_it_came_from(staff: desk.Staff, hoa: Any) -> None:
    case = grade(desk.opened(hoa), staff.agent, "critical")
    assert deescalate(case, staff.manager, "Không nguy hiểm.").level == "specialist"
    assert deescalate(case, staff.manager, "Không nguy hiểm.").level == "agent"
    with pytest.raises(Refused, match="no_level_below"):
        deescalate(case, staff.manager, "Không nguy hiểm.")


def test_up_past_a_level_it_comes_down_past_it_too(db: None, clock: StandingClock, tmp_path: Path) -> None:
    ladder.with_agents(tmp_path, "escalates_to: {asked: manager}")
    people = desk.hire()
    case = escalate(desk.opened(desk.customer()), people.agent)
    assert ups(case) == [("asked", "agent", "manager", "person")]
    assert deescalate(case, people.manager, "Đã gọi khách.").level == "agent"


def test_no_way_down_without_a_note_nor_for_an_outsider(staff: desk.Staff, hoa: Any) -> None:
    case = escalate(desk.opened(hoa), staff.agent)
    with pytest.raises(Refused, match="says_nothing"):
        deescalate(case, staff.specialist, "  ")
    with pytest.raises(Refused, match="not_allowed"):
        deescalate(case, staff.outsider, "Xong.")
    assert level(case) == "specialist"


# ---------------------------------------------------------------------- the watch list


def test_a_case_that_nobody_moved_for_a_working_day_is_watched(
    staff: desk.Staff, hoa: Any, clock: StandingClock
) -> None:
    case = desk.opened(hoa)
    opened_at = clock.instant
    clock.forward(hours=8)  # at most seven of them open
    assert unmoved(staff.manager, clock.instant) == []
    clock.forward(days=1)
    (found,) = unmoved(staff.manager, clock.instant)
    assert (found.case, found.since) == (case, opened_at)
    assert how_many(staff.manager, clock.instant) == 1
    assert unmoved(staff.outsider, clock.instant) == []


def test_only_a_colleagues_deed_moves_a_case(staff: desk.Staff, hoa: Any, clock: StandingClock) -> None:
    case = desk.opened(hoa)
    clock.forward(days=2)
    receive(case, "Sao chưa ai trả lời?", channel="web")
    assert len(unmoved(staff.manager, clock.instant)) == 1
    add_note(case, staff.agent, "Đã gọi, máy bận.")
    assert unmoved(staff.manager, clock.instant) == []


def test_what_waits_for_its_customer_or_sleeps_lies_for_a_reason(
    staff: desk.Staff, hoa: Any, clock: StandingClock
) -> None:
    from tantam.desk.cases.actions import ask_customer

    ask_customer(desk.opened(hoa), staff.agent, "Máy màu gì ạ?")
    sleeping = desk.opened(desk.customer(mail="b@example.com"))
    snooze(sleeping, staff.agent, clock.instant + timedelta(days=9))
    clock.forward(days=3)
    assert unmoved(staff.manager, clock.instant) == []


def test_the_list_is_one_query_however_long(
    staff: desk.Staff, clock: StandingClock, django_assert_num_queries: Any
) -> None:
    for each in range(5):
        desk.opened(desk.customer(mail=f"{each}@example.com"))
    clock.forward(days=3)
    in_force()
    with django_assert_num_queries(2):  # which plan is in force, and the list
        assert len([each.case.customer.name for each in unmoved(staff.manager, clock.instant)]) == 5


def test_how_long_a_case_may_lie_is_open_time(staff: desk.Staff, clock: StandingClock) -> None:
    since = by_plan.lies_since(in_force(), "agent", clock.instant)
    assert in_force().minutes_left(in_force().plan.promises.clock, since, clock.instant) in (480, 481)


@pytest.mark.parametrize("answer", ["reply", "ask", "note"])
def test_asked_again_it_goes_up_only_after_somebody_wrote(answer: str, staff: desk.Staff, hoa: Any) -> None:
    case = desk.opened(hoa)
    ask_higher(case)
    ask_higher(case)
    assert [each[2:] for each in ups(case)] == [("specialist", "customer")]
    deeds = {
        "reply": lambda: reply(case, staff.specialist, "Em xem ạ."),
        "ask": lambda: ask_customer(case, staff.specialist, "Ảnh ạ?"),
        "note": lambda: add_note(case, staff.specialist, "Gọi lại sau."),
    }
    deeds[answer]()
    ask_higher(case)
    assert level(case) == ("specialist" if answer == "note" else "manager")


def test_down_it_goes_to_who_had_it_there_last_and_says_so(staff: desk.Staff, hoa: Any) -> None:
    case = take(desk.opened(hoa), staff.agent)
    hand_over(case, staff.agent, staff.colleague)
    escalate(case, staff.colleague)
    hand_over(case, staff.colleague, staff.specialist)
    back = deescalate(case, staff.specialist, "Đã đổi bo mạch.")
    assert (back.level, back.owner) == ("agent", staff.colleague)
    told = {each.code: each.args for each in case.events.order_by("id")}
    note = case.messages.filter(direction="note").latest("pk")
    assert told["deescalated"] == {"level_before": "specialist", "level": "agent", "message": note.pk}
    assert told["handed_over"] == {
        "owner_before": staff.specialist.pk,
        "owner": staff.colleague.pk,
        "level": "agent",
        "because": "down",
    }


def test_down_without_a_way_up_it_goes_one_level(staff: desk.Staff, hoa: Any) -> None:
    case = desk.opened(hoa)
    Case.objects.filter(pk=case.pk).update(level="manager")
    down = deescalate(case, staff.manager, "Không cần trưởng phòng.")
    assert (down.level, down.owner) == ("specialist", None)
    assert "handed_over" not in desk.codes(case), "nobody had it, and nobody has it"


def test_graded_it_says_from_what_to_what_and_rises_to_who_handles_it(staff: desk.Staff, hoa: Any) -> None:
    case = take(desk.opened(hoa), staff.agent)
    graded = grade(case, staff.agent, "critical")
    assert (graded.severity, graded.level, graded.owner) == ("critical", "manager", staff.agent)
    assert case.events.get(code="graded").args == {"severity_before": "normal", "severity": "critical"}
    assert [each[:3] for each in ups(case)] == [
        ("severity", "agent", "specialist"),
        ("severity", "specialist", "manager"),
    ]
    before = desk.codes(case)
    assert grade(case, staff.agent, "critical").severity == "critical" and desk.codes(case) == before
    assert level(grade(case, staff.agent, "minor")) == "manager", "it does not go down by itself"
