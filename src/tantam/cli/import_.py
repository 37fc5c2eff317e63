"""`tantam import`: what other systems know, taken in. Exit 0 done (rejected rows are told), 2 unreadable."""

from __future__ import annotations

import gc
import json
import os
import shlex
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tantam.cli.ends import STOPPED, UNREADABLE, brought_by, language, refused
from tantam.cli.findings import print_findings
from tantam.plan.errors import PlanUnreadable
from tantam.plan.words import say

if TYPE_CHECKING:
    from tantam.history.imports.run import Imported

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)
# What every command has that takes in rows of people and what they have.
Dates = Annotated[str, typer.Option(help="day or month: what stands first in 03/04/2025.")]
Rejects = Annotated[Path | None, typer.Option(help="Where to write the rows that were not taken.")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Only say what the first rows would become.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")]


@app.callback()
def import_() -> None:
    """Take in what other systems know."""


@app.command()
def history(
    file: Annotated[Path, typer.Argument(help="The log: .csv, .xlsx, .xes, .parquet; .csv and .xes also .gz or .zip.")],
    mapping: Annotated[Path, typer.Option(help="What its columns mean: docs/reference/mapping.md.")],
    to: Annotated[Path | None, typer.Option(help="The history's folder; TANTAM_HOME/history if left out.")] = None,
    plan: Annotated[Path | None, typer.Option(help="A plan instead of the one that the mapping names.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what it came to as JSON.")] = False,
    lang: Annotated[str, typer.Option(help="vi, de or en.")] = "",
) -> None:
    """Make history of another system's log; what was imported of it before is replaced."""
    lang = language(lang)
    with brought_by("history", lang):
        from tantam.history.imports.mapping import read_mapping
        from tantam.history.imports.run import import_history
    # Millions of small tuples and no cycles: looking for some of those would take a fifth of the time.
    gc.set_threshold(200_000, 100, 100)
    to = to or Path(os.environ.get("TANTAM_HOME", "var")) / "history"
    try:
        with _shown(lang) as told:
            imported = import_history(file, read_mapping(mapping, plan), to, told=told, lang=lang)
    except PlanUnreadable as problem:
        print_findings(problem.findings, lang, sys.stderr)
        raise typer.Exit(UNREADABLE) from problem
    except KeyboardInterrupt:
        typer.echo(say("import_stopped", lang), err=True)
        raise typer.Exit(STOPPED) from None
    print(json.dumps(imported.plain(), ensure_ascii=False, indent=2) if as_json else _text(imported, to, lang))


def _command(rows: str, help_: str) -> None:
    """Add the command that takes in such rows."""

    @app.command(rows, help=help_)
    def take_in_rows(
        file: Annotated[Path, typer.Argument(help="CSV in any letters or .xlsx; of customers also .vcf.")],
        mapping: Annotated[Path | None, typer.Option(help="What its columns mean; known exports need none.")] = None,
        source: Annotated[str, typer.Option(help="A name for where it comes from, the same each time.")] = "",
        dates: Dates = "",
        rejects: Rejects = None,
        dry: Dry = False,
        as_json: AsJson = False,
        lang: Annotated[str, typer.Option(help="vi, de or en.")] = "",
    ) -> None:
        from tantam.cli.import_people import Asked, take_in

        take_in(Asked(rows, file, mapping, source, _order(dates, lang), rejects, dry, as_json, lang))


for _rows, _help in {
    "customers": "Take in customers of another system; the same file twice changes nothing.",
    "purchases": "Take in what was bought there; the same file twice changes nothing.",
    "contracts": "Take in contracts, after their customers; the same file twice changes nothing.",
    "units": "Take in serial numbers, after their purchases; the same file twice changes nothing.",
    "deliveries": "Take in deliveries, after their purchases; the same file twice changes nothing.",
}.items():
    _command(_rows, _help)


def _order(dates: str, lang: str) -> str:
    """Return what stands first in a day. Ends with 2 for what is neither."""
    if dates not in ("", "day", "month"):
        raise refused(say("import_dates", language(lang), got=dates))
    return dates


@contextmanager
def _shown(lang: str) -> Iterator[Callable[[str, float], None]]:
    """Yield what shows progress: a bar a step on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda step, share: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        bars = {
            step: progress.add_task(say(f"import_{step}", lang), total=1.0)
            for step in ("reading", "sorting", "writing")
        }
        yield lambda step, share: progress.update(bars[step], completed=share)


def _text(imported: Imported, to: Path, lang: str) -> str:
    key = "import_done" if imported.changed else "import_same"
    lines = [say(key, lang, source=imported.source)]
    lines += [say("import_counts", lang, rows=imported.rows, dropped=imported.dropped, cases=imported.cases)]
    lines += ["", say("import_events", lang)]
    lines += _counted("event", imported.events, lang)
    if never := [code for code, count in imported.events.items() if not count]:
        lines += ["", say("import_never", lang, events=", ".join(never))]
    if imported.rejected:
        lines += ["", say("import_rejected", lang, file=imported.rejects)]
        lines += _counted("reason", imported.rejected, lang)
    lacking = [*imported.unknown, *(term for term, count in imported.facts.items() if not count)]
    if lacking:
        lines += ["", say("import_unknown", lang, terms=", ".join(lacking))]
    return "\n".join([*lines, "", *_next(imported, to, lang)])


def _counted(what: str, counts: Mapping[str, int], lang: str) -> list[str]:
    """Return a line a code: how often, and what it means. what: event or reason."""
    return [f"  {code:<14} {count:>9}  {say(f'import_{what}_{code}', lang)}" for code, count in counts.items()]


def _next(imported: Imported, to: Path, lang: str) -> list[str]:
    """Return where to look next."""
    command = f"tantam replay PLAN --history {shlex.quote(str(to))} --source {imported.source}"
    return [
        say("import_next", lang),
        "  " + say("import_next_figures", lang, to=to, source=imported.source),
        "  " + say("import_next_replay", lang, command=command),
    ]
