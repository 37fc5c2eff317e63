"""How long a customer's words take to an agent's page: 200 open conversations on two web processes over PostgreSQL.

The rival is the page that asks every four seconds whether anything happened (docs/decisions/0013), in the same run.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any

from bench import Row
from tests.support.house import House, house
from tests.support.postgres import cluster
from tests.support.two_webs import always_chatting, second_web

OPEN = 200
AGENTS = 10
TOGETHER = 8  # conversations that begin at the same time
MESSAGES = 100
PAUSE_SECONDS = 0.2  # between two messages: five a second of all customers together
ASK_SECONDS = 4.0  # as live.js asks
WAIT_SECONDS = 15.0
MANY = {"TANTAM_FILED_PER_HOUR": "1000000"}

SETTLED = """
import django, time; django.setup()
from tantam.desk.common.models import DueWork
until = time.monotonic() + 120
while time.monotonic() < until and DueWork.objects.filter(kind="route_case", done_at=None, failed_at=None).exists():
    time.sleep(0.5)
"""
SIGN_IN = f"""
import django; django.setup()
from django.test import Client
from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Case
from tantam.desk.chats.models import Visitor
people = [Person.objects.create(email=f"b{{i}}@desk.example", name=f"B {{i}}", level="agent", password="!")
          for i in range({AGENTS})]
for number, case in enumerate(Visitor.objects.order_by("id").values_list("case_id", flat=True)):
    Case.objects.filter(pk=case).update(owner=people[number % {AGENTS}])
for each in people:
    browser = Client(); browser.force_login(each); print("sessionid=" + browser.cookies["sessionid"].value)
"""


@dataclass
class Run:
    """sent: when each text was sent. seen: how long after that an agent's stream told it; asked: a page that asks."""

    ports: tuple[int, int]
    sent: dict[str, float] = field(default_factory=dict)
    seen: dict[str, float] = field(default_factory=dict)
    asked: dict[str, float] = field(default_factory=dict)


def rows() -> Iterator[Row]:
    """Yield the median and the 95th of 100."""
    with tempfile.TemporaryDirectory() as folder, cluster() as database:
        plan = always_chatting(Path(folder))
        furnish = ["-m", "tests.support.furnish", "20", plan]
        with house(Path(folder), furnish=furnish, TANTAM_DATABASE_URL=database, **MANY) as desk:
            desk.start("web", "worker")
            run = asyncio.run(_measured(desk, (desk.port, second_web(desk))))
    lost = len(run.sent) - len(run.seen)
    assert not lost, f"{lost} of {len(run.sent)} messages were not told."
    note = f"a page that asks every four seconds; {OPEN} open conversations, {AGENTS} agents, two web processes"
    ours, rival = _shares(run.seen), _shares(run.asked)
    for name, at in (("median", 49), ("95 of 100", 94)):
        what = f"a customer's words in the chat to the agent, {name}"
        yield Row(what, ours[at], rival[at], rival[at] / ours[at], note)


def _shares(found: dict[str, float]) -> list[float]:
    return quantiles(found.values(), n=100)


async def _measured(desk: House, ports: tuple[int, int]) -> Run:
    run = Run(ports)
    tokens: list[str] = []
    for begin in range(0, OPEN, TOGETHER):
        tokens += await asyncio.gather(*(_begun(run, number) for number in range(begin, begin + TOGETHER)))
    await asyncio.to_thread(desk.run, "-c", SETTLED)  # who fits each of so many that came at once
    cookies = (await asyncio.to_thread(desk.run, "-c", SIGN_IN)).split()
    beside = [asyncio.create_task(_window(run, number, token)) for number, token in enumerate(tokens)]
    beside += [asyncio.create_task(_agent(run, number, cookie)) for number, cookie in enumerate(cookies)]
    beside += [asyncio.create_task(_asking(run, number, cookie)) for number, cookie in enumerate(cookies)]
    await asyncio.sleep(ASK_SECONDS)
    for number in range(MESSAGES):
        text = f"words {number}"
        at = number % OPEN
        run.sent[text] = time.monotonic()
        told = {"text": text, "client_id": f"m{number}"}
        await _post(run.ports[at % 2], "write", told, tokens[at])
        await asyncio.sleep(PAUSE_SECONDS)
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until and min(len(run.seen), len(run.asked)) < MESSAGES:
        await asyncio.sleep(0.1)
    for each in beside:
        each.cancel()
    await asyncio.gather(*beside, return_exceptions=True)
    return run


async def _begun(run: Run, number: int) -> str:
    port = run.ports[number % 2]
    token = str((await _post(port, "start", {"lang": "vi", "consent": True, "name": f"K {number}"}, ""))["token"])
    await _post(port, "write", {"text": "Alo", "client_id": "first"}, token)
    return token


async def _window(run: Run, number: int, token: str) -> None:
    """Keep a visitor's stream open, as their window does."""
    async for _ in _stream(run.ports[number % 2], f"/chat/stream?token={token}", ""):
        pass


async def _agent(run: Run, number: int, cookie: str) -> None:
    """Note when a stream tells an agent of each message; it is at the other process than half of its customers."""
    async for name, told in _stream(run.ports[number % 2], "/desk/chats/stream", cookie):
        if name == "message" and (sent := run.sent.get(told["text"])):
            run.seen.setdefault(told["text"], time.monotonic() - sent)


async def _asking(run: Run, number: int, cookie: str) -> None:
    """Ask as the inbox does; what changed is fetched, and all that was sent before it was asked is seen then."""
    port, mark = run.ports[number % 2], ""
    await asyncio.sleep(number * ASK_SECONDS / AGENTS)
    while True:
        asked = time.monotonic()
        headers = {"Cookie": cookie} | ({"If-None-Match": mark} if mark else {})
        status, found, _ = await _asked(port, "GET", "/desk/live/", headers)
        if status == 200:
            mark = found.get("etag", "")
            await _asked(port, "GET", "/desk/", {"Cookie": cookie, "HX-Request": "true"})
            now = time.monotonic()
            mine = (text for text in list(run.sent) if int(text.split()[1]) % OPEN % AGENTS == number)
            for text in mine:
                if run.sent[text] < asked:
                    run.asked.setdefault(text, now - run.sent[text])
        await asyncio.sleep(max(0.0, asked + ASK_SECONDS - time.monotonic()))


async def _post(port: int, door: str, told: dict[str, Any], token: str) -> dict[str, Any]:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Chat {token}"} if token else {})
    status, _, body = await _asked(port, "POST", f"/chat/{door}", headers, json.dumps(told).encode())
    assert status == 201, (door, status, body[:200])
    return dict(json.loads(body))


async def _asked(
    port: int, method: str, path: str, headers: dict[str, str], body: bytes = b""
) -> tuple[int, dict[str, str], bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(_head(method, path, headers | {"Connection": "close", "Content-Length": str(len(body))}) + body)
        status = int((await reader.readline()).split()[1])
        found = await _headers(reader)
        return status, found, await reader.read()
    finally:
        writer.close()


async def _stream(port: int, path: str, cookie: str) -> Any:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(_head("GET", path, {"Cookie": cookie} if cookie else {}))
        status = int((await reader.readline()).split()[1])
        assert status == 200, (path, status)
        await _headers(reader)
        name = ""
        while line := (await reader.readline()).decode().rstrip("\r\n") + "\n":
            if line.startswith("event: "):
                name = line[7:-1]
            elif line.startswith("data: "):
                yield name, json.loads(line[6:])
            elif reader.at_eof():
                return
    finally:
        writer.close()


def _head(method: str, path: str, headers: dict[str, str]) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def _headers(reader: asyncio.StreamReader) -> dict[str, str]:
    found = {}
    while line := (await reader.readline()).decode("latin-1").strip():
        name, _, value = line.partition(": ")
        found[name.lower()] = value
    return found
