"""The JSON Schema for editors admits what the reader admits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

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


def problems(text: str) -> list[str]:
    """Return what an editor would underline: it reads YAML 1.2 with numbers and truth values."""
    validator = jsonschema.Draft202012Validator(json_schema())
    return [each.message for each in validator.iter_errors(YAML(typ="safe", pure=True).load(text))]


ROOT = Path(__file__).parents[3]
SHOP = (ROOT / "tests" / "plan" / "samples" / "shop.yaml").read_text(encoding="utf-8")


def test_what_the_reader_reads_the_schema_admits() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    assert problems(SHOP.replace("2027-06-30", "'2027-06-30'")) == []
    form = ROOT.parent / "shared" / "plan-form" / "form.yaml"
    if form.is_file():
        assert problems(form.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("policies:", "polices:"),
        ("kind: exchange", "knid: exchange"),
        ("tantam: 1", "tantam: 2"),
        ("hit: collect", "hit: x"),
    ],
)
def test_what_the_reader_refuses_the_schema_underlines(right: str, wrong: str) -> None:
    assert problems(SHOP.replace("2027-06-30", "'2027-06-30'").replace(right, wrong, 1))
