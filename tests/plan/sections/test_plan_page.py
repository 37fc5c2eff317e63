"""docs/reference/plan.md names every section and every key of the free sections, and every event."""

from __future__ import annotations

from pathlib import Path

import pytest

from tantam.plan.sections.document import Document
from tantam.plan.sections.events import EVENTS
from tantam.plan.sections.keys import keys_at
from tantam.plan.sections.told import FREE, FREE_OF_COMPANY, Told

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "plan.md").read_text(encoding="utf-8")
RETIRED = {"team", "teams", "severities"}
OTHER_NAMES = {"name", "about", "words", "label", "timezone", "levels", "first_articles"}  # the same by another name


def test_every_section_is_on_the_page() -> None:
    names = {field.alias or name for name, field in Document.model_fields.items()}
    assert [each for each in sorted(names - RETIRED) if f"`{each}`" not in PAGE and f"`{each}:" not in PAGE] == []


@pytest.mark.parametrize("section", [*FREE, *(f"company.{each}" for each in FREE_OF_COMPANY)])
def test_every_key_of_a_free_section_is_on_the_page(section: str) -> None:
    *_, row = [line for line in PAGE.splitlines() if line.startswith(f"| `{section}` |")]
    keys = {*keys_at(Told, section.split(".")), *keys_at(Told, [*section.split("."), "x"])}
    assert [each for each in sorted(keys - OTHER_NAMES) if f"`{each}`" not in row] == []


def test_every_event_is_on_the_page() -> None:
    assert [each for each in EVENTS if f"`{each}`" not in PAGE] == []
