"""Cuts what a reply quotes, and what is signed below it. When in doubt, the text stays.

What a mail program puts above a quotation is known by `attributions`, what stands below a letter by `signatures`.
"""

from __future__ import annotations

import re

from tantam.desk.channels.email.attributions import begins_forwarded, begins_old, is_sure, said_until
from tantam.desk.channels.email.signatures import DELIMITER, signed_at, without_trimmings

MOST_BELOW = 4  # lines of one's own below what is quoted that are understood without it
FEWEST_QUOTED = 2  # lines behind marks, at the end and below no attribution: a single one may be the writer's
_MOST_LINES = 2_000  # more are not looked at, and stay
_MOST_ATTRIBUTIONS = 50
_QUOTED = re.compile(r"^\s{0,8}(?:[>|»])")
# A link that a program broke: its rest is not marked, though what surrounds it is.
_BROKEN_LINK = re.compile(r"^\s*(?:\(?https?://\S*\)?\s*>?|[^\s()]*\)\s*>?)\s*$")
_SHARED_LINE = re.compile(
    r"^(?P<own>[^\s>].{0,300}?)[ -]*(?P<said>\bOn (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[^\n]{10,200}wrote:)$"
)


def without_quotes(text: str) -> str:
    """Return what the writer wrote; all of it where nothing would be left."""
    lines = [each if each == DELIMITER else each.rstrip() for each in text.split("\n", _MOST_LINES)]
    kept = _own(_parted(lines), 0)
    return "\n".join(kept).strip("\n") if any(each.strip() for each in kept) else text.strip()


def _parted(lines: list[str]) -> list[str]:
    """Return the lines, one that ends in "On Monday she wrote:" as two of them where a quotation follows."""
    parted = []
    for at, line in enumerate(lines):
        quoted_below = at + 1 < len(lines) and _is_quoted(lines[at + 1])
        found = _SHARED_LINE.match(line) if quoted_below and len(line) < 600 else None
        parted += [found["own"].rstrip(" -"), found["said"]] if found else [line]
    return parted


def _own(lines: list[str], depth: int) -> list[str]:
    """Return the writer's own lines. depth: how many attributions were passed over."""
    fenced = False
    for at, line in enumerate(lines):
        fenced ^= line.lstrip().startswith("```")
        if fenced or not line.strip():
            continue
        above = lines[:at]
        if begins_forwarded(lines, at):
            return lines
        if begins_old(lines, at):
            return _unsigned(above) if _says(above) else lines
        if (after := said_until(lines, at)) and depth < _MOST_ATTRIBUTIONS:
            own = _around(above, lines[at:after], lines[after:], depth)
            if own is not None:
                return own
    return _ended(lines)


def _around(above: list[str], said: list[str], below: list[str], depth: int) -> list[str] | None:
    """Return the writer's lines above and below an attribution; None if it is none after all."""
    end, own = _end_of_quote(below), _ended(above) if _is_quoted(said[0]) else _unsigned(above)
    if not end:
        if any(map(_is_quoted, below[:3])) or not is_sure(said) or _is_quoted(said[0]):
            return None
        return own if _says(above) else _own(below, depth + 1)
    rest = _ended(below[end:])
    if not _says(rest):
        return own if _says(above) else [*above, *said, *below]
    if any(map(_is_quoted, rest)):  # answered line by line
        return [*above, *said, *_ended(below)]
    if not _says(above):
        return _own(below[end:], depth + 1)
    if len([each for each in rest if each.strip()]) > MOST_BELOW:  # the answer stands below what it answers
        return [*above, *said, *_ended(below)]
    return [*own, "", *rest]


def _end_of_quote(below: list[str]) -> int:
    """Return the index after the quoted lines that these begin with, 0 if they begin otherwise."""
    end = 0
    for at, line in enumerate(below):
        if _is_quoted(line):
            end = at + 1
        elif line.strip() and not (end and _BROKEN_LINK.match(line) and any(map(_is_quoted, below[at + 1 : at + 3]))):
            break
    return end


def _ended(lines: list[str]) -> list[str]:
    """Return the lines without signature, trimmings and quoted lines at their end."""
    kept = _unsigned(lines)
    quoted = len(kept)
    while quoted and (not kept[quoted - 1].strip() or _is_quoted(kept[quoted - 1])):
        quoted -= 1
    bare = sum(bool(each.strip(" >|»")) for each in kept[quoted:])
    if quoted == len(kept) or 0 < bare < FEWEST_QUOTED or not _says(kept[:quoted]):
        return kept
    return _ended(kept[:quoted])


def _unsigned(lines: list[str]) -> list[str]:
    return without_trimmings(lines[: signed_at(lines)])


def _is_quoted(line: str) -> bool:
    return bool(_QUOTED.match(line)) and "<<<" not in line


def _says(lines: list[str]) -> bool:
    return any(each.strip() and not _is_quoted(each) for each in _unsigned(lines))
