"""The plan's answers as the desk keeps them (codes and arguments) and as page, mail and interface show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
from tantam.plan.run.decide import taken as take
from tantam.plan.tables.types import Duration, Type
from tantam.plan.tables.types import Money as MoneyType
from tantam.plan.tables.values import Amount, Family, longest

BY_PLAN = "plan"  # who grants where the plan itself does, at once
NOT_GIVEN = frozenset({"ask", "decline", "none"})  # outcomes that are the engine's own words for no
LIMITS = frozenset({"at_most"})  # outputs that bound what a person may give, and give nothing themselves
SAID = frozenset({"outcome", "else", "say", "law", "by", "to", "item", "action", "procedure", "remind"})  # give nothing


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """What the customer may choose instead, in one language. amount, within: "" where it has none; say: see below."""

    outcome: str
    headline: str
    amount: str
    within: str
    say: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer in one language.

    outcome: its code, for the page's looks. headline: the outcome's label. because: why, one sentence.
    clause: the address it stands at; version: the plan's. amount: the money they get, or "you pay …"; "" if none.
    within: in what time, "" if the plan names none. conditional: why it is not certain yet, one sentence, or "".
    say: the plan's texts to the customer, in order. next: what happens next, one sentence. instead: what the plan lets
    them choose instead, whether or not they still may.
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
    instead: tuple[ShownChoice, ...] = ()


def stored(answer: Answer, plan: RunningPlan) -> dict[str, Any]:
    """Return the answer as JSON: codes, fact texts and numbers; with the money, and whether it grants or refuses.

    amount: what the customer gets, pays: what they have to pay, each [minor, currency] or null.
    """
    money = _settled(answer, plan)
    gets = money if money is not None and money.minor >= 0 else None
    pays = Money(-money.minor, money.currency) if money is not None and money.minor < 0 else None
    weight = {"gives": gives(answer, plan), "refuses": refuses(answer, plan)}
    others = {"instead": [stored(each, plan) for each in answer.instead]}
    return answer.stored() | weight | others | {"amount": _plain(gets), "pays": _plain(pays)}


def taken(answer: Answer, outcome: str) -> Answer:
    """Return the answer of which the customer chose that outcome; the answer itself where it does not let them."""
    return take(answer, outcome)


def gives(answer: Answer, plan: RunningPlan) -> bool:
    """Return whether the answer grants something: an amount, a deed, or a time by which something is done.

    Where the policy's table has no columns for these, every outcome grants but the engine's own words for no.
    """
    if answer.outcome in NOT_GIVEN:
        return False
    if answer.outcome == "collect":
        return bool(answer.items)
    carried = {name for name, value in answer.outputs.items() if value is not None} - LIMITS - SAID
    return bool(answer.action or carried) or not _columns(plan, answer.policy)


def refuses(answer: Answer, plan: RunningPlan) -> bool:
    """Return whether the answer is a plain no: the engine's own, or one to which the table gives no time.

    An outcome that neither grants nor refuses by itself is left to a person.
    """
    if answer.outcome in NOT_GIVEN:
        return answer.known
    return not gives(answer, plan) and (answer.outcome == "collect" or "within" in _columns(plan, answer.policy))


def amount(answer: Answer, plan: RunningPlan) -> Money | None:
    """Return the money that the customer gets, >= 0; None if the answer speaks of none, or they have to pay."""
    money = _settled(answer, plan)
    return money if money is not None and money.minor >= 0 else None


def _settled(answer: Answer, plan: RunningPlan) -> Money | None:
    """Return the money between us: above nothing the customer gets it, below they pay.

    An output with signs (`plus: you pay`) is written the other way round.
    """
    for name, value in answer.outputs.items():
        if isinstance(value, Amount) and name not in LIMITS:
            clause = plan.plan.outputs.get(name)
            return Money(-value.minor if clause is not None and clause.signs else value.minor, value.currency)
    return None


def _plain(money: Money | None) -> list[Any] | None:
    return None if money is None else [money.minor, money.currency]


def _columns(plan: RunningPlan, policy: str) -> set[str]:
    """Return the columns of the policy's table that carry more than words."""
    table = plan.plan.policy(policy).decides
    return {each.name for each in table.outputs} - SAID - LIMITS if table else set()


def due(answer: Answer, plan: RunningPlan, start: datetime) -> datetime | None:
    """Return when what is granted at `start` must be done; None if the plan names no time, or says at once."""
    span = longest(answer.outputs.get("within"))
    if span is None or span.is_zero:
        return None
    return run.due_at(plan.plan, start, span, plan.plan.promises.clock)


def clock_of(answer: Answer, plan: RunningPlan) -> str:
    """Return the hours on which the time that it leaves is counted; "" for days of the calendar."""
    span = longest(answer.outputs.get("within"))
    return "" if span is None or span.family is Family.CALENDAR else plan.plan.promises.clock


def shown(kept: Mapping[str, Any], lang: str, *, plan: RunningPlan) -> ShownAnswer:
    """Return a stored answer in words. plan: the version that gave it."""
    with override(lang):
        if kept.get("waits"):
            return _waiting(kept, lang, plan)
        return ShownAnswer(
            outcome=kept["outcome"],
            headline=_headline(kept, lang, plan),
            because=plan.because(kept["because"], lang),
            clause=kept["because"]["clause"],
            version=kept["because"]["version"],
            amount=_amount(kept),
            within=_within(kept, lang, plan),
            conditional=_conditional(kept, lang, plan),
            say=tuple(plan.text(key, lang, _outputs(kept, plan)) for key in kept.get("say", ())),
            next=_next(kept, lang, plan),
            instead=tuple(_choice(each, lang, plan) for each in kept.get("instead", ())),
        )


def _choice(kept: Mapping[str, Any], lang: str, plan: RunningPlan) -> ShownChoice:
    said = tuple(plan.text(key, lang, _outputs(kept, plan)) for key in kept.get("say", ()))
    return ShownChoice(kept["outcome"], _headline(kept, lang, plan), _amount(kept), _within(kept, lang, plan), said)


def _waiting(kept: Mapping[str, Any], lang: str, plan: RunningPlan) -> ShownAnswer:
    """Return what is said while a person looks at what the plan would grant: nothing is promised yet."""
    return ShownAnswer(
        outcome=kept["outcome"],
        headline=_("A person decides this"),
        because=" ".join(waits_because(kept["waits"])),
        clause=kept["because"]["clause"],
        version=kept["because"]["version"],
        amount="",
        within="",
        conditional="",
        say=(),
        next=_("A colleague looks at this and writes to you."),
    )


def waits_because(waits: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return why a person looks at what the plan would grant, a sentence a mark, in the active language."""
    return tuple(_waits(each) for each in waits)


def _waits(found: Mapping[str, Any]) -> str:
    match found["rule"]:
        case "before":
            day = spoken.day_long(datetime.fromisoformat(found["at"]))
            return _("This was granted already on %(day)s, under %(reference)s.") % {
                "day": day,
                "reference": found["reference"],
            }
        case "many":
            return _("There were %(count)s requests of this kind within %(days)s days.") % {
                "count": found["count"],
                "days": found["days"],
            }
        case _:
            return _("A rule of ours asks that a person looks at this.")


def _amount(kept: Mapping[str, Any]) -> str:
    if pays := kept.get("pays"):
        return _("you pay %(amount)s") % {"amount": spoken.money(*pays)}
    gets = kept.get("amount")
    return spoken.money(*gets) if gets and gets[0] else ""


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
        case "collect":
            return plan.policy_label(kept["policy"], lang)
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
        kind = _own_type(name, plan) or (clause.type if clause else None)
        value = cell_value(plan.plan, str(written), kind) if kind is not None else None
        found[name] = written if value is None else value
    return found


def _own_type(name: str, plan: RunningPlan) -> Type | None:
    """Return the type of an output that every plan has and that is more than a word."""
    match name:
        case "within":
            return Duration(None)
        case "at_most":
            return MoneyType(plan.currency)
        case _:
            return None


def _conditional(kept: Mapping[str, Any], lang: str, plan: RunningPlan) -> str:
    terms = ", ".join(spoken.inside(plan.term_label(each, lang)) for each in kept.get("conditional", ()))
    return _("This holds if what you told us is so; we check it first: %(terms)s.") % {"terms": terms} if terms else ""


def _next(kept: Mapping[str, Any], lang: str, plan: RunningPlan) -> str:
    if kept["outcome"] == "ask":
        term = plan.term_label(kept["ask"], lang) if kept.get("ask") else ""
        return _("Tell us, and the answer follows at once: %(term)s.") % {"term": spoken.inside(term)}
    if kept.get("refuses"):
        return _("If you see it differently, write to us here. A person reads it.")
    if kept.get("conditional"):
        return _("A colleague checks this and then sees to it. You need not do anything.")
    if kept.get("granted_by", BY_PLAN) != BY_PLAN:
        who = plan.level_label(kept["granted_by"], lang)
        return _("A colleague decides this and writes to you: %(who)s.") % {"who": who}
    if not kept.get("gives"):
        return _("A colleague looks at this and writes to you.")
    return _("This is granted. We see to it, and you need not ask again.")
