"""Colleagues at their pages, each with a browser of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


@pytest.fixture(autouse=True)
def plain_static_files(settings: Any) -> None:
    """Name static files as they are: nothing was collected for a test."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


def sitting(person: Any, lang: str = "en") -> Client:
    """Return the browser of somebody who signed in and reads `lang`."""
    browser = Client()
    browser.force_login(person)
    browser.cookies["tantam_language"] = lang
    return browser


@pytest.fixture
def agent(staff: Any) -> Client:
    return sitting(staff.agent)


@pytest.fixture
def manager(staff: Any) -> Client:
    return sitting(staff.manager)


@pytest.fixture
def outsider(staff: Any) -> Client:
    return sitting(staff.outsider)


@pytest.fixture
def sign_in() -> Any:
    """Return a function that gives a person's browser."""
    return sitting


@pytest.fixture
def connection_queries() -> Callable[[Callable[[], object]], int]:
    """Return a function that counts the queries of what it calls."""

    def counted(call: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as asked:
            call()
        return len(asked)

    return counted
