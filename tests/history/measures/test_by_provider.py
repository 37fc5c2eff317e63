"""Figures by provider: in whose queue a case was at the instant that counts, the house's own where nobody says."""

from __future__ import annotations

from tantam.history.measures import NONE, Part, measure, sliced, standard
from tests.history.measures.happenings import DAY, START, SmallPast, happening

WEEK = (START, START + 7 * DAY)
KEPT = standard("promises_kept")


def _past() -> SmallPast:
    """One case that the plan gives to the carriers and that is back after thirty minutes; one that a colleague hands
    to them after ten; one that never goes."""
    return SmallPast(
        [
            happening(1, 0, "opened"),
            happening(1, 1, "provided", clause="providers.carriers", actor="plan"),
            happening(1, 20, "kept"),
            happening(1, 30, "provided", clause="", actor="person"),
            happening(1, 40, "broken"),
            happening(2, 0, "opened"),
            happening(2, 5, "broken"),
            happening(2, 10, "provided", clause="providers.carriers", actor="person"),
            happening(2, 10, "kept"),
            happening(3, 0, "opened"),
            happening(3, 20, "kept"),
        ]
    )


def test_what_counts_is_whose_queue_it_was_in_at_the_instant() -> None:
    found = {each.key: (each.hits, each.n) for each in sliced(_past(), KEPT, WEEK, "provider")}
    assert found == {"carriers": (2, 2), NONE: (1, 3)}


def test_whom_the_plan_gives_a_case_first_has_it_from_its_opening() -> None:
    found = {each.key: each.n for each in sliced(_past(), standard("complaint_rate"), WEEK, "provider") if each.n}
    unknown = {each.key: each.unknown for each in sliced(_past(), standard("complaint_rate"), WEEK, "provider")}
    assert found == {} and unknown == {"carriers": 1, NONE: 2}


def test_a_slice_is_the_measure_of_its_part() -> None:
    theirs = measure(_past(), KEPT, WEEK, weeks=0, part=Part(provider="carriers"))
    ours = measure(_past(), KEPT, WEEK, weeks=0, part=Part(provider=NONE))
    assert ((theirs.n, theirs.value), (ours.n, ours.hits)) == ((2, 1.0), (3, 1))


def test_a_program_counts_by_the_cases_in_which_it_wrote_or_drafted() -> None:
    past = SmallPast(
        [
            happening(1, 0, "opened"),
            happening(1, 5, "assistant_drafted", person="9"),
            happening(1, 20, "kept"),
            happening(2, 0, "opened"),
            happening(2, 5, "replied", person="9"),
            happening(2, 20, "broken"),
            happening(3, 0, "opened"),
            happening(3, 5, "noted", person="9"),
            happening(3, 6, "replied", person="1"),
            happening(3, 20, "broken"),
        ]
    )
    found = measure(past, KEPT, WEEK, weeks=0, part=Part(helper="9"))
    assert (found.n, found.hits) == (2, 1)
