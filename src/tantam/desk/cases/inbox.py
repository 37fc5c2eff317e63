"""The inbox: cases in the order in which something is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tantam.desk.accounts.models import Person
from tantam.desk.cases.ledger import PromiseChip
from tantam.desk.cases.models import Case

View = Literal["mine", "level", "all"]
GROUPS = ("overdue", "hour", "today", "later", "waiting")


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One case. groups: names of the customer's groups. chip: the promise to look at first, None if nothing is owed."""

    case: Case
    chip: PromiseChip | None
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InboxPage:
    """groups: (code, rows) of those that have rows, in GROUPS' order. counts: by group code, of the whole view.

    views: how many open cases each of mine, level, all has. after: give it back to see the next page, "" at the end.
    """

    groups: tuple[tuple[str, tuple[InboxRow, ...]], ...]
    counts: dict[str, int]
    views: dict[str, int]
    after: str


def inbox(person: Person, view: View = "mine", *, now: datetime, after: str = "", limit: int = 50) -> InboxPage:
    """Return one page of the inbox; the number of queries does not depend on the number of cases."""
    raise NotImplementedError
