"""`tantam language-server`: speaks to an editor over standard input and output, until the editor ends it."""

from __future__ import annotations

import typer

from tantam.cli.ends import brought_by, usual_language

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def language_server() -> None:
    """Show an editor what is wrong with a plan as one types; see docs/howto/use-in-an-editor.md."""
    with brought_by("editor", usual_language()):
        from tantam.editor.server import server
    server().start_io()
