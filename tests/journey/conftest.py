"""A real browser before a real desk: Chromium from this machine, the desk in processes of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.house import House, house
from tests.support.programs import CHROMIUM, find_or_install

# Chromium as a guest of a test: no sandbox (tests may run as root), nothing of its own on the network.
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launch the machine's Chromium instead of downloading one."""
    return {**browser_type_launch_args, "executable_path": str(find_or_install(CHROMIUM)), "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A customer in Vietnam."""
    return {
        **browser_context_args,
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[House]:
    """A whole desk, running, with a few customers and nothing to do."""
    with house(tmp_path, furnish=["-m", "tests.support.furnish"]) as built:
        built.start("catch-all", "web", "worker")
        yield built
