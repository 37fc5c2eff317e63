"""The JSON Schema for editors admits what the reader admits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from tantam.plan.sections import json_schema, read
from tantam.plan.sections.document import Document


def test_it_is_json_and_knows_every_section() -> None:
    schema = json.loads(json.dumps(json_schema()))
    names = {field.alias or name for name, field in Document.model_fields.items()}
    assert set(schema["properties"]) == names | {"include", "overlay"}  # of files, gone once they are put together
    assert schema["if"] == {"required": ["overlay"]}
    assert schema["else"]["required"] == ["tantam", "company"]
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
    "folder", sorted(each.parent for each in (ROOT / "plans").glob("*/plan.yaml")), ids=lambda each: each.name
)
def test_the_schema_admits_every_example_plan(folder: Path) -> None:
    plan = _as_editors_read(read(folder).root.plain()) | {"tantam": 1}
    validator = jsonschema.Draft202012Validator(json_schema())
    assert [f"{each.json_path}: {each.message[:80]}" for each in validator.iter_errors(plan)] == []


def test_what_is_laid_over_another_plan_need_not_say_it_all_again() -> None:
    branch = (ROOT / "plans" / "ben-xuan-branch" / "plan.yaml").read_text(encoding="utf-8")
    assert problems(branch) == []
    assert problems(branch.replace("overlay: ../ben-xuan", "tantam: 1"))  # alone it lacks a lot
    assert problems(branch.replace("channels:", "chanels:"))
    assert problems(branch.replace("address:", "adress:"))


def _as_editors_read(value: Any) -> Any:
    match value:
        case dict():
            return {key: _as_editors_read(each) for key, each in value.items()}
        case list():
            return [_as_editors_read(each) for each in value]
        case _:
            return {"true": True, "false": False}.get(value, value)


@pytest.mark.parametrize(
    "wrong",
    [
        "company: {name: S, languages: [en], timezone: UTC, teams: {a: {pepole: 3}}}",
        "surveys: {s: {ask: Well?, questoins: {}}}",
        "training: {t: {who: 3, abuot: x}}",
        "terms: {a: {yes_no: any, because: [a]}}",
    ],
)
def test_the_schema_underlines_what_free_sections_do_not_know(wrong: str) -> None:
    assert problems(SHOP.replace("2027-06-30", "'2027-06-30'").split("company:")[0] + wrong)


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
