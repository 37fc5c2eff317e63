"""How an address of the interface is declared: its scope, and every answer that it may give, from one function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from ninja import Router

from tantam.desk.api.schemas import Error
from tantam.desk.api.token import Scoped, Who, a_person

ALWAYS = (401, 403, 404, 422, 429, 503)
OF_WRITES = (400, 409, 412, 413)
Function = Callable[..., Any]
Extra = Mapping[str, Any]

_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key with the same request within a day gives the same answer, and does it once.",
    "schema": {"type": "string", "maxLength": 200},
}
_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "The ETag that was read. If it changed since, nothing is done (412).",
    "schema": {"type": "string", "maxLength": 100},
}
_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag at hand. If nothing changed, the answer is 304 and empty.",
    "schema": {"type": "string", "maxLength": 100},
}

_FILES = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["files"],
                "properties": {"files": {"type": "array", "items": {"type": "string", "format": "binary"}}},
            }
        }
    },
}
_BYTES = {
    "description": "The file.",
    "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
}


class Room:
    """The addresses of one subject. read, write: the scopes they need.

    The function's name is the operation's id; its docstring's first sentence the summary. who: whose tokens are let in.
    router: of another room, whose addresses these are too.
    """

    def __init__(
        self, tag: str, read: str, write: str = "", *, who: Who = a_person, router: Router | None = None
    ) -> None:
        self.router = router or Router(tags=[tag])
        self.read, self.write, self.who = read, write, who

    def get(self, path: str, answer: Any) -> Callable[[Function], Function]:
        """Declare what is read at `path`."""
        return self._declare("GET", path, {200: answer})

    def known(self, path: str, answer: Any) -> Callable[[Function], Function]:
        """Declare what is read at `path` and has an ETag."""
        return self._declare("GET", path, {200: answer, 304: None}, _NONE_MATCH)

    def post(self, path: str, answer: Any, status: int = 200) -> Callable[[Function], Function]:
        """Declare what is done at `path`."""
        return self._declare("POST", path, {status: answer}, _KEY)

    def move(self, path: str, answer: Any, status: int = 200) -> Callable[[Function], Function]:
        """Declare what is done at `path` to something that has an ETag."""
        return self._declare("POST", path, {status: answer}, _KEY, _MATCH)

    def upload(self, path: str, answer: Any) -> Callable[[Function], Function]:
        """Declare where files are sent to, as multipart/form-data with parts named `files`."""
        return self._declare("POST", path, {201: answer}, _KEY, more={"requestBody": _FILES})

    def download(self, path: str) -> Callable[[Function], Function]:
        """Declare where a file is fetched from."""
        return self._declare("GET", path, {200: None}, more={"responses": {200: _BYTES}})

    def put(self, path: str, answer: Any) -> Callable[[Function], Function]:
        """Declare what is kept at `path`."""
        return self._declare("PUT", path, {200: answer})

    def patch(self, path: str, answer: Any) -> Callable[[Function], Function]:
        """Declare what is changed at `path` of something that has an ETag."""
        return self._declare("PATCH", path, {200: answer}, _MATCH)

    def take_away(self, path: str) -> Callable[[Function], Function]:
        """Declare what is taken away at `path`."""
        return self._declare("DELETE", path, {204: None})

    def _declare(
        self,
        method: str,
        path: str,
        answers: dict[int, Any],
        *headers: dict[str, Any],
        more: Extra = MappingProxyType({}),
    ) -> Callable[[Function], Function]:
        reads = method == "GET"
        scope = self.read if reads else self.write
        errors = ALWAYS if reads else (*ALWAYS, *OF_WRITES)

        def declared(function: Function) -> Function:
            said = " ".join((function.__doc__ or "").split())
            self.router.add_api_operation(
                path,
                [method],
                function,
                auth=Scoped(scope, self.who),
                response={**answers, **dict.fromkeys(errors, Error)},
                operation_id=function.__name__,
                url_name=function.__name__,
                summary=said.partition(".")[0],
                description=f"{said} Needs the scope `{scope}`.",
                openapi_extra={"parameters": list(headers), "x-scope": scope, **more},
            )
            return function

        return declared
