"""When and where the company is reached, who may decide what, how customers of each group are cared for."""

from __future__ import annotations

from tantam.plan.calendars import Hours, Interval
from tantam.plan.publish.contents.aims import points_of
from tantam.plan.publish.paper import Audience, Block, Cell, Clause, Grid, Head, Item, Line, Note, Part, Points, Prose
from tantam.plan.publish.procedures import words
from tantam.plan.publish.speech import Speech, spaced
from tantam.plan.sections.clauses import Channel, Group, Level
from tantam.plan.spoken import day, spoken

MIDNIGHT = 24 * 60
WHOLE_DAY = (Interval(0, MIDNIGHT),)


def reached(speech: Speech, _: Audience) -> Part:
    """When and how the company can be reached."""
    plan = speech.plan
    clauses = []
    if plan.channels:
        heads = tuple(Head(speech.say(f"head_{name}")) for name in ("channel", "address", "open", "closed"))
        lines = tuple(_channel(speech, each) for each in plan.channels.values())
        clauses.append(Clause("channels", speech.say("channels"), (Grid(heads, lines),)))
    if plan.hours:
        clauses.append(Clause("hours", speech.say("hours"), _week(speech)))
    return Part("reached", speech.say("part_reached"), tuple(clauses))


def _channel(speech: Speech, channel: Channel) -> Line:
    plan = speech.plan
    hours = plan.hours.get(channel.hours)
    always = hours is None or is_always(hours)
    fallback = speech.named(plan.channels, channel.fallback) if channel.fallback else "–"
    cells = (
        Cell(speech.pick(channel.label, spaced(channel.name))),
        Cell(channel.address or "–", open=not channel.address),
        Cell(speech.say("day_and_night") if always else speech.label(channel.hours)),
        Cell("–" if always else fallback, open=always or not channel.fallback),
    )
    return Line(f"channels.{channel.name}", cells)


def is_always(hours: Hours) -> bool:
    """Whether these hours never close."""
    whole = all(each == WHOLE_DAY for each in hours.week)
    return whole and not (hours.dates or hours.holidays.codes or hours.specials or hours.feeds or hours.combined)


def _week(speech: Speech) -> tuple[Block, ...]:
    """The week, a line for each hours' name, with days of the same times said together."""
    lines, notes = [], []
    for name, hours in speech.plan.hours.items():
        if is_always(hours):
            said: tuple[str, ...] = (speech.say("day_and_night"),)
        else:
            said = tuple(f"{days}: {times}" for days, times in _days(speech, hours))
        lines.append(
            Line(f"hours.{name}", (Cell(speech.label(name)), Cell(said[0], said[1:]), Cell(_holidays(speech, hours))))
        )
        for date, intervals in hours.dates:
            notes.append(Item(_intervals(speech, intervals), f"{speech.label(name)}, {day(date, speech.lang)}"))
    heads = tuple(Head(speech.say(f"head_{name}")) for name in ("who", "times", "holidays"))
    zone = Note(speech.say("zone", zone=_city(speech)))
    return (Grid(heads, tuple(lines)), *([Points(tuple(notes))] if notes else []), zone)


def _city(speech: Speech) -> str:
    """The city that the company's time zone is named after; in words where its name in IANA's list has none."""
    city = speech.plan.zone.rpartition("/")[2]
    return speech.known(f"city_{city}") or city.replace("_", " ")


def _holidays(speech: Speech, hours: Hours) -> str:
    return speech.say("shut" if hours.holidays.codes else "as_usual")


def _days(speech: Speech, hours: Hours) -> list[tuple[str, str]]:
    names = speech.say("weekdays").split()
    runs: list[tuple[int, int]] = []
    for number, intervals in enumerate(hours.week):
        if runs and hours.week[runs[-1][0]] == intervals:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return [
        (names[first] if first == last else f"{names[first]}–{names[last]}", _intervals(speech, hours.week[first]))
        for first, last in runs
    ]


def _intervals(speech: Speech, intervals: tuple[Interval, ...]) -> str:
    if intervals == WHOLE_DAY:
        return speech.say("all_day")
    return ", ".join(_interval(speech, each) for each in intervals) or speech.say("shut")


def _interval(speech: Speech, interval: Interval) -> str:
    over = interval.end > MIDNIGHT
    end = interval.end - MIDNIGHT if over else interval.end
    times = f"{interval.start // 60:02}:{interval.start % 60:02}–{end // 60:02}:{end % 60:02}"
    return speech.say("next_day", times=times) if over else times


def levels(speech: Speech, audience: Audience) -> Part:
    """Who decides; to staff also up to which amount."""
    plan = speech.plan
    clauses = tuple(_level(speech, each, audience) for each in plan.levels.values())
    return Part("levels", speech.say("part_levels"), clauses)


def _level(speech: Speech, level: Level, audience: Audience) -> Clause:
    blocks: list[Block] = [Prose(speech.pick(level.duty))] if level.duty else []
    above = level.escalates_to.get("")
    if above:
        blocks.append(Note(speech.say("asks_above", level=speech.named(speech.plan.levels, above))))
    if audience is Audience.STAFF:
        items = []
        if level.handles:
            severities = [speech.value(each, ("severity",)) for each in level.handles]
            items.append(Item(speech.both(severities), speech.say("handles"), f"levels.{level.name}.handles"))
        for kind, amount in level.authority.items():
            limit = speech.say("is_at_most", value=spoken(amount, speech.lang))
            items.append(Item(limit, kind_label(speech, kind), f"levels.{level.name}.authority.{kind}"))
        blocks += [Points(tuple(items))] if items else []
    return Clause(f"levels.{level.name}", speech.pick(level.label, spaced(level.name)), tuple(blocks))


KINDS = frozenset(
    [
        "consultation",
        "warranty",
        "exchange",
        "refund",
        "support",
        "benefit",
        "promotion",
        "change",
        "goodwill",
        "repair",
    ]
)


def kind_label(speech: Speech, kind: str) -> str:
    """Return what a kind of policy is called."""
    if kind in speech.plan.labels or kind not in KINDS:
        return speech.label(kind)
    return speech.say(f"kind_{kind}")


def groups(speech: Speech, _: Audience) -> Part:
    """Who belongs to which group, and how each is cared for."""
    clauses = tuple(_group(speech, each) for each in speech.plan.groups.values())
    return Part("groups", speech.say("part_groups"), clauses)


def _group(speech: Speech, group: Group) -> Clause:
    blocks: list[Block] = [Prose(speech.pick(group.care))] if group.care else []
    if group.when is not None:
        blocks.append(Note(speech.say("belongs", condition=speech.sentence(group.when)), f"groups.{group.name}.when"))
    return Clause(f"groups.{group.name}", speech.pick(group.label, spaced(group.name)), tuple(blocks))


def conduct(speech: Speech, _: Audience) -> Part:
    """How staff behave, and how they write."""
    document = speech.plan.document
    clauses = []
    if document.conduct:
        items = tuple(Item(words(speech, each), "", f"conduct.{name}") for name, each in document.conduct.items())
        clauses.append(Clause("conduct", speech.say("conduct"), (Points(items),)))
    if isinstance(document.courtesy, dict):
        clauses.append(Clause("courtesy", speech.say("courtesy"), points_of(speech, "courtesy", document.courtesy)))
    return Part("conduct", speech.say("part_conduct"), tuple(clauses))
