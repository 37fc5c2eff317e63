"""What every body and query is read with: nothing unknown, and only letters that a database keeps."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import ConfigDict, field_validator


class Told(Schema):
    """What a program sends. Unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    @field_validator("*", mode="before")
    @classmethod
    def storable(cls, got: Any) -> Any:
        """Leave out what no database keeps."""
        return storable(got)


def storable(got: Any) -> Any:
    """Leave out what no database keeps: the zero character, and halves of characters."""
    match got:
        case str():
            return got.replace("\x00", "").encode("utf-8", "ignore").decode()
        case dict():
            return {storable(key): storable(value) for key, value in got.items()}
        case list():
            return [storable(each) for each in got]
        case _:
            return got
