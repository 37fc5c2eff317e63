"""`tantam fetch mail`: fetches what lies in the mailboxes, as `tantam work` does by itself; `--once` to try it."""

from __future__ import annotations

import signal
import threading
from typing import Annotated

import typer

from tantam.cli import ready

app = typer.Typer(
    help="Fetch what waits outside.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def fetch() -> None:
    """Fetch what waits outside."""


@app.command()
def mail(
    once: Annotated[bool, typer.Option("--once", help="Fetch what waits now, say what came of it, and end.")] = False,
) -> None:
    """Fetch mail from the mailboxes of TANTAM_MAILBOXES until it is stopped (Ctrl+C).

    With --once it ends with 0 if every mailbox could be fetched, with 1 if one could not, with 2 if there is none.
    """
    ready.set_up()
    ready.prepare()
    from django.conf import settings

    if not settings.MAILBOXES:
        typer.echo("There is no mailbox. Set TANTAM_MAILBOXES; docs/howto/receive-mail.md says how.", err=True)
        raise typer.Exit(2)
    if once:
        raise typer.Exit(_once())
    from tantam.desk.channels.email.fetching import watch_all

    stop = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stop.set())
    for thread in watch_all(stop):
        thread.join()


def _once() -> int:
    """Fetch each mailbox once and say what came of it; return the exit code."""
    from django.conf import settings

    from tantam.desk.channels.email import imap
    from tantam.desk.channels.email.fetching import Fetcher, Held

    failed = 0
    for each in settings.MAILBOXES:
        try:
            typer.echo(f"{each.name}: {Fetcher(each).fetch()} new")
        except Held:
            typer.echo(f"{each.name}: fetched by another worker just now")
        except imap.AWAY as away:
            failed = 1
            typer.echo(f"{each.name}: {type(away).__name__}: {away}", err=True)
    return failed
