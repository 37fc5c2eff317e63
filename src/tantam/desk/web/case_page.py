"""Everything the page of one case shows, gathered with a fixed number of queries and said in the reader's language."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext

from tantam.desk.accounts.access import colleagues
from tantam.desk.accounts.models import Person
from tantam.desk.cases import ledger
from tantam.desk.cases.act import NO_NEWS
from tantam.desk.cases.facts import facts_of, terms_of
from tantam.desk.cases.models import Case, CaseEvent, Message
from tantam.desk.common import clock, spoken
from tantam.desk.customers.address import called
from tantam.desk.plans import RunningPlan, counting, version
from tantam.desk.web import case_panels as _registered  # noqa: F401 - importing the panels registers them
from tantam.desk.web import case_words, event_words, handling
from tantam.desk.web.claim_cards import claim_card
from tantam.desk.web.panels import Shown, panels
from tantam.desk.web.rows import because_of
from tantam.desk.web.writing import rich_ones, said_with, writing

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


def case_page(case: Case, person: Person, plan: RunningPlan, lang: str, typed: Typed | None = None) -> dict[str, Any]:
    """Return the context of web/case.html."""
    now = clock.now()
    customer = called(case.customer, lang) or case.customer.name
    events = list(case.events.select_related("person").order_by("id"))
    claims = list(case.claims.order_by("id"))
    facts = facts_of(case, now)
    groups = plan.groups(terms_of(plan, facts, now), now)
    chips = ledger.chips(case, now)
    return {
        "case": case,
        "customer": customer,
        "typed": typed or Typed(),
        "stage": case_words.stage(plan, case.stage),
        "severity": case_words.severity(plan, case.severity),
        "level": plan.level_label(case.level, lang),
        "where": case_words.where(case),
        "product": case.purchase.product.name(lang) if case.purchase else "",
        "groups": [plan.group_label(each, lang) for each in groups],
        "care": _care(plan, groups, lang),
        "owed": [_owed(each, plan, lang) for each in chips],
        "claims": [claim_card(each, person, plan, lang) for each in claims],
        "steps": _steps(case, events, bool(claims)),
        "talk": _talk(case, events, plan, customer),
        "history": event_words.said(events, plan, customer),
        "contacts": [(each.kind, masked(each.value)) for each in case.customer.contacts.all()],
        "others": case.customer.cases.exclude(pk=case.pk).count(),
        "colleagues": _colleagues(person, plan, lang),
        "levels": [(each, plan.level_label(each, lang)) for each in plan.levels()],
        "above": _above(case, plan, lang),
        "seen": events[-1].pk if events else 0,
        "told": max((each.pk for each in events if each.code not in NO_NEWS), default=0),
        "started": handling.started(case.pk),
        "submission": uuid.uuid4().hex,
        "resolved": case.status == Case.Status.RESOLVED,
        "mine": case.owner_id == person.pk,
        "writing": writing(case, person, now, events),
        "panels": panels(Shown(case, person, plan, lang, now, typed or Typed())),
    }


def _owed(chip: ledger.PromiseChip, plan: RunningPlan, lang: str) -> Owed:
    what = case_words.promise(plan, chip.kind, chip.clause)
    return Owed(chip, what, because_of(chip, lang), counting.counted(version(chip.plan_number), chip, lang))


def masked(value: str) -> str:
    """Return an address with its middle hidden: enough to recognise it, not to copy it. `an••••@example.com`."""
    name, at, domain = value.partition("@")
    if at:
        return f"{name[:2]}•••@{domain}"
    return f"{value[:-7]}•••{value[-3:]}" if len(value) > 7 else "•••"


def _care(plan: RunningPlan, groups: Iterable[str], lang: str) -> list[tuple[str, str]]:
    return [(each.words.get(lang) or next(iter(each.words.values()), ""), each.group) for each in plan.care(groups)]


def _steps(case: Case, events: list[CaseEvent], claimed: bool) -> list[Step]:
    """Return where the case stands: each thing that was done with its time, then what comes next."""
    first = {each.code: each for each in reversed(events)}
    answered = min((first[code] for code in ("replied", "asked") if code in first), key=lambda e: e.pk, default=None)
    decided = min((first[code] for code in ("granted", "refused") if code in first), key=lambda e: e.pk, default=None)
    settled = case.status == Case.Status.RESOLVED
    marks = [
        (gettext("Came in"), case.opened_at, True),
        (gettext("Taken"), first["taken"].at if "taken" in first else None, case.owner_id is not None),
        (gettext("Answered"), answered.at if answered else None, answered is not None or settled),
        *([(gettext("Claim decided"), decided.at if decided else None, decided is not None)] if claimed else []),
        (gettext("Settled"), case.resolved_at, settled),
    ]
    next_one = next((n for n, mark in enumerate(marks) if not mark[2]), -1)
    return [
        Step("done" if done else "now" if n == next_one else "", title, _at(at))
        for n, (title, at, done) in enumerate(marks)
    ]


def _at(at: datetime | None) -> str:
    return spoken.instant(at, clock.now()) if at else ""


def _talk(case: Case, events: list[CaseEvent], plan: RunningPlan, customer: str) -> list[dict[str, Any]]:
    """Return days, messages and what happened between them, oldest first."""
    story = event_words.said((each for each in events if each.code in event_words.STORY), plan, customer)
    files, rich = said_with([case]), rich_ones([case])
    messages = [
        _message(each, customer) | {"files": files.get(each.pk), "rich": each.pk if each.pk in rich else None}
        for each in case.messages.select_related("author").order_by("id")
    ]
    happened = [{"kind": "event", "at": each.at, "event": each} for each in story]
    together = sorted([*messages, *happened], key=lambda each: each["at"])
    shown: list[dict[str, Any]] = []
    last = None
    for each in together:
        day = timezone.localtime(each["at"]).date()
        if day != last:
            shown.append({"kind": "day", "at": each["at"]})
        last = day
        shown.append(each)
    return shown


def _message(message: Message, customer: str) -> dict[str, Any]:
    company = message.author.name if message.author else gettext("The desk")
    who = customer if message.direction == Message.Direction.INCOMING else company
    outgoing = message.direction == Message.Direction.OUTGOING
    return {
        "kind": "message",
        "at": message.written_at,
        "direction": message.direction,
        "who": f"{who} → {customer}" if outgoing else capfirst(who),
        "sign": who,
        "body": message.body,
        "remark": case_words.channel(message.channel),
    }


def _colleagues(person: Person, plan: RunningPlan, lang: str) -> list[tuple[int, str]]:
    found = colleagues().exclude(pk=person.pk)[:200]
    return [(each.pk, f"{each.name}, {plan.level_label(each.level, lang)}") for each in found]


def _above(case: Case, plan: RunningPlan, lang: str) -> str:
    above = plan.next_level(case.level, "asked")
    return plan.level_label(above, lang) if above else ""


WITH_LISTS = ("promises", "customer__contacts", "customer__purchases__product")
__all__ = ["MODES", "WITH_LISTS", "Typed", "case_page", "masked"]
