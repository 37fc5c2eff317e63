"""A case walks through its procedure: begun with it, step by step, by people, by the customer, by time."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tantam.desk.cases import actions as on_cases
from tantam.desk.cases.models import Case
from tantam.desk.claims.actions import file_claim, grant
from tantam.desk.common.errors import Refused
from tantam.desk.procedures import actions
from tantam.desk.procedures.models import Run
from tests.support.clock import StandingClock
from tests.support.desk import codes, concern, opened, purchase

State = Run.State


@pytest.fixture
def case(hoa: Any, staff: Any) -> Case:
    """A machine that broke: the case follows the plan's procedure for what is faulty."""
    return opened(hoa)


def run_of(case: Case) -> Run:
    return case.runs.order_by("-id")[0]


def standing(case: Case) -> list[str]:
    return ["/".join(each["path"]) for each in run_of(case).tokens]


def number(case: Case, step: str) -> int:
    return next(each["number"] for each in run_of(case).tokens if each["path"][-1] == step)


def test_a_case_begins_the_procedure_of_its_topic_where_the_customer_has_reported(case: Case, plan: Any) -> None:
    run = run_of(case)
    assert (run.procedure, run.plan_version_id, run.state) == ("faulty_product", plan.number, State.RUNNING)
    assert standing(case) == ["find"]


def test_a_step_done_keeps_the_answers_and_leads_on(case: Case, staff: Any) -> None:
    actions.do_step(case, staff.agent, number(case, "find"), actions.Done({"fault": "ours"}))
    case.refresh_from_db()
    assert case.fields["fault"] == "ours"
    assert standing(case) == ["decide"]
    event = case.events.get(code="step_done")
    assert event.clause == "procedures.faulty_product.steps.find"
    assert event.args["asked"] == ["fault", "danger"]


def test_of_two_who_do_one_step_the_second_is_told(case: Case, staff: Any) -> None:
    step = number(case, "find")
    actions.do_step(case, staff.agent, step)
    with pytest.raises(Refused) as refused:
        actions.do_step(case, staff.colleague, step, actions.Done({"fault": "customer"}))
    assert refused.value.code == "step_gone"
    case.refresh_from_db()
    assert "fault" not in case.fields


def test_a_branch_that_is_not_known_waits_for_an_answer(case: Case, staff: Any) -> None:
    actions.do_step(case, staff.agent, number(case, "find"))
    with pytest.raises(Refused) as refused:
        actions.do_step(case, staff.agent, number(case, "decide"))
    assert refused.value.code == "which_branch"
    actions.do_step(case, staff.agent, number(case, "decide"), actions.Done(when="repair"))
    assert standing(case) == ["mend"]


def test_skipping_needs_a_reason_and_says_it(case: Case, staff: Any) -> None:
    step = number(case, "find")
    with pytest.raises(Refused) as refused:
        actions.skip_step(case, staff.agent, step, "  ")
    assert refused.value.code == "skip_needs_why"
    actions.skip_step(case, staff.agent, step, "Quen khách này")
    assert case.events.get(code="step_skipped").args["reason"] == "Quen khách này"
    with pytest.raises(Refused):
        actions.skip_step(case, staff.agent, step, "again")


@pytest.mark.parametrize(
    "go",
    [
        lambda case, by, step: actions.do_step(case, by, step, actions.Done(when="no_such")),
        lambda case, by, step: actions.skip_step(case, by, step, "Gấp", when="no_such"),
    ],
)
def test_a_branch_that_the_step_does_not_have_is_refused(case: Case, staff: Any, go: Any) -> None:
    actions.do_step(case, staff.agent, number(case, "find"), actions.Done({"fault": "ours"}))
    with pytest.raises(Refused) as refused:
        go(case, staff.agent, number(case, "decide"))
    assert refused.value.code == "which_branch"
    assert standing(case) == ["decide"]


def test_who_skips_a_step_and_chooses_nothing_goes_on_by_otherwise(case: Case, staff: Any) -> None:
    actions.do_step(case, staff.agent, number(case, "find"))
    actions.skip_step(case, staff.agent, number(case, "decide"), "Gấp")
    assert standing(case) == ["explain"]


def test_going_back_stands_where_it_stood(case: Case, staff: Any) -> None:
    step = number(case, "find")
    actions.do_step(case, staff.agent, step)
    actions.go_back(case, staff.agent, step)
    assert standing(case) == ["find"]
    assert codes(case)[-1] == "step_back"
    actions.do_step(case, staff.agent, number(case, "find"))
    assert standing(case) == ["decide"]


def test_a_late_step_is_told_once(case: Case, staff: Any, clock: StandingClock) -> None:
    run = run_of(case)
    clock.forward(days=1)
    assert actions.keep_time(run.pk)
    assert not actions.keep_time(run.pk)
    assert codes(case).count("step_missed") == 1
    assert case.events.get(code="step_missed").args["minutes"] > 15


def test_what_waits_for_its_time_outlives_the_settled_case(case: Case, staff: Any, clock: StandingClock) -> None:
    actions.do_step(case, staff.agent, number(case, "find"))
    actions.do_step(case, staff.agent, number(case, "decide"), actions.Done(when="otherwise"))
    actions.do_step(case, staff.agent, number(case, "explain"))
    on_cases.resolve(case, staff.agent)
    assert run_of(case).state == State.RUNNING and standing(case) == ["call"]
    clock.forward(days=8)
    actions.do_step(case, staff.agent, number(case, "call"))
    assert run_of(case).state == State.REACHED


def test_a_case_settled_before_leaves_its_steps_and_takes_them_up_again(case: Case, staff: Any) -> None:
    on_cases.resolve(case, staff.agent)
    assert run_of(case).state == State.LEFT
    assert case.events.get(code="procedure_ended").args["left"] == ["find"]
    on_cases.reopen(case)
    assert run_of(case).state == State.RUNNING and standing(case) == ["find"]


def test_another_procedure_stops_the_one_before(case: Case, staff: Any) -> None:
    actions.begin(case, staff.agent, "request")
    assert [each.state for each in case.runs.order_by("id")] == [State.STOPPED, State.RUNNING]
    with pytest.raises(Refused):
        actions.begin(case, staff.agent, "no_such")
    assert run_of(case).procedure == "request"


def test_beginning_with_the_case_costs_one_insert(hoa: Any, plan: Any) -> None:
    with CaptureQueriesContext(connection) as seen:
        opened(hoa)
    mine = [each["sql"] for each in seen if "procedures_run" in each["sql"]]
    assert len(mine) == 1 and mine[0].startswith("INSERT")


def test_a_granted_claim_moves_the_choice_by_its_policy(hoa: Any, staff: Any) -> None:
    claim = file_claim(concern(hoa, purchase=purchase(hoa), told={"fault": "ours"}), policy="exchange")
    actions.do_step(claim.case, staff.agent, number(claim.case, "find"))
    assert standing(claim.case) == ["decide"]
    grant(claim, staff.manager)
    assert standing(claim.case) == ["send"]
