"""`tantam direct`: lays a dated overlay on the plan in force. Exit 0 done, 1 it has errors, 2 it cannot be read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from tantam.cli import ready
from tantam.cli.ends import UNREADABLE, refused, usual_language
from tantam.cli.findings import print_findings
from tantam.cli.instants import instant_or_exit
from tantam.plan.words import say

HAS_ERRORS = 1


def direct(
    overlay: Annotated[Path, typer.Argument(help="A YAML file with what counts otherwise.")],
    until: Annotated[
        str, typer.Option(metavar="INSTANT", help="2026-12-01 or 2026-12-01T08:00, in the plan's time zone.")
    ],
    from_: Annotated[str, typer.Option("--from", metavar="INSTANT", help="Now, unless written.")] = "",
    because: Annotated[str, typer.Option(help="Why; everybody whom it binds reads it.")] = "",
    lang: Annotated[str, typer.Option(help="vi, de or en.")] = "",
) -> None:
    """Let something count otherwise than the plan in force says, until an instant: a directive.

    The plan with it is checked like a plan; errors keep it from being directed.
    """
    lang = lang or usual_language()
    try:
        text = overlay.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise refused(say("direct_unreadable", lang, file=overlay, problem=problem)) from problem
    ready.set_up()
    ready.prepare()
    _direct(overlay, text, because, (from_, until), lang)


def _direct(overlay: Path, text: str, because: str, written: tuple[str, str], lang: str) -> None:
    from django.utils.translation import override

    from tantam.desk import plans
    from tantam.desk.common.errors import Refused
    from tantam.desk.plans import PlanHasFindings, PlanUnreadable, actions

    with override(lang):
        try:
            zone = plans.in_force().timezone
            begins, ends = (instant_or_exit(each, zone, lang) if each else None for each in written)
            assert ends is not None
            title = overlay.stem.replace("_", " ").replace("-", " ")
            made = actions.direct(actions.NewDirective(title, text, because or title, ends, begins))
        except (PlanHasFindings, PlanUnreadable) as found:
            print_findings(found.findings, lang, sys.stderr)
            raise typer.Exit(HAS_ERRORS if isinstance(found, PlanHasFindings) else UNREADABLE) from found
        except Refused as problem:
            raise refused(problem.sentence()) from problem
    since, until = (f"{each.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M %Z}" for each in (made.begins_at, made.ends_at))
    print(say("direct_done", lang, number=made.number, since=since, until=until))
