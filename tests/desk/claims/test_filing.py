"""What somebody files is done by one version of the plan, whatever is enacted while they file."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tantam.desk.cases.models import Case
from tantam.desk.claims import filing
from tantam.desk.claims.filing import Filing
from tantam.desk.customers.models import Customer
from tantam.desk.plans import Standing
from tests.support import desk


def filed(plan: Any, **fields: Any) -> Filing:
    facts = plan.read({"danger": "no", "fault": "ours", "owned": "12 days"}, Standing.TOLD)
    told = {"name": "Hoa", "contact": "hoa@example.com", "topic": "faulty", "policy": "exchange", "facts": facts}
    return Filing(plan=plan, body="Máy giặt kêu to.", channel="web", language="vi", **told | fields)


def test_what_is_enacted_in_between_counts_for_nothing_of_it(plan: Any) -> None:
    wanted = filed(plan)
    assert desk.put_in_force(2).number == 2
    case = filing.file(wanted)
    assert case.plan_version_id == case.claims.get().plan_version_id == plan.number
    assert {each.plan_version_id for each in case.promises.all()} == {plan.number}
    assert {each.plan_version_id for each in case.events.all()} == {plan.number}


def test_what_asks_for_nothing_is_of_one_version_too(plan: Any) -> None:
    wanted = filed(plan, policy="")
    desk.put_in_force(2)
    case = filing.file(wanted)
    assert {each.plan_version_id for each in case.events.all()} == {case.plan_version_id} == {plan.number}


def test_neither_the_plan_nor_the_submission_is_asked_for_twice(plan: Any) -> None:
    wanted = filed(plan, submission="form-1")
    with CaptureQueriesContext(connection) as asked:
        filing.file(wanted)
    said = [each["sql"] for each in asked]
    assert not [each for each in said if "in_force_from <=" in each]
    assert len([each for each in said if "submission =" in each]) == 1


def test_the_same_form_again_is_the_same_case_and_nobody_new(plan: Any) -> None:
    first = filing.file(filed(plan, submission="form-1"))
    again = filing.file(filed(plan, submission="form-1", name="Nam", contact="nam@example.com"))
    assert again == first and Case.objects.count() == Customer.objects.count() == 1
