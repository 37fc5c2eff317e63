"""A contract's own promise goes before the plan's rows, by the plan's precedence."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tantam.plan.run import Agreed, Owed, owed, owed_with, time_agreed
from tantam.plan.sections import Plan, read_text

SHOP = (Path(__file__).parents[1] / "samples" / "shop.yaml").read_text(encoding="utf-8")
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FRIDAY = datetime(2026, 11, 20, 9, tzinfo=ZONE)
SOON = Agreed("V-12", "first_reply", "", "5 min")


def plan_with(precedence: str = "") -> Plan:
    written = SHOP + (f"\nprecedence: [{precedence}]\n" if precedence else "")
    return read_text(written)


def by_kind(plan: Plan, *agreed: Agreed, **facts: str) -> dict[str, Owed]:
    return {each.kind: each for each in owed_with(plan, facts, start=FRIDAY, agreed=agreed)}


def test_without_a_contract_the_rows_count() -> None:
    plan = plan_with()
    assert owed_with(plan, {"severity": "critical"}, start=FRIDAY, agreed=()) == owed(
        plan, {"severity": "critical"}, start=FRIDAY
    )


def test_contract_counts_in_the_place_of_the_row_even_where_it_is_later() -> None:
    late = Agreed("V-12", "first_reply", "", "4 h")
    found = by_kind(plan_with(), late, severity="critical")
    assert (found["first_reply"].due, found["first_reply"].clock) == (FRIDAY.replace(hour=14), "office"), (
        "the break is no open time"
    )
    assert (found["first_reply"].because.clause, found["first_reply"].because.rule) == ("precedence", "V-12")
    assert found["callback"].because.clause.startswith("promises"), "kinds that it says nothing of stay the plan's"


def test_contract_may_promise_what_no_row_does() -> None:
    found = by_kind(plan_with(), Agreed("V-12", "inspection", "", "2 working days"), severity="normal")
    assert found["inspection"].due > FRIDAY and found["inspection"].minutes is None


def test_contract_for_another_severity_says_nothing() -> None:
    plan = plan_with()
    urgent = Agreed("V-12", "first_reply", "critical", "5 min")
    assert by_kind(plan, urgent, severity="normal")["first_reply"].because.rule != "V-12"
    assert by_kind(plan, urgent, severity="critical")["first_reply"].because.rule == "V-12"


def test_of_several_contracts_the_soonest_counts() -> None:
    later = Agreed("V-9", "first_reply", "", "10 min")
    assert by_kind(plan_with(), later, SOON, severity="normal")["first_reply"].because.rule == "V-12"
    assert by_kind(plan_with(), SOON, later, severity="normal")["first_reply"].because.rule == "V-12"


@pytest.mark.parametrize(
    ("precedence", "rule"),
    [("contract, plan", "V-12"), ("plan, contract", "office"), ("group, plan", "V-12")],
)
def test_the_plan_says_what_goes_first(precedence: str, rule: str) -> None:
    found = by_kind(plan_with(precedence), SOON, severity="critical")["first_reply"]
    assert (found.because.rule == "V-12") is (rule == "V-12")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            "by contract V-12, which goes before the plan; the order is contract, product, group, plan.",
        ),
        ("vi", "hợp đồng V-12, được áp dụng trước kế hoạch; thứ tự là hợp đồng, sản phẩm, nhóm khách hàng, kế hoạch."),
        ("de", "Die Rangfolge ist"),
    ],
)
def test_the_reason_names_the_contract_and_the_order(lang: str, said: str) -> None:
    assert said.casefold() in by_kind(plan_with(), SOON, severity="normal")["first_reply"].because.text(lang).casefold()


@pytest.mark.parametrize("text", ["4 h", "30 min", "2 working days", "1 week"])
def test_times_are_read_as_cells_write_them(text: str) -> None:
    assert time_agreed(text) is not None


@pytest.mark.parametrize("text", ["", "soon", "-3 h", "0 min", "at once", "500 years", "3 days..4 days"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert time_agreed(text) is None
