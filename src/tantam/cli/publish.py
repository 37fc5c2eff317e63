"""`tantam publish`: a plan as pages that people read. Exit 0 written, 2 unreadable or not to be written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from tantam.cli.plans import UNREADABLE, plan_or_exit, stop, usual_language
from tantam.plan.errors import UnknownName
from tantam.plan.publish import Audience
from tantam.plan.publish import publish as write


def publish(
    plan: Annotated[Path, typer.Argument(help="A plan's file or folder.")],
    to: Annotated[Path, typer.Option(help="The folder to write to; it is made if it is not there.")],
    lang: Annotated[list[str] | None, typer.Option(help="Only this language of the plan; may be given again.")] = None,
    audience: Annotated[Audience, typer.Option(help="For whom.")] = Audience.CUSTOMER,
) -> None:
    """Write a page and a Markdown file for each of the plan's languages, and a diagram for each procedure."""
    own = usual_language()
    read = plan_or_exit(plan, own)
    try:
        written = write(read, to, lang or (), audience=audience)
    except UnknownName as problem:
        raise stop(problem, own) from problem
    except OSError as problem:
        print(f"{problem.filename or to}: {problem.strerror or problem}", file=sys.stderr)
        raise typer.Exit(UNREADABLE) from problem
    for each in written:
        print(each)
