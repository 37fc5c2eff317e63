"""Joining, parting and writing at the same moment: one is first, no circle closes, nobody waits for ever."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tantam.desk.cases import joined
from tantam.desk.cases.actions import merge, part, pin, receive, reply, settle_pin, tag, unmerge, unpart
from tantam.desk.cases.models import Case, Pin, Tag
from tantam.desk.common.errors import Refused
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.together import together

ROUNDS = 4


@pytest.fixture
def staff(transactional_db: None, clock: StandingClock) -> Iterator[desk.Staff]:
    """People at a desk whose changes are really committed, so that two connections see them."""
    desk.put_in_force()
    yield desk.hire()


def failures(results: list[Any]) -> list[Any]:
    """Return what went wrong otherwise than by being refused."""
    return [each for each in results if isinstance(each, Exception) and not isinstance(each, Refused)]


def test_two_joined_to_each_other_at_once_make_no_circle(staff: desk.Staff) -> None:
    hoa = desk.customer()
    for _ in range(ROUNDS):
        a, b = desk.opened(hoa), desk.opened(hoa)
        results = together(lambda a=a, b=b: merge(a, staff.agent, b), lambda a=a, b=b: merge(b, staff.colleague, a))
        assert not failures(results)
        assert len([each for each in results if isinstance(each, Refused)]) == 1
        assert len({joined.target(Case.objects.get(pk=each.pk)).pk for each in (a, b)}) == 1


def test_three_joined_in_a_ring_at_once_make_no_circle(staff: desk.Staff) -> None:
    hoa = desk.customer()
    for _ in range(ROUNDS):
        ring = [desk.opened(hoa) for _ in range(3)]
        deeds = [
            lambda one=one, other=other: merge(one, staff.agent, other) for one, other in zip(ring, ring[1:] + ring[:1])
        ]
        results = together(*deeds)
        assert not failures(results)
        assert len([each for each in results if isinstance(each, Refused)]) == 1
        assert len({joined.target(Case.objects.get(pk=each.pk)).pk for each in ring}) == 1


def test_word_and_joining_at_once_lose_nothing(staff: desk.Staff) -> None:
    hoa = desk.customer()
    for each in range(ROUNDS):
        a, b = desk.opened(hoa), desk.opened(hoa)
        results = together(
            lambda a=a, n=each: receive(a, f"Còn nữa {n}.", channel="web"),
            lambda a=a, b=b: merge(a, staff.agent, b),
            lambda b=b: reply(b, staff.colleague, "Vâng."),
        )
        assert not [each for each in results if isinstance(each, Exception)]
        assert results[0].case_id in (a.pk, b.pk)


def test_joining_and_undoing_at_once_end_in_one_of_both(staff: desk.Staff) -> None:
    hoa = desk.customer()
    a, b, c = (desk.opened(hoa) for _ in range(3))
    merge(a, staff.agent, b)
    results = together(
        lambda: unmerge(a, staff.agent), lambda: merge(b, staff.colleague, c), lambda: reply(b, staff.agent, "?")
    )
    assert not failures(results)
    assert joined.target(Case.objects.get(pk=a.pk)) == a
    assert joined.target(Case.objects.get(pk=b.pk)) == c


def test_parting_undone_twice_at_once_is_undone_once(staff: desk.Staff) -> None:
    case = desk.opened(desk.customer())
    word = receive(case, "Việc khác.", channel="web")
    parting = part(case, staff.agent, [word.pk])
    results = together(lambda: unpart(parting, staff.agent), lambda: unpart(parting, staff.colleague))
    assert not failures(results)
    assert [each.code for each in results if isinstance(each, Refused)] == ["part_undone"]


def test_question_settled_by_two_is_settled_by_one(staff: desk.Staff) -> None:
    case = desk.opened(desk.customer())
    asked = pin(case, staff.agent, "Ở đâu?", kind=Pin.Kind.QUESTION)
    results = together(
        lambda: settle_pin(asked, staff.agent, "Đây."), lambda: settle_pin(asked, staff.colleague, "Kia.")
    )
    assert [each.code for each in results if isinstance(each, Refused)] == ["pin_settled"]


def test_new_tag_by_two_at_once_is_one_tag(staff: desk.Staff) -> None:
    hoa = desk.customer()
    a, b = desk.opened(hoa), desk.opened(hoa)
    results = together(lambda: tag(a, staff.agent, "Gấp"), lambda: tag(b, staff.colleague, "gap"))
    assert not failures(results) and Tag.objects.count() == 1


def test_taking_apart_and_answering_the_younger_one_wait_for_each_other_in_one_order(staff: desk.Staff) -> None:
    for each in range(2 * ROUNDS):
        older, younger = desk.opened(desk.customer(mail=f"{each}@a.example")), desk.opened(desk.customer())
        merge(older, staff.agent, younger, sure=True)
        results = together(
            lambda one=older: unmerge(one, staff.agent),
            lambda one=younger: reply(one, staff.colleague, "Vâng."),
            lambda one=older: receive(one, "Còn một chuyện.", channel="web"),
        )
        assert not failures(results), results
