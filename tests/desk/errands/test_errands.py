"""A case handed to a provider: what is asked by when, what they see of it, how it comes back, what is late."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tantam.desk.accounts.models import Person
from tantam.desk.api.actions import NewToken, make_token
from tantam.desk.cases import actions as case_actions
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor, Case, Promise
from tantam.desk.cases.routing.route import route
from tantam.desk.common.errors import Refused
from tantam.desk.errands import actions
from tantam.desk.errands.access import kept_by
from tantam.desk.errands.lateness import tell_late
from tantam.desk.errands.models import Errand
from tantam.desk.providers.actions import Found, stop_provider
from tests.support.clock import StandingClock
from tests.support.desk import codes, opened

DONE, WITHDRAWN = Errand.State.DONE, Errand.State.WITHDRAWN


@pytest.fixture
def carrier(staff: Any) -> Person:
    """Somebody of another house, by the plan."""
    return Person.objects.create(email="xe@desk.example", name="Xe", level="agent", provider="carriers", undo_seconds=0)


@pytest.fixture
def case(hoa: Any, staff: Any) -> Case:
    """A case of the house, which Mai has."""
    return case_actions.take(opened(hoa), staff.agent)


@pytest.fixture
def errand(case: Case, staff: Any, clock: StandingClock) -> Errand:
    """It is with the carriers until tomorrow."""
    return hand(case, staff.agent, clock)


def hand(case: Case, person: Person, clock: StandingClock, provider: str = "carriers", hours: int = 24) -> Errand:
    due = clock.instant + timedelta(hours=hours)
    return actions.hand_to_provider(case, person, actions.Asked(provider, "Mang máy mới tới.", due))


def _routed(case: Case) -> Case:
    act = act_on(case, Actor.PLAN)
    route(act)
    return act.case


def test_a_case_handed_over_is_in_their_queue_whatever_their_scope(case: Case, errand: Errand, carrier: Person) -> None:
    case.refresh_from_db()
    assert (case.provider, case.owner) == ("carriers", None)
    assert _routed(case).provider == "carriers", "though the plan's scope says nothing of it"
    assert {"provided", "errand_asked", "handed_over"} <= set(codes(case))


def test_what_the_customer_is_owed_runs_on(case: Case, errand: Errand) -> None:
    assert case.promises.filter(state=Promise.State.OWED, paused_at=None).exists()


def test_they_hand_it_back_with_a_result_and_see_it_no_more(
    errand: Errand, carrier: Person, client: Client, staff: Any
) -> None:
    browser, page = client, f"/desk/cases/{errand.case_id}/"
    browser.force_login(carrier)
    assert "Mang máy mới tới." in browser.get(page).content.decode()
    assert browser.post(f"{page}hand-back/", {"words": " ", "back": "inbox"}).status_code == 409
    answer = browser.post(f"{page}hand-back/", {"words": "Đã giao lúc chín giờ.", "back": "inbox"})
    assert answer.status_code == 302 and answer["Location"] == "/desk/"
    errand.refresh_from_db()
    case = errand.case
    assert errand.state == DONE and errand.answer and errand.answer.body == "Đã giao lúc chín giờ."
    assert (case.provider, case.owner) == ("", staff.agent)
    assert browser.get(page).status_code == 404


def test_back_in_the_house_it_stays_there_though_their_scope_holds_it(
    hoa: Any, staff: Any, carrier: Person, clock: StandingClock
) -> None:
    case = opened(hoa, topic="delivery")
    hand(case, staff.agent, clock)
    actions.hand_back(case, carrier, "Không giao được.")
    Case.objects.filter(pk=case.pk).update(owner=None)
    case.refresh_from_db()
    assert _routed(case).provider == ""


def test_the_house_takes_it_back_without_a_word(errand: Errand, staff: Any) -> None:
    actions.hand_back(errand.case, staff.colleague, "")
    errand.refresh_from_db()
    assert (errand.state, errand.answer) == (WITHDRAWN, None)
    with pytest.raises(Refused) as refused:
        actions.hand_back(errand.case, staff.agent, "")
    assert refused.value.code == "no_errand"


def test_what_is_not_answered_in_time_is_late_once_and_owed_on(errand: Errand, clock: StandingClock) -> None:
    clock.forward(hours=25)
    for _ in range(2):
        tell_late({"errand": errand.pk})
    errand.refresh_from_db()
    assert errand.late_at == clock.instant and errand.is_open
    assert codes(errand.case).count("errand_late") == 1


def test_how_they_kept_their_time_counts_what_was_answered_or_due(
    hoa: Any, staff: Any, carrier: Person, clock: StandingClock
) -> None:
    since = clock.instant
    for hours, answered in ((1, True), (2, False), (48, False)):
        case = opened(hoa)
        hand(case, staff.agent, clock, hours=hours)
        if answered:
            actions.hand_back(case, carrier, "Xong.")
    clock.forward(hours=3)
    found = kept_by("carriers", since, since + timedelta(days=9), clock.instant)
    assert (found.kept, found.total) == (1, 2)


def test_what_cannot_be_asked_says_why(case: Case, carrier: Person, staff: Any, plan: Any, clock: Any) -> None:
    def code(**of: Any) -> str:
        with pytest.raises(Refused) as refused:
            hand(**{"case": case, "person": staff.agent, "clock": clock} | of)
        return refused.value.code

    assert code(provider="own_desk") == "unknown_value"
    assert code(provider="assistant") == "unknown_value"
    assert code(hours=-1) == "not_ahead"
    assert code(person=carrier) == "not_allowed"
    stop_provider(Found("carriers", "complaint_rate", 0.2, 40), plan, clock.instant)
    assert code() == "provider_stopped"
    hand(case, staff.agent, clock, provider="repairers")
    assert code(provider="repairers") == "errand_open"


def test_settled_it_is_owed_no_more(errand: Errand, carrier: Person) -> None:
    case_actions.resolve(errand.case, carrier, "Đã giao xong.")
    errand.refresh_from_db()
    assert errand.state == DONE and errand.ended_at is not None


def test_programs_of_both_do_the_same(
    client: Client, case: Case, carrier: Person, staff: Any, clock: StandingClock
) -> None:
    def ask(person: Person, method: str, path: str, **told: Any) -> Any:
        _, secret = make_token(person, NewToken("Xe", ("read:cases", "write:cases")))
        head = {"authorization": f"Bearer {secret}"}
        return getattr(client, method)(f"/api/v1{path}", told or None, content_type="application/json", headers=head)

    due = (clock.instant + timedelta(hours=5)).isoformat()
    told = {"provider": "carriers", "words": "Mang máy tới.", "due": due}
    assert ask(carrier, "post", f"/cases/{case.pk}/to-provider", **told).status_code == 404
    assert ask(staff.agent, "post", f"/cases/{case.pk}/to-provider", **told).status_code == 201
    mine = ask(carrier, "get", "/cases?view=all").json()["items"]
    assert [each["id"] for each in mine] == [str(case.pk)]
    assert ask(carrier, "post", f"/cases/{case.pk}/take").status_code == 200
    back = ask(carrier, "post", f"/cases/{case.pk}/hand-back", words="Xong.")
    assert (back.status_code, back.json()["state"]) == (200, "done")
    assert ask(carrier, "get", f"/cases/{case.pk}").status_code == 404
