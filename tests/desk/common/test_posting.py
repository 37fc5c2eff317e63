"""Nothing is posted into the house's own network, however its address is written."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest

from tantam.desk.common import posting
from tantam.desk.common.posting import Forbidden, post, refuse_unless_outside
from tests.desk.channels.receiver import Receiver, receiving

INSIDE = ("127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1")  # noqa: S104 - refused
WRAPPED = (
    "::1",
    "::ffff:127.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "fec0::1",
    "fd00::1",
    "fe80::1",
)


@pytest.mark.parametrize("host", [*INSIDE, *(f"[{each}]" for each in WRAPPED)])
def test_address_inside_is_refused(host: str) -> None:
    with pytest.raises(Forbidden):
        refuse_unless_outside(f"https://{host}/hook")


@pytest.mark.parametrize("host", ["8.8.8.8", "[2606:4700::1111]", "hooks.example"])
def test_address_outside_is_not(host: str) -> None:
    refuse_unless_outside(f"https://{host}/hook")


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.PRIVATE_HOOKS = True
    with receiving() as made:
        yield made


def test_host_names_no_port_that_its_scheme_has_anyway(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(receiver.url.split(":")[2].partition("/")[0])
    post(receiver.url, b"{}", {})
    _lead_to(port, monkeypatch)
    post("http://hooks.example/", b"{}", {})
    monkeypatch.setattr(posting, "_with_tls", lambda opened, _host: opened)
    post("https://hooks.example/", b"{}", {})
    post("https://hooks.example:8443/", b"{}", {})
    hosts = [headers["Host"] for headers, _body in receiver.taken]
    assert hosts == [f"127.0.0.1:{port}", "hooks.example", "hooks.example", "hooks.example:8443"]


def test_name_that_is_looked_up_for_ever_ends_in_time(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    answered = Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_named: answered.wait(5))
    monkeypatch.setattr(posting, "LOOKUP_SECONDS", 0.2)
    began = time.monotonic()
    with pytest.raises(TimeoutError, match="not found in time"):
        post("http://hooks.example/", b"{}", {})
    assert time.monotonic() - began < 2
    answered.set()


def test_a_name_that_nobody_knows_is_said_as_the_system_says_it(receiver: Receiver) -> None:
    with pytest.raises(OSError, match="."):
        post("http://nobody.invalid/", b"{}", {})
    with pytest.raises(UnicodeError):
        post(f"http://{'a' * 70}.example/", b"{}", {})


def _lead_to(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every name stand for this machine, and every connection lead to the receiver."""
    connect = socket.create_connection
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_named: [(2, 1, 6, "", ("127.0.0.1", port))])
    monkeypatch.setattr(socket, "create_connection", lambda _to, **named: connect(("127.0.0.1", port), **named))
