"""The networks' servers, each with an account of ours that is set up for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tantam.desk.channels.messaging.accounts import Account
from tests.support import zalo as zalo_house
from tests.support.graph import NUMBER, PAGE, SECRET, TOKEN, WORD, Graph, graph_server
from tests.support.zalo import APP, OA, OA_SECRET, ZaloServer, zalo_server

OF_GRAPH = {"token": TOKEN, "secret": SECRET, "verify": WORD}


@pytest.fixture
def graph(settings: Any, plan: object) -> Iterator[Graph]:
    """WhatsApp's, with a number of ours."""
    with graph_server() as made:
        settings.MESSAGING = {"whatsapp": Account("whatsapp", made.place, OF_GRAPH | {"number": NUMBER})}
        settings.PRIVATE_HOOKS = True
        yield made


@pytest.fixture
def page(settings: Any, plan: object) -> Iterator[Graph]:
    """Messenger's, with a page of ours."""
    with graph_server() as made:
        settings.MESSAGING = {"messenger": Account("messenger", made.place, OF_GRAPH | {"page": PAGE})}
        settings.PRIVATE_HOOKS = True
        yield made


@pytest.fixture
def tokens(tmp_path: Path) -> Path:
    """Where Zalo's tokens are kept."""
    file = tmp_path / "zalo.json"
    file.write_text('{"refresh_token": "refresh-0"}')
    return file


@pytest.fixture
def zalo(settings: Any, plan: object, tokens: Path) -> Iterator[ZaloServer]:
    """Zalo's, with an account of ours."""
    with zalo_server() as made:
        keys = {"app": APP, "secret": zalo_house.SECRET, "oa": OA, "oa_secret": OA_SECRET, "tokens": str(tokens)}
        settings.MESSAGING = {"zalo": Account("zalo", made.place, keys)}
        settings.PRIVATE_HOOKS = True
        yield made
