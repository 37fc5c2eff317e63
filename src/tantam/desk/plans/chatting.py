"""Whether the plan offers a chat, when it is open, what a first answer there is promised in, and where else to go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tantam.desk.plans import kinds
from tantam.desk.plans.running import RunningPlan, WayIn
from tantam.desk.plans.ways import CHAT
from tantam.plan import run
from tantam.plan.run import Fact, Openness, Standing


@dataclass(frozen=True, slots=True)
class FirstReply:
    """By when a chat that begins now is answered first, by which clause of the plan."""

    due: datetime
    clause: str


def channel(plan: RunningPlan) -> str:
    """Return the plan's channel for chats, "" where it offers none."""
    return next((each for each in CHAT if each in plan.plan.channels), "")


def openness(plan: RunningPlan, now: datetime) -> Openness:
    """Return whether chats are answered at `now`; of a plan that offers none, closed for good.

    The hours are the channel's own, or those in which somebody reads it where it names them; else always.
    """
    if not (name := channel(plan)):
        return Openness(open=False)
    found = plan.plan.channels[name]
    hours = found.answered or found.hours
    return run.open_now(plan.plan, hours, now=now) if hours else Openness(open=True)


def instead(plan: RunningPlan, now: datetime) -> WayIn | None:
    """Return the best way in while the chat is closed: what the plan says for that, and is open, else any that is."""
    ways = {each.name: each for each in plan.channels(now)}
    name, seen = channel(plan), set[str]()
    while name in plan.plan.channels and name not in seen:
        seen.add(name)
        name = plan.plan.channels[name].fallback
        if name in ways and ways[name].open:
            return ways[name]
    return next((each for each in ways.values() if each.open and each.name not in seen), None)


def first_reply(plan: RunningPlan, lang: str, now: datetime) -> FirstReply | None:
    """Return what a case by chat that begins now is owed as its first answer; None where the plan owes none.

    Nothing is known of its customer yet: who is, may be owed it sooner.
    """
    known = {"channel": channel(plan), "language": lang}
    placed = plan.triage(_terms(plan, known, now), now)
    known |= {"stage": placed.stage, "severity": placed.severity, "level": placed.level}
    owed = [each for each in plan.owed(_terms(plan, known, now), now) if each.kind == kinds.FIRST_REPLY]
    soonest = min(owed, key=lambda each: each.due, default=None)
    return FirstReply(soonest.due, soonest.because.clause) if soonest else None


def _terms(plan: RunningPlan, known: dict[str, str], now: datetime) -> dict[str, Fact]:
    facts = {name: Fact(value, Standing.RECORDED) for name, value in known.items() if value}
    return plan.terms_of({f"case.{name}": fact for name, fact in facts.items()}, facts, now)
