"""Take, hand over, note, escalate, resolve, reopen, receive: who may, what it leaves, what refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tantam.desk.cases import actions
from tantam.desk.cases.models import Actor, Case, CaseEvent, Message, Promise
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tantam.desk.common.rows import insert
from tests.support.clock import StandingClock
from tests.support.desk import codes, opened, owed

BY_PERSON: dict[str, Callable[[Case, Any], object]] = {
    "take": lambda case, person: actions.take(case, person),
    "hand_over": lambda case, person: actions.hand_over(case, person, "specialist", note="Xem giúp."),
    "reply": lambda case, person: actions.reply(case, person, "Vâng."),
    "add_note": lambda case, person: actions.add_note(case, person, "Khách gọi lại."),
    "ask_customer": lambda case, person: actions.ask_customer(case, person, "Ảnh ạ?"),
    "resolve": lambda case, person: actions.resolve(case, person),
    "escalate": lambda case, person: actions.escalate(case, person),
    "reopen": lambda case, person: actions.reopen(case, by=Actor.PERSON, person=person),
}


@pytest.mark.parametrize("verb", BY_PERSON)
def test_outsider_cannot(verb: str, hoa: Any, staff: Any) -> None:
    case = opened(hoa)
    before = _everything()
    with pytest.raises(Refused) as refused:
        BY_PERSON[verb](case, staff.outsider)
    assert refused.value.code == "not_allowed"
    assert _everything() == before


@pytest.mark.parametrize("verb", [each for each in BY_PERSON if each != "reopen"])
def test_someone_who_left_cannot(verb: str, hoa: Any, staff: Any) -> None:
    staff.agent.is_active = False
    with pytest.raises(Refused, match="not_allowed"):
        BY_PERSON[verb](opened(hoa), staff.agent)


@pytest.mark.parametrize("verb", [each for each in BY_PERSON if each != "reopen"])
def test_failure_halfway_leaves_nothing_behind(
    verb: str, hoa: Any, staff: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = opened(hoa)
    before = _everything()
    last = {"n": 0}

    def fails_at_the_first_event(events: list[CaseEvent]) -> None:
        insert(events)
        last["n"] += 1
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("tantam.desk.cases.act.insert", fails_at_the_first_event)
    with pytest.raises(RuntimeError):
        BY_PERSON[verb](case, staff.agent)
    assert last["n"] and _everything() == before


def test_taking_makes_owner_and_event(hoa: Any, staff: Any, plan: Any) -> None:
    case = actions.take(opened(hoa), staff.agent)
    event = case.events.get(code="taken")
    assert case.owner == staff.agent
    assert (event.person, event.actor, event.plan_version_id) == (staff.agent, "person", plan.number)


def test_taking_twice_is_harmless(hoa: Any, staff: Any) -> None:
    case = opened(hoa)
    actions.take(case, staff.agent)
    actions.take(case, staff.agent)
    assert codes(case).count("taken") == 1


def test_a_case_with_an_owner_is_not_taken_silently(hoa: Any, staff: Any) -> None:
    case = actions.take(opened(hoa), staff.agent)
    with pytest.raises(Refused) as refused:
        actions.take(case, staff.colleague)
    assert refused.value.code == "has_owner" and "Mai" in refused.value.sentence()


def test_a_level_below_takes_no_case_above_it(hoa: Any, staff: Any) -> None:
    with pytest.raises(Refused, match="beyond_level"):
        actions.take(opened(hoa, told={"danger": "yes"}), staff.agent)


def test_a_level_above_may_take_a_case_below_it(hoa: Any, staff: Any) -> None:
    assert actions.take(opened(hoa), staff.specialist).owner == staff.specialist


def test_handing_over_to_a_colleague(hoa: Any, staff: Any) -> None:
    case = actions.take(opened(hoa), staff.agent)
    case = actions.hand_over(case, staff.agent, staff.specialist, note="Máy cháy hai lần.")
    assert (case.owner, case.level) == (staff.specialist, "specialist")
    note = case.messages.get(direction="note")
    assert (note.body, note.author) == ("Máy cháy hai lần.", staff.agent)
    assert case.events.get(code="handed_over").args["owner_before"] == staff.agent.pk


def test_taking_over_an_absent_colleagues_case(hoa: Any, staff: Any) -> None:
    case = actions.take(opened(hoa), staff.agent)
    assert actions.hand_over(case, staff.colleague, staff.colleague).owner == staff.colleague


def test_handing_over_to_a_level_leaves_it_for_whoever_takes_it(hoa: Any, staff: Any) -> None:
    case = actions.take(opened(hoa), staff.agent)
    case = actions.hand_over(case, staff.agent, "specialist")
    assert (case.owner, case.level) == (None, "specialist")


def test_handing_over_to_an_unknown_level_is_refused(hoa: Any, staff: Any) -> None:
    with pytest.raises(Refused, match="unknown_level"):
        actions.hand_over(opened(hoa), staff.agent, "wizard")


def test_handing_over_to_an_outsider_is_refused(hoa: Any, staff: Any) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        actions.hand_over(opened(hoa), staff.agent, staff.outsider)


def test_stale_form_does_not_hand_over(hoa: Any, staff: Any) -> None:
    case = opened(hoa)
    seen = case.events.order_by("-id")[0].pk
    actions.receive(case, "Còn một chuyện nữa.", channel="web")
    with pytest.raises(Refused, match="changed_meanwhile"):
        actions.hand_over(case, staff.agent, "specialist", seen=seen)
    assert Case.objects.get(pk=case.pk).level == "agent"


def test_stale_form_does_not_resolve(hoa: Any, staff: Any) -> None:
    case = opened(hoa)
    seen = case.events.order_by("-id")[0].pk
    actions.receive(case, "Còn một chuyện nữa.", channel="web")
    with pytest.raises(Refused, match="changed_meanwhile"):
        actions.resolve(case, staff.agent, seen=seen)


def test_delivery_of_a_mail_does_not_make_a_form_stale(hoa: Any, staff: Any, clock: StandingClock) -> None:
    from tantam.desk.cases import outbox

    case = opened(hoa)
    seen = case.events.order_by("-id")[0].pk
    outbox.delivered(case.messages.get(direction="outgoing"), clock.instant)
    assert actions.resolve(case, staff.agent, seen=seen).status == Case.Status.RESOLVED


def test_reply_reaches_the_outbox_and_makes_an_owner(hoa: Any, staff: Any) -> None:
    case = opened(hoa)
    message = actions.reply(case, staff.agent, "Mai chúng tôi đến.", handling_seconds=90)
    case.refresh_from_db()
    assert case.owner == staff.agent and case.last_words == "Mai chúng tôi đến."
    assert case.events.get(code="replied").handling_seconds == 90
    assert DueWork.objects.filter(key=f"message:{message.pk}").exists()


def test_replying_above_ones_level_makes_no_owner(hoa: Any, staff: Any) -> None:
    case = opened(hoa, told={"danger": "yes"})
    actions.reply(case, staff.agent, "Xin rút phích cắm ạ.")
    case.refresh_from_db()
    assert case.owner is None


def test_same_reply_twice_is_sent_once(hoa: Any, staff: Any) -> None:
    case = opened(hoa)
    first = actions.reply(case, staff.agent, "Vâng.", submission="s-1")
    assert actions.reply(case, staff.agent, "Vâng.", submission="s-1") == first
    assert codes(case).count("replied") == 1


def test_same_submission_on_another_case_is_another_reply(hoa: Any, staff: Any) -> None:
    one, other = opened(hoa), opened(hoa)
    assert actions.reply(one, staff.agent, "A", submission="s") != actions.reply(
        other, staff.agent, "A", submission="s"
    )


def test_a_note_is_no_last_word_and_keeps_no_promise(hoa: Any, staff: Any) -> None:
    case = opened(hoa)
    actions.add_note(case, staff.agent, "Khách rất buồn.", handling_seconds=30)
    case.refresh_from_db()
    assert "buồn" not in case.last_words
    assert owed(case, "first_reply").state == Promise.State.OWED


def test_escalating_goes_one_level_up_by_the_plan(hoa: Any, staff: Any) -> None:
    case = actions.take(opened(hoa), staff.agent)
    case = actions.escalate(case, staff.agent, note="Quá khó.")
    assert (case.level, case.owner) == ("specialist", staff.agent)
    event = case.events.get(code="escalated")
    assert (event.clause, event.args["reason"]) == ("levels.agent.escalates_to", "asked")


def test_nobody_is_above_the_top(hoa: Any, staff: Any) -> None:
    case = opened(hoa)
    Case.objects.filter(pk=case.pk).update(level="director")
    with pytest.raises(Refused, match="no_level_above"):
        actions.escalate(case, staff.manager, note="Hm.")
    assert not case.messages.filter(direction="note").exists()


def test_resolving_tells_the_customer_in_her_language(hoa: Any, staff: Any) -> None:
    case = actions.resolve(opened(hoa), staff.agent, handling_seconds=120)
    assert (case.status, case.resolved_at is not None) == (Case.Status.RESOLVED, True)
    assert case.messages.filter(direction="outgoing").count() == 2
    assert case.events.get(code="resolved").handling_seconds == 120


@pytest.mark.parametrize("verb", ["take", "hand_over", "ask_customer", "resolve", "escalate"])
def test_a_resolved_case_refuses(verb: str, hoa: Any, staff: Any) -> None:
    case = actions.resolve(opened(hoa), staff.agent)
    with pytest.raises(Refused, match="already_resolved"):
        BY_PERSON[verb](case, staff.colleague)


def test_customers_word_reopens_a_resolved_case_with_new_promises(hoa: Any, staff: Any, clock: StandingClock) -> None:
    case = actions.resolve(opened(hoa), staff.agent)
    clock.forward(days=1)
    actions.receive(case, "Lại hỏng rồi.", channel="mail")
    case.refresh_from_db()
    assert (case.status, case.reopened, case.owner, case.resolved_at) == (Case.Status.OPEN, 1, staff.agent, None)
    assert owed(case, "first_reply").made_at == clock.instant
    assert case.next_due_at is not None
    assert codes(case)[-3 - 1 :].count("promised") >= 2


def test_an_open_case_is_not_reopened(hoa: Any) -> None:
    with pytest.raises(Refused, match="not_resolved"):
        actions.reopen(opened(hoa))


def test_reopening_by_the_customer_keeps_her_reason_as_her_words(hoa: Any, staff: Any) -> None:
    case = actions.resolve(opened(hoa), staff.agent)
    actions.reopen(case, reason="Vẫn chưa được.")
    assert case.messages.filter(direction="incoming", body="Vẫn chưa được.").exists()


def test_same_mail_received_twice_is_one_message(hoa: Any) -> None:
    case = opened(hoa)
    first = actions.receive(case, "Alo?", channel="mail", message_id="<x@y>")
    assert actions.receive(case, "Alo?", channel="mail", message_id="<x@y>") == first
    assert codes(case).count("received") == 1


def test_events_are_appended_in_order_of_their_ids(hoa: Any, staff: Any) -> None:
    case = opened(hoa)
    for _ in range(3):
        actions.reply(case, staff.agent, "Vâng.")
    found = list(case.events.order_by("id"))
    assert [each.at for each in found] == sorted(each.at for each in found)
    assert codes(case)[-1] == "replied"


def _everything() -> list[Any]:
    counted: list[Any] = [each.objects.count() for each in (Message, Promise, CaseEvent, DueWork)]
    return [*counted, *Case.objects.values_list("status", "owner", "level", "last_words", "next_due_at")]


@pytest.mark.parametrize("code", ["replied", "asked", "noted", "resolved"])
def test_the_time_it_took_is_kept_with_what_was_done(code: str, hoa: Any, staff: Any) -> None:
    case, agent = opened(hoa), staff.agent
    deeds: dict[str, Callable[[], object]] = {
        "replied": lambda: actions.reply(case, agent, "Vâng.", handling_seconds=90),
        "asked": lambda: actions.ask_customer(case, agent, "Ảnh ạ?", handling_seconds=90),
        "noted": lambda: actions.add_note(case, agent, "Khách gọi.", handling_seconds=90),
        "resolved": lambda: actions.resolve(case, agent, handling_seconds=90),
    }
    deeds[code]()
    told = case.events.get(code=code)
    said = case.messages.latest("pk") if code == "noted" else case.messages.filter(direction="outgoing").latest("pk")
    assert (told.handling_seconds, told.args, said.author) == (90, {"message": said.pk}, agent)


@pytest.mark.parametrize("verb", ["reply", "ask_customer", "add_note"])
def test_the_same_form_sent_again_gives_the_same_words(verb: str, hoa: Any, staff: Any) -> None:
    case = opened(hoa)
    said = getattr(actions, verb)(case, staff.agent, "Vâng.", submission="s-1")
    before = _everything()
    assert getattr(actions, verb)(case, staff.agent, "Vâng.", submission="s-1") == said and _everything() == before
    assert getattr(actions, verb)(case, staff.agent, "Vâng.", submission="s-2") != said


def test_a_colleague_who_opens_a_case_again_leaves_the_reason_as_a_note(hoa: Any, staff: Any) -> None:
    case = actions.resolve(opened(hoa), staff.agent)
    actions.reopen(case, by=Actor.PERSON, person=staff.agent, reason=" Khách gọi lại. ")
    note = case.messages.get(direction="note")
    assert (note.body, note.author) == ("Khách gọi lại.", staff.agent)
    told = case.events.get(code="reopened")
    assert (told.actor, told.person) == ("person", staff.agent)


@pytest.mark.parametrize("by_customer", [True, False])
def test_a_case_is_opened_again_without_a_reason_too(by_customer: bool, hoa: Any, staff: Any) -> None:
    case = actions.resolve(opened(hoa), staff.agent)
    said = case.messages.count()
    who: dict[str, Any] = {} if by_customer else {"by": Actor.PERSON, "person": staff.agent}
    assert actions.reopen(case, reason="  ", **who).status == Case.Status.OPEN
    assert case.messages.count() == said


def test_a_case_at_a_level_that_the_plan_no_longer_has_goes_to_who_handles_it(hoa: Any, staff: Any) -> None:
    case = opened(hoa)
    Case.objects.filter(pk=case.pk).update(level="gone")
    assert actions.take(case, staff.agent).owner == staff.agent
    Case.objects.filter(pk=case.pk).update(owner=None, severity="serious")
    with pytest.raises(Refused) as refused:
        actions.take(case, staff.agent)
    assert refused.value.code == "beyond_level"


def test_who_writes_without_a_level_does_not_become_the_owner(hoa: Any, staff: Any) -> None:
    case = opened(hoa)
    staff.manager.level = ""
    actions.reply(case, staff.manager, "Vâng.")
    assert Case.objects.get(pk=case.pk).owner is None
    actions.reply(case, staff.agent, "Vâng.")
    actions.reply(case, staff.colleague, "Vâng.")
    assert Case.objects.get(pk=case.pk).owner == staff.agent, "it had an owner already"


def test_who_is_handed_a_case_without_a_level_takes_it_as_it_stands(hoa: Any, staff: Any) -> None:
    case = opened(hoa)
    given = actions.hand_over(case, staff.agent, staff.specialist)
    assert (given.level, given.events.filter(code="handed_over").latest("pk").args) == (
        "specialist",
        {"owner_before": None, "owner": staff.specialist.pk, "level": "specialist"},
    )
    back = actions.hand_over(case, staff.specialist, "agent")
    assert (back.owner, back.level) == (None, "agent")
    assert back.events.filter(code="handed_over").latest("pk").args == {
        "owner_before": staff.specialist.pk,
        "owner": None,
        "level": "agent",
    }


def test_what_a_case_begins_with_is_told_whole(hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa, subject="Máy kêu")
    told = case.events.get(code="opened")
    assert {name: said for name, said in told.args.items() if name != "recorded"} == {
        "reference": case.reference,
        "customer": str(hoa.pk),
        "purchase": None,
        "channel": "web",
        "topic": "faulty",
        "stage": "after",
        "severity": "normal",
        "level": "agent",
        "language": "vi",
        "groups": ["new"],
        "facts": {"danger": "no"},
    }
    assert told.clause == "triage#faulty" and told.args["recorded"]["topic"] == "faulty"
    first = case.messages.order_by("pk")[0]
    assert (first.direction, first.channel, first.body, first.written_at) == (
        "incoming",
        "web",
        "Máy giặt kêu to.",
        clock.instant,
    )
    assert (case.subject, case.last_words, case.last_at, case.last_direction) == (
        "Máy kêu",
        "Máy giặt kêu to.",
        clock.instant,
        "incoming",
    )
    assert case.next_due_at == min(each.due_at for each in case.promises.all())
