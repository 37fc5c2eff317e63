"""Every address, asked by everybody in every manner: a new one fails here until its door is written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tantam.desk.accounts.models import Person, Role
from tantam.desk.cases.models import Case
from tests.desk.doors.furnished import addresses_of, routes
from tests.desk.doors.written_down import (
    CASE_ACT,
    CASE_FORM,
    DOORS,
    NOBODY,
    OF_CASE,
    OWN_PAGE,
    PEOPLE,
    STAFF,
    OfTheHouse,
)

TOGETHER = 12  # addresses asked at one furnished desk
PROVIDER = "carriers"  # of another house, by the plan
Cookies = dict[str, str]


@pytest.fixture
def addresses(hoa: Any, staff: Any, log: str, settings: Any) -> dict[str, str]:
    """Return {name: a path that leads to something}."""
    settings.DEMO = True
    return addresses_of(hoa, staff, log)


@pytest.fixture
def people(staff: Any) -> dict[str, Cookies]:
    """Return what the browser of everybody of PEOPLE carries: who works here has signed in."""
    administrator = Person.objects.create_superuser("an@desk.example", "tam long ben xuan", name="An", level="manager")
    named = {each: getattr(staff, each) for each in ("outsider", "agent", "specialist", "manager")}
    others = {
        "reviewer": _other("Duyệt", role=Role.REVIEWER),
        "lead": _other("Dẫn", role=Role.LEAD, provider=PROVIDER),
        "auditor": _other("Kiểm", role=Role.AUDITOR),
        "partner": _other("Chở", level="agent", provider=PROVIDER),
    }
    everybody = {"administrator": administrator} | named | others
    return {"anonymous": Cookies()} | {who: _signed_in(person) for who, person in everybody.items()}


def _signed_in(person: Person) -> Cookies:
    browser = Client()
    browser.force_login(person)
    return {name: each.value for name, each in browser.cookies.items()}


def _other(name: str, **fields: str) -> Person:
    return Person.objects.create(
        email=f"{name.lower()}@desk.example", name=name, password="!", undo_seconds=0, **fields
    )


def test_every_address_has_its_door_written_down() -> None:
    addresses = set(routes())
    doorless, gone = sorted(addresses - DOORS.keys()), sorted(DOORS.keys() - addresses)
    assert not doorless, "write in DOORS who is let in there"
    assert not gone, "there is no such address any more"


def _together(names: Iterable[str]) -> list[Any]:
    """Return the names a few at a time: furnishing a desk takes longer than asking at all its doors."""
    ordered = sorted(names)
    few = [ordered[at : at + TOGETHER] for at in range(0, len(ordered), TOGETHER)]
    return [pytest.param(each, id=" ".join(each)) for each in few]  # `-k web:inbox` finds the few that it is among


@contextmanager
def _undone() -> Iterator[None]:
    """Take back whatever the block does: the desk is found as it was furnished, and who signed out signed in."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "names", _together(name for name, door in DOORS.items() if door in (OF_CASE, CASE_ACT, CASE_FORM))
)
def test_providers_people_meet_the_same_door_at_cases_of_their_own(names: Any, addresses: Any, people: Any) -> None:
    Case.objects.update(provider=PROVIDER)
    for name, manner in product(names, ("get", "post")):
        wanted = getattr(DOORS[name], manner)[PEOPLE.index("agent")]
        with _undone():
            met = _letter(_ask(manner, addresses[name], people["partner"]), wanted)
        assert met == wanted, f"{manner} {addresses[name]}"


@pytest.mark.parametrize("names", _together(name for name, door in DOORS.items() if isinstance(door, OfTheHouse)))
def test_what_is_the_houses_own_is_not_there_for_a_providers_people(names: Any, addresses: Any, people: Any) -> None:
    Case.objects.update(provider=PROVIDER)
    for name, manner in product(names, ("get", "post")):
        if getattr(DOORS[name], manner) == NOBODY:
            continue
        with _undone():
            met = _letter(_ask(manner, addresses[name], people["partner"]), "-")
        assert met == "-", f"{manner} {addresses[name]}"


@pytest.mark.parametrize("names", _together(name for name, door in DOORS.items() if door.get.startswith(STAFF.get[:2])))
def test_who_only_reads_is_shown_nothing_to_press(names: Any, addresses: Any, people: Any) -> None:
    for name, who in product(names, ("reviewer", "auditor")):
        if DOORS[name] == OWN_PAGE or name in ("web:notices", "web:review"):  # their own, and a reviewer's work
            continue
        with _undone():
            answer = _ask("get", addresses[name], people[who])
        if answer.status_code == 200 and not answer.streaming:
            main = answer.content.partition(b"<main")[2].partition(b"</main>")[0]  # colours, in the palette, are theirs
            assert b'method="post"' not in main and b"hx-post" not in main, f"{who} {addresses[name]}"


@pytest.mark.parametrize("names", _together(DOORS))
def test_everybody_meets_the_door_that_is_written_down(names: Any, addresses: Any, people: Any) -> None:
    for name, manner in product(names, ("get", "post", "put")):
        with _undone():
            _meets_its_door(name, manner, addresses[name], people)


def _meets_its_door(name: str, manner: str, address: str, people: Any) -> None:
    wanted = getattr(DOORS[name], manner)
    answers = [_ask(manner, address, people[who]) for who in PEOPLE]
    met = "".join(_letter(answer, letter) for answer, letter in zip(answers, wanted, strict=True))
    assert met == wanted, f"{name}: {manner} {address}"
    assert all(_is_guarded(answer) for answer in answers), f"{name}: {manner} {address}"


@pytest.mark.parametrize("names", _together(name for name, door in DOORS.items() if set(door.post) & set("o*")))
def test_form_of_another_site_is_not_taken(names: Any, addresses: Any, people: Any) -> None:
    for name in names:
        if name == "api:openapi-json":
            continue  # a document, whatever the manner
        with _undone():
            answer = _ask("post", addresses[name], people["administrator"], strict=True)
        assert answer.status_code in (302, 403), name
        assert answer.status_code == 403 or not answer.headers["Location"].startswith("/desk/cases/"), name


def test_answers_that_fail_are_guarded_too(plan: Any, hoa: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_named: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("tantam.desk.portal.views.home.page", fail)
    browser = Client(raise_request_exception=False)
    for path, status in (("/", 500), ("/nowhere/", 404), ("/c/wrong/", 404)):
        answer = browser.get(path)
        assert answer.status_code == status
        assert _is_guarded(answer)


def _ask(manner: str, path: str, carried: Cookies, *, strict: bool = False) -> Any:
    browser = Client(raise_request_exception=False, enforce_csrf_checks=strict)
    browser.cookies.load(carried)
    return getattr(browser, manner)(path)


def _is_guarded(answer: Any) -> bool:
    """Whether a browser is told to run and frame nothing that is not ours."""
    policy = answer.headers.get("Content-Security-Policy", "")
    framed = answer.headers.get("X-Frame-Options") == "DENY"
    sniffed = answer.headers.get("X-Content-Type-Options") == "nosniff"
    return "default-src 'none'" in policy and "unsafe" not in policy and framed and sniffed


def _letter(answer: Any, wanted: str) -> str:
    """Return what was met. wanted: where several letters fit, the one that was written down."""
    status, to = answer.status_code, answer.headers.get("Location", "")
    if wanted == "*":
        return "*" if status < 500 and "/login/" not in to else "?"
    if "/login/" in to:
        return ">"
    if status in (301, 302):
        return "s" if wanted == "s" else "o"
    if status == 403 and wanted == "r":
        return "r"
    letters = {405: "x", 404: "-", 403: "-", 401: "!", 200: "o", 409: "o", 422: "o"}
    return letters.get(status, str(status))
