"""`tantam receive mail < message.eml`: takes one mail in, as a mail server hands it over."""

from __future__ import annotations

import sys

import typer

from tantam.cli import ready
from tantam.desk.channels.email.mailboxes import LARGEST

app = typer.Typer(
    help="Take in what comes from outside.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

TRY_AGAIN = 75  # EX_TEMPFAIL: a mail server keeps the mail and tries again
TOO_LARGE = 65  # EX_DATAERR: a mail server sends it back


@app.callback()
def receive() -> None:
    """Take in what comes from outside."""


@app.command()
def mail() -> None:
    """Store the mail on standard input, then read it into its case. Prints the case's reference.

    Exit 0: stored, whatever it says. Exit 2: there was no mail. Exit 65: it is larger than 25 MB; the mail server sends
    it back. Exit 75: not stored; the mail server tries again.
    """
    raw = sys.stdin.buffer.read(LARGEST + 1)
    if len(raw) > LARGEST:
        typer.echo("The mail is larger than 25 MB and is not taken.", err=True)
        raise typer.Exit(TOO_LARGE)
    if not raw.strip():
        typer.echo("There is no mail on standard input. Use: tantam receive mail < message.eml", err=True)
        raise typer.Exit(2)
    kept = _stored(raw)
    from tantam.desk.arrivals import intake

    try:
        read = intake.take_in(kept)
    except Exception as error:  # it is stored, and `tantam work` reads it again
        typer.echo(f"Stored as {kept}, to be read by `tantam work`: {type(error).__name__}: {error}", err=True)
        return
    typer.echo(read.case.reference if read.case else f"Stored as {kept}, no case: {read.problem}")


def _stored(raw: bytes) -> int:
    """Return the id under which the mail is stored for good. Ends the command with 75 if it is not."""
    try:
        ready.set_up()
        from tantam.desk.channels.email import incoming

        return incoming.store(raw).pk
    except Exception as error:  # whatever it is, the sender must keep the mail
        typer.echo(f"Not stored, hand it over again: {type(error).__name__}: {error}", err=True)
        typer.echo("If the database is new, start `tantam serve` once.", err=True)
        raise typer.Exit(TRY_AGAIN) from error
