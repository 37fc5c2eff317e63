"""Conversations that ended are drawn to be reviewed: each once, none lost, by the plan of the instant when it ended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tantam.desk.accounts.models import Person
from tantam.desk.cases import actions
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common import clock as desk_clock
from tantam.desk.reviews.drawing import draw
from tantam.desk.reviews.models import LookedThrough, Review
from tantam.desk.spam.actions import call_case_spam
from tests.support.clock import StandingClock
from tests.support.desk import codes, opened
from tests.support.reviewed import BY_SPECIALISTS, draw_all


@pytest.fixture
def settled(hoa: Any, staff: Any, clock: StandingClock) -> Any:
    """Conversations that Mai leads and settles, while every one is drawn."""
    draw()
    draw_all()

    def settle(case: Case | None = None, by: Person | None = None) -> Case:
        clock.forward(minutes=1)
        found = actions.resolve(actions.take(case or opened(hoa), by or staff.agent), by or staff.agent, "Xong rồi ạ.")
        clock.forward(minutes=1)
        return found

    return settle


def test_what_ended_is_drawn_once_with_its_day_and_whose_it_was(settled: Any, staff: Any) -> None:
    case = settled()
    assert (draw(), draw()) == (1, 0)
    review = Review.objects.get()
    assert (review.case, review.person, review.form, review.provider) == (case, staff.agent, "talk", "")
    assert review.due_at >= desk_clock.now() + timedelta(days=6)
    event = case.events.get(code="quality_drawn")
    assert (event.clause, event.args["review"], event.actor) == ("quality.talk", review.pk, "plan")


def test_opened_and_settled_again_it_is_not_drawn_twice(settled: Any, staff: Any, clock: StandingClock) -> None:
    case = settled()
    draw()
    clock.forward(days=40)
    actions.reopen(case, by=Actor.PERSON, person=staff.agent, reason="Còn kêu.")
    settled(case)
    assert draw() == 0 and Review.objects.count() == 1


def test_what_ended_while_no_worker_ran_is_drawn_by_the_plan_of_then(settled: Any, clock: StandingClock) -> None:
    settled()
    clock.forward(days=60)
    assert draw() == 1


def test_before_the_rate_counted_and_before_the_first_look_nothing_is_drawn(
    hoa: Any, staff: Any, clock: StandingClock
) -> None:
    draw_all()
    actions.resolve(actions.take(opened(hoa), staff.agent), staff.agent, "Xong.")
    clock.forward(minutes=5)
    assert draw() == 0, "an installation does not begin with what is past"
    clock.forward(hours=3)
    assert draw() == 0


def test_a_look_that_was_broken_off_loses_nothing(settled: Any, clock: StandingClock) -> None:
    settled()
    draw()
    settled()
    LookedThrough.objects.update(until=clock.instant - timedelta(hours=2))
    assert draw() == 1 and Review.objects.count() == 2


def test_what_was_written_just_before_the_last_look_and_not_seen_by_it_is_drawn(
    settled: Any, clock: StandingClock
) -> None:
    settled()
    LookedThrough.objects.update(until=clock.instant)
    clock.forward(minutes=5)
    assert draw() == 1


def test_spam_and_what_no_person_answered_are_no_conversations(
    settled: Any, hoa: Any, staff: Any, clock: StandingClock
) -> None:
    call_case_spam(opened(hoa), staff.manager)
    clock.forward(minutes=1)
    assert draw() == 0
    assert "quality_drawn" not in codes(Case.objects.get())


def test_a_providers_conversation_is_drawn_by_its_own_share(settled: Any, staff: Any, hoa: Any) -> None:
    carrier = Person.objects.create(
        email="xe@desk.example", name="Xe", level="agent", provider="carriers", undo_seconds=0
    )
    cases = []
    for _ in range(20):
        case = opened(hoa)
        Case.objects.filter(pk=case.pk).update(provider="carriers")
        case.refresh_from_db()
        cases.append(settled(case, carrier))
    assert draw() < 10, "5 % of theirs, though all of the house's"
    assert set(Review.objects.values_list("provider", flat=True)) <= {"carriers"}


def test_the_plan_names_the_level_that_reviews_and_the_day(hoa: Any, staff: Any, clock: StandingClock) -> None:
    draw()
    draw_all(BY_SPECIALISTS)
    clock.forward(minutes=1)
    actions.resolve(actions.take(opened(hoa), staff.agent), staff.agent, "Xong.")
    clock.forward(minutes=1)
    draw()
    found = Review.objects.get()
    assert found.level == "specialist" and found.due_at <= clock.instant + timedelta(days=5)
