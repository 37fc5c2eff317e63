"""`tantam decide PLAN`: a policy's answer to facts, as text or JSON."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tantam.cli.asked import Asked
from tantam.cli.ends import stop
from tantam.cli.plans import plan_or_exit
from tantam.plan.errors import BadFact, NeverOpens, UnknownName
from tantam.plan.run import (
    Answer,
    aloud,
    decide,
    due_at,
    filled,
    json_value,
    outcome_label,
    term_label,
    why_in_time,
)
from tantam.plan.sections import Plan
from tantam.plan.spoken import spoken
from tantam.plan.tables.values import Span
from tantam.plan.words import say


def decide_policy(path: Path, asked: Asked) -> tuple[str, str]:
    """Return the answer as text and as JSON text. Ends with 2 for bad input."""
    lang = asked.lang
    plan = plan_or_exit(path, lang)
    try:
        answer = decide(plan, asked.name, asked.facts, now=asked.now)
    except (UnknownName, BadFact) as problem:
        raise stop(problem, lang) from problem
    due = _due(plan, answer, asked)
    told = shown(plan, answer, lang) | ({"due": due} if due else {})
    return _text(plan, answer, lang, due), json.dumps(told, ensure_ascii=False, indent=2)


def _due(plan: Plan, answer: Answer, asked: Asked) -> dict[str, Any]:
    """Return when what is granted must be done, and what the clock of the promises counts until then; {} if unsaid."""
    within = answer.outputs.get("within")
    if not isinstance(within, Span) or within.is_zero or answer.starts:
        return {}
    clock, start = plan.promises.clock, asked.now.astimezone(ZoneInfo(plan.zone))
    try:
        at = due_at(plan, start, within, clock).astimezone(start.tzinfo)
        counted = why_in_time(plan, clock, start=start, within=within, lang=asked.lang)
    except NeverOpens:
        return {}
    return {"at": at.isoformat(), "counted": counted or None}


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


def _text(plan: Plan, answer: Answer, lang: str, due: dict[str, Any]) -> str:
    lines = [f"{answer.outcome}: {outcome_label(plan, answer.policy, answer.outcome, lang)}", answer.because.text(lang)]
    lines += [f"  {name}: {aloud(value, lang)}" for name, value in answer.outputs.items()]
    if due:
        said = say("decide_due", lang, due=spoken(datetime.fromisoformat(due["at"]), lang))
        lines.append("  " + " ".join(filter(None, (said, due["counted"]))))
    for item in answer.items:
        lines.append("  " + ", ".join(f"{name}: {aloud(value, lang)}" for name, value in item.items()))
    lines += [f"  “{filled(plan, key, lang, answer.outputs)}”" for key in answer.say]
    for each in answer.instead:
        told = [outcome_label(plan, each.policy, each.outcome, lang)]
        told += [f"{name}: {aloud(value, lang)}" for name, value in each.outputs.items()]
        lines.append("  " + say("decide_or", lang, what=f"{each.outcome} ({'; '.join(told)})"))
    if answer.ask:
        lines.append(f"  ? {answer.ask} ({term_label(plan, answer.ask, lang)})")
    lines.append(f"  {answer.because.version} {answer.because.clause}")
    return "\n".join(lines)
