"""The pages about the interface say all that its document says, and their examples are what it admits."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from django.test import Client

from tantam.desk.api.reference import Operation, example_of, groups
from tantam.desk.api.urls import api

DOCUMENT: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(), default=str))
WRITES = [
    pytest.param(body["schema"], id=told["operationId"])
    for methods in DOCUMENT["paths"].values()
    for told in methods.values()
    if (body := told.get("requestBody", {}).get("content", {}).get("application/json"))
]


def _operation(name: str) -> Operation:
    return next(each for group in groups() for each in group.operations if each.name == name)


def test_every_operation_stands_in_one_group() -> None:
    written = sorted(told["operationId"] for methods in DOCUMENT["paths"].values() for told in methods.values())
    assert sorted(each.name for group in groups() for each in group.operations) == written


@pytest.mark.parametrize("schema", WRITES)
def test_an_example_is_what_the_document_admits(schema: dict[str, Any]) -> None:
    jsonschema.validate(example_of(DOCUMENT, schema), {**schema, "components": DOCUMENT["components"]})


def test_an_operation_tells_what_is_sent_and_answered() -> None:
    told = _operation("open_case")
    sent = {each.name: each for each in told.sent}
    assert (told.method, told.path) == ("POST", "/api/v1/cases")
    assert sent["body"].needed and sent["body"].kind == "text up to 20000"
    assert not sent["subject"].needed and sent["agreed[].purpose"].kind.startswith("one of service")
    assert "promises[].due" in {each.name for each in told.answered}
    assert told.text.endswith("Needs the scope file:cases.") and '"contact": "Hoa"' in told.example


def test_files_are_sent_as_files() -> None:
    assert '-F "' in _operation("add_filed_files").example


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"), [("vi", "Cho chương trình"), ("de", "Für Programme"), ("en", "For programs")]
)
def test_anybody_reads_it(client: Client, language: str, words: str) -> None:
    listed = client.get("/api/", headers={"accept-language": language})
    assert listed.status_code == 200 and words in listed.content.decode()
    for group in groups():
        assert f"/api/about/{group.slug}/" in listed.content.decode()
    about = client.get("/api/about/cases/").content.decode()
    assert 'id="open_case"' in about and "curl -X POST" in about


@pytest.mark.django_db
def test_of_nothing_there_is_no_page(client: Client) -> None:
    assert client.get("/api/about/nothing/").status_code == 404
