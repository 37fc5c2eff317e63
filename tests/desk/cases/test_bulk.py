"""One thing done with many cases: what the preview says comes true, nothing stays of it, and all is taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tantam.desk.cases import bulk
from tantam.desk.cases.actions import add_note, hand_over, keep_macro, resolve, take
from tantam.desk.cases.actions.do_in_bulk import do_in_bulk, do_next, go_on
from tantam.desk.cases.actions.undo_bulk import go_on as go_on_undoing
from tantam.desk.cases.actions.undo_bulk import undo_bulk
from tantam.desk.cases.bulk import Doing
from tantam.desk.cases.macros import WrittenMacro
from tantam.desk.cases.models import Actor, BulkItem, Case, CaseEvent, CaseTag, Macro, Message
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tests.support.clock import StandingClock
from tests.support.desk import codes, opened

STATE = BulkItem.State


def states(run: Any) -> list[tuple[int, str, str]]:
    return list(run.items.order_by("pk").values_list("case_id", "state", "why"))


def test_preview_says_why_not_and_leaves_nothing_behind(hoa: Any, staff: Any) -> None:
    free, taken = opened(hoa), opened(hoa)
    take(taken, staff.colleague)
    before = CaseEvent.objects.count()
    found = bulk.preview(Doing("take"), [free, taken], staff.agent)
    assert [(each.case, each.refused and each.refused.code) for each in found] == [(free, None), (taken, "has_owner")]
    assert "taken" in found[0].happens
    free.refresh_from_db()
    assert free.owner is None and CaseEvent.objects.count() == before


def test_what_one_refuses_leaves_the_others(hoa: Any, staff: Any) -> None:
    first, taken, last = opened(hoa), opened(hoa), opened(hoa)
    take(taken, staff.colleague)
    run = do_in_bulk(Doing("take"), [first, taken, last], staff.agent)
    assert states(run) == [
        (first.pk, STATE.DONE, ""),
        (taken.pk, STATE.REFUSED, "has_owner"),
        (last.pk, STATE.DONE, ""),
    ]
    assert bulk.progress(run).done == 2


@pytest.mark.parametrize(
    ("verb", "args"),
    [
        ("take", {}),
        ("hand_over", {"to": "level:specialist"}),
        ("tag", {"name": "Gấp"}),
        ("snooze", {"until": ""}),
        ("settle", {"body": "Đã xong ạ."}),
    ],
)
def test_what_was_done_is_taken_back(verb: str, args: dict[str, str], hoa: Any, staff: Any) -> None:
    case = opened(hoa)
    Case.objects.update(next_due_at=None)  # nothing that would keep it awake
    kept = ("owner_id", "level", "status", "snoozed_at")
    case.refresh_from_db()
    before = [getattr(case, each) for each in kept]
    run = do_in_bulk(Doing(verb, args), [case], staff.agent)
    case.refresh_from_db()
    assert states(run) == [(case.pk, STATE.DONE, "")]
    assert [getattr(case, each) for each in kept] != before or case.tags.count() == 1
    undo_bulk(run, staff.agent)
    case.refresh_from_db()
    assert states(run) == [(case.pk, STATE.UNDONE, "")]
    after = [getattr(case, each) for each in kept]
    assert after[1:] == before[1:] and case.tags.count() == 0
    assert after[0] == before[0] or verb == "settle"  # whoever settled it answers for it


def test_a_case_goes_back_to_the_colleague_who_had_it(hoa: Any, staff: Any) -> None:
    case = opened(hoa)
    take(case, staff.colleague)
    run = do_in_bulk(Doing("hand_over", {"to": f"person:{staff.specialist.pk}"}), [case], staff.agent)
    undo_bulk(run, staff.agent)
    case.refresh_from_db()
    assert (case.owner, case.level) == (staff.colleague, "agent")


def test_what_happened_since_keeps_a_case_as_it_is(hoa: Any, staff: Any) -> None:
    case, other = opened(hoa), opened(hoa)
    run = do_in_bulk(Doing("take"), [case, other], staff.agent)
    hand_over(case, staff.agent, staff.colleague)
    undo_bulk(run, staff.agent)
    assert states(run) == [(case.pk, STATE.KEPT, "not_undoable"), (other.pk, STATE.UNDONE, "")]
    case.refresh_from_db()
    assert case.owner == staff.colleague


def test_a_note_stays(hoa: Any, staff: Any) -> None:
    case = opened(hoa)
    run = do_in_bulk(Doing("note", {"body": "Nhớ gọi lại."}), [case], staff.agent)
    undo_bulk(run, staff.agent)
    assert states(run) == [(case.pk, STATE.KEPT, "not_undoable")]
    assert Message.objects.filter(case=case, direction="note").count() == 1


def test_a_tag_that_was_there_before_stays(hoa: Any, staff: Any) -> None:
    from tantam.desk.cases.actions import tag

    case, other = opened(hoa), opened(hoa)
    tag(case, staff.agent, "gấp")
    run = do_in_bulk(Doing("tag", {"name": "Gấp"}), [case, other], staff.agent)
    undo_bulk(run, staff.agent)
    assert (case.tags.count(), other.tags.count()) == (1, 0)


def test_settling_with_a_ready_text_speaks_the_customers_language(hoa: Any, staff: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    macro = Macro.objects.create(name="Xong", texts={"vi": "Dạ xong rồi ạ.", "en": "Done."}, changed_at=clock.instant)
    do_in_bulk(Doing("settle", {"macro": str(macro.pk)}), [case], staff.agent)
    assert Message.objects.filter(case=case, direction="outgoing", body="Dạ xong rồi ạ.").exists()
    assert "resolved" in codes(case)


def test_many_are_left_to_the_worker_and_done_once(hoa: Any, staff: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("tantam.desk.cases.actions.do_in_bulk.AT_ONCE", 1)
    cases = [opened(hoa) for _ in range(3)]
    run = do_in_bulk(Doing("take"), cases, staff.agent)
    assert bulk.progress(run).left == 3 and DueWork.objects.filter(kind="bulk_do").count() == 1
    for _ in range(2):
        go_on({"run": run.pk})
    assert bulk.progress(run).done == 3
    assert [codes(each).count("taken") for each in cases] == [1, 1, 1]


def test_outsiders_others_and_too_many_are_refused(hoa: Any, staff: Any, monkeypatch: Any) -> None:
    case = opened(hoa)
    with pytest.raises(Refused, match="not_allowed"):
        do_in_bulk(Doing("take"), [case], staff.outsider)
    with pytest.raises(Refused, match="nobody_chosen"):
        do_in_bulk(Doing("take"), [], staff.agent)
    run = do_in_bulk(Doing("take"), [case], staff.agent)
    with pytest.raises(Refused, match="not_allowed"):
        undo_bulk(run, staff.colleague)
    monkeypatch.setattr("tantam.desk.cases.actions.do_in_bulk.MOST", 0)
    with pytest.raises(Refused, match="too_many_chosen"):
        do_in_bulk(Doing("take"), [case], staff.agent)


def test_undoing_twice_undoes_once(hoa: Any, staff: Any) -> None:
    case = opened(hoa)
    run = do_in_bulk(Doing("settle", {"body": "Xong."}), [case], staff.agent)
    undo_bulk(run, staff.agent)
    undo_bulk(run, staff.agent)
    assert codes(case).count("reopened") == 1
    assert Actor.PERSON in case.events.filter(code="reopened").values_list("actor", flat=True)


def test_a_delivered_letter_does_not_keep_a_case_from_being_opened_again(hoa: Any, staff: Any) -> None:
    from tantam.desk.cases import outbox
    from tantam.desk.common import clock

    case = opened(hoa)
    run = do_in_bulk(Doing("settle", {"body": "Xong."}), [case], staff.agent)
    for message in Message.objects.filter(case=case, direction="outgoing", delivered_at=None):
        outbox.delivered(message, clock.now())
    undo_bulk(run, staff.agent)
    assert states(run) == [(case.pk, STATE.UNDONE, "")]


def test_settled_cases_are_refused_one_by_one(hoa: Any, staff: Any) -> None:
    done, free = opened(hoa), opened(hoa)
    resolve(done, staff.agent)
    add_note(free, staff.agent, "x")
    run = do_in_bulk(Doing("take"), [done, free], staff.agent)
    assert [state for _, state, _ in states(run)] == [STATE.REFUSED, STATE.DONE]


def test_presence_names_the_others_and_forgets_them(hoa: Any, staff: Any, clock: StandingClock) -> None:
    from tantam.desk.cases import presence

    case = opened(hoa)
    assert presence.looking(case, staff.agent) == []
    assert [each.person for each in presence.typing(case, staff.colleague)] == [staff.agent]
    (other,) = presence.looking(case, staff.agent)
    assert other.person == staff.colleague and other.typing
    clock.set_to(clock.instant + timedelta(seconds=13))
    presence.looking(case, staff.colleague)
    (other,) = presence.looking(case, staff.agent)
    assert not other.typing
    presence.leave(case, staff.colleague)
    assert presence.looking(case, staff.agent) == []
    clock.set_to(clock.instant + timedelta(seconds=21))
    assert presence.others(case, staff.colleague) == []


def test_ready_text_of_a_run_is_filled_in_for_each_customer(hoa: Any, staff: Any) -> None:
    macro = keep_macro(staff.agent, WrittenMacro("Xong", {"vi": "{greeting} Phiếu {reference} đã xong."}))
    case = opened(hoa)
    do_in_bulk(Doing("settle", {"macro": str(macro.pk)}), [case], staff.agent)
    said = case.messages.order_by("-id")[0].body
    assert case.reference in said and "{" not in said


def test_case_whose_text_would_lack_something_is_refused(hoa: Any, staff: Any) -> None:
    macro = keep_macro(staff.agent, WrittenMacro("Xong", {"vi": "Sản phẩm {product} đã xong."}))
    run = do_in_bulk(Doing("settle", {"macro": str(macro.pk)}), [opened(hoa)], staff.agent)
    assert [each.why for each in run.items.all()] == ["macro_lacks"]


def test_nobody_sends_a_colleagues_own_text(hoa: Any, staff: Any) -> None:
    macro = keep_macro(staff.colleague, WrittenMacro("Riêng", {"vi": "Chỉ của tôi."}, personal=True))
    run = do_in_bulk(Doing("settle", {"macro": str(macro.pk)}), [opened(hoa)], staff.agent)
    assert [each.why for each in run.items.all()] == ["no_such_macro"]


def test_at_most_so_many_are_done_while_one_waits(hoa: Any, staff: Any, clock: StandingClock) -> None:
    cases = [opened(hoa) for _ in range(26)]
    few = do_in_bulk(Doing("take"), cases[:25], staff.agent)
    assert not few.items.exclude(state=STATE.DONE).exists()
    assert not DueWork.objects.filter(kind="bulk_do").exists()
    undo_bulk(few, staff.agent)
    assert not few.items.exclude(state=STATE.UNDONE).exists()
    assert not DueWork.objects.filter(kind="bulk_undo").exists()
    many = do_in_bulk(Doing("tag", {"name": "Gấp"}), cases, staff.colleague)
    left = DueWork.objects.get(kind="bulk_do")
    assert many.items.filter(state=STATE.TODO).count() == 26
    assert (left.payload, left.due_at, many.at) == ({"run": many.pk}, clock.instant, clock.instant)
    go_on(left.payload)
    undo_bulk(many, staff.colleague)
    back = DueWork.objects.get(kind="bulk_undo")
    assert many.items.filter(state=STATE.DONE).count() == 26
    assert (back.payload, back.due_at) == ({"run": many.pk}, clock.instant)
    go_on_undoing(back.payload)
    assert not many.items.exclude(state=STATE.UNDONE).exists() and not CaseTag.objects.exists()


def test_asked_to_undo_what_was_not_done_yet_is_never_done(hoa: Any, staff: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("tantam.desk.cases.actions.do_in_bulk.AT_ONCE", 0)
    cases = [opened(hoa), opened(hoa)]
    run = do_in_bulk(Doing("take"), cases, staff.agent)
    do_next(run)
    asked = undo_bulk(run, staff.agent)
    go_on({"run": run.pk})
    assert states(asked) == [(each.pk, STATE.UNDONE, "") for each in cases]
    assert [codes(each).count("taken") for each in cases] == [1, 0]
    assert asked.undo_asked_at is not None


def test_a_run_goes_in_order_and_back_in_reverse(hoa: Any, staff: Any) -> None:
    cases = [opened(hoa) for _ in range(3)]
    run = do_in_bulk(Doing("take"), cases, staff.agent)
    taken = CaseEvent.objects.filter(code="taken").order_by("pk").values_list("case_id", flat=True)
    assert list(taken) == [each.pk for each in cases]
    undo_bulk(run, staff.agent)
    given = CaseEvent.objects.filter(code="handed_over").order_by("pk").values_list("case_id", flat=True)
    assert list(given) == [each.pk for each in reversed(cases)]


def test_one_run_leaves_anothers_cases(hoa: Any, staff: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("tantam.desk.cases.actions.do_in_bulk.AT_ONCE", 0)
    first, second = (do_in_bulk(Doing("take"), [opened(hoa)], staff.agent) for _ in range(2))
    go_on({"run": first.pk})
    assert [states(each)[0][1] for each in (first, second)] == [STATE.DONE, STATE.TODO]
    go_on({"run": second.pk})
    undo_bulk(first, staff.agent)
    assert [states(each)[0][1] for each in (first, second)] == [STATE.UNDONE, STATE.DONE]


def test_why_it_was_refused_is_kept_with_what_its_sentence_names(hoa: Any, staff: Any) -> None:
    case = opened(hoa)
    take(case, staff.colleague)
    item = do_in_bulk(Doing("take"), [case], staff.agent).items.get()
    assert (item.state, item.why, item.args) == (STATE.REFUSED, "has_owner", {"owner": "Nam"})
    assert item.before["owner"] == staff.colleague.pk
    with pytest.raises(Refused) as refused:
        do_in_bulk(Doing("take"), [case] * 501, staff.agent)
    assert (refused.value.code, refused.value.arguments) == ("too_many_chosen", {"most": 500})
