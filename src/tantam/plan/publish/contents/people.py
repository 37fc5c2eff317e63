"""Who works here, when, and what departments owe each other: for staff, but for those who serve on our behalf."""

from __future__ import annotations

from tantam.plan.publish.contents import naming
from tantam.plan.publish.contents.hours import said_hours
from tantam.plan.publish.paper import (
    Audience,
    Block,
    Cell,
    Clause,
    Column,
    Grid,
    Head,
    Item,
    Line,
    Note,
    Part,
    Points,
    Prose,
)
from tantam.plan.publish.speech import Speech, spaced
from tantam.plan.sections.clauses_people import Deliverable, Department, Provider, Recognition, Shift, Team
from tantam.plan.spoken import number
from tantam.plan.tables.values import Every


def _heads(speech: Speech, *names: str) -> tuple[Head, ...]:
    return tuple(Head(speech.say(f"head_{name}")) for name in names)


def _cell(words: str) -> Cell:
    return Cell(words or "–", open=not words)


def people(speech: Speech, _: Audience) -> Part:
    """Teams, shifts and duties."""
    plan = speech.plan
    clauses = []
    if plan.teams:
        heads = _heads(speech, "team", "levels", "channels", "languages", "people")
        lines = tuple(_team(speech, each) for each in plan.teams.values())
        clauses.append(Clause("company.teams", speech.say("teams"), (Grid(heads, lines),)))
    if plan.shifts:
        heads = _heads(speech, "shift", "team", "hours", "on_duty")
        lines = tuple(_shift(speech, each) for each in plan.shifts.values())
        clauses.append(Clause("company.shifts", speech.say("shifts"), (Grid(heads, lines),)))
    if plan.duties:
        items = []
        for name, each in plan.duties.items():
            by = [naming.who(speech, each.who)] if each.who else []
            by += [said_hours(speech, each.hours)] if each.hours else []
            items.append(Item(naming.text(speech, each.words), " · ".join(by), f"company.duties.{name}"))
        clauses.append(Clause("company.duties", speech.say("duties"), (Points(tuple(items)),)))
    return Part("people", speech.say("part_people"), tuple(clauses))


def _team(speech: Speech, team: Team) -> Line:
    site = (speech.named(speech.plan.sites, team.site),) if team.site else ()
    cells = (
        Cell(speech.pick(team.label, spaced(team.name)), site),
        _cell(", ".join(speech.named(speech.plan.levels, each) for each in team.levels)),
        _cell(", ".join(speech.named(speech.plan.channels, each) for each in team.channels)),
        _cell(", ".join(naming.language(speech, each) for each in team.languages)),
        _cell("" if team.people is None else number(team.people, speech.lang)),
    )
    return Line(f"company.teams.{team.name}", cells)


def _shift(speech: Speech, shift: Shift) -> Line:
    team = speech.plan.teams.get(shift.team)
    below = []
    if team is not None and shift.levels not in ((), team.levels):
        below.append(", ".join(speech.named(speech.plan.levels, each) for each in shift.levels))
    if team is not None and shift.languages not in ((), team.languages):
        below.append(", ".join(naming.language(speech, each) for each in shift.languages))
    cells = (
        Cell(speech.pick(shift.label, spaced(shift.name)), tuple(below)),
        _cell(naming.one(speech, shift.team) if shift.team else ""),
        _cell(said_hours(speech, shift.hours) if shift.hours else ""),
        Cell(number(shift.people, speech.lang)),
    )
    return Line(f"company.shifts.{shift.name}", cells)


def internal(speech: Speech, _: Audience) -> Part:
    """What departments owe each other, and who is only owed."""
    clauses = [_department(speech, each) for each in speech.plan.departments.values()]
    bare = tuple(Item(each.title, "", each.address) for each in clauses if not each.blocks)
    told = [each for each in clauses if each.blocks]
    told += [Clause("internal", speech.say("departments"), (Points(bare),))] if bare else []
    return Part("internal", speech.say("part_internal" if told[:-1] or not bare else "part_departments"), tuple(told))


def _department(speech: Speech, department: Department) -> Clause:
    said = [speech.say("stakeholder")] if department.stakeholder else []
    if department.people is not None:
        said.append(speech.say("so_many", count=number(department.people, speech.lang)))
    blocks: list[Block] = [Note(" ".join(said))] if said else []
    if department.owes:
        heads = (
            Head(speech.say("head_what_owed")),
            Head(speech.say("head_to")),
            Head(speech.say("head_by_when"), Column.TIME),
        )
        lines = tuple(_deliverable(speech, department, each) for each in department.owes)
        blocks.append(Grid(heads, lines))
    title = speech.pick(department.label, spaced(department.name))
    return Clause(f"internal.{department.name}", title, tuple(blocks))


def _deliverable(speech: Speech, department: Department, owed: Deliverable) -> Line:
    time = speech.filled("owed_within", span=owed.within) if owed.within else ""
    time = speech.value(Every(owed.every)) if owed.every and not time else time
    below = [said_hours(speech, owed.on)] if owed.on else []
    measured = (naming.measures(speech, [owed.measure]),) if owed.measure else ()
    cells = (
        Cell(naming.text(speech, owed.what) or spaced(owed.name), measured),
        _cell(naming.who(speech, owed.to) if owed.to else ""),
        Cell(time or "–", tuple(below), open=not time),
    )
    return Line(f"internal.{department.name}.{owed.name}", cells)


def providers(speech: Speech, audience: Audience) -> Part:
    """Who serves on the company's behalf: to customers all who are not its own people, and machines as such."""
    staff = audience is Audience.STAFF
    shown = [each for each in speech.plan.providers.values() if staff or each.kind != "in_house"]
    clauses = tuple(_provider(speech, each, audience) for each in shown)
    return Part("providers", speech.say("part_providers"), clauses)


def _provider(speech: Speech, provider: Provider, audience: Audience) -> Clause:
    address = f"providers.{provider.name}"
    blocks: list[Block] = [Prose(naming.text(speech, provider.scope))] if provider.scope else []
    if provider.kind:
        blocks.append(Note(speech.known(f"provider_{provider.kind}") or speech.label(provider.kind)))
    found = {
        "head_topics": (naming.topics(speech, provider.topics), f"{address}.topics"),
        "head_channels": (
            ", ".join(speech.named(speech.plan.channels, each) for each in provider.channels),
            f"{address}.channels",
        ),
    }
    if audience is Audience.STAFF:
        found |= _inside(speech, provider)
    points = naming.items(speech, found)
    blocks += [Points(tuple(points))] if points else []
    return Clause(address, speech.pick(provider.label, spaced(provider.name)), tuple(blocks))


def _inside(speech: Speech, provider: Provider) -> dict[str, tuple[str, str]]:
    """What only staff need to know of a provider."""
    address, plan = f"providers.{provider.name}", speech.plan
    week = provider.hours_a_week
    hours = speech.say("hours_a_week", count=number(int(week), speech.lang)) if week else ""
    stops = [
        speech.say("stop_at", measure=naming.measures(speech, [name]), bound=bound_said(speech, each.sign, each.at))
        for name, each in provider.stop.items()
        if each.unit == "share"
    ]
    said = {
        "groups": ", ".join(speech.named(plan.groups, each) for each in provider.groups),
        "levels": naming.who(speech, provider.levels),
        "only": "; ".join(_one_term(speech, term, got) for term, got in provider.only.items()),
        "hours": said_hours(speech, provider.hours) if provider.hours else "",
        "staffed": hours,
        "sampled": naming.share_of(speech, provider.sampled),
        "drafts": speech.say(f"drafts_{provider.drafts or 'approval'}") if provider.kind == "ai" else "",
        "judged_by": naming.measures(speech, provider.judged_by),
        "stop": "; ".join(stops),
        "alarm": naming.text(speech, provider.alarm),
    }
    keys = {"staffed": "hours_a_week"}
    return {f"head_{key}": (words, f"{address}.{keys.get(key, key)}") for key, words in said.items()}


def _one_term(speech: Speech, term: str, got: tuple[str, ...]) -> str:
    return f"{speech.term(term)}: {', '.join(speech.value(each, (term,)) for each in got)}"


SIGNS = {"<=": "at_most", ">=": "at_least", "<": "below", ">": "above"}


def bound_said(speech: Speech, sign: str, at: float) -> str:
    """Return a bound on a share: `at least 15 %`."""
    share = f"{round(at * 100, 2):g}"
    shown = f"{share}%" if speech.lang not in ("vi", "de") else f"{share.replace('.', ',')} %"
    return speech.say(f"is_{SIGNS[sign]}", value=shown)


def recognition(speech: Speech, _: Audience) -> Part:
    """What good service brings those who give it."""
    items = tuple(_praise(speech, each) for each in speech.plan.recognition.values())
    clauses = (Clause("recognition", speech.say("recognition"), (Points(items),)),) if items else ()
    return Part("recognition", speech.say("part_recognition"), clauses)


def _praise(speech: Speech, praise: Recognition) -> Item:
    bound = praise.bound
    named = [naming.who(speech, praise.who)] if praise.who else []
    if praise.measure and bound is not None and bound.unit == "share":
        measure = naming.measures(speech, [praise.measure])
        said = speech.say("fact", term=measure, value=bound_said(speech, bound.sign, bound.at))
        named.append(f"{said} ({speech.say('in_a', per=naming.per(speech, praise.per))})" if praise.per else said)
    gives = naming.text(speech, praise.gives)
    words = naming.text(speech, praise.words)
    if gives:
        words = f"{words} {speech.say('recognition_gives', gives=gives)}".strip()
    return Item(words, " · ".join(named), f"recognition.{praise.name}")
