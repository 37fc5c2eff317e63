"""How it was: one tap on the customer's page, changed for a week, counted once, and never by what only looks."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.desk import plans
from tantam.desk.cases.actions import merge, receive, resolve
from tantam.desk.cases.models import Case, CaseEvent, Message
from tantam.desk.common.models import DueWork
from tantam.desk.customers import consent
from tantam.desk.customers.models import Customer, Purpose
from tantam.desk.feedback import asking
from tantam.desk.feedback.models import Rating
from tantam.desk.notices.listening import NOTIFY
from tantam.desk.notices.making import notify
from tantam.desk.notices.models import Notice
from tantam.desk.plans import ratings
from tests.desk.portal.pages import Visitor, text
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.drafts import enacted


@pytest.fixture
def case(hoa: Customer, staff: desk.Staff) -> Case:
    return resolve(desk.opened(hoa), staff.agent)


def _page(case: Case) -> str:
    return f"/c/{case.link_key}/"


def _give(visitor: Visitor, case: Case, score: int, words: str = "") -> Any:
    return visitor.client.post(f"{_page(case)}rating/", {"score": score, "words": words})


def _agrees(hoa: Customer) -> None:
    consent.keep(hoa, None, consent.Word(Purpose.SURVEY.value), given=True)


def test_settled_case_asks_the_plans_question(visitor: Visitor, case: Case) -> None:
    page = visitor.get(_page(case))
    assert "Are you pleased?" in text(page)
    assert all(f'name="score" value="{each}"' in page.content.decode() for each in range(1, 6))


def test_open_case_asks_nothing(visitor: Visitor, hoa: Customer) -> None:
    case = desk.opened(hoa)
    assert "Are you pleased?" not in text(visitor.get(_page(case)))
    assert "Just now we ask nothing" in text(visitor.get(f"{_page(case)}rating/"))
    assert _give(visitor, case, 5).status_code == 422


def test_one_tap_counts_and_words_may_follow(visitor: Visitor, case: Case) -> None:
    assert _give(visitor, case, 4).status_code == 302
    assert "You said: 4" in text(visitor.get(f"{_page(case)}rating/"))
    _give(visitor, case, 4, "Nhanh lắm.")
    found = Rating.objects.get()
    assert (found.score, found.words, found.low, found.high) == (4, "Nhanh lắm.", 1, 5)
    (told,) = CaseEvent.objects.filter(code="rated")
    assert (told.args["outcome"], told.args["poor"], told.clause) == ("pleased", 0, "surveys.after_case")
    assert "Nhanh" not in str(told.args)


def test_score_on_the_scale_of_before_is_none_on_the_new_one(
    visitor: Visitor, case: Case, staff: desk.Staff, clock: StandingClock
) -> None:
    _give(visitor, case, 4, "Nhanh lắm.")
    clock.forward(days=1)
    enacted(staff.manager, r"scale: 1\.\.5", "scale: 0..10")
    page = visitor.get(f"{_page(case)}rating/")
    assert "You said: 4/5" in text(page) and 'type="hidden" name="score"' not in page.content.decode()
    assert page.content.decode().count("given") == 0 and 'name="score" value="10"' in page.content.decode()
    _give(visitor, case, 4)
    found = Rating.objects.get()
    assert (found.score, found.high, found.words) == (4, 10, "Nhanh lắm.")
    told = (
        CaseEvent.objects.filter(code="rated").order_by("id").values_list("args__score", "args__high", "args__outcome")
    )
    assert list(told) == [(4, 5, "pleased"), (4, 10, "not_pleased")]
    assert "You said: 4/10" in text(visitor.get(f"{_page(case)}rating/"))


@pytest.mark.parametrize(
    ("score", "outcome", "poor"), [(5, "pleased", 0), (3, "not_pleased", 0), (2, "not_pleased", 1)]
)
def test_plan_says_what_is_pleased_and_what_is_poor(
    visitor: Visitor, case: Case, score: int, outcome: str, poor: int
) -> None:
    _give(visitor, case, score)
    args = CaseEvent.objects.get(code="rated").args
    assert (args["outcome"], args["poor"]) == (outcome, poor)


@pytest.mark.parametrize(("score", "told"), [(2, 1), (3, 0)])
def test_who_has_the_case_is_told_of_what_the_plan_wants_seen_to(
    visitor: Visitor, case: Case, staff: desk.Staff, score: int, told: int
) -> None:
    _give(visitor, case, score)
    _tell()
    assert Notice.objects.filter(person=staff.agent, code="rated").count() == told


def test_looking_counts_for_nothing(visitor: Visitor, case: Case) -> None:
    for query in ("", "?score=1", "?score=5"):
        assert visitor.get(f"{_page(case)}rating/{query}").status_code == 200
        assert visitor.client.head(f"{_page(case)}rating/{query}").status_code == 200
    assert not Rating.objects.exists() and not CaseEvent.objects.filter(code="rated").exists()


def test_it_is_changed_for_a_week_and_no_longer(visitor: Visitor, case: Case, clock: StandingClock) -> None:
    _give(visitor, case, 1)
    clock.forward(days=6, hours=23)
    assert _give(visitor, case, 5).status_code == 302
    assert Rating.objects.get().score == 5
    clock.forward(hours=2)
    refused = _give(visitor, case, 1)
    assert refused.status_code == 422 and "can no longer be changed" in text(refused)
    assert Rating.objects.get().score == 5
    assert "You said: 5" in text(visitor.get(_page(case)))


def test_same_again_is_no_other_event(visitor: Visitor, case: Case) -> None:
    for _ in range(3):
        _give(visitor, case, 3)
    assert desk.codes(case).count("rated") == 1


def test_nobody_rates_for_the_customer_whose_case_theirs_was_joined_to(
    visitor: Visitor, hoa: Customer, staff: desk.Staff
) -> None:
    lam, whole = desk.opened(desk.customer("Trần Văn Lâm", "lam@example.com")), desk.opened(hoa)
    merge(lam, staff.agent, into=whole, sure=True)
    resolve(whole, staff.agent)
    assert _give(visitor, lam, 1).status_code == 422 and not Rating.objects.exists()
    assert _give(visitor, whole, 5).status_code == 302


@pytest.mark.parametrize("score", ["0", "6", "x", "", "99999999999999999999"])
def test_what_is_no_score_is_refused(visitor: Visitor, case: Case, score: str) -> None:
    assert visitor.client.post(f"{_page(case)}rating/", {"score": score}).status_code == 422
    assert not Rating.objects.exists()


def test_too_many_words_come_back(visitor: Visitor, case: Case) -> None:
    _give(visitor, case, 3)
    answer = _give(visitor, case, 3, "đ" * 2001)
    assert answer.status_code == 422 and "đ" * 2001 in answer.content.decode()


@pytest.mark.parametrize("language", ["vi", "de", "en"])
def test_page_speaks_three_languages(case: Case, clock: StandingClock, language: str) -> None:
    page = Visitor(clock, language).get(f"{_page(case)}rating/")
    assert page.status_code == 200 and f'<html lang="{language}"' in page.content.decode()


def test_unknown_link_is_not_found(visitor: Visitor, case: Case) -> None:
    assert visitor.get(f"/c/{'0' * 22}/rating/").status_code == 404
    assert visitor.client.post(f"/c/{'0' * 22}/rating/", {"score": 5}).status_code == 404


def test_who_agreed_is_asked_by_letter_once_when_the_plan_says(
    hoa: Customer, staff: desk.Staff, clock: StandingClock
) -> None:
    _agrees(hoa)
    case = resolve(desk.opened(hoa), staff.agent)
    assert not _letters(case)
    clock.forward(days=2)
    _run(case)
    (letter,) = _letters(case)
    assert f"/c/{case.link_key}/rating/" in letter.body and letter.purpose == Purpose.SURVEY
    assert desk.codes(case).count("rating_asked") == 1
    receive(case, "Cảm ơn.", channel="web")
    resolve(case, staff.agent)
    clock.forward(days=3)
    _run(case)
    assert len(_letters(case)) == 1


def test_who_came_again_is_asked_by_letter_as_long_after_the_last_settling(
    hoa: Customer, staff: desk.Staff, clock: StandingClock
) -> None:
    _agrees(hoa)
    case = resolve(desk.opened(hoa), staff.agent)
    clock.forward(days=1)
    receive(case, "Máy lại kêu.", channel="web")
    resolve(case, staff.agent)
    clock.forward(days=1)
    _run(case)
    assert not _letters(case)
    clock.forward(days=1)
    _run(case)
    assert len(_letters(case)) == 1


def test_who_did_not_agree_is_asked_on_the_page_alone(case: Case, clock: StandingClock) -> None:
    assert not DueWork.objects.filter(kind=asking.ASK).exists()


def test_who_rated_or_came_again_gets_no_letter(visitor: Visitor, hoa: Customer, staff: desk.Staff) -> None:
    _agrees(hoa)
    rated, open_again = (resolve(desk.opened(hoa), staff.agent) for _ in range(2))
    _give(visitor, rated, 5)
    receive(open_again, "Vẫn kêu.", channel="web")
    visitor.clock.forward(days=3)
    for each in (rated, open_again):
        _run(each)
        assert not _letters(each)


def test_nobody_is_asked_more_often_than_the_plan_says(hoa: Customer, staff: desk.Staff, clock: StandingClock) -> None:
    _agrees(hoa)
    cases = [resolve(desk.opened(hoa), staff.agent) for _ in range(2)]
    clock.forward(days=3)
    for each in cases:
        _run(each)
    assert [len(_letters(each)) for each in cases] == [1, 0]


def test_plan_that_asks_nothing_asks_nothing(plan: Any) -> None:
    assert ratings.asked_once_settled(plans.in_force(), "en", stage="after", groups=()) is not None
    quiet = type("Quiet", (), {"surveys": {}})
    running = plans.RunningPlan(plans.in_force().row, quiet)  # type: ignore[arg-type]
    assert ratings.asked_once_settled(running, "en", stage="after", groups=()) is None


def _tell() -> None:
    for each in DueWork.objects.filter(kind=NOTIFY):
        notify(each.payload)


def _letters(case: Case) -> list[Message]:
    return list(case.messages.filter(purpose=Purpose.SURVEY.value))


def _run(case: Case) -> None:
    for each in DueWork.objects.filter(kind=asking.ASK, payload__case=case.pk):
        asking.ask(each.payload)
