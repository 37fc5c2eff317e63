"""What granian serves in a test: the desk's bridge before an application that says what it was told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from tantam.desk.common import bridge

TOLD = ("REQUEST_METHOD", "PATH_INFO", "CONTENT_LENGTH", "CONTENT_TYPE", "HTTP_HOST", "HTTP_COOKIE", "SERVER_PROTOCOL")


class Echo:
    """Answers 200 with what the application was told; 400 for what breaks off."""

    def __init__(self) -> None:
        self._bridge = bridge.Bridge(_said)

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        """Answer one request."""
        try:
            request = await bridge.read(scope, proto)
        except bridge.BrokenOff:
            with suppress(RuntimeError):
                proto.response_empty(400, [])
            return
        answered = self._bridge.answer(request)
        proto.response_bytes(answered.status, answered.headers, answered.body)


def _said(surroundings: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    told = {name: surroundings.get(name, "") for name in TOLD} | {"body": surroundings["wsgi.input"].read().decode()}
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(told).encode()]


application = Echo()
