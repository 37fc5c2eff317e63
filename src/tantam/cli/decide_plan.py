"""`tantam decide PLAN`: a policy's answer to facts, as text or JSON."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import typer

from tantam.cli.plans import UNREADABLE, plan_or_exit, stop
from tantam.plan.errors import BadFact, UnknownName
from tantam.plan.run import Answer, aloud, decide, filled, json_value, outcome_label, term_label
from tantam.plan.sections import Plan


def decide_policy(path: Path, policy: str, facts: list[str], *, now: datetime, lang: str) -> tuple[str, str]:
    """Return the answer as text and as JSON text. Ends with 2 for bad input."""
    plan = plan_or_exit(path, lang)
    given = _given(facts)
    try:
        answer = decide(plan, policy, given, now=now)
    except (UnknownName, BadFact) as problem:
        raise stop(problem, lang) from problem
    return _text(plan, answer, lang), json.dumps(shown(plan, answer, lang), ensure_ascii=False, indent=2)


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
