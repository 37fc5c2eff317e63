"""The interface keeps to its own OpenAPI document, whatever is sent: no failure, no answer that is not written down."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from tantam.desk.api import rates
from tantam.desk.api.urls import api
from tests.desk.api import world
from tests.support.proving import PROVING

EXAMPLES = 100 if PROVING else 6  # of each kind, for each operation
AT_A_TIME = 4  # operations share a desk
CHECKED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
load_all_checks()
_DOCUMENT = api.get_openapi_schema(path_prefix="/api/v1/")
_NAMES = sorted(operation["operationId"] for path in _DOCUMENT["paths"].values() for operation in path.values())
_GROUPS = [_NAMES[at : at + AT_A_TIME] for at in range(0, len(_NAMES), AT_A_TIME)]


@pytest.fixture
def secret(hoa: Any, staff: Any, settings: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """A token that may do all, and what there is."""
    settings.API_PER_MINUTE = 10**9
    by = world.administrator()
    for signal in (request_started, request_finished):  # the test's own connection stays open
        signal.disconnect(close_old_connections)
    yield world.token_of(by), world.furnish(hoa, staff, by)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    rates.forget()


@pytest.mark.parametrize("names", _GROUPS, ids=lambda names: names[0])
def test_every_answer_is_written_down_and_none_fails(names: list[str], secret: Any) -> None:
    token, there = secret
    for name in names:
        operation = _operations()[name]
        known = {key: value for key, value in there.items() if f"{{{key}}}" in operation.path}
        kinds = [operation.as_strategy(GenerationMode.POSITIVE, path_parameters=known)] if known else []
        kinds += [operation.as_strategy(mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)]
        for each in kinds:
            _try(each, token)


def _try(cases: st.SearchStrategy[Any], token: str) -> None:
    checks = [check for check in CHECKS.get_all() if check.__name__ in CHECKED]
    assert len(checks) == len(CHECKED)

    @settings(
        max_examples=EXAMPLES,
        derandomize=not PROVING,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def sent(case: Any) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=checks)

    sent()


@cache
def _operations() -> dict[str, Any]:
    schema = schemathesis.openapi.from_dict(_DOCUMENT)
    schema.app = get_wsgi_application()
    found = (each.ok() for each in schema.get_all_operations())
    return {each.definition.raw["operationId"]: each for each in found}
