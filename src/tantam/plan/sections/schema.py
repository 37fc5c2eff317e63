"""The JSON Schema of a plan's YAML, for editors; made from the same models that read it."""

from __future__ import annotations

from typing import Any

from tantam.plan.sections.document import Document


def json_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12)."""
    schema = Document.model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Tantam plan",
        **{key: value for key, value in schema.items() if key != "title"},
    }
