"""The typing rules of the plan's form: what may be added, multiplied, compared, and what fits where."""

from __future__ import annotations

from tantam.plan.tables.types import (
    Broken,
    Date,
    Duration,
    ListOf,
    Moment,
    Money,
    Number,
    OneOf,
    RecordOf,
    SomeOf,
    Text,
    Type,
    Word,
    Words,
)
from tantam.plan.tables.values import Family

BROKEN = Broken()


def comparable(left: Type, right: Type) -> bool:
    """Return whether two values of these types can be equal, or in order where the type has one."""
    match left, right:
        case (Broken(), _) | (_, Broken()):
            return True
        case (Number(), Number()) | (Money(), Money()) | (Duration(), Duration()):
            return common(left, right) is not None
        case OneOf(values=mine), OneOf(values=theirs):
            return not set(mine).isdisjoint(theirs)
        case (OneOf(), Text()) | (Text(), OneOf()):
            return True
        case SomeOf(values=mine), SomeOf(values=theirs):
            return not set(mine).isdisjoint(theirs)
        case (RecordOf() | ListOf() | Words(), _):
            return False
        case _:
            return type(left) is type(right)


def common(left: Type, right: Type) -> Type | None:
    """Return the type that holds values of both (of `if`, `min`, `max`), None if there is none."""
    match left, right:
        case (Broken(), other) | (other, Broken()):
            return other
        case Number(unit=mine, whole=one), Number(unit=theirs, whole=two):
            return Number(mine or theirs, whole=one and two) if not mine or not theirs or mine == theirs else None
        case Money(currency=mine), Money(currency=theirs):
            return Money(mine) if mine == theirs else None
        case Duration(family=mine), Duration(family=theirs):
            return Duration(mine) if mine == theirs else None
        case OneOf(values=mine), OneOf(values=theirs):
            return OneOf(tuple(dict.fromkeys(mine + theirs)))
        case SomeOf(values=mine), SomeOf(values=theirs):
            return SomeOf(tuple(dict.fromkeys(mine + theirs)))
        case (OneOf(), Text()) | (Text(), OneOf()):
            return Text()
        case _:
            return left if type(left) is type(right) and left == right else None


def arithmetic(op: str, left: Type, right: Type) -> Type | None:
    """Return the type of `left op right`, None if the rules have none."""
    if isinstance(left, Broken) or isinstance(right, Broken):
        return BROKEN
    return added(op, left, right) if op in "+-" else multiplied(op, left, right)


def added(op: str, left: Type, right: Type) -> Type | None:
    """Return the type of a sum or difference: within one type and unit; a day or moment and its own durations."""
    match left, right:
        case (Number(), Number()) | (Money(), Money()):
            return common(left, right)
        case (Duration(family=mine), Duration(family=theirs)):
            return Duration(mine) if mine is theirs and mine else None
        case Date(), Duration(family=Family.CALENDAR):
            return Date()
        case Duration(family=Family.CALENDAR), Date() if op == "+":
            return Date()
        case Moment(), Duration(family=Family.EXACT):
            return Moment()
        case Duration(family=Family.EXACT), Moment() if op == "+":
            return Moment()
        case Moment(), Moment() if op == "-":
            return Duration(Family.EXACT)
        case Date(), Date() if op == "-":
            return Duration(Family.CALENDAR)
        case _:
            return None


def multiplied(op: str, left: Type, right: Type) -> Type | None:
    """Return the type of a product or quotient: a share of money or time, or a ratio of two amounts."""
    match left, right:
        case Number(unit=mine, whole=one), Number(unit=theirs, whole=two):
            if op == "/":
                return Number("" if mine == theirs else mine or theirs)
            return Number(mine or theirs, whole=one and two)
        case Money(currency=currency), Number():
            return Money(currency)
        case Number(), Money(currency=currency) if op == "*":
            return Money(currency)
        case Duration(family=family), Number():
            return Duration(family)
        case Number(), Duration(family=family) if op == "*":
            return Duration(family)
        case Money(currency=mine), Money(currency=theirs) if op == "/" and mine == theirs:
            return Number()
        case (Duration(family=Family.EXACT), Duration(family=Family.EXACT)) if op == "/":
            return Number()
        case (Duration(family=Family.WORKING), Duration(family=Family.WORKING)) if op == "/":
            return Number()
        case _:
            return None


def fits(got: Type, wanted: Type) -> bool:
    """Return whether a value of type `got` may stand where `wanted` is declared.

    A duration declared from nothing (`0 h..`, `0 days..`) admits every family: a promise may be in
    hours or in working days."""
    match got, wanted:
        case (Broken(), _) | (_, Broken()):
            return True
        case Duration(), Duration(low=low):
            return got.family is None or got.family is wanted.family or low is None or low.is_zero
        case OneOf(values=mine), OneOf(values=theirs):
            return set(mine) <= set(theirs)
        case SomeOf(values=mine), SomeOf(values=theirs):
            return set(mine) <= set(theirs)
        case (OneOf() | Text(), Text() | Word()):
            return True
        case RecordOf(name=mine), RecordOf(name=theirs):
            return mine == theirs
        case ListOf(record=mine), ListOf(record=theirs):
            return mine.name == theirs.name
        case (Number() | Money(), Number() | Money()):
            return comparable(got, wanted)
        case _:
            return type(got) is type(wanted)
