"""What becomes of one row: somebody new, somebody known, a change, nothing, or why it is not taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tantam.desk.accounts.models import Person
from tantam.desk.customers.models import Contract, Customer, Delivery, Purchase, Unit
from tantam.desk.imports.meaning.wrong import Wrong
from tantam.desk.imports.models import ExternalId

CODES = ("new", "matched", "changed", "same", "rejected")


@dataclass(frozen=True, slots=True)
class Bringer:
    """Who brings rows. source: the system they come from. told_by: the import, None for a program. by: the person."""

    source: str
    told_by: int | None = None
    by: Person | None = None


@dataclass(slots=True)
class Outcome:
    """What becomes of a row. code: of CODES. why: by what somebody was found: id, mail, phone, handle, number.

    fields: what is written. wrong: of a rejected row. known: the id's row, None while it has none.
    """

    code: str
    told: Any
    customer: Customer | None = None
    purchase: Purchase | None = None
    contract: Contract | None = None
    unit: Unit | None = None
    delivery: Delivery | None = None
    why: str = ""
    fields: list[str] = field(default_factory=list)
    wrong: Wrong | None = None
    known: ExternalId | None = None
    write: dict[str, Any] = field(default_factory=dict)


def rejected(told: Any, wrong: Wrong) -> Outcome:
    """Return the outcome of a row that is not taken."""
    return Outcome("rejected", told, wrong=wrong)


Settle = Callable[[Sequence[Any]], list[Outcome]]
