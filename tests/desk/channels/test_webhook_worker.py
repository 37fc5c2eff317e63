"""Threads of the worker: a slow address holds up no other, what a killed worker left is swept up; the howto works."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tantam.desk.channels.webhooks import sending
from tantam.desk.channels.webhooks.actions import send_test
from tantam.desk.channels.webhooks.models import Delivery, Endpoint
from tantam.desk.common import standard_webhooks, work
from tantam.desk.common.models import DueWork
from tests.desk.api.world import administrator
from tests.desk.channels.receiver import Receiver, receiving
from tests.support.house import free_port
from tests.support.sources import ROOT

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 20.0


@pytest.fixture
def receivers(settings: Any) -> Iterator[tuple[Receiver, Receiver]]:
    settings.PRIVATE_HOOKS = True
    with receiving() as slow, receiving() as quick:
        yield slow, quick
    for each in threading.enumerate():
        if each.name.startswith("webhook "):
            each.join(SECONDS)


def _endpoint(url: str, secret: str = "") -> Endpoint:
    secret = secret or standard_webhooks.new_secret()
    return Endpoint.objects.create(url=url, wants=["*"], secret=secret, made_at=work.clock.now())


def _until(holds: Callable[[], bool]) -> bool:
    ends = time.monotonic() + SECONDS
    while time.monotonic() < ends:
        if holds():
            return True
        time.sleep(0.05)
    return False


def _taken(endpoint: Endpoint) -> int:
    return Delivery.objects.filter(endpoint=endpoint, state=Delivery.State.TAKEN).count()


def test_slow_address_holds_up_no_other_and_gets_one_at_a_time(receivers: tuple[Receiver, Receiver], db: None) -> None:
    slow, quick = receivers
    slow.waits, by = 1.5, administrator()
    first, second = _endpoint(slow.url), _endpoint(quick.url)
    for _ in range(3):
        send_test(first, by)
    for _ in range(3):
        send_test(second, by)
    began = time.monotonic()
    while work.run_due(50):
        pass
    assert time.monotonic() - began < 1.4, "the worker waits for none"
    assert _until(lambda: _taken(second) == 3) and _taken(first) < 3
    assert len(slow.taken) <= 2, "one at a time"
    assert _until(lambda: _taken(first) == 3)
    ids = [headers["webhook-id"] for headers, _body in slow.taken]
    assert ids == sorted(ids)


def test_what_a_killed_worker_left_is_swept_up(receivers: tuple[Receiver, Receiver], db: None) -> None:
    _slow, quick = receivers
    endpoint, by = _endpoint(quick.url), administrator()
    send_test(endpoint, by)
    now = work.clock.now()
    DueWork.objects.update(done_at=now)  # it had taken up the work,
    Endpoint.objects.update(leased_until=now + sending.LEASE)  # held the address, and was killed
    sending.sweep_webhooks({})
    assert not _until_short(lambda: bool(quick.taken))
    Endpoint.objects.update(leased_until=now)  # a minute later
    sending.sweep_webhooks({})
    assert _until(lambda: _taken(endpoint) == 1) and len(quick.taken) == 1


def test_the_receiver_of_the_howto_takes_what_is_sent(settings: Any, db: None) -> None:
    settings.PRIVATE_HOOKS = True
    page = (ROOT / "docs/howto/webhooks.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", page, re.S)
    port, secret = free_port(), standard_webhooks.new_secret()
    around = os.environ | {"WEBHOOK_SECRET": secret, "PORT": str(port)}
    running = subprocess.Popen([sys.executable, "-c", program], env=around, stdout=subprocess.PIPE, text=True)
    try:
        assert _until(lambda: _listens(port))
        right, wrong = _endpoint(f"http://127.0.0.1:{port}/", secret), _endpoint(f"http://127.0.0.1:{port}/")
        by = administrator()
        for each in (right, wrong):
            send_test(each, by)
            sending.send_due(each.pk)
        assert Delivery.objects.get(endpoint=right).status == 204
        assert Delivery.objects.get(endpoint=wrong).status == 401
    finally:
        running.terminate()
        said, _ = running.communicate(timeout=SECONDS)
    assert said.startswith("test")


def _until_short(holds: Callable[[], bool]) -> bool:
    time.sleep(0.3)
    return holds()


def _listens(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0
