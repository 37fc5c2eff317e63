"""`tantam decide`: a policy's answer to facts, or a DMN model's, with its because."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tantam.cli.asked import Asked, moment, written_facts
from tantam.cli.ends import MODELS, language, refused
from tantam.plan.words import say

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
    asked = Asked(policy, written_facts(facts or [], lang), facts_file, moment(now, lang), lang)
    if plan.suffix.casefold() in MODELS:
        from tantam.cli.decide_dmn import decide_model  # only who asks a model waits for its language

        print(decide_model(plan, asked))
        return
    if facts_file:
        raise refused(say("dmn_only", lang))
    from tantam.cli.decide_plan import decide_policy  # and only who asks a plan waits for its sections

    text, as_data = decide_policy(plan, asked)
    print(as_data if as_json else text)
