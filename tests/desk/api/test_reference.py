"""The reference names every operation of the interface with its scope, and none that there is not."""

from __future__ import annotations

import re

from tantam.desk.api.room import ALWAYS, OF_WRITES
from tests.desk.api.calls import PREFIX, document
from tests.support.sources import ROOT

PAGE = ROOT / "docs/reference/api.md"


def test_reference_names_every_operation() -> None:
    told = set(re.findall(r"^\| `([A-Z]+) (/\S+)` \| .+ \| `(\S+)` \|$", PAGE.read_text(encoding="utf-8"), re.M))
    known = {
        (method.upper(), path.removeprefix(PREFIX), one.get("x-scope", "read:measures"))
        for path, methods in document()["paths"].items()
        for method, one in methods.items()
    }
    assert told == known


def test_reference_explains_every_status_of_an_error() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert all(f"| {status} |" in text for status in (*ALWAYS, *OF_WRITES))


def test_the_document_that_anybody_may_ask_for_is_written_once() -> None:
    assert document() is document()
