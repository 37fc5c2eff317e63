"""`tantam language-server`: speaks to an editor over standard input and output, until the editor ends it."""

from __future__ import annotations

import sys

import typer

from tantam.cli.plans import UNREADABLE, usual_language
from tantam.plan.words import say

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def language_server() -> None:
    """Show an editor what is wrong with a plan as one types; see docs/howto/use-in-an-editor.md."""
    try:
        from tantam.editor.server import server
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in ("pygls", "lsprotocol", "attrs", "cattrs"):
            raise
        print(say("needs_editor", usual_language()), file=sys.stderr)
        raise typer.Exit(UNREADABLE) from missing
    server().start_io()
