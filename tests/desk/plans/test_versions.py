"""Which plan is in force when; an enacted plan is read from the database and never from files."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tantam.desk import plans
from tantam.desk.plans import NoPlan, PlanHasFindings, PlanUnreadable, versions
from tantam.desk.plans.actions import enact
from tantam.desk.plans.models import PlanVersion
from tests.support import desk
from tests.support.clock import StandingClock

SMALL = """tantam: 1
company: {name: Nhỏ, languages: [vi], timezone: Asia/Ho_Chi_Minh, currency: VND}
hours: {office: {mon-sun: "00:00-24:00"}}
levels: {agent: {handles: [normal], authority: {refund: 100_000 VND}}}
"""

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _afresh() -> None:
    for number in range(1, 9):
        versions.forget(number)


def test_without_a_plan_there_is_none(clock: StandingClock) -> None:
    with pytest.raises(NoPlan) as none:
        plans.in_force()
    assert none.value.sentence()
    with pytest.raises(NoPlan):
        plans.version(7)


def test_the_latest_that_has_begun_is_in_force(clock: StandingClock) -> None:
    for number, days in ((1, -10), (2, -5), (3, 5)):
        desk.put_in_force(number, clock.instant + timedelta(days=days))
    assert plans.in_force().number == 2
    assert plans.in_force(clock.instant - timedelta(days=7)).number == 1
    clock.forward(days=5)
    assert plans.in_force().number == 3


def test_a_newly_enacted_version_counts_at_once(tmp_path: Path, clock: StandingClock) -> None:
    desk.put_in_force()
    assert plans.in_force().number == 1
    enact(_written(tmp_path))
    assert (plans.in_force().number, plans.in_force().company("vi")) == (2, "Nhỏ")
    assert plans.version(1).company("vi") == "Bến Xuân"


def test_asking_what_is_in_force_is_one_query(clock: StandingClock) -> None:
    desk.put_in_force()
    plans.in_force()
    with CaptureQueriesContext(connection) as asked:
        plans.in_force()
        plans.version(1)
    assert len(asked) == 1


def test_a_version_is_thawed_once(clock: StandingClock) -> None:
    desk.put_in_force()
    assert plans.version(1) is plans.in_force()


def test_enacting_freezes_the_plan_so_that_its_files_may_go(tmp_path: Path, clock: StandingClock) -> None:
    path = _written(tmp_path)
    row = enact(path)
    path.unlink()
    versions.forget(row.number)
    running = plans.in_force()
    assert running.company("vi") == "Nhỏ" and running.name == f"1-{row.hash}"


def test_an_enacted_plan_never_changes(tmp_path: Path, clock: StandingClock) -> None:
    row = enact(_written(tmp_path))
    row.in_force_from = clock.instant - timedelta(days=1)
    with pytest.raises(ValueError, match="never changes"):
        row.save()


def test_numbers_follow_each_other(tmp_path: Path, clock: StandingClock, staff: Any) -> None:
    path = _written(tmp_path)
    assert [enact(path, person=staff.manager).number for _ in range(2)] == [2, 3]
    assert PlanVersion.objects.get(number=3).enacted_by == staff.manager


def test_enacting_for_later_leaves_the_present_one_in_force(tmp_path: Path, clock: StandingClock) -> None:
    desk.put_in_force()
    row = enact(_written(tmp_path), at=clock.instant + timedelta(days=1))
    assert plans.in_force().number == 1
    clock.forward(days=1)
    assert plans.in_force().number == row.number


def test_a_plan_that_cannot_be_read_is_not_enacted(tmp_path: Path, clock: StandingClock) -> None:
    with pytest.raises(PlanUnreadable):
        enact(_written(tmp_path, SMALL + "nonsense: true\n"))
    assert not PlanVersion.objects.exists()


def test_a_plan_that_leaves_customers_without_an_answer_is_not_enacted(tmp_path: Path, clock: StandingClock) -> None:
    torn = """
terms: {fault: {one_of: [ours, none], ask: Lỗi gì?}}
policies:
  exchange:
    stage: after
    decides: |
      row | fault => outcome
      a   | ours  => exchange
    outcomes: {exchange: {label: Đổi}, decline: {label: Không}}
"""
    with pytest.raises(PlanHasFindings) as found:
        enact(_written(tmp_path, SMALL + torn))
    assert found.value.findings
    assert not PlanVersion.objects.exists()


def test_warnings_are_for_people_to_weigh(tmp_path: Path, clock: StandingClock) -> None:
    dead_row = """
terms: {fault: {one_of: [ours, none], ask: Lỗi gì?}}
policies:
  exchange:
    stage: after
    decides: |
      row  | fault => outcome
      all  | -     => exchange
      dead | none  => exchange
    outcomes: {exchange: {label: Đổi}}
"""
    assert enact(_written(tmp_path, SMALL + dead_row)).number == 1


def _written(folder: Path, text: str = SMALL) -> Path:
    path = folder / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return path
