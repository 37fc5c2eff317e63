"""A desk that speaks only the visitor's side of the chat, with knobs: slow, refusing, gone; and a page of a customer.

Both stand on ports of their own, so that a browser takes them for what they are to each other: two origins.
"""

from __future__ import annotations

import itertools
import json
import queue
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.utils import translation

from tantam.desk.channels.chat.assembling import widget
from tantam.desk.channels.chat.words import words

CONSENT = {
    "vi": "Nhắn cho chúng tôi là anh/chị đồng ý cho chúng tôi lưu cuộc trao đổi này để giúp anh/chị.",
    "de": "Wenn Sie uns schreiben, sind Sie einverstanden, dass wir das Gespräch aufbewahren, um Ihnen zu helfen.",
    "en": "By writing to us you agree that we keep this conversation to help you. https://shop.example/privacy",
}
PROMISE = {
    "vi": "Chúng tôi trả lời trong 3 phút.",
    "de": "Wir antworten innerhalb von 3 Minuten.",
    "en": "We answer within 3 minutes.",
}
HOSTILE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>A shop</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/shop.css"></head>
<body><main><h1>A shop</h1><p>Our newest machines.</p><div class="over">On top of all</div>
<button data-tantam-chat>Ask us</button></main>
<script src="{site}/static/chat/widget.js" defer {attributes}></script></body></html>"""
PLAIN = HOSTILE.replace('<link rel="stylesheet" href="/shop.css">', "")
SHOP_CSS = """* { all: unset !important; color: red !important; font-size: 40px !important; display: block !important }
html { font-size: 5px; filter: blur(0) } .over { position: fixed !important; inset: 0; z-index: 2147483647 !important;
pointer-events: none } tantam-chat, div, button { display: none !important; opacity: 0 !important }
.over, h1 { display: block !important; opacity: 1 !important }"""
STRICT = (
    "default-src 'none'; script-src {site}; style-src 'self'; connect-src {site}; require-trusted-types-for 'script'"
)


@dataclass
class ChatDouble:
    """What the double knows, and its knobs. slow: seconds before each answer; refuses: path -> (status, seconds)."""

    site: str = ""
    shop: str = ""
    open: bool = True
    slow: float = 0.0
    refuses: dict[str, tuple[int, int]] = field(default_factory=dict)
    messages: list[dict[str, Any]] = field(default_factory=list)
    told: list[tuple[str, Any]] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    tokens: list[str] = field(default_factory=list)
    state: str = "waiting"
    agent: dict[str, Any] | None = None
    most_bytes: int = 2_000_000
    attributes: str = ""
    lang: str = "en"
    streams: list[queue.Queue[tuple[int, str, Any] | None]] = field(default_factory=list)
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def hello(self, lang: str) -> dict[str, Any]:
        """Return what the widget is told first."""
        lang = lang[:2] if lang[:2] in CONSENT else "vi"
        with translation.override(lang):
            said = words()
        until = datetime.now(UTC) + timedelta(hours=3)
        hours = {"until": until.isoformat()} if self.open else {"opens": (until + timedelta(hours=9)).isoformat()}
        return {
            "open": self.open,
            **hours,
            "promise": {"minutes": 3, "text": PROMISE[lang]} if self.open else None,
            "lang": lang,
            "dir": "ltr",
            "name": "Bến Xuân Electronics",
            "words": said,
            "theme": {"accent": "#005f61"},
            "consent": CONSENT[lang],
            "limits": {"bytes": self.most_bytes, "text": 5000},
            "best": None if self.open else {"label": "Phone", "address": "1900 0000", "href": "tel:19000000"},
            "form": f"{self.site}/help/question/",
        }

    def history(self) -> dict[str, Any]:
        """Return the whole conversation."""
        return {"messages": self.messages, "state": self.state, "agent": self.agent, "promise": None}

    def say(self, text: str, *, sender: str = "us", name: str = "Lan", **also: Any) -> dict[str, Any]:
        """Add a message as a colleague, or as whom is named, and tell it."""
        said = {
            "id": next(self._ids),
            "from": sender,
            "name": name,
            "text": text,
            "at": datetime.now(UTC).isoformat(),
            "files": [],
            "read": False,
            **also,
        }
        self.messages.append(said)
        self.tell("message", said)
        return said

    def tell(self, kind: str, told: Any) -> None:
        """Tell it to all streams."""
        for each in self.streams:
            each.put((next(self._ids), kind, told))

    def cut(self) -> None:
        """End every stream."""
        for each in self.streams:
            each.put(None)

    def heard(self, what: str, seconds: float = 5.0) -> Any:
        """Return what was last sent to a door, waiting for the first. Raises AssertionError."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if found := [told for path, told in self.told if path == what]:
                return found[-1]
            time.sleep(0.02)
        raise AssertionError(f"Nothing came to {what}; to others: {[path for path, _ in self.told]}")


@contextmanager
def chat_double(**knobs: Any) -> Iterator[ChatDouble]:
    """Yield a double that answers."""
    double = ChatDouble(**knobs)
    with ExitStack() as stack:
        double.site, double.shop = (stack.enter_context(_served(kind, double)) for kind in (_Doors, _Shop))
        yield double
        double.cut()


@contextmanager
def shop_page() -> Iterator[ChatDouble]:
    """Yield a customer's page alone; `site` is to be set to the desk whose chat it shows."""
    double = ChatDouble()
    with _served(_Shop, double) as double.shop:
        yield double


@contextmanager
def _served(kind: type[_Answer], double: ChatDouble) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (kind,), {"double": double}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class _Answer(BaseHTTPRequestHandler):
    double: ChatDouble

    def log_message(self, *_given: object) -> None:
        """Say nothing."""

    def answer(self, status: int, body: bytes, kind: str, **headers: str) -> None:
        self.send_response(status)
        allowed = {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Headers": "Authorization, Content-Type, Last-Event-ID",
        }
        allowed["Access-Control-Expose-Headers"] = "Retry-After"
        for name, value in {**allowed, "Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def say(self, told: object, status: int = 200, **headers: str) -> None:
        self.answer(status, json.dumps(told).encode(), "application/json", **headers)


class _Shop(_Answer):
    """A page on another origin, which would rather have no chat on it."""

    def do_GET(self) -> None:
        double, path = self.double, urlsplit(self.path).path
        if path == "/shop.css":
            return self.answer(200, SHOP_CSS.encode(), "text/css")
        page = (PLAIN if path == "/plain" else HOSTILE).format(
            lang=double.lang, site=double.site, attributes=double.attributes
        )
        headers = {} if path == "/plain" else {"Content-Security-Policy": STRICT.format(site=double.site)}
        return self.answer(200, page.encode(), "text/html; charset=utf-8", **headers)


class _Doors(_Answer):
    """The visitor's doors."""

    def do_OPTIONS(self) -> None:
        self.answer(204, b"", "text/plain")

    def do_GET(self) -> None:
        where = urlsplit(self.path)
        what = where.path.removeprefix("/chat/")
        if where.path == "/static/chat/widget.js":
            return self.answer(200, widget().encode(), "text/javascript; charset=utf-8")
        if self._refused(what):
            return None
        if what == "hello":
            return self.say(self.double.hello(parse_qs(where.query).get("lang", ["vi"])[0]))
        if what == "history" and self._known(self.headers.get("Authorization", "").removeprefix("Chat ")):
            return self.say(self.double.history())
        if what == "stream" and self._known(self.headers.get("Authorization", "").removeprefix("Chat ")):
            return self._stream()
        return None

    def do_POST(self) -> None:
        what, double = self.path.removeprefix("/chat/"), self.double
        raw = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self._refused(what):
            return None
        if what == "start":
            double.told.append((what, json.loads(raw)))
            double.tokens.append(f"token-{len(double.tokens) + 1}")
            double.messages.clear()
            double.state = "waiting"
            return self.say({"token": double.tokens[-1]})
        if not self._known(self.headers.get("Authorization", "").removeprefix("Chat ")):
            return None
        told = json.loads(raw) if what != "file" else _file_of(raw)
        double.told.append((what, told))
        if what in ("write", "file"):
            again = [each for each in double.messages if each.get("client_id") == told["client_id"]]
            made = (
                again[0]
                if again
                else double.say(
                    told.get("text", ""),
                    sender="you",
                    name="",
                    client_id=told["client_id"],
                    files=told.get("files", []),
                )
            )
            return self.say({"id": made["id"], "at": made["at"], "client_id": told["client_id"]}, 201)
        if what == "end":
            double.state = "resolved"
            double.tell("state", {"state": "resolved"})
        return self.say({})

    def _refused(self, what: str) -> bool:
        self.double.asked[what] += 1
        time.sleep(self.double.slow)
        status, seconds = self.double.refuses.get(what, (0, 0))
        if status == -1:  # a line that breaks
            self.close_connection = True
            return True
        if status:
            wait = {"Retry-After": str(seconds)} if seconds else {}
            self.say({"code": "no", "message": "Not this time."}, status, **wait)
        return bool(status)

    def _known(self, token: str) -> bool:
        if token in self.double.tokens:
            return True
        self.say({"code": "no_token", "message": "Who is this?"}, 401)
        return False

    def _stream(self) -> None:
        events: queue.Queue[tuple[int, str, Any] | None] = queue.Queue()
        self.double.streams.append(events)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(b": here\n\n")
        self.wfile.flush()
        try:
            while (event := events.get()) is not None:
                number, kind, told = event
                self.wfile.write(f"id: {number}\nevent: {kind}\ndata: {json.dumps(told)}\n\n".encode())
                self.wfile.flush()
        except OSError:
            pass
        finally:
            self.double.streams.remove(events)


def _file_of(raw: bytes) -> dict[str, Any]:
    """Return what a form with one file says: its client_id and the file's name and size."""
    boundary = raw.split(b"\r\n", 1)[0]
    told: dict[str, Any] = {}
    for part in raw.split(boundary)[1:-1]:
        head, body = part.strip(b"\r\n").split(b"\r\n\r\n", 1) if b"\r\n\r\n" in part.strip(b"\r\n") else (part, b"")
        if b'name="client_id"' in head:
            told["client_id"] = body.decode()
        elif b'name="file"' in head:
            name = head.split(b'filename="')[1].split(b'"')[0].decode()
            image = name.endswith((".png", ".jpg"))
            told["files"] = [{"name": name, "url": f"/files/{name}", "size": len(body), "image": image}]
    return told
