"""Letters that the style guide shows; whoever writes letters registers a specimen of each kind; no page names them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_specimens: dict[str, Specimen] = {}
_sheets: list[Callable[[], str]] = []


@dataclass(frozen=True, slots=True)
class Specimen:
    """name: stable. label: lazily translated. html: the letter in a language, as a part of a page."""

    name: str
    label: str
    html: Callable[[str], str]


def show(specimen: Specimen) -> None:
    """Let the style guide show the letter; the same name again replaces it."""
    _specimens[specimen.name] = specimen


def dress(sheet: Callable[[], str]) -> None:
    """Register what the letters' style sheet says, in light and within data-theme="dark"."""
    if sheet not in _sheets:
        _sheets.append(sheet)


def shown() -> list[Specimen]:
    """Return all of them, in the order in which they registered."""
    return list(_specimens.values())


def style() -> str:
    """Return the style sheet of them all."""
    return "\n".join(each() for each in _sheets)
