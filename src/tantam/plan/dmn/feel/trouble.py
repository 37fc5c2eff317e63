"""What stops a FEEL expression from being read or run; mere errors of values are null and no trouble."""

from __future__ import annotations

from typing import Any

from tantam.plan.errors import TantamError


class Trouble(TantamError):
    """code and args: a sentence of the catalogue. at: offset in the expression's text; -1 where none is known."""

    def __init__(self, code: str, at: int = -1, **args: Any) -> None:
        self.code, self.at, self.args_said = code, at, args
        super().__init__(f"{code} {args}")
