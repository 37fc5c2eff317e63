"""What a contract promises is owed in the place of the plan's, and every way to ask what is owed says the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tantam.desk import plans
from tantam.desk.cases.actions import reopen, reply, resolve
from tantam.desk.cases.models import Case, Promise
from tantam.desk.cases.moving import preview
from tantam.desk.common import clock as times
from tantam.desk.customers.models import Contract, ContractPromise, Customer
from tests.support import desk
from tests.support.clock import StandingClock


@pytest.fixture
def contract(hoa: Customer) -> Contract:
    made = Contract.objects.create(number="V-12", customer=hoa, begins=date(2026, 1, 1))
    ContractPromise.objects.create(contract=made, promise="first_reply", within="7 min")
    return made


def first_reply(case: Case) -> Promise:
    return case.promises.filter(kind="first_reply").latest("id")


def test_contract_is_owed_in_the_place_of_the_plan(hoa: Customer, contract: Contract) -> None:
    owed = first_reply(desk.opened(hoa))
    assert owed.due_at - owed.made_at == timedelta(minutes=7)
    assert (owed.clause, owed.because["rule"], owed.because["args"]["contract"]) == ("precedence", "V-12", "V-12")
    said = plans.version(owed.plan_version_id).because(owed.because, "en")
    assert "by contract V-12, which goes before the plan; the order is contract, product, group, plan" in said


def test_other_kinds_stay_the_plans(hoa: Customer, contract: Contract) -> None:
    others = desk.opened(hoa).promises.exclude(kind="first_reply")
    assert others and all(each.clause.startswith("promises") for each in others)


def test_who_has_no_contract_is_owed_what_the_plan_says(contract: Contract) -> None:
    other = desk.opened(desk.customer("Trần Văn Nam", mail="nam@example.com"))
    assert first_reply(other).clause.startswith("promises")


def test_reopened_case_is_owed_by_the_contract_again(hoa: Customer, contract: Contract, staff: desk.Staff) -> None:
    case = desk.opened(hoa)
    resolve(case, staff.agent)
    assert first_reply(reopen(case)).because["rule"] == "V-12"


def test_another_version_leaves_what_a_contract_promised(
    hoa: Customer, contract: Contract, clock: StandingClock
) -> None:
    case = desk.opened(hoa)
    kinds = [each.kind for each in preview(case, desk.put_in_force(2, times.now()), times.now())]
    assert "first_reply" not in kinds


def test_contract_that_is_over_promises_nothing(hoa: Customer, contract: Contract) -> None:
    Contract.objects.update(ended=date(2026, 2, 1))
    assert first_reply(desk.opened(hoa)).clause.startswith("promises")


def test_words_keep_what_a_contract_promised(hoa: Customer, contract: Contract, staff: desk.Staff) -> None:
    case = desk.opened(hoa)
    reply(case, staff.agent, "Dạ, em xem ngay ạ.")
    assert first_reply(case).state == Promise.State.KEPT
