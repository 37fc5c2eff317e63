"""The interface for programs: its addresses behind the guard, and the OpenAPI document at openapi.json."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.urls import path
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema, get_schema

from tantam.desk.api import (
    cases,
    claims,
    customers,
    errands,
    errors,
    filed,
    ledger,
    limits,
    measures,
    moves,
    notices,
    on_behalf,
    plan,
    promises,
    pushed,
    queues,
    replays,
    sales,
    steps,
    team,
    writing,
)
from tantam.desk.api.guard import guarded


class Interface(NinjaAPI):
    """The addresses, and the document that describes them: anybody may ask for it, so it is written once a process."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        return _document(self, self.get_root_path(path_params or {}) if path_prefix is None else path_prefix)


@cache
def _document(interface: Interface, path_prefix: str) -> OpenAPISchema:
    return get_schema(interface, path_prefix)


api = Interface(
    title="Tantam",
    version="1",
    description="Everything that a page of the desk does, by the same actions and with the same rights.",
    docs_url=None,  # its page would load scripts from elsewhere
    openapi_url="openapi.json",
    urls_namespace="api",
)
rooms = (
    cases,
    filed,
    on_behalf,
    moves,
    writing,
    promises,
    claims,
    ledger,
    errands,
    sales,
    steps,
    limits,
    customers,
    pushed,
    queues,
    team,
    notices,
    plan,
    replays,
    measures,
)
for each in rooms:
    api.add_router("", each.router)
errors.register(api)

addresses, app, namespace = api.urls
for each in addresses:
    each.callback = guarded(each.callback)

urlpatterns = [path("", (addresses, app, namespace))]
