"""The plan's answers as the desk keeps them (codes and arguments) and as page, mail and interface show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from tantam.desk.common import spoken
from tantam.desk.common.money import Money
from tantam.desk.plans.running import RunningPlan
from tantam.plan import run
from tantam.plan.run import Answer
from tantam.plan.run.cells import cell_value
from tantam.plan.tables.types import Duration
from tantam.plan.tables.values import Amount, Every, Range, Span

NOT_GIVEN = frozenset({"ask", "decline", "none"})  # outcomes that are the engine's own words for no
LIMITS = frozenset({"at_most"})  # outputs that bound what a person may give, and give nothing themselves


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer in one language.

    outcome: its code, for the page's looks. headline: the outcome's label. because: why, one sentence.
    clause: the address it stands at; version: the plan's. amount: what the customer gets back, "" if no money.
    within: in what time, "" if the plan names none. conditional: why it is not certain yet, one sentence, or "".
    say: the plan's texts to the customer, in order. next: what happens next, one sentence.
    """

    outcome: str
    headline: str
    because: str
    clause: str
    version: str
    amount: str
    within: str
    conditional: str
    say: tuple[str, ...]
    next: str


def stored(answer: Answer, plan: RunningPlan) -> dict[str, Any]:
    """Return the answer as JSON: codes, fact texts and numbers; with what the customer gets, and whether anything."""
    money = amount(answer, plan)
    more = {"gives": gives(answer), "amount": None if money is None else [money.minor, money.currency]}
    return answer.stored() | more


def gives(answer: Answer) -> bool:
    """Return whether the answer grants something: an amount, a deed, or a time by which something is done."""
    if answer.outcome in NOT_GIVEN:
        return False
    carried = {name for name, value in answer.outputs.items() if value is not None} - LIMITS
    return bool(answer.action or answer.total is not None or carried - {"law", "to", "procedure"})


def amount(answer: Answer, plan: RunningPlan) -> Money | None:
    """Return the money that the customer gets, >= 0; None if the answer speaks of none.

    A signed output counts from the company's side: what is below nothing is what the customer gets back.
    """
    for name, value in answer.outputs.items():
        if isinstance(value, Amount) and name not in LIMITS:
            clause = plan.plan.outputs.get(name)
            minor = -value.minor if clause is not None and clause.signs else value.minor
            return Money(max(0, minor), value.currency)
    return None


def due(answer: Answer, plan: RunningPlan, start: datetime) -> datetime | None:
    """Return when what is granted at `start` must be done; None if the plan names no time, or says at once."""
    span = _span(answer.outputs.get("within"))
    if span is None or span.is_zero:
        return None
    return run.due_at(plan.plan, start, span, plan.plan.promises.clock)


def shown(kept: Mapping[str, Any], lang: str, *, plan: RunningPlan) -> ShownAnswer:
    """Return a stored answer in words. plan: the version that gave it."""
    with override(lang):
        money = kept.get("amount")
        return ShownAnswer(
            outcome=kept["outcome"],
            headline=_headline(kept, lang, plan),
            because=plan.because(kept["because"], lang),
            clause=kept["because"]["clause"],
            version=kept["because"]["version"],
            amount=spoken.money(*money) if money and money[0] else "",
            within=_within(kept, lang, plan),
            conditional=_conditional(kept, lang, plan),
            say=tuple(plan.text(key, lang, _outputs(kept, plan)) for key in kept.get("say", ())),
            next=_next(kept, lang, plan),
        )


def _span(within: Any) -> Span | None:
    match within:
        case Range(high=Span() as high):
            return high
        case Every(span=span):
            return span
        case Span():
            return within
        case _:
            return None


def _headline(kept: Mapping[str, Any], lang: str, plan: RunningPlan) -> str:
    if label := plan.outcome_label(kept["policy"], kept["outcome"], lang):
        return label
    match kept["outcome"]:
        case "ask":
            return _("One thing is still missing")
        case "decline" | "none":
            return _("Our plan does not provide for this")
        case "judge":
            return _("A person decides this")
        case other:
            return str(other).replace("_", " ").capitalize()


def _within(kept: Mapping[str, Any], lang: str, plan: RunningPlan) -> str:
    within = _outputs(kept, plan).get("within")
    return "" if within is None else run.aloud(within, lang)


def _outputs(kept: Mapping[str, Any], plan: RunningPlan) -> dict[str, Any]:
    """Return the stored outputs as values again; what has no type, or cannot be read, as it is written."""
    found = {}
    for name, written in kept.get("outputs", {}).items():
        clause = plan.plan.outputs.get(name)
        kind = Duration(None) if name == "within" else clause.type if clause else None
        value = cell_value(plan.plan, str(written), kind) if kind is not None else None
        found[name] = written if value is None else value
    return found


def _conditional(kept: Mapping[str, Any], lang: str, plan: RunningPlan) -> str:
    terms = ", ".join(plan.term_label(each, lang) for each in kept.get("conditional", ()))
    return _("This holds if what you told us is so; we check it first: %(terms)s.") % {"terms": terms} if terms else ""


def _next(kept: Mapping[str, Any], lang: str, plan: RunningPlan) -> str:
    if kept["outcome"] == "ask":
        term = plan.term_label(kept["ask"], lang) if kept.get("ask") else ""
        return _("Tell us, and the answer follows at once: %(term)s.") % {"term": term}
    if not kept.get("gives"):
        return _("If you see it differently, write to us here. A person reads it.")
    if kept.get("conditional"):
        return _("A colleague checks this and then sees to it. You need not do anything.")
    if kept.get("granted_by", "plan") != "plan":
        return _("A colleague decides this and writes to you: %(who)s.") % {
            "who": plan.level_label(kept["granted_by"], lang)
        }
    return _("This is granted. We see to it, and you need not ask again.")
