"""When and where the company is reached: ways in, places, the week, and the days on which it differs."""

from __future__ import annotations

from datetime import date

from tantam.plan.calendars import Hours, Interval
from tantam.plan.calendars.hours import How, Reckoning, Special
from tantam.plan.publish.paper import Audience, Block, Cell, Clause, Grid, Head, Item, Line, Note, Part, Points, Prose
from tantam.plan.publish.speech import Speech, spaced
from tantam.plan.run import unsaid
from tantam.plan.sections.clauses import Channel
from tantam.plan.sections.clauses_care import Quiet
from tantam.plan.sections.clauses_people import Site
from tantam.plan.sections.plan import Plan
from tantam.plan.spoken import MONTHS, day

MIDNIGHT = 24 * 60
WHOLE_DAY = (Interval(0, MIDNIGHT),)


def reached(speech: Speech, _: Audience) -> Part:
    """When and how the company can be reached."""
    plan = speech.plan
    clauses = []
    if plan.channels:
        heads = tuple(Head(speech.say(f"head_{name}")) for name in ("channel", "address", "open", "closed"))
        lines = tuple(_channel(speech, each) for each in plan.channels.values())
        clauses.append(Clause("channels", speech.say("channels"), (Grid(heads, lines), *_going_on(speech))))
    if plan.sites:
        heads = tuple(Head(speech.say(f"head_{name}")) for name in ("place", "where", "open"))
        lines = tuple(_site(speech, each) for each in plan.sites.values())
        clauses.append(Clause("company.sites", speech.say("sites"), (Grid(heads, lines),)))
    if plan.hours:
        clauses.append(Clause("hours", speech.say("hours"), _week(speech)))
    if plan.courtesy.quiet is not None:
        clauses.append(Clause("courtesy.quiet", speech.say("quiet"), _quiet(speech, plan.courtesy.quiet)))
    return Part("reached", speech.say("part_reached"), tuple(clauses))


def _channel(speech: Speech, channel: Channel) -> Line:
    plan = speech.plan
    hours = plan.hours.get(channel.hours)
    always = hours is None or is_always(hours)
    fallback = speech.named(plan.channels, channel.fallback) if channel.fallback else "–"
    cells = (
        Cell(speech.pick(channel.label, spaced(channel.name))),
        Cell(channel.address or "–", open=not channel.address),
        Cell(said_hours(speech, channel.hours)),
        Cell("–" if always else fallback, open=always or not channel.fallback),
    )
    return Line(f"channels.{channel.name}", cells)


def _going_on(speech: Speech) -> tuple[Note, ...]:
    """How long one goes on in the same case by chats and networks; by when whoever called in vain is called."""
    notes = []
    for name, each in speech.plan.channels.items():
        said = {"channel": speech.inside(speech.pick(each.label, spaced(name)))}
        if name in unsaid.TALKS:
            span = unsaid.goes_on(speech.plan, name)
            notes.append(Note(speech.filled("goes_on", span=span, **said), f"channels.{name}.goes_on"))
        if name in unsaid.PHONE:
            if not unsaid.promises_calls(speech.plan):
                notes.append(Note(speech.filled("called_back", span=unsaid.CALLED_BACK)))
            span = unsaid.tries_again(speech.plan, name)
            notes.append(Note(speech.filled("tries_again", span=span, **said), f"channels.{name}.tries_again"))
    return tuple(notes)


def _quiet(speech: Speech, quiet: Quiet) -> tuple[Block, ...]:
    """When nobody is written to unasked, and what goes out all the same."""
    kept = Prose(speech.say("quiet_kept"))
    span = unsaid.awake(speech.plan)
    times = "; ".join(_times(speech, speech.plan.hours[quiet.hours]))
    items = [Item(times, speech.label(quiet.hours), f"hours.{quiet.hours}")]
    items.append(Item(speech.filled("quiet_awake", span=span), "", "courtesy.quiet.awake"))
    if quiet.but:
        names = speech.both([speech.value(each, ("severity",)) for each in quiet.but])
        items.append(Item(speech.say("quiet_but", severities=names), "", "courtesy.quiet.but"))
    return kept, Points(tuple(items))


def _site(speech: Speech, site: Site) -> Line:
    address = speech.pick(site.address)
    zone = (speech.say("zone", zone=city(speech, site.zone)),) if site.zone not in ("", speech.plan.zone) else ()
    cells = (
        Cell(speech.pick(site.label, spaced(site.name)), zone),
        Cell(address or "–", open=not address),
        Cell(said_hours(speech, site.hours) if site.hours else "–", open=not site.hours),
    )
    return Line(f"company.sites.{site.name}", cells)


def said_hours(speech: Speech, name: str) -> str:
    """Return what hours are called; those that never close, and none at all, are day and night."""
    hours = speech.plan.hours.get(name)
    return speech.say("day_and_night") if hours is None or is_always(hours) else speech.label(name)


def is_always(hours: Hours) -> bool:
    """Whether these hours never close."""
    whole = all(each == WHOLE_DAY for each in hours.week)
    return whole and not (hours.dates or hours.holidays.codes or hours.specials or hours.feeds or hours.combined)


def _week(speech: Speech) -> tuple[Block, ...]:
    """The week, a line for each hours' name, with days of the same times said together; then what differs from it."""
    heads = tuple(Head(speech.say(f"head_{name}")) for name in ("who", "times", "holidays"))
    lines, notes = [], []
    for name, hours in speech.plan.hours.items():
        if _is_only_quiet(speech.plan, name):
            continue
        said = _times(speech, hours)
        cells = (Cell(speech.label(name)), Cell(said[0], said[1:]), Cell(_holidays(speech, hours)))
        lines.append(Line(f"hours.{name}", cells))
        notes += [Item(words, f"{speech.label(name)}, {when}") for when, words in exceptions(speech, hours)]
    blocks: list[Block] = [Grid(heads, tuple(lines))]
    if notes:
        blocks += [Note(speech.say("hours_differ")), Points(tuple(notes))]
    zones = dict.fromkeys(each.zone for each in speech.plan.hours.values())
    several = [f"{city(speech, zone)} ({', '.join(_in_zone(speech, zone))})" for zone in zones]
    said_zone = "; ".join(several) if len(several) > 1 else city(speech, speech.plan.zone)
    return (*blocks, *_sources(speech), Note(speech.say("zone", zone=said_zone)))


def _is_only_quiet(plan: Plan, name: str) -> bool:
    """Whether nobody works in these hours: they are told where the quiet hours are, and open nothing."""
    quiet, working = plan.courtesy.quiet, plan.working_days
    worked = {each for channel in plan.channels.values() for each in (channel.hours, channel.answered)}
    worked |= {each.hours for each in plan.shifts.values()} | {each.hours for each in plan.duties.values()}
    worked |= {each.hours for each in plan.providers.values()} | {plan.promises.clock}
    worked |= {working.hours.name} if working else set()
    return quiet is not None and quiet.hours == name and name not in worked


def _in_zone(speech: Speech, zone: str) -> list[str]:
    return [speech.label(name) for name, hours in speech.plan.hours.items() if hours.zone == zone]


def _sources(speech: Speech) -> tuple[Note, ...]:
    """Whose public holidays count, and where their dates come from."""
    codes = dict.fromkeys(code for each in speech.plan.hours.values() for code in each.holidays.codes)
    if not codes:
        return ()
    return (Note(speech.say("holidays_of", places=speech.both([_land(speech, each) for each in codes]))),)


def _land(speech: Speech, code: str) -> str:
    country, _, region = code.partition("-")
    said = speech.known(f"land_{country}") or country
    part = speech.known(f"land_{country}_{region}") or region
    return f"{said} ({part})" if region else said


def city(speech: Speech, zone: str) -> str:
    """Return the city that a time zone is named after; in words where its name in IANA's list has none."""
    name = zone.rpartition("/")[2]
    return speech.known(f"city_{name}") or name.replace("_", " ")


def _holidays(speech: Speech, hours: Hours) -> str:
    if not hours.holidays.codes:
        return speech.say("as_usual")
    return _intervals(speech, hours.on_holidays)


def _times(speech: Speech, hours: Hours) -> tuple[str, ...]:
    """The lines that say the week; what combined hours are made of comes first."""
    said: list[str] = []
    if hours.combined is not None:
        parts = [speech.label(each.name) for each in hours.combined.parts]
        joined = speech.either(parts) if hours.combined.how is How.ANY_OF else speech.both(parts)
        said.append(speech.say(f"hours_{hours.combined.how}", parts=joined))
    if is_always(hours):
        return (*said, speech.say("day_and_night"))
    return (*said, *(f"{days}: {times}" for days, times in _days(speech, hours)))


def exceptions(speech: Speech, hours: Hours) -> list[tuple[str, str]]:
    """Return the days that differ from the week, as (when, what is open then and why)."""
    reasons = dict(hours.reasons)
    found = [(day(at, speech.lang), _because(speech, intervals, reasons.get(at, ""))) for at, intervals in hours.dates]
    found += [(when(speech, each), _because(speech, each.opens, each.because)) for each in hours.specials]
    for feed in hours.feeds:
        key = "feed_opens" if feed.opens else "feed_closes"
        found.append((speech.say("feed_days"), speech.say(key, file=feed.name)))
    return found


def _because(speech: Speech, intervals: tuple[Interval, ...], reason: str) -> str:
    said = _intervals(speech, intervals)
    return speech.say("hours_because", times=said, reason=reason) if reason else said


def when(speech: Speech, special: Special) -> str:
    """Return the days of an exception: `24 December – 2 January, every year`."""
    ends = dict.fromkeys(_named_day(speech, special, each) for each in (special.first, special.last))
    span = " – ".join(ends)
    return span if special.reckoning is Reckoning.DATE else speech.say(f"days_{special.reckoning}", days=span)


def _named_day(speech: Speech, special: Special, at: tuple[int, int, int]) -> str:
    year, month, number = at
    match special.reckoning:
        case Reckoning.LUNAR:
            return speech.say("lunar_day", day=number, month=month)
        case Reckoning.YEARLY:
            return _day_of_month(speech, month, number)
        case Reckoning.DATE:
            return day(date(year, month, number), speech.lang)


def _day_of_month(speech: Speech, month: int, number: int) -> str:
    match speech.lang:
        case "vi":
            return f"{number}/{month}"
        case "de":
            return f"{number}.{month}."
        case _:
            return f"{number} {MONTHS[month - 1]}"


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
