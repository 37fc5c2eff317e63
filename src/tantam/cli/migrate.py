"""`tantam migrate`: a plan's files in the newest form. Exit 0 nothing left to do, 1 it would change, 2 unreadable."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path
from typing import Annotated

import typer

from tantam.cli.ends import UNREADABLE, language, stop
from tantam.cli.findings import print_findings
from tantam.plan.errors import NotEditable, PlanUnreadable
from tantam.plan.files import Source, read_sources
from tantam.plan.files.forms import FORMS, Forms
from tantam.plan.files.migrate import migrated, oldest_form
from tantam.plan.files.sources import encoded
from tantam.plan.words import say

WOULD_CHANGE = 1


def migrate(
    plan: Annotated[Path, typer.Argument(help="A plan's file or folder.")],
    write: Annotated[bool, typer.Option("--write", help="Change the files, not only show how.")] = False,
    lang: Annotated[str, typer.Option(help="vi, de or en.")] = "",
) -> None:
    """Bring a plan's files to the form that this Tantam writes; comments and layout stay."""
    lang = language(lang)
    try:
        changes = changed(read_sources(plan), FORMS)
    except PlanUnreadable as unreadable:
        print_findings(unreadable.findings, lang, sys.stderr)
        raise typer.Exit(UNREADABLE) from unreadable
    except NotEditable as problem:
        raise stop(problem, lang) from problem
    if not changes:
        print(say("MIGRATE_newest", lang, plan=plan, form=FORMS.newest))
        return
    for old, new in changes:
        if write:
            file = Path(old.name)
            file.write_bytes(encoded(new.text, file.read_bytes()))
            print(old.name)
        else:
            print(_difference(old, new))
    raise typer.Exit(0 if write else WOULD_CHANGE)


def changed(sources: tuple[Source, ...], forms: Forms) -> list[tuple[Source, Source]]:
    """Return each file that changes, as it is and as it will be."""
    form = oldest_form(sources)
    if form is None or form >= forms.newest:
        return []
    pairs = [(each, migrated(each, form, forms)) for each in sources]
    return [(old, new) for old, new in pairs if old.text != new.text]


def _difference(old: Source, new: Source) -> str:
    lines = difflib.unified_diff(old.text.splitlines(), new.text.splitlines(), old.name, old.name, lineterm="", n=1)
    return "\n".join(lines)
