"""Routes a case within its level."""

from __future__ import annotations

from dataclasses import dataclass

from tantam.desk.cases.act import Act


@dataclass(frozen=True, slots=True)
class Routed:
    """people: ids of those it is offered to, the fittest first; given: whose it became, None if it was only offered."""

    people: tuple[int, ...] = ()
    given: int | None = None


def route(act: Act) -> Routed:
    """Offer the case to the people who fit, or give it to the fittest, as its level's `assign` says."""
    return Routed()
