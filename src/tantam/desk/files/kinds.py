"""Tells what a file is from its first bytes, never from its name or what a sender says; knows what is not taken.

A table of our own: the desk treats a dozen kinds apart and everything else alike, so nothing is guessed from likeness.
"""

from __future__ import annotations

import codecs

HEAD = 8192  # bytes that are looked at
UNKNOWN = "application/octet-stream"
TEXT = "text/plain"
PDF = "application/pdf"
SVG = "image/svg+xml"
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})  # what every browser shows

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", PDF),
    (b"{\\rtf", "application/rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),  # Word, Excel and mail of before 2007
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"MZ", "application/x-executable"),
    (b"\x7fELF", "application/x-executable"),
    (b"\xca\xfe\xba\xbe", "application/x-executable"),
    (b"\xcf\xfa\xed\xfe", "application/x-executable"),
    (b"\xce\xfa\xed\xfe", "application/x-executable"),
    (b"#!", "application/x-executable"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "application/x-executable"),  # a Windows shortcut
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_FTYP = {b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heic", b"avif": "image/avif"}
_FTYP |= {b"M4A ": "audio/mp4", b"qt  ": "video/quicktime"}
_OFFICE = "application/vnd.openxmlformats-officedocument."
_IN_ZIP: tuple[tuple[bytes, str], ...] = (
    (b"word/", f"{_OFFICE}wordprocessingml.document"),
    (b"xl/", f"{_OFFICE}spreadsheetml.sheet"),
    (b"ppt/", f"{_OFFICE}presentationml.presentation"),
)
_MARKUP: tuple[tuple[str, str], ...] = (
    ("<svg", SVG),
    ("<!doctype html", "text/html"),
    ("<html", "text/html"),
    ("<script", "text/html"),
    ("<body", "text/html"),
)
NOT_TAKEN = frozenset({"application/x-executable"})


def media_type(head: bytes) -> str:
    """Return what a file is. head: its first HEAD bytes, or all of it if it is shorter.

    Programs are application/x-executable; what nobody knows is application/octet-stream. Nothing is unpacked: of a
    ZIP, the names of its first entries tell an office document from an archive.
    """
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return _FTYP.get(head[8:12], "video/mp4")
    for start, kind in _STARTS:
        if head.startswith(start):
            return _zipped(head) if kind == "application/zip" else kind
    return _written(head)


def _zipped(head: bytes) -> str:
    named = head[30 : 30 + 8]
    if named == b"mimetype":
        told = head[38:110].split(b"PK", 1)[0].decode("ascii", "replace")
        return told if told.startswith("application/vnd.oasis.opendocument.") else "application/zip"
    return next((kind for name, kind in _IN_ZIP if name in head), "application/zip")


def _written(head: bytes) -> str:
    """Return which text it is; bytes that are none are UNKNOWN. Markup counts wherever it stands near the beginning."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = head.decode("utf-16", "ignore")
    elif b"\x00" in head:
        return UNKNOWN
    else:
        text = head.decode("utf-8-sig", "ignore")
        if len(text.encode()) < len(head) - 12:  # more than a letter cut in two is no UTF-8
            text = head.decode("cp1252", "replace")
    lowered = text.lower()
    found = [(lowered.find(mark), kind) for mark, kind in _MARKUP if mark in lowered]
    return min(found)[1] if found else TEXT
