"""Everything the page of one case shows, gathered with a fixed number of queries and said in the reader's language."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Min, Prefetch, prefetch_related_objects
from django.utils.translation import gettext

from tantam.desk.accounts.access import colleagues
from tantam.desk.accounts.models import Person
from tantam.desk.cases import ledger
from tantam.desk.cases.access import all_seen, cases_for
from tantam.desk.cases.act import NO_NEWS
from tantam.desk.cases.models import Case, Promise
from tantam.desk.cases.revealing import hides, revealed_to
from tantam.desk.common import clock, spoken
from tantam.desk.customers.address import called
from tantam.desk.customers.contacts import masked
from tantam.desk.customers.models import Purchase
from tantam.desk.customers.reaching import unreached_since
from tantam.desk.plans import RunningPlan, counting, version
from tantam.desk.web import case_panels as _registered  # noqa: F401 - importing the panels registers them
from tantam.desk.web import case_words, event_words, handling, routing_words, way_words
from tantam.desk.web.case_log import LOGGED, CaseLog, events_of, log_of
from tantam.desk.web.case_more import rare_moves
from tantam.desk.web.claim_cards import claim_card
from tantam.desk.web.panels import Shown, panels
from tantam.desk.web.rows import because_of
from tantam.desk.web.talk import talk
from tantam.desk.web.writing import writing

MODES = ("reply", "ask", "note")


@dataclass(frozen=True)
class Typed:
    """What somebody wrote and we could not do: kept in its field, with the reason beside it.

    verb: which form, such as `say` or `grant-17`. fields: by name, as typed. error: one sentence.
    """

    verb: str = ""
    error: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Owed:
    """A promise in the ledger of the page: its chip, what it is, why, and what its clock counted ("" if all of it)."""

    chip: ledger.PromiseChip
    what: str
    because: str
    counted: str

    @property
    def why(self) -> str:
        """Why it is promised, and why for then."""
        return " ".join(filter(None, (self.because, self.counted)))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of where we stand. state: done, now or ""."""

    state: str
    title: str
    detail: str


@dataclass(frozen=True)
class CaseAsked:
    """What somebody asked to see, in their language. before: a message's id, log: an event's; older ones are shown."""

    person: Person
    lang: str
    typed: Typed = Typed()
    before: int | None = None
    log: int | None = None


def case_page(case: Case, plan: RunningPlan, asked: CaseAsked) -> dict[str, Any]:
    """Return the context of web/case.html. case: with WITH_LISTS. What was joined to it is shown with it."""
    now, person, lang = clock.now(), asked.person, asked.lang
    cases = all_seen(person, case)
    if len(cases) > 1:
        prefetch_related_objects(cases[1:], "promises")
    prefetch_related_objects(cases, "claims")
    customer = called(case.customer, lang) or case.customer.shown
    claims = sorted((each for one in cases for each in one.claims.all()), key=lambda each: each.pk)
    policies = {each.pk: each.policy for each in claims}
    log = log_of(cases, policies)
    listed = list(log.newest) if asked.log is None else events_of(cases, asked.log)
    mates = list(colleagues().exclude(pk=person.pk)[:200])
    shown = Shown(case, person, plan, lang, now, asked.typed, log)
    way = way_words.way_of(case, person, plan, now)
    sheets = writing(case, (person, plan, lang), now, listed[::-1])
    files = tuple(way_words.with_ways(sheets.letter.files, way))
    return (
        _about(case, plan, asked)
        | {
            "cases": cases,
            "customer": customer,
            "groups": [plan.group_label(each, lang) for each in shown.groups],
            "care": _care(plan, shown.groups, lang),
            "owed": [_owed(each, plan, lang) for each in ledger.chips_of(cases, now)],
            "claims": [claim_card(each, person, plan, lang) for each in claims],
            "steps": _steps(case, log),
            "talk": talk(cases, (person, plan, lang), before=asked.before, log=log),
            "history": event_words.said(listed[:LOGGED][::-1], plan, customer, policies=policies),
            "log_before": listed[LOGGED - 1].pk if len(listed) > LOGGED else None,
            **_contacts(case, person, now),
            "others": _others(case, cases, person),
            "colleagues": [(each.pk, f"{each.name}, {plan.level_label(each.level, lang)}") for each in mates],
            "people": [each.name for each in mates],
            "levels": [(each, plan.level_label(each, lang)) for each in plan.levels()],
            "above": _above(case, plan, lang),
            "up_reasons": routing_words.up_reasons(),
            "unreached": unreached_since(case.customer),
            "way": way,
            "writing": replace(sheets, letter=replace(sheets.letter, files=files)),
            "more": rare_moves(case, cases, now),
            "panels": panels(shown),
        }
        | _newest(log)
    )


def _about(case: Case, plan: RunningPlan, asked: CaseAsked) -> dict[str, Any]:
    """Return what the page says of the case in a word each, and what its forms carry."""
    return {
        "case": case,
        "typed": asked.typed,
        "stage": case_words.stage(plan, case.stage),
        "severity": case_words.severity(plan, case.severity),
        "level": plan.level_label(case.level, asked.lang),
        "where": case_words.where(case),
        "product": case.purchase.product.name(asked.lang) if case.purchase else "",
        "started": handling.started(case.pk),
        "submission": uuid.uuid4().hex,
        "resolved": case.status == Case.Status.RESOLVED,
        "merged": case.status == Case.Status.MERGED,
        "mine": case.owner_id == asked.person.pk,
    }


def _others(case: Case, cases: Iterable[Case], person: Person) -> int:
    """Return how many other cases of the customer this person may see."""
    theirs = cases_for(person).filter(customer=case.customer_id)
    return theirs.exclude(pk__in=[each.pk for each in cases]).count()


def _contacts(case: Case, person: Person, now: datetime) -> dict[str, Any]:
    """Return how the customer is reached; in full only for somebody of a provider who asked a short while ago."""
    ask = hides(person)
    shown = ask and bool(revealed_to(person, [case], now))
    known = case.customer.contacts.all()
    return {
        "contacts": [(each.kind, each.value if shown else masked(each.value)) for each in known],
        "may_reveal": ask and not shown and person.acts and case.is_under_way and bool(known),
        "in_part": ask,
    }


def _newest(log: CaseLog) -> dict[str, int]:
    """Return the id of the last event, and of the last that is news to whoever reads the case."""
    ids = [(each.pk, each.code) for each in log.newest]
    return {
        "seen": ids[0][0] if ids else 0,
        "told": next((pk for pk, code in ids if code not in NO_NEWS), 0),
    }


def _owed(chip: ledger.PromiseChip, plan: RunningPlan, lang: str) -> Owed:
    what = case_words.promise(plan, chip.kind, chip.clause)
    return Owed(chip, what, because_of(chip, lang), counting.counted(version(chip.plan_number), chip, lang))


def _care(plan: RunningPlan, groups: Iterable[str], lang: str) -> list[tuple[str, str]]:
    return [(plan.word(each.words, lang), each.group) for each in plan.care(groups)]


def _steps(case: Case, log: CaseLog) -> list[Step]:
    """Return where the case stands: each thing that was done with its time, then what comes next."""
    first = _firsts(case, log)
    claimed = bool(log.policies)
    answered = min((first[code] for code in ("replied", "asked") if code in first), default=None)
    decided = min((first[code] for code in ("granted", "refused") if code in first), default=None)
    settled = case.status == Case.Status.RESOLVED
    marks = [
        (gettext("Came in"), case.opened_at, True),
        (gettext("Taken"), first.get("taken"), case.owner_id is not None),
        (gettext("Answered"), answered, answered is not None or settled),
        *([(gettext("Claim decided"), decided, decided is not None)] if claimed else []),
        (gettext("Settled"), case.resolved_at, settled),
    ]
    next_one = next((n for n, mark in enumerate(marks) if not mark[2]), -1)
    return [
        Step("done" if done else "now" if n == next_one else "", title, _at(at))
        for n, (title, at, done) in enumerate(marks)
    ]


def _firsts(case: Case, log: CaseLog) -> dict[str, datetime]:
    """Return when each of the steps was first done."""
    codes = ("taken", "replied", "asked", "granted", "refused")
    if log.whole:
        return {each.code: each.at for each in log.of(codes, case)}
    return dict(case.events.filter(code__in=codes).order_by().values_list("code").annotate(at=Min("at")))


def _at(at: datetime | None) -> str:
    return spoken.instant(at, clock.now()) if at else ""


def _above(case: Case, plan: RunningPlan, lang: str) -> str:
    above = plan.next_level(case.level, "asked")
    return plan.level_label(above, lang) if above else ""


WITH_LISTS = (
    Prefetch("promises", Promise.objects.select_related("made_by")),
    "customer__contacts",
    Prefetch("customer__purchases", Purchase.objects.select_related("product")),
)
__all__ = ["MODES", "WITH_LISTS", "CaseAsked", "Typed", "case_page"]
