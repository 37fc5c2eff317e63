"""A small server of another company on this machine, for as long as a test asks it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class QuietDoor(BaseHTTPRequestHandler):
    """A door that answers bytes, and logs nothing."""

    def log_message(self, *_said: object) -> None:
        """Say nothing."""

    def answer(self, status: int, body: bytes) -> None:
        """Answer with these bytes."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(door: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    """Yield the free port on which the door is open."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), door)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
