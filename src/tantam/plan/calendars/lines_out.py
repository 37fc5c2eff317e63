"""Writes the lines of an iCalendar file (RFC 5545, section 3.1): text escaped, long lines wrapped."""

from __future__ import annotations

MOST_OCTETS = 75  # of a line, without its end


def escaped(text: str) -> str:
    """Return text of one line as a property's value."""
    plain = " ".join(text.split())
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def wrapped(line: str) -> str:
    """Return the line in pieces of 75 octets, no letter cut, each but the first after a space; it ends with CR LF."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > MOST_OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece += letter
        size += octets
    return "\r\n".join([*pieces, piece]) + "\r\n"
