"""Posts to an address that somebody gave, or reads it: only out in the world, never inside the house's own network."""

from __future__ import annotations

import http.client
import ipaddress
import math
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event, Thread, Timer
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 10  # of silence; of a post from the look-up to the last byte of its answer, however slowly it drips
CALL_SECONDS = 20  # of a call to a network's interface, which may have to think
LOOKUP_SECONDS = 5  # until a name that no server knows counts as one that does not exist
MOST_ANSWER = 2000  # bytes that are read, unless more are wanted
_WORLD = ipaddress.ip_network("2000::/3")


class Forbidden(Exception):
    """The address leads into a private network, or is no https address; trying again is no use."""


@dataclass(frozen=True, slots=True)
class Answer:
    """status: 100..599. body: its first bytes, as many as were wanted."""

    status: int
    body: bytes


def refuse_unless_outside(url: str) -> None:
    """Raise Forbidden unless the address may be posted to. Names are looked up again, and held, when it is done."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - raises ValueError for what is none
    except ValueError:
        raise Forbidden(url) from None
    if parts.scheme not in _schemes() or not parts.hostname or parts.username or parts.password:
        raise Forbidden(url)
    try:
        literal = ipaddress.ip_address(parts.hostname)
    except ValueError:
        return
    _refuse_inside([str(literal)])


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Return the status of the answer, as `answered` does."""
    return answered(url, body, headers).status


def answered(url: str, body: bytes, headers: Mapping[str, str], *, most: int = MOST_ANSWER) -> Answer:
    """Return the answer to a POST within SECONDS, of its body at most `most` bytes. Raises as `asked` does."""
    with asked("POST", url, body, headers, within=SECONDS) as answer:
        return Answer(answer.status, answer.read(most))


@contextmanager
def asked(
    method: str, url: str, body: bytes | None, headers: Mapping[str, str], *, within: float | None = None
) -> Iterator[http.client.HTTPResponse]:
    """Yield the answer, of which as much is read as the caller wants; redirects are not followed.

    The connection goes to the very address that was looked at. within: seconds for all of it, the look-up and what the
    caller reads included; None where only the other side's silence is bounded. Raises Forbidden, OSError, http.client
    errors.
    """
    refuse_unless_outside(url)
    parts = urlsplit(url)
    host, secure = parts.hostname or "", parts.scheme == "https"
    usual = 443 if secure else 80
    port = parts.port or usual
    ends = time.monotonic() + within if within is not None else math.inf
    address = _looked_up(host, port, _left(ends, LOOKUP_SECONDS))
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    connection.default_port = usual  # that of its scheme: only another one stands in Host
    opened = socket.create_connection((address, port), timeout=_left(ends, SECONDS))
    opened.settimeout(SECONDS)
    with opened, _ended_in_time(opened, _left(ends, math.inf)) if within is not None else nullcontext():
        connection.sock = _with_tls(opened, host) if secure else opened
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request(method, path, body, dict(headers))
            yield connection.getresponse()
        finally:
            connection.close()


def _schemes() -> tuple[str, ...]:
    return ("https", "http") if settings.PRIVATE_HOOKS else ("https",)


def _left(ends: float, most: float) -> float:
    """Return the seconds until `ends`, at most `most`. Raises TimeoutError where none are left."""
    left = min(ends - time.monotonic(), most)
    if left <= 0:
        raise TimeoutError("timed out")
    return left


def _looked_up(host: str, port: int, within: float) -> str:
    """Return the address that the name stands for; all that it stands for must lie outside. within: seconds."""
    addresses = [str(each[4][0]) for each in _asked_for(host, port, within)]
    _refuse_inside(addresses)
    return addresses[0]


def _asked_for(host: str, port: int, within: float) -> list[Any]:
    """Ask the system for a name, in a thread that is left behind where it takes longer: nothing can end it."""
    answers: SimpleQueue[list[Any] | OSError | UnicodeError] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as unknown:
            answers.put(unknown)

    Thread(target=ask, name=f"look up {host}", daemon=True).start()
    try:
        found = answers.get(timeout=within)
    except Empty:
        raise TimeoutError(f"{host} was not found in time") from None
    if isinstance(found, Exception):
        raise found
    return found


def _refuse_inside(addresses: list[str]) -> None:
    if settings.PRIVATE_HOOKS:
        return
    for each in addresses:
        read = ipaddress.ip_address(each.partition("%")[0])
        read = getattr(read, "ipv4_mapped", None) or read
        if not read.is_global or read.is_multicast or isinstance(read, ipaddress.IPv6Address) and _wraps(read):
            raise Forbidden(each)


def _wraps(address: ipaddress.IPv6Address) -> bool:
    """Whether it is no address of the wide world's own, or one that leads on to an IPv4 address inside it."""
    return address not in _WORLD or address.sixtofour is not None


@contextmanager
def _ended_in_time(opened: socket.socket, seconds: float) -> Iterator[None]:
    """Hang up once so many seconds have passed: who sends a byte now and then keeps every single wait short."""
    over, held = Event(), opened.dup()  # TLS takes the other one over

    def hang_up() -> None:
        over.set()
        try:
            held.shutdown(socket.SHUT_RDWR)
        except OSError:  # the other side was quicker
            return

    timer = Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException) as cut:
        if over.is_set():
            raise TimeoutError("timed out") from cut
        raise
    finally:
        timer.cancel()
        timer.join()
        held.close()
    if over.is_set():  # what was read until then may be half an answer
        raise TimeoutError("timed out")


def _with_tls(opened: socket.socket, host: str) -> socket.socket:
    return ssl.create_default_context().wrap_socket(opened, server_hostname=host)
