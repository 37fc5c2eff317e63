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
from tantam.plan.sections.people import Course as WrittenCourse
from tantam.plan.sections.people import Deliverable as WrittenDeliverable
from tantam.plan.sections.people import Department as WrittenDepartment
from tantam.plan.sections.people import Provider as WrittenProvider
from tantam.plan.sections.teller import Teller, share_of
from tantam.plan.sections.told import Told

KINDS = ("in_house", "third_party", "independent", "ai")
DRAFTS = ("approval", "free")
NO_QUIZ, SOME_QUIZ = ("no", "false", "none"), ("yes", "true")
USUAL_QUIZ = 5  # questions, where a course only says that there is a quiz


def build_sites(teller: Teller, told: Told) -> dict[str, Site]:
    """Return the places of work."""
    built = {}
    for name, each in (told.company.sites or {}).items():
        here = teller.within("company", "sites", name)
        built[name] = Site(
            name,
            here.place(),
            label=here.words(each.label, each.name),
            zone=_zone(here, each.zone or each.timezone or "", "zone" if each.zone else "timezone"),
            address=here.words(each.address),
            hours=here.hours(each.hours, "hours"),
        )
    return built


def _zone(teller: Teller, got: str, key: str) -> str:
    own = teller.draft.document.company.timezone
    if not got or got in available_timezones():
        return got or own
    near = nearest(got, available_timezones())
    teller.note("K202", key, got=f"“{got[:40]}”", allowed=near or own)
    return own


def build_teams(teller: Teller, told: Told) -> dict[str, Team]:
    """Return the teams."""
    built = {}
    for name, each in (told.company.teams or {}).items():
        here = teller.within("company", "teams", name)
        built[name] = Team(
            name,
            here.place(),
            label=here.words(each.label, each.name),
            site=here.name("site", each.site, "site"),
            levels=here.names("level", each.levels, "levels"),
            languages=here.languages(each.languages, "languages"),
            channels=here.names("channel", each.channels, "channels"),
            topics=here.names("topic", each.topics, "topics"),
            people=here.whole(each.people, "people"),
        )
    return built


def build_shifts(teller: Teller, told: Told, teams: dict[str, Team]) -> dict[str, Shift]:
    """Return the shifts; what a shift does not say is as its team says."""
    built = {}
    for name, each in (told.company.shifts or {}).items():
        here = teller.within("company", "shifts", name)
        team = teams.get(each.team or "")
        people = here.whole(each.people, "people")
        levels = here.names("level", each.levels, "levels")
        channels = here.names("channel", each.channels, "channels")
        languages = here.languages(each.languages, "languages")
        built[name] = Shift(
            name,
            here.place(),
            label=here.words(each.label, each.name),
            team=here.name("team", each.team, "team"),
            hours=here.hours(each.hours, "hours"),
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
        here = teller.within("company", "duties", name)
        who = here.people_of(each.who, "who")
        hours = here.hours(each.hours, "hours")
        built[name] = Duty(name, here.place(), here.words(each.words), who, hours)
    return built


def build_training(teller: Teller, told: Told) -> dict[str, Course]:
    """Return what staff learn."""
    return {name: _course(teller, name, each) for name, each in (told.training or {}).items()}


def _course(teller: Teller, name: str, each: WrittenCourse) -> Course:
    here = teller.within("training", name)
    again = here.draft_span(each.again) if isinstance(each.again, str) else None
    pass_mark = here.share(each.pass_mark, "pass_mark")
    return Course(
        name,
        here.place(),
        label=here.words(each.label, each.name),
        about=here.words(each.about, each.words),
        who=here.names("level", each.who or each.levels, "who" if each.who else "levels"),
        topics=here.names("topic", each.topics, "topics"),
        policies=here.names("policy", each.policies, "policies"),
        lasts=here.span(each.lasts, "lasts"),
        again=again,
        again_on={} if again else here.words(each.again),
        quiz=_quiz(here, each.quiz),
        pass_mark=pass_mark,
    )


def _quiz(teller: Teller, got: str | None) -> int:
    match (got or "no").casefold():
        case word if word in NO_QUIZ:
            return 0
        case word if word in SOME_QUIZ:
            return USUAL_QUIZ
        case _:
            return teller.whole(got, "quiz") or 0


def build_providers(teller: Teller, told: Told) -> dict[str, Provider]:
    """Return who serves on the company's behalf."""
    return {name: _provider(teller, name, each) for name, each in (told.providers or {}).items()}


def _provider(teller: Teller, name: str, each: WrittenProvider) -> Provider:
    here = teller.within("providers", name)
    return Provider(
        name,
        here.place(),
        kind=here.choice(each.kind, KINDS, "kind"),
        label=here.words(each.label, each.name),
        scope=here.words(each.scope, each.about),
        topics=here.names("topic", each.topics, "topics"),
        channels=here.names("channel", each.channels, "channels"),
        groups=here.names("group", each.groups, "groups"),
        levels=here.names("level", each.levels, "levels"),
        only=_only(here, each),
        hours_a_week=here.number(each.hours_a_week, "hours_a_week"),
        hours=here.hours(each.hours, "hours"),
        sampled=each.sampled or "",
        share=share_of(each.sampled) if each.sampled else None,
        drafts=here.choice(each.drafts, DRAFTS, "drafts"),
        judged_by=here.names("measure", each.judged_by, "judged_by"),
        stop=_stops(here, each),
        alarm=here.words(each.alarm),
    )


def _only(teller: Teller, each: WrittenProvider) -> dict[str, tuple[str, ...]]:
    found = {term: tuple(got or ()) for term, got in (each.only or {}).items()}
    return {term: got for term, got in found.items() if got and teller.name("term", term, "only", term)}


def _stops(teller: Teller, each: WrittenProvider) -> dict[str, Bound]:
    found: dict[str, Bound] = {}
    for measure, written in (each.stop or {}).items():
        if teller.name("measure", measure, "stop", measure):
            bound = teller.alarm(measure, written, "stop", measure)
            found |= {measure: bound} if bound else {}
    return found


def build_departments(teller: Teller, told: Told) -> dict[str, Department]:
    """Return the internal customers, and what each owes the others."""
    return {name: _department(teller, name, each) for name, each in (told.internal or {}).items()}


def _department(teller: Teller, name: str, each: WrittenDepartment) -> Department:
    here = teller.within("internal", name)
    return Department(
        name,
        here.place(),
        label=here.words(each.label, each.name),
        owes=tuple(_owed(here.within("owes", what), what, one) for what, one in (each.owes or {}).items()),
        people=here.whole(each.people, "people"),
        stakeholder=bool(each.stakeholder),
    )


def _owed(teller: Teller, name: str, each: WrittenDeliverable) -> Deliverable:
    return Deliverable(
        name,
        teller.place(),
        to=teller.names("department", each.to, "to"),
        what=teller.words(each.what, each.words),
        within=teller.span(each.within, "within"),
        every=teller.span(each.every, "every"),
        on=teller.hours(each.on, "on"),
        measure=teller.name("measure", each.measure, "measure"),
    )


def build_recognition(teller: Teller, told: Told) -> dict[str, Recognition]:
    """Return what good service brings those who give it."""
    built = {}
    for name, each in (told.recognition or {}).items():
        here = teller.within("recognition", name)
        measure = here.name("measure", each.measure, "measure")
        built[name] = Recognition(
            name,
            here.place(),
            words=here.words(each.words, each.about),
            measure=measure,
            target=each.target or "",
            bound=here.bound(measure, each.target, "target") if measure else None,
            who=here.people_of(each.who, "who"),
            gives=here.words(each.gives),
            per=each.per or "",
        )
    return built
