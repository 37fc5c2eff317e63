"""A review: who may make it and who reads it, four eyes, what it comes to, and that history counts it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.http import Http404

from tantam.desk.accounts.models import Person, Role
from tantam.desk.cases import actions as case_actions
from tantam.desk.cases.models import Case
from tantam.desk.common.errors import Refused
from tantam.desk.privacy import emptying
from tantam.desk.reviews.access import reviews_for, waiting_for
from tantam.desk.reviews.actions import Verdict, review
from tantam.desk.reviews.drawing import draw
from tantam.desk.reviews.models import Review
from tests.support.clock import StandingClock
from tests.support.desk import opened
from tests.support.reviewed import BY_SPECIALISTS, EVERY, FOUR_EYES, MARKS, draw_all

POOR = MARKS | {"right": "no"}


@pytest.fixture
def reviewer(staff: Any) -> Person:
    """Somebody whose work is to look at conversations."""
    return Person.objects.create(email="chi@desk.example", name="Chi", role=Role.REVIEWER)


@pytest.fixture
def drawn(hoa: Any, staff: Any, clock: StandingClock) -> Any:
    """Mai's conversation, drawn by a form."""

    def make(form: str = EVERY) -> Review:
        draw()
        draw_all(form)
        clock.forward(minutes=1)
        case_actions.resolve(case_actions.take(opened(hoa), staff.agent), staff.agent, "Xong rồi ạ.")
        clock.forward(minutes=1)
        draw()
        return Review.objects.get()

    return make


def _refusal(found: Review, person: Person, marks: Any = MARKS, remark: str = "") -> str:
    with pytest.raises(Refused) as refused:
        review(found, person, Verdict(marks, remark))
    return refused.value.code


def test_marks_come_to_points_by_the_plans_weights(drawn: Any, reviewer: Person) -> None:
    kept = review(drawn(), reviewer, Verdict(MARKS, " Gọi tên chị Hoa nữa nhé. "))
    assert (kept.points, kept.good, kept.state) == (88, True, Review.State.DONE)
    assert (kept.reviewed_by, kept.remark) == (reviewer, "Gọi tên chị Hoa nữa nhé.")
    event = kept.case.events.get(code="quality_reviewed")
    assert (event.person, event.clause, event.args["outcome"], event.args["points"]) == (
        reviewer,
        "quality.talk",
        "good",
        88,
    )


def test_without_what_is_indispensable_the_whole_is_not_good(drawn: Any, staff: Any) -> None:
    kept = review(drawn(), staff.manager, Verdict(POOR))
    assert (kept.points, kept.good) == (0, False)
    assert kept.case.events.get(code="quality_reviewed").args["outcome"] == "poor"


def test_nobody_reviews_their_own_conversation_or_one_in_which_they_wrote(drawn: Any, staff: Any) -> None:
    found = drawn()
    case_actions.reply(found.case, staff.manager, "Em là quản lý ạ.")
    assert _refusal(found, staff.manager) == "own_conversation"
    Review.objects.update(person=staff.specialist)
    with pytest.raises(Http404):
        review(found, staff.specialist, Verdict(MARKS))


def test_who_reviews_is_a_manager_a_reviewer_or_of_the_level_that_the_plan_names(
    drawn: Any, staff: Any, reviewer: Person
) -> None:
    found = drawn(BY_SPECIALISTS)
    auditor = Person.objects.create(email="k@desk.example", name="K", role=Role.AUDITOR)
    assert [list(waiting_for(each)) for each in (staff.manager, reviewer, staff.specialist)] == [[found]] * 3
    assert not waiting_for(staff.colleague) and not waiting_for(staff.agent) and not waiting_for(staff.outsider)
    assert _refusal(found, auditor) == "not_allowed"
    with pytest.raises(Http404):
        review(found, staff.colleague, Verdict(MARKS))
    assert review(found, staff.specialist, Verdict(MARKS)).is_done


def test_four_eyes_are_two_people_and_the_second_counts(drawn: Any, staff: Any, reviewer: Person) -> None:
    found = drawn(FOUR_EYES)
    first = review(found, reviewer, Verdict(MARKS))
    assert first.state == Review.State.SECOND and not first.case.events.filter(code="quality_reviewed").exists()
    assert _refusal(first, reviewer) == "own_conversation"
    assert not waiting_for(reviewer) and list(waiting_for(staff.manager)) == [found]
    done = review(first, staff.manager, Verdict(POOR))
    assert (done.state, done.good, done.reviewed_by, done.second_by) == (
        Review.State.DONE,
        False,
        reviewer,
        staff.manager,
    )


def test_what_is_missing_or_too_long_or_done_is_refused_and_changes_nothing(drawn: Any, reviewer: Person) -> None:
    found = drawn()
    assert _refusal(found, reviewer, {"heard": "yes"}) == "marks_missing"
    assert _refusal(found, reviewer, MARKS | {"time": "perhaps"}) == "marks_missing"
    assert _refusal(found, reviewer, MARKS, "a" * 2001) == "too_long"
    found.refresh_from_db()
    assert found.state == Review.State.WAITING and found.marks == {}
    review(found, reviewer, Verdict(MARKS))
    assert _refusal(found, reviewer, POOR) == "reviewed_already"


def test_whose_it_was_reads_it_once_it_is_done_and_no_colleague_does(drawn: Any, staff: Any, reviewer: Person) -> None:
    found = drawn()
    assert not reviews_for(staff.agent)
    review(found, reviewer, Verdict(MARKS))
    assert list(reviews_for(staff.agent)) == [found]
    assert not reviews_for(staff.colleague) and not reviews_for(staff.outsider)


def test_a_providers_lead_reads_its_peoples_and_another_houses_people_review_nothing(
    drawn: Any, staff: Any, reviewer: Person
) -> None:
    found = drawn()
    theirs = {"provider": "carriers", "undo_seconds": 0}
    lead = Person.objects.create(email="d@desk.example", name="D", role=Role.LEAD, **theirs)
    abroad = Person.objects.create(email="m@desk.example", name="M", role=Role.MANAGER, level="manager", **theirs)
    Review.objects.update(provider="carriers")
    Case.objects.update(provider="carriers")
    assert not reviews_for(lead) and not waiting_for(abroad)
    review(found, reviewer, Verdict(MARKS))
    assert list(reviews_for(lead)) == [found] and not reviews_for(abroad)


def test_the_remark_goes_with_the_customers_words_and_the_points_stay(drawn: Any, reviewer: Person) -> None:
    kept = review(drawn(), reviewer, Verdict(MARKS, "Chị Hoa rất bực."))
    with transaction.atomic():
        emptying.empty([kept.case_id])
    kept.refresh_from_db()
    assert (kept.remark, kept.points) == ("", 88)


def test_history_counts_it_under_whose_it_was(drawn: Any, reviewer: Person, clock: StandingClock, plan: Any) -> None:
    from tantam.desk import plans, reports
    from tantam.history.events import DESK
    from tantam.history.measures import NONE, Part

    found = drawn()
    review(found, reviewer, Verdict(POOR))
    clock.forward(minutes=1)
    over = reports.stretch("quarter", clock.instant + timedelta(minutes=1))
    for part in (Part(source=DESK), Part(source=DESK, provider=NONE), Part(source=DESK, person=str(found.person_id))):
        counted = reports.figures().measured(plans.in_force().definitions["quality"], over, part)
        assert (counted.n, counted.value) == (1, 0.0)
