"""What a network tells of a wording, and how its places are filled in. Pure: no database."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

PLACE = re.compile(r"\{\{\s*([\w.]{1,80})\s*\}\}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is filled in. name: as it stands in the body. most: characters. example: the network's own."""

    name: str
    most: int
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A wording as a network tells it; the fields are those of `models.Wording`."""

    key: str
    name: str
    language: str
    purpose: str
    state: str
    body: str = ""
    places: tuple[Place, ...] = ()
    shown: str = ""
    unfit: str = ""


def row_of(place: Place) -> dict[str, Any]:
    """Return a place as it is stored."""
    return asdict(place)


def places_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Place, ...]:
    """Return the places that were stored."""
    return tuple(Place(str(each["name"]), int(each["most"]), str(each.get("example", ""))) for each in rows)


def finished(body: str, values: Mapping[str, str]) -> str:
    """Return the text with its places filled in; one that has no value stays as it is."""
    return PLACE.sub(lambda found: values.get(found[1]) or found[0], body)


def pieces(body: str) -> list[tuple[str, str]]:
    """Return the text cut at its places: (words, "") or ("", name of a place), in their order."""
    found, at = [], 0
    for each in PLACE.finditer(body):
        found += [(body[at : each.start()], ""), ("", each[1])]
        at = each.end()
    return [each for each in (*found, (body[at:], "")) if any(each)]
