"""The JSON Schema for editors admits what the reader admits."""

from __future__ import annotations

import json
from typing import Any

from tantam.plan.sections import json_schema
from tantam.plan.sections.document import Document


def test_it_is_json_and_knows_every_section() -> None:
    schema = json.loads(json.dumps(json_schema()))
    names = {field.alias or name for name, field in Document.model_fields.items()}
    assert set(schema["properties"]) == names
    assert schema["required"] == ["tantam", "company"]
    assert schema["additionalProperties"] is False


def test_numbers_that_editors_read_as_numbers_are_admitted_where_text_stands() -> None:
    schema = json_schema()
    level = schema["$defs"]["Level"]["properties"]["authority"]
    assert "number" in json.dumps(level)


def test_a_term_may_be_an_expression_or_keys() -> None:
    term: dict[str, Any] = json_schema()["$defs"]["Term"]
    assert any("string" in each.get("type", ()) for each in term["anyOf"])
    assert any(each.get("type") == "object" for each in term["anyOf"])
