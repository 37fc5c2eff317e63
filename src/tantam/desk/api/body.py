"""What every body and query is read with: nothing unknown, and only letters that a database keeps."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import ConfigDict, field_validator

from tantam.desk.common.storable import storable


class Told(Schema):
    """What a program sends. Unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    @field_validator("*", mode="before")
    @classmethod
    def storable(cls, got: Any) -> Any:
        """Leave out what no database keeps."""
        return storable(got)
