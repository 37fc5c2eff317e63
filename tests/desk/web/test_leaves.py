"""Lists that grow with use: a leaf of each is shown, at the same number of queries, with ways to the rest."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from tantam.desk.accounts.models import Person, Role
from tantam.desk.api import pages as token_pages
from tantam.desk.api.models import ApiToken
from tantam.desk.cases.actions import promise
from tantam.desk.cases.models import Case, Mention
from tantam.desk.cases.vows import Vow
from tantam.desk.common import work
from tantam.desk.common.models import DueWork
from tantam.desk.plans.actions import direct
from tantam.desk.web import customer_page
from tantam.desk.web.leaves import DEEPEST, leaf
from tantam.desk.web.views import departments, directives, providers, sharing, vows
from tests.desk.plans.test_directives import new
from tests.support.clock import StandingClock
from tests.support.desk import customer, opened, purchase

AFTER, BEFORE = 'rel="next"', 'rel="prev"'


def asked(**arguments: str) -> QueryDict:
    found = QueryDict(mutable=True)
    found.update(arguments)
    return found


def test_leaves_hold_every_row_once() -> None:
    rows, seen, get = list(range(25)), [], asked(view="all")
    for start in ("", "10", "20"):
        shown = leaf(rows, asked(view="all", **{"from": start}), most=10)
        seen += shown.rows
        assert bool(shown.before) == bool(start) and bool(shown.after) == (start != "20")
    assert seen == rows
    assert leaf(rows, get, most=10, at="list").after == "?view=all&from=10#list"
    assert leaf(rows, asked(view="all", **{"from": "10"}), most=10).before == "?view=all"


def test_a_leaf_as_long_as_the_list_leads_nowhere() -> None:
    assert leaf(range(10), asked(), most=10).after == ""


@pytest.mark.parametrize("start", ["999", "x", "-1", "²", "9" * 30, "9" * 19, str(DEEPEST)])
def test_what_is_not_there_is_the_beginning(start: str, hoa: Any) -> None:
    for rows in (range(5), Case.objects.order_by("pk")):
        shown = leaf(rows, asked(**{"from": start}), most=3)
        assert list(shown.rows) == list(rows)[:3] and shown.before == ""


def test_ones_own_word_goes_on(agent: Client, staff: Any, hoa: Any, clock: StandingClock, monkeypatch: Any) -> None:
    monkeypatch.setattr(vows, "MOST", 2)
    case = opened(hoa)
    for hour in range(3):
        promise(case, staff.agent, Vow(words=f"Việc số {hour}", due=clock.instant + timedelta(hours=hour + 1)))
    _read_through(agent, "/desk/words/", ["iệc số 0", "iệc số 1", "iệc số 2"])


def test_notes_that_name_one_go_on(agent: Client, staff: Any, hoa: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(sharing, "MOST_MENTIONS", 2)
    for number in (2, 1, 0):
        case = opened(hoa, subject=f"Việc số {number}")
        Mention.objects.create(message=case.messages.first(), person=staff.agent)
    _read_through(agent, "/desk/mentions/", ["Việc số 0", "Việc số 1", "Việc số 2"])


def test_a_departments_work_goes_on(agent: Client, hoa: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(departments, "MOST", 2)
    for number in range(3):
        case = opened(hoa, subject=f"Việc số {number}")
        Case.objects.filter(pk=case.pk).update(department="stores", next_due_at=case.opened_at)
    _read_through(agent, "/desk/departments/stores/", ["Việc số 0", "Việc số 1", "Việc số 2"])


def test_tokens_go_on(agent: Client, staff: Any, clock: StandingClock, monkeypatch: Any) -> None:
    monkeypatch.setattr(token_pages, "MOST", 2)
    for number in (2, 1, 0):
        ApiToken.objects.create(
            name=f"Số {number}",
            prefix=f"tt_{number}",
            hash=f"{number}" * 64,
            person=staff.agent,
            made_by=staff.agent,
            made_at=clock.instant,
        )
    _read_through(agent, "/desk/tokens/", ["Số 0", "Số 1", "Số 2"])


def test_a_customers_cases_and_purchases_go_on_apart(agent: Client, hoa: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(customer_page, "MOST", 2)
    monkeypatch.setattr(customer_page, "MOST_THINGS", 0)  # what is covered names purchases too
    for number in (2, 1, 0):
        opened(hoa, subject=f"Việc số {number}")
        purchase(hoa, number=f"BX-770{number}")
    page = f"/desk/customers/{hoa.pk}/"
    _read_through(agent, page, ["Việc số 0", "Việc số 1", "Việc số 2"], "cases")
    _read_through(agent, page, [f">BX-770{n}</td>" for n in range(3)], "purchases")  # forms offer all
    refused = agent.post(f"{page}reach/", {"kind": "mail", "value": "x"}).content.decode()
    assert f'href="{page}?cases=2#cases"' in refused, "a page that was sent and refused leads on too"


def test_an_organisations_people_go_on(agent: Client, hoa: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(customer_page, "MOST", 2)
    firm = customer("Xưởng Sông", "xuong@example.com", kind="business")
    for number in range(3):
        firm.members.create(person=customer(f"Người {number}", ""), joined=firm.since)
    _read_through(agent, f"/desk/customers/{firm.pk}/", ["Người 0", "Người 1", "Người 2"], "members")


def test_who_knows_a_directive_goes_on(manager: Client, staff: Any, clock: StandingClock, monkeypatch: Any) -> None:
    monkeypatch.setattr(directives, "MOST_NAMES", 2)
    kept = direct(new(), person=staff.manager)
    page = f"/desk/plan/directives/{kept.number}/"
    names = [each.name for each in (staff.agent, staff.specialist, staff.colleague, staff.manager)]
    first, second = (manager.get(f"{page}{query}").content.decode() for query in ("", "?waiting=2"))
    shown = [{each for each in names if f"<li>{each}</li>" in text} for text in (first, second)]
    assert [len(each) for each in shown] == [2, 2] and not shown[0] & shown[1]
    assert 'href="?waiting=2#readers"' in first and BEFORE in second


def test_a_provider_of_many_names_some_and_counts_the_others(manager: Client, staff: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(providers, "MOST_NAMED", 2)
    Person.objects.exclude(level="").update(provider="own_desk")
    said = " ".join(manager.get("/desk/providers/").content.decode().split())
    assert "Bình, Mai and 2 others" in said


LISTS = ("approvals", "departments/stores", "mentions", "people", "providers", "team", "tokens", "trouble", "words")


def test_queries_of_lists_do_not_grow(
    staff: Any, hoa: Any, clock: StandingClock, sign_in: Any, connection_queries: Any
) -> None:
    staff.manager.role = Role.ADMINISTRATOR
    staff.manager.save()
    browser = sign_in(staff.manager)

    def count() -> dict[str, int]:
        return {name: connection_queries(lambda name=name: browser.get(f"/desk/{name}/")) for name in LISTS}

    _furnish(1, staff, hoa, clock)
    few = count()
    for number in (2, 3, 4):
        _furnish(number, staff, hoa, clock)
    assert count() == few and max(few.values()) <= 16


def _furnish(number: int, staff: Any, hoa: Any, clock: StandingClock) -> None:
    """One more row for each of LISTS, of a customer, a colleague and a case of its own."""
    boss, due = staff.manager, clock.instant + timedelta(hours=number)
    case = opened(customer(f"Khách {number}", f"k{number}@example.com"), subject=f"Việc số {number}")
    Person.objects.create(name=f"Người {number}", email=f"nguoi{number}@desk.example", level="agent")
    Mention.objects.create(message=case.messages.first(), person=boss)
    ApiToken.objects.create(
        name=f"Số {number}", prefix="tt", hash=f"{number}" * 64, person=boss, made_by=boss, made_at=clock.instant
    )
    promise(case, boss, Vow(words=f"Việc số {number}", due=due))
    work.due("deliver_message", f"message:{number}", {"message": number}, clock.instant)
    DueWork.objects.update(failed_at=clock.instant, attempts=12, error="SMTPConnectError: refused")
    Case.objects.filter(pk=case.pk).update(department="stores", next_due_at=due, owner=staff.agent)


def _read_through(browser: Client, page: str, words: list[str], name: str = "from") -> None:
    """Two rows a leaf: the first two stand on the first one, the third alone on the second."""
    first, second = browser.get(page).content.decode(), browser.get(page, {name: "2"}).content.decode()
    assert [each in first for each in words] == [True, True, False]
    assert [each in second for each in words] == [False, False, True]
    assert AFTER in first and BEFORE in second
