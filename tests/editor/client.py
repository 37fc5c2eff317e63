"""A small editor: starts the language server as a process and speaks its protocol over the process's pipes."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

PATIENCE = 30.0  # seconds


class Editor:
    """Says and asks as an editor does. diagnostics: by file, as last told; told: how often it was told at all."""

    def __init__(self, folder: Path, lang: str = "en") -> None:
        command = [sys.executable, "-m", "tantam.cli", "language-server"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ}
        )
        self.inbox: queue.Queue[dict[str, Any]] = queue.Queue()
        self.diagnostics: dict[str, list[dict[str, Any]]] = {}
        self.told = 0
        self.versions: dict[str, int] = {}
        self.last = 0
        threading.Thread(target=self._listen, daemon=True).start()
        self.capabilities = self.ask(
            "initialize",
            {"processId": os.getpid(), "rootUri": folder.as_uri(), "capabilities": {}, "locale": lang},
        )["capabilities"]
        self.say("initialized", {})

    def say(self, method: str, params: Any) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        """Send a request; return its result."""
        self.last += 1
        wanted = self.last
        self._send({"id": wanted, "method": method, "params": params})
        until = time.monotonic() + PATIENCE
        while True:
            message = self.inbox.get(timeout=max(0.01, until - time.monotonic()))
            self._note(message)
            if message.get("id") == wanted and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def open(self, file: Path) -> None:
        """Open a file as it lies on the disk."""
        self.versions[file.as_uri()] = 1
        document = {"uri": file.as_uri(), "languageId": "yaml", "version": 1, "text": file.read_text(encoding="utf-8")}
        self.say("textDocument/didOpen", {"textDocument": document})

    def type(self, file: Path, text: str) -> None:
        """Replace the text of an open file, without saving it."""
        uri = file.as_uri()
        self.versions[uri] += 1
        told = {"textDocument": {"uri": uri, "version": self.versions[uri]}, "contentChanges": [{"text": text}]}
        self.say("textDocument/didChange", told)

    def at(self, method: str, file: Path, line: int, character: int) -> Any:
        """Ask about a position, from 0."""
        where = {"line": line, "character": character}
        return self.ask(f"textDocument/{method}", {"textDocument": {"uri": file.as_uri()}, "position": where})

    def codes(self, file: Path) -> list[str]:
        """Return the codes last told of a file."""
        return [each["code"] for each in self.diagnostics.get(file.as_uri(), [])]

    def wait_for(self, file: Path, version: int) -> list[dict[str, Any]]:
        """Wait until what was told of a file is about this version of it; return it."""
        until = time.monotonic() + PATIENCE
        while True:
            message = self.inbox.get(timeout=max(0.01, until - time.monotonic()))
            self._note(message)
            params = message.get("params") or {}
            if params.get("uri") == file.as_uri() and params.get("version") == version:
                return self.diagnostics[file.as_uri()]

    def quiet(self, seconds: float) -> None:
        """Take in whatever comes for a while."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                self._note(self.inbox.get(timeout=left))
            except queue.Empty:
                return

    def close(self) -> int:
        """Shut the server down; return its exit code."""
        self.ask("shutdown", None)
        self.say("exit", None)
        return self.process.wait(PATIENCE)

    def _note(self, message: dict[str, Any]) -> None:
        if message.get("method") == "textDocument/publishDiagnostics":
            self.told += 1
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _listen(self) -> None:
        stdout = self.process.stdout
        assert stdout is not None
        while header := stdout.readline():
            length = 0
            while header.strip():
                name, _, value = header.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
                header = stdout.readline()
            self.inbox.put(json.loads(stdout.read(length)))
