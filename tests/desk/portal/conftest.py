"""A visitor at the portal of the example's company."""

from __future__ import annotations

from typing import Any

import pytest

from tests.desk.portal.pages import Visitor
from tests.support.clock import StandingClock


@pytest.fixture
def visitor(plan: object, clock: StandingClock) -> Visitor:
    return Visitor(clock)


@pytest.fixture(autouse=True)
def plain_static_files(settings: Any) -> None:
    """Name static files as they are: nothing was collected for a test."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
