"""The JSON Schema of a plan's YAML, for editors; made from the same models that read it."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict

from tantam.plan.sections.company import Company
from tantam.plan.sections.document import Document
from tantam.plan.sections.told import Told, ToldCompany

CLOSED = ConfigDict(extra="forbid", defer_build=True)


LAID = "Laid"  # before the name of what is laid over something

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


def _laid(schema: Any) -> Any:
    """Return a schema in which nothing is required, with all that it refers to."""
    match schema:
        case {"$ref": str(name)}:
            return {**schema, "$ref": f"#/$defs/{LAID}{name.rpartition('/')[2]}"}
        case dict():
            return {key: _laid(each) for key, each in schema.items() if key != "required" or not isinstance(each, list)}
        case list():
            return [_laid(each) for each in schema]
        case _:
            return schema


def json_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12)."""
    schema = _Plan.model_json_schema(by_alias=True)
    schema["properties"] |= _LINKS
    # What is laid over another plan says only what differs: whatever is required, the other has.
    whole = {"required": schema.pop("required"), "properties": schema["properties"]}
    schema |= {"properties": _laid(schema["properties"]), "if": {"required": ["overlay"]}, "else": whole}
    schema["$defs"] |= {f"{LAID}{name}": _laid(each) for name, each in schema["$defs"].items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Tantam plan",
        **{key: value for key, value in schema.items() if key not in ("title", "description")},
    }
