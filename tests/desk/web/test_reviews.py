"""The pages of reviews: what waits, the form by hand, what is found is read by whose it was, and how it adds up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tantam.desk.accounts.models import Person, Role
from tantam.desk.cases import actions as case_actions
from tantam.desk.reviews.actions import Verdict, review
from tantam.desk.reviews.drawing import draw
from tantam.desk.reviews.models import Review
from tests.support.clock import StandingClock
from tests.support.desk import opened
from tests.support.reviewed import FOUR_EYES, MARKS, draw_all

PAGE = "/desk/reviews/"
SENT = {f"mark-{line}": mark for line, mark in MARKS.items()}


@pytest.fixture
def reviewer(staff: Any) -> Person:
    """Somebody whose work is to look at conversations."""
    return Person.objects.create(email="chi@desk.example", name="Chi", role=Role.REVIEWER)


@pytest.fixture
def drawn(hoa: Any, staff: Any, clock: StandingClock) -> list[Review]:
    """Three conversations of Mai's that are drawn."""
    draw()
    draw_all()
    for _ in range(3):
        clock.forward(minutes=1)
        case_actions.resolve(case_actions.take(opened(hoa), staff.agent), staff.agent, "Xong rồi ạ.")
    clock.forward(minutes=1)
    draw()
    return list(Review.objects.order_by("id"))


def _text(browser: Client, address: str = PAGE) -> str:
    return browser.get(address).content.decode()


def test_a_reviewer_finds_it_reads_the_conversation_and_says_how_it_went(
    drawn: list[Review], reviewer: Person, sign_in: Callable[[Person], Client]
) -> None:
    browser, address = sign_in(reviewer), f"{PAGE}{drawn[0].pk}/"
    assert address in _text(browser)
    page = _text(browser, address)
    assert "Xong rồi ạ." in page and "Uses the name, in the right form" in page and 'name="mark-right"' in page
    answer = browser.post(address, SENT | {"remark": "Tốt lắm."})
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    drawn[0].refresh_from_db()
    assert (drawn[0].points, drawn[0].remark, drawn[0].reviewed_by) == (88, "Tốt lắm.", reviewer)


def test_a_form_with_a_line_left_out_comes_back_as_it_was_written(
    drawn: list[Review], reviewer: Person, sign_in: Callable[[Person], Client]
) -> None:
    answer = sign_in(reviewer).post(f"{PAGE}{drawn[0].pk}/", {"mark-heard": "no", "remark": "Chưa xong"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "Chưa xong" in page and 'role="alert"' in page
    assert 'value="no" required checked' in page


def test_whose_it_was_reads_what_was_found_and_finds_nothing_to_press(
    drawn: list[Review], staff: Any, reviewer: Person, sign_in: Callable[[Person], Client]
) -> None:
    browser, address = sign_in(staff.agent), f"{PAGE}{drawn[0].pk}/"
    assert browser.get(address).status_code == 404
    review(drawn[0], reviewer, Verdict(MARKS, "Gọi tên chị Hoa nữa nhé."))
    assert address in _text(browser)
    page = _text(browser, address)
    assert "Gọi tên chị Hoa nữa nhé." in page and 'name="mark-right"' not in page
    assert sign_in(staff.colleague).get(address).status_code == 404


def test_who_may_not_look_at_it_is_told_so_and_shown_no_form(
    drawn: list[Review], staff: Any, sign_in: Callable[[Person], Client]
) -> None:
    case_actions.reply(drawn[0].case, staff.manager, "Em là quản lý ạ.")
    page = _text(sign_in(staff.manager), f"{PAGE}{drawn[0].pk}/")
    assert 'name="mark-right"' not in page and '<form class="stack"' not in page


def test_of_four_eyes_the_second_person_sees_who_looked_first(
    hoa: Any, staff: Any, reviewer: Person, clock: StandingClock, sign_in: Callable[[Person], Client]
) -> None:
    draw()
    draw_all(FOUR_EYES)
    clock.forward(minutes=1)
    case_actions.resolve(case_actions.take(opened(hoa), staff.agent), staff.agent, "Xong rồi ạ.")
    clock.forward(minutes=1)
    draw()
    found = Review.objects.get()
    review(found, reviewer, Verdict(MARKS))
    page = _text(sign_in(staff.manager), f"{PAGE}{found.pk}/")
    assert "Chi" in page and 'value="no" required checked' in page


def test_the_list_asks_as_much_for_many_as_for_one(
    drawn: list[Review], staff: Any, reviewer: Person, sign_in: Callable[[Person], Client]
) -> None:
    browser = sign_in(staff.agent)
    review(drawn[0], reviewer, Verdict(MARKS))
    _text(browser)
    with CaptureQueriesContext(connection) as one:
        _text(browser)
    for each in drawn[1:]:
        review(each, reviewer, Verdict(MARKS))
    with CaptureQueriesContext(connection) as three:
        _text(browser)
    assert len(three) == len(one)


def test_who_sees_all_reads_how_it_adds_up(
    drawn: list[Review], staff: Any, reviewer: Person, clock: StandingClock, sign_in: Callable[[Person], Client]
) -> None:
    for each in drawn:
        review(each, reviewer, Verdict(MARKS))
    clock.forward(minutes=1)
    page = _text(sign_in(staff.manager))
    assert "review-figures" in page and staff.agent.name in page
    assert "review-figures" not in _text(sign_in(staff.agent))


def test_where_the_plan_draws_nothing_the_page_teaches(
    plan: Any, staff: Any, sign_in: Callable[[Person], Client]
) -> None:
    assert sign_in(staff.outsider).get(PAGE).status_code == 404
    assert sign_in(staff.agent).get(PAGE).status_code == 200
