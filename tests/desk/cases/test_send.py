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


def test_number_that_no_form_wrote_counts_as_one_too(agent: Any, hoa: Any, clock: StandingClock) -> None:
    case, odd = opened(hoa), "\x00" + "s" * 100
    held = send(case, agent, Pressed("Dạ.", submission=odd))
    assert send(case, agent, Pressed("Dạ.", submission=odd)).pk == held.pk
    clock.forward(seconds=10)
    work.run_due()
    assert isinstance(send(case, agent, Pressed("Dạ.", submission=odd)), Message)
    assert replied(case) == 1


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


def test_what_was_pressed_is_held_whole(agent: Any, hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    keep_draft(case, agent, "Dạ", mode="ask")
    pressed = Pressed("Ảnh ạ?", mode="ask", settles=False, submission="s" * 80, handling_seconds=90)
    held: Any = send(case, agent, pressed)
    assert Draft.objects.get() == held and held.submission == "s" * 64
    assert (held.body, held.mode, held.settles, held.handling_seconds) == ("Ảnh ạ?", "ask", False, 90)
    assert (held.changed_at, held.pressed_at) == (clock.instant, clock.instant)
    assert held.held_until == clock.instant + timedelta(seconds=10)
    work_ = DueWork.objects.get(kind="send_held")
    assert (work_.payload, work_.due_at) == ({"draft": held.pk}, held.held_until)
    clock.set_to(held.held_until)
    message = release(held.pk)
    assert message is not None and case.events.get(code="asked").handling_seconds == 90
    assert (case.events.get(code="asked").at, message.written_at) == (held.pressed_at, held.pressed_at)


@pytest.mark.parametrize("settles", [True, False])
def test_what_goes_out_at_once_is_the_message(settles: bool, staff: Any, hoa: Any) -> None:
    case = opened(hoa)
    said = send(case, staff.agent, Pressed("Xong ạ.", settles=settles, submission="s1", handling_seconds=30))
    assert isinstance(said, Message) and said.body == "Xong ạ."
    assert send(case, staff.agent, Pressed("Xong ạ.", settles=settles, submission="s1")) == said
    assert case.events.get(code="resolved" if settles else "replied").handling_seconds == 30
    assert Case.objects.get(pk=case.pk).status == ("resolved" if settles else "open")


def test_settled_without_words_the_usual_ones_are_said(staff: Any, hoa: Any) -> None:
    said: Any = send(opened(hoa), staff.agent, Pressed("  ", settles=True))
    assert said.body.strip()


def test_without_a_number_of_its_own_each_is_held_for_itself(agent: Any, hoa: Any) -> None:
    case = opened(hoa)
    first, second = send(case, agent, Pressed("Một.")), send(case, agent, Pressed("Hai."))
    assert first.pk != second.pk and Draft.objects.count() == 2


def test_anothers_number_is_another(agent: Any, staff: Any, hoa: Any) -> None:
    staff.colleague.undo_seconds = 10
    case = opened(hoa)
    first = send(case, agent, Pressed("Một.", submission="s1"))
    assert send(case, staff.colleague, Pressed("Hai.", submission="s1")).pk != first.pk


def test_a_question_on_a_settled_case_is_refused_and_an_answer_goes(staff: Any, hoa: Any) -> None:
    case = actions.resolve(opened(hoa), staff.agent)
    for pressed in (Pressed("Ảnh ạ?", mode="ask"), Pressed("Xong.", settles=True)):
        with pytest.raises(Refused) as refused:
            send(case, staff.agent, pressed)
        assert refused.value.code == "already_resolved"
    assert isinstance(send(case, staff.agent, Pressed("Cảm ơn chị.")), Message)


def test_what_is_held_goes_at_the_very_instant_and_not_before(agent: Any, hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    held: Any = send(case, agent, Pressed("Dạ.", submission="s1"))
    clock.set_to(held.held_until - timedelta(microseconds=1))
    assert release(held.pk) is None and Draft.objects.filter(pk=held.pk).exists()
    clock.set_to(held.held_until)
    assert release(held.pk) is not None and release(held.pk) is None


def test_held_back_its_writer_is_told_why(agent: Any, hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    held: Any = send(case, agent, Pressed("Dạ.", submission="s1"))
    clock.forward(seconds=5)
    receive(case, "Còn nữa.", channel="web")
    clock.forward(seconds=5)
    assert release(held.pk) is None
    told = case.events.get(code="held_back")
    assert told.args == {"draft": held.pk, "of": agent.pk, "reason": "customer_wrote"}
    assert (told.actor, told.person, told.at) == ("plan", None, clock.instant)
    kept = Draft.objects.get()
    assert (kept.held_until, kept.submission, kept.body, kept.pressed_at) == (None, "", "Dạ.", held.pressed_at)


def test_words_of_a_colleague_hold_nothing_back(agent: Any, staff: Any, hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    held: Any = send(case, agent, Pressed("Dạ.", submission="s1"))
    clock.forward(seconds=5)
    actions.reply(case, staff.colleague, "Chào chị.")
    clock.forward(seconds=5)
    assert release(held.pk) is not None


def test_taken_back_it_is_as_before_it_was_pressed(agent: Any, hoa: Any) -> None:
    case = opened(hoa)
    held: Any = send(case, agent, Pressed("Dạ.", submission="s1"))
    back = take_back(held, agent)
    kept = Draft.objects.get()
    assert back.pk == kept.pk and (kept.held_until, kept.submission, kept.pressed_at) == (None, "", None)


def test_one_draft_put_away_leaves_the_others(agent: Any, staff: Any, hoa: Any) -> None:
    case = opened(hoa)
    mine, other = keep_draft(case, agent, "Dạ"), keep_draft(case, staff.colleague, "Vâng")
    assert mine is not None
    discard_draft(mine, agent)
    assert list(Draft.objects.all()) == [other]
    gone = keep_draft(case, agent, "Dạ")
    assert gone is not None
    agent.is_active = False
    for deed in (lambda: discard_draft(gone, agent), lambda: keep_draft(case, agent, "Thêm")):
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.code == "not_allowed"


def test_written_on_by_a_colleague_it_says_whose_it_was(agent: Any, staff: Any, hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    begun: Any = keep_draft(case, agent, "Dạ")
    keep_draft(case, staff.colleague, "Vâng")
    clock.forward(minutes=1)
    found = take_over(begun, staff.colleague)
    kept = Draft.objects.get()
    assert (kept.pk, kept.person, kept.body) == (begun.pk, staff.colleague, "Dạ\n\nVâng")
    assert (kept.changed_at, kept.pressed_at, found.pk) == (clock.instant, None, begun.pk)
    assert case.events.get(code="draft_taken_over").args == {"draft": begun.pk, "of": agent.pk}
    take_over(found, staff.colleague)
    assert codes(case).count("draft_taken_over") == 1, "one's own is not taken over"


def test_typing_is_kept_as_it_is_and_nothing_at_all_is_no_draft(agent: Any, hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    assert keep_draft(case, agent, " \r\n") is None
    first: Any = keep_draft(case, agent, " Dạ\x00\r\nem ")
    assert (first.body, first.mode, first.changed_at) == (" Dạ\nem ", "reply", clock.instant)
    clock.forward(minutes=1)
    again: Any = keep_draft(case, agent, "Dạ em xem", mode="ask")
    assert (again.pk, again.mode, again.changed_at) == (first.pk, "ask", clock.instant)
    note: Any = keep_draft(case, agent, "Hỏi kho", mode="note")
    assert note.pk != first.pk and Draft.objects.get(pk=first.pk).body == "Dạ em xem"
    assert keep_draft(case, agent, "  ", mode="ask") is None and list(Draft.objects.all()) == [note]


def test_what_was_stopped_is_seen_when_its_words_change(agent: Any, hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    held: Any = send(case, agent, Pressed("Dạ.", submission="s1"))
    clock.forward(seconds=5)
    receive(case, "Còn nữa.", channel="web")
    clock.forward(seconds=60)
    release(held.pk)
    assert keep_draft(case, agent, " Dạ. ").pressed_at is not None
    assert keep_draft(case, agent, "Dạ, vâng.").pressed_at is None
    assert Draft.objects.get().pressed_at is None


def test_what_was_stopped_from_going_out_saves_no_promise(agent: Any, hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    promise: Any = owed(case, "first_reply")
    clock.set_to(promise.due_at - timedelta(seconds=3))
    held: Any = send(case, agent, Pressed("Dạ.", submission="s1"))
    clock.forward(seconds=1)
    receive(case, "Còn nữa.", channel="web")
    clock.set_to(held.held_until)
    assert release(held.pk) is None and Draft.objects.get().pressed_at == held.pressed_at
    assert break_promise(promise.pk) is True


def test_a_file_is_whose_draft_it_is_on(agent: Any, hoa: Any) -> None:
    case = opened(hoa)
    kept: Any = keep_draft(case, agent, "", files=bring([("a.txt", [b"1"])]))
    file = kept.attachments.get()
    assert (file.case, file.draft, file.person, kept.body) == (case, kept, agent, "")
