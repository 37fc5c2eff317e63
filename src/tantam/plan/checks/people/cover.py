"""Checks that somebody is there: for each severity while its promises run, for each channel in each language."""

from __future__ import annotations

from collections.abc import Iterator

from tantam.plan.checks.described import WARNING, Check, finding
from tantam.plan.checks.hours.promised import promised
from tantam.plan.checks.hours.week import ALWAYS, Stretches, joined, named, told, when, without
from tantam.plan.checks.people.on_duty import OnDuty, on_duty, there
from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.plan import Plan


def check_cover(plan: Plan) -> Iterator[Finding]:
    """Yield K120 for a severity that nobody on duty handles at some hours in which its promises run.

    K121 for a channel and language, or a channel of a group, without staff at some of its hours. Only for plans that
    write their shifts.
    """
    people = on_duty(plan)
    if people:
        yield from _severities(plan, people)
        yield from _channels(plan, people)


def _severities(plan: Plan, people: list[OnDuty]) -> Iterator[Finding]:
    """Whoever stands above a level that handles it can as well. Hours when nobody at all is there have K101."""
    anybody = there(people)
    rows = list(promised(plan))
    for severity in plan.severities:
        lowest = min((each.rank for each in plan.levels.values() if severity in each.handles), default=None)
        if lowest is None:
            continue
        able = joined(there(people, level=each.name) for each in plan.levels.values() if each.rank >= lowest)
        runs = joined(each.week for each in rows if each.is_for(severity))
        missing = without(without(runs, able), without(ALWAYS, anybody))
        if missing:
            shows = {"severity": severity, "when": when(missing)}
            args = {"severity": severity, "hours": told(missing)}
            yield finding("K120", Severity.WARNING, plan.place("company.shifts"), "company.shifts", **args, shows=shows)


def _channels(plan: Plan, people: list[OnDuty]) -> Iterator[Finding]:
    for name, channel in plan.channels.items():
        answered: Stretches = named(plan, channel.answered or channel.hours)
        if answered == ALWAYS and not channel.answered:
            continue  # it takes in what comes; whether anybody reads it then is unsaid
        written = (plan.document.channels or {})[name]
        for language in written.languages or plan.languages:
            missing = without(answered, there(people, channel=name, language=language))
            if missing:
                groups = {"group": ", ".join(written.groups)} if written.groups else {}
                shows = {**groups, "channel": name, "language": language, "when": when(missing)}
                args = {"channel": name, "language": language, "hours": told(missing)}
                yield finding("K121", Severity.WARNING, channel.place, f"channels.{name}", **args, shows=shows)


CHECK = Check({"K120": WARNING, "K121": WARNING}, check_cover)
