"""`tantam listen mail`: says what is wrong before it listens."""

from __future__ import annotations

import socket
from pathlib import Path

from typer.testing import CliRunner

from tantam.cli.listen import app
from tests.support.house import free_port


def test_certificate_that_is_none_is_named(db: None, tmp_path: Path) -> None:
    (tmp_path / "own.pem").write_text("no certificate")
    ended = CliRunner().invoke(app, ["mail", "--port", str(free_port()), "--certificate", str(tmp_path / "own.pem")])
    assert ended.exit_code == 2 and f"{tmp_path}/own.pem cannot be used" in ended.output


def test_port_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = CliRunner().invoke(app, ["mail", "--port", str(taken.getsockname()[1])])
    assert ended.exit_code == 2 and "is taken" in ended.output
