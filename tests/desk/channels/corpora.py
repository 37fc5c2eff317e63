"""The collections of real mails that may lie beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

DATA = Path(__file__).parents[4] / "shared" / "data"


def mails_of(folder: str) -> list[Path]:
    """Return the files of a collection, in order; skip the test where it is not there."""
    if not (DATA / folder).is_dir():
        pytest.skip(f"The collection {folder} is not beside the project.")
    return [each for each in sorted((DATA / folder).rglob("*")) if each.is_file()]
