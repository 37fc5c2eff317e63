"""What a file is by its first bytes: a workbook, cards, or text; in which letters, and what parts its cells."""

from __future__ import annotations

import codecs
import io
from pathlib import Path

from tantam.desk.imports.reading.csv_lines import csv_lines
from tantam.desk.imports.reading.table import How, Unreadable

HEAD = 1 << 20
DELIMITERS = (",", ";", "\t", "|")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OLD = {"vi": "cp1258", "de": "cp1252", "en": "cp1252"}  # what spreadsheets of old wrote there
_SAMPLED = 50
_PACKED = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"  # .xls of old


def sniffed(path: Path, language: str) -> How:
    """Return how the file is written. language: the company's, which decides among old encodings. Raises Unreadable."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.strip():
        raise Unreadable("empty")
    if head.startswith(_PACKED):
        return How("xlsx")
    if head.startswith(_OLE):
        raise Unreadable("old_workbook")
    encoding = encoding_of(head, language)
    text = head.decode(encoding, "replace")
    if "BEGIN:VCARD" in text[:2000].upper():
        return How("vcard", encoding)
    if text.count("\x00") > len(text) // 100:
        raise Unreadable("no_table")
    return How("csv", encoding, delimiter_of(text))


def encoding_of(head: bytes, language: str) -> str:
    """Return the encoding: as the mark says; UTF-8 if most lines with other letters than ASCII are; else an old one.

    A file of a million good rows with a few broken ones is still UTF-8: those rows alone are rejected.
    """
    for mark, name in MARKS:
        if head.startswith(mark):
            return name
    if head[1:2] == b"\x00" and head[3:4] == b"\x00":
        return "utf-16-le"
    odd = [line for line in head.split(b"\n")[:-1] or [head] if not line.isascii()]
    return "utf-8" if 2 * sum(map(_is_utf8, odd)) >= len(odd) else OLD.get(language, "cp1252")


def delimiter_of(text: str) -> str:
    """Return what parts the cells: what gives the most columns, and every row as many."""
    if text[:4].lower() == "sep=" and text[4:5]:
        return text[4]
    return max(DELIMITERS, key=lambda each: (_evenness(text, each), -DELIMITERS.index(each)))


def _evenness(text: str, delimiter: str) -> int:
    """Return how many cells stand in rows that have as many as the first."""
    rows = []
    for line in csv_lines(io.StringIO(text, newline=""), delimiter):
        rows.append(len(line.cells))
        if len(rows) == _SAMPLED:
            break
    width = rows[0] if rows else 0
    return (width - 1) * sum(each == width for each in rows)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
