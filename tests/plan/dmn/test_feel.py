"""FEEL's operators, its nulls, its decimals, its names with blanks, its lists and contexts; a row of text a law."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.plan.dmn import json_text
from tests.plan.dmn.models import feel

# expression => its value as JSON
LAWS = """
1 + 2 * 3 ** 2 => 19
2 ** 3 ** 2 => 64
-2 ** 2 => 4
10 - 2 - 3 => 5
1 / 3 => 0.3333333333333333333333333333333333
2 / 3 => 0.6666666666666666666666666666666667
0.1 + 0.2 => 0.3
123456789012345678901234567890123 + 0.1 => 123456789012345678901234567890123.1
1 / 0 => null
null + 1 => null
"a" + 1 => null
"a" + "b" => "ab"
null = null => true
null != 1 => true
1 = "1" => null
null < 1 => null
"a" < "b" => true
true < false => null
true and null => null
false and null => false
true or null => true
false or null => null
true and "x" => null
not(null) => null
not(true) => false
if null then 1 else 2 => 2
if "true" then 1 else 2 => 2
5 between 5 and 6 => true
null between 1 and 2 => null
5 in (1, 2, > 4) => true
5 in [1..5) => false
5 in ]4..5] => true
5 in > 4 => true
"b" in ["a", "b"] => true
1 instance of number => true
"1" instance of number => false
null instance of number => false
[1, 2] instance of list<number> => true
[1, "a"] instance of list<number> => false
@"P1D" instance of days and time duration => true
@"P1Y" instance of days and time duration => false
for i in 1..3 return i * i => [1, 4, 9]
for i in 3..1 return i => [3, 2, 1]
for x in [1, 2], y in [10, 20] return x * y => [10, 20, 20, 40]
for i in 1..5 return if i < 3 then 1 else partial[-1] + partial[-2] => [1, 1, 2, 3, 5]
some x in [1, 2] satisfies x > 1 => true
some x in [null, 2] satisfies x > 2 => null
every x in [] satisfies x > 1 => true
every x in [1, null] satisfies x > 1 => false
[1, 2, 3][1] => 1
[1, 2, 3][-1] => 3
[1, 2, 3][4] => null
[1, 2, 3][item >= 2] => [2, 3]
[{a: 1, b c: 2}, {a: 3, b c: 4}][a > 1].b c => [4]
[{a: 1}, {b: 2}][a = 1] => [ { "a": 1 } ]
{a: 1, b: a + 1}.b => 2
{"x y": 1}.x y => 1
[{a: 1}, {a: 2}].a => [1, 2]
{a: 1}.b => null
(function(x: number) x + 1)(2) => 3
(function(x: number) x + 1)("2") => null
{double: function(x) x * 2, r: double(21)}.r => 42
substring(start position: 3, string: "foobar") => "obar"
substring(string: "foobar", start position: 3) => "obar"
/* one */ 1 + 1 // two => 2
"a\\"b\\u00e9\\n" => "a\\"bé\\n"
[1..5].end => 5
{a: {b: [1, {c: 7}]}}.a.b[2].c => 7
"""


def rows(text: str) -> list[tuple[str, str]]:
    parts = (each.rpartition("=>") for each in text.splitlines() if each)
    return [(left.strip(), right.strip()) for left, _, right in parts]


def said(value: Any) -> str:
    """Return the value as JSON in one line; its layout is not what these laws are about."""
    return " ".join(json_text(value).split())


@pytest.mark.parametrize(("text", "wanted"), rows(LAWS))
def test_an_expression_comes_to_its_value(text: str, wanted: str) -> None:
    assert said(feel(text)) == wanted


def test_names_may_hold_blanks_and_signs() -> None:
    facts = {"Monthly Income": 5, "Monthly": 1, "pre-tax": 7}
    assert feel("Monthly Income + Monthly", **facts) == 6
    assert feel("pre-tax - Monthly", **facts) == 6
    assert feel("if for whom = 1 then terms and conditions else 0", **{"for whom": 1, "terms and conditions": 9}) == 9


def test_the_longest_name_wins() -> None:
    assert feel("a - b", **{"a": 5, "b": 1, "a - b": 100}) == 100
    assert feel("a-b", a=5, b=1) == 4


def test_an_input_may_be_called_like_a_function() -> None:
    assert feel("date + 1", date=1) == 2
    assert said(feel('date and time("2026-01-01T00:00:00Z")', date=1)) == '"2026-01-01T00:00:00Z"'


def test_a_filter_speaks_of_the_entries_of_its_elements() -> None:
    orders = [{"unit price": 5, "n": 2}, {"unit price": 7, "n": 1}]
    assert feel("sum(for o in orders[n > limit] return o.n)", orders=orders, limit=1) == 2
    assert feel("orders[item.n = 1].n", orders=orders) == [1]
