"""`tantam listen mail`: takes mail in over SMTP, stores it and says so; `tantam work` reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tantam.cli import ready
from tantam.cli.serve import LAST_PORT, check_free

app = typer.Typer(
    help="Listen for what comes from outside.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def listen() -> None:
    """Listen for what comes from outside."""


@app.command()
def mail(
    port: Annotated[int, typer.Option(min=1, max=LAST_PORT, help="The port to listen on.")] = 2525,
    host: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 for every one.")] = "127.0.0.1",
    certificate: Annotated[Path | None, typer.Option(help="A certificate with its chain (PEM), for STARTTLS.")] = None,
    key: Annotated[Path | None, typer.Option(help="Its key, where the certificate's file has none.")] = None,
) -> None:
    """Take mail for the desk's addresses until it is stopped (Ctrl+C); each is stored before it is acknowledged."""
    check_free(host, port)
    ready.set_up()
    ready.prepare()
    from tantam.desk.channels.email import listener

    try:
        tls = listener.secured(str(certificate), str(key or "")) if certificate else None
    except OSError as none:  # ssl.SSLError is one
        typer.echo(f"{certificate} cannot be used for STARTTLS: {none}", err=True)
        raise typer.Exit(2) from none
    typer.echo(f"Mail is taken at {host}:{port} until Ctrl+C; `tantam work` reads it.", err=True)
    listener.listen(host, port, tls=tls)
