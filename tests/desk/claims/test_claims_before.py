"""What was claimed and granted before is on record: a plan's row on it leaves the decision to a person."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tantam.desk.claims.actions import answer_for, file_claim, reverse
from tantam.desk.claims.facts import Claimed, facts_of
from tantam.desk.claims.models import Claim
from tantam.desk.plans import Fact, Standing
from tests.support import drafts
from tests.support.clock import StandingClock
from tests.support.desk import concern, purchase

OFTEN, GRANTED = "customer.claims_last_90_days", "purchase.granted"


@pytest.mark.parametrize("path", [OFTEN, GRANTED])
def test_a_row_may_ask_for_what_was_claimed_before(path: str, hoa: Any, staff: Any) -> None:
    drafts.enacted(staff.manager, r"from: case\.broken_promises", f"from: {path}")
    bought = purchase(hoa, days_ago=3)
    first = _filed(hoa, bought, policy="goodwill", told={"harm": "none"})
    assert first.clause.endswith("#nothing") and first.facts["broken_promises"]["standing"] == "recorded"
    _filed(hoa, bought, policy="refund", told={"fault": "none", "condition": "unopened"})
    second = _filed(hoa, bought, policy="goodwill", told={"harm": "none"})
    assert second.clause.endswith("#waited")


def test_claims_of_long_ago_and_grants_taken_back_do_not_count(hoa: Any, staff: Any, clock: StandingClock) -> None:
    bought = purchase(hoa, days_ago=3)
    given = _filed(hoa, bought, policy="refund", told={"fault": "none", "condition": "unopened"}).grants.get()
    plan = drafts.enacted(staff.manager, r"from: case\.broken_promises", f"from: {GRANTED}")
    assert facts_of(Claimed(hoa, bought), plan, clock.instant)[GRANTED].value == 1
    reverse(given, staff.manager, "Nhầm.")
    assert facts_of(Claimed(hoa, bought), plan, clock.instant)[GRANTED].value == 0
    often = drafts.enacted(staff.manager, r"from: purchase\.granted|from: case\.broken_promises", f"from: {OFTEN}")
    assert facts_of(Claimed(hoa, None), often, clock.instant)[OFTEN].value == 1
    clock.forward(days=91)
    assert facts_of(Claimed(hoa, None), often, clock.instant)[OFTEN].value == 0


def test_a_plan_that_names_none_asks_nothing(hoa: Any, staff: Any, clock: StandingClock) -> None:
    plan = drafts.enacted(staff.manager, rf"\n    from: ({OFTEN}|unit\.granted)", "")
    with CaptureQueriesContext(connection) as asked:
        assert not facts_of(Claimed(hoa, None), plan, clock.instant)
    assert not asked.captured_queries


def test_asked_before_a_case_is_open_nothing_is_broken_on_it(hoa: Any, plan: Any) -> None:
    told = {"harm": "none"}
    assert answer_for("goodwill", plan.read(told, Standing.TOLD), plan=plan, customer=hoa).outcome == "decline"
    supposed = plan.read(told | {"broken_promises": "2"}, Standing.TOLD)
    assert answer_for("goodwill", supposed, plan=plan).outcome == "voucher"


def _filed(of: Any, bought: Any, *, policy: str, told: dict[str, str]) -> Claim:
    brought = concern(of, told=told, purchase=bought, topic="")
    facts = {term: Fact(fact.value, Standing.VERIFIED) for term, fact in brought.facts.items()}
    return file_claim(replace(brought, facts=facts), policy=policy)
