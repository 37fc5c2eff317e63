"""One measure's page: its figure and definition, its parts, the cases behind it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.desk.web.test_measures import kept_and_broken, read
from tests.support import log as imported_log
from tests.support.clock import StandingClock
from tests.support.desk import opened

PAGE = "/desk/measures/promises_kept/"


def test_says_the_figure_and_how_it_is_counted(manager: Client, hoa: Any, staff: Any, clock: StandingClock) -> None:
    kept_and_broken(hoa, staff, clock)
    said = read(manager, PAGE)
    assert "50.0%" in said and "1 of 2" in said
    assert "The share kept of all promises that fell due." in said
    assert "every promise that was kept or broken" in said
    assert "measures.promises_kept" in said


def test_lists_the_cases_and_either_side_of_them(manager: Client, hoa: Any, staff: Any, clock: StandingClock) -> None:
    prompt, late = kept_and_broken(hoa, staff, clock)
    said = read(manager, PAGE)
    assert prompt.reference in said and late.reference in said and "2 in all" in said
    for only, shown, hidden in (("1", prompt, late), ("0", late, prompt)):
        said = read(manager, f"{PAGE}?only={only}")
        assert shown.reference in said and hidden.reference not in said and "1 in all" in said


def test_worst_cases_come_first_unless_the_newest_are_wanted(
    manager: Client, hoa: Any, staff: Any, clock: StandingClock
) -> None:
    _, late = kept_and_broken(hoa, staff, clock)
    prompt, _ = kept_and_broken(hoa, staff, clock)
    said = read(manager, "/desk/measures/first_reply/")
    assert said.index(late.reference) < said.index(prompt.reference)
    said = read(manager, "/desk/measures/first_reply/?order=newest")
    assert said.index(prompt.reference) < said.index(late.reference)


def test_a_part_opens_its_own_cases(manager: Client, hoa: Any, staff: Any, clock: StandingClock) -> None:
    prompt, _ = kept_and_broken(hoa, staff, clock)
    said = read(manager, f"{PAGE}?by=channel")
    there = re.search(r'href="(\?[^"]*&amp;channel=web[^"]*)"', said)
    assert there
    narrowed = read(manager, PAGE + there[1].replace("&amp;", "&"))
    assert prompt.reference in narrowed and "Not only" in narrowed
    assert prompt.reference not in read(manager, f"{PAGE}?channel=phone")


@pytest.mark.parametrize("by", ["group", "stage", "channel", "level", "person", "policy", "clause", "version"])
def test_is_cut_by_everything(by: str, manager: Client, hoa: Any, staff: Any, clock: StandingClock) -> None:
    kept_and_broken(hoa, staff, clock)
    said = read(manager, f"{PAGE}?by={by}")
    assert re.search(rf'by={by}[^"]*" aria-current="true"', said)
    assert '<table class="table links vmid parts">' in said


@pytest.mark.parametrize("page", ["/desk/measures/no_such/", "/desk/measures/promises-kept/"])
def test_unknown_measure_is_not_found(page: str, manager: Client) -> None:
    assert manager.get(page).status_code == 404


ODD = ("by=moon", "order=best", "only=7", "group=" + "x" * 500, "source=nowhere")


@pytest.mark.parametrize("asked", ODD)
def test_whatever_is_asked_the_page_answers(asked: str, manager: Client) -> None:
    read(manager, f"{PAGE}?{asked}")


def test_every_measure_has_a_page_in_every_language(staff: Any, plan: Any, sign_in: Any) -> None:
    for lang in ("vi", "de", "en"):
        browser = sign_in(staff.manager, lang)
        for name in plan.definitions:
            read(browser, f"/desk/measures/{name}/")


def test_an_imported_case_is_opened_where_it_can_be_read(manager: Client, log: str) -> None:
    said = read(manager, f"{PAGE}?since=2017-01-01&until=2017-12-31&source={log}")
    assert f"/desk/history/{log}/INC0000045/" in said


def test_an_imported_case_names_its_customer(manager: Client, log: str) -> None:
    assert re.search(r"<td>\s*Caller 2403\s*</td>", read(manager, f"{PAGE}?source={log}"))


@pytest.mark.parametrize(
    ("count", "first", "link", "last"),
    [(1207, "20 of 1,207", "200", "200 of 1,207"), (57, "20 of 57", "57", "57 in all")],
)
def test_the_first_of_many_cases_are_shown_and_then_more(
    count: int, first: str, link: str, last: str, manager: Client, settings: Any
) -> None:
    many = [event for n in range(1, count + 1) for event in imported_log.incident(n, f"INC{n:07}")]
    imported_log.imported(settings.HOME, many)
    said = read(manager, f"{PAGE}?source=incidents&only=1")
    assert f"{first} are shown" in said and said.count("/desk/history/") == 20
    there = re.search(rf'<a href="(\?[^"]*only=1[^"]*show=200[^"]*)#cases">Show {link}</a>', said)
    assert there
    said = read(manager, PAGE + there[1].replace("&amp;", "&"))
    assert last in said and said.count("/desk/history/") == int(link)
    said = re.sub(r"<a [^>]* lang=[^>]*>", "", said)  # the same page in another language asks for as many
    assert ("No more are listed here" in said) is (count > 200) and "show=200" not in said


def test_a_short_list_offers_no_more(manager: Client, log: str) -> None:
    said = read(manager, f"{PAGE}?source={log}")
    assert "1 in all" in said and "show=200" not in said and "No more are listed here" not in said


def test_what_stands_open_is_listed_with_when_it_came_in(manager: Client, hoa: Any, clock: StandingClock) -> None:
    opened(hoa)
    clock.forward(days=30)
    said = read(manager, "/desk/measures/backlog_age/")
    assert re.search(r'<th scope="col">\s*Came in\s*</th>', said) and '<td class="tn">4 Mar</td>' in said


def test_parts_that_overlap_say_so(manager: Client, settings: Any) -> None:
    several = [each | ({"groups": ["sales", "north"]} if "groups" in each else {}) for each in imported_log.incident()]
    imported_log.imported(settings.HOME, several)
    said = read(manager, f"{PAGE}?source=incidents&by=group")
    assert "A customer can be in several groups" in said
    assert "A customer can be" not in read(manager, f"{PAGE}?source=incidents&by=level")


def test_parts_that_do_not_overlap_say_nothing(manager: Client, log: str) -> None:
    assert "A customer can be in several groups" not in read(manager, f"{PAGE}?source={log}&by=group")


@pytest.mark.parametrize(
    ("by", "name"),
    [("person", "nobody’s"), ("policy", "under no policy"), ("group", "in no group"), ("clause", "by no clause")],
)
def test_what_has_none_is_called_so(by: str, name: str, manager: Client, settings: Any) -> None:
    emptied = {"groups": [], "clause": "", "owner": None}
    bare = [each | {key: emptied[key] for key in emptied if key in each} for each in imported_log.incident()]
    imported_log.imported(settings.HOME, bare)
    assert f">{name}</a>" in read(manager, f"{PAGE}?source=incidents&by={by}")


def test_no_words_lie_on_the_curve(manager: Client, hoa: Any, staff: Any, clock: StandingClock) -> None:
    kept_and_broken(hoa, staff, clock)
    said = read(manager, PAGE)
    assert re.search(r'<p class="small quiet">\s*<svg class="dash".*?</svg>\s+goal 95.0%\s*</p>', said)
    curve = re.search(r'<svg class="weeks".*?<details', said, re.S)
    assert curve and set(re.findall(r'<text class="q [^"]*" x="[^"]*" y="([^"]*)"', curve[0])) == {"168"}
