"""Somebody who asks before they buy, what they ask about, and a colleague at the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def asked(hoa: Any) -> object:
    """She asks which machine fits."""
    from tests.support import desk

    return desk.opened(hoa, topic="advice", body="Máy giặt nào hợp với nhà tôi?")


@pytest.fixture
def machine(plan: object) -> object:
    from tantam.desk.customers.models import Product

    return Product.objects.create(sku="MG-9", line="large_appliance", names={"vi": "Máy giặt 9 kg"})


@pytest.fixture
def agent(staff: Any) -> Client:
    """Return the browser of a colleague who reads English."""
    browser = Client()
    browser.force_login(staff.agent)
    browser.cookies["tantam_language"] = "en"
    return browser


@pytest.fixture
def connection_queries() -> Callable[[Callable[[], object]], int]:
    """Return a function that counts the queries of what it calls."""

    def counted(call: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as found:
            call()
        return len(found)

    return counted
