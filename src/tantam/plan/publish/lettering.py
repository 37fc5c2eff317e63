"""How wide words are, so that boxes hold them: an estimate for system sans fonts, rather too wide than too narrow."""

from __future__ import annotations

import unicodedata
from html import escape

SIZE = 12.5  # of all text in a diagram, in its own units
LINE = 16.0
WIDE_LINE = 1.06  # bold words
# Shares of the font's size, after the widest of the fonts that systems bring.
NARROW = dict.fromkeys("ijlI|!.,:;'’`", 0.32) | dict.fromkeys('frt()[]-/“”„"', 0.44) | {" ": 0.32}
WIDE = dict.fromkeys("mw", 0.96) | dict.fromkeys("MW@%", 1.0) | dict.fromkeys("…→", 1.0)
CAPITAL, SMALL, FIGURE, OTHER = 0.74, 0.615, 0.64, 0.8
HYPHEN = "-"


def width(text: str, *, bold: bool = False) -> float:
    """Return about how wide the text is."""
    plain = unicodedata.normalize("NFD", text)
    shares = (_share(each) for each in plain if not unicodedata.combining(each))
    return sum(shares) * SIZE * (WIDE_LINE if bold else 1.0)


def _share(letter: str) -> float:
    if (known := NARROW.get(letter) or WIDE.get(letter)) is not None:
        return known
    if letter.isdigit():
        return FIGURE
    if letter.isalpha():
        return CAPITAL if letter.isupper() else SMALL
    return OTHER


def lines(text: str, room: float) -> tuple[str, ...]:
    """Return the text in lines no wider than `room`; a word that is wider by itself is parted by a hyphen."""
    found: list[str] = []
    for word in (part for each in text.split() for part in _parted(each, room)):
        if found and not found[-1].endswith(f"\u00ad{HYPHEN}") and width(f"{found[-1]} {word}") <= room:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return tuple(each.replace("\u00ad", "") for each in found)


def _parted(word: str, room: float) -> list[str]:
    found = []
    while width(word) > room and len(word) > 4:
        cut = next((at for at in range(len(word) - 3, 2, -1) if width(word[:at] + HYPHEN) <= room), 2)
        found.append(f"{word[:cut]}\u00ad{HYPHEN}")
        word = word[cut:]
    return [*found, word]


def widest(text: tuple[str, ...]) -> float:
    """Return how wide the widest line is; 0 without any."""
    return max((width(each) for each in text), default=0.0)


def fitted(text: str, *, least: float, most: float, rows: int) -> tuple[str, ...]:
    """Return the text in as many lines as make it narrow, but at most `rows` if `most` allows it."""
    room = least
    while room < most:
        found = lines(text, room)
        if len(found) <= rows and not any(each.endswith(HYPHEN) for each in found):
            return found
        room += 6
    return lines(text, most)


def lettered(kind: str, x: float, y: float, words: str) -> str:
    """Return words as a line of a picture. kind: its class, or "". x, y: where it stands, in the picture's units."""
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{x:g}" y="{y:g}">{escape(words)}</text>'
