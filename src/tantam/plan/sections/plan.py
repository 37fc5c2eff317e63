"""The whole plan, typed: what the engine runs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """One plan. hash: 12 hex digits. version: its number once enacted, else None."""

    hash: str
    version: int | None = None

    @property
    def name(self) -> str:
        """The version as people and events name it: `3-a1b2c3d4e5f6`, or the hash alone."""
        return f"{self.version}-{self.hash}" if self.version is not None else self.hash
