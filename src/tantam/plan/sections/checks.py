"""What a plan says of its own checks: which findings weigh more or less in this company, and why."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from tantam.plan.sections.base import Names, Section, Text


class Setting(Section):
    """How much a finding weighs, why, and in which clauses; everywhere, if none is named."""

    short: ClassVar[str] = "is_"

    is_: Literal["off", "note", "warning", "error"] = Field(alias="is")
    because: Text | None = None
    clauses: Names | None = None
