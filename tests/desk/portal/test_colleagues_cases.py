"""Who belongs to an organisation sees the cases of its people only where its page says so, and while they belong."""

from __future__ import annotations

import pytest

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Case
from tantam.desk.common.errors import Refused
from tantam.desk.customers.actions import join_organisation, leave_organisation, let_see_cases
from tantam.desk.customers.models import Customer, Membership
from tantam.desk.portal.my_cases import rows
from tantam.desk.visitors.access import Visitor, cases_of
from tantam.desk.visitors.models import Stay
from tests.support import desk
from tests.support.clock import StandingClock

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(staff: desk.Staff) -> Person:
    return staff.agent


@pytest.fixture
def firm(clock: StandingClock) -> Customer:
    return Customer.objects.create(name="Cà phê Sáng", kind=Customer.Kind.BUSINESS, since=clock.instant.date())


@pytest.fixture
def binh(clock: StandingClock) -> Customer:
    return Customer.objects.create(name="Trần Bình", since=clock.instant.date())


@pytest.fixture
def case(hoa: Customer) -> Case:
    return desk.opened(hoa)


def seen(customer: Customer) -> list[int]:
    return [each.pk for each in cases_of(Visitor(Stay(), (customer,)))]


def let(firm: Customer, by: Person, membership: Membership, *, sees: bool = True) -> None:
    let_see_cases(firm, by, membership=membership.pk, sees=sees)


def test_nobody_sees_them_unless_it_is_noted(
    hoa: Customer, binh: Customer, firm: Customer, case: Case, agent: Person
) -> None:
    join_organisation(hoa, agent, organisation=firm)
    his = join_organisation(binh, agent, organisation=firm)
    assert seen(binh) == []
    let(firm, agent, his)
    assert seen(binh) == [case.pk]
    (row,) = rows(cases_of(Visitor(Stay(), (binh,))), case.opened_at, "en", own=[binh.pk])
    assert row.whose == hoa.name
    let(firm, agent, his, sees=False)
    assert seen(binh) == []


def test_it_ends_when_either_of_them_leaves(
    hoa: Customer, binh: Customer, firm: Customer, case: Case, agent: Person
) -> None:
    hers = join_organisation(hoa, agent, organisation=firm)
    his = join_organisation(binh, agent, organisation=firm)
    let(firm, agent, his)
    leave_organisation(hoa, agent, membership=hers.pk)
    assert seen(binh) == []
    join_organisation(hoa, agent, organisation=firm)
    assert seen(binh) == [case.pk]
    leave_organisation(binh, agent, membership=his.pk)
    assert seen(binh) == []


def test_only_its_own_people_are_let(hoa: Customer, binh: Customer, firm: Customer, agent: Person) -> None:
    other = Customer.objects.create(name="Khác", kind=Customer.Kind.BUSINESS, since=firm.since)
    his = join_organisation(binh, agent, organisation=other)
    with pytest.raises(Refused):
        let(firm, agent, his)
    assert not Membership.objects.get(pk=his.pk).sees_cases
