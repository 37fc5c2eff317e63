"""Measures over events: shares, medians, their intervals, the stretch before, the weeks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tantam.history.former import (
    Part,
    UnknownMeasure,
    Which,
    ended_promises,
    kept_by_clause,
    kept_by_day,
    kept_by_kind,
    measure,
)
from tantam.history.former.intervals import median_ranks, wilson

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def rows():
    from tantam.desk.reports.rows import rows

    return rows


@pytest.fixture
def happened():
    """Append an event so many days after START."""
    from tantam.desk.accounts.models import Person
    from tantam.desk.cases.models import Case, CaseEvent
    from tantam.desk.customers.models import Customer
    from tantam.desk.plans.models import PlanVersion

    Person.objects.create(email="an@example.com", name="An")
    version = PlanVersion.objects.create(number=1, hash="0" * 12, frozen="", in_force_from=START, enacted_at=START)
    customer = Customer.objects.create(name="Hoa", since=START.date())
    case = Case.objects.create(
        customer=customer,
        subject="s",
        stage="after",
        severity="normal",
        level="agent",
        channel="web",
        language="vi",
        plan_version=version,
        opened_at=START,
        last_at=START,
    )

    def append(days: float, code: str, *, clause: str = "", **args: object) -> CaseEvent:
        return CaseEvent.objects.create(
            case=case, at=START + days * DAY, code=code, args=args, actor="plan", plan_version=version, clause=clause
        )

    return append


def test_share_counts_kept_among_ended_promises(rows, happened):
    for day in range(9):
        happened(day, "kept", kind="first_reply", minutes=10)
    happened(9, "broken", kind="resolution", minutes_late=5)
    happened(9, "promised", kind="resolution")
    found = measure(rows, "promises_kept", (START, START + 10 * DAY))
    assert (found.n, found.hits, found.value) == (10, 9, 0.9)
    assert found.low < 0.9 < found.high


def test_a_stretch_ends_before_its_last_instant(rows, happened):
    happened(0, "kept", kind="first_reply", minutes=1)
    happened(5, "broken", kind="first_reply", minutes_late=1)
    assert measure(rows, "promises_kept", (START, START + 5 * DAY)).value == 1.0
    assert measure(rows, "promises_kept", (START, START + 5.001 * DAY)).value == 0.5


def test_stretch_before_has_the_same_length(rows, happened):
    happened(-1, "kept", kind="first_reply", minutes=1)
    happened(-9, "broken", kind="first_reply", minutes_late=1)
    happened(1, "kept", kind="first_reply", minutes=1)
    found = measure(rows, "promises_kept", (START, START + 7 * DAY))
    assert (found.before, found.before_n) == (1.0, 1)


def test_nothing_counted_gives_no_value(rows, happened):
    found = measure(rows, "first_reply", (START, START + 7 * DAY))
    assert (found.n, found.value, found.low, found.before) == (0, None, None, None)


@pytest.mark.parametrize(("minutes", "median"), [([7], 7), ([1, 100], 50.5), ([3, 1, 2], 2), ([4, 1, 3, 2], 2.5)])
def test_median_of_minutes(rows, happened, minutes, median):
    for each in minutes:
        happened(1, "kept", kind="first_reply", minutes=each)
    happened(1, "kept", kind="resolution", minutes=1000)
    assert measure(rows, "first_reply", (START, START + 7 * DAY)).value == median


def test_minutes_are_compared_as_numbers(rows, happened):
    for each in (9, 10, 100):
        happened(1, "kept", kind="first_reply", minutes=each)
    assert measure(rows, "first_reply", (START, START + 7 * DAY)).value == 10


def test_what_was_broken_and_made_good_counts_its_time(rows, happened):
    happened(1, "broken", kind="first_reply", minutes_late=0)
    happened(1, "fulfilled", kind="first_reply", minutes_late=30, minutes=270)
    assert measure(rows, "first_reply", (START, START + 7 * DAY)).value == 270


def test_median_has_an_interval_from_its_ranks(rows, happened):
    for each in range(1, 101):
        happened(1, "kept", kind="resolution", minutes=each)
    found = measure(rows, "resolution", (START, START + 7 * DAY))
    assert (found.value, found.low, found.high) == (50.5, 40, 61)


def test_weeks_are_counted_back_from_the_end(rows, happened):
    happened(-10, "broken", kind="first_reply", minutes_late=1)
    happened(-3, "kept", kind="first_reply", minutes=1)
    weeks = measure(rows, "promises_kept", (START - 14 * DAY, START), weeks=3).weeks
    assert [(each.n, each.value) for each in weeks] == [(0, None), (1, 0.0), (1, 1.0)]
    assert weeks[-1].since == START - 7 * DAY


def test_kept_by_kind_clause_and_day(rows, happened):
    happened(0.5, "kept", kind="first_reply", clause="promises#high", minutes=1)
    happened(1.5, "broken", kind="first_reply", clause="promises#low", minutes_late=1)
    happened(1.6, "kept", kind="resolution", clause="promises#low", minutes=1)
    kinds = kept_by_kind(rows, START, START + 7 * DAY)
    assert (kinds["first_reply"].n, kinds["first_reply"].kept) == (2, 1)
    clauses = kept_by_clause(rows, START, START + 7 * DAY)
    assert clauses["promises#low"].share == 0.5
    days = kept_by_day(rows, [(START + n * DAY, START + (n + 1) * DAY) for n in range(3)])
    assert [(each.n, each.kept) for each in days] == [(1, 1), (2, 1), (0, 0)]


def test_each_end_leads_to_its_case(rows, happened):
    kept = happened(0.5, "kept", kind="first_reply", clause="promises#high", minutes=12)
    broken = happened(1.5, "broken", kind="resolution", clause="promises#low", minutes_late=0, promise=7)
    happened(1.6, "fulfilled", kind="resolution", clause="promises#low", minutes_late=30, promise=7)
    happened(1.7, "fulfilled", kind="resolution", clause="promises#low", minutes_late=99, promise=8)
    every = ended_promises(rows, (START, START + 7 * DAY), Which(("kept", "broken")))
    assert [each.event for each in every] == [broken.pk, kept.pk]
    assert every[0].minutes == 30 and every[0].case == broken.case_id
    only = ended_promises(rows, (START, START + 7 * DAY), Which(("kept",), kind="first_reply", clause="promises#high"))
    assert [(each.event, each.minutes) for each in only] == [(kept.pk, 12)]


def test_only_the_cases_of_a_stage_or_group_count(rows, happened):
    happened(0, "opened", stage="after", groups=["elderly", "new"])
    happened(1, "kept", kind="first_reply", minutes=10)
    within = (START, START + 7 * DAY)
    for part, n in [
        (Part(stage="after"), 1),
        (Part(stage="before"), 0),
        (Part(group="elderly"), 1),
        (Part(group="elder"), 0),
        (Part(stage="after", group="new"), 1),
    ]:
        assert measure(rows, "promises_kept", within, part=part).n == n, part


def test_an_unknown_measure_is_named(rows):
    with pytest.raises(UnknownMeasure, match="promises_kept"):
        measure(rows, "hapiness", (START, START + DAY))


def test_wilson_stays_within_a_share():
    assert wilson(0, 5)[0] == pytest.approx(0.0) and wilson(5, 5)[1] == pytest.approx(1.0)
    low, high = wilson(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


def test_few_values_have_no_interval():
    assert median_ranks(5) is None
    assert median_ranks(6) == (1, 6)
    assert median_ranks(100) == (40, 61)
