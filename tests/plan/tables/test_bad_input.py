"""Whatever is written wrongly becomes a finding with its place; nothing is raised, and all are told at once."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tantam.plan.errors import Place
from tantam.plan.tables.checking import check
from tantam.plan.tables.domains import read_type
from tantam.plan.tables.evaluate import compile_table
from tantam.plan.tables.expressions import parse
from tantam.plan.tables.scope import Computed
from tests.plan.tables.tables import CELLS, HERE, OUTPUTS, codes, records, scope_of, try_scope, try_table
from tests.support.proving import examples

SCOPE = scope_of()


def expression_codes(text: str) -> list[str]:
    tree, findings = parse(text, HERE)
    if tree is not None:
        tree, findings = check(tree, SCOPE)
    return [each.code for each in findings]


EXPRESSIONS = {
    "a ? b": "T05",
    "": "T46",
    "paid >": "T46",
    "paid paid": "T06",
    "new = yes = no": "T06",
    "(new": "T07",
    "fault = our": "T08",
    "fault = 'theirs'": "T08",
    "owned > waited": "T09",
    "owned <= 3 working days": "T09",
    "1 h 3 days": "T09",
    "waited + owned > 5 min": "T09",
    "paid > 5": "T10",
    "5 XXX": "T11",
    "3 working hours": "T12",
    "maximum(1, 2)": "T13",
    "round()": "T14",
    "if(new, 1)": "T14",
    "new and fault": "T15",
    "'open": "T26",
    "2024-02-30": "T27",
    "25:00": "T27",
    "count(paid)": "T28",
    "known(1 + 1)": "T29",
    "city = 24h_service": "T31",
    "has = 3": "T32",
    "4.999 EUR": "T33",
    "1.000,5": "T55",
    "1.5 days": "T34",
    "owned > 5": "T35",
    "city = Huế": "T36",
    "payd > 5 EUR": "T37",
    "paid.kind": "T38",
    "every(swaps, swap.new.colour = 1)": "T39",
    "signs = smoke": "T40",
    "fault < ours": "T41",
    "city in 1..2": "T41",
    "-new": "T42",
    "fault has ours": "T43",
    "paid + owned": "T44",
    "bought = told": "T44",
    "bought + 3 working days": "T44",
    "told + 3 days": "T44",
    "paid * paid": "T44",
    "paid > 5 USD": "T44",
    "abs(fault)": "T45",
    "deadline(bought, 5 h)": "T45",
    "tries in 5..2": "T21",
    "round(paid, tries)": "T50",
    "(" * 60 + "1" + ")" * 60: "T23",
    " + ".join(["1"] * 500): "T23",
    "1" + "0" * 5000: "T52",
    "1 h " + "1" * 41 + " min": "T52",
}


@pytest.mark.parametrize(("text", "code"), EXPRESSIONS.items())
def test_expression_has_its_finding(text: str, code: str) -> None:
    assert expression_codes(text) == [code]


TABLES = {
    "": "T01",
    "# only a comment": "T01",
    "fault => outcome": "T01",
    "fault | outcome\nours | exchange": "T02",
    "fault => outcome\nours | a | b": "T03",
    "fault => outcome\n | a": "T04",
    "fault => outcom\nours | a": "T16",
    "fault => within\nours | 3": "T35",
    "fault => within\nours | 5 EUR": "T17",
    "row | fault => outcome\na | ours | x\na | none | y": "T18",
    "fault => outcome\notherwise | x\nours | y": "T19",
    "fault | new => outcome\nours | otherwise | y": "T19",
    "fault => within\nours | -3 days": "T20",
    "fault | fault => outcome\nours | none | x": "T24",
    "fault => outcome => say\nours | x | y": "T25",
    "fault | new => outcome\nours => yes | x": "T25",
    "level \\ fault | ours\ngold | x": "T49",
}


@pytest.mark.parametrize(("text", "code"), TABLES.items())
def test_table_has_its_finding(text: str, code: str) -> None:
    assert codes(text) == [code]


@pytest.mark.parametrize(
    ("kind", "spec", "code"),
    [
        ("number", "zero..", "T30"),
        ("money", "0 days..", "T30"),
        ("number", "9..1", "T21"),
        ("yes_no", "0..", "T30"),
        ("numbr", "0..", "T47"),
        ("list", "swop", "T48"),
        ("one_of", [], "T51"),
        ("one_of", ["a", "a"], "T24"),
        ("some_of", True, "T51"),
    ],
)
def test_type_has_its_finding(kind: str, spec: object, code: str) -> None:
    _, findings = read_type(kind, spec, HERE, records=records(), currency="EUR")
    assert [each.code for each in findings] == [code]


def test_cycle_is_told_once_with_its_way() -> None:
    computed = {"a": "b + 1", "b": "c * 2", "c": "a - 1"}
    _, findings = try_scope(*(Computed(name, text, HERE) for name, text in computed.items()))
    assert [(each.code, each.args["got"]) for each in findings] == [("T22", "a → b → c → a")]


def test_chain_of_terms_has_a_bound() -> None:
    chain = [Computed("t0", "tries", HERE), *(Computed(f"t{n}", f"t{n - 1} + 1", HERE) for n in range(1, 400))]
    _, findings = try_scope(*reversed(chain))
    assert {each.code for each in findings} == {"T23"}


def test_all_findings_come_at_once_each_at_its_cell() -> None:
    text = "fault  | owned  => outcome | within\nours   | < 5    | x | 3\nthiers | - | y | 5 EUR"
    _, findings = try_table(text)
    assert [(each.code, each.place.line, each.place.column) for each in findings] == [
        ("T35", 11, 16),
        ("T35", 11, 27),
        ("T08", 12, 5),
        ("T17", 12, 22),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "level \\ fault | ours | nobody\ngold | 3 days | -\nplain | 2 days | -",
        "level \\ fault | ours | none\ngold | 3 days | 2 days\nnobody | - | -",
    ],
)
def test_a_head_of_a_cross_table_is_read_though_all_its_cells_hold_nothing(text: str) -> None:
    _, findings = try_table(text, cross="within")
    assert [(each.args["got"], each.code) for each in findings] == [("nobody", "T08")]


def test_nearest_right_name_is_offered() -> None:
    _, (found,) = try_table("fault => outcome\ncustomr | x")
    assert found.args["near"] == "customer"
    assert found.next_step("en") == "Did you mean customer?"
    assert found.clause == "policies.exchange.decides"


def test_every_sentence_is_reached_and_there_for_every_code() -> None:
    written = tomllib.loads(files("tantam.plan.words").joinpath("tables.toml").read_text("utf-8"))
    reached = {*EXPRESSIONS.values(), *TABLES.values(), "T22", "T30", "T47", "T48", "T51", "T53", "T54"}
    assert reached | {"tables_near"} == set(written)


@pytest.mark.parametrize("lang", ["vi", "de", "en"])
@pytest.mark.parametrize("text", EXPRESSIONS)
def test_sentence_has_all_its_words(text: str, lang: str) -> None:
    tree, findings = parse(text, HERE)
    if tree is not None:
        _, findings = check(tree, SCOPE)
    for found in findings:
        assert found.sentence(lang) and "{" not in found.sentence(lang)


SNIPPETS = [
    *"()[]|,.=<>-+*/%#'\\\"\n ",
    *[
        " => ",
        " .. ",
        " <= ",
        " not ",
        " and ",
        " or ",
        " in ",
        " has ",
        " every ",
        " otherwise ",
        " yes ",
        " at once ",
        " min( ",
        " if( ",
        " known( ",
        " 5 ",
        " 2.5 ",
    ],
    *[
        " days ",
        " working days ",
        " EUR ",
        " VND ",
        " 90% ",
        " 2024-01-01 ",
        " 8:30 ",
        " ours ",
        " smoke ",
        " when ",
        " must ",
        " row ",
        " § 5 ",
        " 24h ",
    ],
    *(f" {name} " for name in (*CELLS, *OUTPUTS, "items", "item.price", "swap.new")),
    " every(items, ",
    " sum(items, price",
]


@settings(max_examples=examples(600), deadline=None)
@given(st.lists(st.one_of(st.sampled_from(SNIPPETS), st.text(max_size=3)), max_size=25).map("".join))
def test_random_text_never_raises(text: str) -> None:
    for whole in (text, f"fault | when => outcome | within\n{text}", f"level \\ fault | ours | none\n{text}"):
        table, findings = try_table(whole, SCOPE, cross="within")
        assert table is not None or findings
        for found in findings:
            assert isinstance(found.place, Place) and found.place.line >= HERE.line
            assert found.sentence("vi")
        if table is not None:
            compile_table(table, SCOPE)({})
    tree, findings = parse(text, HERE)
    if tree is not None:
        check(tree, SCOPE)
