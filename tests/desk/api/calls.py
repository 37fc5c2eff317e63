"""Every operation of the interface, as its document names them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tantam.desk.api.urls import addresses, api

PREFIX = "/api/v1"


@dataclass(frozen=True)
class Call:
    """name: the operation's id. path: with a 1 where an id stands."""

    name: str
    method: str
    path: str
    scope: str


def calls() -> list[Call]:
    """Return all operations that need a token."""
    return [
        Call(told["operationId"], method, re.sub(r"\{\w+\}", _dummy, path), told.get("x-scope", "read:measures"))
        for path, methods in document()["paths"].items()
        for method, told in methods.items()
    ]


def document() -> dict[str, Any]:
    """Return the OpenAPI document."""
    found: dict[str, Any] = api.get_openapi_schema(path_prefix=f"{PREFIX}/")
    return found


def doors(letters: int) -> dict[str, dict[str, str]]:
    """Return {name of an address: what everybody without a token meets there, by manner}."""
    refused, unknown = "!" * letters, "x" * letters
    return {
        f"api:{name}": {each: refused if each in methods else unknown for each in ("get", "post", "put")}
        for name, methods in _methods().items()
    }


def arguments() -> dict[str, list[str]]:
    """Return {name of an address: what its path is made with}."""
    return {
        f"api:{each.name}": ["reply" if name == "mode" else "1" for name in _names(str(each.pattern))]
        for each in addresses
        if each.name in _methods()
    }


def _methods() -> dict[str, set[str]]:
    """Return {name of an address: what its path knows}, but for measures, which a session opens too."""
    views = [view for _, router in api._routers for view in router.path_operations.values()]
    return {
        one.operation_id: {each.lower() for other in view.operations for each in other.methods}
        for view in views
        for one in view.operations
        if "x-scope" in (one.openapi_extra or {})
    }


def _names(pattern: str) -> list[str]:
    return [each.rpartition(":")[2] for each in re.findall(r"<([^>]+)>", pattern)]


def _dummy(found: re.Match[str]) -> str:
    return "reply" if found[0] == "{mode}" else "1"
