"""Sources to the typed plan: every section in its turn, all findings at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tantam.plan.calendars import CalendarSpan, DeadlineRules, Hours, Interval, WorkingDays, deadline
from tantam.plan.calendars.named_hours import Fixed
from tantam.plan.errors import Finding, PlanUnreadable, Severity
from tantam.plan.files import Gathered, Source, gather
from tantam.plan.files import Mapping as Root
from tantam.plan.sections.aside import lost_sections
from tantam.plan.sections.draft import Draft
from tantam.plan.sections.lengths import too_long
from tantam.plan.sections.plan import Condition, Plan
from tantam.plan.sections.references import check_references, unknown_measures
from tantam.plan.sections.shape import SECTIONS, shaped
from tantam.plan.sections.telling import broken_texts
from tantam.plan.sections.typed_aims import build_goals, build_measures, build_needs, build_review
from tantam.plan.sections.typed_checks import build_check_settings
from tantam.plan.sections.typed_company import (
    build_channels,
    build_deadlines,
    build_groups,
    build_hours,
    build_levels,
    build_working_days,
    severities,
)
from tantam.plan.sections.typed_floors import build_floors
from tantam.plan.sections.typed_policies import PolicyBuilder, build_listed, build_promises, build_triage
from tantam.plan.sections.typed_procedures import with_procedures
from tantam.plan.sections.typed_terms import (
    build_actions,
    build_outputs,
    build_records,
    build_requirements,
    build_terms,
)
from tantam.plan.sections.typed_told import with_told
from tantam.plan.tables.types import YesNo
from tantam.plan.tables.values import Family, Span

DAY = 86_400
# Broken prose was not always found everywhere; groups that ask for groups, and numbers of other countries, nowhere.
FORGIVEN = ("S13", "S17", "S18")
UNREADABLE_VALUES = ("F10", "F11", "F12", "F13")


def build(
    sources: tuple[Source, ...],
    *,
    version: int | None = None,
    holidays: Fixed | None = None,
    root: Root | None = None,
    unopened: tuple[Finding, ...] = (),
) -> Plan:
    """Return the typed plan. Raises PlanUnreadable with all findings in order of place.

    holidays: by hours, for a frozen plan, the holidays of its years or all days unlike their weekday; None looks them
    up when they are needed. root: what the sources say, where it is known already. unopened: for each file of the plan
    that could not be opened, why. A frozen plan is forgiven what was not looked for when it was put in force.
    """
    gathered = Gathered(root, (), ()) if root else gather(sources, unopened)
    if gathered.findings and not gathered.root.entries:
        raise PlanUnreadable(gathered.findings)
    shape = shaped(gathered.root, lost_sections(gathered.lost, SECTIONS))
    findings = [*gathered.findings, *shape.findings]
    if shape.document is None:
        raise PlanUnreadable(_in_order(findings))
    company = shape.document.company
    draft = Draft(shape.root, shape.document, tuple(company.languages), company.currency, shape.aside)
    plan = _typed(draft, sources, version, holidays or {})
    findings += [*draft.findings, *too_long(plan)]
    findings += broken_texts(gathered.root, plan.languages, findings)
    if any(each.severity is Severity.ERROR and (holidays is None or each.code not in FORGIVEN) for each in findings):
        raise PlanUnreadable(_in_order([*findings, *unknown_measures(plan, shape.aside)]))
    return plan


def _in_order(findings: list[Finding]) -> list[Finding]:
    """Return the findings by place, each once; an alias or a character that cannot be read is told of once."""
    said = {each.place for each in findings if each.code in UNREADABLE_VALUES}
    told = [each for each in set_of(findings) if each.place not in said or each.code in UNREADABLE_VALUES]
    return sorted(told, key=lambda each: each.place)


def set_of(findings: list[Any]) -> list[Any]:
    """Return the findings, the same one only once."""
    return list({(each.code, each.place, str(each.args)): each for each in findings}.values())


def _typed(draft: Draft, sources: tuple[Source, ...], version: int | None, holidays: Fixed) -> Plan:
    written = draft.document
    hours, records = build_hours(draft, holidays), build_records(draft)
    working, rules = build_working_days(draft, hours), build_deadlines(draft)
    terms = build_terms(draft, records)
    draft.scope = replace(draft.scope, deadline=deadline_rule(rules, working))
    outputs, measures = build_outputs(draft, records), build_measures(draft)
    policies = PolicyBuilder(draft, {name: each.type for name, each in outputs.items()}).build()
    plan = Plan(
        hash=hash_of(draft.root),
        sources=sources,
        root=draft.root,
        document=written,
        languages=draft.languages,
        zone=written.company.timezone,
        currency=draft.currency,
        scope=draft.scope,
        version=version,
        company_name=draft.words(written.company.name),
        mission=draft.words(written.mission),
        terms=terms,
        outputs=outputs,
        always=_always(draft),
        requirements=build_requirements(draft),
        actions=build_actions(draft),
        groups=build_groups(draft),
        hours=hours,
        working_days=working,
        deadlines=rules,
        channels=build_channels(draft, hours),
        levels=build_levels(draft),
        severities=severities(draft),
        triage=build_triage(draft),
        policies=policies,
        floors=build_floors(draft, policies),
        promises=build_promises(draft, hours),
        limits=build_listed(draft, "limits"),
        follow_ups=build_listed(draft, "follow_ups"),
        needs=build_needs(draft),
        goals=build_goals(draft, measures),
        measures=measures,
        review=build_review(written),
        texts=_texts(draft, written.texts),
        labels=_texts(draft, written.labels),
        checks=build_check_settings(draft),
    )
    plan = with_procedures(draft, plan)
    check_references(draft, plan)
    plan = with_told(draft, plan)
    return replace(plan, findings=tuple(set_of(draft.findings)))


def _texts(draft: Draft, written: Mapping[str, Any] | None) -> dict[str, dict[str, str]]:
    return {key: draft.words(words) for key, words in (written or {}).items()}


def hash_of(root: Root) -> str:
    """Return the first 12 hex digits of the SHA-256 of the canonical form: keys in order, no comments, no layout."""
    canonical = json.dumps(_trimmed(root.plain()), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


def _trimmed(value: object) -> object:
    match value:
        case dict():
            return {key: _trimmed(each) for key, each in value.items()}
        case list():
            return [_trimmed(each) for each in value]
        case str():
            return "\n".join(line.rstrip() for line in value.rstrip().split("\n"))
        case _:
            return value


def deadline_rule(rules: DeadlineRules, working: WorkingDays | None) -> Callable[[date, Span], date]:
    """Return `deadline(date, duration)` by the plan's rules; without working days, Monday to Friday."""
    days = tuple((Interval(0, 1440),) if weekday < 5 else () for weekday in range(7))
    hours = working.hours if working else Hours("weekdays", "UTC", days)

    def rule(begins: date, span: Span) -> date:
        match span.family:
            case Family.WORKING:
                length = CalendarSpan(working_days=span.amount)
            case Family.CALENDAR:
                length = CalendarSpan(months=span.months, days=span.amount)
            case Family.EXACT:
                return begins + timedelta(days=-(-span.amount // DAY))
        return deadline(begins, length, rules, working=hours)

    return rule


def _always(draft: Draft) -> tuple[Condition, ...]:
    found = []
    for position, text in enumerate(draft.document.always or ()):
        expr = draft.expr(text, ("always", position), YesNo())
        if expr is not None:
            found.append(Condition(text, expr, draft.place("always", position)))
    return tuple(found)
