"""Pages by place: forward and back they show the same, whatever lies between, and each begins reading at its place."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tantam.desk.cases.actions import ask_customer, resolve, take
from tantam.desk.cases.inbox import Listing, inbox
from tantam.desk.cases.models import Case, Mention, Message, Watcher
from tests.support.clock import StandingClock
from tests.support.desk import opened


def walked(person: Any, clock: StandingClock, limit: int) -> tuple[list[list[Case]], list[list[Case]]]:
    """Return the pages as seen going forward, and as seen going back from the last one."""
    page, forth = inbox(person, "all", now=clock.instant, limit=limit), []
    forth.append(page.cases)
    while page.after:
        page = inbox(person, Listing("all", after=page.after), now=clock.instant, limit=limit)
        forth.append(page.cases)
    back = [page.cases]
    while page.before:
        page = inbox(person, Listing("all", before=page.before), now=clock.instant, limit=limit)
        back.append(page.cases)
    return forth, back


def test_back_shows_what_forward_showed(hoa: Any, staff: Any, clock: StandingClock) -> None:
    cases = [opened(hoa) for _ in range(9)]
    Case.objects.filter(pk__in=[each.pk for each in cases[:2]]).update(next_due_at=None)
    Case.objects.filter(pk__in=[each.pk for each in cases[3:6]]).update(next_due_at=clock.instant + timedelta(hours=1))
    ask_customer(cases[7], staff.agent, "Ảnh ạ?")
    Case.objects.filter(pk=cases[7].pk).update(next_due_at=None)
    forth, back = walked(staff.agent, clock, 3)
    whole = inbox(staff.agent, "all", now=clock.instant).cases
    assert len(whole) == 9 and sum(forth, []) == whole
    assert back == forth[::-1]


def test_sleepers_stand_in_their_own_view_only(hoa: Any, staff: Any, clock: StandingClock) -> None:
    asleep, awake = opened(hoa), opened(hoa)
    Case.objects.filter(pk=asleep.pk).update(snoozed_at=clock.instant, snoozed_until=clock.instant + timedelta(days=2))
    page = inbox(staff.agent, "all", now=clock.instant)
    assert page.cases == [awake] and page.aside["snoozed"] == 1 and page.views["all"] == 1
    ((code, (row,)),) = inbox(staff.agent, "snoozed", now=clock.instant).groups
    assert (code, row.case) == ("asleep", asleep)


def test_merged_cases_never_show(hoa: Any, staff: Any, clock: StandingClock) -> None:
    merged, target = opened(hoa), opened(hoa)
    Case.objects.filter(pk=merged.pk).update(status="merged", merged_into=target)
    Watcher.objects.create(case=merged, person=staff.agent, since=clock.instant)
    for view in ("all", "level", "watched", "mentions", "snoozed", "team"):
        assert merged not in inbox(staff.agent, view, now=clock.instant).cases


def test_views_of_my_team_of_what_i_watch_and_where_i_was_named(hoa: Any, staff: Any, clock: StandingClock) -> None:
    mates, watched, named, done = (opened(hoa) for _ in range(4))
    for each in (staff.agent, staff.colleague):
        each.team = "shop"
        each.save()
    take(mates, staff.colleague)
    Watcher.objects.create(case=watched, person=staff.agent, since=clock.instant)
    resolve(done, staff.specialist)
    for case in (named, done):
        note = Message.objects.create(
            case=case, direction="note", author=staff.specialist, channel="desk", body="@Mai", written_at=clock.instant
        )
        Mention.objects.create(message=note, person=staff.agent)
    shown = {view: inbox(staff.agent, view, now=clock.instant).cases for view in ("team", "watched", "mentions")}
    assert shown == {"team": [mates], "watched": [watched], "mentions": [named, done]}
    assert inbox(staff.agent, now=clock.instant).aside == {"team": 1, "watched": 1, "mentions": 2, "snoozed": 0}
    Mention.objects.update(read_at=clock.instant)
    assert inbox(staff.agent, "mentions", now=clock.instant).cases == []


@pytest.mark.parametrize(
    ("view", "index"), [("all", "case_owed_first"), ("level", "case_owed_level"), ("mine", "case_owed_owner")]
)
def test_every_list_and_count_is_one_stretch_of_an_index(
    view: str, index: str, hoa: Any, staff: Any, clock: StandingClock
) -> None:
    first = opened(hoa)
    take(first, staff.agent)
    if connection.vendor == "postgresql":  # which chooses by what there is
        _fill(first, 1_500)
    place = f"open~{clock.instant.isoformat()}~{first.pk}"
    with CaptureQueriesContext(connection) as asked, explained() as plans:
        for listing in (Listing(view), Listing(view, after=place), Listing(view, before=place)):
            inbox(staff.agent, listing, now=clock.instant)
    assert len(asked) > 6
    listed = [plan for plan in plans if "ORDER BY" in plan[0] and "cases_case" in plan[0]]
    assert len(listed) >= 3
    for statement, plan in listed:
        assert index in plan or (connection.vendor == "postgresql" and "case_owed_" in plan), plan
        assert "TEMP B-TREE" not in plan and "Sort" not in plan, (statement, plan)


def _fill(pattern: Case, number: int) -> None:
    """Copy a case so often that there is something to choose: one in ten open, one in ten of those the owner's."""
    kept = [each for each in Case._meta.local_concrete_fields if not each.generated and not each.primary_key]
    same = {each.attname: getattr(pattern, each.attname) for each in kept}
    made = []
    for n in range(number):
        own = {"reference": f"F{n}", "link_key": f"f{n}", "next_due_at": pattern.opened_at + timedelta(minutes=n)}
        own |= {"status": "open" if n % 20 == 0 else "resolved", "owner_id": pattern.owner_id if n % 100 == 0 else None}
        made.append(Case(**same | own | ({"next_due_at": None} if n % 40 == 0 else {})))
    Case.objects.bulk_create(made, batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class explained:  # noqa: N801 - read as a word of the test
    """Explains every query of the block as the database runs it, with its values bound."""

    def __enter__(self) -> list[tuple[str, str]]:
        self.found: list[tuple[str, str]] = []
        self.wrapper = connection.execute_wrapper(self._explain)
        self.wrapper.__enter__()
        return self.found

    def __exit__(self, *raised: object) -> None:
        self.wrapper.__exit__(*raised)

    def _explain(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT") and not many:
            with connection.cursor().connection.cursor() if connection.vendor == "postgresql" else _raw() as cursor:
                if connection.vendor == "postgresql":  # which would rather sort what is left of so few rows
                    for way in ("sort", "seqscan", "bitmapscan"):
                        cursor.execute(f"SET LOCAL enable_{way} = off")
                    cursor.execute(f"EXPLAIN {sql}", params)
                else:
                    cursor.execute(f"EXPLAIN QUERY PLAN {sql.replace('%s', '?')}", tuple(map(_bound, params or ())))
                self.found.append((sql, str(cursor.fetchall())))
        return execute(sql, params, many, context)


class _raw:  # noqa: N801
    def __enter__(self) -> Any:
        return connection.connection.cursor()

    def __exit__(self, *raised: object) -> None:
        return None


def _bound(value: Any) -> Any:
    return str(value) if hasattr(value, "isoformat") else value
