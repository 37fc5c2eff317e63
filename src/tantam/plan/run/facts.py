"""Facts about one case: how their text is read by the type of their term, and how it is written back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from tantam.plan.calendars.spans import days_open
from tantam.plan.errors import BadFact, TantamError, UnknownName
from tantam.plan.run.standing import Fact, Standing
from tantam.plan.sections import Plan
from tantam.plan.sections.clauses import TermClause
from tantam.plan.tables import plain
from tantam.plan.tables.tokens import as_here
from tantam.plan.tables.types import Duration, ListOf, Money, Number, RecordOf, SomeOf, Text, Type
from tantam.plan.tables.values import Amount, Family, Span, number_text

LONGEST_REMEMBERED = 40  # characters of a fact text
MOST_REMEMBERED = 4096
Given = Mapping[str, Any]  # by term: a Fact, a fact text ("12 days", "500000 VND", "ours"), or a plain JSON value


def read_fact(plan: Plan, term: str, got: object, *, now: datetime, standing: Standing = Standing.TOLD) -> Fact:
    """Return `got` as a fact of `term`.

    got: fact text, a plain JSON value, or a Fact (returned as it is). A `since` term takes a moment or a date
    and gives the age up to `now`, or takes an age. Raises UnknownName for a term that the plan does not have,
    BadFact, which says what is allowed, for a value outside its domain.
    """
    if isinstance(got, Fact):
        return got
    clause = _term(plan, term)
    if isinstance(clause.type, Duration) and clause.since and (moment := _moment(got, plan.zone)) is not None:
        try:
            return Fact(_age(plan, clause, moment, now), standing)
        except OverflowError as problem:  # in the company's zone it lies before the year 1 or after 9999
            raise BadFact(term, got, str(clause.type)) from problem
    return Fact(_value(plan, clause, got), standing)


def read_facts(plan: Plan, given: Given, *, now: datetime, standing: Standing | None = None) -> dict[str, Fact]:
    """Return all of `given` as facts; `"~"`, None and lists shorter than their term's least count are left out.

    standing: of plain values; None means recorded where the term has `from` or `since`, else told.
    """
    facts = {}
    for term, got in given.items():
        clause = _term(plan, term)
        if isinstance(got, Fact):
            if got.value is not None:
                facts[term] = got
        elif not _is_nothing(got, clause.type):
            facts[term] = read_fact(plan, term, got, now=now, standing=standing or usual_standing(clause))
    return facts


def _is_nothing(got: object, kind: Type) -> bool:
    if isinstance(kind, ListOf) and kind.low > 0 and got in ([], (), "[]"):
        return True
    return got is None or got == "~"


def usual_standing(clause: TermClause) -> Standing:
    """Return how well a plain value of the term is known: recorded if it comes from the records, else told."""
    return Standing.RECORDED if clause.source or clause.since or clause.builtin else Standing.TOLD


def fact_text(plan: Plan, term: str, fact: Fact) -> str:
    """Return the fact as text that `read_fact` reads back to the same value; lists and records as JSON."""
    _term(plan, term)
    return value_text(fact.value)


def value_text(value: Any) -> str:
    """Return a value as fact text: `12 days`, `500000 VND`, `yes`, `2026-11-21`, JSON for lists and records."""
    match value:
        case str():
            return value
        case Span() | Amount():
            return str(value)
        case bool():
            return "yes" if value else "no"
        case int() | Fraction():
            return number_text(value)
        case frozenset():
            return ", ".join(sorted(value))
        case datetime() | date() | time():
            return value.isoformat()
        case tuple() if all(isinstance(each, str) for each in value):
            return ", ".join(value)
        case tuple() | list() | Mapping():
            return json.dumps(json_value(value), ensure_ascii=False)
        case _:
            return str(value)


def json_value(value: Any) -> Any:
    """Return a value for JSON: yes/no and numbers as they are, lists and records unfolded, the rest as fact text."""
    match value:
        case None | bool() | int() | str():
            return value
        case Fraction():
            return float(value)
        case frozenset():
            return sorted(value)
        case Mapping():
            return {key: json_value(each) for key, each in value.items()}
        case tuple() | list():
            return [json_value(each) for each in value]
        case _:
            return value_text(value)


def _term(plan: Plan, term: str) -> TermClause:
    clause = plan.terms.get(term)
    if clause is None:
        raise UnknownName("term", term, list(plan.terms))
    return clause


def _value(plan: Plan, clause: TermClause, got: object) -> Any:
    """Return the value; that of a short text is remembered, as the same ones come again and again.

    Free text is not: it may be about a person."""
    if not isinstance(got, str) or len(got) > LONGEST_REMEMBERED or isinstance(clause.type, Text | ListOf | RecordOf):
        return _read(clause, got)
    remembered = plan.prepared.get(_value)
    if remembered is None:
        remembered = plan.prepared.setdefault(_value, {})
    value = remembered.get((clause.name, got))
    if value is None:
        value = _read(clause, got)
        if len(remembered) < MOST_REMEMBERED:
            remembered[clause.name, got] = value
    return value


def _read(clause: TermClause, got: object) -> Any:
    if isinstance(got, str):
        if isinstance(clause.type, Number | Money | Duration) and as_here(got.strip()):
            raise BadFact(clause.name, got, str(clause.type))  # 500.000 VND may be meant as half a million
        got = _unfolded(clause.type, got)
    try:
        value = plain.read_fact(clause.name, got, clause.type)
    except BadFact:
        raise
    except (TantamError, ValueError, TypeError, KeyError, ArithmeticError, AttributeError) as problem:
        raise BadFact(clause.name, got, str(clause.type)) from problem
    if value is None:
        raise BadFact(clause.name, got, str(clause.type))
    return value


def _unfolded(kind: Type, text: str) -> object:
    """Return what a fact text holds: JSON for lists and records, names with commas between for some_of."""
    written = text.strip()
    if isinstance(kind, SomeOf) and not written.startswith("["):
        return [each.strip() for each in written.split(",") if each.strip()]
    if written[:1] in ("[", "{"):
        try:
            return json.loads(written)
        except (ValueError, RecursionError):
            return _flow(written)
    return written


def _flow(written: str) -> object:
    """Return `[a, b]` as a list of words; anything else stays text."""
    inner = written[1:-1]
    if written.startswith("[") and written.endswith("]") and not set(inner) & set("[]{}"):
        return [each.strip() for each in inner.split(",") if each.strip()]
    return written


def _moment(got: object, zone: str) -> datetime | date | None:
    """Return the moment or day that `got` names, None if it names none (then it is an age)."""
    if isinstance(got, datetime | date):
        return got
    written = got.strip() if isinstance(got, str) else ""
    if written[4:5] != "-":
        return None
    try:
        if len(written) == 10:
            return date.fromisoformat(written)
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def _age(plan: Plan, clause: TermClause, moment: datetime | date, now: datetime) -> Span:
    """Return the age up to `now`: whole local days, seconds for terms of exact durations, working days for those.

    Seconds are counted in UTC: two moments of one zone subtract by the clock on the wall, which summer time moves.
    """
    kind = clause.type
    assert isinstance(kind, Duration)
    zone = ZoneInfo(plan.zone)
    today = now.astimezone(zone).date()
    day = moment.astimezone(zone).date() if isinstance(moment, datetime) else moment
    if kind.family is Family.EXACT and isinstance(moment, datetime):
        age = Span(Family.EXACT, int((now.astimezone(UTC) - moment.astimezone(UTC)).total_seconds()))
    elif kind.family is Family.WORKING:
        age = Span(Family.WORKING, _working_days_between(plan, day, today))
    else:
        age = Span.age(day, today)
    if kind.low is not None and age < kind.low:
        raise BadFact(clause.name, moment.isoformat(), f"{kind}, {kind.low}..")
    return age


def _working_days_between(plan: Plan, first: date, last: date) -> int:
    """Return how many working days follow `first` up to and with `last`."""
    if plan.working_days is None or last <= first:
        return 0
    return sum(1 for day, open_ in days_open(plan.working_days.hours, first, last) if open_ and day > first)


def money(plan: Plan, term: str, amount: Any) -> Amount:
    """Return money given as text ("500000 VND") or as an amount. Raises BadFact."""
    if isinstance(amount, Amount):
        return amount
    clause = TermClause(term, Money(plan.currency), plan.root.place)
    value = _read(clause, amount)
    assert isinstance(value, Amount)
    return value
