"""docs/reference/dmn.md lists every code that a model may be told."""

from __future__ import annotations

import re
from pathlib import Path

from tantam.plan.words import catalogue

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "dmn.md").read_text(encoding="utf-8")


def test_every_code_is_listed_once() -> None:
    assert re.findall(r"^\| (D\d\d) \|", PAGE, re.MULTILINE) == sorted(
        key for key in catalogue() if re.fullmatch(r"D\d\d", key)
    )
