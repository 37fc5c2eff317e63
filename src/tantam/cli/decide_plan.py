"""`tantam decide PLAN`: a policy's answer to facts, as text or JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tantam.cli.asked import Asked
from tantam.cli.plans import plan_or_exit, stop
from tantam.plan.errors import BadFact, UnknownName
from tantam.plan.run import Answer, aloud, decide, filled, json_value, outcome_label, term_label
from tantam.plan.sections import Plan


def decide_policy(path: Path, asked: Asked) -> tuple[str, str]:
    """Return the answer as text and as JSON text. Ends with 2 for bad input."""
    lang = asked.lang
    plan = plan_or_exit(path, lang)
    try:
        answer = decide(plan, asked.name, asked.facts, now=asked.now)
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
