"""Takes the files out of a winmail.dat, in which Outlook wraps what it sends (MS-OXTNEF)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from tantam.desk.channels.email.charsets import text_of

SIGNATURE = 0x223E9F78
MOST_FILES = 50
_ATTACHMENT = 2  # the level of what belongs to a file
_BEGINS, _TITLE, _DATA, _PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
_LONG_NAME, _NAME_TYPES = 0x3707, (0x001E, 0x001F)
_FIXED = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x000A: 4, 0x000B: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x0014: 8, 0x0040: 8}


def files_of(raw: bytes) -> list[tuple[str, bytes]]:
    """Return name and bytes of each file; [] for what is no such thing, those before the damage if it is damaged."""
    found: list[tuple[str, bytes]] = []
    title, long_name, held = "", "", b""
    for identity, value in _attributes(raw):
        if identity == _BEGINS:
            if held:
                found.append((long_name or title or f"file {len(found) + 1}", held))
            title, long_name, held = "", "", b""
        elif identity == _TITLE:
            title = text_of(value.rstrip(b"\0"))
        elif identity == _DATA:
            held = value
        elif identity == _PROPERTIES:
            long_name = _name_in(value)
    if held:
        found.append((long_name or title or f"file {len(found) + 1}", held))
    return found[:MOST_FILES]


def _attributes(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield identity and value of what belongs to the files, until something is not as it should be."""
    if len(raw) < 6 or struct.unpack_from("<I", raw)[0] != SIGNATURE:
        return
    at = 6
    while at + 9 <= len(raw):
        level, identity, size = struct.unpack_from("<BII", raw, at)
        at += 9
        if level not in (1, _ATTACHMENT) or at + size > len(raw):
            return
        if level == _ATTACHMENT:
            yield identity, raw[at : at + size]
        at += size + 2  # its checksum


def _name_in(raw: bytes) -> str:
    """Return the long name among a file's properties, "" if it is not there."""
    try:
        (count,), at = struct.unpack_from("<I", raw), 4
        for _ in range(min(count, 200)):
            kind, identity = struct.unpack_from("<HH", raw, at)
            at += 4
            if identity >= 0x8000:  # a named property
                at += 16
                (by_name,) = struct.unpack_from("<I", raw, at)
                size = struct.unpack_from("<I", raw, at + 4)[0] if by_name else 0
                at += 8 + _padded(size)
            if kind in _FIXED:
                at += _FIXED[kind]
                continue
            values = struct.unpack_from("<I", raw, at)[0]
            at += 4
            for _ in range(min(values, 200)):
                (size,) = struct.unpack_from("<I", raw, at)
                value = raw[at + 4 : at + 4 + size]
                at += 4 + _padded(size)
                if identity == _LONG_NAME and kind in _NAME_TYPES:
                    return text_of(value, "utf-16-le" if kind == 0x001F else "").rstrip("\0")
    except struct.error:
        pass
    return ""


def _padded(size: int) -> int:
    return size + -size % 4
