"""Who is on duty, who is away and who stands in, by the plan's shifts; times are aware, `now` among them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tantam.desk.accounts.models import Person
    from tantam.desk.duty.models import Absence

__all__ = ["away", "next_on_duty", "on_duty", "on_shift", "presence", "stand_in"]


def on_shift(person: Person, now: datetime) -> bool:
    """Return whether this person works at `now`: in the hours of a shift of theirs, and not away. Two queries."""
    from tantam.desk.duty import roster  # the models are not ready while Django loads its apps

    return roster.on_shift(person, now)


def away(person: Person, now: datetime) -> Absence | None:
    """Return the absence that lasts at `now`, None if there is none. One query."""
    from tantam.desk.duty import roster

    return roster.away(person, now)


def stand_in(person: Person, now: datetime) -> Person | None:
    """Return who stands in for somebody who is away, along deputies who are away too; None if nobody. One query."""
    from tantam.desk.duty import roster

    return roster.stand_in(person, now)


def on_duty(now: datetime, *, level: str = "", team: str = "") -> list[Person]:
    """Return who answers customers at `now`, by name; of one level or team, or of all."""
    from tantam.desk.duty import roster

    return roster.on_duty(now, level=level, team=team)


def next_on_duty(person: Person, now: datetime) -> datetime | None:
    """Return the first instant from `now` on at which this person works; None if not within 366 days."""
    from tantam.desk.duty import roster

    return roster.next_on_duty(person, now)


def presence(person: Person, now: datetime) -> str:
    """Return whether this person is "here", "busy" or "gone" at their desk."""
    from tantam.desk.duty import at_desk

    return at_desk.presence(person, now)
