"""Why a row is left out: a code with its arguments, put into words only where people read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tantam.plan.words import say


class Refused(Exception):
    """A cell that does not mean what its column should."""

    def __init__(self, code: str, **args: str) -> None:
        super().__init__(code)
        self.code, self.said = code, args


@dataclass(frozen=True, slots=True)
class Rejection:
    """One row that is not in history. row: as a spreadsheet counts it. column, value: "" where it is the whole row."""

    row: int
    code: str
    column: str = ""
    value: str = ""
    args: Mapping[str, str] = field(default_factory=dict)

    def sentence(self, lang: str) -> str:
        """Return the reason in `lang`."""
        return say(f"reject_{self.code}", lang, column=self.column, value=self.value, **self.args)

    def plain(self) -> list[Any]:
        """Return it for JSON; `Rejection(*plain)` is it again."""
        return [self.row, self.code, self.column, self.value, dict(self.args)]
