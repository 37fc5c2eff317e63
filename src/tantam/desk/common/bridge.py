"""A request of the server as WSGI knows it, answered in a thread: whole, in parts, or by a stream that stays open.

The body is read before a thread is taken: who sends slowly holds none.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from tantam.desk.common.uploads import READ_TO_ITS_END

IN_MEMORY = 1_000_000  # bytes of a body or an answer; more goes through a file, or in parts
MOST_BODY = 2 * READ_TO_ITS_END  # bytes; what is longer is cut off, and refused by whoever reads it
BLOCK = 65_536  # bytes of an answer at a time
MOST_EPILOGUE = 1_000  # bytes after the last boundary of a form, which nobody reads
SILENCE = 60.0  # seconds without a byte of a body that was begun
HELD = "tantam.streams"  # in the environment: a list, where a view leaves what is to stay open

_BOUNDARY = re.compile(r';\s*boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))', re.IGNORECASE)

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Request:
    """scope: as RSGI tells it. body: from its beginning, None for none. length: of all that was sent, in bytes."""

    scope: Any
    body: IO[bytes] | None
    length: int = 0


@dataclass(slots=True)
class Answered:
    """body: where it is whole; file: the path of a large one; stream: what is to stay open.

    Else `part` gives the next bytes, b"" at the end.
    """

    status: int
    headers: Headers
    body: bytes | None = None
    file: str = ""
    stream: Any = None
    parts: Iterator[bytes] | None = None
    close: Callable[[], None] = lambda: None

    def part(self, size: int) -> bytes:
        """Return about `size` bytes more; b"" at the end."""
        found, length = [], 0
        for each in self.parts or ():
            found.append(each)
            length += len(each)
            if length >= size:
                break
        return b"".join(found)


class BrokenOff(Exception):
    """Raised for a request whose body does not come to its end: half of a complaint is none."""


async def read(scope: Any, proto: Any) -> Request:
    """Return the request with its body.

    Raises BrokenOff where less comes than was said, where the connection ends inside a body, where a form does not
    close, or where nothing comes for SILENCE. Source: docs/decisions/0019-streams-beside-the-pages.md.
    """
    headers = scope.headers
    if scope.method in ("GET", "HEAD") or not _has_body(scope):
        return Request(scope, None)
    body: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - it closes with the request
    length, ends, loop = 0, 0, asyncio.get_running_loop()
    try:
        async with asyncio.timeout(SILENCE) as patience:
            async for chunk in proto:
                patience.reschedule(loop.time() + SILENCE)
                length, ends = length + len(chunk), 0 if chunk else ends + 1
                if length <= MOST_BODY:
                    body.write(chunk)
    except (TimeoutError, RuntimeError) as silent:  # RSGIProtocolClosed is a RuntimeError
        raise BrokenOff from silent
    if length < _said_length(headers) or _is_cut(scope, ends) or not _is_closed(headers, body, length):
        raise BrokenOff
    body.seek(0)
    return Request(scope, body, length)


class Bridge:
    """Answers requests by a WSGI application."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._application = application
        self._always = {
            **os.environ,
            "SCRIPT_NAME": "",
            "SERVER_SOFTWARE": "Granian",
            "wsgi.errors": sys.stderr,
            "wsgi.file_wrapper": _File,
            "wsgi.input_terminated": True,
            "wsgi.multiprocess": True,
            "wsgi.multithread": True,
            "wsgi.run_once": False,
            "wsgi.version": (1, 0),
        }

    def answer(self, request: Request) -> Answered:
        """Answer in this thread; files are opened, not read."""
        held: list[Any] = []
        told: list[tuple[int, Headers]] = []

        def start_response(status: str, headers: Headers, _wrong: Any = None) -> None:
            told.append((int(status[:3]), headers))

        found = self._application(self._environment(request) | {HELD: held}, start_response)
        close = getattr(found, "close", lambda: None)
        status, headers = told[-1]
        if held:
            close()
            return Answered(status, headers, stream=held[0])
        if isinstance(found, _File) and found.is_large:
            close()
            return Answered(status, headers, file=found.path)
        parts = iter(found)
        answered = Answered(status, headers, parts=parts, close=close)
        first = answered.part(IN_MEMORY)
        if len(first) < IN_MEMORY or not (second := answered.part(IN_MEMORY)):
            close()
            return Answered(status, headers, body=first)
        answered.parts = _made_here(first + second, parts)
        return answered

    def _environment(self, request: Request) -> dict[str, Any]:
        scope = request.scope
        client, _, client_port = scope.client.rpartition(":")
        server, _, port = scope.server.rpartition(":")
        found = self._always | {
            "REQUEST_METHOD": scope.method,
            "PATH_INFO": scope.path.encode("utf-8", "surrogateescape").decode("latin-1"),
            "QUERY_STRING": scope.query_string,
            "REMOTE_ADDR": client.strip("[]"),
            "REMOTE_PORT": client_port,
            "SERVER_NAME": server.strip("[]"),
            "SERVER_PORT": port,
            "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
            "wsgi.url_scheme": scope.scheme,
            "wsgi.input": request.body or _Nothing(),
        }
        return found | {"CONTENT_LENGTH": str(request.length)} | _headers(scope)


def _has_body(scope: Any) -> bool:
    """Whether a body may come: HTTP/1 says so, HTTP/2 need not."""
    said = "content-length" in scope.headers or "transfer-encoding" in scope.headers
    return said or not _is_http1(scope)


def _is_http1(scope: Any) -> bool:
    return str(scope.http_version).startswith("1")


def _said_length(headers: Any) -> int:
    said = str(headers.get("content-length") or "")
    return int(said) if said.isdecimal() else 0


def _is_cut(scope: Any, ends: int) -> bool:
    """Whether the connection ended inside the body, by how many empty chunks the server gave at the last.

    granian gives one at the end, and one before it for what it could not read. One it gives for trailers too, which
    nobody sends without saying so; over HTTP/2 an end may be an empty frame, and a stream that is cut never ends.
    """
    return ends > 1 and _is_http1(scope) and "trailer" not in scope.headers


def _is_closed(headers: Any, body: IO[bytes], length: int) -> bool:
    """Whether a form in parts has its last boundary. Of one whose length was said nobody needs to look."""
    kind = str(headers.get("content-type") or "")
    boundary = _BOUNDARY.search(kind)
    if "content-length" in headers or boundary is None or not kind.lower().startswith("multipart/"):
        return True
    if length > MOST_BODY:  # not kept, and refused for that
        return True
    last = f"--{boundary[1] or boundary[2]}--".encode("latin-1", "replace")
    body.seek(max(0, length - len(last) - MOST_EPILOGUE))
    return last in body.read()


def _headers(scope: Any) -> dict[str, str]:
    """Return the headers as WSGI names them. One with an underscore is nobody's: it would pass for another."""
    found: dict[str, str] = {}
    for name, value in scope.headers.items():
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
        joined = "; " if key == "HTTP_COOKIE" else ","
        found[key] = f"{found[key]}{joined}{value}" if key in found else value
    if scope.authority and "HTTP_HOST" not in found:  # HTTP/2 names the host elsewhere
        found["HTTP_HOST"] = scope.authority
    return found


class _File:
    """A file that a view answers with. The server sends a large one from the disk, as fast as its reader takes it."""

    def __init__(self, file: IO[bytes], block: int) -> None:
        self._file, self._block = file, block
        self.path = str(getattr(file, "name", "") or "")

    @property
    def is_large(self) -> bool:
        """Whether it is a whole file on the disk, of more than IN_MEMORY bytes."""
        try:
            at, whole = self._file.tell(), os.fstat(self._file.fileno())
            return at == 0 and whole.st_size > IN_MEMORY and os.path.samestat(whole, os.stat(self.path))
        except (AttributeError, OSError):  # none of the disk's
            return False

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self._file.read(self._block), b"")

    def close(self) -> None:
        """Close it; Django puts the whole answer's end here."""
        self._file.close()


def _made_here(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    """Return an answer in blocks, all of it made in this thread: what reads the database goes on in no other."""
    whole = tempfile.TemporaryFile()  # noqa: SIM115 - it closes with the answer
    whole.write(first)
    whole.writelines(rest)
    whole.seek(0)
    return iter(lambda: whole.read(BLOCK), b"")


class _Nothing:
    """A body of no bytes."""

    def read(self, _size: int = -1) -> bytes:
        return b""

    def readline(self, _size: int = -1) -> bytes:
        return b""

    def __iter__(self) -> Iterator[bytes]:
        return iter(())
