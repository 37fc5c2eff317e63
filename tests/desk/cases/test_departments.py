"""What departments owe each other is on the same ledger: asked for, recurring, and felt by what rests on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tantam.desk.cases.actions import ask_department, open_deliverables, resolve
from tantam.desk.cases.actions.open_deliverables import open_in_turn
from tantam.desk.cases.departments import queue, resting, supported
from tantam.desk.cases.grouping import regroup_open
from tantam.desk.cases.models import Case, Promise
from tantam.desk.common.errors import Refused
from tantam.desk.common.work import run_due
from tantam.desk.plans import departments
from tests.support.clock import StandingClock
from tests.support.desk import codes, opened


@pytest.fixture
def diagnosis(plan: Any) -> Any:
    return departments.named(plan, "workshop", "diagnosis")


@pytest.fixture
def replacement(plan: Any) -> Any:
    return departments.named(plan, "stores", "replacement")


def test_a_department_is_asked_from_a_case_and_owes_it_by_the_plan(
    hoa: Any, staff: Any, diagnosis: Any, plan: Any, clock: StandingClock
) -> None:
    outer = opened(hoa)
    inner = ask_department(outer, staff.agent, diagnosis, "Máy kêu to, nhờ xưởng xem.")
    made = inner.promises.get()
    assert (made.owed_by, made.kind, made.clause) == ("workshop", "diagnosis", "internal.workshop.diagnosis")
    assert made.due_at == departments.due(plan, diagnosis, clock.instant)
    assert inner.department == "workshop" and inner.customer.internal
    assert list(queue(staff.agent, "workshop")) == [inner]


def test_who_asks_a_department_is_in_no_group_of_customers(hoa: Any, staff: Any, diagnosis: Any) -> None:
    inner = ask_department(opened(hoa), staff.agent, diagnosis, "Máy kêu to, nhờ xưởng xem.")
    assert Case.objects.get(pk=inner.pk).groups == ""
    Case.objects.update(groups="|new|")
    regroup_open({})
    assert Case.objects.get(pk=inner.pk).groups == ""


def test_it_supports_the_promise_to_the_customer(hoa: Any, staff: Any, diagnosis: Any) -> None:
    outer = opened(hoa)
    inner = ask_department(outer, staff.agent, diagnosis, "Nhờ xưởng xem.")
    made = supported(inner).get()
    assert made.supports is not None and made.supports.case_id == outer.pk and list(resting(outer)) == [made]
    assert inner.links.get().other_id == outer.pk and "asked_department" in codes(outer)


def test_the_plans_promises_to_customers_are_not_owed_between_departments(hoa: Any, staff: Any, diagnosis: Any) -> None:
    inner = ask_department(opened(hoa), staff.agent, diagnosis, "Nhờ xưởng xem.")
    assert [each.kind for each in inner.promises.all()] == ["diagnosis"]


def test_asking_twice_with_the_same_form_is_one_case(hoa: Any, staff: Any, diagnosis: Any) -> None:
    outer = opened(hoa)
    first = ask_department(outer, staff.agent, diagnosis, "Nhờ xưởng xem.", submission="one")
    assert ask_department(outer, staff.agent, diagnosis, "Nhờ xưởng xem.", submission="one").pk == first.pk
    assert Case.objects.filter(department="workshop").count() == 1


def test_it_is_given_to_the_one_of_its_people_with_least_to_do(hoa: Any, staff: Any, diagnosis: Any) -> None:
    for person in (staff.specialist, staff.colleague):
        person.team = "workshop"
        person.save(update_fields=["team"])
    first = ask_department(opened(hoa), staff.agent, diagnosis, "Một.")
    second = ask_department(opened(hoa), staff.agent, diagnosis, "Hai.")
    assert {first.owner, second.owner} == {staff.specialist, staff.colleague}


def test_settling_it_keeps_what_was_owed(hoa: Any, staff: Any, replacement: Any) -> None:
    inner = ask_department(opened(hoa), staff.agent, replacement, "Cần máy thay.")
    resolve(inner, staff.specialist, "Đã soạn xong.")
    assert inner.promises.get().state == Promise.State.KEPT


def test_a_late_department_warns_the_owner_of_the_outer_promise_once(
    hoa: Any, staff: Any, replacement: Any, clock: StandingClock
) -> None:
    outer = opened(hoa)
    inner = ask_department(outer, staff.agent, replacement, "Cần máy thay.")
    made = inner.promises.get()
    Promise.objects.filter(pk=made.supports_id).update(due_at=made.due_at + timedelta(days=2))
    clock.set_to(made.due_at)
    for _ in range(3):
        run_due(limit=50)
    warned = outer.events.filter(code="endangered")
    assert warned.count() == 1 and warned.get().args["rests_on"] == made.pk


def test_what_is_not_owed_on_asking_is_refused(hoa: Any, staff: Any, plan: Any) -> None:
    recurring = departments.named(plan, "workshop", "faulty_batches")
    assert recurring is not None
    with pytest.raises(Refused) as refused:
        ask_department(opened(hoa), staff.agent, recurring, "Danh sách lô máy.")
    assert refused.value.code == "nothing_owed"


def test_what_recurs_is_promised_by_itself_and_never_twice(plan: Any, staff: Any, clock: StandingClock) -> None:
    assert open_deliverables() == 1
    assert open_deliverables() == 0
    first = Promise.objects.get(owed_by="workshop", kind="faulty_batches")
    assert first.due_at > clock.instant and first.case.customer.department == "stores"
    clock.set_to(first.due_at)
    assert open_deliverables() == 1 and open_deliverables() == 0
    second = Promise.objects.filter(owed_by="workshop").latest("due_at")
    assert second.due_at - first.due_at == timedelta(days=7)


def test_recurring_promises_go_on_after_the_workers_were_down(plan: Any, staff: Any, clock: StandingClock) -> None:
    open_deliverables()
    first = Promise.objects.get(owed_by="workshop")
    clock.set_to(first.due_at + timedelta(days=30))
    assert open_deliverables() == 1
    last = Promise.objects.filter(owed_by="workshop").latest("due_at")
    assert last.due_at > clock.instant and (last.due_at - first.due_at) % timedelta(days=7) == timedelta(0)
    assert Promise.objects.filter(owed_by="workshop").count() == 2


def test_what_a_department_is_asked_for_is_told_in_both_cases(
    hoa: Any, staff: Any, diagnosis: Any, plan: Any, clock: StandingClock
) -> None:
    outer = opened(hoa)
    inner = ask_department(outer, staff.agent, diagnosis, "Nhờ xưởng xem.", submission="one")
    made = inner.promises.get()
    told = outer.events.get(code="asked_department")
    assert told.args == {"case": inner.pk, "promise": made.pk, "department": "workshop"}
    assert (told.clause, made.clock) == (diagnosis.clause, departments.clock_of(plan, diagnosis))
    link = inner.links.get()
    assert (link.kind, link.person, link.at, link.other) == ("follows", staff.agent, clock.instant, outer)
    assert inner.subject == departments.what(plan, diagnosis.clause, staff.agent.language)
    assert (inner.channel, inner.language, inner.next_due_at) == ("web", "vi", made.due_at)
    first = inner.messages.get()
    assert (first.body, first.direction) == ("Nhờ xưởng xem.", "incoming")


def test_it_rests_on_what_is_due_last_of_what_still_runs(
    hoa: Any, staff: Any, diagnosis: Any, replacement: Any
) -> None:
    outer = opened(hoa)
    last = outer.promises.get(kind="resolution")
    assert ask_department(outer, staff.agent, diagnosis, "Một.").promises.get().supports == last
    Promise.objects.filter(pk=last.pk).update(state=Promise.State.KEPT)
    first = outer.promises.get(kind="first_reply")
    assert ask_department(outer, staff.agent, replacement, "Hai.").promises.get().supports == first
    Promise.objects.filter(pk=first.pk).update(state=Promise.State.KEPT)
    assert ask_department(outer, staff.agent, diagnosis, "Ba.").promises.get().supports is None


def test_a_turn_is_a_case_of_the_department_in_its_words(plan: Any, staff: Any, clock: StandingClock) -> None:
    open_deliverables()
    made = Promise.objects.get(owed_by="workshop", kind="faulty_batches")
    case, owing = made.case, departments.named(plan, "workshop", "faulty_batches")
    assert owing is not None
    what = departments.what(plan, owing.clause, plan.languages[0])
    assert (case.department, case.subject, case.language, case.channel) == ("workshop", what, plan.languages[0], "web")
    assert case.messages.get().body == what and case.customer.department == "stores" and case.customer.internal
    opened_ = case.events.get(code="opened")
    assert (opened_.actor, opened_.person, made.clause) == ("plan", None, owing.clause)
    assert case.next_due_at == made.due_at == departments.next_turn(plan, owing, clock.instant, clock.instant)


def test_without_a_plan_nothing_recurs(db: None, clock: StandingClock) -> None:
    assert open_deliverables() == 0


def test_the_worker_opens_what_recurs(plan: Any, staff: Any) -> None:
    open_in_turn({})
    assert Promise.objects.filter(owed_by="workshop").count() == 1
