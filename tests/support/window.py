"""Somebody at the chat's window: asks its doors as the browser does, with a token and without cookies."""

from __future__ import annotations

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client


class Window:
    """One browser. token: "" until the conversation began."""

    def __init__(self, token: str = "", **headers: str) -> None:
        self.client, self.token, self.headers = Client(enforce_csrf_checks=True), token, headers
        self._written = 0

    def start(self, **told: Any) -> Window:
        """Begin a conversation."""
        answered = self.post("start", {"lang": "vi", "consent": True} | told)
        assert answered.status_code == 201, answered.content
        self.token = answered.json()["token"]
        return self

    def write(self, text: str, client_id: str = "") -> dict[str, Any]:
        """Write, and return what is acknowledged."""
        self._written += 1
        answered = self.post("write", {"text": text, "client_id": client_id or f"w{self._written}"})
        assert answered.status_code == 201, answered.content
        return dict(answered.json())

    def bring(self, name: str, content: bytes, client_id: str = "f1", **more: str) -> Any:
        """Send a file."""
        told = {"client_id": client_id, "file": SimpleUploadedFile(name, content)} | more
        return self.client.post("/chat/file", told, headers=self._headers())

    def history(self) -> dict[str, Any]:
        """Return what was said, and where it stands."""
        answered = self.get("history")
        assert answered.status_code == 200, answered.content
        return dict(answered.json())

    def said(self) -> list[tuple[str, str]]:
        """Return (from, text) of each message but those that the desk wrote by itself."""
        return [(each["from"], each["text"]) for each in self.history()["messages"] if each["from"] != "note"]

    def events(self, mark: str = "") -> list[tuple[str, Any, str]]:
        """Return (name, what, id) of what the stream tells since `mark`, as a server answers that keeps none open."""
        headers = self._headers() | ({"Last-Event-ID": mark} if mark else {})
        answered = self.client.get("/chat/stream", {"token": self.token}, headers=headers)
        assert answered.status_code == 200, answered.content
        return events_in(answered.content.decode())

    def post(self, door: str, told: dict[str, Any]) -> Any:
        """Post JSON to a door."""
        return self.client.post(f"/chat/{door}", json.dumps(told), "application/json", headers=self._headers())

    def get(self, door: str, **asked: str) -> Any:
        """Get a door."""
        return self.client.get(f"/chat/{door}", asked, headers=self._headers())

    def _headers(self) -> dict[str, str]:
        return ({"Authorization": f"Chat {self.token}"} if self.token else {}) | self.headers


def events_in(text: str) -> list[tuple[str, Any, str]]:
    """Return (name, what, id) of each event of a stream's text."""
    found = []
    for block in text.split("\n\n"):
        fields = dict(line.partition(": ")[::2] for line in block.splitlines() if not line.startswith(":"))
        if "event" in fields:
            found.append((fields["event"], json.loads(fields["data"]), fields.get("id", "")))
    return found
