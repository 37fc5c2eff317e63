"""The free sections of a plan, typed: read as far as they can be, with the names of all other sections known."""

from __future__ import annotations

from dataclasses import replace

from tantam.plan.errors import Finding, Severity
from tantam.plan.files import at, listed
from tantam.plan.sections.counted import COUNTED
from tantam.plan.sections.draft import At, Draft
from tantam.plan.sections.events import EVENTS
from tantam.plan.sections.plan import Plan
from tantam.plan.sections.shape import got_words
from tantam.plan.sections.teller import Teller
from tantam.plan.sections.telling import told_by
from tantam.plan.sections.told import Told
from tantam.plan.sections.typed_care import (
    build_courtesy,
    build_knowledge,
    build_profile,
    build_quality,
    build_surveys,
    build_topics,
)
from tantam.plan.sections.typed_means import (
    budgeted,
    build_costs,
    build_precedence,
    build_privacy,
    build_products,
    build_sales,
)
from tantam.plan.sections.typed_people import (
    build_departments,
    build_duties,
    build_providers,
    build_recognition,
    build_shifts,
    build_sites,
    build_teams,
    build_training,
)
from tantam.plan.sections.typed_terms import STAGES
from tantam.plan.words import Key

RETIRED = ("team", "teams")


def with_told(draft: Draft, plan: Plan) -> Plan:
    """Return the plan with its free sections; what is not understood in them is noted in the draft."""
    telling = told_by(plan.root, plan.languages)
    told = telling.told
    draft.findings += [*telling.findings, *_retired(plan)]
    counted = {name: measure.of for name, measure in plan.measures.items()}
    teller = Teller(draft, telling.root, _known(plan, told), counted)
    _listed(teller, plan)
    _events(draft, plan)
    teams = build_teams(teller, told)
    courtesy = build_courtesy(teller, told)
    return replace(
        plan,
        tone=draft.words(plan.company.tone) or courtesy.tone,
        sites=build_sites(teller, told),
        teams=teams,
        shifts=build_shifts(teller, told, teams),
        duties=build_duties(teller, told),
        profile=build_profile(teller, told),
        surveys=build_surveys(teller, told),
        knowledge=build_knowledge(teller, told),
        training=build_training(teller, told),
        providers=build_providers(teller, told),
        departments=build_departments(teller, told),
        recognition=build_recognition(teller, told),
        courtesy=courtesy,
        quality=build_quality(teller, told),
        topics=build_topics(teller, told),
        privacy=build_privacy(teller, told),
        sales=build_sales(teller, told),
        costs=build_costs(teller, told),
        precedence=build_precedence(teller, told),
        products=build_products(teller, told),
        policies=budgeted(teller, plan.policies, draft.document.policies or {}),
    )


def _known(plan: Plan, told: Told) -> dict[str, tuple[str, ...]]:
    levels, teams, departments = tuple(plan.levels), tuple(told.company.teams or ()), tuple(told.internal or ())
    return {
        "stage": STAGES,
        "level": levels,
        "team": teams,
        "level_or_team": (*levels, *teams),
        "department": (*departments, *levels, *teams),
        "site": tuple(told.company.sites or ()),
        "hours": tuple(plan.hours),
        "severity": plan.severities,
        "channel": tuple(plan.channels),
        "group": tuple(plan.groups),
        "topic": plan.case_topics,
        "policy": tuple(plan.policies),
        "measure": (*plan.measures, *(name for name in COUNTED if name not in plan.measures)),
        "need": tuple(plan.needs),
        "term": tuple(plan.terms),
        "goal": tuple(plan.goals),
        "procedure": (*plan.procedures, *plan.troubleshooters),
    }


def _retired(plan: Plan) -> list[Finding]:
    return [
        Finding("K205", Severity.NOTE, entry.key_place, clause=entry.key, args={"key": entry.key})
        for entry in plan.root.entries
        if entry.key in RETIRED
    ]


def _listed(teller: Teller, plan: Plan) -> None:
    """Note limits and follow-ups that are no table."""
    for section, written, table in (
        ("limits", plan.document.limits, plan.limits),
        ("follow_ups", plan.document.follow_ups, plan.follow_ups),
    ):
        if (
            written is not None
            and table is None
            and not any(each.clause.startswith(section) for each in teller.draft.findings)
        ):
            node = at(plan.root, (section,))
            teller.note("K202", section, got=got_words(node), allowed=Key("A_table"))


def _events(draft: Draft, plan: Plan) -> None:
    """Note every event of the follow-ups that nobody sends."""
    for row in plan.follow_ups.rows if plan.follow_ups else ():
        event = row.labels.get("event", "")
        if event and event not in EVENTS:
            where = At(row.place, f"follow_ups#{row.name}")
            args = {"where": where.clause, "name": event[:40], "allowed": listed(EVENTS)}
            draft.findings.append(Finding("K206", Severity.NOTE, where.place, where.clause, args))
