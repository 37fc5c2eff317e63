"""What asks history needs of it: that it runs SQL over its relations, wherever these come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol


class Relations(Protocol):
    """Whatever runs SQL over the relations `event`, `open_time`, `purchase` and `promise_end` (`past.Past` does)."""

    def rows(self, sql: str, params: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
        """Return the rows; params: by name, all instants naive UTC."""
        ...
