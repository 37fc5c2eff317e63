"""`tantam publish`: a plan as people read it. Exit 0 written, 1 a part failed and the rest stands, 2 unreadable."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from tantam.cli.ends import UNREADABLE, sentence, stop, usual_language
from tantam.cli.plans import plan_or_exit
from tantam.plan.errors import NotInstalled, TantamError, UnknownName
from tantam.plan.publish import Audience, Failed, Published
from tantam.plan.publish import publish as write
from tantam.plan.words import say

INCOMPLETE = 1


def publish(
    plan: Annotated[Path, typer.Argument(help="A plan's file or folder.")],
    to: Annotated[Path, typer.Option(help="The folder to write to; it is made if it is not there.")],
    lang: Annotated[list[str] | None, typer.Option(help="Only this language of the plan; may be given again.")] = None,
    audience: Annotated[Audience, typer.Option(help="For whom.")] = Audience.CUSTOMER,
    on: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="The day that the PDF names; today if left out."),
    ] = None,
) -> None:
    """Write a page, a PDF and a Markdown file for each language, with diagrams, tables and calendars of hours.

    Without Typst (pip install "tantam[publish]") there is no PDF, which is said and is no failure. What an earlier run
    wrote into the folder and this one does not is taken away, unless it was changed since.
    """
    own = usual_language()
    read = plan_or_exit(plan, own)
    try:
        done = write(read, to, lang or (), audience=audience, on=_day(on))
    except UnknownName as problem:
        raise stop(problem, own) from problem
    except OSError as problem:
        print(f"{problem.filename or to}: {problem.strerror or problem}", file=sys.stderr)
        raise typer.Exit(UNREADABLE) from problem
    _told(done, own)
    if any(not isinstance(each.problem, NotInstalled) for each in done.failed):
        raise typer.Exit(INCOMPLETE if done.written else UNREADABLE)


def _day(on: datetime | None) -> date:
    return (on or datetime.now(UTC).astimezone()).date()


def _told(done: Published, lang: str) -> None:
    for each in done.written:
        print(each)
    for each in done.removed:
        print(say("PUBLISH_removed", lang, file=str(each)), file=sys.stderr)
    for each in done.kept:
        print(say("PUBLISH_kept", lang, file=str(each)), file=sys.stderr)
    for failed in done.failed:
        print(say("PUBLISH_failed", lang, part=failed.part, why=_why(failed, lang)), file=sys.stderr)


def _why(failed: Failed, lang: str) -> str:
    match failed.problem:
        case TantamError() as problem:
            return sentence(problem, lang)
        case OSError(strerror=reason):
            return str(reason or failed.problem)
        case problem:
            return f"{type(problem).__name__}: {problem}"
