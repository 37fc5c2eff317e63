"""The JSON Schema of a plan's YAML, for editors; made from the same models that read it."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict

from tantam.plan.sections.company import Company
from tantam.plan.sections.document import Document
from tantam.plan.sections.told import Told, ToldCompany

CLOSED = ConfigDict(extra="forbid", defer_build=True)


# What a file says of other files; reading takes it out.
_LINKS = {
    "include": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
    "overlay": {"type": "string"},
}


class _Company(ToldCompany, Company):
    """The company with its sites, teams, shifts and duties."""

    model_config = CLOSED


class _Plan(Told, Document):
    """The document with the free sections in the form in which they are read."""

    model_config = CLOSED

    company: _Company


def json_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12)."""
    schema = _Plan.model_json_schema(by_alias=True)
    schema["properties"] |= _LINKS
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Tantam plan",
        **{key: value for key, value in schema.items() if key not in ("title", "description")},
    }
