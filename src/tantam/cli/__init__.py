"""The command line. Each command is a file of its own, imported only when it is called: `check` never meets Django.

A module `tantam.cli.<name>` has a function of that name with Typer's annotations, or an `app` of several commands.
"""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Any, NoReturn

# name: module, and what `tantam --help` says of it
COMMANDS = {
    "new": ("tantam.cli.new", "Ask about twenty questions, write a whole plan."),
    "check": ("tantam.cli.check", "Say what is wrong with a plan, or could be."),
    "decide": ("tantam.cli.decide", "Ask a policy for its answer to facts."),
    "test": ("tantam.cli.test", "Run a plan's cases: facts, and the answers expected."),
    "sql": ("tantam.cli.sql", "Say a table of a plan in SQL."),
    "schema": ("tantam.cli.schema", "Print the JSON Schema of a plan, for editors."),
    "language-server": ("tantam.cli.language_server", "Show an editor what is wrong with a plan as one types."),
    "texts": ("tantam.cli.texts", "Take a plan's texts to translators, and bring them back."),
    "migrate": ("tantam.cli.migrate", "Bring a plan's files to the newest form."),
    "enact": ("tantam.cli.enact", "Check a plan, freeze it, number it, put it in force."),
    "direct": ("tantam.cli.direct", "Let something count otherwise for a while."),
    "compare": ("tantam.cli.compare", "Say what changed between two plans, and whom it touches."),
    "replay": ("tantam.cli.replay", "Try a draft on the past: what would have been due, kept, broken."),
    "publish": ("tantam.cli.publish", "Render a plan as pages that people read."),
    "import": ("tantam.cli.import_", "Take in what other systems know."),
    "serve": ("tantam.cli.serve", "Serve the desk over HTTP."),
    "work": ("tantam.cli.work", "Do what is due: deadlines, deliveries."),
    "receive": ("tantam.cli.receive", "Take in what comes from outside."),
    "fetch": ("tantam.cli.fetch", "Fetch mail from mailboxes, as `work` does by itself."),
    "listen": ("tantam.cli.listen", "Be the mail server of the desk's addresses."),
    "mcp": ("tantam.cli.mcp", "Be the tools of an AI assistant, at a desk that runs elsewhere."),
    "demo": ("tantam.cli.demo", "Show an example company at work."),
}
USAGE = 2
STOPPED = 130  # by Ctrl+C, as shells count it
CUT_OFF = 1  # as the commands themselves end when nobody reads on


def main() -> None:
    """Run the command that the arguments name; end with its exit code."""
    for name in ("stdout", "stderr"):  # a stream that the caller closed takes nothing
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a letter must not end the command
    try:
        _run(sys.argv[1:])
        sys.stdout.flush()
    except KeyboardInterrupt:  # also while a command is still being read
        raise SystemExit(STOPPED) from None
    except OSError as problem:
        if problem.filename or problem.errno not in (errno.ENOSPC, errno.EPIPE):
            raise
        _closed(problem)


def _run(arguments: list[str]) -> None:
    """Run what the arguments name. Raises SystemExit; OSError where the output cannot be written."""
    if not arguments or arguments[0] in ("--help", "-h", "help"):
        print(_help(), flush=True)
        raise SystemExit(0 if arguments else USAGE)
    if arguments[0] in ("--version", "-V"):
        from tantam import __version__

        print(f"tantam {__version__}", flush=True)
        raise SystemExit(0)
    name = arguments[0]
    if name not in COMMANDS:
        print(_unknown(name), file=sys.stderr)
        raise SystemExit(USAGE)
    made = command(name)
    from tantam.cli.misuse import call

    call(made, arguments[1:], f"tantam {name}")


def _closed(problem: OSError) -> NoReturn:
    """End where the output cannot be written; what is left of it is given up.

    Who read no further has seen enough and is told nothing; a full disk is told in the system's words.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if problem.errno == errno.ENOSPC:
        print(f"tantam: {problem.strerror}", file=sys.stderr)
    raise SystemExit(USAGE if problem.errno == errno.ENOSPC else CUT_OFF)


def command(name: str) -> Any:
    """Return the command, ready to be called with (arguments, prog_name=…). Imports its module."""
    import typer

    module = import_module(COMMANDS[name][0])
    app = getattr(module, "app", None)
    if app is None:
        app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        app.command()(getattr(module, name))
    return typer.main.get_command(app)


def _help() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {says}" for name, (_, says) in COMMANDS.items()]
    return "\n".join(
        [
            "Tantam runs a company's customer service plan.",
            "",
            "Usage: tantam COMMAND …     (tantam COMMAND --help says more)",
            "",
            *lines,
        ]
    )


def _unknown(name: str) -> str:
    from tantam.cli.ends import usual_language
    from tantam.plan.nearest import nearest
    from tantam.plan.words import say

    near = nearest(name, COMMANDS)
    key = "command_near" if near else "command_none"
    return say(key, usual_language(), name=name, nearest=near, allowed=", ".join(COMMANDS))
