"""The inbox: what is owed first comes first, by group, page by page, at the same number of queries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tantam.desk.cases.actions import ask_customer, merge, resolve, take
from tantam.desk.cases.inbox import InboxPage, inbox
from tantam.desk.cases.models import Case
from tests.support.clock import StandingClock
from tests.support.desk import customer, opened, purchase

NOON = datetime(2026, 3, 4, 5, 0, tzinfo=UTC)  # a Wednesday in Vietnam


def test_groups_by_what_is_owed(hoa: Any, staff: Any, clock: StandingClock) -> None:
    clock.set_to(NOON)
    made = {name: opened(hoa) for name in ("overdue", "hour", "today", "later", "waiting", "nothing")}
    for name, due in {
        "overdue": NOON - timedelta(seconds=1),
        "hour": NOON + timedelta(minutes=59),
        "today": NOON + timedelta(hours=11, minutes=59),
        "later": NOON + timedelta(hours=12),
        "nothing": None,
    }.items():
        Case.objects.filter(pk=made[name].pk).update(next_due_at=due)
    ask_customer(made["waiting"], staff.agent, "Ảnh ạ?")
    page = inbox(staff.agent, "all", now=NOON)
    found = {code: [row.case for row in rows] for code, rows in page.groups}
    assert found == {
        "overdue": [made["overdue"]],
        "hour": [made["hour"]],
        "today": [made["today"]],
        "later": [made["later"], made["nothing"]],
        "waiting": [made["waiting"]],
    }
    assert page.counts == {"overdue": 1, "hour": 1, "today": 1, "later": 2, "waiting": 1}


def test_the_hour_before_midnight_belongs_to_the_hour(hoa: Any, staff: Any, clock: StandingClock) -> None:
    late = datetime(2026, 3, 4, 16, 30, tzinfo=UTC)  # 23:30
    clock.set_to(late)
    case = opened(hoa)
    Case.objects.filter(pk=case.pk).update(next_due_at=late + timedelta(minutes=45))
    page = inbox(staff.agent, "all", now=late)
    assert [code for code, _ in page.groups] == ["hour"] and page.counts["hour"] == 1


def test_views_are_mine_my_levels_and_all(hoa: Any, staff: Any, clock: StandingClock) -> None:
    mine, theirs, above = opened(hoa), opened(hoa), opened(hoa, told={"danger": "yes"})
    take(mine, staff.agent)
    take(theirs, staff.colleague)
    assert _cases(inbox(staff.agent, "mine", now=clock.instant)) == {mine}
    assert _cases(inbox(staff.agent, "level", now=clock.instant)) == {mine, theirs}
    page = inbox(staff.agent, "all", now=clock.instant)
    assert _cases(page) == {mine, theirs, above}
    assert page.views == {"mine": 1, "level": 2, "all": 3}


def test_resolved_cases_are_gone(hoa: Any, staff: Any, clock: StandingClock) -> None:
    resolve(opened(hoa), staff.agent)
    assert inbox(staff.agent, "all", now=clock.instant).groups == ()


def test_outsider_sees_an_empty_inbox(hoa: Any, staff: Any, clock: StandingClock) -> None:
    opened(hoa)
    page = inbox(staff.outsider, "all", now=clock.instant)
    assert page.groups == () and not any(page.counts.values()) and not any(page.views.values())


def test_pages_follow_each_other_without_gap_or_repetition(hoa: Any, staff: Any, clock: StandingClock) -> None:
    cases = [opened(hoa) for _ in range(7)]
    Case.objects.filter(pk__in=[each.pk for each in cases[:2]]).update(next_due_at=None)
    ask_customer(cases[2], staff.agent, "Ảnh ạ?")
    seen: list[Case] = []
    after = ""
    for _ in range(4):
        page = inbox(staff.agent, "all", now=clock.instant, after=after, limit=2)
        seen += [row.case for _, rows in page.groups for row in rows]
        after = page.after
    assert after == "" and len(seen) == 7 and set(seen) == set(cases)
    whole = inbox(staff.agent, "all", now=clock.instant)
    assert [row.case for _, rows in whole.groups for row in rows] == seen


@pytest.mark.parametrize(
    "after", ["nonsense", "open~~", "open~2026-01-01~x", "~~", "lost~2099-01-01T00:00~1", "open~x~1"]
)
def test_a_place_that_cannot_be_read_begins_anew(hoa: Any, staff: Any, clock: StandingClock, after: str) -> None:
    case = opened(hoa)
    assert _cases(inbox(staff.agent, "all", now=clock.instant, after=after)) == {case}


def test_the_index_gives_the_order(hoa: Any, staff: Any, clock: StandingClock) -> None:
    opened(hoa)
    with CaptureQueriesContext(connection) as asked:
        inbox(staff.agent, "all", now=clock.instant)
    listed = next(each["sql"] for each in asked if 'next_due_at" ASC' in each["sql"])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # which would rather sort a few rows
            cursor.execute(
                "SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off"
            )
            cursor.execute(f"EXPLAIN {listed}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {listed}")
        plan = str(cursor.fetchall())
    assert "case_owed_first" in plan
    assert "TEMP B-TREE" not in plan and "Sort" not in plan


def test_row_has_chip_and_groups(staff: Any, clock: StandingClock) -> None:
    alone = customer("Trần Văn Tư", lives_alone=True, birth_year=1950)
    case = opened(alone)
    ((_, (row,)),) = inbox(staff.agent, "all", now=clock.instant).groups
    assert row.chip is not None and row.chip.due_at == case.next_due_at
    assert {"elderly", "living_alone"} <= set(row.groups)


def test_number_of_queries_does_not_depend_on_the_number_of_cases(staff: Any, clock: StandingClock) -> None:
    first = customer("Một", "1@example.com")
    opened(first, purchase=purchase(first, number="N-0"))
    few = _queries(staff, clock)
    for each in range(6):
        another = customer(f"Người {each}", f"{each}@example.org")
        opened(another, purchase=purchase(another, number=f"N-{each + 1}"))
    assert _queries(staff, clock) == few <= 7


def _queries(staff: Any, clock: StandingClock) -> int:
    with CaptureQueriesContext(connection) as asked:
        page = inbox(staff.agent, "all", now=clock.instant)
        assert [(row.case.owner, row.case.customer.name, row.case.purchase) for _, rows in page.groups for row in rows]
    return len(asked)


def _cases(page: InboxPage) -> set[Case]:
    return {row.case for _, rows in page.groups for row in rows}


def test_chip_is_of_what_is_due_first_on_joined_cases_too(hoa: Any, staff: Any, clock: StandingClock) -> None:
    sooner = opened(hoa)
    clock.forward(minutes=10)
    between = opened(hoa)
    clock.forward(minutes=10)
    into = opened(hoa)
    merge(sooner, staff.agent, between)
    merge(between, staff.agent, into)
    into.refresh_from_db()
    ((_, (row,)),) = inbox(staff.agent, "all", now=clock.instant).groups
    assert row.case == into and row.chip is not None
    assert row.chip.id in sooner.promises.values_list("pk", flat=True) and row.chip.due_at == into.next_due_at
