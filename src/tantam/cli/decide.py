"""`tantam decide`: a policy's answer to facts, or a DMN model's, with its because."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from tantam.cli.plans import UNREADABLE, language, plan_or_exit, stop
from tantam.plan.errors import BadFact, UnknownName
from tantam.plan.run import Answer, aloud, filled, json_value, outcome_label, term_label
from tantam.plan.run import decide as ask
from tantam.plan.sections import Plan
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
    read = plan_or_exit(plan, lang)
    given = _given(facts or [])
    try:
        answer = ask(read, policy, given, now=_moment(now))
    except (UnknownName, BadFact) as problem:
        raise stop(problem, lang) from problem
    print(json.dumps(shown(read, answer, lang), ensure_ascii=False, indent=2) if as_json else _text(read, answer, lang))


def shown(plan: Plan, answer: Answer, lang: str) -> dict[str, Any]:
    """Return the answer for JSON: what the outcome carries, then why, then what follows."""
    outcome: dict[str, Any] = {"outcome": answer.outcome}
    outcome |= {name: json_value(value) for name, value in answer.outputs.items()}
    if answer.outcome == "collect":
        outcome["items"] = [{name: json_value(value) for name, value in each.items()} for each in answer.items]
    if answer.say:
        outcome["say"] = answer.say[0] if len(answer.say) == 1 else list(answer.say)
    because = answer.because
    reason = {"version": because.version, "clause": because.clause, "rule": because.rule, "text": because.text(lang)}
    stored = answer.stored()
    rest = {name: value for name, value in stored.items() if name not in ("outcome", "outputs", "items", "because")}
    return {"outcome": outcome, "because": reason, **rest}


def _text(plan: Plan, answer: Answer, lang: str) -> str:
    lines = [f"{answer.outcome}: {outcome_label(plan, answer.policy, answer.outcome, lang)}", answer.because.text(lang)]
    lines += [f"  {name}: {aloud(value, lang)}" for name, value in answer.outputs.items()]
    for item in answer.items:
        lines.append("  " + ", ".join(f"{name}: {aloud(value, lang)}" for name, value in item.items()))
    lines += [f"  “{filled(plan, key, lang, answer.outputs)}”" for key in answer.say]
    if answer.ask:
        lines.append(f"  ? {answer.ask} ({term_label(plan, answer.ask, lang)})")
    lines.append(f"  {answer.because.version} {answer.because.clause}")
    return "\n".join(lines)


def _given(facts: list[str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for written in facts:
        term, equals, value = (each.strip() for each in written.partition("="))
        if not equals or not term:
            typer.echo(f'“{written}” is no fact. Write term=value, such as owned="12 days".', err=True)
            raise typer.Exit(UNREADABLE)
        if term in given:
            typer.echo(f"{term} is given twice: “{given[term]}” and “{value}”. Keep one of them.", err=True)
            raise typer.Exit(UNREADABLE)
        given[term] = value
    return given


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
