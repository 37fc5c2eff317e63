"""Reads the plan's procedures into flows of steps; what is not written as steps has no flow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.plan.errors import TantamError
from tantam.plan.publish.flow import Flow, Step, Way
from tantam.plan.publish.speech import Speech, spaced
from tantam.plan.run.cells import cell_value
from tantam.plan.sections.base import by_language
from tantam.plan.tables.types import Duration

OTHERWISE = "otherwise"


def flows(speech: Speech) -> tuple[Flow, ...]:
    """Return a flow for every procedure that has steps, in the plan's order."""
    return tuple(flow(speech, name, written) for name, written in procedures(speech).items() if _steps(written))


def procedures(speech: Speech) -> dict[str, Mapping[str, Any]]:
    """Return the procedures as written, those that are mappings."""
    written = speech.plan.document.procedures
    return {name: each for name, each in written.items() if isinstance(each, dict)} if isinstance(written, dict) else {}


def title(speech: Speech, name: str, written: Mapping[str, Any]) -> str:
    """Return what people call a procedure."""
    return words(speech, written.get("label") or written.get("name")) or spaced(name)


def words(speech: Speech, text: Any) -> str:
    """Return a text of the document in the speech's language, "" if it is none."""
    return speech.pick(by_language(text, speech.plan.languages)) if isinstance(text, str | dict) else ""


def flow(speech: Speech, name: str, written: Mapping[str, Any]) -> Flow:
    """Return a procedure as a flow. The procedure has steps; one without `next` goes on with the step below it."""
    written_steps = _steps(written)
    names = list(written_steps)
    steps = []
    for position, (step, spec) in enumerate(written_steps.items()):
        after = names[position + 1] if position + 1 < len(names) else ""
        steps.append(
            Step(
                step,
                str(spec.get("who") or "customer"),
                words(speech, spec.get("do")) or words(speech, spec.get("ask")) or spaced(step),
                tuple(each for each in _ways(speech, spec, after) if each.to in written_steps),
                decides="branches" in spec,
                time=_time(speech, spec),
            )
        )
    lanes = {each.lane: speech.lane(each.lane) for each in steps}
    return Flow(name, title(speech, name, written), lanes, tuple(steps))


def _steps(written: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    steps = written.get("steps")
    if isinstance(steps, list):
        steps = {
            str(each.get("name") or number): each for number, each in enumerate(steps, 1) if isinstance(each, dict)
        }
    return (
        {str(name): each for name, each in steps.items() if isinstance(each, dict)} if isinstance(steps, dict) else {}
    )


def _ways(speech: Speech, spec: Mapping[str, Any], after: str) -> list[Way]:
    branches = spec.get("branches")
    if not isinstance(branches, dict):
        following = str(spec.get("next") or ("" if "next" in spec else after))
        return [Way(following)] if following and following != "-" else []
    policy = str(spec.get("decide") or "")
    by_target: dict[str, list[str]] = {}
    for outcome, target in branches.items():
        by_target.setdefault(str(target), []).append(_branch(speech, policy, str(outcome)))
    return [Way(target, speech.either(when)) for target, when in by_target.items()]


def _branch(speech: Speech, policy: str, outcome: str) -> str:
    return speech.say("otherwise_inside") if outcome == OTHERWISE else speech.outcome(policy, outcome)


def _time(speech: Speech, spec: Mapping[str, Any]) -> str:
    for key, said in (("within", "step_within"), ("wait_for", "step_waits")):
        written = spec.get(key)
        if not isinstance(written, str):
            continue
        try:
            value = cell_value(speech.plan, written, Duration(None))
        except TantamError:
            value = None
        return speech.filled(said, span=value if value is not None else speech.label(written))
    return ""
