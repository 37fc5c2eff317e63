"""What goes of a person, table by table: how many rows there are of it, and what is done with them.

Rooms above enter what they know of people from their `apps.ready`: `with_cases` what hangs on a case, `with_person`
what is known by who they are or how they are reached. A table whose rows go for both has no row that both would find.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q


@dataclass(frozen=True, slots=True)
class Whom:
    """Of whom. customers: keys of all who are one; cases: keys, or a query for them; values: as contacts are kept."""

    customers: Sequence[int]
    cases: Any
    values: Sequence[str] = ()
    names: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Taking:
    """One table of it. found: how many rows would go or be written empty. take: does it, and returns how many were.

    Both are asked inside a transaction, and twice is harmless.
    """

    name: str
    found: Callable[[Whom], int]
    take: Callable[[Whom], int]


_cases: list[Taking] = []
_person: list[Taking] = []


def with_cases(*takings: Taking) -> None:
    """Enter what goes with a case's words."""
    _cases.extend(takings)


def with_person(*takings: Taking) -> None:
    """Enter what goes with a person."""
    _person.extend(takings)


def of_cases() -> tuple[Taking, ...]:
    """Return what others entered of cases."""
    return tuple(_cases)


def of_person() -> tuple[Taking, ...]:
    """Return what others entered of persons."""
    return tuple(_person)


def goes(model: type[Model], *wheres: Callable[[Whom], Q]) -> Taking:
    """Return the taking by which rows go that one of these finds."""

    def rows(whom: Whom) -> Any:
        asked = Q()
        for each in wheres:
            asked |= each(whom)
        return model._base_manager.filter(asked)

    def take(whom: Whom) -> int:
        return int(rows(whom).delete()[1].get(model._meta.label, 0))

    return Taking(model.__name__, lambda whom: int(rows(whom).count()), take)


def emptied(model: type[Model], where: Callable[[Whom], Q], values: Mapping[str, Any]) -> Taking:
    """Return the taking by which these columns are written anew, in the rows that it finds."""

    def take(whom: Whom) -> int:
        return int(model._base_manager.filter(where(whom)).update(**values))

    return Taking(model.__name__, lambda whom: int(model._base_manager.filter(where(whom)).count()), take)


def added(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    """Return the numbers of both together."""
    return {name: one.get(name, 0) + other.get(name, 0) for name in one | other}
