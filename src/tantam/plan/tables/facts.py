"""Turns what was written or recorded (strings, numbers, mappings of YAML and JSON) into values of a type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.plan.errors import Place, Finding
from tantam.plan.tables.scope import Scope
from tantam.plan.tables.types import RecordOf, Type


def read_type(
    kind: str, spec: Any, place: Place, *, records: Mapping[str, RecordOf], currency: str
) -> tuple[Type | None, list[Finding]]:
    """Return the type of `{kind: spec}` as terms, records and outputs write it.

    kind: yes_no number money duration date time moment text one_of some_of list record.
    spec: bounds (`0..`, `0 days..`, `any`), values (a list, or a mapping from value to label) or a record's name.
    A number's `unit:` and a list's `count:` are set with dataclasses.replace and `read_count`."""
    raise NotImplementedError


def read_fact(name: str, raw: Any, kind: Type) -> Any:
    """Return the value of a fact, None if it is missing (None). Raises BadFact outside its domain.

    Money without a currency is of the type's; texts are read as cells write them (`12 days`, `9.90 EUR`, `yes`)."""
    raise NotImplementedError


def read_facts(raw: Mapping[str, Any], scope: Scope) -> dict[str, Any]:
    """Return all facts as values. Raises UnknownName for a term that the scope does not have, BadFact outside a domain."""
    raise NotImplementedError


def plain(value: Any) -> Any:
    """Return the value for JSON: numbers as int or float, amounts and spans as text, sets sorted."""
    raise NotImplementedError
