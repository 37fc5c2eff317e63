"""What is wrong with a DMN file is told with its element and line; nothing runs for ever.

A file that is none is refused. An expression that cannot be read is null, and the rest of the model answers."""

from __future__ import annotations

from time import process_time

import pytest

from tantam.plan.dmn import read_json, read_model
from tantam.plan.errors import Finding, PlanUnreadable, Severity
from tantam.plan.words import LANGUAGES
from tests.plan.dmn.models import ask, decision, input_data, literal, model, table


def finding(content: bytes, name: str = "d") -> Finding:
    """Return what is told of the file, having said it in every language."""
    with pytest.raises(PlanUnreadable) as refused:
        ask(content, name)
    (found,) = refused.value.findings
    assert all(found.sentence(lang) for lang in LANGUAGES)
    return found


def doubt(content: bytes, name: str = "d") -> Finding:
    """Return what is doubted of the file's decision, which is null; said in every language."""
    decided = ask(content, name)
    assert decided.value is None
    (found,) = decided.doubts
    assert found.severity is Severity.WARNING
    assert all(found.sentence(lang) for lang in LANGUAGES)
    return found


BOMB = b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><definitions>&b;</definitions>'
GROOVY = '<literalExpression expressionLanguage="urn:groovy"><text>1</text></literalExpression>'
DOUBLING = "count(for i in 1..60 return if i = 1 then [1] else concatenate(partial[-1], partial[-1]))"
CONDITIONAL = f"<conditional><if>{literal('false')}</if><then>{literal('1')}</then></conditional>"
ENDLESS = (
    '<businessKnowledgeModel id="_f" name="f"><encapsulatedLogic><formalParameter name="x"/>'
    "<literalExpression><text>f(x)</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>"
)
BKM = (
    '<businessKnowledgeModel id="_f" name="f"><encapsulatedLogic kind="Java"><formalParameter name="x"/>'
    "<literalExpression><text>1</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>"
)


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("D01", b""),
        ("D01", b"no xml at all"),
        ("D01", b"<definitions><a></definitions>"),
        ("D01", b'<?xml version="1.0" encoding="klingon"?><a/>'),
        ("D01", b"\xff\xfe\x00"),
        ("D02", BOMB),
        ("D03", b'<definitions xmlns="urn:other"/>'),
        ("D03", b"<html/>"),
        ("D09", model(decision("d", literal("e"), "e"), decision("e", literal("d"), "d"))),
        ("D09", model(decision("d", literal("d"), "d"))),
        ("D12", model(decision("d", table(["1"], ["x"], ["- | 1"], "GUESS")))),
        ("D12_near", model(decision("d", table(["1"], ["x"], ["- | 1"], "UNIQE")))),
        ("D13", model(decision("d", table(["1", "2"], ["x"], ["- | 1"])))),
        ("D15", model(decision("d", literal("for a in 1..10000, b in 1..10000 return a")))),
        ("D15", model(ENDLESS, decision("d", literal("f(1)"), "f:f"))),
        ("D15", model(decision("d", literal(DOUBLING)))),
        ("D15", model(decision("d", literal("for i in 1..60 return [partial, partial]")))),
    ],
)
def test_what_is_refused_is_told_by_its_code(code: str, content: bytes) -> None:
    begun = process_time()
    assert finding(content).code == code
    assert process_time() - begun < 20


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("D05", model(decision("d", literal("1 +")))),
        ("D05", model(decision("d", literal("(1")))),
        ("D05", model(decision("d", literal("if 1 then 2")))),
        ("D05", model(decision("d", literal("§")))),
        ("D06", model(input_data("other"), decision("d", literal("unheard + 1"), "other"))),
        ("D06_near", model(input_data("income"), decision("d", literal("incme + 1"), "income"))),
        ("D07_near", model(decision("d", literal("substrin(1)")))),
        ("D10", model(decision("d", literal("null"), "nowhere"))),
        ("D11", model(BKM, decision("d", literal("f(1)"), "f:f"))),
        ("D11", model(decision("d", GROOVY))),
        ("D17", model('<import namespace="urn:other"/>', decision("d", literal("null")))),
        ("D16", model(decision("d", CONDITIONAL))),
    ],
)
def test_what_cannot_be_evaluated_is_null_and_told_by_its_code(code: str, content: bytes) -> None:
    assert doubt(content).code == code


def test_an_error_names_its_element_line_and_column() -> None:
    content = model(input_data("x"), decision("d", literal("x +\n\n  nothing"), "x"))
    found = doubt(content)
    assert (found.clause, found.place.line, found.place.column) == ("_d", 5, 3)


@pytest.mark.parametrize(
    "text", ["(" * 1_000_000, "[" * 1_000_000, "1" + "+1" * 1_000_000, "-" * 500_000 + "1", "{a:" * 5_000]
)
def test_a_million_brackets_are_null_at_once(text: str) -> None:
    begun = process_time()
    assert doubt(model(decision("d", literal(text)))).code in ("D04", "D08")
    assert process_time() - begun < 10


@pytest.mark.parametrize(
    "text",
    ["(" * 25 + "1" + ")" * 25, "1 in (" * 14 + "1" + ")" * 14, "1" + "+1" * 5_000, "not(" * 20 + "true" + ")" * 20],
)
def test_what_is_allowed_deep_and_long_runs(text: str) -> None:
    ask(model(decision("d", literal(text))), "d")


def test_elements_nested_without_end_are_refused() -> None:
    assert finding(model("<decision>" * 200_000)).code == "D08"


def test_a_mistake_in_one_decision_leaves_the_others_alone() -> None:
    content = model(decision("bad", literal("1 +")), decision("good", literal("1")))
    assert read_model(content, "m.dmn")
    assert ask(content, "good").value == 1


@pytest.mark.parametrize("number", ["1e9999999", "9" * 7_000])
def test_a_number_beyond_all_numbers_is_doubted(number: str) -> None:
    assert doubt(model(decision("d", literal(number)))).code == "D04"


def test_a_fact_given_twice_in_one_file_is_refused() -> None:
    with pytest.raises(ValueError, match="age"):
        read_json('{"age": 1, "name": "a", "age": 2}')
