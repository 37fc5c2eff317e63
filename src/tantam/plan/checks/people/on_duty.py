"""Who is there in an ordinary week, by the plan's shifts and duties."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tantam.plan.checks.hours.week import NEVER, Stretches, joined, named
from tantam.plan.sections.plan import Plan


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody who is there. levels, languages, channels: what of, () for any."""

    week: Stretches
    levels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()

    def can(self, *, level: str = "", language: str = "", channel: str = "") -> bool:
        """Return whether they are of this level, speak this language and serve this channel; "" is any."""
        asked = ((level, self.levels), (language, self.languages), (channel, self.channels))
        return all(not one or not mine or one in mine for one, mine in asked)


def on_duty(plan: Plan) -> list[OnDuty]:
    """Return everybody who is there by shifts, and whoever can be called by duties with hours; [] if unsaid."""
    return [*_shifts(plan), *_duties(plan)] if plan.shifts else []


def there(people: list[OnDuty], **asked: str) -> Stretches:
    """Return when somebody is there who can do what is asked (`level`, `language`, `channel`)."""
    return joined(each.week for each in people if each.can(**asked))


def _shifts(plan: Plan) -> Iterator[OnDuty]:
    for shift in plan.shifts.values():
        if shift.people < 1:
            continue
        team = plan.teams.get(shift.team)
        yield OnDuty(
            named(plan, shift.hours),
            shift.levels or (team.levels if team else ()),
            shift.languages or (team.languages if team else ()),
            shift.channels or (team.channels if team else ()),
        )


def _duties(plan: Plan) -> Iterator[OnDuty]:
    for duty in plan.duties.values():
        week = named(plan, duty.hours) if duty.hours else NEVER
        for who in duty.who:
            if team := plan.teams.get(who):
                yield OnDuty(week, team.levels, team.languages, team.channels)
            else:
                yield OnDuty(week, (who,))
