"""FEEL's built-in functions, a row a law; wrong arguments are null."""

from __future__ import annotations

import pytest

from tantam.plan.dmn.feel.functions import BUILTINS
from tests.plan.dmn.models import feel
from tests.plan.dmn.test_feel import rows, said

LAWS = """
substring("foobar", 3) => "obar"
substring("foobar", -2, 1) => "a"
substring("foobar", 0) => null
string length("\U0001f40e") => 1
string length(1) => null
upper case("aBc") => "ABC"
lower case("aBc") => "abc"
substring before("foobar", "bar") => "foo"
substring before("foobar", "x") => ""
substring after("foobar", "ob") => "ar"
replace("abcd", "(b)(c)", "$2$1") => "acbd"
replace("aBa", "b", "x", "i") => "axa"
replace("a", "(", "x") => null
contains("foobar", "ob") => true
starts with("foobar", "foo") => true
ends with("foobar", "foo") => false
matches("foobar", "^fo*b") => true
matches("foobar", "o", "q!") => null
split("a;b;;c", ";") => ["a", "b", "", "c"]
string join(["a", null, "b"], "-") => "a-b"
string join(["a", 1], "-") => null
number("1.000,5", ".", ",") => 1000.5
number("1,5") => null
number("1e3") => 1000
string(1.50) => "1.5"
string([1, "a", {b: null}]) => "[1, \\"a\\", {b: null}]"
string(null) => null
list contains([1, null], null) => true
count([]) => 0
count(null) => null
count(5) => 1
min([3, 1, 2]) => 1
min(3, 1, 2) => 1
min([]) => null
min([1, "a"]) => null
min([1, null]) => null
max("a", "b") => "b"
sum([1, 2.5]) => 3.5
sum([]) => null
sum([@"PT1H", @"PT2H"]) => "PT3H"
mean([1, 2]) => 1.5
all([true, null, false]) => false
all([]) => true
all([true, null]) => null
any([null, true]) => true
any([]) => false
sublist([1, 2, 3], 2) => [2, 3]
sublist([1, 2, 3], -2, 1) => [2]
sublist([1, 2, 3], 4) => null
append([1], 2, 3) => [1, 2, 3]
concatenate([1], [2], [3]) => [1, 2, 3]
insert before([1, 3], 2, 2) => [1, 2, 3]
remove([1, 2, 3], -1) => [1, 2]
list replace([1, 2, 3], 2, 9) => [1, 9, 3]
list replace([1, 2, 3], function(item, new) item > 1, 9) => [1, 9, 9]
reverse([1, 2]) => [2, 1]
index of([1, 2, 1], 1) => [1, 3]
union([1, 2], [2, 3]) => [1, 2, 3]
distinct values([1, 1.0, null, null]) => [1, null]
flatten([1, [2, [3]]]) => [1, 2, 3]
product([2, 3]) => 6
median([1, 3, 2, 4]) => 2.5
stddev([2, 4, 7, 5]) => 2.081665999466132735282297706979931
mode([6, 1, 9, 6, 1]) => [1, 6]
sort([3, 1, 2]) => [1, 2, 3]
sort([1, 2, 3], function(a, b) a > b) => [3, 2, 1]
sort([1, "a"]) => null
decimal(1 / 3, 2) => 0.33
decimal(2.5, 0) => 2
decimal(1234, -2) => 1200
floor(-1.5) => -2
ceiling(-1.5) => -1
floor(1.56, 1) => 1.5
round up(5.12, 1) => 5.2
round down(-5.18, 1) => -5.1
round half up(-2.5, 0) => -3
round half down(2.5, 0) => 2
round up(0.0001, 0) => 1
round up(-0.0001, 0) => -1
abs(-1.5) => 1.5
abs(@"-P1Y") => "P1Y"
modulo(-12, 5) => 3
modulo(12, -5) => -3
modulo(1, 0) => null
sqrt(2) => 1.414213562373095048801688724209698
sqrt(-1) => null
log(0) => null
exp(0) => 1
odd(-3) => true
even(2.5) => null
get value({a: 1}, "a") => 1
get value({a: {b: 2}}, ["a", "b"]) => 2
get entries({a: 1})[1].value => 1
context put({a: {b: 1}}, ["a", "b"], 2).a.b => 2
context merge([{a: 1}, {a: 2}]).a => 2
context([{key: "a", value: 1}]).a => 1
before(1, [2..3]) => true
before([1..2], [2..3]) => false
before([1..2), [2..3]) => true
after([5..8], 4) => true
meets([1..5], [5..8]) => true
meets([1..5), [5..8]) => false
met by([5..8], [1..5]) => true
overlaps([1..5], (5..8]) => false
overlaps([1..5], [5..8]) => true
overlaps before([1..5], [3..8]) => true
overlaps after([3..8], [1..5]) => true
finishes(5, [1..5]) => true
finishes([3..5], [1..5]) => true
finished by([1..5], 5) => true
includes([1..5], 5) => true
includes([1..5), [2..5]) => false
during([2..3], [1..5]) => true
starts([1..3], [1..5]) => true
started by([1..5), [1..5]) => false
coincides([1..5], [1..5]) => true
"""


@pytest.mark.parametrize(("text", "wanted"), rows(LAWS))
def test_a_function_yields_what_the_specification_says(text: str, wanted: str) -> None:
    assert said(feel(text)) == wanted


@pytest.mark.parametrize("name", sorted(BUILTINS))
def test_no_function_stumbles_over_what_it_is_given(name: str) -> None:
    """Whatever the arguments, the answer is a value or null, never an exception."""
    for args in ("", "null", "null, null", '"a", 1', "1, 2, 3, 4, 5", "[], {}", '@"P1D", [1..2]', "[null, 1], -1"):
        said(feel(f"{name}({args})"))
