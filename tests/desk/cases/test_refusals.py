"""What a verb refuses for a reason of its own: with which words for the reader, at which bound, leaving nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tantam.desk.cases import actions
from tantam.desk.cases.drafts import Pressed
from tantam.desk.cases.models import Case
from tantam.desk.cases.vows import Vow
from tantam.desk.common import clock as desk_clock
from tantam.desk.plans import departments, in_force
from tests.desk.cases.test_every_verb import is_refused, named, who_name
from tests.support import verbs
from tests.support.clock import StandingClock
from tests.support.desk import customer, opened
from tests.support.verbs import VERBS, World

HELD_ELSEWHERE = {"not_allowed", "already_resolved", "is_merged", "changed_meanwhile"}  # for all verbs alike
SECOND = timedelta(seconds=1)


@pytest.fixture
def world(hoa: Any, staff: Any, clock: StandingClock) -> World:
    return World(opened(hoa), hoa, staff)


# ------------------------------------------------------------------- words

LONG = 20_000
Says = Callable[[World, str], object]

WORDS: dict[str, tuple[int, Says]] = {
    "add_note": (LONG, lambda w, words: actions.add_note(w.case, w.staff.agent, words)),
    "ask_customer": (LONG, lambda w, words: actions.ask_customer(w.case, w.staff.agent, words)),
    "ask_department": (LONG, lambda w, words: actions.ask_department(w.case, w.staff.agent, _diagnosis(), words)),
    "deescalate": (LONG, lambda w, words: actions.deescalate(w.case, w.staff.agent, words)),
    "escalate": (LONG, lambda w, words: actions.escalate(w.case, w.staff.agent, note=words)),
    "except_limit": (LONG, lambda w, words: actions.except_limit(w.case, w.staff.agent, words)),
    "grade": (LONG, lambda w, words: actions.grade(w.case, w.staff.agent, "critical", note=words)),
    "hand_over": (LONG, lambda w, words: actions.hand_over(w.case, w.staff.agent, "specialist", note=words)),
    "keep_draft": (LONG, lambda w, words: actions.keep_draft(w.case, w.staff.agent, words)),
    "keep_promise": (LONG, lambda w, words: actions.keep_promise(_word_given(w), w.staff.agent, note=words)),
    "pin": (300, lambda w, words: actions.pin(w.case, w.staff.agent, words)),
    "reply": (LONG, lambda w, words: actions.reply(w.case, w.staff.agent, words)),
    "resolve": (LONG, lambda w, words: actions.resolve(w.case, w.staff.agent, words)),
    "send": (LONG, lambda w, words: actions.send(w.case, w.staff.agent, Pressed(words))),
    "settle_pin": (500, lambda w, words: actions.settle_pin(w.case.pins.get(), w.staff.agent, words)),
    "tag": (40, lambda w, words: actions.tag(w.case, w.staff.agent, words)),
}
IN_A_LETTER = ("move_promise", "withdraw_promise")  # what is bounded is the letter that the words stand in
NOTED = ("escalate", "grade", "hand_over", "keep_promise")  # a note goes with it where somebody writes one


@pytest.mark.parametrize("verb", [each for each in who_name("too_long") if each not in IN_A_LETTER])
def test_so_many_characters_and_not_one_more(verb: str, world: World) -> None:
    VERBS[verb](world)
    most, says = WORDS[verb]
    refused = is_refused("too_long", lambda: says(world, "x" * (most + 1)))
    assert refused.arguments == {"most": most}
    says(world, "x" * most)


@pytest.mark.parametrize("verb", [each for each in who_name("says_nothing") if each != "promise"])
def test_blanks_say_nothing(verb: str, world: World) -> None:
    VERBS[verb](world)
    is_refused("says_nothing", lambda: WORDS[verb][1](world, " \n\x00\t"))


@pytest.mark.parametrize("verb", NOTED)
@pytest.mark.parametrize(("words", "kept"), [("  ", []), ("Xem giúp. ", ["Xem giúp."])])
def test_a_note_is_kept_where_one_was_written(verb: str, words: str, kept: list[str], world: World) -> None:
    VERBS[verb](world)
    WORDS[verb][1](world, words)
    notes = world.case.messages.filter(direction="note")
    assert [(each.body, each.author) for each in notes] == [(each, world.staff.agent) for each in kept]


def _diagnosis() -> Any:
    return departments.named(in_force(), "workshop", "diagnosis")


def _word_given(world: World) -> Any:
    return world.case.promises.get(by_hand=True)


# ------------------------------------------------- what each has of its own

Deed = Callable[[], object]
Told = dict[str, Any]


def _nothing_owed(w: World) -> tuple[Deed, Told]:
    recurring = departments.named(in_force(), "workshop", "faulty_batches")
    assert recurring is not None
    return lambda: actions.ask_department(w.case, w.staff.agent, recurring, "Danh sách."), {}


def _no_level_above(w: World) -> tuple[Deed, Told]:
    Case.objects.update(level="director")
    return lambda: actions.escalate(w.case, w.staff.manager), {}


def _still_away(w: World) -> tuple[Deed, Told]:
    actions.take(w.case, w.staff.agent)
    verbs.absence(w.staff.agent, w.staff.colleague)
    actions.receive(w.case, "Alo?", channel="web")
    return lambda: actions.give_back(w.case, w.staff.colleague), {"owner": "Mai"}


def _back_beyond_level(w: World) -> tuple[Deed, Told]:
    deed = VERBS["give_back"](w)
    Case.objects.filter(pk=w.case.pk).update(level="specialist", severity="critical")
    return lambda: deed(w.staff.specialist), {"level": "specialist"}


def _not_theirs(w: World) -> tuple[Deed, Told]:
    w.staff.colleague.provider = "carriers"
    w.staff.colleague.save(update_fields=["provider"])
    return lambda: actions.hand_over(w.case, w.staff.agent, w.staff.colleague), {"name": "Nam"}


def _handed_beyond_level(w: World) -> tuple[Deed, Told]:
    Case.objects.update(level="specialist", severity="critical")
    return lambda: actions.hand_over(w.case, w.staff.specialist, w.staff.agent), {"level": "specialist"}


def _taken_beyond_level(w: World) -> tuple[Deed, Told]:
    Case.objects.update(level="specialist", severity="critical")
    return lambda: actions.take(w.case, w.staff.agent), {"level": "specialist"}


def _has_owner(w: World) -> tuple[Deed, Told]:
    actions.take(w.case, w.staff.agent)
    return lambda: actions.take(w.case, w.staff.colleague), {"owner": "Mai"}


def _kept_already(verb: str) -> Callable[[World], tuple[Deed, Told]]:
    def ready(w: World) -> tuple[Deed, Told]:
        deed = VERBS[verb](w)
        actions.keep_promise(_word_given(w), w.staff.agent)
        return lambda: deed(w.staff.agent), {}

    return ready


def _by_the_plan(verb: Callable[..., object], *more: Any) -> Callable[[World], tuple[Deed, Told]]:
    return lambda w: (lambda: verb(w.case.promises.filter(by_hand=False)[0], w.staff.agent, *more), {})


def _excepted_for_nothing(w: World) -> tuple[Deed, Told]:
    VERBS["except_limit"](w)
    return lambda: actions.except_limit(w.case, w.staff.agent, " "), {}


def _moved_to(due: timedelta, reason: str = "Em bận.", lasts: timedelta | None = None) -> Any:
    def ready(w: World) -> tuple[Deed, Told]:
        word, at = verbs.word_given(w), desk_clock.now() + due
        ends = at + lasts if lasts is not None else None
        told = {"got": at.strftime("%Y-%m-%d %H:%M")} if due <= timedelta(0) else {}
        return lambda: actions.move_promise(word, w.staff.agent, at, reason, ends=ends), told

    return ready


def _sent_at(later: timedelta) -> Any:
    return _given(lambda w: actions.send(w.case, w.staff.agent, Pressed("Dạ vâng.", at=desk_clock.now() + later)))


def _moved_at_length(w: World) -> tuple[Deed, Told]:
    word, at = verbs.word_given(w), desk_clock.now() + SECOND
    return lambda: actions.move_promise(word, w.staff.agent, at, "x" * LONG), {"most": LONG}


def _withdrawn_at_length(w: World) -> tuple[Deed, Told]:
    word = verbs.word_given(w)
    return lambda: actions.withdraw_promise(word, w.staff.agent, "x" * LONG), {"most": LONG}


def _withdrawn_for_nothing(w: World) -> tuple[Deed, Told]:
    word = verbs.word_given(w)
    return lambda: actions.withdraw_promise(word, w.staff.agent, " \n"), {}


def _promised(due: timedelta, lasts: timedelta | None = None, words: str = "Em gọi.") -> Any:
    def ready(w: World) -> tuple[Deed, Told]:
        at = desk_clock.now() + due
        vow = Vow(words=words, due=at, ends=at + lasts if lasts is not None else None, kind="appointment")
        told = {"got": at.strftime("%Y-%m-%d %H:%M")} if due <= timedelta(0) else {}
        return lambda: actions.promise(w.case, w.staff.agent, vow), told

    return ready


def _others_case(w: World) -> tuple[Deed, Told]:
    into = opened(customer("Lê Văn Nam", "nam@example.com"))
    return lambda: actions.merge(w.case, w.staff.agent, into), {"into": into.reference, "name": "Lê Văn Nam"}


def _into_resolved(w: World) -> tuple[Deed, Told]:
    into = actions.resolve(verbs.another(w), w.staff.agent)
    return lambda: actions.merge(w.case, w.staff.agent, into), {"into": into.reference}


def _unparted_into_resolved(w: World) -> tuple[Deed, Told]:
    parting = verbs.parting(w)
    actions.resolve(w.case, w.staff.agent)
    return lambda: actions.unpart(parting, w.staff.agent), {"into": w.case.reference}


def _parted_case_joined(w: World) -> tuple[Deed, Told]:
    parting, into = verbs.parting(w), verbs.another(w)
    actions.merge(parting.new_case, w.staff.agent, into)
    return lambda: actions.unpart(parting, w.staff.agent), {"into": into.reference}


def _twice(verb: str, **told: Any) -> Callable[[World], tuple[Deed, Told]]:
    def ready(w: World) -> tuple[Deed, Told]:
        deed = VERBS[verb](w)
        deed(w.staff.agent)
        return lambda: deed(w.staff.agent), told

    return ready


def _full(verb: str, once: Callable[[World, int], object], most: int) -> Callable[[World], tuple[Deed, Told]]:
    def ready(w: World) -> tuple[Deed, Told]:
        for at in range(most):
            once(w, at)
        deed = VERBS[verb](w)
        return lambda: deed(w.staff.agent), {"most": most}

    return ready


def _fifty_links(w: World) -> tuple[Deed, Told]:
    youngest = verbs.linked_to_fifty(w)
    return lambda: actions.link(youngest, w.staff.agent, w.case), {"most": 50}


def _settled_before(w: World) -> tuple[Deed, Told]:
    actions.resolve(w.case, w.staff.agent)
    return lambda: actions.send(w.case, w.staff.agent, Pressed("Xong.", settles=True)), {}


def _settled_unread(w: World) -> tuple[Deed, Told]:
    seen = w.case.events.order_by("-pk")[0].pk
    verbs.second_word(w)
    return lambda: actions.send(w.case, w.staff.agent, Pressed("Xong.", settles=True, seen=seen)), {}


def _asleep_until(after: timedelta) -> Callable[[World], tuple[Deed, Told]]:
    def ready(w: World) -> tuple[Deed, Told]:
        verbs.answered(w)
        return lambda: actions.snooze(w.case, w.staff.agent, desk_clock.now() + after), {}

    return ready


def _due_within_the_hour(w: World) -> tuple[Deed, Told]:
    Case.objects.filter(pk=w.case.pk).update(next_due_at=desk_clock.now() + timedelta(hours=1))
    return lambda: actions.snooze(w.case, w.staff.agent), {}


def _gone_out(verb: Callable[..., object], made: Callable[[World], Any]) -> Callable[[World], tuple[Deed, Told]]:
    def ready(w: World) -> tuple[Deed, Told]:
        it = made(w)
        verbs.held(w)
        return lambda: verb(type(it).objects.get(pk=it.pk), w.staff.agent), {}

    return ready


def _of_another(w: World) -> tuple[Deed, Told]:
    held = verbs.held(w)
    return lambda: actions.take_back(held, w.staff.colleague), {"person": "Mai"}


def _given(deed: Callable[[World], object], **told: Any) -> Callable[[World], tuple[Deed, Told]]:
    return lambda w: (lambda: deed(w), told)


NOW, FAR = timedelta(0), timedelta(days=731)

OWN: dict[tuple[str, str], list[Callable[[World], tuple[Deed, Told]]]] = {
    ("ask_department", "nothing_owed"): [_nothing_owed],
    ("decline_by_limit", "unknown_limit"): [_given(lambda w: actions.decline_by_limit(w.case, w.staff.agent, "none"))],
    ("deescalate", "no_level_below"): [_given(lambda w: actions.deescalate(w.case, w.staff.agent, "Xong."))],
    ("discard_draft", "already_out"): [_gone_out(actions.discard_draft, verbs.draft), _twice("discard_draft")],
    ("drop_file", "draft_gone"): [_gone_out(actions.drop_file, verbs.file_of_draft)],
    ("escalate", "unknown_reason"): [_given(lambda w: actions.escalate(w.case, w.staff.agent, reason="soon"))],
    ("escalate", "no_level_above"): [_no_level_above],
    ("except_limit", "no_limit"): [_given(lambda w: actions.except_limit(w.case, w.staff.agent, "Vì thế."))],
    ("give_back", "nobody_was_away"): [_given(lambda w: actions.give_back(w.case, w.staff.agent)), _twice("give_back")],
    ("give_back", "still_away"): [_still_away],
    ("give_back", "beyond_level"): [_back_beyond_level],
    ("grade", "unknown_severity"): [_given(lambda w: actions.grade(w.case, w.staff.agent, "splendid"))],
    ("hand_over", "unknown_level"): [_given(lambda w: actions.hand_over(w.case, w.staff.agent, "wizard"))],
    ("hand_over", "beyond_level"): [_handed_beyond_level],
    ("hand_over", "not_theirs"): [_not_theirs],
    ("keep_promise", "promise_ended"): [_twice("keep_promise")],
    ("keep_promise", "not_by_hand"): [_by_the_plan(actions.keep_promise)],
    ("except_limit", "needs_reason"): [_excepted_for_nothing],
    ("link", "too_many"): [_fifty_links],
    ("link", "merge_itself"): [_given(lambda w: actions.link(w.case, w.staff.agent, w.case))],
    ("merge", "merge_itself"): [_given(lambda w: actions.merge(w.case, w.staff.agent, w.case))],
    ("merge", "merge_into_resolved"): [_into_resolved],
    ("merge", "merge_other_customer"): [_others_case],
    ("move_promise", "promise_ended"): [_kept_already("move_promise")],
    ("move_promise", "not_by_hand"): [_by_the_plan(actions.move_promise, verbs.soon, "Em bận.")],
    ("move_promise", "needs_reason"): [_moved_to(SECOND, " \x00")],
    ("move_promise", "too_long"): [_moved_at_length],
    ("move_promise", "not_a_time"): [_moved_to(NOW), _moved_to(-SECOND)],
    ("move_promise", "too_far"): [_moved_to(FAR + SECOND), _moved_to(FAR, lasts=SECOND)],
    ("move_promise", "ends_before"): [_moved_to(SECOND, lasts=NOW)],
    ("part", "part_nothing"): [_given(lambda w: actions.part(w.case, w.staff.agent, [1]))],
    ("part", "part_everything"): [
        _given(lambda w: actions.part(w.case, w.staff.agent, w.case.messages.values_list("pk", flat=True)))
    ],
    ("pin", "too_many"): [_full("pin", lambda w, at: actions.pin(w.case, w.staff.agent, f"{at}"), 20)],
    ("promise", "says_nothing"): [_promised(SECOND, words=" \n\x00")],
    ("promise", "not_a_time"): [_promised(NOW), _promised(-SECOND)],
    ("promise", "too_far"): [_promised(FAR + SECOND), _promised(FAR, SECOND)],
    ("promise", "ends_before"): [_promised(SECOND, NOW)],
    ("send", "already_resolved"): [_settled_before],
    ("send", "changed_meanwhile"): [_settled_unread],
    ("send", "not_ahead"): [_sent_at(NOW), _sent_at(-SECOND), _sent_at(timedelta(days=366) + SECOND)],
    ("settle_pin", "pin_settled"): [_twice("settle_pin")],
    ("snooze", "not_ahead"): [_asleep_until(NOW), _asleep_until(timedelta(days=366) + SECOND)],
    ("snooze", "owed_soon"): [_due_within_the_hour],
    ("tag", "too_many"): [_full("tag", lambda w, at: actions.tag(w.case, w.staff.agent, f"{at}"), 20)],
    ("take", "has_owner"): [_has_owner],
    ("take", "beyond_level"): [_taken_beyond_level],
    ("take_back", "already_out"): [_twice("take_back")],
    ("take_back", "not_yours_to_take_back"): [_of_another],
    ("take_over", "draft_gone"): [_gone_out(actions.take_over, verbs.draft)],
    ("unmerge", "not_merged"): [_given(lambda w: actions.unmerge(w.case, w.staff.agent)), _twice("unmerge")],
    ("unpart", "part_undone"): [_twice("unpart")],
    ("unpart", "is_merged"): [_parted_case_joined],
    ("unpart", "merge_into_resolved"): [_unparted_into_resolved],
    ("wake", "not_asleep"): [_twice("wake")],
    ("withdraw_promise", "promise_ended"): [_kept_already("withdraw_promise"), _twice("withdraw_promise")],
    ("withdraw_promise", "not_by_hand"): [_by_the_plan(actions.withdraw_promise, "Xong.")],
    ("withdraw_promise", "needs_reason"): [_withdrawn_for_nothing],
    ("withdraw_promise", "too_long"): [_withdrawn_at_length],
}


@pytest.mark.parametrize(
    ("code", "ready"),
    [
        pytest.param(code, ready, id=f"{verb}-{code}-{at}")
        for (verb, code), all_ in OWN.items()
        for at, ready in enumerate(all_)
    ],
)
def test_refused_in_words_with_nothing_left(code: str, ready: Any, world: World) -> None:
    deed, told = ready(world)
    assert is_refused(code, deed).arguments == told


def test_every_refusal_that_a_docstring_names_is_tried() -> None:
    tried = OWN.keys() | {(verb, "too_long") for verb in WORDS} | {(verb, "says_nothing") for verb in WORDS}
    told = {(verb, code) for verb in VERBS for code in named(verb) if code not in HELD_ELSEWHERE}
    assert told - tried == set() and {each for each in OWN if each[1] not in named(each[0])} == set()


def test_linking_again_is_no_link_more(world: World) -> None:
    youngest = verbs.linked_to_fifty(world)
    again = actions.link(youngest.links.order_by("pk")[0].other, world.staff.agent, youngest, "cause")
    assert (again.kind, youngest.links.count()) == ("cause", 50)
