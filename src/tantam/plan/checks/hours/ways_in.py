"""Checks that a customer can reach the company at every hour of the week, in whatever language and group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tantam.plan.checks.described import ERROR, NOTE, WARNING, Check, finding
from tantam.plan.checks.hours.week import ALWAYS, Stretches, joined, named, open_in, told, when, without
from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.plan import Plan

_ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class WayIn:
    """A channel as far as it is a way in. languages, groups: whom it is for, () for everybody."""

    name: str
    week: Stretches
    languages: tuple[str, ...]
    groups: tuple[str, ...]

    def serves(self, language: str, group: str) -> bool:
        """Return whether somebody of this group comes in with this language; "" is nobody in particular."""
        return (not self.languages or language in self.languages) and (not self.groups or group in self.groups)


def check_ways_in(plan: Plan) -> Iterator[Finding]:
    """Yield K10 if no channel serves at some hours of an ordinary week, K11 if the plan names no channel at all.

    K12 if the plan defines hours called `always` that are not day and night: whoever names them gets day and night.
    K100 for a language or group whose ways in leave out hours that others have.
    """
    if _ALWAYS in plan.hours and open_in(plan.hours[_ALWAYS], plan.hours[_ALWAYS].zone) != ALWAYS:
        yield finding("K12", Severity.ERROR, plan.place(f"hours.{_ALWAYS}"), f"hours.{_ALWAYS}")
    if not plan.channels:
        yield finding("K11", Severity.NOTE, plan.place("company"), "channels")
        return
    ways = ways_in(plan)
    closed = without(ALWAYS, joined(each.week for each in ways))
    if closed:
        shows = {"when": when(closed)}
        yield finding("K10", Severity.WARNING, plan.place("channels"), "channels", hours=told(closed), shows=shows)
    yield from _for_some(plan, ways, closed)


def ways_in(plan: Plan) -> list[WayIn]:
    """Return every channel with when it is open and whom it is for."""
    written = plan.document.channels or {}
    return [
        WayIn(name, named(plan, each.hours), tuple(written[name].languages or ()), tuple(written[name].groups or ()))
        for name, each in plan.channels.items()
    ]


def _for_some(plan: Plan, ways: list[WayIn], closed: Stretches) -> Iterator[Finding]:
    """Yield K100 for each language, and each group, with what is closed for it alone."""
    if any(each.languages for each in ways):
        for language in plan.languages:
            mine = _closed((each for each in ways if not each.languages or language in each.languages), closed)
            if mine:
                yield _found(plan, {"language": language}, mine)
    if any(each.groups for each in ways):
        for group in ("", *plan.groups):
            mine = _closed((each for each in ways if not each.groups or group in each.groups), closed)
            if mine:
                yield _found(plan, {"group": group or "-"}, mine)
                break  # whoever is in no group has the fewest ways in


def _closed(ways: Iterable[WayIn], closed: Stretches) -> Stretches:
    return without(without(ALWAYS, joined(each.week for each in ways)), closed)


def _found(plan: Plan, whom: dict[str, str], closed: Stretches) -> Finding:
    (who,) = whom.values()
    shows = {**whom, "when": when(closed)}
    place = plan.place("channels")
    return finding("K100", Severity.WARNING, place, "channels", who=who, hours=told(closed), shows=shows)


CHECK = Check({"K10": WARNING, "K11": NOTE, "K12": ERROR, "K100": WARNING}, check_ways_in)
