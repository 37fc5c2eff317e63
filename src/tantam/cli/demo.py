"""`tantam demo`: the example company with a year of life, served and worked for; its mail never leaves the machine."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from tantam.cli import ready
from tantam.cli.children import watch
from tantam.cli.ends import refused, usual_language
from tantam.cli.findings import print_findings
from tantam.cli.plans import plan_or_exit
from tantam.cli.serve import LAST_PORT, check_free
from tantam.plan.words import say

EXAMPLE = Path("plans/ben-xuan")
_console = Console(highlight=False)


def demo(
    plan: Annotated[Path, typer.Argument(help="The plan to put in force if none is.")] = EXAMPLE,
    port: Annotated[int, typer.Option(min=1, max=LAST_PORT, help="The port of the pages.")] = 8000,
) -> None:
    """Show Tantam at work: load the example if there is no data yet, then serve it until Ctrl+C."""
    check_free("127.0.0.1", port)
    _surroundings(port)
    ready.set_up()
    with _only_one(port):
        with _console.status("Getting the database ready …"):
            ready.prepare()
        _load(plan)
        _run(port)


@contextmanager
def _only_one(port: int) -> Iterator[None]:
    """Keep the home for this demo alone; ends the command, saying where the other one is, if there is one."""
    with ready.held("demo.lock") as file:
        if file is None:
            there = ready.noted("demo.lock")
            raise refused(say("demo_twice", usual_language(), home=ready.home(), port=there or port))
        file.write(str(port))
        file.flush()
        yield


def _surroundings(port: int) -> None:
    """Set what the children inherit: the demo's marks, and a port of its own for the mail that is caught."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        mail_port = free.getsockname()[1]
    os.environ["TANTAM_DEMO"] = "1"
    os.environ["TANTAM_SMTP_URL"] = f"smtp://127.0.0.1:{mail_port}"
    os.environ.setdefault("TANTAM_BASE_URL", f"http://localhost:{port}")


def _load(path: Path) -> None:
    """Enact the plan and make the year, unless that was done before. Ends with what is wrong with the plan."""
    from tantam.desk.demo import load
    from tantam.desk.plans import PlanHasFindings
    from tantam.desk.reports.export import export

    if load.is_loaded():
        return
    lang = usual_language()
    plan = plan_or_exit(path, lang)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
    )
    try:
        with Progress(*columns) as bar:
            task = bar.add_task("Making a year of customers …", total=1.0)
            made = load.load(plan, datetime.now(UTC), told=lambda share: bar.update(task, completed=share))
    except PlanHasFindings as found:
        print_findings(found.findings, lang, sys.stderr)
        raise typer.Exit(1) from found
    with _console.status("Writing its history …"):
        export()
    if not made:
        _console.print(
            "This desk starts without customers: a year can be made only for plans/ben-xuan. "
            "Write to it as a customer at the first address below, and answer at the desk. Earlier cases of another "
            "system come in with: tantam import history LOG --mapping MAPPING"
        )


def _print_addresses(port: int, stop: threading.Event) -> None:
    """Say where everything is, once the server answers."""
    from tantam.desk.demo import PASSWORD
    from tantam.desk.demo.sample import purchase_to_try
    from tantam.desk.demo.staff import shown

    while not _answers(port):
        if stop.wait(0.2):
            return
    site = f"http://localhost:{port}"
    _console.print("\n[bold]Tantam is running.[/bold]  Stop it with Ctrl+C.\n")
    _console.print(f"  For customers        {site}/")
    _console.print(f"  The desk             {site}/desk/")
    _console.print(f"  Mail that was sent   {site}/demo/mail/\n")
    for title, address in shown():
        _console.print(f"  {title:<20} {address:<28} {PASSWORD}")
    if known := purchase_to_try():
        _console.print("\n  A purchase to try    {}, bought by {}".format(*known))
    _console.print("\n  These accounts are for the demo only.\n")


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _run(port: int) -> None:
    tantam = [sys.executable, "-m", "tantam.cli"]
    stop = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stop.set())
    commands = {
        "The mail catcher": [sys.executable, "-m", "tantam.desk.channels.email.catchall"],
        "The worker": [*tantam, "work"],
        "The server": [*tantam, "serve", "--port", str(port)],
    }
    threading.Thread(target=_print_addresses, args=[port, stop], daemon=True).start()
    watch(commands, stop, say=lambda words: _console.print(words))
    _console.print("Stopped. The data stays; `make run` goes on with it.")
