"""Requirement graphs, functions, boxed expressions and types of a DMN model."""

from __future__ import annotations

import re

import pytest

from tantam.plan.dmn import decide, read_facts, read_model
from tantam.plan.errors import UnknownName
from tests.plan.dmn.models import NOW, ask, decision, exact, feel, input_data, literal, model, table

TYPES = """
<itemDefinition name="tLevel">
  <typeRef>string</typeRef><allowedValues><text>"low", "high"</text></allowedValues></itemDefinition>
<itemDefinition name="tOrder">
  <itemComponent name="sent on"><typeRef>date</typeRef></itemComponent>
  <itemComponent name="price"><typeRef>number</typeRef>
    <allowedValues><text>&gt;= 0</text></allowedValues></itemComponent>
</itemDefinition>
<itemDefinition name="tOrders" isCollection="true"><typeRef>tOrder</typeRef></itemDefinition>
"""
FUNCTION = """
<businessKnowledgeModel id="_twice" name="twice"><variable name="twice"/><encapsulatedLogic>
<formalParameter name="a number" typeRef="number"/><literalExpression><text>a number * 2</text></literalExpression>
</encapsulatedLogic></businessKnowledgeModel>
"""


def test_a_decision_uses_the_decisions_it_requires() -> None:
    content = model(
        input_data("income", "number"),
        decision("yearly income", literal("income * 12"), "income"),
        decision("band", table(["yearly income"], ["b"], ['>= 120 | "high"', '< 120 | "low"']), "yearly income"),
        decision("all", literal('band + "!"'), "band"),
    )
    decided = ask(content, "all", income=10)
    assert decided.value == "high!"
    assert [(each.owner, each.rules) for each in decided.fired] == [("band", (1,))]


def test_a_decision_that_is_given_is_not_worked_out() -> None:
    content = model(input_data("x"), decision("a", literal("x + 1"), "x"), decision("b", literal("a * 2"), "a"))
    assert ask(content, "b", x=1).value == 4
    assert ask(content, "b", a=10).value == 20


def test_a_thousand_decisions_in_a_row_are_no_trouble() -> None:
    chain = [decision("d0", literal("1"))]
    chain += [decision(f"d{n}", literal(f"d{n - 1} + 1"), f"d{n - 1}") for n in range(1, 3000)]
    assert ask(model(*chain), "d2999").value == 3000


def test_a_missing_input_is_null() -> None:
    content = model(input_data("x"), decision("a", literal("x = null"), "x"))
    assert ask(content, "a").value is True


def test_a_function_of_the_model_is_called_by_position_name_and_box() -> None:
    box = """<invocation><literalExpression><text>twice</text></literalExpression><binding><parameter name="a number"/>
    <literalExpression><text>x</text></literalExpression></binding></invocation>"""
    for way in (literal("twice(x)"), literal("twice(a number: x)"), box):
        assert ask(model(input_data("x"), FUNCTION, decision("d", way, "x", "f:twice")), "d", x=4).value == 8
    content = model(input_data("x"), FUNCTION, decision("d", literal("twice(x)"), "x", "f:twice"))
    assert ask(content, "d", x="a").value is None


def test_a_table_may_be_a_function() -> None:
    inner = table(["n"], ["x"], ["> 0 | 1", "<= 0 | -1"])
    bkm = f"""<businessKnowledgeModel id="_sign" name="sign"><encapsulatedLogic><formalParameter name="n"/>{inner}
    </encapsulatedLogic></businessKnowledgeModel>"""
    decided = ask(model(bkm, decision("d", literal("for n in [5, -5] return sign(n)"), "f:sign")), "d")
    assert decided.value == [1, -1]
    assert [(each.owner, each.rules) for each in decided.fired] == [("sign", (1,)), ("sign", (2,))]


def test_a_service_answers_and_is_called() -> None:
    service = """<decisionService id="_srv" name="srv"><outputDecision href="#_sum"/><inputData href="#_x"/>
    <inputDecision href="#_y"/></decisionService>"""
    parts = (input_data("x"), decision("y", literal("100")), decision("sum", literal("x + y"), "x", "y"), service)
    assert ask(model(*parts), "srv", x=1).value == 101
    assert ask(model(*parts, decision("d", literal("srv(1, 2)"), "f:srv")), "d").value == 3


# «…» stands for a literal expression.
BOXES = {
    """<context><contextEntry><variable name="net price"/>«10»</contextEntry>
    <contextEntry>«net price * 2»</contextEntry></context>""": 20,
    """<context><contextEntry><variable name="a"/>«1»</contextEntry></context>""": {"a": 1},
    "<list>«1»«2»</list>": [1, 2],
    """<relation><column name="a"/><column name="b"/><row>«1»«2»</row><row>«3»«4»</row></relation>""": [
        {"a": 1, "b": 2},
        {"a": 3, "b": 4},
    ],
    "<conditional><if>«1 > 2»</if><then>«1»</then><else>«2»</else></conditional>": 2,
    "<filter><in>«[1, 2, 3]»</in><match>«item > 1»</match></filter>": [2, 3],
    """<for iteratorVariable="i"><in>«[1, 2]»</in><return>«i * 2»</return></for>""": [2, 4],
    """<for iteratorVariable="i"><in>«[1..3]»</in><return>«i * 2»</return></for>""": [2, 4, 6],
    """<some iteratorVariable="i"><in>«[1, 2]»</in><satisfies>«i > 1»</satisfies></some>""": True,
    """<every iteratorVariable="i"><in>«[1, 2]»</in><satisfies>«i > 1»</satisfies></every>""": False,
}


@pytest.mark.parametrize("box", list(BOXES))
def test_a_boxed_expression_comes_to_its_value(box: str) -> None:
    written = re.sub("«(.*?)»", lambda found: literal(found.group(1)), box)
    assert ask(model(decision("d", written)), "d").value == BOXES[box]


def test_the_cells_of_a_relation_do_not_see_each_other() -> None:
    row = f"<row>{literal('1')}{literal('a')}</row>"
    box = f'<relation><column name="a"/><column name="b"/>{row}</relation>'
    assert ask(model(input_data("a"), decision("d", box, "a")), "d", a=9).value == [{"a": 1, "b": 9}]


def test_facts_are_read_by_their_types() -> None:
    content = model(
        TYPES,
        input_data("orders", "tOrders"),
        decision("late", literal('orders[sent on < date("2026-01-10")].price'), "orders"),
    )
    orders = [{"sent on": "2026-01-09", "price": 5}, {"sent on": "2026-01-10", "price": 7}]
    assert ask(content, "late", orders=orders).value == [5]
    assert ask(content, "late", orders=orders[0]).value == [5]
    for wrong in ([{"sent on": "soon", "price": 5}], [{"sent on": "2026-01-09", "price": -1}], "x", [5]):
        decided = ask(content, "late", orders=wrong)
        assert (decided.value, decided.notes) == (None, (("fact", "orders"),))


def test_a_fact_outside_its_allowed_values_is_null_and_says_so() -> None:
    content = model(TYPES, input_data("level", "tLevel"), decision("d", literal("level"), "level"))
    assert ask(content, "d", level="low").value == "low"
    decided = ask(content, "d", level="middle")
    assert (decided.value, decided.notes) == (None, (("fact", "level"),))


def test_a_decision_that_the_model_lacks_is_refused() -> None:
    content = model(input_data("level"), decision("d", literal("level"), "level"))
    with pytest.raises(UnknownName):
        ask(content, "e")


def test_a_fact_that_no_input_declares_is_left_aside_and_says_so() -> None:
    content = model(input_data("level"), decision("d", literal("level"), "level"))
    assert ask(content, "d", lvl=1, level=2).notes == (("extra", "lvl"),)


def test_a_model_without_inputs_may_speak_of_every_fact() -> None:
    content = model(decision("d", table(["Monthly Income"], ["x"], ["> 5 | Monthly Income + bonus.paid"])))
    assert ask(content, "d", Monthly_Income=7, bonus={"paid": 2}).value == 9
    assert ask(content, "d").value is None


def test_a_result_of_another_type_is_null_and_says_so() -> None:
    decided = ask(model(decision("d", literal('"a"'), kind="number")), "d")
    assert (decided.value, decided.notes) == (None, (("type", "d"),))
    assert ask(model(decision("d", literal("[5]"), kind="number")), "d").value == 5


def test_a_priority_may_come_from_the_type_of_the_output() -> None:
    box = table([], ["level"], ['"low"', '"high"'], "PRIORITY").replace('name="level"', 'name="level" typeRef="tLevel"')
    assert ask(model(TYPES, decision("d", box)), "d").value == "low"


@pytest.mark.parametrize("year", ["20151101/dmn.xsd", "20180521/MODEL/"])
def test_older_versions_are_read(year: str) -> None:
    content = model(decision("d", literal("1")), space=f"http://www.omg.org/spec/DMN/{year}")
    assert ask(content, "d").value == 1


def test_decimals_keep_their_34_digits() -> None:
    assert str(feel("1234567890.123456789012345678901234 * 1")) == "1234567890.123456789012345678901234"


def test_what_one_asks_with_is_not_known_to_the_next() -> None:
    read = read_model(model(decision("a", literal("if height > 1 then height else pay.net"))), "m.dmn")
    first = decide(read, "a", read_facts(read, exact({"height": 2}), {}), now=NOW)
    second = decide(read, "a", read_facts(read, exact({"height": 0, "pay": {"net": 7}}), {}), now=NOW)
    third = decide(read, "a", read_facts(read, {}, {}), now=NOW)
    assert (first.value, second.value, third.value) == (2, 7, None)
    assert not read.doubts and not second.doubts and third.doubts
