"""Whatever stands in an expression, a cell, a fact or a file: there is an answer, null or a refusal; no traceback."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tantam.plan.dmn import answer, decide, json_text, read_facts, read_model
from tantam.plan.dmn.write import dmn_of
from tantam.plan.errors import PlanUnreadable, UnknownName
from tests.plan.dmn.models import NOW, decision, input_data, literal, model, table
from tests.support.plans import company

PLANS = Path(__file__).parents[3] / "plans"
PIECES = st.sampled_from(
    [
        "1", "-2.5", '"a"', "x", "y z", "null", "true", "false", '@"2026-01-01"', '@"PT1H"', '@"P1Y"', "?", "item",
        "+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or", "not(", "(", ")", "[", "]", "{", "}",
        ":", ",", ".", "..", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "between",
        "instance of", "function(", "number", "list<", "date(", "sum(", "count(", "sort(", "matches(", "partial",
        "string(", "flatten(", "context(", "range(", "now()", "a b c", "'", "//", "/*", "\\", "é", "😀", "\x7f",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=25).map(" ".join), st.text(max_size=40))
FACTS = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.text(max_size=8), st.just("2026-01-01"), st.just(date(2026, 1, 1).isoformat())
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=8,
)


def outcome(content: bytes, name: str, facts: dict[str, object]) -> str:
    """Return what the command would print, "" where the file is refused."""
    try:
        read_it = read_model(content, "m.dmn")
        return json_text(answer(decide(read_it, name, read_facts(read_it, facts, {}), now=NOW), "en"))
    except (PlanUnreadable, UnknownName):
        return ""


def clean(text: str) -> str:
    """Return the text without what XML cannot hold."""
    return "".join(each for each in text if each in "\t\n\r" or " " <= each < "\ud800" or "\ue000" <= each <= "\ufffd")


@settings(max_examples=500, deadline=None)
@given(TEXTS, FACTS)
def test_any_expression_has_an_outcome(text: str, x: object) -> None:
    content = model(input_data("x"), input_data("y z", "number"), decision("d", literal(clean(text)), "x", "y z"))
    assert outcome(content, "d", {"x": x, "y z": x})


@settings(max_examples=250, deadline=None)
@given(TEXTS, TEXTS, FACTS, st.sampled_from(["UNIQUE", "FIRST", "COLLECT+SUM", "PRIORITY", "OUTPUT ORDER", "ANY"]))
def test_any_cell_has_an_outcome(cell: str, out: str, x: object, hit: str) -> None:
    cell, out = (clean(each).replace("|", " ") for each in (cell, out))
    content = model(input_data("x"), decision("d", table(["x"], ["o"], [f"{cell} | {out}", "- | 1"], hit), "x"))
    assert outcome(content, "d", {"x": x})


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_file_is_refused_or_read(content: bytes) -> None:
    assert outcome(content, "d", {}) == ""


def test_a_model_with_parts_cut_doubled_or_moved_has_an_outcome_or_is_refused() -> None:
    chance = random.Random(20261121)
    source = dmn_of(company("weekday-team"), "en")["cover"]
    lines = source.splitlines()
    for _ in range(60):
        changed = list(lines)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(1, len(changed))
            match chance.randrange(4):
                case 0:
                    del changed[place]
                case 1:
                    changed.insert(place, changed[chance.randrange(len(changed))])
                case 2:
                    cut = chance.randrange(len(changed[place]) + 1)
                    changed[place] = changed[place][:cut] + changed[place][cut + 1 :]
                case 3:
                    changed[place] = changed[place].replace(
                        "text", chance.choice(["txet", "list", "context", "filter"])
                    )
        outcome("\n".join(changed).encode(), "cover", {"fault": "ours", "owned": 5})
