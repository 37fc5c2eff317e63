"""What each measure counts at its edges: half-open stretches, clocks that change, lives that are not plain."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tantam.history.measures import (
    NONE,
    UNKNOWN,
    Kind,
    Listed,
    Part,
    UnknownMeasure,
    behind,
    definitions,
    measure,
    sliced,
    standard,
)
from tantam.plan.calendars import Hours, parse_hours
from tantam.plan.sections import read_text
from tantam.plan.sections.bounds import Bound
from tantam.plan.sections.counted import COUNTED
from tests.history.measures.happenings import DAY, START, SmallPast, at, happening

HEAD = """\
tantam: 1
company: {name: Shop, languages: [en], timezone: Europe/Berlin, currency: EUR}
hours: {office: {mon-fri: "08:00-18:00"}, night: {daily: "22:00-06:00"}}
promises: {clock: office, table: "promise | stage => within\\nupdate | - => 1 h\\n"}
"""
WEEK = (START, START + 7 * DAY)


def clock(form: dict[str, str]) -> dict[str, Hours | None]:
    """Return a clock of this name in Berlin, where the clocks change."""
    hours, faults = parse_hours(form, "Europe/Berlin", name="clock")
    assert not faults
    return {"clock": hours}


def a_case(case: int, *codes: tuple[str, float], **more: object) -> list:
    """Return a case opened at the first minute given, with the events after it."""
    return [happening(case, minute, code, **(more if code == "opened" else {})) for code, minute in codes]


def test_what_happens_as_a_stretch_begins_is_in_it_and_as_it_ends_is_not() -> None:
    past = SmallPast([happening(1, 0, "kept"), happening(1, 60, "broken"), happening(1, -1, "broken")])
    found = measure(past, standard("promises_kept"), (at(0), at(60)), weeks=0)
    assert (found.n, found.hits, found.before, found.before_n) == (1, 1, 0.0, 1)


def test_a_case_opened_as_the_stretch_ends_is_not_in_the_backlog_and_one_resolved_then_is() -> None:
    past = SmallPast(a_case(1, ("opened", 0), ("resolved", 60)) + a_case(2, ("opened", 60)))
    found = behind(past, standard("backlog_age"), (at(0), at(60)))
    assert [(each.case_id, each.value) for each in found] == [(1, 60)]


def test_weeks_are_counted_back_from_the_end_and_a_backlog_has_one_age_each() -> None:
    past = SmallPast(a_case(1, ("opened", 0)))
    found = measure(past, standard("backlog_age"), (START + 7 * DAY, START + 14 * DAY), weeks=3)
    assert [(each.n, each.value) for each in found.weeks] == [(0, None), (1, 7 * 1440), (1, 14 * 1440)]
    assert found.weeks[-1].since == START + 7 * DAY and found.before == 7 * 1440


def test_a_case_resolved_as_a_week_ends_was_open_then() -> None:
    past = SmallPast(a_case(1, ("opened", 0), ("resolved", 7 * 1440), ("received", 7 * 1440)))
    found = measure(past, standard("backlog_age"), (START + 7 * DAY, START + 14 * DAY), weeks=2)
    assert [each.n for each in found.weeks] == [1, 0]


@pytest.mark.parametrize(
    ("first", "last", "minutes"),
    [
        (datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 12, tzinfo=UTC), 7 * 60),  # an hour is lost
        (datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 12, tzinfo=UTC), 9 * 60),  # an hour comes twice
        (datetime(2026, 6, 6, 12, tzinfo=UTC), datetime(2026, 6, 7, 12, tzinfo=UTC), 8 * 60),
        (datetime(2026, 6, 6, 22, tzinfo=UTC), datetime(2026, 6, 7, 1, tzinfo=UTC), 3 * 60),  # from 0:00 to 3:00 there
    ],
)
def test_a_night_shift_counts_the_hours_that_pass_over_both_changes_of_the_clocks(
    first: datetime, last: datetime, minutes: int
) -> None:
    past = SmallPast(
        [happening(1, first, "opened"), happening(1, last, "replied")], clocks=clock({"daily": "22:00-06:00"})
    )
    found = measure(past, standard("first_reply", "clock"), (last, last + DAY), weeks=0)
    assert found.value == minutes


def test_a_reply_while_the_clock_is_closed_took_no_time() -> None:
    past = SmallPast(
        [happening(1, START + 5 * DAY, "opened"), happening(1, START + 6 * DAY, "replied")],
        clocks=clock({"mon-fri": "08:00-18:00"}),
    )
    assert measure(past, standard("first_reply", "clock"), WEEK).value == 0


def test_a_case_reopened_twice_counts_once_when_settled_for_good_without_the_time_between() -> None:
    codes = [
        ("opened", 0),
        ("resolved", 10),
        ("reopened", 100),
        ("resolved", 130),
        ("reopened", 500),
        ("resolved", 501),
    ]
    past = SmallPast(a_case(1, *codes))
    (found,) = behind(past, standard("resolution"), WEEK)
    assert (found.value, found.instant, found.since) == (41, at(501), at(0))
    assert measure(past, standard("reopened"), WEEK).value == 1


def test_a_case_never_resolved_or_reopened_since_is_not_settled() -> None:
    past = SmallPast(a_case(1, ("opened", 0)) + a_case(2, ("opened", 0), ("resolved", 5), ("reopened", 9)))
    assert [measure(past, standard(name), WEEK).n for name in ("resolution", "reassigned", "escalated")] == [0, 0, 0]
    assert [measure(past, standard(name), WEEK).n for name in ("reopened", "backlog_age")] == [1, 2]


def test_what_was_called_spam_is_not_settled_until_it_is_once_it_was_cleared() -> None:
    spam = [("opened", 0), ("called_spam", 10), ("resolved", 10)]
    cleared = [*spam, ("cleared_of_spam", 60), ("reopened", 60), ("resolved", 90)]
    names = ("resolution", "reassigned", "escalated", "reopened")
    assert [measure(SmallPast(a_case(1, *spam)), standard(name), WEEK).n for name in names] == [0, 0, 0, 0]
    past = SmallPast(a_case(1, *cleared) + a_case(2, ("opened", 0), ("resolved", 10)))
    assert [measure(past, standard(name), WEEK).n for name in names] == [2, 2, 2, 2]
    assert measure(past, standard("reopened"), WEEK).hits == 0
    assert measure(SmallPast(a_case(1, *spam)), standard("backlog_age"), WEEK).n == 0


def test_waiting_for_the_customer_is_left_out_only_if_the_plan_says_so() -> None:
    codes = [("opened", 0), ("asked", 10), ("replied", 15), ("received", 40), ("asked", 50), ("resolved", 90)]
    past = SmallPast(a_case(1, *codes))
    whole = standard("resolution")
    assert measure(past, whole, WEEK).value == 90
    assert measure(past, replace(whole, leaves_out=("waiting",)), WEEK).value == 20


def test_a_reopening_counts_up_to_the_last_minute_of_what_is_soon() -> None:
    soon = replace(standard("reopened"), within=60.0)
    for minute, hits in ((60, 1), (61, 0)):
        past = SmallPast(a_case(1, ("opened", -9), ("resolved", 0), ("reopened", minute)))
        assert measure(past, soon, WEEK).hits == hits
    assert measure(past, replace(soon, within=None), WEEK).hits == 1


def test_who_hands_a_case_to_nobody_or_back_passes_it_on() -> None:
    def share(*moves: tuple[str, str | None]) -> float | None:
        events = [happening(1, number, code, owner=owner) for number, (code, owner) in enumerate(moves)]
        return measure(SmallPast([*events, happening(1, 99, "resolved")]), standard("reassigned"), WEEK).value

    assert share(("taken", "1")) == 0
    assert share(("taken", "1"), ("handed_over", "1")) == 0
    assert share(("taken", "1"), ("handed_over", None)) == 1
    assert share(("taken", "1"), ("handed_over", "2"), ("handed_over", "1")) == 1
    assert share(("taken", "1"), ("taken", "2")) == 1
    assert share(("taken", "1"), ("escalated", None)) == 1
    assert share(("escalated", None), ("taken", "1")) == 0
    assert share(("handed_over", None), ("taken", "1")) == 0


def test_another_case_of_the_customer_counts_as_long_as_it_is_soon() -> None:
    soon = replace(standard("repeat_contact"), within=60.0)

    def hits(*earlier: tuple[str, float], minute: float = 100, customer: str = "a") -> int:
        past = SmallPast(a_case(1, *earlier, customer="a") + a_case(2, ("opened", minute), customer=customer))
        return measure(past, soon, (at(minute), at(minute + 1))).hits

    assert hits(("opened", 40)) == 1
    assert hits(("opened", 39)) == 0
    assert hits(("opened", 0), ("resolved", 40)) == 1
    assert hits(("opened", 100)) == 0, "at the same instant neither came first"
    assert hits(("opened", 40), customer="b") == 0


def test_a_purchase_comes_back_once_and_only_its_own_source_knows_it() -> None:
    known = replace(standard("return_rate"), outcomes=("refund.full",))
    granted = {"policy": "refund", "outcome": "full"}
    past = SmallPast(
        [
            happening(1, 0, "opened", purchase="p"),
            happening(1, 1, "granted", **granted),
            happening(1, 2, "granted", **granted),
            happening(-1, 0, "opened", purchase="q", source="log"),
            happening(-1, 1, "granted", source="log", **granted),
        ]
    )
    past.handed_over("p", START).handed_over("q", START).handed_over("r", START - DAY)
    found = measure(past, known, WEEK)
    assert (found.n, found.hits) == (2, 1)
    assert [each.key for each in sliced(past, known, WEEK, "source")] == ["desk"]
    assert measure(past, known, WEEK, part=Part(group="elderly")).reason == "not_cut_so"
    with pytest.raises(ValueError, match="source"):
        sliced(past, known, WEEK, "group")


def test_what_was_chosen_otherwise_did_not_come_back() -> None:
    known = replace(standard("return_rate"), outcomes=("exchange.replace",))
    given = {"policy": "exchange", "outcome": "replace", "claim": 7}
    past = SmallPast(
        [
            happening(1, 0, "opened", purchase="p"),
            happening(1, 1, "granted", **given),
            happening(1, 2, "chosen", **given | {"outcome": "repair"}),
            happening(2, 0, "opened", purchase="q"),
            happening(2, 1, "granted", **given | {"outcome": "repair", "claim": 8}),
            happening(2, 2, "chosen", **given | {"claim": 8}),
        ]
    )
    past.handed_over("p", START).handed_over("q", START)
    found = measure(past, known, WEEK)
    assert (found.n, found.hits) == (2, 1)


def test_one_kind_of_promise_counts_where_the_plan_says_so() -> None:
    past = SmallPast([happening(1, 1, "kept", kind="first_reply"), happening(1, 1, "broken", kind="update")])
    assert measure(past, replace(standard("promises_kept"), promise="update"), WEEK).value == 0


def test_enquiry_that_was_taken_up_again_counts_once_by_its_last_word() -> None:
    past = SmallPast(a_case(1, ("lost", 0), ("won", 60)) + a_case(2, ("won", 5)) + a_case(3, ("lost", 9)))
    found = measure(past, standard("conversion"), WEEK)
    assert (found.n, found.hits) == (3, 2)


def test_each_quote_counts_by_itself() -> None:
    past = SmallPast(a_case(1, ("quote_declined", 0), ("quote_accepted", 60)) + a_case(2, ("quote_expired", 5)))
    found = measure(past, standard("quote_to_order"), WEEK)
    assert (found.n, found.hits) == (3, 1)


REASONS = {
    "promises_kept": "no_promises",
    "first_reply": "no_replies",
    "resolution": "no_resolutions",
    "reopened": "no_resolutions",
    "reassigned": "no_resolutions",
    "repeat_contact": "no_cases",
    "complaint_rate": "topics_not_said",
    "return_rate": "outcomes_not_said",
    "backlog_age": "no_cases",
    "escalated": "no_resolutions",
    "satisfaction": "no_ratings",
    "renewal_rate": "no_contracts",
    "conversion": "no_enquiries",
    "quote_to_order": "no_quotes",
    "quality": "no_reviews",
}


@pytest.mark.parametrize("name", COUNTED)
def test_a_history_without_its_facts_gives_a_reason_and_no_number(name: str) -> None:
    found = measure(SmallPast([happening(1, 0, "noted")]), standard(name), WEEK)
    assert (found.n, found.value, found.low, found.reason) == (0, None, None, REASONS[name])


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("reopened", "no_reopenings"),
        ("reassigned", "no_owners"),
        ("escalated", "no_escalations"),
        ("repeat_contact", "no_customers"),
        ("complaint_rate", "no_topics"),
    ],
)
def test_a_log_that_does_not_tell_is_unknown_and_the_desk_tells_all(name: str, reason: str) -> None:
    known = replace(standard(name), topics=("x",))
    codes = (("opened", 0), ("resolved", 9))
    log = [happening(-1, minute, code, source="log") for code, minute in codes]
    found = measure(SmallPast(log), known, WEEK)
    assert (found.n, found.unknown, found.reason) == (0, 1, reason)
    desk = a_case(1, *codes, customer="a", topic="y")
    both = measure(SmallPast([*log, *desk]), known, WEEK)
    assert (both.n, both.unknown, both.value, both.reason) == (1, 1, 0, "")


def test_a_clock_that_history_lacks_gives_no_minutes() -> None:
    past = SmallPast(a_case(1, ("opened", 0), ("replied", 5), ("resolved", 9)) + a_case(2, ("opened", 0)))
    for name in ("first_reply", "resolution", "backlog_age"):
        found = measure(past, standard(name, "gone"), WEEK)
        assert (found.n, found.unknown, found.reason) == (0, 1, "no_clock")


def test_a_quiet_stretch_says_so() -> None:
    past = SmallPast([happening(1, 0, "kept")])
    assert measure(past, standard("promises_kept"), (START + DAY, START + 2 * DAY)).reason == "nothing_counted"


def test_what_is_not_known_and_what_is_not_there_are_slices_of_their_own() -> None:
    past = SmallPast(
        a_case(1, ("opened", 0), ("resolved", 1), groups=None)
        + a_case(2, ("opened", 0), ("resolved", 1), groups=[])
        + a_case(3, ("opened", 0), ("resolved", 1), groups=["g", "h"])
    )
    found = {each.key: each.n for each in sliced(past, standard("resolution"), WEEK, "group")}
    assert found == {UNKNOWN: 1, NONE: 1, "g": 1, "h": 1}
    (unknown,) = behind(past, standard("resolution"), WEEK, Listed(Part(group=UNKNOWN)))
    assert unknown.case_id == 1


def test_behind_shows_the_worst_or_the_newest_and_only_hits_if_asked() -> None:
    past = SmallPast([happening(1, 1, "kept"), happening(2, 2, "broken"), happening(3, 3, "kept")])
    kept = standard("promises_kept")
    assert [each.case_id for each in behind(past, kept, WEEK)] == [2, 3, 1]
    assert [each.case_id for each in behind(past, kept, WEEK, Listed(order="newest"))] == [3, 2, 1]
    assert [each.case_id for each in behind(past, kept, WEEK, Listed(only=1), most=1)] == [3]
    assert [each.case_id for each in behind(past, kept, WEEK, Listed(only=0))] == [2]
    past = SmallPast(a_case(1, ("opened", 0), ("replied", 9)) + a_case(2, ("opened", 0), ("replied", 5)))
    assert [each.value for each in behind(past, standard("first_reply"), WEEK)] == [9, 5]


def test_behind_names_the_customer_of_the_opening() -> None:
    past = SmallPast([happening(1, 0, "opened", customer="log/Kim"), happening(1, 1, "kept"), happening(2, 2, "kept")])
    found = {each.case_id: each.customer for each in behind(past, standard("promises_kept"), WEEK)}
    assert found == {1: "log/Kim", 2: ""}


def test_an_alarm_rings_as_the_plan_says() -> None:
    past = SmallPast([happening(1, 1, "kept"), happening(2, 2, "broken")])
    kept = standard("promises_kept")
    assert not measure(past, kept, WEEK).alarmed
    assert measure(past, replace(kept, alarm=Bound("<", 0.9, "share")), WEEK).alarmed
    assert not measure(past, replace(kept, alarm=Bound("<", 0.5, "share")), WEEK).alarmed
    assert not measure(SmallPast([]), replace(kept, alarm=Bound("<", 0.9, "share")), WEEK).alarmed


def test_the_plan_says_how_its_measures_are_counted() -> None:
    plan = read_text(
        HEAD + "measures:\n"
        "  first_reply: {clock: night, unit: min}\n"
        "  resolution: {clock: calendar, exclusions: [waiting]}\n"
        "  reopened: {within: 2 days}\n"
        "  updates: {of: promises_kept, promise: update, alarm: < 90 %}\n"
        "  smiles: {words: How many smile}\n"
    )
    found = definitions(plan)
    assert list(found) == [*COUNTED, "updates"]
    assert (found["first_reply"].clock, found["backlog_age"].clock, found["resolution"].clock) == (
        "night",
        "office",
        "",
    )
    assert (found["first_reply"].unit, found["resolution"].leaves_out) == ("min", ("waiting",))
    assert (found["reopened"].within, found["repeat_contact"].within) == (2 * 1440, 30 * 1440)
    own = found["updates"]
    assert (own.of, own.promise, own.alarm, own.kind) == (
        "promises_kept",
        "update",
        Bound("<", 0.9, "share"),
        Kind.SHARE,
    )


def test_wrong_questions_are_refused() -> None:
    past, known = SmallPast([]), standard("promises_kept")
    with pytest.raises(UnknownMeasure, match="promises_kept"):
        standard("smiles")
    with pytest.raises(ValueError, match="begin before"):
        measure(past, known, (START, START))
    with pytest.raises(ValueError, match="60 weeks"):
        measure(past, known, WEEK, weeks=61)
    with pytest.raises(ValueError, match="begin before"):
        behind(past, known, (START, START - timedelta(days=1)))
