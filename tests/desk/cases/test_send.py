"""What was sent is held a moment: it goes out once, can be taken back, and counts from when send was pressed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tantam.desk.cases import actions, drafts
from tantam.desk.cases.actions import break_promise, keep_draft, receive, release, send, take_back
from tantam.desk.cases.actions.keep_draft import discard_draft, take_over
from tantam.desk.cases.attachments import attach, bring
from tantam.desk.cases.drafts import Pressed
from tantam.desk.cases.models import Attachment, Case, Draft, Message
from tantam.desk.common import clock as desk_clock
from tantam.desk.common import work
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tests.support.clock import StandingClock
from tests.support.desk import codes, opened, owed

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(staff: Any) -> Any:
    staff.agent.undo_seconds = 10
    staff.agent.save()
    return staff.agent


def replied(case: Case) -> int:
    return case.messages.filter(direction="outgoing").exclude(author=None).count()


def test_a_reply_waits_and_goes_out_once(agent: Any, hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    held = send(case, agent, Pressed("Dạ em xem ngay.", submission="s1"))
    assert isinstance(held, Draft)
    assert send(case, agent, Pressed("Dạ em xem ngay.", submission="s1")).pk == held.pk
    assert replied(case) == 0
    assert release(held.pk) is None  # too early
    clock.forward(seconds=10)
    work.run_due()
    assert replied(case) == 1
    assert release(held.pk) is None
    assert replied(case) == 1
    again = send(case, agent, Pressed("Dạ em xem ngay.", submission="s1"))
    assert isinstance(again, Message)
    assert replied(case) == 1
    assert not Draft.objects.exists()


def test_without_a_pause_it_goes_out_at_once(staff: Any, hoa: Any) -> None:
    case = opened(hoa)
    assert isinstance(send(case, staff.agent, Pressed("Dạ.")), Message)
    assert not Draft.objects.exists()


def test_the_promise_is_kept_by_the_moment_of_pressing(agent: Any, hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    promise: Any = owed(case, "first_reply")
    clock.set_to(promise.due_at - timedelta(seconds=3))
    held: Any = send(case, agent, Pressed("Dạ em xem ngay.", submission="s1"))
    clock.forward(seconds=3.5)
    assert break_promise(promise.pk) is False  # due, but what keeps it was pressed in time
    clock.set_to(held.held_until)
    release(held.pk)
    promise.refresh_from_db()
    assert (promise.state, promise.fulfilled_at) == ("kept", held.pressed_at)
    assert "broken" not in codes(case)


def test_taken_back_after_the_promise_was_due_it_breaks(agent: Any, hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    promise: Any = owed(case, "first_reply")
    clock.set_to(promise.due_at - timedelta(seconds=3))
    held: Any = send(case, agent, Pressed("Dạ em xem ngay.", submission="s1"))
    clock.forward(seconds=4)
    break_promise(promise.pk)
    take_back(held, agent)
    clock.forward(seconds=60)
    while work.run_due():
        pass
    promise.refresh_from_db()
    assert promise.state == "broken"


def test_taken_back_it_is_a_draft_again(agent: Any, hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    held: Any = send(case, agent, Pressed("Dạ em xem ngay.", submission="s1"))
    keep_draft(case, agent, "Thêm một câu.")
    take_back(held, agent)
    clock.forward(seconds=20)
    work.run_due()
    assert replied(case) == 0
    kept = drafts.being_written(case, agent, "reply")
    assert kept is not None
    assert kept.body == "Dạ em xem ngay.\n\nThêm một câu."
    assert Draft.objects.count() == 1


def test_pressed_again_it_goes_out_at_the_second_time(agent: Any, hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    held: Any = send(case, agent, Pressed("Một.", submission="s1"))
    clock.forward(seconds=5)
    take_back(held, agent)
    send(case, agent, Pressed("Hai.", submission="s2"))
    clock.forward(seconds=6)
    work.run_due()
    assert replied(case) == 0
    clock.forward(seconds=5)
    work.run_due()
    assert case.messages.exclude(author=None).get().body == "Hai."


def test_take_back_after_it_went_out_says_so(agent: Any, hoa: Any, clock: StandingClock) -> None:
    held: Any = send(opened(hoa), agent, Pressed("Dạ.", submission="s1"))
    clock.forward(seconds=11)
    work.run_due()
    with pytest.raises(Refused, match="already_out"):
        take_back(held, agent)


def test_a_colleague_does_not_take_it_back(agent: Any, staff: Any, hoa: Any) -> None:
    held: Any = send(opened(hoa), agent, Pressed("Dạ.", submission="s1"))
    with pytest.raises(Refused, match="not_yours_to_take_back"):
        take_back(held, staff.colleague)


def test_if_the_customer_writes_meanwhile_it_stays(agent: Any, hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    held: Any = send(case, agent, Pressed("Dạ mai em gọi.", submission="s1"))
    clock.forward(seconds=4)
    receive(case, "Thôi khỏi, máy chạy lại rồi.", channel="web")
    clock.forward(seconds=10)
    work.run_due()
    assert replied(case) == 0
    kept = drafts.being_written(case, agent, "reply")
    assert kept is not None
    assert kept.pressed_at == held.pressed_at
    event = case.events.get(code="held_back")
    assert event.args == {"draft": kept.pk, "of": agent.pk, "reason": "customer_wrote"}


def test_a_worker_that_was_killed_sends_it_once(agent: Any, hoa: Any, clock: StandingClock) -> None:
    """The draft goes and the message comes in one transaction: before it, everything is as it was."""
    case = opened(hoa)
    held: Any = send(case, agent, Pressed("Dạ.", submission="s1"))
    clock.forward(seconds=11)
    DueWork.objects.filter(kind="send_held").update(leased_until=desk_clock.now(), attempts=1)  # claimed, then killed
    clock.forward(seconds=61)
    work.run_due()
    assert replied(case) == 1
    DueWork.objects.filter(kind="send_held").update(done_at=None, leased_until=None)  # killed before it said done
    work.run_due()
    assert replied(case) == 1
    assert not Draft.objects.filter(pk=held.pk).exists()


def test_who_left_meanwhile_sends_nothing(agent: Any, hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    send(case, agent, Pressed("Dạ.", submission="s1"))
    agent.is_active = False
    agent.save()
    clock.forward(seconds=11)
    work.run_due()
    assert replied(case) == 0
    assert case.events.get(code="held_back").args["reason"] == "not_allowed"


def test_settling_and_asking_wait_too(agent: Any, hoa: Any, clock: StandingClock) -> None:
    one, two = opened(hoa), opened(hoa)
    send(one, agent, Pressed("", settles=True, submission="s1"))
    send(two, agent, Pressed("Máy bao nhiêu tuổi ạ?", mode="ask", submission="s2"))
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.status, two.status) == ("open", "open")
    clock.forward(seconds=11)
    work.run_due()
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.status, two.status) == ("resolved", "waiting")


def test_nothing_is_not_sent(agent: Any, hoa: Any) -> None:
    with pytest.raises(Refused, match="says_nothing"):
        send(opened(hoa), agent, Pressed("  "))


def test_a_note_is_kept_at_once(agent: Any, hoa: Any) -> None:
    case = opened(hoa)
    keep_draft(case, agent, "Khách dễ ", mode="note")
    note = send(case, agent, Pressed("Khách dễ tính.", mode="note"))
    assert isinstance(note, Message)
    assert note.direction == "note"
    assert not Draft.objects.exists()


def test_one_draft_a_person_and_sheet(agent: Any, staff: Any, hoa: Any) -> None:
    case = opened(hoa)
    for mode in ("reply", "ask", "note"):
        keep_draft(case, agent, f"{mode} của Mai", mode=mode)
    keep_draft(case, staff.colleague, "của Nam")
    assert sorted(Draft.objects.values_list("person__name", "mode", "body")) == [
        ("Mai", "ask", "ask của Mai"),
        ("Mai", "note", "note của Mai"),
        ("Nam", "reply", "của Nam"),
    ]
    assert keep_draft(case, agent, "  ", mode="ask") is None
    assert Draft.objects.filter(person=agent).count() == 1


def test_a_draft_leaves_no_trace_in_the_case(agent: Any, hoa: Any) -> None:
    case = opened(hoa)
    before = codes(case)
    keep_draft(case, agent, "Dạ")
    assert codes(case) == before


def test_a_colleague_writes_on(agent: Any, staff: Any, hoa: Any) -> None:
    case = opened(hoa)
    keep_draft(case, staff.colleague, "Em là Nam,")
    begun: Any = keep_draft(case, agent, "Em gọi lại lúc mười giờ.")
    taken = take_over(begun, staff.colleague)
    assert taken.body == "Em gọi lại lúc mười giờ.\n\nEm là Nam,"
    assert Draft.objects.get().person == staff.colleague
    with pytest.raises(Refused, match="not_allowed"):
        discard_draft(taken, agent)
    discard_draft(taken, staff.colleague)
    with pytest.raises(Refused, match="draft_gone"):
        take_over(taken, agent)


def test_an_outsider_writes_nothing(staff: Any, hoa: Any) -> None:
    case = opened(hoa)
    with pytest.raises(Refused, match="not_allowed"):
        keep_draft(case, staff.outsider, "x")
    with pytest.raises(Refused, match="not_allowed"):
        send(case, staff.outsider, Pressed("x"))


def test_files_go_with_the_words(agent: Any, hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    brought = bring([("hướng dẫn.txt", ["Rút phích cắm.".encode()]), ("trống.txt", [b""])])
    draft: Any = keep_draft(case, agent, "Xem tệp.", files=[each for each in brought if each.blob])
    assert [each.refused for each in brought] == ["", "file_empty"]
    send(case, agent, Pressed("Xem tệp.", submission="s1"))
    clock.forward(seconds=11)
    work.run_due()
    file = Attachment.objects.get()
    assert file.message == case.messages.exclude(author=None).get()
    assert file.draft is None
    assert not Draft.objects.filter(pk=draft.pk).exists()


def test_a_message_carries_no_more_than_it_may(agent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tantam.desk.files.store.MOST_TOGETHER", 10)
    brought = bring([("a", [b"12345678"]), ("b", [b"123"]), ("c", [b"12"])])
    assert [each.refused for each in brought] == ["", "files_too_large", ""]
    assert [each.refused for each in bring([("a", [b"12345678"])], already=5)] == ["files_too_large"]


def test_taken_off_a_file_is_gone(agent: Any, staff: Any, hoa: Any) -> None:
    case = opened(hoa)
    draft: Any = keep_draft(case, agent, "Xem.", files=bring([("a.txt", [b"a"])]))
    (file,) = draft.attachments.all()
    with pytest.raises(Refused, match="not_allowed"):
        actions.drop_file(file, staff.colleague)
    actions.drop_file(file, agent)
    assert not Attachment.objects.exists()
    assert attach(case, [], to=draft) == []
