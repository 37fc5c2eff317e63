"""Contracts are written down, read, changed and ended on their pages; what is not taken stays in its field."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client

from tantam.desk.customers.contract_editing import note_contract
from tantam.desk.customers.models import Contract, Customer
from tantam.desk.web.contract_page import history_of
from tests.support import desk

SENT = {
    "number": "V-12",
    "kind": "maintenance",
    "begins": "2026-03-01",
    "ends": "2027-02-28",
    "renews_months": "12",
    "notice_days": "30",
    "promise_0": "first_reply",
    "within_0": "10 min",
}


def contract(of: Customer, number: str = "V-12", **fields: Any) -> Contract:
    return Contract.objects.create(number=number, customer=of, **{"begins": date(2026, 1, 1)} | fields)


def test_contract_is_written_down_and_shown(agent: Client, hoa: Customer) -> None:
    answer = agent.post(f"/desk/customers/{hoa.pk}/contracts/new/", SENT)
    made = Contract.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/contracts/{made.pk}/")
    said = agent.get(f"/desk/contracts/{made.pk}/").content.decode()
    for each in ("Contract V-12", "Maintenance", "within 10 minutes", "contract, product, group, plan", "by 12 months"):
        assert each in said
    assert f"/desk/contracts/{made.pk}/" in agent.get(f"/desk/customers/{hoa.pk}/").content.decode()


def test_what_is_not_taken_stays_in_its_field(agent: Client, hoa: Customer) -> None:
    sent = SENT | {"ends": "2027-02-29", "within_0": "soon", "terms": "Alle Geräte im Haus."}
    answer = agent.post(f"/desk/customers/{hoa.pk}/contracts/new/", sent)
    said = answer.content.decode()
    assert answer.status_code == 422 and not Contract.objects.exists()
    for each in ("“2027-02-29” is no day of the calendar", "“soon” is no time to promise", 'value="2027-02-29"'):
        assert each in said
    assert "Alle Geräte im Haus." in said


def test_nobody_overwrites_what_they_have_not_seen(agent: Client, hoa: Customer) -> None:
    made = contract(hoa, edition=3)
    answer = agent.post(f"/desk/contracts/{made.pk}/", SENT | {"seen": "2"})
    assert answer.status_code == 409 and 'name="seen" value="3"' in answer.content.decode()
    assert agent.post(f"/desk/contracts/{made.pk}/", SENT | {"seen": "3"}).status_code == 302


def test_notice_is_noted_and_taken_back(agent: Client, hoa: Customer) -> None:
    made = contract(hoa, ends=date(2026, 12, 31), renews_months=12)
    for what, ended in (("notice", date(2027, 1, 1)), ("keep", None)):
        agent.post(f"/desk/contracts/{made.pk}/do/", {"do": what})
        made.refresh_from_db()
        assert made.ended == ended
    agent.post(f"/desk/contracts/{made.pk}/do/", {"do": "end", "day": "2026-02-30"})
    made.refresh_from_db()
    assert made.ended is None
    assert "Notice of a contract was given" in agent.get(f"/desk/contracts/{made.pk}/").content.decode()


def test_list_tells_what_ends_from_what_goes_on(agent: Client, hoa: Customer, clock: Any) -> None:
    soon = clock.instant.date().replace(day=28)
    contract(hoa, "ENDS-1", ends=soon)
    contract(hoa, "GOES-1", ends=soon, renews_months=12)
    contract(hoa, "LONG-1")
    contract(hoa, "OVER-1", ended=date(2026, 2, 1))
    listed = {
        "": {"ENDS-1", "GOES-1", "LONG-1"},
        "ends": {"ENDS-1"},
        "renews": {"GOES-1"},
        "over": {"OVER-1"},
        "coming": set(),
    }
    for show, numbers in listed.items():
        said = agent.get("/desk/contracts/", {"show": show}).content.decode()
        assert {each for each in ("ENDS-1", "GOES-1", "LONG-1", "OVER-1") if each in said} == numbers, show


def test_empty_list_says_where_contracts_come_from(agent: Client, plan: Any) -> None:
    assert "Open a customer's page" in agent.get("/desk/contracts/").content.decode()


def test_queries_do_not_grow(agent: Client, hoa: Customer, connection_queries: Any) -> None:
    contract(hoa, "A-0")
    agent.get("/desk/contracts/")
    few = connection_queries(lambda: agent.get("/desk/contracts/"))
    for number in range(12):
        contract(desk.customer(f"Khách {number}", mail=""), f"B-{number}")
    assert connection_queries(lambda: agent.get("/desk/contracts/")) == few


def test_outsider_finds_no_contract(outsider: Client, hoa: Customer) -> None:
    made = contract(hoa)
    for path in (f"/desk/contracts/{made.pk}/", f"/desk/customers/{hoa.pk}/contracts/new/", "/desk/contracts/"):
        assert outsider.get(path).status_code == 404
    assert outsider.post(f"/desk/contracts/{made.pk}/do/", {"do": "notice"}).status_code == 404


def test_wrong_manner_and_missing_id(agent: Client, hoa: Customer) -> None:
    assert agent.get(f"/desk/contracts/{contract(hoa).pk}/do/").status_code == 405
    assert agent.get("/desk/contracts/1/").status_code == 404


def test_day_at_an_end_of_the_calendar_is_not_taken(agent: Client, hoa: Customer) -> None:
    for day in ("9999-12-31", "0001-01-01"):
        answer = agent.post(f"/desk/customers/{hoa.pk}/contracts/new/", SENT | {"begins": day, "ends": day})
        assert answer.status_code == 422 and not Contract.objects.exists()


def test_history_of_a_contract_is_its_own_however_much_was_done_to_others(
    agent: Client, hoa: Customer, django_assert_num_queries: Any
) -> None:
    made, other = contract(hoa), contract(hoa, "V-13")
    for of, code, times in ((made, "contract_agreed", 1), (other, "contract_changed", 60)):
        for _ in range(times):
            note_contract(of, None, code)
    with django_assert_num_queries(1):
        assert [each.code for _, _, each in history_of(made)] == ["contract_agreed"]
