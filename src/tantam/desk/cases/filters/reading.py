"""Reads a typed filter into its one form; what cannot be read says where, and what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.cases.filters import vocabulary
from tantam.desk.cases.filters.errors import FilterWrong
from tantam.desk.cases.filters.filter import Filter, Term
from tantam.desk.cases.filters.words import Compare, Word, words
from tantam.desk.plans import RunningPlan, named
from tantam.folding import folded

MOST_PEOPLE = 1_000  # who is searched for by name
MOST_MINUTES = 10 * 366 * 24 * 60

_LENGTH = re.compile(r"(\d{1,6})\s*([^\W\d]*)")
_UNITS = {
    **dict.fromkeys(("", "m", "min", "p", "phut", "minute", "minuten", "minutes"), 1),
    **dict.fromkeys(("h", "g", "gio", "std", "hour", "hours", "stunde", "stunden"), 60),
    **dict.fromkeys(("d", "t", "ng", "ngay", "tag", "tage", "day", "days"), 24 * 60),
    **dict.fromkeys(("w", "tuan", "wo", "woche", "wochen", "week", "weeks"), 7 * 24 * 60),
}


def read(text: str, plan: RunningPlan | None = None) -> Filter:
    """Return what was typed as a filter. plan: whose names it uses; that in force if None. Raises FilterWrong.

    Values may be codes, or words of any language, with and without marks. Queries only for a colleague's name.
    """
    return Filter(tuple(_term(each, plan or plans.in_force()) for each in words(text)))


def _term(word: Word, plan: RunningPlan) -> Term:
    if not word.key:
        return Term("", word.values, negated=word.negated)
    key = vocabulary.key(word.key)
    if not key:
        raise _unknown("key", word, word.key, vocabulary.KEYS)
    if word.compare and key not in vocabulary.COMPARED:
        raise FilterWrong("no_compare", at=word.at, key=word.key, compare=word.compare)
    values = tuple(_value(key, each, word, plan) for each in word.values)
    return Term(key, values, _compare(key, word.compare, values), word.negated)


def _compare(key: str, compare: Compare, values: tuple[str, ...]) -> Compare:
    """Return the comparison that is meant where none was typed: due within, opened or quiet for no longer than."""
    if compare or key not in vocabulary.LENGTHS or not all(each.isdecimal() for each in values):
        return compare
    return "<"


def _value(key: str, got: str, word: Word, plan: RunningPlan) -> str:
    known = vocabulary.written(plan, key)
    if (code := known.get(folded(got))) is not None:
        return code
    if key == "tag":
        return got
    if key == "owner":
        return _colleague(got, word)
    if key in vocabulary.LENGTHS:
        return _minutes(got, word)
    raise _unknown("value", word, got, vocabulary.codes(plan, key), also=tuple(known))


def _minutes(got: str, word: Word) -> str:
    matched = _LENGTH.fullmatch(folded(got))
    if matched is None or matched[2] not in _UNITS:
        raise FilterWrong("not_a_length", at=word.at, got=got)
    return str(min(int(matched[1]) * _UNITS[matched[2]], MOST_MINUTES))


def _colleague(got: str, word: Word) -> str:
    """Return the id of the colleague with this name, part of a name, or mail address."""
    people = {each.pk: each for each in Person.objects.only("pk", "name", "email").order_by("name")[:MOST_PEOPLE]}
    if got.isdecimal() and int(got) in people:
        return got
    wanted = folded(got)
    called = [each for each in people.values() if wanted in (folded(each.name), each.email.lower())]
    called = called or [each for each in people.values() if wanted in folded(each.name).split()]
    if called:
        return str(called[0].pk)
    near = named.nearest(got, [each.name for each in people.values()])
    raise FilterWrong("nobody_near" if near else "nobody", at=word.at, got=got, nearest=near)


def _unknown(what: str, word: Word, got: str, allowed: Sequence[str], also: Sequence[str] = ()) -> FilterWrong:
    near = named.nearest(got, [*allowed, *also])
    code = f"unknown_{what}_near" if near else f"unknown_{what}"
    return FilterWrong(code, at=word.at, key=word.key, got=got, nearest=near, allowed=named.listed(allowed))
