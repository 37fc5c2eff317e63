"""Texts ready to send: which there are, which fit a case, and how their {places} are filled in for its customer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.text import capfirst
from django.utils.translation import gettext

from tantam.desk.accounts.models import Person
from tantam.desk.cases import letters
from tantam.desk.cases.links import private_link
from tantam.desk.cases.models import Case, Macro
from tantam.desk.common import clock, spoken
from tantam.desk.common.errors import Refused
from tantam.desk.customers import address
from tantam.desk.plans import RunningPlan

PLACES = (
    "name",
    "greeting",
    "address",
    "closing",
    "agent",
    "company",
    "reference",
    "subject",
    "product",
    "due",
    "open_hours",
    "link",
)
STEPS = ("take", "tag", "fill", "level", "snooze", "ask", "settle")  # what a text may do besides, in this order
MOST = 300  # texts that one person sees
MOST_CHARACTERS = 8_000
_PLACE = re.compile(r"\{\{|\}\}|\{([^{}\n]{0,40})\}|[{}]")
_OPENS = re.compile(r"(?:^|[.!?…]\s|\n)\s*$")  # what stands before the first word of a sentence
SAMPLE = {
    "vi": {"name": "chị Hoa", "greeting": "Kính gửi chị Nguyễn Thị Hoa,", "address": "chị", "closing": "Trân trọng,"},
    "de": {
        "name": "Frau Weber",
        "greeting": "Sehr geehrte Frau Weber,",
        "address": "Frau",
        "closing": address.CLOSINGS["de"],
    },
    "en": {"name": "Sarah Miller", "greeting": "Dear Sarah Miller,", "address": "", "closing": address.CLOSINGS["en"]},
}


@dataclass(frozen=True, slots=True)
class Filled:
    """A text for a customer. lang: whose words it has; wanted: the customer's language. missing: places left empty."""

    text: str
    lang: str
    wanted: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenMacro:
    """A text as somebody writes it; see Macro."""

    name: str
    texts: Mapping[str, str]
    shortcut: str = ""
    does: Sequence[Mapping[str, Any]] = ()
    topics: Sequence[str] = ()
    stages: Sequence[str] = ()
    personal: bool = False


def macros_for(person: Person) -> QuerySet[Macro]:
    """Return everybody's texts and the person's own, by name."""
    return (
        Macro.objects.filter(Q(owner=None) | Q(owner=person)).select_related("owner", "made_by").order_by("name", "id")
    )


def macro_for(person: Person, pk: int) -> Macro:
    """Return one of them. Raises Http404."""
    found = macros_for(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def fitting(case: Case, person: Person) -> tuple[list[Macro], list[Macro]]:
    """Return the texts that fit the case's topic or stage, the most used first, and the others by name; one query."""
    found = list(macros_for(person)[:MOST])
    fits = {each.pk: case.topic in each.topics or case.stage in each.stages for each in found}
    first = sorted((each for each in found if fits[each.pk]), key=lambda each: -each.used)
    return first, [each for each in found if not fits[each.pk]]


def filled(macro: Macro, case: Case, person: Person, plan: RunningPlan) -> Filled:
    """Return the text in the customer's language, else in the company's first that it has, its places filled in."""
    lang = next((each for each in (case.language, *plan.languages, *macro.texts) if macro.texts.get(each)), "")
    text, missing = fill(macro.texts.get(lang, ""), places(case, person, plan, lang or case.language))
    return Filled(text, lang, case.language, missing)


def places(case: Case, person: Person, plan: RunningPlan, lang: str) -> dict[str, str]:
    """Return what each of PLACES is in this case, said in `lang`; "" for what nobody knows."""
    customer = case.customer
    with letters.in_words_of(case, plan):
        due = letters.moment(case.next_due_at) if case.next_due_at and case.next_due_at > clock.now() else ""
        hours = _hours(plan)
    return {
        "name": address.called(customer, lang),
        "greeting": address.greeting(customer, lang),
        "address": address.word_of(customer, lang),
        "closing": address.closing(lang),
        "agent": person.name,
        "company": plan.company(lang),
        "reference": case.reference,
        "subject": case.subject,
        "product": case.purchase.product.name(lang) if case.purchase else "",
        "due": due,
        "open_hours": hours,
        "link": private_link(case),
    }


def fill(text: str, known: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Return the text with its places filled in, and the names of those that stay as they are."""
    missing: list[str] = []

    def one(found: re.Match[str]) -> str:
        if found[0] in ("{{", "}}"):
            return found[0][0]
        name = (found[1] or "").strip()
        if name in known and (known[name] or name == "address"):
            opens = name in ("name", "address") and _OPENS.search(text, 0, found.start())
            return capfirst(known[name]) if opens else known[name]
        missing.append(name)
        return found[0]

    return _PLACE.sub(one, text), tuple(missing)


def refuse_wrong_places(text: str, lang: str) -> None:
    """Raise Refused for a place that nothing fills in, with the nearest name: macro_place(_unknown), macro_brace."""
    for found in _PLACE.finditer(text):
        if found[0] in ("{{", "}}"):
            continue
        if found[1] is None:
            raise Refused("macro_brace", language=lang)
        name = found[1].strip()
        if name in PLACES:
            continue
        near = get_close_matches(name.lower(), PLACES, n=1, cutoff=0.5)
        if near:
            raise Refused("macro_place", got=name, near=near[0])
        raise Refused("macro_place_unknown", got=name, allowed=", ".join(PLACES))


def _hours(plan: RunningPlan) -> str:
    openness, now = plan.openness(), clock.now()
    if openness.open and openness.until:
        return gettext("until %(until)s") % {"until": spoken.instant(openness.until, now)}
    if openness.next:
        return gettext("from %(next)s") % {"next": spoken.instant(openness.next, now)}
    return gettext("at any time")
