"""Sites, teams, shifts, duties, courses, providers, departments and recognition, typed: every name found."""

from __future__ import annotations

from zoneinfo import available_timezones

from tantam.plan.files import nearest
from tantam.plan.sections.bounds import Bound
from tantam.plan.sections.clauses_people import (
    Course,
    Deliverable,
    Department,
    Duty,
    Provider,
    Recognition,
    Shift,
    Site,
    Team,
)
from tantam.plan.sections.draft import Path
from tantam.plan.sections.people import Course as WrittenCourse
from tantam.plan.sections.people import Department as WrittenDepartment
from tantam.plan.sections.people import Provider as WrittenProvider
from tantam.plan.sections.teller import Teller, share_of
from tantam.plan.sections.told import Told

KINDS = ("in_house", "third_party", "independent", "ai")
NO_QUIZ, SOME_QUIZ = ("no", "false", "none"), ("yes", "true")
USUAL_QUIZ = 5  # questions, where a course only says that there is a quiz


def build_sites(teller: Teller, told: Told) -> dict[str, Site]:
    """Return the places of work."""
    built = {}
    for name, each in (told.company.sites or {}).items():
        path: Path = ("company", "sites", name)
        built[name] = Site(
            name,
            teller.place(*path),
            label=teller.words(each.label, each.name),
            zone=_zone(teller, each.zone or each.timezone or "", (*path, "zone" if each.zone else "timezone")),
            address=teller.words(each.address),
            hours=teller.hours(each.hours, (*path, "hours")),
        )
    return built


def _zone(teller: Teller, got: str, path: Path) -> str:
    own = teller.draft.document.company.timezone
    if not got or got in available_timezones():
        return got or own
    near = nearest(got, available_timezones())
    teller.note("K202", path, got=f"“{got[:40]}”", allowed=near or own)
    return own


def build_teams(teller: Teller, told: Told) -> dict[str, Team]:
    """Return the teams."""
    known, built = teller.known, {}
    for name, each in (told.company.teams or {}).items():
        path: Path = ("company", "teams", name)
        built[name] = Team(
            name,
            teller.place(*path),
            label=teller.words(each.label, each.name),
            site=teller.name("site", each.site, known.sites, (*path, "site")),
            levels=teller.names("level", each.levels, known.levels, (*path, "levels")),
            languages=teller.languages(each.languages, (*path, "languages")),
            channels=teller.names("channel", each.channels, known.channels, (*path, "channels")),
            topics=teller.names("topic", each.topics, known.topics, (*path, "topics")),
            people=teller.whole(each.people, (*path, "people")),
        )
    return built


def build_shifts(teller: Teller, told: Told, teams: dict[str, Team]) -> dict[str, Shift]:
    """Return the shifts; what a shift does not say is as its team says."""
    known, built = teller.known, {}
    for name, each in (told.company.shifts or {}).items():
        path: Path = ("company", "shifts", name)
        team = teams.get(each.team or "")
        people = teller.whole(each.people, (*path, "people"))
        levels = teller.names("level", each.levels, known.levels, (*path, "levels"))
        channels = teller.names("channel", each.channels, known.channels, (*path, "channels"))
        languages = teller.languages(each.languages, (*path, "languages"))
        built[name] = Shift(
            name,
            teller.place(*path),
            label=teller.words(each.label, each.name),
            team=teller.name("team", each.team, known.teams, (*path, "team")),
            hours=teller.hours(each.hours, (*path, "hours")),
            people=1 if people is None else people,
            levels=levels or (team.levels if team else ()),
            languages=languages or (team.languages if team else ()),
            channels=channels or (team.channels if team else ()),
        )
    return built


def build_duties(teller: Teller, told: Told) -> dict[str, Duty]:
    """Return who sees to what."""
    built = {}
    for name, each in (told.company.duties or {}).items():
        path: Path = ("company", "duties", name)
        who = teller.people_of(each.who, (*path, "who"))
        hours = teller.hours(each.hours, (*path, "hours"))
        built[name] = Duty(name, teller.place(*path), teller.words(each.words), who, hours)
    return built


def build_training(teller: Teller, told: Told) -> dict[str, Course]:
    """Return what staff learn."""
    return {name: _course(teller, name, each) for name, each in (told.training or {}).items()}


def _course(teller: Teller, name: str, each: WrittenCourse) -> Course:
    known, path = teller.known, ("training", name)
    again = teller.draft_span(each.again) if isinstance(each.again, str) else None
    pass_mark = teller.share(each.pass_mark, (*path, "pass_mark"))
    return Course(
        name,
        teller.place(*path),
        label=teller.words(each.label, each.name),
        about=teller.words(each.about, each.words),
        who=teller.names("level", each.who or each.levels, known.levels, (*path, "who" if each.who else "levels")),
        topics=teller.names("topic", each.topics, known.topics, (*path, "topics")),
        policies=teller.names("policy", each.policies, known.policies, (*path, "policies")),
        lasts=teller.span(each.lasts, (*path, "lasts")),
        again=again,
        again_on={} if again else teller.words(each.again),
        quiz=_quiz(teller, each.quiz, (*path, "quiz")),
        pass_mark=pass_mark,
    )


def _quiz(teller: Teller, got: str | None, path: Path) -> int:
    match (got or "no").casefold():
        case word if word in NO_QUIZ:
            return 0
        case word if word in SOME_QUIZ:
            return USUAL_QUIZ
        case _:
            return teller.whole(got, path) or 0


def build_providers(teller: Teller, told: Told) -> dict[str, Provider]:
    """Return who serves on the company's behalf."""
    return {name: _provider(teller, name, each) for name, each in (told.providers or {}).items()}


def _provider(teller: Teller, name: str, each: WrittenProvider) -> Provider:
    known, path = teller.known, ("providers", name)
    return Provider(
        name,
        teller.place(*path),
        kind=teller.choice(each.kind, KINDS, (*path, "kind")),
        label=teller.words(each.label, each.name),
        scope=teller.words(each.scope, each.about),
        topics=teller.names("topic", each.topics, known.topics, (*path, "topics")),
        channels=teller.names("channel", each.channels, known.channels, (*path, "channels")),
        groups=teller.names("group", each.groups, known.groups, (*path, "groups")),
        levels=teller.names("level", each.levels, known.levels, (*path, "levels")),
        hours_a_week=teller.number(each.hours_a_week, (*path, "hours_a_week")),
        hours=teller.hours(each.hours, (*path, "hours")),
        sampled=each.sampled or "",
        share=share_of(each.sampled) if each.sampled else None,
        judged_by=teller.names("measure", each.judged_by, known.measures, (*path, "judged_by")),
        stop=_stops(teller, each, path),
        alarm=teller.words(each.alarm),
    )


def _stops(teller: Teller, each: WrittenProvider, path: Path) -> dict[str, Bound]:
    found: dict[str, Bound] = {}
    for measure, written in (each.stop or {}).items():
        at = (*path, "stop", measure)
        if teller.name("measure", measure, teller.known.measures, at):
            bound = teller.alarm(measure, written, at)
            found |= {measure: bound} if bound else {}
    return found


def build_departments(teller: Teller, told: Told) -> dict[str, Department]:
    """Return the internal customers, and what each owes the others."""
    return {name: _department(teller, name, each) for name, each in (told.internal or {}).items()}


def _department(teller: Teller, name: str, each: WrittenDepartment) -> Department:
    known, path = teller.known, ("internal", name)
    owes = []
    for what, one in (each.owes or {}).items():
        at = (*path, "owes", what)
        owes.append(
            Deliverable(
                what,
                teller.place(*at),
                to=teller.names("department", one.to, (*known.departments, *known.levels, *known.teams), (*at, "to")),
                what=teller.words(one.what, one.words),
                within=teller.span(one.within, (*at, "within")),
                every=teller.span(one.every, (*at, "every")),
                on=teller.hours(one.on, (*at, "on")),
                measure=teller.name("measure", one.measure, known.measures, (*at, "measure")),
            )
        )
    return Department(
        name,
        teller.place(*path),
        label=teller.words(each.label, each.name),
        owes=tuple(owes),
        people=teller.whole(each.people, (*path, "people")),
        stakeholder=bool(each.stakeholder),
    )


def build_recognition(teller: Teller, told: Told) -> dict[str, Recognition]:
    """Return what good service brings those who give it."""
    built = {}
    for name, each in (told.recognition or {}).items():
        path: Path = ("recognition", name)
        measure = teller.name("measure", each.measure, teller.known.measures, (*path, "measure"))
        built[name] = Recognition(
            name,
            teller.place(*path),
            words=teller.words(each.words, each.about),
            measure=measure,
            target=each.target or "",
            bound=teller.bound(measure, each.target, (*path, "target")) if measure else None,
            who=teller.people_of(each.who, (*path, "who")),
            gives=teller.words(each.gives),
            per=each.per or "",
        )
    return built
