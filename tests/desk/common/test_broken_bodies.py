"""What the server itself says of a body that breaks off, over HTTP/1.1 and HTTP/2: half of one is answered 400."""

from __future__ import annotations

import json
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

CHUNKED = b"POST /x HTTP/1.1\r\nHost: desk.example\r\nTransfer-Encoding: chunked\r\n"
PARTS = b"Content-Type: multipart/form-data; boundary=rand\r\n"
HALF_FORM = b'--rand\r\nContent-Disposition: form-data; name="complaint"\r\n\r\nIt does not wo'
PATIENCE = 20.0


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The desk's server with its bridge, on a port of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = int(probe.getsockname()[1])
    line = ["-m", "granian", "--interface", "rsgi", "--no-ws", "--port", str(free), "tests.support.echo:application"]
    server = subprocess.Popen([sys.executable, *line], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(free)
        yield free
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server does not answer")


def said(port: int, request: bytes) -> tuple[int, bytes]:
    """Return status and body of the answer, after nothing more was sent."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        found = b"".join(iter(lambda: line.recv(65_536), b""))
    head, _, body = found.partition(b"\r\n\r\n")
    return int(head.split()[1]), body


def chunks(*parts: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    """Return a chunked body, after its headers."""
    return b"\r\n" + b"".join(b"%x\r\n%s\r\n" % (len(each), each) for each in parts) + end


@pytest.mark.parametrize("cut", [b"", b"40\r\nhalf of", b"4"], ids=["between", "inside", "in a length"])
def test_chunks_without_their_end_are_half(port: int, cut: bytes) -> None:
    assert said(port, CHUNKED + chunks(b"half of a", end=cut))[0] == 400


def test_length_that_is_not_reached_is_half(port: int) -> None:
    assert said(port, b"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 20\r\n\r\nhalf")[0] == 400


def test_chunks_with_their_end_are_whole(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as line:
        line.sendall(CHUNKED + chunks(b"a whole ", b"complaint"))
        answer = line.recv(65_536)
    assert answer.startswith(b"HTTP/1.1 200") and json.loads(answer.partition(b"\r\n\r\n")[2])["body"] == (
        "a whole complaint"
    )


@pytest.mark.parametrize(("end", "status"), [(b"\r\n--rand--\r\n", 200), (b"", 400), (b"\r\n--rand\r\n", 400)])
def test_form_in_chunks_is_whole_with_its_last_boundary(port: int, end: bytes, status: int) -> None:
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as line:
        line.sendall(CHUNKED + PARTS + chunks(HALF_FORM, end))
        assert int(line.recv(65_536).split()[1]) == status


def test_what_announces_trailers_is_believed(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as line:
        line.sendall(CHUNKED + b"Trailer: x-sum\r\n" + chunks(b"whole", end=b"0\r\nx-sum: 1\r\n\r\n"))
        assert line.recv(65_536).startswith(b"HTTP/1.1 200")


def frame(kind: int, flags: int, stream: int, content: bytes = b"") -> bytes:
    """Return a frame of HTTP/2."""
    return struct.pack(">I", len(content))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + content


def pairs(*named: tuple[str, str]) -> bytes:
    """Return headers that no table shortens."""
    texts = [(name.encode(), value.encode()) for name, value in named]
    return b"".join(b"\0" + bytes([len(n)]) + n + bytes([len(v)]) + v for n, v in texts)


def over_http2(port: int, *frames: bytes, more: tuple[tuple[str, str], ...] = ()) -> dict[str, Any] | None:
    """Return what the application was told, None where no answer came before the line was given up."""
    asked = (("method", "POST"), ("scheme", "http"), ("path", "/x"), ("authority", "desk.example"))
    begun = frame(1, 4, 1, pairs(*((f":{name}", value) for name, value in asked), *more))
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as line:
        line.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0) + begun)
        for each in frames:
            line.sendall(each)
        line.settimeout(1.0)
        try:
            return _answered(line.makefile("rb"))
        except TimeoutError:
            return None


def _answered(stream: Any) -> dict[str, Any] | None:
    """Return the JSON of the first frame of data."""
    while len(head := stream.read(9)) == 9:
        content = stream.read(int.from_bytes(head[:3], "big"))
        if head[3] == 0 and content:
            return dict(json.loads(content))
    return None


def test_form_over_http2_tells_host_length_and_one_list_of_cookies(port: int) -> None:
    more = (("content-type", "application/x-www-form-urlencoded"), ("cookie", "a=1"), ("cookie", "b=2"))
    told = over_http2(port, frame(0, 1, 1, b"complaint=none"), more=more)
    assert told == {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/x",
        "CONTENT_LENGTH": "14",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "HTTP_HOST": "desk.example",
        "HTTP_COOKIE": "a=1; b=2",
        "SERVER_PROTOCOL": "HTTP/2",
        "body": "complaint=none",
    }


def test_body_over_http2_may_end_with_an_empty_frame(port: int) -> None:
    told = over_http2(port, frame(0, 0, 1, b"a whole "), frame(0, 0, 1, b"complaint"), frame(0, 1, 1))
    assert told is not None and told["body"] == "a whole complaint"


@pytest.mark.parametrize("reason", [2, 8], ids=["internal error", "cancelled"])
def test_stream_over_http2_that_is_taken_back_is_answered_by_nobody(port: int, reason: int) -> None:
    assert over_http2(port, frame(0, 0, 1, b"half"), frame(3, 0, 1, struct.pack(">I", reason))) is None


def test_half_a_form_over_http2_is_not_whole(port: int) -> None:
    more = (("content-type", "multipart/form-data; boundary=rand"),)
    assert over_http2(port, frame(0, 1, 1, HALF_FORM), more=more) is None
