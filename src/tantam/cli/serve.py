"""`tantam serve`: the desk's pages and interface over HTTP, one port."""

from __future__ import annotations

import errno
import os
import socket
from typing import Annotated

import typer

from tantam.cli import ready

LAST_PORT = 65535


def serve(
    port: Annotated[int, typer.Option(min=1, max=LAST_PORT, help="The port to listen on.")] = 8000,
    host: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 for every one.")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(min=1, help="Processes that answer; one a core.")] = 1,
) -> None:
    """Serve the desk until it is stopped (Ctrl+C)."""
    check_free(host, port)
    ready.set_up()
    ready.prepare()
    if os.environ.get("TANTAM_DEMO") != "1":  # the demo says so itself, with its accounts
        say_where(host, port)
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "tantam.desk.rsgi:application",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=workers,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_enabled=os.environ.get("TANTAM_DEBUG") == "1",
    ).serve()


def say_where(host: str, port: int) -> None:
    """Say where the pages are, and, as long as nobody can sign in, how the first account is made."""
    from tantam.desk.accounts.models import Person

    typer.echo(f"http://{host}:{port}/ is served until Ctrl+C; the desk is /desk/.", err=True)
    if not Person.objects.exists():
        typer.echo(
            "Nobody can sign in yet. The first account, an administrator's, is made by\n"
            "  DJANGO_SETTINGS_MODULE=tantam.desk.settings python -m django createsuperuser\n"
            "and everybody else's on the desk, under Team, People and rights.",
            err=True,
        )


def check_free(host: str, port: int) -> None:
    """End the command with its reason where something else listens at the address."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            why = "is taken" if taken.errno == errno.EADDRINUSE else f"cannot be listened on ({taken.strerror})"
            other = f"--port {port + 1}, or make run PORT={port + 1}"
            typer.echo(f"{host}:{port} {why}. Stop what listens there, or choose another: {other}", err=True)
            raise typer.Exit(2) from taken
