"""An assistant with the official client, over HTTP and over standard input, before a desk that runs."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client

from tests.support.house import House, house

FACTS = {"fault": "ours", "owned": "12 days", "danger": "no"}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, str]]:
    """A desk that serves, and the token of an assistant."""
    home: Path = tmp_path_factory.mktemp("house")
    with house(home, furnish=["-c", "pass"]) as desk:
        secret = desk.run("-m", "tests.support.assistant_house").strip()
        desk.start("web")
        yield desk, secret


@asynccontextmanager
async def over_http(desk: House, secret: str, mode: str) -> AsyncIterator[Client]:
    headers = {"Authorization": f"Bearer {secret}", "Accept-Language": "en"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=20) as http,
        Client(streamable_http_client(f"{desk.site}/mcp/", http_client=http), mode=mode) as client,
    ):
        yield client


@asynccontextmanager
async def over_stdio(desk: House, secret: str, mode: str) -> AsyncIterator[Client]:
    environment = {**desk.environment, "TANTAM_TOKEN": secret, "LC_ALL": "en_US.UTF-8"}
    parameters = StdioServerParameters(
        command=sys.executable, args=["-m", "tantam.cli", "mcp", "--desk", desk.site], env=environment
    )
    async with Client(stdio_client(parameters), mode=mode) as client:
        yield client


@pytest.mark.drill
@pytest.mark.parametrize("mode", ["auto", "legacy"])
@pytest.mark.parametrize("way", [over_http, over_stdio], ids=["http", "stdio"])
def test_customer_asks_and_is_handed_over_to_a_person(running: tuple[House, str], way: Any, mode: str) -> None:
    desk, secret = running

    async def journey() -> None:
        with anyio.fail_after(30):
            async with way(desk, secret, mode) as client:
                assert "hand_over" in (client.instructions or "")
                tools = {each.name for each in (await client.list_tools()).tools}
                assert {"search_knowledge", "decide", "open_case", "follow_case", "hand_over"} <= tools
                found = await _told(client, "search_knowledge", query="exchange faulty")
                assert found["found"][0]["clause"]
                answer = await _told(client, "decide", policy="exchange", facts=FACTS)
                assert answer["outcome"] == "replace" and answer["clause"] == "policies.exchange.decides#faulty"
                opened = await _told(
                    client,
                    "open_case",
                    words="It is loud.",
                    contact="hoa@example.com",
                    topic="faulty",
                    policy="exchange",
                    facts=FACTS,
                )
                handed = await _told(client, "hand_over", case=opened["link"], summary="An exchange; see the clause.")
                assert handed["case"] == opened["case"] and handed["owed"]
                refused = await client.call_tool("grant", {"case": opened["case"], "claim": "1", "amount": "1"})
                assert refused.is_error and refused.content[0].text  # type: ignore[union-attr]
                plan = await client.read_resource("tantam://plan/en")
                assert "policies.exchange" in plan.contents[0].text  # type: ignore[union-attr]

    anyio.run(journey)
    events = [code for (code,) in desk.ask("SELECT code FROM case_event ORDER BY id")]
    assert "opened" in events and "handed_over" in events


@pytest.mark.drill
def test_revoked_token_ends_both_ways_at_once(running: tuple[House, str]) -> None:
    desk, _ = running
    environment = {"TANTAM_TOKEN": "ttm_gone"}
    again = House(desk.home, {**desk.environment, **environment}, desk.port, desk.mail_in)
    with pytest.raises(AssertionError, match="cannot be asked"):
        again.run("-m", "tantam.cli", "mcp", "--desk", desk.site)


async def _told(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    answer = await client.call_tool(tool, arguments)
    assert not answer.is_error, answer.content
    told: dict[str, Any] = answer.structured_content
    return told
