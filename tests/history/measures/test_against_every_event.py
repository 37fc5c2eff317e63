"""Every measure over random pasts is what counting one event after the other gives, whole and by every slice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tantam.history.measures import SLICES, Definition, Kind, Listed, Part, behind, measure, sliced, standard
from tantam.plan.calendars import Hours, parse_hours
from tantam.plan.sections.counted import COUNTED
from tests.history.measures.happenings import DAY, START, Happening, SmallPast, at, happening
from tests.history.measures.plain import Plain
from tests.support.proving import examples

CODES = ("replied", "asked", "received", "taken", "handed_over", "escalated", "resolved", "reopened")
CODES += ("kept", "broken", "claimed", "granted", "noted", "rated", "renewed", "lapsed")
CODES += ("won", "lost", "quote_accepted", "quote_declined", "quote_expired", "quality_drawn", "quality_reviewed")
OFFICE, _ = parse_hours({"mon-fri": "08:00-12:00, 13:00-18:00", "sat": "22:00-06:00"}, "Europe/Berlin", name="office")
LENGTH = 12 * 24 * 60  # minutes over which a past is spread
PURCHASES = [("desk", "p", START), ("log", "p", START + DAY), ("desk", "q", START + 2 * DAY)]
EVERY = [(name, ()) for name in COUNTED]
EVERY += [(name, ("waiting",)) for name, known in COUNTED.items() if "exclusions" in known.takes]


def definition_of(name: str, leaves_out: tuple[str, ...] = ()) -> Definition:
    """Return the measure with all that it may need, on the office's clock."""
    known = standard(name, "office")
    return replace(
        known,
        leaves_out=leaves_out,
        within=None if known.within is None else 3 * 24 * 60.0,
        topics=("complaint",),
        outcomes=("refund", "swap.other"),
    )


@st.composite
def lives(draw: st.DrawFn) -> list[Happening]:
    """Draw the events of a few cases, of the desk and of an imported log, some with the same instants."""
    some = st.sampled_from
    moments = st.integers(0, LENGTH // 60).map(lambda hours: float(hours * 60))
    found = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        source = draw(some(["desk", "desk", "log"]))
        case = number if source == "desk" else -number
        opened = draw(moments)
        if draw(st.integers(0, 9)):
            found.append(happening(case, opened, "opened", source=source, **draw(openings())))
        for _ in range(draw(st.integers(0, 9))):
            code = draw(some(CODES))
            more = draw(details(code))
            found.append(happening(case, opened + draw(moments) / 4, code, source=source, **more))
    return draw(st.permutations(found))


def openings() -> st.SearchStrategy[dict[str, Any]]:
    """Draw what is known of a case as it is opened."""
    some = st.sampled_from
    return st.fixed_dictionaries(
        {
            "customer": some(["a", "b", None, ""]),
            "topic": some(["complaint", "other", None, ""]),
            "groups": some([None, [], ["g"], ["g", "h"]]),
            "stage": some(["after", "before", None]),
            "channel": some(["web", ""]),
            "level": some(["agent", None]),
            "purchase": some(["p", "q", None]),
            "version": some([1, 2, None]),
            "clause": some(["triage#x", ""]),
        }
    )


def details(code: str) -> st.SearchStrategy[dict[str, Any]]:
    """Draw what an event of this code carries."""
    some = st.sampled_from
    match code:
        case "taken":
            return st.fixed_dictionaries({"owner": some(["1", "2"]), "level": some(["agent", "chief"])})
        case "handed_over":
            return st.fixed_dictionaries({"owner": some(["1", "2", None]), "level": some(["agent", "chief"])})
        case "escalated":
            return st.just({"level": "chief"})
        case "claimed":
            return st.fixed_dictionaries({"policy": some(["refund", "swap"])})
        case "granted":
            return st.fixed_dictionaries({"policy": some(["swap", "x"]), "outcome": some(["refund", "other", "no"])})
        case "kept" | "broken":
            return st.fixed_dictionaries({"kind": some(["first_reply", "update"]), "clause": some(["promises#a", ""])})
        case "rated":
            return st.fixed_dictionaries({"outcome": some(["pleased", "not_pleased", None])})
        case "quality_drawn":
            return st.fixed_dictionaries({"clause": some(["quality.talk", "quality.call"])})
        case "quality_reviewed":
            clause, outcome = some(["quality.talk", "quality.call"]), some(["good", "poor", None])
            return st.fixed_dictionaries({"clause": clause, "outcome": outcome})
        case "replied" | "asked":
            return st.fixed_dictionaries({"actor": some(["person", "person", "plan"])})
        case _:
            return st.just({})


def small_past(events: list[Happening], hours: Hours | None = OFFICE) -> SmallPast:
    """Return the past with its purchases and the office's clock."""
    past = SmallPast(events, clocks={"office": hours})
    for source, name, instant in PURCHASES:
        past.handed_over(name, instant, source=source)
    return past


@pytest.mark.parametrize(("name", "leaves_out"), EVERY)
@settings(max_examples=examples(12), deadline=None)
@given(events=lives(), first=st.integers(0, LENGTH // 60), length=st.integers(1, LENGTH // 60))
def test_it_counts_what_counting_by_hand_counts(
    name: str, leaves_out: tuple[str, ...], events: list[Happening], first: int, length: int
) -> None:
    definition = definition_of(name, leaves_out)
    since, until = at(first * 60), at((first + length) * 60)
    past, plain = small_past(events), Plain(events, PURCHASES, OFFICE)
    expected = plain.counted(definition, since, until)
    known = [each for each in expected if each[2] is not None]
    found = measure(past, definition, (since, until), weeks=2)
    assert (found.n, found.unknown) == (len(known), len(expected) - len(known))
    assert found.value == pytest.approx(plain.value(definition, since, until))
    assert found.hits == (sum(value == 1 for *_, value in known) if definition.kind is Kind.SHARE else 0)
    listed = behind(past, definition, (since, until), most=1000)
    rows = sorted((each.case_id or 0, each.instant, round(each.value, 6)) for each in listed)
    assert rows == sorted((case or 0, instant, round(value, 6)) for case, instant, value in known if value is not None)
    before = plain.value(definition, since - (until - since), since)
    assert found.before == pytest.approx(before)
    for week in found.weeks:
        assert week.value == pytest.approx(plain.value(definition, week.since, week.since + timedelta(days=7)))


@pytest.mark.parametrize("name", COUNTED)
@settings(max_examples=examples(2), deadline=None)
@given(events=lives())
def test_slices_sum_up_and_each_is_the_measure_of_its_part(name: str, events: list[Happening]) -> None:
    definition, within = definition_of(name), (START, at(LENGTH))
    past = small_past(events)
    whole = measure(past, definition, within, weeks=0)
    for by in definition.slices:
        found = sliced(past, definition, within, by)
        if by not in ("group", "policy"):
            assert sum(each.n for each in found) == whole.n
            assert sum(each.hits for each in found) == whole.hits
            assert sum(each.unknown for each in found) == whole.unknown
        else:
            assert sum(each.n for each in found) >= whole.n
        for each in found:
            part = measure(past, definition, within, weeks=0, part=Part(**{by: each.key}))
            assert (part.n, part.hits, part.unknown, part.value) == (each.n, each.hits, each.unknown, each.value)
            assert (part.low, part.high) == (each.low, each.high)
            assert len(behind(past, definition, within, Listed(Part(**{by: each.key})))) == each.n


@settings(max_examples=examples(12), deadline=None)
@given(events=lives())
def test_person_and_level_are_those_of_the_instant(events: list[Happening]) -> None:
    definition = definition_of("promises_kept")
    past, plain = small_past(events), Plain(events)
    for each in behind(past, definition, (START, at(2 * LENGTH)), most=1000):
        so_far = [one for one in plain.life(each.case_id or 0) if one.instant <= each.instant]
        owners = [one.more.get("owner") for one in so_far if one.code in ("taken", "handed_over")]
        levels = [one.more["level"] for one in so_far if one.more.get("level")]
        assert (each.person, each.level) == ((owners[-1:] or [""])[0] or "", (levels[-1:] or [""])[0])


def test_every_slice_is_tried() -> None:
    tried = {"group", "stage", "channel", "level", "person", "policy", "clause", "version", "source"}
    assert set(SLICES) == tried | {"provider"}, "that of the provider in test_by_provider.py"
