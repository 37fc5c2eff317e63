"""A name has at most 80 characters, wherever it stands; the desk has room for as many."""

from __future__ import annotations

import pytest

from tantam.plan.errors import PlanUnreadable
from tantam.plan.sections import read_text
from tantam.plan.sections.lengths import MOST_NAME

HEAD = "tantam: 1\ncompany: {name: Shop, languages: [en], timezone: Europe/Berlin, currency: EUR}\n"
TERM = HEAD + "terms:\n  %s: {yes_no: any, ask: Well?}\n"
ROW = HEAD + (
    "terms: {well: {yes_no: any, ask: Well?}}\n"
    "policies:\n  back:\n    kind: refund\n    stage: after\n    commitment: Yes.\n    decides: |\n"
    "      row | well => outcome\n      yes | yes  => refund\n      %s | no => decline\n"
)


@pytest.mark.parametrize(("plan", "line"), [(TERM, 4), (ROW, 12)])
def test_a_name_too_long_is_told_where_it_stands(plan: str, line: int) -> None:
    read_text(plan % ("x" * MOST_NAME))
    with pytest.raises(PlanUnreadable) as found:
        read_text(plan % ("x" * (MOST_NAME + 1)))
    assert [(each.code, each.place.line) for each in found.value.findings] == [("S16", line)]


def test_the_desk_has_room_for_every_name() -> None:
    from tantam.desk.common.fields import MOST_PLAN_NAME

    assert MOST_PLAN_NAME == MOST_NAME
