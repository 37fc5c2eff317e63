"""Leaves out what no database keeps: the zero character, and halves of characters."""

from __future__ import annotations

from typing import Any


def storable(got: Any) -> Any:
    """Return the same with all its texts as they can be kept; got: what JSON or a form holds."""
    match got:
        case str():
            return got.replace("\x00", "").encode("utf-8", "ignore").decode()
        case dict():
            return {storable(key): storable(value) for key, value in got.items()}
        case list():
            return [storable(each) for each in got]
        case _:
            return got
