"""What would come of it: each case is tried for real, in a transaction that is then taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases.bulk.verbs import Doing
from tantam.desk.cases.models import Case
from tantam.desk.common.errors import Refused


@dataclass(frozen=True, slots=True)
class Would:
    """One case. refused: why not, None if it would be done. happens: the codes of the events that it would leave."""

    case: Case
    refused: Refused | None
    happens: tuple[str, ...] = ()


class _Back(Exception):
    """Takes the transaction back."""


def preview(doing: Doing, cases: Iterable[Case], person: Person) -> list[Would]:
    """Return what would come of each case. Nothing stays of it; a transaction a case, so that nobody waits for all."""
    return [_would(doing, each, person) for each in cases]


def _would(doing: Doing, case: Case, person: Person) -> Would:
    happens: tuple[str, ...] = ()
    try:
        with transaction.atomic():
            last = case.events.order_by("-pk").values_list("pk", flat=True).first() or 0
            doing.do(case, person)
            happens = tuple(case.events.filter(pk__gt=last).order_by("pk").values_list("code", flat=True))
            raise _Back
    except _Back:
        return Would(case, None, happens)
    except Refused as refused:
        return Would(case, refused)
