"""Parts what is typed into words to look for and a filter on cases (`owner:me stage:after`), as in the inbox."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from tantam.desk.accounts.models import Person
from tantam.desk.cases import filters
from tantam.desk.cases.filters import vocabulary
from tantam.desk.cases.filters.errors import FilterWrong
from tantam.desk.cases.filters.words import words
from tantam.desk.plans import RunningPlan

__all__ = ["FilterWrong", "narrowed", "parted"]


def narrowed(typed: str, plan: RunningPlan, person: Person, now: datetime) -> tuple[str, Q]:
    """Return the words, and which cases alone may be found. Raises FilterWrong for a known key without such a value."""
    rest, chosen = parted(typed, plan)
    return rest, chosen.q(now, plan, person)


def parted(typed: str, plan: RunningPlan) -> tuple[str, filters.Filter]:
    """Return the words and the filter among them. Raises FilterWrong for a known key without such a value."""
    try:
        read = words(typed)
    except FilterWrong:  # a quotation mark without its end, and the like: no filter, only words
        return typed, filters.read("", plan)
    ends = [*(each.at for each in read[1:]), len(typed)]
    parts = [(bool(each.key and vocabulary.key(each.key)), typed[each.at : end]) for each, end in zip(read, ends)]
    chosen = " ".join(part for is_filter, part in parts if is_filter)
    rest = " ".join(part.strip() for is_filter, part in parts if not is_filter)
    return rest, filters.read(chosen, plan)
