"""A provider's scorecard, and its stop: counted as the house is, stopped by the plan, let serve again with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tantam.desk.accounts.models import Person, Role
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor, Case
from tantam.desk.cases.routing.route import put
from tantam.desk.plans.providers import ENOUGH, watched
from tantam.desk.providers.actions import Found, stop_provider
from tantam.desk.providers.models import Stop
from tantam.desk.providers.stopping import stopped
from tantam.desk.reports import stops
from tests.support.clock import StandingClock
from tests.support.desk import codes, opened

PAGE = "/desk/providers/carriers/"


@pytest.fixture
def stop(plan: Any, clock: StandingClock) -> Stop:
    """The carriers are stopped."""
    return stop_provider(Found("carriers", "complaint_rate", 0.2, 40), plan, clock.instant)


def _complained(hoa: Any, number: int) -> None:
    """Let so many of the carriers' cases be complaints."""
    for _ in range(number):
        act = act_on(opened(hoa, topic="complaint"), Actor.PLAN)
        put(act, "carriers")


def test_the_plan_says_what_stops_whom(plan: Any) -> None:
    assert [(each.provider, each.measure) for each in watched(plan)] == [
        ("carriers", "complaint_rate"),
        ("repairers", "reopened"),
        ("assistant", "reopened"),
    ]


def test_it_shows_what_they_are_judged_by_beside_the_house(manager: Client, plan: Any) -> None:
    shown = manager.get(PAGE).content.decode()
    assert "Carriers" in shown and "Our own people" in shown and "Stops at" in shown


def test_of_whom_some_is_looked_at_it_says_how_much_was_good(manager: Client, plan: Any) -> None:
    assert "Good conversations" in manager.get(PAGE).content.decode()
    assert "Good conversations" not in manager.get("/desk/providers/repairers/").content.decode()


def test_a_program_has_its_figures_and_is_let_serve_again_like_anybody(
    manager: Client, plan: Any, clock: StandingClock
) -> None:
    stop_provider(Found("assistant", "reopened", 0.2, 40), plan, clock.instant)
    page = manager.get("/desk/providers/assistant/").content.decode()
    assert "Stopped since" in page and "Of the program the cases count" in page
    manager.post("/desk/providers/assistant/lift/", {"reason": "Neue Anweisung."})
    assert not stopped()


def test_who_leads_them_sees_it_and_nobody_elses(plan: Any, sign_in: Callable[[Person], Client]) -> None:
    lead = Person.objects.create(email="dan@desk.example", name="Dẫn", role=Role.LEAD, provider="carriers")
    browser = sign_in(lead)
    assert browser.get(PAGE).status_code == 200
    assert browser.get("/desk/providers/repairers/").status_code == 404
    assert browser.get("/desk/providers/own_desk/").status_code == 404


def test_stopped_it_says_since_when_and_why_wherever_a_manager_looks(manager: Client, stop: Stop) -> None:
    for page in (PAGE, "/desk/providers/", "/desk/measures/"):
        assert "Stopped" in manager.get(page).content.decode(), page
    assert "20" in manager.get(PAGE).content.decode()


def test_it_is_stopped_once_for_what_stopped_it_first(plan: Any, stop: Stop, clock: StandingClock) -> None:
    clock.forward(hours=1)
    again = stop_provider(Found("carriers", "reopened", 0.9, 99), plan, clock.instant)
    assert again == stop and Stop.objects.count() == 1 and again.measure == "complaint_rate"


def test_a_manager_lets_them_serve_again_and_says_why(manager: Client, agent: Client, stop: Stop, staff: Any) -> None:
    assert agent.post(f"{PAGE}lift/", {"reason": "x"}).status_code == 404
    manager.post(f"{PAGE}lift/", {"reason": " "})
    assert stopped() == {"carriers"}
    manager.post(f"{PAGE}lift/", {"reason": "Đổi tài xế."})
    stop.refresh_from_db()
    assert not stopped() and (stop.lifted_by, stop.reason) == (staff.manager, "Đổi tài xế.")
    assert "Đổi tài xế." in manager.get(PAGE).content.decode()


def test_what_they_have_in_hand_stays_until_it_is_taken_back(manager: Client, hoa: Any, stop: Stop, staff: Any) -> None:
    case = opened(hoa)
    Case.objects.filter(pk=case.pk).update(provider="carriers")
    for _ in range(2):
        manager.post(f"{PAGE}take-back/")
    case.refresh_from_db()
    assert (case.provider, case.owner) == ("", None)
    assert codes(case).count("provided") == 1
    assert case.events.get(code="provided").args["because"] == "taken_back"


def test_after_it_was_lifted_they_are_judged_by_what_came_since(plan: Any, stop: Stop, clock: StandingClock) -> None:
    before = stops.judged_over("carriers", clock.instant)
    stop.lifted_at = clock.instant
    stop.save()
    clock.forward(days=2)
    after = stops.judged_over("carriers", clock.instant)
    assert before.since < stop.lifted_at == after.since


@pytest.mark.parametrize(("number", "stops_them"), [(ENOUGH - 1, False), (ENOUGH, True)])
def test_the_worker_stops_who_is_beyond_the_bound_in_enough_cases(
    plan: Any, hoa: Any, staff: Any, clock: StandingClock, number: int, stops_them: bool
) -> None:
    _complained(hoa, number)
    clock.forward(minutes=5)
    stops.watch()
    assert stopped() == ({"carriers"} if stops_them else frozenset())
