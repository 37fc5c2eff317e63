"""Versions and open cases on pages: what a move would change is said first, losses need a yes."""

from __future__ import annotations

from django.urls import reverse

from tantam.desk import plans
from tantam.desk.cases.actions import open_case
from tantam.desk.cases.actions.move_cases import move_on
from tantam.desk.cases.models import Case, Promise
from tantam.desk.plans.models import Move
from tests.desk.cases.test_move_to_version import LATER, SOONER, enacted
from tests.desk.web.test_directives import browser
from tests.support.clock import StandingClock
from tests.support.desk import Staff, concern


def test_versions_say_how_many_open_cases_stand_under_each(staff: Staff, hoa: object, clock: StandingClock) -> None:
    open_case(concern(hoa))
    clock.forward(minutes=1)
    enacted(SOONER, staff=staff)
    open_case(concern(hoa))
    answer = browser(staff.manager).get(reverse("web:versions"))
    assert [(row.number, cases) for row, cases in answer.context["rows"]] == [(2, 1), (1, 1)]


def test_preview_says_every_promise_that_would_change(staff: Staff, hoa: object, clock: StandingClock) -> None:
    case = open_case(concern(hoa))
    enacted(LATER, staff=staff)
    answer = browser(staff.manager).get(reverse("web:moving"))
    assert [(each.fate, each.is_loss) for each in answer.context["groups"]] == [("later", True)]
    assert case.reference in answer.text
    assert Case.objects.get().plan_version_id == 1


def test_loss_needs_a_yes(staff: Staff, hoa: object, clock: StandingClock) -> None:
    open_case(concern(hoa))
    enacted(LATER, staff=staff)
    page = browser(staff.manager)
    assert page.post(reverse("web:moving"), {"losses": "take"}).status_code == 422
    assert not Move.objects.exists()
    assert page.post(reverse("web:moving"), {"losses": "take", "yes": "1"}).status_code == 302
    assert Move.objects.get().losses == "take"


def test_move_shows_how_far_it_is(staff: Staff, hoa: object, clock: StandingClock) -> None:
    open_case(concern(hoa))
    enacted(SOONER, staff=staff)
    page = browser(staff.manager)
    page.post(reverse("web:moving"), {"losses": "keep"})
    move = Move.objects.get()
    assert "<progress" in page.get(reverse("web:move", args=[move.pk])).text
    move_on({"move": move.pk})
    assert "<progress" not in page.get(reverse("web:move", args=[move.pk])).text
    assert Case.objects.get().plan_version_id == 2


def test_one_case_moves_from_its_page(staff: Staff, hoa: object, clock: StandingClock) -> None:
    case = open_case(concern(hoa))
    plan = enacted(SOONER, staff=staff)
    page = browser(staff.manager)
    address = reverse("web:move_one", args=[case.pk])
    seen = page.get(address).context["seen"]
    assert page.post(address, {"losses": "keep", "seen": seen}).status_code == 302
    assert case.promises.get(kind="first_reply", state=Promise.State.OWED).plan_version_id == plan.number


def test_new_version_is_told_until_it_is_known(staff: Staff, clock: StandingClock) -> None:
    clock.forward(minutes=1)
    enacted(SOONER, staff=staff)
    clock.forward(minutes=1)
    page = browser(staff.agent)
    news = reverse("web:plan_news", args=[2])
    assert news in page.get(reverse("web:inbox")).text
    assert "4" in page.get(news).text
    page.post(reverse("web:plan_read", args=[2]))
    assert news not in page.get(reverse("web:inbox")).text
    assert plans.in_force().number == 2
