"""The texts of a plan's files, and what keeps bytes from being one."""

from __future__ import annotations

from dataclasses import dataclass

from tantam.plan.errors import Finding, Place, Severity
from tantam.plan.words import Key

ENDINGS = (".yaml", ".yml")
OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-")  # how files of Word and Excel, new and old, and PDF begin
LARGEST = 4_000_000  # bytes a file; a plan of a hundred policies has some 200,000


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its name as findings show it, and its text."""

    name: str
    text: str


def belongs(name: str) -> bool:
    """Return whether a file of this name in a plan's folder is part of the plan: YAML, and none of its tests."""
    return name.endswith(ENDINGS) and not name.startswith(("cases", "."))


def decoded(name: str, raw: bytes) -> Source | Finding:
    """Return the bytes of a file as a source, or the finding that says why they are none."""
    if len(raw) > LARGEST:
        return too_large(name, LARGEST)
    if raw.startswith(OFFICE):
        return trouble("F32", name)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        column = problem.start - (raw.rfind(b"\n", 0, problem.start) + 1) + 1
        return trouble("F03", name, line, column, byte=f"{raw[problem.start]:#04x}")
    return Source(name, text.replace("\r\n", "\n").replace("\r", "\n"))


def encoded(text: str, like: bytes) -> bytes:
    """Return the text as bytes with the byte order mark and the line ends that `like` has, the file it stood in."""
    ends = "\r\n" if b"\r\n" in like else "\r" if b"\r" in like else "\n"
    mark = b"\xef\xbb\xbf" if like.startswith(b"\xef\xbb\xbf") else b""
    return mark + text.replace("\n", ends).encode()


def too_large(file: str, most: int, unit: str = "A_bytes") -> Finding:
    """Return the finding that a file has, or a plan with it, more than `most` of a unit: bytes, files, values."""
    return trouble("F14", file, most=most, unit=Key(unit))


def trouble(code: str, file: str, line: int = 1, column: int = 1, /, **args: object) -> Finding:
    """Return an error finding about a file."""
    return Finding(code, Severity.ERROR, Place(file, line, column), args={"file": file, **args})
