"""vCard 2.1, 3 and 4: a card is a row, with the same columns for every card."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from typing import TextIO

from tantam.desk.imports.reading.table import SIGN, Line

COLUMNS = (
    "UID",
    "FN",
    "FAMILY",
    "GIVEN",
    "EMAIL",
    "TEL",
    "ORG",
    "BDAY",
    "STREET",
    "CITY",
    "POSTCODE",
    "COUNTRY",
    "NOTE",
    "LANG",
    "TZ",
    "KIND",
)
MOST_LETTERS = 100_000  # of one card, pictures left out
LEFT_OUT = ("PHOTO", "LOGO", "SOUND", "KEY")
SEVERAL = ("EMAIL", "TEL")
AND = "; "  # between several values of one cell
_ESCAPED = re.compile(r"\\(.)")


def vcard_lines(text: TextIO) -> Iterator[Line]:
    """Yield a row a card; one that is never closed, or too long, is broken by itself."""
    card: dict[str, str] | None = None
    begun = size = 0
    for number, line in _unfolded(text):
        upper = line[:11].upper().rstrip()
        if upper == "BEGIN:VCARD":
            if card is not None:
                yield Line(begun, _row(card), "open_card")
            card, begun, size = {}, number, 0
        elif card is None:
            continue
        elif upper.startswith("END:VCARD"):
            yield _whole(begun, _row(card), size)
            card = None
        elif size <= MOST_LETTERS:
            size += _keep(card, line)
    if card is not None:
        yield Line(begun, _row(card), "open_card")


def _whole(number: int, row: list[str], size: int) -> Line:
    if size > MOST_LETTERS:
        return Line(number, row, "too_long")
    if any(SIGN in each for each in row):
        return Line(number, row, "letters")
    return Line(number, row)


def _unfolded(text: TextIO) -> Iterator[tuple[int, str]]:
    """Yield whole lines: one that begins with a space goes on the line before, as does one after `=` in old cards."""
    held, at, size = "", 0, 0
    for number, line in enumerate(iter(lambda: text.readline(MOST_LETTERS), ""), 1):
        bare = line.rstrip("\r\n")
        quoted = held.endswith("=") and "QUOTED-PRINTABLE" in held.upper().partition(":")[0]
        if held and (quoted or bare[:1] in (" ", "\t")):
            if size <= MOST_LETTERS and not held.upper().startswith(LEFT_OUT):
                held = held[:-1] + bare if quoted else held + bare[1:]
            size += len(bare)
            continue
        if held:
            yield at, held
        held, at, size = bare, number, len(bare)
    if held:
        yield at, held


def _keep(card: dict[str, str], line: str) -> int:
    """Note what a line says; return its length."""
    head, colon, value = line.partition(":")
    name, *params = head.split(";")
    name = name.rpartition(".")[2].upper()  # `item1.EMAIL` is an EMAIL
    if not colon or name in LEFT_OUT:
        return 0
    if any(each.upper().endswith("QUOTED-PRINTABLE") for each in params):
        value = quopri.decodestring(value.encode()).decode("utf-8", "replace")
    for column, part in _parts(name, value):
        if part:
            kept = card.get(column)
            card[column] = f"{kept}{AND}{part}" if kept and column in SEVERAL else kept or part
    return len(line)


def _parts(name: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield the columns that a property fills."""
    match name:
        case "N":
            family, given, middle, *_ = [*_split(value), "", "", ""]
            yield "FAMILY", family
            yield "GIVEN", f"{middle} {given}".strip() if _ends_vietnamese(family) else f"{given} {middle}".strip()
        case "ADR":
            box, more, street, city, _region, postcode, country, *_ = [*_split(value), *[""] * 7]
            yield "STREET", ", ".join(each for each in (street, more, box) if each)
            yield "CITY", city
            yield "POSTCODE", postcode
            yield "COUNTRY", country
        case "ORG":
            yield "ORG", _split(value)[0]
        case "TEL" | "EMAIL":
            yield name, _plain(value).removeprefix("tel:").removeprefix("mailto:").partition(";")[0]
        case "UID" | "FN" | "BDAY" | "NOTE" | "LANG" | "TZ" | "KIND":
            yield name, _plain(value)


def _split(value: str) -> list[str]:
    """Return the parts of a structured value; a `;` behind a backslash is none of its signs."""
    return [_plain(each) for each in re.split(r"(?<!\\);", value)]


def _plain(value: str) -> str:
    said = _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
    return said.replace("\x00", "").strip()


def _ends_vietnamese(family: str) -> bool:
    """Whether the family name says that the middle name stands before the given one."""
    from tantam.desk.imports.meaning.names import is_vietnamese

    return is_vietnamese(family)


def _row(card: dict[str, str]) -> list[str]:
    return [card.get(each, "") for each in COLUMNS]
