"""What a procedure leaves to the customer by a day: a new one goes out before the old one is back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from tantam.desk.cases.actions import receive, resolve, take
from tantam.desk.cases.models import Case
from tantam.desk.claims.actions import file_claim
from tantam.desk.common import clock as clocks
from tantam.desk.common.models import DueWork
from tantam.desk.notices.listening import NOTIFY
from tantam.desk.notices.making import notify
from tantam.desk.notices.models import Kind, Notice
from tantam.desk.notices.words import title
from tantam.desk.plans import Fact, Standing
from tantam.desk.procedures import actions
from tantam.desk.procedures.actions.keep_time import keep_time
from tantam.desk.procedures.course import Stand, course_of
from tantam.desk.procedures.models import Run
from tests.desk.portal.pages import Visitor, text
from tests.support import desk
from tests.support.clock import StandingClock

A_WEEK = timedelta(days=8)  # seven open days, a Sunday between


@pytest.fixture
def replaced(hoa: Any, staff: desk.Staff) -> Case:
    """The same fault a third time: the new one is brought, and the old one is still with the customer."""
    bought = desk.purchase(hoa, days_ago=100)
    brought = desk.concern(hoa, purchase=bought, topic="repair", told={"fault": "ours", "repairs": "2"})
    facts = {term: Fact(fact.value, Standing.VERIFIED) for term, fact in brought.facts.items()}
    case = file_claim(replace(brought, facts=facts), policy="warranty").case
    take(case, staff.agent)
    for step in ("ask", "send"):
        _do(case, staff, step)
    return case


def _do(case: Case, staff: desk.Staff, step: str) -> None:
    run = case.runs.order_by("-id")[0]
    number = next(each["number"] for each in run.tokens if each["path"][-1] == step)
    actions.do_step(case, staff.agent, number)


def _open(case: Case) -> list[str]:
    return [each["path"][-1] for each in case.runs.order_by("-id")[0].tokens]


def _now(case: Case) -> Stand:
    return next(each for each in course_of([case], clocks.now(), "en") if each.state == "now")


def _pass_time(case: Case, clock: StandingClock) -> None:
    clock.forward(days=A_WEEK.days, minutes=1)
    assert keep_time(case.runs.get().pk)


def test_the_new_one_is_there_and_the_page_says_by_when_the_old_one_goes_back(
    replaced: Case, plan: Any, clock: StandingClock
) -> None:
    stand = _now(replaced)
    assert (stand.code, stand.theirs, stand.due) == ("old_one_back", True, clock.instant + A_WEEK)
    shown = text(Visitor(clock).get(f"/c/{replaced.link_key}/"))
    assert "Delivered to you" in shown and "The old one is back with us" in shown
    assert "This is with you now" in shown and "at the latest" in shown


def test_words_of_theirs_do_not_bring_it_back(replaced: Case) -> None:
    receive(replaced, "Máy mới chạy tốt, cảm ơn.", channel="zalo")
    assert _open(replaced) == ["give_back"]


def test_a_colleague_notes_that_it_is_back(replaced: Case, staff: desk.Staff) -> None:
    _do(replaced, staff, "give_back")
    assert _open(replaced) == ["call"]
    assert ("old_one_back", "done") in [(each.code, each.state) for each in course_of([replaced], clocks.now(), "en")]


def test_what_never_comes_wakes_who_has_the_case_and_charges_nothing(
    replaced: Case, staff: desk.Staff, clock: StandingClock
) -> None:
    grants, owed = replaced.grants.count(), replaced.promises.count()
    _pass_time(replaced, clock)
    assert _open(replaced) == ["ask_after"]
    assert replaced.events.get(code="step_missed").args["theirs"] == 1
    assert (replaced.grants.count(), replaced.promises.count()) == (grants, owed)
    for each in DueWork.objects.filter(kind=NOTIFY).order_by("id"):
        notify(each.payload)
    notice = Notice.objects.get(person=staff.agent, code="step_missed", kind=Kind.CUSTOMER)
    with translation.override("en"):
        assert "ask after it" in title(notice)


def test_a_settled_case_is_open_again_when_it_never_comes(
    replaced: Case, staff: desk.Staff, clock: StandingClock
) -> None:
    resolve(replaced, staff.agent)
    assert replaced.runs.get().state == Run.State.RUNNING
    _pass_time(replaced, clock)
    replaced.refresh_from_db()
    assert (replaced.status, _open(replaced)) == (Case.Status.OPEN, ["ask_after"])
    assert not keep_time(replaced.runs.get().pk)  # told once


def test_what_came_back_in_time_leaves_a_settled_case_settled(
    replaced: Case, staff: desk.Staff, clock: StandingClock
) -> None:
    resolve(replaced, staff.agent)
    _do(replaced, staff, "give_back")
    clock.forward(days=A_WEEK.days, minutes=1)
    keep_time(replaced.runs.get().pk)
    replaced.refresh_from_db()
    assert replaced.status == Case.Status.RESOLVED


def test_a_late_step_of_a_colleague_tells_nobody_that_the_customer_is_late(
    hoa: Any, staff: desk.Staff, clock: StandingClock
) -> None:
    case = desk.opened(hoa, topic="faulty")
    clock.forward(days=2)
    keep_time(case.runs.get().pk)
    missed = case.events.filter(code="step_missed")
    assert missed.exists() and not any(each.args["theirs"] for each in missed)
