"""A real browser before a real desk: Chromium from this machine, the desk in processes of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The machine's Chromium. It ends with its module: a browser's event loop would stay in the way of other tests."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(find_or_install(CHROMIUM)), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[House]:
    """A whole desk, running, with a few customers and nothing to do."""
    with house(tmp_path, furnish=["-m", "tests.support.furnish"]) as built:
        built.start("catch-all", "web", "worker")
        yield built
