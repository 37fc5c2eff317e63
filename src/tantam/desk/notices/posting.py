"""Posts to an address that somebody gave, or reads it: only out in the world, never inside the house's own network."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 10
MOST_ANSWER = 2000  # bytes that are read
_WORLD = ipaddress.ip_network("2000::/3")


class Forbidden(Exception):
    """The address leads into a private network, or is no https address; trying again is no use."""


def refuse_unless_outside(url: str) -> None:
    """Raise Forbidden unless the address may be posted to. Names are looked up again, and held, when it is done."""
    parts = urlsplit(url)
    if parts.scheme not in _schemes() or not parts.hostname or parts.username or parts.password:
        raise Forbidden(url)
    try:
        literal = ipaddress.ip_address(parts.hostname)
        parts.port  # noqa: B018 - raises ValueError for what is none
    except ValueError:
        return
    _refuse_inside([str(literal)])


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Return the status of the answer; redirects are not followed. Raises Forbidden, OSError, http.client errors."""
    with asked("POST", url, body, headers) as answer:
        answer.read(MOST_ANSWER)
        return answer.status


@contextmanager
def asked(method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> Iterator[http.client.HTTPResponse]:
    """Yield the answer, of which as much is read as the caller wants. As `post` otherwise."""
    refuse_unless_outside(url)
    parts = urlsplit(url)
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    address = _looked_up(host, port)
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    connection.sock = _opened(address, port, host if secure else "")
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, path, body, dict(headers))
        yield connection.getresponse()
    finally:
        connection.close()


def _schemes() -> tuple[str, ...]:
    return ("https", "http") if settings.PRIVATE_HOOKS else ("https",)


def _looked_up(host: str, port: int) -> str:
    """Return the address that the name stands for; all that it stands for must lie outside."""
    found: list[Any] = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found]
    _refuse_inside(addresses)
    return addresses[0]


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


def _opened(address: str, port: int, host: str) -> socket.socket:
    """Return a connection to the address that was looked at; with TLS for `host` unless that is ""."""
    plain = socket.create_connection((address, port), timeout=SECONDS)
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host) if host else plain
