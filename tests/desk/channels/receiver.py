"""A program elsewhere that takes webhooks: a real HTTP server that answers as a test wants it to."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


class Receiver:
    """answers: statuses, one a request, the last for all after it. taken: (headers, body) of each request.

    says: the answer's body. waits: seconds before it answers. drips: seconds after each byte of the body. claims: how
    long it says the body is, 0 for nothing.
    """

    def __init__(self) -> None:
        self.answers: list[int] = [200]
        self.taken: list[tuple[dict[str, str], bytes]] = []
        self.says, self.waits, self.drips = b"", 0.0, 0.0
        self.claims = 0
        self.url = ""

    def next_status(self) -> int:
        """Return how the request that came last is answered."""
        return self.answers[min(len(self.taken), len(self.answers)) - 1]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Run a receiver on a free port of this machine."""
    it = Receiver()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            it.taken.append((dict(self.headers), body))
            time.sleep(it.waits)
            self._answer()

        def _answer(self) -> None:
            try:
                self._say()
            except OSError:  # they hung up
                return

        def _say(self) -> None:
            self.send_response(it.next_status())
            self.send_header("Location", it.url + "/elsewhere")
            if it.claims:
                self.send_header("Content-Length", str(it.claims))
            self.end_headers()
            if not it.drips:
                self.wfile.write(it.says)
                return
            for each in it.says:
                self.wfile.write(bytes([each]))
                time.sleep(it.drips)

        def log_message(self, *_args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    Thread(target=server.serve_forever, daemon=True).start()
    it.url = f"http://127.0.0.1:{server.server_port}/hook"
    try:
        yield it
    finally:
        server.shutdown()
        server.server_close()
