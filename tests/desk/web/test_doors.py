"""Who may enter which page: strangers sign in, outsiders find nothing, managers and administrators have their own."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tantam.desk.accounts.models import Role
from tests.support.desk import opened

FOR_STAFF = ("/desk/", "/desk/customers/", "/desk/plan/", "/desk/find/", "/desk/profile/", "/style/")
FOR_MANAGERS = (
    "/desk/measures/",
    "/desk/measures/promises_kept/",
    "/desk/promises/",
    "/desk/what-if/",
    "/desk/history/incidents/INC0000045/",
)
FOR_ADMINISTRATORS = ("/desk/trouble/",)


@pytest.mark.parametrize("page", FOR_STAFF + FOR_MANAGERS + FOR_ADMINISTRATORS)
def test_stranger_signs_in_first(page: str, plan: Any) -> None:
    answer = Client().get(page)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=")


@pytest.mark.parametrize("page", FOR_STAFF + FOR_MANAGERS + FOR_ADMINISTRATORS)
def test_outsider_finds_nothing(page: str, outsider: Client) -> None:
    assert outsider.get(page).status_code == 404


@pytest.mark.parametrize("page", FOR_STAFF)
def test_staff_enters(page: str, agent: Client) -> None:
    assert agent.get(page).status_code == 200


@pytest.mark.parametrize("page", FOR_MANAGERS)
def test_figures_are_for_managers(page: str, agent: Client, manager: Client, log: str) -> None:
    assert agent.get(page).status_code == 404
    assert manager.get(page).status_code == 200


@pytest.mark.parametrize("page", FOR_ADMINISTRATORS)
def test_troubles_are_for_administrators(page: str, manager: Client, staff: Any, sign_in: Any) -> None:
    assert manager.get(page).status_code == 404
    staff.manager.role = Role.ADMINISTRATOR
    staff.manager.save()
    assert sign_in(staff.manager).get(page).status_code == 200


def test_outsider_finds_no_case(hoa: Any, outsider: Client) -> None:
    case = opened(hoa)
    assert outsider.get(f"/desk/cases/{case.pk}/").status_code == 404
    assert outsider.post(f"/desk/cases/{case.pk}/take/").status_code == 404


@pytest.mark.parametrize("page", ["/desk/cases/1/", "/desk/customers/1/", "/desk/plan/?version=99"])
def test_what_is_missing_is_not_found(page: str, agent: Client) -> None:
    assert agent.get(page).status_code == 404


@pytest.mark.parametrize("page", [*FOR_MANAGERS, "/desk/cases/1/", "/desk/nothing/"])
def test_staff_who_find_nothing_see_the_way_to_the_inbox(page: str, agent: Client) -> None:
    said = agent.get(page).content.decode()
    assert 'class="bar"' in said and '<a class="btn" href="/desk/">' in said
    assert "write to us again" not in said


def test_others_who_find_nothing_read_the_customers_words(outsider: Client, agent: Client) -> None:
    for said in (outsider.get("/desk/cases/1/"), Client().get("/nothing/?lang=en"), agent.get("/nothing/")):
        assert "write to us again" in said.content.decode()


@pytest.mark.parametrize("page", [*FOR_STAFF[:4], "/style/"])
def test_pages_that_only_show_take_no_post(page: str, agent: Client) -> None:
    assert agent.post(page).status_code == 405


@pytest.mark.parametrize("verb", ["say", "take", "hand-over", "escalate", "resolve", "reopen"])
def test_acts_take_only_post(verb: str, hoa: Any, agent: Client) -> None:
    assert agent.get(f"/desk/cases/{opened(hoa).pk}/{verb}/").status_code == 405


def test_without_a_plan_every_page_says_so_kindly(db: Any, clock: Any, sign_in: Any) -> None:
    from tests.support.desk import hire

    browser = sign_in(hire().manager)
    for page in ("/desk/", "/desk/plan/", "/desk/measures/"):
        answer = browser.get(page)
        assert answer.status_code == 200
        assert "tantam enact" in answer.content.decode()


@pytest.mark.parametrize(
    ("stood", "back"),
    [("http://testserver/desk/cases/7/", "/desk/cases/7/"), ("https://evil.example/x/", "/desk/"), ("", "/desk/")],
)
def test_who_was_signed_out_and_wrote_nothing_comes_back_to_the_page(plan: Any, stood: str, back: str) -> None:
    answer = Client().post("/desk/cases/7/take/", {}, headers={"referer": stood})
    assert answer.headers["Location"] == f"/account/login/?next={back}"


def test_who_tries_the_demo_reads_in_the_language_of_the_browser(staff: Any, settings: Any) -> None:
    browser = Client(headers={"Accept-Language": "de"})
    browser.force_login(staff.agent)
    assert '<html lang="vi"' in browser.get("/desk/").content.decode()
    settings.DEMO = True
    assert '<html lang="de"' in browser.get("/desk/").content.decode()
