"""The form by which a mail service hands over a mail: words as long as a mail, but none is held before it is signed.

Django holds the words of a form in memory and ends them at 2.5 MB, whoever sends them. Here the form lies on the disk,
is read once for what proves whose it is, and only then whole.
"""

from __future__ import annotations

import mmap
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Any, Protocol
from urllib.parse import unquote_plus, unquote_to_bytes

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.http import QueryDict
from django.http.multipartparser import FIELD, FILE, ChunkIter, LazyStream, MultiPartParserError, Parser, exhaust
from django.utils.datastructures import MultiValueDict

MOST_PROOF = 1_000  # bytes of a field that may be part of the proof
MOST_FIELDS = 1_000  # a service names each header of the mail
BLOCK = 65_536
MIME = "body-mime"  # the field with the mail as it was written
PROOF = ("token", "timestamp", "signature")

Part = tuple[str, "Content", Mapping[str, str]]  # its name, what stands in it, and what is told of a file


class Content(Protocol):
    """What stands in a field."""

    def read(self, size: int | None = None, /) -> bytes:
        """Return so many bytes more; all for None."""


@dataclass(frozen=True, slots=True)
class Form:
    """words, files: as Django gives them. mime: the mail as it was written, where the service hands it over so."""

    words: QueryDict
    files: MultiValueDict[str, UploadedFile]
    mime: bytes | None


def read(request: Any, is_proved: Callable[[Mapping[str, str]], bool]) -> Form:
    """Return the form of a request that nobody has read. is_proved: told the fields of PROOF.

    Raises SuspiciousOperation for what is not proved, or is no form.
    """
    with TemporaryFile() as body:
        shutil.copyfileobj(request, body, BLOCK)
        if not body.tell():
            raise SuspiciousOperation("There is nothing in this form.")
        if not is_proved(_proof(_parts(request, body))):
            raise SuspiciousOperation("This call is signed by nobody.")
        return _whole(_parts(request, body))


def _proof(parts: Iterator[Part]) -> dict[str, str]:
    """Return the last of each field that proves who calls."""
    return {
        name: content.read(MOST_PROOF).decode("utf-8", "replace") for name, content, _file in parts if name in PROOF
    }


def _whole(parts: Iterator[Part]) -> Form:
    words, files, mime = QueryDict(mutable=True), MultiValueDict[str, UploadedFile](), None
    for name, content, file in parts:
        if file:
            files.appendlist(name, _on_disk(content, file))
            continue
        said = content.read()
        if name == MIME:
            mime = said
        words.appendlist(name, said.decode("utf-8", "replace"))
    return Form(words, files, mime)


def _on_disk(content: Content, file: Mapping[str, str]) -> UploadedFile:
    kept = TemporaryUploadedFile(file["name"], file["type"], 0, None)
    shutil.copyfileobj(content, kept.file, BLOCK)
    kept.size = kept.tell()
    kept.seek(0)
    return kept


def _parts(request: Any, body: IO[bytes]) -> Iterator[Part]:
    """Yield the fields of the form, each to be read before the next. Raises SuspiciousOperation."""
    body.seek(0)
    boundary = request.content_params.get("boundary", "")
    found = _of_parts(body, boundary) if request.content_type == "multipart/form-data" else _of_one_line(body)
    try:
        for many, part in enumerate(found):
            if many >= MOST_FIELDS:
                raise SuspiciousOperation("This form has too many fields.")
            yield part
    except MultiPartParserError as odd:
        raise SuspiciousOperation("This is no form.") from odd


def _of_parts(body: IO[bytes], boundary: str) -> Iterator[Part]:
    """Yield what stands in multipart/form-data."""
    if not boundary.isascii() or not 0 < len(boundary) <= 200:
        raise SuspiciousOperation("This is no form.")
    for kind, told, stream in Parser(LazyStream(ChunkIter(body, BLOCK)), boundary.encode()):
        if kind in (FIELD, FILE):
            parameters = told["content-disposition"][1]
            name = parameters.get("name", b"").decode("utf-8", "replace").strip()
            file = {}
            if kind == FILE:
                file["name"] = parameters["filename"].decode("utf-8", "replace")
                file["type"] = told.get("content-type", ("",))[0].strip()
            yield name, stream, file
        exhaust(stream)


def _of_one_line(body: IO[bytes]) -> Iterator[Part]:
    """Yield what stands in application/x-www-form-urlencoded."""
    with mmap.mmap(body.fileno(), 0, access=mmap.ACCESS_READ) as line:
        at, end = 0, len(line)
        while at < end:
            until = line.find(b"&", at)
            until = end if until < 0 else until
            equals = line.find(b"=", at, until)
            name_ends = until if equals < 0 else equals
            if at < name_ends <= at + MOST_PROOF:
                yield unquote_plus(line[at:name_ends].decode("latin-1")), _Written(line, name_ends + 1, until), {}
            at = until + 1


@dataclass(frozen=True, slots=True)
class _Written:
    """A field that stands in the line."""

    line: mmap.mmap
    start: int
    until: int

    def read(self, size: int | None = None, /) -> bytes:
        until = self.until if size is None else min(self.until, self.start + size)
        return unquote_to_bytes(self.line[self.start : until].replace(b"+", b" "))
