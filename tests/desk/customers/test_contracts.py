"""A contract is agreed, changed, given notice of, ended, and goes on by itself; each is noted with the customer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tantam.desk.common import clock as times
from tantam.desk.common.errors import Refused
from tantam.desk.customers import actions
from tantam.desk.customers.access import contract_for, contracts_for
from tantam.desk.customers.actions.renew_contract import look
from tantam.desk.customers.agreements import agreed_with
from tantam.desk.customers.editing import today
from tantam.desk.customers.models import Contract, Customer, Membership
from tantam.desk.customers.traits import Unread
from tantam.desk.plans import RunningPlan
from tests.support import desk
from tests.support.clock import StandingClock

WRITTEN = {
    "number": "V-12",
    "kind": "service",
    "begins": "2026-03-01",
    "ends": "2027-02-28",
    "renews_months": "12",
    "notice_days": "30",
    "promise_0": "first_reply",
    "severity_0": "",
    "within_0": "10 min",
}


def agreed(with_whom: Customer, by: object, **fields: str) -> Contract:
    return actions.agree_contract(with_whom, by, WRITTEN | fields)


def codes(customer: Customer) -> list[str]:
    return list(customer.changes.order_by("id").values_list("code", flat=True))


def at(clock: StandingClock, day: date) -> None:
    clock.forward(days=(day - today()).days)


def test_contract_is_kept_with_its_promises_and_noted(hoa: Customer, staff: desk.Staff) -> None:
    made = agreed(hoa, staff.agent)
    assert (made.begins, made.ends, made.renews_months) == (date(2026, 3, 1), date(2027, 2, 28), 12)
    assert list(made.promises.values_list("promise", "severity", "within")) == [("first_reply", "", "10 min")]
    (noted,) = hoa.changes.all()
    assert (noted.code, noted.what, noted.by) == ("contract_agreed", [str(made.pk)], staff.agent)


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("ends", "2027-02-29", "bad_day"),
        ("begins", "", "bad_day"),
        ("ends", "2026-02-28", "ends_before"),
        ("number", "", "no_contract_number"),
        ("renews_months", "-1", "bad_count"),
        ("renews_months", "121", "bad_count"),
        ("products", "NO-SUCH", "unknown_product"),
        ("within_0", "soon", "bad_within"),
        ("within_0", "0 min", "bad_within"),
        ("promise_0", "heaven", "unknown_promise"),
        ("severity_0", "purple", "unknown_severity"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(
    hoa: Customer, staff: desk.Staff, field: str, text: str, code: str
) -> None:
    with pytest.raises(Unread) as refused:
        agreed(hoa, staff.agent, **{field: text})
    assert refused.value.refusals[field].code == code
    assert not Contract.objects.exists() and not hoa.changes.exists()


def test_what_has_no_end_does_not_go_on(hoa: Customer, staff: desk.Staff) -> None:
    with pytest.raises(Unread) as refused:
        agreed(hoa, staff.agent, ends="")
    assert refused.value.refusals["renews_months"].code == "contract_without_end"


def test_two_contracts_have_two_numbers(hoa: Customer, staff: desk.Staff) -> None:
    agreed(hoa, staff.agent)
    with pytest.raises(Unread) as refused:
        agreed(hoa, staff.agent)
    assert refused.value.refusals["number"].code == "contract_known"
    assert codes(hoa) == ["contract_agreed"]


def test_nobody_overwrites_what_they_have_not_seen(hoa: Customer, staff: desk.Staff) -> None:
    made = agreed(hoa, staff.agent)
    actions.change_contract(made, staff.colleague, seen=0, written=WRITTEN | {"notice_days": "60"})
    with pytest.raises(Refused, match="contract_changed"):
        actions.change_contract(made, staff.agent, seen=0, written=WRITTEN)
    made.refresh_from_db()
    assert (made.notice_days, made.edition) == (60, 1)


def test_outsider_changes_no_contract(hoa: Customer, staff: desk.Staff) -> None:
    made = agreed(hoa, staff.agent)
    for refused in (
        lambda: agreed(hoa, staff.outsider, number="V-13"),
        lambda: actions.change_contract(made, staff.outsider, seen=0, written=WRITTEN),
        lambda: actions.give_notice(made, staff.outsider),
        lambda: actions.end_contract(made, staff.outsider, day=today()),
    ):
        with pytest.raises(Refused, match="not_allowed"):
            refused()
    assert not contracts_for(staff.outsider).exists()


def test_notice_in_time_ends_it_with_the_term(hoa: Customer, staff: desk.Staff) -> None:
    made = actions.give_notice(agreed(hoa, staff.agent), staff.agent)
    assert made.ended == date(2027, 3, 1)
    with pytest.raises(Refused, match="notice_given"):
        actions.give_notice(made, staff.agent)
    assert actions.keep_contract(made, staff.agent).ended is None
    assert codes(hoa) == ["contract_agreed", "contract_notice", "contract_kept_on"]


def test_late_notice_lets_it_go_on_once_more_and_then_end(
    hoa: Customer, staff: desk.Staff, clock: StandingClock
) -> None:
    made = agreed(hoa, staff.agent)
    at(clock, date(2027, 2, 10))
    assert actions.give_notice(made, staff.agent).ended == date(2028, 3, 1)
    at(clock, date(2027, 3, 1))
    look({})
    made.refresh_from_db()
    assert (made.ends, made.over_from) == (date(2028, 2, 29), date(2028, 3, 1))
    at(clock, date(2028, 3, 1))
    look({})
    made.refresh_from_db()
    assert (made.ends, made.renewals) == (date(2028, 2, 29), 1)


def test_contract_goes_on_each_term_once_and_keeps_its_day(
    hoa: Customer, staff: desk.Staff, clock: StandingClock
) -> None:
    made = agreed(hoa, staff.agent, begins="2026-12-01", ends="2026-12-31", renews_months="1")
    at(clock, date(2026, 12, 31))
    look({})
    made.refresh_from_db()
    assert made.renewals == 0, "its last day is one of it"
    at(clock, date(2027, 4, 1))
    look({})
    look({})
    made.refresh_from_db()
    assert (made.ends, made.renewals, made.first_ends) == (date(2027, 4, 30), 4, date(2026, 12, 31))
    assert codes(hoa).count("contract_renewed") == 4
    assert hoa.changes.filter(by=None).count() == 4


def test_what_does_not_go_on_is_left_to_end(hoa: Customer, staff: desk.Staff, clock: StandingClock) -> None:
    made = agreed(hoa, staff.agent, renews_months="0")
    with pytest.raises(Refused, match="ends_anyway"):
        actions.give_notice(made, staff.agent)
    at(clock, date(2027, 3, 1))
    look({})
    made.refresh_from_db()
    assert made.renewals == 0
    with pytest.raises(Refused, match="contract_over"):
        actions.end_contract(made, staff.agent, day=today())


def test_contract_counts_from_its_first_to_its_last_day(
    hoa: Customer, staff: desk.Staff, plan: RunningPlan, clock: StandingClock
) -> None:
    agreed(hoa, staff.agent, begins="2026-12-01", ends="2026-12-31", renews_months="0")
    counted = {}
    for day in (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 1)):
        at(clock, day)
        counted[day.isoformat()] = bool(agreed_with(hoa, None, plan, times.now()))
    assert list(counted.values()) == [False, True, True, False]


def test_contract_of_an_organisation_counts_for_who_belongs_to_it(
    hoa: Customer, staff: desk.Staff, plan: RunningPlan
) -> None:
    firm = desk.customer("Công ty Sao Mai", mail="", kind="business")
    agreed(firm, staff.agent)
    assert agreed_with(hoa, None, plan, times.now()) == ()
    Membership.objects.create(organisation=firm, person=hoa, joined=today())
    assert [each.contract for each in agreed_with(hoa, None, plan, times.now())] == ["V-12"]
    hoa.memberships.update(left=today())
    assert agreed_with(hoa, None, plan, times.now()) == ()


def test_contract_for_products_counts_for_what_was_bought_of_them(
    hoa: Customer, staff: desk.Staff, plan: RunningPlan
) -> None:
    bought = desk.purchase(hoa)
    agreed(hoa, staff.agent, products="MG-9")
    assert agreed_with(hoa, None, plan, times.now()) == ()
    assert len(agreed_with(hoa, bought, plan, times.now())) == 1


def test_the_house_reads_contracts_by_their_ids(hoa: Customer, staff: desk.Staff) -> None:
    made = agreed(hoa, staff.agent)
    assert contract_for(staff.agent, made.pk) == made


def test_contract_that_lasts_was_over_one_day_after() -> None:
    made = Contract(number="X", begins=date(2026, 1, 1), ends=date(2026, 1, 31))
    assert made.over_from == date(2026, 1, 31) + timedelta(days=1)
