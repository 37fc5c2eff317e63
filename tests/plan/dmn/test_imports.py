"""A model that imports others: their decisions, functions and types by the import's name; what is missing is null."""

from __future__ import annotations

from pathlib import Path

import pytest

from tantam.plan.dmn import decide, read_facts, read_model
from tests.cli.test_plan_commands import run
from tests.plan.dmn.models import NOW, decision, exact, input_data, literal, model

SHARED = model(
    '<itemDefinition name="tMoney"><typeRef>number</typeRef>'
    "<allowedValues><text>&gt;= 0</text></allowedValues></itemDefinition>",
    input_data("price", "tMoney"),
    decision("with tax", literal("price * 1.19"), "price", kind="tMoney"),
    '<businessKnowledgeModel id="_twice" name="twice"><variable name="twice"/><encapsulatedLogic>'
    '<formalParameter name="n"/><literalExpression><text>n * 2</text></literalExpression></encapsulatedLogic>'
    "</businessKnowledgeModel>",
    # The space of each file is its own.
).replace(b"urn:m", b"urn:shared")


def importing(area: str, expression: str, *needs: str, kind: str = "") -> bytes:
    """Return a model that imports SHARED under a name, with a decision that requires these of its elements."""
    tags = {"_twice": ("knowledgeRequirement", "requiredKnowledge")}
    required = ""
    for each in needs:
        outer, inner = tags.get(each, ("informationRequirement", "requiredInput"))
        required += f'<{outer}><{inner} href="urn:shared#{each}"/></{outer}>'
    variable = f'<variable name="d"{f" typeRef={chr(34)}{kind}{chr(34)}" if kind else ""}/>'
    return model(
        f'<import name="{area}" namespace="urn:shared" locationURI="shared.dmn"'
        ' importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>',
        f'<decision id="_d" name="d">{variable}{required}{literal(expression)}</decision>',
    )


def asked(content: bytes, **facts: object) -> object:
    read = read_model(content, "m.dmn", lambda space, place: (SHARED, "shared.dmn") if space == "urn:shared" else None)
    decided = decide(read, "d", read_facts(read, exact(facts), {}), now=NOW)
    assert decided.doubts == ()
    return decided.value


def test_an_imported_decision_is_spoken_of_by_the_imports_name() -> None:
    assert asked(importing("Shop", "Shop.with tax + 1", "_with-tax"), price=100) == 120


def test_an_imports_name_may_hold_blanks() -> None:
    assert asked(importing("The Shop", "The Shop.with tax", "_with-tax"), price=100) == 119


def test_an_import_without_a_name_gives_its_names_as_they_are() -> None:
    assert asked(importing("", "with tax", "_with-tax"), price=100) == 119


def test_an_imported_function_is_called_by_its_path() -> None:
    assert asked(importing("Shop", "Shop.twice(21)", "_twice")) == 42
    assert asked(importing("Shop", "Shop.twice(n: 21)", "_twice")) == 42


def test_facts_reach_imported_inputs_by_name_by_path_and_within_the_imports_name() -> None:
    content = importing("Shop", "Shop.price", "_price")
    read = read_model(content, "m.dmn", lambda space, place: (SHARED, "shared.dmn"))
    for facts in ({"price": 5}, {"Shop.price": 5}, {"Shop": {"price": 5}}):
        assert decide(read, "d", read_facts(read, exact(facts), {}), now=NOW).value == 5


@pytest.mark.parametrize(("text", "wanted"), [("5", 5), ("-5", None)])
def test_an_imported_type_binds(text: str, wanted: object) -> None:
    assert asked(importing("Shop", text, kind="Shop.tMoney")) == wanted


def test_types_of_one_name_in_two_files_are_two() -> None:
    own = '<itemDefinition name="tMoney"><typeRef>string</typeRef></itemDefinition>'
    content = importing("Shop", '"a"', kind="tMoney").replace(b"<decision", own.encode() + b"<decision", 1)
    assert asked(content) == "a"


def test_what_is_not_found_is_null_and_told() -> None:
    read = read_model(importing("Shop", "Shop.with tax", "_with-tax"), "m.dmn")
    decided = decide(read, "d", read_facts(read, {}, {}), now=NOW)
    assert decided.value is None
    assert {each.code for each in decided.doubts} >= {"D17", "D10"}


def test_two_files_may_import_each_other() -> None:
    one = importing("Shop", "1")
    both = one.replace(b"urn:m", b"urn:shared").replace(
        b'namespace="urn:shared" locationURI', b'namespace="urn:m" locationURI'
    )
    read = read_model(one, "m.dmn", lambda space, place: (both, "shared.dmn"))
    assert decide(read, "d", read_facts(read, {}, {}), now=NOW).value == 1


def test_the_command_finds_imports_beside_the_model(tmp_path: Path) -> None:
    (tmp_path / "main.dmn").write_bytes(importing("Shop", "Shop.with tax", "_with-tax"))
    assert run("decide", tmp_path / "main.dmn", "d", "price=100").json()["outcome"] is None
    (tmp_path / "other name.dmn").write_bytes(SHARED)
    assert run("decide", tmp_path / "main.dmn", "d", "price=100").json()["outcome"] == 119
    (tmp_path / "shared.dmn").write_bytes(SHARED.replace(b"1.19", b"2"))
    assert run("decide", tmp_path / "main.dmn", "d", "price=100").json()["outcome"] == 200
