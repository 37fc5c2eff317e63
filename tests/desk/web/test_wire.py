"""What a page weighs on the wire, with its styles and scripts, for a browser that comes for the first time."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.support.desk import opened

MOST = 100_000  # bytes, compressed


def _weight(browser: Client, path: str) -> int:
    html = browser.get(path).content
    asked = set(re.findall(r'(?:href|src)="([^"]+\.(?:css|js))"', html.decode()))
    return sum(len(gzip.compress(each)) for each in (html, *(_raw(browser, one) for one in asked)))


def _raw(browser: Client, address: str) -> bytes:
    if not address.startswith("/static/"):
        return browser.get(address).content
    return Path(str(finders.find(address.removeprefix("/static/")))).read_bytes()


@pytest.mark.parametrize("page", ["inbox", "case"])
def test_a_page_weighs_less_than_100_kilobytes(page: str, manager: Client, staff: Any, hoa: Any) -> None:
    cases = [opened(hoa, subject=f"Máy giặt kêu to, lần {n}") for n in range(30)]
    path = "/desk/?view=all" if page == "inbox" else f"/desk/cases/{cases[0].pk}/"
    weight = _weight(manager, path)
    assert 20_000 < weight < MOST, f"{path}: {weight} bytes"
