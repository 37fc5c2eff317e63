"""The types of a plan's terms as DMN's: basic ones by name, words, bounds and records as item definitions."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as Tree

from tantam.plan.dmn.write.elements import described, element, plain, texted
from tantam.plan.dmn.write.sayable import feel_name, literal, text
from tantam.plan.sections.clauses import TermClause
from tantam.plan.tables.types import (
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
    Time,
    Type,
    Word,
    YesNo,
)
from tantam.plan.tables.values import Family


def basic(kind: Type) -> str:
    """Return the name of FEEL's type for the values themselves, "" for what has none of its own."""
    match kind:
        case YesNo():
            return "boolean"
        case Number() | Money():
            return "number"
        case Duration(family=family):
            return "dayTimeDuration" if family is Family.EXACT else "number"
        case Date():
            return "date"
        case Time():
            return "time"
        case Moment():
            return "dateTime"
        case Text() | Word() | OneOf() | SomeOf():
            return "string"
    return ""


def type_name(name: str, kind: Type) -> str:
    """Return the type of a term: an item definition of its own where it has words, bounds or fields, else basic."""
    return f"t_{name}" if _is_defined(kind) else basic(kind)


def definition(name: str, kind: Type, clause: TermClause | None, lang: str) -> Tree.Element | None:
    """Return the item definition of a term, None where a basic type says it all."""
    if not _is_defined(kind):
        return None
    return _definition("itemDefinition", f"t_{name}", kind, _words(clause, lang))


def _definition(tag: str, name: str, kind: Type, about: str) -> Tree.Element:
    attributes = {"name": name}
    if isinstance(kind, SomeOf | ListOf):
        attributes["isCollection"] = "true"
    if isinstance(kind, RecordOf | ListOf):
        record = kind.record if isinstance(kind, ListOf) else kind
        fields = [_definition("itemComponent", feel_name(each), of, "") for each, of in record.fields.items()]
        return element(tag, attributes, described(about), *fields)
    values = _allowed(kind)
    ref = basic(kind)
    return element(
        tag,
        attributes,
        described(about),
        plain("typeRef", ref) if ref else None,
        texted("allowedValues", values) if values else None,
    )


def _is_defined(kind: Type) -> bool:
    return isinstance(kind, OneOf | SomeOf | RecordOf | ListOf) or bool(_allowed(kind))


def _allowed(kind: Type) -> str:
    match kind:
        case OneOf(values=values) | SomeOf(values=values):
            return ", ".join(map(text, values))
        case Number(low=low, high=high) | Money(low=low, high=high) | Duration(low=low, high=high):
            if low is not None and high is not None:
                return f"[{literal(low)}..{literal(high)}]"
            return f">= {literal(low)}" if low is not None else f"<= {literal(high)}" if high is not None else ""
    return ""


def _words(clause: TermClause | None, lang: str) -> str:
    """Return what the values are called in the language."""
    if clause is None:
        return ""
    values: Mapping[str, Mapping[str, str]] = clause.values
    return "; ".join(f"{name}: {each[lang]}" for name, each in values.items() if each.get(lang))
