"""Letters that the style guide shows; whoever writes letters registers a specimen of each kind; no page names them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_specimens: dict[str, Specimen] = {}


@dataclass(frozen=True, slots=True)
class Specimen:
    """name: in the address. label: lazily translated. html: the whole page of the letter in a language."""

    name: str
    label: str
    html: Callable[[str], str]


def show(specimen: Specimen) -> None:
    """Let the style guide show the letter; the same name again replaces it."""
    _specimens[specimen.name] = specimen


def shown() -> list[Specimen]:
    """Return all of them, in the order in which they registered."""
    return list(_specimens.values())


def named(name: str) -> Specimen | None:
    """Return one of them, None if there is none of the name."""
    return _specimens.get(name)
