"""A window over plain HTTP as a browser holds it: doors that it asks, and an open stream, read by a thread."""

from __future__ import annotations

import http.client
import json
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from tests.support.window import events_in

WITHIN_SECONDS = 10.0


@dataclass
class Listener:
    """port: of the process that it asks; another one may be taken at any time. token: "" before it began.

    told: (name, what, mark) of what streams told; at: when each arrived, by time.monotonic.
    """

    port: int
    token: str = ""
    told: list[tuple[str, Any, str]] = field(default_factory=list)
    at: list[float] = field(default_factory=list)

    def ask(self, door: str, told: dict[str, Any] | None = None) -> Any:
        """Return what a door answers as JSON; posts what is told. Raises OSError, AssertionError."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Chat {self.token}"} if self.token else {})
        try:
            body = None if told is None else json.dumps(told)
            asked.request("GET" if told is None else "POST", f"/chat/{door}", body, headers)
            answered = asked.getresponse()
            text = answered.read()
            assert answered.status // 100 == 2, f"{door} answers {answered.status}: {text[:300]!r}"
            return json.loads(text) if text else None
        finally:
            asked.close()

    def begin(self) -> Listener:
        """Begin a conversation."""
        self.token = self.ask("start", {"lang": "vi", "consent": True})["token"]
        return self

    def open(self) -> None:
        """Open the stream, or open it anew where it broke off, going on from the last mark."""
        ready = threading.Event()
        threading.Thread(target=self._listen, args=(self.port, ready), daemon=True).start()
        assert ready.wait(WITHIN_SECONDS), "The stream did not begin."

    def texts(self) -> list[str]:
        """Return the texts of the messages that were told, in order."""
        return [what["text"] for name, what, _ in self.told if name == "message" and what["from"] != "note"]

    def wait_for(self, name: str, text: str = "") -> float:
        """Return when an event of this name arrived, of a message with this text. Raises AssertionError."""
        until = time.monotonic() + WITHIN_SECONDS
        while time.monotonic() < until:
            for (told, what, _), at in zip(list(self.told), list(self.at)):
                if told == name and (not text or what.get("text") == text):
                    return at
            time.sleep(0.002)
        raise AssertionError(f"No {name} {text!r} within {WITHIN_SECONDS} seconds; told: {self.told}")

    def _listen(self, port: int, ready: threading.Event) -> None:
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        mark = next((each for *_, each in reversed(self.told) if each), "")
        try:
            asked.request("GET", f"/chat/stream?token={self.token}", headers={"Last-Event-ID": mark} if mark else {})
            answered = asked.getresponse()
            text = ""
            while part := answered.read1(65_536):
                ready.set()
                text += part.decode()
                *whole, text = text.split("\n\n")
                for each in events_in("\n\n".join(whole)):
                    self.at.append(time.monotonic())
                    self.told.append(each)
        except (OSError, http.client.HTTPException):
            return  # the process was killed
        finally:
            asked.close()
