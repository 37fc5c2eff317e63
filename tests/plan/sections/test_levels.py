"""What a level says of who has its cases, and how long one may lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from tantam.plan import sections
from tantam.plan.errors import PlanUnreadable
from tests.plan.checks.plans import HEAD

LADDER = "levels: {{agent: {{handles: [low], escalates_to: boss, {more}}}, boss: {{handles: [high]}}}}\n"


def test_cases_are_offered_unless_the_level_gives_them(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(HEAD + LADDER.format(more="assign: give, after: 3 h"), encoding="utf-8")
    levels = sections.read(path).levels
    assert (levels["agent"].gives, levels["boss"].gives) == (True, False)
    assert (str(levels["agent"].after), levels["boss"].after) == ("3 h", None)


def test_the_highest_level_says_where_to_turn_beyond_it(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    written = LADDER.format(more="after: 3 h").replace("[high]", "[high], beyond: The mediator.")
    path.write_text(HEAD + written, encoding="utf-8")
    levels = sections.read(path).levels
    assert (set(levels["boss"].beyond.values()), levels["agent"].beyond) == ({"The mediator."}, {})


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("after: soon", "levels.agent.after"),
        ("after: 3 bananas", "levels.agent.after"),
        ("assign: auction", "must be offer, give"),
    ],
)
def test_what_nobody_can_read_is_refused_with_its_place(more: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(HEAD + LADDER.format(more=more), encoding="utf-8")
    with pytest.raises(PlanUnreadable, match=told):
        sections.read(path)
