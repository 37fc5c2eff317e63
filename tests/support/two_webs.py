"""A house in which chats are always open, with a second web process beside the first."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from tests.support.house import STARTS_WITHIN_SECONDS, House, free_port
from tests.support.sources import ROOT

OF_OFFICE = "    label: {vi: Trò chuyện, de: Chat, en: Chat}\n    hours: office\n"


def always_chatting(folder: Path) -> str:
    """Return where the example's plan lies, its chat open around the clock."""
    plan = folder / "plan"
    shutil.copytree(ROOT / "plans/ben-xuan", plan)
    text = (plan / "plan.yaml").read_text(encoding="utf-8")
    assert OF_OFFICE in text
    (plan / "plan.yaml").write_text(text.replace(OF_OFFICE, OF_OFFICE.replace("office", "online")), encoding="utf-8")
    return str(plan)


def second_web(desk: House) -> int:
    """Start a second web process of the house, and return its port once it answers. Raises AssertionError."""
    port = free_port()
    with (desk.home / "second.log").open("ab") as log:
        command = [sys.executable, "-m", "tantam.cli", "serve", "--port", str(port)]
        started = subprocess.Popen(command, env=desk.environment, stdout=log, stderr=log, start_new_session=True)
    desk.processes["second"] = started
    until = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < until:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=5):
            return port
        time.sleep(0.1)
    raise AssertionError(f"The second server does not answer.\n{desk.said()}")
