"""Rules that chapter 10.3 of the DMN specification states, a row each: conversions, domains, errors, properties."""

from __future__ import annotations

import pytest

from tests.plan.dmn.models import ask, decision, feel, input_data, literal, model, table
from tests.plan.dmn.test_feel import rows, said

LAWS = r"""
3[item > 2] => [3]
3[1] => 3
null[1] => null
null[true] => null
[1, 2]["x"] => null
[{item: 1, a: 2}][item = 1] => [ { "item": 1, "a": 2 } ]
[{x: 1, y: 2}, {x: null, y: 3}][x < 2] => [ { "x": 1, "y": 2 } ]
[{unit price: 5}, {unit price: 9}][unit price > 6].unit price => [9]
contains(["foobar"], "of") => false
[123] instance of list<number> => true
123 instance of list => null
123 instance of tNowhere => null
null instance of Null => true
null instance of number => false
{a: 1, b: "x"} instance of context<a: number> => true
{b: "x"} instance of context<a: number> => false
[1..5] instance of range<number> => true
["a".."c"] instance of range<number> => false
(function(a: number, b: number) a + b) instance of function<number, number> -> number => true
"1" = 1 => null
[1, "a"] = [1, "a"] => true
{a: 1, b: 2} = {b: 2, a: 1} => true
[1..5] = [1..5) => false
@"2026-01-01T10:00:00" < @"2026-01-01T11:00:00Z" => true
@"10:00:00" < @"09:00:00+05:00" => false
@"2026-01-02" - @"2026-01-01T00:00:00" => null
@"2026-01-02" - @"2026-01-01T00:00:00Z" => "P1D"
date and time("2012-12-24T23:59:00") + duration("PT1M") => "2012-12-25T00:00:00"
time("23:59:00z") + duration("PT2M") => "00:01:00Z"
time("23:59:00z") = time(23, 59, 0, duration("PT0H")) => true
is(time("23:00:50z"), time("23:00:50")) => false
is(time("23:00:50z"), time("23:00:50+00:00")) => true
duration("P2Y2M") = duration("P26M") => true
@"2026-01-01T10:00:00+01:00".timezone => null
@"2026-01-01T10:00:00@Europe/Paris".timezone => "Europe/Paris"
@"2026-07-01T10:00:00@Europe/Paris".time offset => "PT2H"
@"PT1.5S".seconds => 1.5
@"P1Y".days => null
[10..1] => null
range("[18..21)").end included => false
range("nothing") => null
substring("foobar", 3, 3) => "oba"
substring("foobar", 3, 9) => null
substring("foobar", 7) => null
sublist([1, 2, 3], 2, 9) => null
replace("banana", "a", "o") => "bonono"
replace("abcd", "(ab)|(a)", "[1=$1][2=$2]") => "[1=ab][2=]cd"
split("John Doe", "\\s") => ["John", "Doe"]
string join(["a", "b"], null) => "ab"
context put({x: 1}, [], 2) => null
context put({x: 1}, ["y", "z"], 2) => null
context([{key: "a", value: 1}, {key: "b"}]) => null
all(0) => null
floor(null, 1) => null
ceiling(-1.56, 1) => -1.5
round half down(5.5, 0) => 5
week of year(date(2005, 1, 1)) => 53
before(1, (1..10]) => true
overlaps before([1..5), (1..5]) => true
overlaps after((1..5], [1..5)) => true
finishes([5..10), [1..10)) => true
starts((1..5], [1..10]) => false
coincides((1..5), [1..5]) => false
includes([1..10), [5..10)) => true
2 in [1, 2] => true
2 in ([5..6], [1..3]) => true
"x" in "x" => true
1 < null => null
not("true") => null
if "true" then 1 else 2 => 2
some x in [] satisfies true => false
every x in [] satisfies false => true
for i in 0..4 return if i = 0 then 1 else i * partial[-1] => [1, 1, 2, 6, 24]
{a: 1, a b: 2, c: a b + a}.c => 3
-2 ** 2 => 4
"\U01F40E" => "🐎"
"a\tb\\" => "a\tb\\"
unheard => null
unheard(1) => null
if unheard = null then 1 else 2 => 1
1 + => null
"""
NAMED = """
substring(string: "foobar", start position: 3) => "obar"
number(from: "1.000,5", grouping separator: ".", decimal separator: ",") => 1000.5
number(from: "1,5", decimal separator: ",") => 1.5
time(hour: 1, minute: 2, second: 3) => "01:02:03"
list contains(list: [null]) => true
list contains(list: [1]) => false
before(point: 1, range: [2..3]) => true
before(range1: [1..2], range2: [3..4]) => true
during(range1: [2..3], range2: [1..5]) => true
includes(range: [1..5], point: 5) => true
list replace(list: [1, 2], match: function(a, b) a = 2, newItem: 9) => [1, 9]
context put(context: {a: 1}, key: "b", value: 2).b => 2
(function(a, b) if b = null then a else 0)(a: 7) => 7
(function(a, b) a)(c: 7) => null
substring(text: "a", start position: 1) => null
"""
PATTERNS = r"""
matches("x\n", "x$") => false
matches("x\ny", "^y$", "m") => true
matches("x\ny", "x.y", "s") => true
matches("hello", "h e l l o", "x") => true
matches("a.c", "a.c", "q") => true
matches("abc", "a.c", "q") => false
matches("Ü", "\\p{Lu}") => true
matches("ü", "\\P{Lu}") => true
matches("e", "[a-z-[aeiou]]") => false
matches("f", "[a-z-[aeiou]]") => true
matches("_a", "^\\i\\c*$") => true
matches("a", "a**") => null
matches("a", "a{,2}") => null
matches("a", "(?=a)") => null
matches("aa", "(a)\\1") => true
matches("#", "[#]") => true
replace("abc", "x*", "-") => null
replace("abc", "b", "$") => null
replace("abc", "b", "\\$") => "a$c"
replace("abc", "(b)", "$12") => "ab2c"
replace("a.c", ".", "$0", "q") => "a$0c"
split("a1b22c", "[0-9]+") => ["a", "b", "c"]
split("abc", "") => null
"""
TYPES = """
<itemDefinition name="tNames" isCollection="true"><typeRef>string</typeRef></itemDefinition>
<itemDefinition name="tLevel"><typeRef>string</typeRef>
  <allowedValues><text>"low", "high"</text></allowedValues></itemDefinition>
<itemDefinition name="tFew" isCollection="true"><typeRef>number</typeRef>
  <typeConstraint><text>count(?) &lt; 3</text></typeConstraint></itemDefinition>
<itemDefinition name="tPerson"><itemComponent name="first name"><typeRef>string</typeRef></itemComponent>
  <itemComponent name="age"><typeRef>number</typeRef></itemComponent></itemDefinition>
<itemDefinition name="tCut"><functionItem outputTypeRef="number">
  <parameters name="x" typeRef="number"/></functionItem></itemDefinition>
"""


@pytest.mark.parametrize(("text", "wanted"), [*rows(LAWS), *rows(NAMED), *rows(PATTERNS)])
def test_an_expression_comes_to_its_value(text: str, wanted: str) -> None:
    assert said(feel(text)) == wanted


@pytest.mark.parametrize(
    ("kind", "text", "wanted"),
    [
        ("number", '"123"', "null"),
        ("number", "[5]", "5"),
        ("number", "[5, 6]", "null"),
        ("tNames", '"a"', '["a"]'),
        ("tNames", "[1]", "null"),
        ("tNames", "[]", "[]"),
        ("tLevel", '"low"', '"low"'),
        ("tLevel", '"middle"', "null"),
        ("tFew", "[1, 2]", "[1, 2]"),
        ("tFew", "[1, 2, 3]", "null"),
        ("tPerson", '{first name: "A", age: 5, more: true}.age', "null"),
        ("tPerson", '{first name: "A", age: 5, more: true}', '{ "first name": "A", "age": 5, "more": true }'),
        ("tPerson", '{first name: "A"}', "null"),
        ("dateTime", '@"2026-01-01"', '"2026-01-01T00:00:00Z"'),
        ("date", '@"2026-01-01T10:00:00"', "null"),
        ("days and time duration", '@"PT1H"', '"PT1H"'),
        ("Any", "[1]", "[1]"),
        ("tNowhere", "1", "1"),
        ("tCut", "function(x) x", "null"),
    ],
)
def test_a_result_is_bound_to_the_type_of_its_variable(kind: str, text: str, wanted: str) -> None:
    assert said(ask(model(TYPES, decision("d", literal(text), kind=kind)), "d").value) == wanted


def test_a_types_component_is_a_type() -> None:
    assert ask(model(TYPES, decision("d", literal("5 instance of tPerson.age"))), "d").value is True
    assert ask(model(TYPES, decision("d", literal('"5" instance of tPerson.age'))), "d").value is False


def test_a_function_of_the_model_converts_what_it_is_given_and_gives() -> None:
    bkm = """<businessKnowledgeModel id="_f" name="f"><variable name="f"/><encapsulatedLogic>
    <formalParameter name="l" typeRef="tLevel"/><literalExpression typeRef="number"><text>{}</text></literalExpression>
    </encapsulatedLogic></businessKnowledgeModel>"""
    for body, args, wanted in (("1", '"low"', 1), ("1", '["low"]', 1), ("1", '"x"', None), ('"a"', '"low"', None)):
        content = model(TYPES, bkm.format(body), decision("d", literal(f"f({args})"), "f:f"))
        assert ask(content, "d").value == wanted


def test_expected_values_of_an_input_bound_what_a_dash_admits() -> None:
    box = table(["v"], ["x"], ["- | 1"]).replace(
        "</inputExpression>", '</inputExpression><inputValues><text>"a", "b"</text></inputValues>'
    )
    content = model(input_data("v"), decision("d", box, "v"))
    assert [ask(content, "d", v=each).value for each in ("a", "c")] == [1, None]


def test_a_condition_in_a_cell_counts_beside_whatever_the_input_is() -> None:
    rules = ['contains(name, "x") | 1', "count([1, 2]) = 3 | 2", "- | 3"]
    content = model(
        input_data("v"), input_data("name"), decision("d", table(["v"], ["o"], rules, "FIRST"), "v", "name")
    )
    assert ask(content, "d", v=5, name="axe").value == 1
    assert ask(content, "d", v=5, name="a").value == 3


def test_priority_of_a_single_output_comes_from_the_decisions_type() -> None:
    content = model(TYPES, decision("d", table([], ["o"], ['"high"', '"low"'], "PRIORITY"), kind="tLevel"))
    assert ask(content, "d").value == "low"


def test_priorities_of_several_outputs_come_from_the_components_of_the_decisions_type() -> None:
    of = """<itemDefinition name="tBoth"><itemComponent name="a"><typeRef>string</typeRef>
    <allowedValues><text>"x", "y"</text></allowedValues></itemComponent>
    <itemComponent name="b"><typeRef>number</typeRef></itemComponent></itemDefinition>"""
    content = model(of, decision("d", table([], ["a", "b"], ['"y" | 1', '"x" | 2'], "PRIORITY"), kind="tBoth"))
    assert ask(content, "d").value == {"a": "x", "b": 2}


def test_a_decision_is_found_by_its_name_its_id_and_its_label() -> None:
    content = model('<decision id="_1" name="the  decision" label="A label">' + literal("1") + "</decision>")
    assert [ask(content, each).value for each in ("the decision", "_1", "A label")] == [1, 1, 1]


def test_a_service_takes_its_inputs_first_and_its_decisions_then() -> None:
    service = """<decisionService id="_s" name="s"><outputDecision href="#_sum"/><outputDecision href="#_twice"/>
    <inputDecision href="#_y"/><inputData href="#_x"/></decisionService>"""
    parts = (
        input_data("x"), decision("y", literal("100")), decision("sum", literal("x - y"), "x", "y"),
        decision("twice", literal("x * 2"), "x"), service, decision("d", literal("s(5, 2)"), "f:s"),
    )  # fmt: skip
    assert ask(model(*parts), "d").value == {"sum": 3, "twice": 10}


def test_a_function_is_asked_by_its_name_with_its_parameters() -> None:
    bkm = """<businessKnowledgeModel id="_f" name="f"><encapsulatedLogic><formalParameter name="on" typeRef="date"/>
    <literalExpression><text>on.year</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>"""
    assert ask(model(bkm), "f", on="2026-01-02").value == 2026


def test_text_may_stand_in_a_cdata_section() -> None:
    box = '<literalExpression><text><![CDATA[if 1 < 2 then "a" else "b"]]></text></literalExpression>'
    assert ask(model(decision("d", box)), "d").value == "a"


def test_facts_of_an_input_without_a_type_take_that_of_its_column() -> None:
    box = table(["born"], ["x"], ['< date("2000-01-01") | "old"', '- | "young"'], "FIRST").replace(
        "<inputExpression>", '<inputExpression typeRef="date">'
    )
    content = model(input_data("born"), decision("d", box, "born"))
    assert ask(content, "d", born="1999-12-31").value == "old"


@pytest.mark.parametrize(
    "version",
    ["20151101/dmn.xsd", "20180521/MODEL/", "20191111/MODEL/", "20211108/MODEL/", "20230324/MODEL/", "20240513/MODEL/"],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_every_version_is_read(version: str, scheme: str) -> None:
    assert ask(model(decision("d", literal("1")), space=f"{scheme}://www.omg.org/spec/DMN/{version}"), "d").value == 1


def test_elements_of_other_makers_are_passed_over() -> None:
    foreign = '<extensionElements><x:a xmlns:x="urn:x"><x:decision id="_z"/></x:a></extensionElements>'
    assert ask(model(foreign, decision("d", foreign + literal("1"))), "d").value == 1
