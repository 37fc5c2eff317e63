"""`tantam replay`: what a draft would have meant for the past. Exit 0, 2 unreadable, 130 stopped."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar
from zoneinfo import ZoneInfo

import typer

from tantam.cli.ends import STOPPED, brought_by, language, refused
from tantam.cli.plans import plan_or_exit
from tantam.history.events import DESK
from tantam.history.past_cases import Wanted, ends, past_cases
from tantam.plan.nearest import listed
from tantam.plan.sections import Plan
from tantam.plan.whatif import PastCase, Replayed, beside_record, difference
from tantam.plan.whatif import replay as replayed
from tantam.plan.words import say

if TYPE_CHECKING:
    from tantam.cli.replay_shown import Shown
    from tantam.history.past import Past

YEARS = range(1900, 2200)

Day = TypeVar("Day", bound=date)

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def replay(
    draft: Annotated[Path, typer.Argument(help="The draft: a plan's file or folder.")],
    history: Annotated[Path, typer.Option(help="The directory of a history, as an import or a desk writes it.")],
    against: Annotated[Path | None, typer.Option(help="The plan to compare with; else what history recorded.")] = None,
    since: Annotated[str, typer.Option(help="Only cases opened on this day or later.")] = "",
    until: Annotated[str, typer.Option(help="Only cases opened on this day or earlier.")] = "",
    source: Annotated[str, typer.Option(help="Only cases of this source.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    lang: Annotated[str, typer.Option(help="vi, de or en.")] = "",
) -> None:
    """Replay a draft over past cases: what would have been due when, what would have been broken, what nobody knows."""
    from tantam.cli.replay_shown import as_plain, as_text

    lang = language(lang)
    plan = plan_or_exit(draft, lang)
    other = plan_or_exit(against, lang) if against else None
    # What a desk looked for is what the plan compared with asks for.
    known = {DESK: frozenset(other.terms)} if other else {}
    wanted = Wanted(_day(since, plan, lang, 0), _day(until, plan, lang, 1), source, known)
    try:
        shown = _shown(plan, other, _past(history, lang), wanted, lang)
        print(json.dumps(as_plain(shown, lang), ensure_ascii=False, indent=1) if as_json else as_text(shown, lang))
    except KeyboardInterrupt:
        print(say("replay_stopped", lang), file=sys.stderr)
        raise typer.Exit(STOPPED) from None


def _shown(plan: Plan, other: Plan | None, past: Past, wanted: Wanted, lang: str) -> Shown:
    from tantam.cli.replay_shown import Shown

    cases, end = _cases(past, wanted, lang)
    before = _replayed(other, cases, end, lang) if other else None
    after = _replayed(plan, cases, end, lang)
    found = difference(after, before) if before else beside_record(after)
    return Shown(plan, after, before, found)


def _past(directory: Path, lang: str) -> Past:
    """Return the history in a directory; if there is none, or it is damaged, say so and end with 2."""
    with brought_by("history", lang):
        from tantam.history.past import open_past
        from tantam.history.store import HistoryDamaged, manifest
    if not (directory / manifest.NAME).is_file():
        raise refused(say("replay_no_history", lang, directory=directory))
    try:
        past = open_past(directory)
    except (HistoryDamaged, OSError) as damaged:
        raise refused(str(damaged)) from damaged
    if not past.sources():
        raise refused(say("replay_no_history", lang, directory=directory))
    return past


def _cases(past: Past, wanted: Wanted, lang: str) -> tuple[list[PastCase], datetime]:
    """Return the cases, and when history ends."""
    names = [each.name for each in past.sources()]
    if wanted.source and wanted.source not in names:
        raise refused(say("replay_no_source", lang, got=wanted.source, allowed=listed(names)))
    with _progress(say("replay_reading", lang), None) as tell:
        cases = []
        for each in past_cases(past, wanted):
            cases.append(each)
            if not len(cases) % 500:
                tell(len(cases))
    end = ends(past, wanted.source)
    assert end is not None  # there is a source, so there are events
    return cases, end


def _replayed(plan: Plan, cases: list[PastCase], end: datetime, lang: str) -> Replayed:
    with _progress(say("replay_going_on", lang, plan=plan.name), len(cases)) as tell:
        return replayed(plan, cases, until=end, progress=tell)


@contextmanager
def _progress(words: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Show on a terminal how far it is; elsewhere say nothing."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(words, total=total)
        yield lambda done: progress.update(task, completed=done)


def _day(written: str, plan: Plan, lang: str, days: int) -> datetime | None:
    """Return the instant that is written: an instant as it is, a day as the midnight `days` after its beginning."""
    if not written:
        return None
    zone = ZoneInfo(plan.zone)
    try:
        if len(written) == len("2026-11-21"):
            return datetime.combine(_near(date.fromisoformat(written)) + timedelta(days=days), time.min, zone)
        moment = _near(datetime.fromisoformat(written))
    except ValueError as problem:
        raise refused(say("replay_no_date", lang, got=written)) from problem
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _near(day: Day) -> Day:
    """Return the day. Raises ValueError for one so far away that no case can have been opened then."""
    if day.year not in YEARS:
        raise ValueError(day)
    return day
