"""`tantam decide`: a policy's answer to facts, or a DMN model's, with its because."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from tantam.cli.ends import UNREADABLE, language
from tantam.plan.words import say

MODELS = (".dmn", ".xml")
YEARS = range(1900, 2200)

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def decide(
    plan: Annotated[Path, typer.Argument(help="A plan's file or folder, or a DMN model.")],
    policy: Annotated[str, typer.Argument(help="The policy to ask; the decision of a DMN model.")],
    facts: Annotated[list[str] | None, typer.Argument(help="What is known: term=value …")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
    now: Annotated[str, typer.Option(help="When the customer asked, as ISO date and time; now if left out.")] = "",
    lang: Annotated[str, typer.Option(help="vi, de or en.")] = "",
    facts_file: Annotated[Path | None, typer.Option("--facts", help="A DMN model's facts, a JSON object.")] = None,
) -> None:
    """Ask a policy, or a decision of a DMN model, for its answer to facts."""
    lang = language(lang)
    if plan.suffix.casefold() in MODELS:
        from tantam.cli.decide_dmn import decide_model  # only who asks a model waits for its language

        print(decide_model(plan, policy, (facts or [], facts_file), now=_moment(now), lang=lang))
        return
    if facts_file:
        typer.echo(say("dmn_only", lang), err=True)
        raise typer.Exit(UNREADABLE)
    from tantam.cli.decide_plan import decide_policy  # and only who asks a plan waits for its sections

    text, as_data = decide_policy(plan, policy, facts or [], now=_moment(now), lang=lang)
    print(as_data if as_json else text)


def _moment(written: str) -> datetime:
    if not written:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        moment = None
    if moment is None or moment.year not in YEARS:
        span = f"{YEARS[0]} to {YEARS[-1]}"
        typer.echo(f"“{written}” is no moment of {span}. Write it as 2026-11-21T09:00+07:00.", err=True)
        raise typer.Exit(UNREADABLE)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
