"""The pages of groups and profile: what they count, what they find odd, and what they ask of the database."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tantam.desk.customers.models import Customer
from tantam.desk.groups.actions import fill_in
from tantam.desk.groups.looking import look
from tantam.desk.groups.models import Belonging, Told
from tantam.desk.plans import in_force
from tantam.desk.plans.actions import enact
from tantam.desk.plans.bringing import Brought, plan_of, sources_of
from tests.desk.groups.test_belonging import kept, many
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.drafts import enacted, files, packed

OLD = {"birth_year": 1955}
SPEAKS = """\
  speaks: {one_of: [vietnamese, khmer], ask: {en: Which language?, de: Welche Sprache?, vi: Tiếng gì?}}
  age:
"""


@pytest.fixture
def agent(client: Client, staff: desk.Staff) -> Client:
    client.force_login(staff.agent)
    return client


def read(client: Client, path: str) -> str:
    found = client.get(path, {"lang": "en"})
    assert found.status_code == 200
    return found.content.decode()


def test_groups_are_counted_and_what_is_odd_is_said(agent: Client, hoa: Customer) -> None:
    Customer.objects.filter(pk=hoa.pk).update(**OLD)
    look({})
    shown = read(agent, "/desk/groups/")
    assert "Older customers" in shown and "Nobody is in “Business customers”" in shown
    assert "in no group" not in shown


def test_members_are_listed_with_why(agent: Client, hoa: Customer) -> None:
    Customer.objects.filter(pk=hoa.pk).update(**OLD)
    look({})
    shown = read(agent, "/desk/groups/of/elderly/")
    assert hoa.name in shown and "age 71 years ≥ 65 years" in shown
    assert agent.get("/desk/groups/of/nobody/").status_code == 404


def test_customer_in_none_is_listed(agent: Client, hoa: Customer) -> None:
    for n in range(3):
        desk.purchase(hoa, number=f"BX-{n}", price=1)
    look({})
    assert "1 customer is in no group" in read(agent, "/desk/groups/")
    assert hoa.name in read(agent, "/desk/groups/of/-/")


@pytest.mark.parametrize(
    "path", ["/desk/groups/", "/desk/groups/of/new/", "/desk/groups/of/-/", "/desk/groups/profile/"]
)
def test_page_asks_as_much_for_many_as_for_few(agent: Client, clock: StandingClock, path: str) -> None:
    asked = []
    for number in (5, 150):
        many(number, seed=number)
        clock.forward(days=1)
        look({})
        read(agent, path)
        with CaptureQueriesContext(connection) as queries:
            read(agent, path)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_profile_holds_expected_shares_against_the_real_ones(
    agent: Client, staff: desk.Staff, hoa: Customer, clock: StandingClock
) -> None:
    trait = 'profile:\n  how_old:\n    words: Older ones.\n    term: age\n    expected: {"< 65": 80 %, ">= 65": 20 %}\n'
    enacted(staff.manager, r"(?m)^profile:\n", trait)
    Customer.objects.filter(pk=hoa.pk).update(**OLD)
    look({})
    shown = read(agent, "/desk/groups/profile/")
    assert "It does not fit well: 80%" in shown and "Known of 1" in shown and "Prospects: 80%" in shown


def test_customer_s_page_says_why(agent: Client, hoa: Customer) -> None:
    Customer.objects.filter(pk=hoa.pk).update(**OLD)
    assert "because age 71 years ≥ 65 years" in read(agent, f"/desk/customers/{hoa.pk}/")


@pytest.fixture
def tongue(staff: desk.Staff) -> Any:
    """A plan with a group by a trait that nothing on record gives."""
    group = "groups:\n  khmer: {label: Khmer, when: speaks = khmer, care: Find somebody who speaks it.}\n"
    changed = files(plan=("groups:\n", group), terms=("  age:\n", SPEAKS))
    enact(plan_of(*sources_of(Brought("plan.zip", packed(changed)))), person=staff.manager)
    return in_force()


def test_what_a_customer_told_puts_them_in_a_group_at_once(
    agent: Client, hoa: Customer, staff: desk.Staff, tongue: Any
) -> None:
    sent = agent.post(f"/desk/customers/{hoa.pk}/told/", {"t-speaks": "khmer"})
    assert sent.status_code == 302
    assert kept(hoa)["khmer"] == [["speaks", "khmer", "", ""]]
    case = desk.opened(hoa)
    assert "|khmer|" in case.groups
    fill_in(hoa, staff.agent, {"speaks": ""})
    assert "khmer" not in kept(hoa) and not Told.objects.exists()


def test_what_a_term_does_not_take_is_said_and_kept_on_the_form(agent: Client, hoa: Customer, tongue: Any) -> None:
    sent = agent.post(f"/desk/customers/{hoa.pk}/told/", {"t-speaks": "klingon"})
    assert sent.status_code == 422 and not Told.objects.exists()


def test_provider_s_people_see_no_groups(client: Client, staff: desk.Staff, hoa: Customer) -> None:
    staff.agent.provider = "carriers"
    staff.agent.save()
    client.force_login(staff.agent)
    look({})
    assert Belonging.objects.filter(customer=hoa).exists()
    pages = ("/desk/groups/", "/desk/groups/of/new/", "/desk/groups/profile/")
    assert {client.get(each).status_code for each in pages} == {404}
