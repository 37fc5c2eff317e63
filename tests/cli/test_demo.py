"""`tantam demo`: refuses a port that is taken, serves what it loaded, and ends with Ctrl+C leaving nothing behind."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tantam import cli
from tests.support.house import House, free_port, house
from tests.support.sources import ROOT


def _demo(home: House, port: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tantam.cli", "demo", "--port", str(port)]
    return subprocess.Popen(
        command, cwd=ROOT, env=home.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def test_taken_port_is_said_with_another_to_choose(tmp_path: Path) -> None:
    with house(tmp_path, furnish=["-c", ""]) as home, socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        demo = _demo(home, port)
        said, _ = demo.communicate(timeout=60)
    assert demo.returncode == 2
    assert f"127.0.0.1:{port} is taken" in said
    assert f"--port {port + 1}" in said


def test_a_second_demo_in_one_home_is_told_where_the_first_one_is(tmp_path: Path) -> None:
    with house(tmp_path, furnish=["-c", ""]) as home, open(tmp_path / "demo.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("8123")
        lock.flush()
        demo = _demo(home, free_port())
        said, _ = demo.communicate(timeout=60)
    assert demo.returncode == 2
    assert str(tmp_path) in said and "http://localhost:8123/" in said and "TANTAM_HOME" in said


@pytest.mark.parametrize("command", ["demo", "serve"])
@pytest.mark.parametrize("port", ["0", "-5", "65536", "99999", "abc"])
def test_what_is_no_port_is_refused(command: str, port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.command(command)(["--port", port])
    assert ended.value.code == 2 and "--port" in capsys.readouterr().err


@pytest.mark.drill
def test_demo_goes_on_with_its_data_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    with house(tmp_path, furnish=["-m", "tests.support.furnish", "5"]) as home:
        port = free_port()
        demo = _demo(home, port)
        assert demo.stdout is not None
        lines = []
        while "These accounts" not in (line := demo.stdout.readline()):
            assert line or demo.poll() is None, "".join(lines)
            lines.append(line)
        said = "".join(lines)
        assert f"http://localhost:{port}/desk/" in said
        assert "agent@ben-xuan.example" in said
        number = said.split("A purchase to try ")[1].strip().split(",")[0]
        assert home.ask(f"SELECT count(*) FROM customers_purchase WHERE number = '{number}'") == [(1,)]
        assert home.ask("SELECT count(*) FROM cases_case") == [(5,)]
        demo.send_signal(signal.SIGINT)
        rest, _ = demo.communicate(timeout=30)
        assert demo.returncode == 0, rest
        assert "Traceback" not in rest
        time.sleep(0.2)
        assert not _children_left(tmp_path)


@pytest.mark.drill
def test_a_year_that_was_not_finished_leaves_nothing(tmp_path: Path) -> None:
    with house(tmp_path, furnish=["-c", "from tantam.cli import ready; ready.set_up(); ready.prepare()"]) as home:
        demo = _demo(home, free_port())
        try:
            until = time.monotonic() + 240
            while not (tmp_path / "second-half.sqlite3").exists():
                assert time.monotonic() < until and demo.poll() is None
                time.sleep(0.05)
            demo.send_signal(signal.SIGINT)
            said, _ = demo.communicate(timeout=240)
        finally:
            demo.kill()
        assert demo.returncode != 0
        assert "Traceback" not in said
        assert home.ask("SELECT count(*) FROM accounts_person") == [(0,)]
        assert not list(tmp_path.glob("*-half.sqlite3*")) and not list(tmp_path.glob("being-made*"))


def _children_left(home: Path) -> list[str]:
    """Return the processes that still carry this home in their environment."""
    left = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            if str(home).encode() in (each / "environ").read_bytes() and int(each.name) != os.getpid():
                left.append((each / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return left
