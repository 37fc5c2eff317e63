"""The fields in which colleagues write down what customers told of themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import Customer
from tantam.desk.groups.models import Told
from tantam.desk.groups.telling import free_terms
from tantam.desk.plans import RunningPlan, belonging

PREFIX = "t-"  # before a term, in the form


@dataclass(frozen=True, slots=True)
class Field:
    """One term. value: as fact text; said: as read. choices: (value, words), () for a term that is written."""

    term: str
    label: str
    hint: str
    value: str
    said: str
    choices: tuple[tuple[str, str], ...]
    error: str = ""

    @property
    def name(self) -> str:
        """What it is called in the form, and its id."""
        return f"{PREFIX}{self.term}"

    @property
    def described_by(self) -> str:
        """The ids of its hint and its error, "" where it has neither."""
        parts = (("_hint", self.hint), ("_error", self.error))
        return " ".join(f"{self.name}{end}" for end, text in parts if text)


def written_in(sent: Mapping[str, str]) -> dict[str, str]:
    """Return {term: text} of what a form sent."""
    return {name.removeprefix(PREFIX): text for name, text in sent.items() if name.startswith(PREFIX)}


def fields(
    customer: Customer,
    plan: RunningPlan,
    lang: str,
    written: Mapping[str, str] | None = None,
    refusals: Mapping[str, Refused] | None = None,
) -> list[Field]:
    """Return a field of each free term; one query, none where the plan has no free term.

    written, refusals: what was sent and not taken, by term.
    """
    terms = free_terms(plan)
    if not terms:
        return []
    kept = dict(Told.objects.filter(customer=customer, term__in=terms).values_list("term", "text"))
    sent, wrong = written or {}, refusals or {}
    return [
        Field(
            term,
            plan.term_label(term, lang),
            belonging.question(plan, term, lang),
            sent.get(term, kept.get(term, "")),
            plan.label(term, kept[term], lang) if term in kept else "",
            plan.term_choices(term, lang),
            wrong[term].sentence() if term in wrong else "",
        )
        for term in terms
    ]
