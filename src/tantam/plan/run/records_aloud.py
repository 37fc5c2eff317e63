"""How records and lists of them are read aloud: by what the plan calls their fields, the first few of many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tantam.plan.sections import Plan
from tantam.plan.sections.base import by_language
from tantam.plan.spoken import spoken
from tantam.plan.tables.types import ListOf, RecordOf, Type
from tantam.plan.words import say

MOST = 3  # records of a list; of the others their number is said


def record_aloud(plan: Plan, kind: RecordOf, value: Mapping[str, Any], lang: str) -> str:
    """Return a record as a phrase: `gift card, balance: $17.00`; a record in it stands in brackets."""
    return ", ".join(_fields(plan, kind, value, lang))


def list_aloud(plan: Plan, kind: ListOf, value: Sequence[Mapping[str, Any]], lang: str) -> str:
    """Return a list as a phrase, its records parted by semicolons."""
    said = [record_aloud(plan, kind.record, each, lang) for each in value[:MOST]]
    if len(value) > MOST:
        said.append(say("D_more_records", lang, count=len(value) - MOST))
    return "; ".join(said) or say("D_none", lang)


def _fields(plan: Plan, kind: RecordOf, value: Mapping[str, Any], lang: str) -> Iterator[str]:
    for name, field in kind.fields.items():
        found = value.get(name)
        if found is None:
            continue
        words, choice = _label(plan, kind.name, name, lang), _choice(plan, kind.name, (name, found), lang)
        if choice:
            yield choice
        elif isinstance(found, Mapping | tuple | list):
            yield f"{words} ({_inner(plan, field, found, lang)})"
        else:
            yield f"{words}: {spoken(found, lang)}"


def _inner(plan: Plan, kind: Type, value: Any, lang: str) -> str:
    match kind:
        case RecordOf():
            return record_aloud(plan, kind, value, lang)
        case ListOf():
            return list_aloud(plan, kind, value, lang)
        case _:
            return spoken(value, lang)


def _label(plan: Plan, record: str, field: str, lang: str) -> str:
    written = (plan.document.records or {})[record][field].label
    return _words(plan, written, lang) or field.replace("_", " ")


def _choice(plan: Plan, record: str, chosen: tuple[str, Any], lang: str) -> str:
    """Return what a value of a field that chooses among names is called, "" for any other field."""
    field, value = chosen
    choices = (plan.document.records or {})[record][field].one_of
    if choices is None:
        return ""
    words = choices.get(value) if isinstance(choices, dict) else None
    return _words(plan, words, lang) or str(value).replace("_", " ")


def _words(plan: Plan, written: Any, lang: str) -> str:
    words = by_language(written, plan.languages)
    return words.get(lang) or next((each for each in words.values() if each), "")
