"""A word given by hand: it reminds, breaks, is kept, moved and withdrawn, and a late change counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tantam.desk import duty
from tantam.desk.accounts.models import Person
from tantam.desk.cases.actions import (
    keep_promise,
    move_promise,
    promise,
    remind_promise,
    reply,
    resolve,
    settle,
    withdraw_promise,
)
from tantam.desk.cases.invites import file_of, invite_of
from tantam.desk.cases.models import Case, Promise
from tantam.desk.cases.vows import Vow, found, overlapping
from tantam.desk.channels.email.outgoing import compose
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tantam.desk.common.work import run_due
from tantam.desk.duty.models import Absence
from tests.support.clock import StandingClock
from tests.support.desk import codes, opened

State = Promise.State
TOMORROW_AT_TEN = timedelta(days=1)


@pytest.fixture
def case(hoa: Any, staff: Any) -> Case:
    return opened(hoa)


@pytest.fixture
def call(case: Case, staff: Any, clock: StandingClock) -> Promise:
    vow = Vow(words="Em gọi lại chị.", due=clock.instant + TOMORROW_AT_TEN, kind="call_back")
    return promise(case, staff.agent, vow)


def _letters(case: Case) -> list[str]:
    return [each.body for each in case.messages.filter(direction="outgoing").order_by("id")]


def test_what_was_found_becomes_a_row_of_the_ledger(case: Case, staff: Any, clock: StandingClock, plan: Any) -> None:
    read = found("Dạ, 10 giờ sáng mai em gọi lại chị ạ.", "vi", clock.instant, plan)
    assert read is not None
    made = promise(case, staff.agent, Vow(words=read.words, due=read.due, kind=read.kind))
    assert (made.by_hand, made.kind, made.made_by, made.due_at) == (True, "call_back", staff.agent, read.due)
    case.refresh_from_db()
    assert "promised" in codes(case) and case.next_due_at is not None and case.next_due_at <= made.due_at


def test_the_same_word_given_twice_is_one(case: Case, staff: Any, call: Promise) -> None:
    again = promise(case, staff.agent, Vow(words=call.words, due=call.due_at, kind=call.kind))
    assert again.pk == call.pk and case.promises.filter(by_hand=True).count() == 1


def test_the_answer_that_gives_the_word_does_not_keep_it(case: Case, staff: Any, call: Promise) -> None:
    reply(case, staff.agent, "Em sẽ gọi lại chị sáng mai ạ.")
    resolve(case, staff.agent)
    call.refresh_from_db()
    assert call.state == State.OWED


def test_the_maker_is_reminded_once_and_before_it_is_due(case: Case, call: Promise, clock: StandingClock) -> None:
    assert call.remind_at is not None and call.remind_at < call.due_at
    clock.set_to(call.remind_at)
    run_due(limit=50)
    run_due(limit=50)
    told = list(case.events.filter(code="reminded"))
    assert len(told) == 1 and told[0].args["owner"] == call.made_by_id


def test_while_the_maker_is_away_who_stands_in_is_reminded(
    case: Case, staff: Any, call: Promise, clock: StandingClock
) -> None:
    assert call.remind_at is not None
    until = call.due_at + timedelta(days=2)
    Absence.objects.create(
        person=staff.agent, deputy=staff.specialist, since=clock.instant, until=until, entered_by=staff.agent
    )
    clock.set_to(call.remind_at)
    run_due(limit=50)
    assert [each.args["owner"] for each in case.events.filter(code="reminded")] == [staff.specialist.pk]


def test_at_night_nobody_is_reminded_until_somebody_is_on_duty(case: Case, staff: Any, clock: StandingClock) -> None:
    person = Person.objects.get(pk=staff.agent.pk)
    Person.objects.filter(pk=person.pk).update(team="care")
    due = clock.instant.replace(hour=12) + timedelta(days=1)
    call = promise(case, person, Vow(words="Em gọi lại chị.", due=due, kind="call_back"))
    Promise.objects.filter(pk=call.pk).update(remind_at=(night := clock.instant.replace(hour=20)))
    clock.set_to(night)
    remind_promise(call.pk, night.isoformat())
    assert not case.events.filter(code="reminded").exists()
    later = DueWork.objects.get(kind="promise_reminder", key__contains=":later:")
    clock.set_to(later.due_at)
    run_due(limit=50)
    assert duty.on_shift(Person.objects.get(pk=person.pk), later.due_at)
    assert [each.args["owner"] for each in case.events.filter(code="reminded")] == [person.pk]


def test_what_is_settled_needs_no_visit_and_the_calendar_is_told(case: Case, staff: Any, clock: StandingClock) -> None:
    due = clock.instant + timedelta(days=3)
    visit = promise(case, staff.agent, Vow(words="Thợ đến xem máy.", due=due, kind="visit", place="12 Hàng Bông"))
    settle(case)
    visit.refresh_from_db()
    assert visit.state == State.WITHDRAWN
    told = case.events.get(code="uninvited")
    letter = case.messages.get(pk=told.args["message"])
    invite = invite_of(letter)
    assert invite is not None and invite.method == "CANCEL" and "Thợ đến xem máy." in letter.body
    assert told.args["uid"] == visit.pk and told.args["sequence"] == 1


def test_nobody_is_reminded_of_what_was_kept_or_moved(
    case: Case, staff: Any, call: Promise, clock: StandingClock
) -> None:
    old = call.remind_at
    assert old is not None
    moved = move_promise(call, staff.agent, call.due_at + timedelta(days=1), "Xưởng báo chậm.")
    clock.set_to(old)
    run_due(limit=50)
    keep_promise(moved, staff.agent)
    clock.set_to(moved.due_at)
    run_due(limit=50)
    assert not case.events.filter(code="reminded").exists()


def test_a_word_not_kept_breaks_at_its_time(case: Case, call: Promise, clock: StandingClock) -> None:
    clock.set_to(call.due_at)
    run_due(limit=50)
    call.refresh_from_db()
    assert call.state == State.BROKEN and "broken" in codes(case)


def test_a_word_kept_in_time_is_kept_and_a_late_deed_is_made_good(
    case: Case, staff: Any, call: Promise, clock: StandingClock
) -> None:
    second = promise(case, staff.agent, Vow(words="Em gửi hóa đơn.", due=call.due_at))
    keep_promise(call, staff.agent, note="Đã gọi, chị đồng ý đổi máy.")
    clock.set_to(second.due_at + timedelta(minutes=7))
    keep_promise(second, staff.agent)
    call.refresh_from_db()
    second.refresh_from_db()
    assert (call.state, second.state) == (State.KEPT, State.BROKEN) and second.fulfilled_at == clock.instant
    assert case.events.get(code="fulfilled").args["minutes_late"] == 7


def test_moving_tells_the_customer_with_the_reason(case: Case, staff: Any, call: Promise) -> None:
    moved = move_promise(call, staff.agent, call.due_at + timedelta(hours=3), "Xưởng chưa có kết quả.")
    assert (moved.pk, moved.moved, moved.moved_late) == (call.pk, 1, 0)
    assert "Xưởng chưa có kết quả." in _letters(case)[-1] and call.words in _letters(case)[-1]
    assert case.events.get(code="moved").args["late"] == 0


def test_a_change_within_the_last_hour_counts_as_late(
    case: Case, staff: Any, call: Promise, clock: StandingClock
) -> None:
    clock.set_to(call.due_at - timedelta(minutes=59))
    moved = move_promise(call, staff.agent, call.due_at + timedelta(hours=3), "Em bận.")
    assert moved.moved_late == 1 and case.events.get(code="moved").args["late"] == 1


def test_moving_after_its_time_breaks_it_and_another_takes_its_place(
    case: Case, staff: Any, call: Promise, clock: StandingClock
) -> None:
    clock.set_to(call.due_at + timedelta(minutes=5))
    run_due(limit=50)
    moved = move_promise(call, staff.agent, clock.instant + timedelta(hours=3), "Em quên mất, em xin lỗi chị.")
    call.refresh_from_db()
    assert call.state == State.BROKEN and moved.pk != call.pk and moved.state == State.OWED
    assert (moved.moved, moved.moved_late) == (1, 1) and "fulfilled" not in codes(case)
    assert call.fulfilled_at == clock.instant  # closed: what is due next is the new time


def test_withdrawing_tells_the_customer_and_ends_it(
    case: Case, staff: Any, call: Promise, clock: StandingClock
) -> None:
    ended = withdraw_promise(call, staff.agent, "Chị đã nhận được tin qua mail.")
    assert ended.state == State.WITHDRAWN and "Chị đã nhận được tin qua mail." in _letters(case)[-1]
    assert case.events.get(code="withdrawn").args["late"] == 0
    clock.set_to(call.due_at)
    run_due(limit=50)
    assert "broken" not in [each.code for each in case.events.filter(args__promise=call.pk)]


def test_withdrawing_what_was_missed_does_not_unbreak_it(staff: Any, call: Promise, clock: StandingClock) -> None:
    clock.set_to(call.due_at + timedelta(minutes=1))
    assert withdraw_promise(call, staff.agent, "Không cần nữa.").state == State.BROKEN


def test_nothing_changes_without_a_reason(staff: Any, call: Promise) -> None:
    for act in (
        lambda: move_promise(call, staff.agent, call.due_at + timedelta(hours=1), "  "),
        lambda: withdraw_promise(call, staff.agent, ""),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "needs_reason"


def test_the_plans_promises_are_not_moved_by_hand(case: Case, staff: Any) -> None:
    first = case.promises.get(kind="first_reply")
    for act in (
        lambda: move_promise(first, staff.agent, first.due_at + timedelta(days=1), "Bận."),
        lambda: withdraw_promise(first, staff.agent, "Bận."),
        lambda: keep_promise(first, staff.agent),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "not_by_hand"


def test_a_time_that_has_passed_or_is_years_away_is_refused(case: Case, staff: Any, clock: StandingClock) -> None:
    for due, code in ((clock.instant, "not_a_time"), (clock.instant + timedelta(days=800), "too_far")):
        with pytest.raises(Refused) as refused:
            promise(case, staff.agent, Vow(words="Em gọi.", due=due))
        assert refused.value.code == code


def test_an_outsider_promises_nothing(case: Case, staff: Any, clock: StandingClock) -> None:
    with pytest.raises(Refused):
        promise(case, staff.outsider, Vow(words="Gọi lại", due=clock.instant + timedelta(hours=1)))


def _visit(case: Case, staff: Any, clock: StandingClock) -> Promise:
    begins = clock.instant + timedelta(days=1)
    vow = Vow(
        words="Kỹ thuật đến xem máy", due=begins, ends=begins + timedelta(hours=2), kind="visit", place="12 Lê Lợi"
    )
    return promise(case, staff.agent, vow)


def _calendar(case: Case, place: int = -1) -> Any:
    import icalendar

    message = list(case.messages.filter(direction="outgoing").order_by("id"))[place]
    invite = invite_of(message)
    assert invite is not None
    return icalendar.Calendar.from_ical(invite.text)


def test_a_visit_is_confirmed_with_an_invitation(case: Case, staff: Any, clock: StandingClock) -> None:
    visit = _visit(case, staff, clock)
    calendar = _calendar(case)
    event = calendar.walk("VEVENT")[0]
    assert calendar["METHOD"] == "REQUEST" and event["SEQUENCE"] == 0
    assert event.decoded("DTSTART") == visit.due_at and event.decoded("DTEND") == visit.ends_at
    assert str(event["LOCATION"]) == "12 Lê Lợi" and "12 Lê Lợi" in _letters(case)[-1]


def test_the_invitation_is_in_the_mail(case: Case, staff: Any, clock: StandingClock) -> None:
    _visit(case, staff, clock)
    mail = compose(case.messages.select_related("case__customer", "author").order_by("-id").first())
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert len(parts) == 1 and parts[0].get_param("method") == "REQUEST" and parts[0].get_filename().endswith(".ics")


def test_moving_and_cancelling_a_visit_is_the_same_event_in_a_calendar(
    case: Case, staff: Any, clock: StandingClock
) -> None:
    visit = _visit(case, staff, clock)
    first = _calendar(case).walk("VEVENT")[0]
    moved = move_promise(visit, staff.agent, visit.due_at + timedelta(days=1), "Thợ bị ốm.")
    assert moved.ends_at is not None and moved.ends_at - moved.due_at == timedelta(hours=2)
    second = _calendar(case).walk("VEVENT")[0]
    withdraw_promise(moved, staff.agent, "Máy đã chạy lại.")
    calendar = _calendar(case)
    third = calendar.walk("VEVENT")[0]
    assert calendar["METHOD"] == "CANCEL" and str(third["STATUS"]) == "CANCELLED"
    assert str(first["UID"]) == str(second["UID"]) == str(third["UID"])
    assert [each["SEQUENCE"] for each in (first, second, third)] == [0, 1, 2]


def test_a_visit_moved_after_its_time_stays_the_same_event(case: Case, staff: Any, clock: StandingClock) -> None:
    visit = _visit(case, staff, clock)
    first = _calendar(case).walk("VEVENT")[0]
    clock.set_to(visit.ends_at + timedelta(minutes=1))
    moved = move_promise(visit, staff.agent, clock.instant + timedelta(days=1), "Thợ kẹt đường.")
    assert moved.pk != visit.pk and str(_calendar(case).walk("VEVENT")[0]["UID"]) == str(first["UID"])
    assert file_of(case, moved) is not None


def test_a_visit_is_broken_when_it_should_be_over_not_when_it_begins(
    case: Case, staff: Any, clock: StandingClock
) -> None:
    visit = _visit(case, staff, clock)
    clock.set_to(visit.due_at + timedelta(minutes=30))
    run_due(limit=50)
    visit.refresh_from_db()
    assert visit.state == State.OWED
    clock.set_to(visit.ends_at)
    run_due(limit=50)
    visit.refresh_from_db()
    assert visit.state == State.BROKEN


def test_two_appointments_of_one_person_at_once_are_seen(case: Case, staff: Any, clock: StandingClock) -> None:
    visit = _visit(case, staff, clock)
    assert visit.ends_at is not None
    inside = overlapping(staff.agent, visit.due_at + timedelta(hours=1), visit.ends_at + timedelta(hours=1))
    after = overlapping(staff.agent, visit.ends_at, visit.ends_at + timedelta(hours=1))
    others = overlapping(staff.colleague, visit.due_at, visit.ends_at)
    assert inside == [visit] and after == [] and others == []


def test_an_invitation_over_the_change_of_the_clocks_is_the_instant(case: Case, staff: Any) -> None:
    begins = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # in Berlin the hour that comes twice
    vow = Vow(words="Termin", due=begins, ends=begins + timedelta(hours=1), kind="appointment")
    promise(case, staff.agent, vow)
    event = _calendar(case).walk("VEVENT")[0]
    assert event.decoded("DTSTART") == begins and event.decoded("DTEND") == begins + timedelta(hours=1)


def test_words_and_place_are_one_line_of_bounded_length(case: Case, staff: Any, clock: StandingClock) -> None:
    due = clock.instant + TOMORROW_AT_TEN
    given = Vow(words=" Em\x00 gọi  lại.\nVâng " + "x" * 300, due=due, kind="visit", place="  12 Lê Lợi\n", ends=None)
    made = promise(case, staff.agent, given)
    assert (made.words, made.place) == ("Em gọi lại.", "12 Lê Lợi")
    assert made.ends_at == due + timedelta(hours=1), "an hour where nobody says how long"
    long = promise(case, staff.agent, Vow(words="x" * 201, due=due))
    assert len(long.words) == 200 and promise(case, staff.agent, Vow(words="y" * 200, due=due)).words == "y" * 200


def test_what_is_no_meeting_has_no_place_and_no_end(case: Case, staff: Any, clock: StandingClock) -> None:
    due = clock.instant + TOMORROW_AT_TEN
    vow = Vow(words="Em gọi.", due=due, kind="call_back", place="12 Lê Lợi", ends=due + timedelta(hours=1))
    made = promise(case, staff.agent, vow)
    assert (made.place, made.ends_at, len(_letters(case))) == ("", None, 1)


def test_the_farthest_day_is_two_years_ahead(case: Case, staff: Any, clock: StandingClock) -> None:
    due = clock.instant + timedelta(days=731)
    assert promise(case, staff.agent, Vow(words="Em báo.", due=due)).due_at == due


def test_a_meeting_is_confirmed_with_when_and_where(case: Case, staff: Any, clock: StandingClock) -> None:
    begins = datetime(2026, 3, 5, 2, 30, tzinfo=UTC)  # 9:30 in Vietnam
    vow = Vow(
        words="Anh Bình đến xem máy.",
        due=begins,
        kind="visit",
        place="12 Lê Lợi",
        ends=begins + timedelta(minutes=45),
    )
    made = promise(case, staff.agent, vow)
    letter = _letters(case)[-1]
    assert all(each in letter for each in ("Anh Bình đến xem máy.", "12 Lê Lợi", "9:30", "10:15"))
    told = {each.code: each for each in case.events.order_by("id")}
    assert told["promised"].args["due"] == vow.ends.isoformat()
    assert told["promised"].args["begins"] == begins.isoformat()
    said = told["invited"].args
    assert (said["uid"], said["begins"], said["ends"]) == (made.pk, begins.isoformat(), vow.ends.isoformat())
    assert said["message"] == case.messages.latest("pk").pk and said["sequence"] == 0


def test_a_moved_meeting_lasts_as_long_and_says_both_times(case: Case, staff: Any, clock: StandingClock) -> None:
    begins = datetime(2026, 3, 5, 2, 30, tzinfo=UTC)
    vow = Vow(words="Anh Bình đến.", due=begins, kind="visit", ends=begins + timedelta(minutes=45))
    made = promise(case, staff.agent, vow)
    moved = move_promise(made, staff.agent, begins + timedelta(hours=4), "Kẹt xe.")
    assert moved.ends_at == begins + timedelta(hours=4, minutes=45)
    letter = _letters(case)[-1]
    assert all(each in letter for each in ("Anh Bình đến.", "9:30", "13:30", "Kẹt xe."))
    assert move_promise(moved, staff.agent, begins, "Lại thế.", ends=begins + timedelta(hours=2)).ends_at == (
        begins + timedelta(hours=2)
    )
    said = case.events.filter(code="invited").latest("pk").args
    assert (said["uid"], said["sequence"]) == (made.pk, 2)


def test_a_withdrawn_word_says_what_when_and_why(case: Case, staff: Any, clock: StandingClock) -> None:
    begins = datetime(2026, 3, 5, 2, 30, tzinfo=UTC)
    made = promise(case, staff.agent, Vow(words="Anh Bình đến.", due=begins, kind="visit"))
    withdraw_promise(made, staff.agent, " Máy đã chạy. ")
    letter = _letters(case)[-1]
    assert all(each in letter for each in ("Anh Bình đến.", "9:30", "Máy đã chạy."))
    gone = case.events.get(code="uninvited").args
    assert (gone["promise"], gone["uid"], gone["message"]) == (made.pk, made.pk, case.messages.latest("pk").pk)
    call = promise(case, staff.agent, Vow(words="Em gọi.", due=begins, kind="call_back"))
    withdraw_promise(call, staff.agent, "Xong.")
    assert codes(case).count("uninvited") == 1, "a call is in no calendar"


def test_a_meeting_of_a_settled_case_is_cancelled(case: Case, staff: Any, clock: StandingClock) -> None:
    begins = datetime(2026, 3, 5, 2, 30, tzinfo=UTC)
    made = promise(case, staff.agent, Vow(words="Anh Bình đến.", due=begins, kind="visit"))
    promise(case, staff.agent, Vow(words="Em gọi.", due=begins, kind="call_back"))
    settle(case)
    assert [each.args["promise"] for each in case.events.filter(code="uninvited")] == [made.pk]
    assert "Anh Bình đến." in _letters(case)[-1] and "9:30" in _letters(case)[-1]


def test_the_same_words_are_another_promise_for_another_time_or_kind(
    case: Case, staff: Any, call: Promise, clock: StandingClock
) -> None:
    vow = Vow(words=call.words, due=call.due_at, kind=call.kind)
    others = [replace(vow, due=vow.due + timedelta(hours=1)), replace(vow, kind="by_hand"), replace(vow, words="Khác.")]
    made = [promise(case, staff.agent, each) for each in others]
    assert len({call.pk, *(each.pk for each in made)}) == 4
    keep_promise(call, staff.agent)
    assert promise(case, staff.agent, vow).pk != call.pk, "that one has ended"
    assert promise(opened(case.customer), staff.agent, vow).case_id != case.pk


def test_overlaps_are_ones_own_meetings_in_between_the_earliest_first(
    case: Case, staff: Any, clock: StandingClock
) -> None:
    at = clock.instant + TOMORROW_AT_TEN
    hour = timedelta(hours=1)

    def meets(begins: datetime, person: Any = staff.agent, kind: str = "appointment") -> Promise:
        return promise(case, person, Vow(words=f"Gặp {begins:%H}.", due=begins, kind=kind, ends=begins + hour))

    later, earlier = meets(at + hour), meets(at, kind="visit")
    meets(at - hour), meets(at + 2 * hour), meets(at, staff.colleague)
    gone = meets(at + hour / 2)
    keep_promise(gone, staff.agent)
    promise(case, staff.agent, Vow(words="Em gọi.", due=at + hour / 2, kind="call_back"))
    assert overlapping(staff.agent, at, at + 2 * hour) == [earlier, later]
    assert overlapping(staff.agent, at, at + 2 * hour, but=earlier.pk) == [later]


def test_so_many_overlaps_are_told(case: Case, staff: Any, clock: StandingClock) -> None:
    at = clock.instant + TOMORROW_AT_TEN
    for each in range(21):
        promise(case, staff.agent, Vow(words=f"Gặp {each}.", due=at, kind="visit"))
    assert len(overlapping(staff.agent, at, at + timedelta(hours=1))) == 20
