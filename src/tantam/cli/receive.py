"""`tantam receive mail < message.eml`: takes one mail in, as a mail server hands it over."""

from __future__ import annotations

import sys

import typer

app = typer.Typer(help="Take in what comes from outside.", no_args_is_help=True)

TRY_AGAIN = 75  # EX_TEMPFAIL: a mail server keeps the mail and tries again


@app.callback()
def receive() -> None:
    """Take in what comes from outside."""


@app.command()
def mail() -> None:
    """Store the mail on standard input, then read it into its case. Prints the case's reference.

    Exit 0: stored, whatever it says. Exit 75: not stored; the mail server tries again.
    """
    raw = sys.stdin.buffer.read()
    if not raw.strip():
        typer.echo("There is no mail on standard input. Use: tantam receive mail < message.eml", err=True)
        raise typer.Exit(2)
    _set_up()
    from tantam.desk.channels.email import incoming

    try:
        kept = incoming.store(raw)
    except Exception as error:  # nothing may be lost: the sender keeps it
        typer.echo(f"The mail was not stored, give it to us again: {type(error).__name__}: {error}", err=True)
        raise typer.Exit(TRY_AGAIN) from error
    try:
        kept = incoming.take_in(kept.pk)
    except Exception as error:  # stored; `tantam work` reads it again
        typer.echo(f"Stored as {kept.pk}, to be read by `tantam work`: {type(error).__name__}: {error}", err=True)
        return
    typer.echo(kept.case.reference if kept.case else f"Stored as {kept.pk}, no case: {kept.problem}")


def _set_up() -> None:
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tantam.desk.settings")
    django.setup()
