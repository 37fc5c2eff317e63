"""Colleagues share a case: they watch, are named, pin, tag, link, and fill in what the plan asks."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.desk.cases import mentions
from tantam.desk.cases.actions import (
    add_note,
    fill_in,
    hand_over,
    link,
    pin,
    read_mentions,
    settle_pin,
    tag,
    unlink,
    unpin,
    untag,
    unwatch,
    watch,
)
from tantam.desk.cases.facts import known_of
from tantam.desk.cases.models import Case, Mention, Pin, Tag
from tantam.desk.common.errors import Refused
from tantam.desk.plans import BadFact, Standing
from tests.support.clock import StandingClock
from tests.support.desk import codes, opened


@pytest.fixture
def case(hoa: Any) -> Case:
    return opened(hoa)


def test_watching_twice_is_watching_once(case: Case, staff: Any) -> None:
    assert watch(case, staff.colleague) == watch(case, staff.colleague)
    assert [each.person for each in case.watchers.all()] == [staff.colleague] and codes(case).count("watched") == 1
    assert unwatch(case, staff.colleague) and not unwatch(case, staff.colleague)


def test_who_is_named_in_a_note_has_it_unread(case: Case, staff: Any) -> None:
    add_note(case, staff.agent, "Nhờ @Nam xem giúp, @bình biết giá. Thư gửi a@mai.example, @ai đó.")
    named = Mention.objects.values_list("person__name", flat=True)
    assert sorted(named) == ["Bình", "Nam"] and "mentioned" in codes(case)
    assert mentions.unread(staff.colleague) == 1 and mentions.unread(staff.agent) == 0
    assert read_mentions(case, staff.colleague) == 1 and mentions.unread(staff.colleague) == 0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Trần Thị Mai ơi", ["Trần Thị Mai"]),
        ("@tran thi mai.", ["Trần Thị Mai"]),
        ("@Mai", []),
        ("@Trần", ["Trần Thị Mai"]),
        ("@Mai Lan, @Mai Lan", ["Mai Lan"]),
        ("x@Trần @@Trần @", []),
        ("@Weiß", ["Jörg Weiß"]),
    ],
)
def test_name_that_two_share_names_nobody(staff: Any, text: str, found: list[str]) -> None:
    people = [
        type(staff.agent)(pk=at, name=name) for at, name in enumerate(["Trần Thị Mai", "Mai Lan", "Jörg Weiß"], 1)
    ]
    assert [each.name for each in mentions.named(text, people)] == found


def test_question_is_settled_with_what_was_learned(case: Case, staff: Any, clock: StandingClock) -> None:
    asked = pin(case, staff.agent, "  Máy mua ở\n đâu? ", kind=Pin.Kind.QUESTION)
    assert asked.words == "Máy mua ở đâu?"
    settle_pin(asked, staff.colleague, "Ở cửa hàng số 2.")
    asked.refresh_from_db()
    assert (asked.settled_at, asked.learned) == (clock.instant, "Ở cửa hàng số 2.")
    with pytest.raises(Refused, match="pin_settled"):
        settle_pin(asked, staff.agent, "Khác.")
    assert codes(case)[-2:] == ["pinned", "pin_settled"]


def test_pin_is_short_says_something_and_comes_off(case: Case, staff: Any) -> None:
    for words, code in (("", "says_nothing"), ("x" * 301, "too_long")):
        with pytest.raises(Refused, match=code):
            pin(case, staff.agent, words)
    made = pin(case, staff.agent, "Khách dùng máy trợ thính.")
    assert unpin(made, staff.agent) and not case.pins.exists()
    for _ in range(20):
        pin(case, staff.agent, "Một")
    with pytest.raises(Refused, match="too_many"):
        pin(case, staff.agent, "Một")


def test_tag_is_one_word_however_it_is_written(case: Case, staff: Any, hoa: Any) -> None:
    first = tag(case, staff.agent, "#Đổi trả")
    assert tag(opened(hoa), staff.agent, "doi tra") == first and Tag.objects.count() == 1
    assert tag(case, staff.agent, "ĐỔI TRẢ") == first and codes(case).count("tagged") == 1
    assert untag(case, staff.agent, first) and not untag(case, staff.agent, first)


def test_link_is_seen_from_both_and_kept_once(case: Case, staff: Any, hoa: Any) -> None:
    younger = opened(hoa)
    made = link(case, staff.agent, younger)
    assert (made.case, made.other) == (younger, case)
    assert link(younger, staff.agent, case, "cause").pk == made.pk
    assert codes(case).count("linked") == codes(younger).count("linked") == 2
    assert unlink(made, staff.agent) and not younger.links.exists()
    with pytest.raises(Refused, match="merge_itself"):
        link(case, staff.agent, case)


def test_what_is_filled_in_is_known_of_the_case(case: Case, staff: Any, plan: Any, clock: StandingClock) -> None:
    fill_in(case, staff.agent, {"condition": "like_new", "no_such_term": "x", "level": "manager"})
    again = Case.objects.get(pk=case.pk)
    assert again.fields == {"condition": "like_new"}
    fact = known_of(again, plan, clock.instant)["condition"]
    assert (fact.value, fact.standing) == ("like_new", Standing.RECORDED)
    fill_in(again, staff.colleague, {"condition": ""})
    assert Case.objects.get(pk=case.pk).fields == {}
    told = case.events.filter(code="filled_in").order_by("id").values_list("args", flat=True)
    assert list(told) == [
        {"facts": {"condition": "like_new"}, "before": {}},
        {"facts": {"condition": ""}, "before": {"condition": "like_new"}},
    ]


def test_what_the_plan_cannot_read_is_not_filled_in(case: Case, staff: Any) -> None:
    with pytest.raises(BadFact):
        fill_in(case, staff.agent, {"condition": "splendid"})
    assert Case.objects.get(pk=case.pk).fields == {}


def test_two_who_fill_in_at_once_both_see_it(case: Case, staff: Any) -> None:
    seen = case.events.order_by("-id")[0].pk
    fill_in(case, staff.agent, {"condition": "like_new"}, seen=seen)
    with pytest.raises(Refused, match="changed_meanwhile"):
        fill_in(case, staff.colleague, {"condition": "used"}, seen=seen)


def test_customer_is_told_who_looks_after_them_now(case: Case, staff: Any) -> None:
    hand_over(case, staff.agent, staff.agent)
    told = case.messages.filter(direction="outgoing").count()
    hand_over(case, staff.agent, staff.colleague)
    letters = case.messages.filter(direction="outgoing").order_by("id")
    assert letters.count() == told + 1 and "Nam" in letters.last().body
    hand_over(case, staff.colleague, "specialist")
    assert letters.count() == told + 1, "nobody has it yet"


def test_outsider_shares_nothing(case: Case, staff: Any) -> None:
    verbs = [
        lambda: watch(case, staff.outsider),
        lambda: pin(case, staff.outsider, "x"),
        lambda: tag(case, staff.outsider, "x"),
        lambda: fill_in(case, staff.outsider, {}),
    ]
    for verb in verbs:
        with pytest.raises(Refused, match="not_allowed"):
            verb()


def test_who_does_not_see_the_case_is_not_named_on_it(hoa: Any, staff: Any) -> None:
    staff.colleague.provider = "carriers"
    staff.colleague.save(update_fields=["provider"])
    add_note(opened(hoa), staff.agent, "@Nam xem giúp.")
    assert not Mention.objects.exists()


def test_settling_one_question_leaves_the_others_open(case: Case, staff: Any) -> None:
    first, second = (pin(case, staff.agent, each, kind=Pin.Kind.QUESTION) for each in ("Ở đâu?", "Khi nào?"))
    settled = settle_pin(first, staff.agent, " Ở kho. ")
    assert (settled.learned, settled.settled_at is not None) == ("Ở kho.", True)
    assert list(case.pins.filter(settled_at=None)) == [second]
    told = case.events.filter(code__in=("pinned", "pin_settled")).order_by("pk")
    assert [each.args for each in told] == [{"pin": each.pk, "sort": "question"} for each in (first, second, first)]


def test_taking_one_pin_or_tag_off_leaves_the_others(case: Case, staff: Any, hoa: Any) -> None:
    message = case.messages.order_by("pk")[0]
    first, second = pin(case, staff.agent, "Một", message=message), pin(case, staff.agent, "Hai")
    one, two = tag(case, staff.agent, "Một"), tag(case, staff.agent, "Hai")
    other = opened(hoa)
    tag(other, staff.agent, "Một")
    assert (first.message, first.kind, first.person) == (message, "highlight", staff.agent)
    first_pk = first.pk
    unpin(first, staff.agent)
    untag(case, staff.agent, one)
    assert list(case.pins.all()) == [second] and [each.tag for each in case.tags.all()] == [two]
    assert [each.tag for each in other.tags.all()] == [one]
    said = {each.code: each.args for each in case.events.order_by("pk")}
    assert said["unpinned"] == {"pin": first_pk, "sort": "highlight"}
    assert said["untagged"] == {"tag": one.pk, "name": "Một"}


def test_what_is_off_already_leaves_no_event(case: Case, staff: Any, hoa: Any) -> None:
    pinned, tagged, linked = (
        pin(case, staff.agent, "Một"),
        tag(case, staff.agent, "x"),
        link(case, staff.agent, opened(hoa)),
    )
    watch(case, staff.agent)
    again = [
        lambda: unpin(pinned, staff.agent),
        lambda: untag(case, staff.agent, tagged),
        lambda: unlink(linked, staff.agent),
        lambda: unwatch(case, staff.agent),
    ]
    pinned_pk, linked_pk = pinned.pk, linked.pk
    assert [each() for each in again] == [True] * 4
    pinned.pk, linked.pk = pinned_pk, linked_pk
    before = codes(case)
    assert [each() for each in again] == [False] * 4
    assert codes(case) == before


def test_others_go_on_watching(case: Case, staff: Any, hoa: Any) -> None:
    for person in (staff.agent, staff.colleague):
        watch(case, person)
    elsewhere = opened(hoa)
    watch(elsewhere, staff.agent)
    unwatch(case, staff.agent)
    assert [each.person for each in case.watchers.all()] == [staff.colleague]
    assert [each.person for each in elsewhere.watchers.all()] == [staff.agent]


def test_only_ones_own_mentions_on_the_case_are_read(case: Case, staff: Any, hoa: Any, clock: StandingClock) -> None:
    other = opened(hoa)
    for each in (case, other):
        add_note(each, staff.agent, "@Nam và @Bình xem giúp.")
    assert read_mentions(case, staff.colleague) == 1
    assert [each.read_at for each in Mention.objects.exclude(read_at=None)] == [clock.instant]
    assert (mentions.unread(staff.colleague), mentions.unread(staff.specialist)) == (1, 2)
    assert read_mentions(case, staff.colleague) == 0


def test_each_case_tells_the_others_reference(case: Case, staff: Any, hoa: Any) -> None:
    younger = opened(hoa)
    made = link(case, staff.agent, younger, "cause")
    unlink(made, staff.agent)
    for one, other in ((case, younger), (younger, case)):
        said = {each.code: each.args for each in one.events.order_by("pk")}
        wanted = {"case": other.pk, "reference": other.reference, "sort": "cause"}
        assert (said["linked"], said["unlinked"]) == (wanted, wanted)


def test_only_what_changed_is_told_of_what_was_filled_in(case: Case, staff: Any) -> None:
    fill_in(case, staff.agent, {"condition": " like_new ", "fault": "ours"})
    fill_in(case, staff.agent, {"condition": "used", "fault": "ours"})
    before = codes(case)
    fill_in(case, staff.agent, {"condition": "used"})
    assert codes(case) == before, "nothing changed"
    told = case.events.filter(code="filled_in").latest("pk").args
    assert told == {"facts": {"condition": "used"}, "before": {"condition": "like_new"}}
    assert Case.objects.get(pk=case.pk).fields == {"condition": "used", "fault": "ours"}
