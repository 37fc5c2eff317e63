"""Who is to be called back, as the list and the page of one call show it: what is owed, and what to know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tantam.desk.accounts.models import Person
from tantam.desk.calls import access, callers
from tantam.desk.calls.claims import number_of
from tantam.desk.calls.models import Callback
from tantam.desk.cases.access import cases_for
from tantam.desk.cases.facts import groups_of, known_of
from tantam.desk.cases.ledger import PromiseChip, chip
from tantam.desk.cases.models import Case, Promise
from tantam.desk.cases.quiet import hours_there
from tantam.desk.cases.revealing import hides, revealed_to
from tantam.desk.customers.access import customers_for
from tantam.desk.customers.address import called
from tantam.desk.customers.contacts import masked
from tantam.desk.customers.zones import zone_of
from tantam.desk.plans import RunningPlan, quiet
from tantam.desk.procedures.models import Run
from tantam.desk.web import case_words
from tantam.desk.web.case_page import Typed
from tantam.desk.web.rows import because_of
from tantam.desk.web.steps import last_run, steps_of, walker_for

MOST_CASES = 3  # of one customer, while the telephone rings


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call back. names: of all who have the number, [] for one person's own. there: the time where they are, ""
    where it is ours or not known. quiet: until when not to call, by the clocks there, "" if one may. claimed: who is
    calling just now, None for nobody; mine: whether that is the reader. hidden: the number is not shown in full.
    """

    promise: Promise
    case: Case
    chip: PromiseChip
    what: str
    number: str
    callback: Callback | None
    names: Sequence[str]
    there: str
    quiet: str
    claimed: Person | None
    mine: bool
    hidden: bool = False


def rows(promises: Sequence[Promise], person: Person, plan: RunningPlan, now: datetime) -> list[CallRow]:
    """Return the rows of calls back that are owed; one query, for who else has their numbers.

    A provider's people are shown the number of whom they took to call, or asked for; another query.
    """
    numbers = {each.pk: _number(each) for each in promises}
    shared = access.also_reached_by(sorted(set(filter(None, numbers.values()))), person)
    found = [_row(each, numbers[each.pk], shared, (person, plan, now)) for each in promises]
    if not hides(person):
        return found
    asked = revealed_to(person, [each.case for each in found], now)
    return [each if each.case.pk in asked else replace(each, number=masked(each.number), hidden=True) for each in found]


def card(row: CallRow, person: Person, plan: RunningPlan, lang: str, now: datetime) -> dict[str, Any]:
    """Return what to know before one calls: how to care for them, what was said last, the next question, the story."""
    case = row.case
    groups = groups_of(case, known_of(case, plan, now), plan, now=now)
    customer = called(case.customer, lang) or case.customer.shown
    return {
        "row": row,
        "case": case,
        "customer": customer,
        "because": because_of(row.chip, lang),
        "groups": [plan.group_label(each, lang) for each in groups],
        "care": [(plan.word(each.words, lang), each.group) for each in plan.care(groups)],
        "script": _script(case, person, plan, lang, now),
    }


def ringing_page(person: Person, now: datetime) -> dict[str, Any]:
    """Return the call that rings for the person, and who may be calling with their cases under way; {} for none."""
    call = access.ringing_for(person, now)
    if call is None:
        return {}
    seen = customers_for(person).filter(pk__in=[each.pk for each in callers.customers_of(call.number)])
    under_way = cases_for(person).filter(status__in=Case.UNDER_WAY).order_by("-last_at")
    return {
        "call": call,
        "known": [(each, under_way.filter(customer=each)[:MOST_CASES]) for each in seen.order_by("pk")],
    }


def zone_there(case: Case, number: str, plan: RunningPlan, now: datetime) -> ZoneInfo | None:
    """Return the customer's zone where their clocks show something else than ours just now; else None."""
    zone = zone_of(case.customer, number)
    same = zone is None or now.astimezone(zone).utcoffset() == now.astimezone(ZoneInfo(plan.timezone)).utcoffset()
    return None if same else zone


def _number(promise: Promise) -> str:
    known = access.known_of(promise)
    return (known.number if known else "") or number_of(promise)


def _row(
    promise: Promise, number: str, shared: Mapping[str, list[str]], of: tuple[Person, RunningPlan, datetime]
) -> CallRow:
    person, plan, now = of
    known, case = access.known_of(promise), promise.case
    claimed = known.claimed_by if known and known.is_claimed(now) else None
    zone = zone_there(case, number, plan, now)
    return CallRow(
        promise=promise,
        case=case,
        chip=chip(promise, now),
        what=promise.words or case_words.promise(plan, promise.kind, promise.clause),
        number=number,
        callback=known,
        names=shared.get(number, ()),
        there=f"{now.astimezone(zone):%H:%M}" if zone else "",
        quiet=_quiet_until(case, number, known, plan, now),
        claimed=claimed,
        mine=claimed is not None and claimed.pk == person.pk,
    )


def _quiet_until(case: Case, number: str, known: Callback | None, plan: RunningPlan, now: datetime) -> str:
    """Return when their quiet hours end, as the clocks there show it; "" where one may call now."""
    urgent = quiet.goes_out_anyway(plan, case.severity)
    called_us = known is not None and known.last_at is not None and quiet.is_awake(plan, known.last_at, now)
    kept = None if urgent or called_us else hours_there(plan, zone_of(case.customer, number), now)
    return kept.ends if kept else ""


def _script(case: Case, person: Person, plan: RunningPlan, lang: str, now: datetime) -> Mapping[str, Any] | None:
    """Return the step at which the case's procedure stands, with its questions and texts; None where it has none."""
    run = last_run(case)
    walker = walker_for(run, case, now) if run and run.state == Run.State.RUNNING else None
    if run is None or walker is None:
        return None
    found = steps_of(run, walker, person, lang, Typed())
    step = next(iter(found.open), None)
    return {"title": step.title, "ask": step.ask, "texts": step.texts, "clause": step.clause} if step else None
