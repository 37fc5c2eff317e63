"""What moves between two plans: nothing is lost on the way, what gets worse is seen, words stay words."""

from __future__ import annotations

import re

import pytest

from tantam.desk.web.flow import flow
from tantam.desk.web.what_if_page import _fate_look
from tantam.desk.web.what_if_words import emphasised

MOVES = [("kept", "kept", 90), ("kept", "broken", 7), ("broken", "kept", 2), ("late", "kept", 1)]
ORDER = ("kept", "broken")


def test_each_side_counts_everything_and_the_right_one_says_how_many_more() -> None:
    drawn = flow(MOVES, ORDER, str.upper)
    assert [(each.name, each.count) for each in drawn.left] == [("KEPT", 97), ("BROKEN", 2), ("LATE", 1)]
    assert [(each.name, each.count, each.delta) for each in drawn.right] == [("KEPT", 93, -4), ("BROKEN", 7, 5)]
    assert drawn.rows == (("KEPT", 97, 93), ("BROKEN", 2, 7), ("LATE", 1, 0))


def test_a_band_for_each_move_is_as_wide_as_what_goes_along_it() -> None:
    drawn = flow(MOVES, ORDER, str, _fate_look)
    assert [each.look for each in drawn.bands] == ["same", "worse", "better", "moved"]
    widths = [_width(each.path) for each in drawn.bands]
    assert widths[0] == pytest.approx(90 * 2.2, abs=0.2) and widths[1] == pytest.approx(7 * 2.2, abs=0.2)


def _width(path: str) -> float:
    """Return how wide a band begins at the left."""
    top, *_, bottom = (float(each) for each in re.findall(r"(?:M0|[ ,]0) (-?[\d.]+)", path))
    return bottom - top


def test_nothing_moved_draws_nothing() -> None:
    assert flow([], ORDER, str).bands == ()


@pytest.mark.parametrize(
    ("before", "after", "look"),
    [
        ("kept", "kept", "same"),
        ("kept", "broken", "worse"),
        ("none", "broken", "worse"),
        ("broken", "kept", "better"),
        ("broken", "none", "moved"),
    ],
)
def test_a_broken_promise_is_worse_and_one_kept_instead_is_better(before: str, after: str, look: str) -> None:
    assert _fate_look(before, after) == look


def test_figures_of_a_sentence_are_set_apart_and_its_words_stay_words() -> None:
    assert emphasised("<b>1.234 & 5</b>") == "&lt;b&gt;<b>1.234</b> &amp; <b>5</b>&lt;/b&gt;"
