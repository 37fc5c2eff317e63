"""Every measure that is counted is there whole: its SQL, why it may have no number, and its words on the pages."""

from __future__ import annotations

from importlib.resources import files

from tantam.desk.web.definition_words import REASONS
from tantam.desk.web.measure_words import MEASURES
from tantam.history.measures.reasons import CLOCK, WHY
from tantam.plan.sections.counted import COUNTED

BESIDE = {"ended", "kept_by_clause", "kept_by_day", "kept_by_kind", "uses_by_clause"}  # what pages list
SHARES = {name for name, each in COUNTED.items() if each.unit == "share"}
# Of each thing that they count, it is known.
SURE = {"conversion", "promises_kept", "quote_to_order", "renewal_rate", "return_rate"}


def test_every_measure_has_its_sql() -> None:
    stored = [each.name for each in (files("tantam.history.measures") / "sql").iterdir()]
    told = {name.removesuffix(".sql") for name in stored if not name.endswith(".part.sql")}
    assert told - BESIDE == COUNTED.keys(), "COUNTED stands in src/tantam/plan/sections/counted.py"


def test_every_measure_says_why_it_may_have_no_number() -> None:
    assert WHY.keys() == COUNTED.keys()
    assert {name for name, each in WHY.items() if each.unknown != CLOCK} == SHARES, "minutes want a clock alone"
    assert {name for name, each in WHY.items() if not each.unknown} == SURE


def test_every_measure_has_its_words() -> None:
    assert MEASURES.keys() == COUNTED.keys()
    sided = {name for name, said in MEASURES.items() if said.hit and said.yes and said.no}
    assert sided == SHARES, "a share has two sides, a length has none"


def test_every_reason_has_its_words() -> None:
    codes = {code for each in WHY.values() for code in (each.absent, each.unknown, each.unsaid) if code}
    wordless = sorted(codes - REASONS.keys())
    assert not wordless
