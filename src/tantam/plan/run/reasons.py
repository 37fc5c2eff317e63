"""Reasons in words: a because and its plan in, one sentence in a language out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import Any, Protocol

from tantam.plan.run.aloud import aloud, fact_aloud, level_label, pick, policy_label, term_label
from tantam.plan.run.cells import cell_value
from tantam.plan.run.facts import money
from tantam.plan.sections import Plan
from tantam.plan.sections.typed_policies import text_keys
from tantam.plan.spoken import filled as put_in
from tantam.plan.tables.types import Duration, Money
from tantam.plan.words import catalogue, say

NO = "no"  # the fact text of a yes-no term that does not hold


class Reason(Protocol):
    """What a sentence is made of: run.answers.Because."""

    @property
    def rule(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def args(self) -> Mapping[str, str]: ...
    @property
    def facts(self) -> Mapping[str, str]: ...
    @property
    def law(self) -> str: ...
    @property
    def plan(self) -> Plan | None: ...


def sentence(because: Reason, lang: str) -> str:
    """Return the reason as one sentence in `lang` (vi, de, en); without its plan, by codes."""
    facts = facts_aloud(because, lang)
    law = f" ({because.law})" if because.law else ""
    ask = _question(because, lang)
    key = _key(because.key, facts=facts, ask=ask)
    return say(key, lang, facts=facts, ask=ask, rule=because.rule, law=law, **_said(because, lang))


def _key(key: str, *, facts: str, ask: str) -> str:
    """Return the form of a sentence that has room for what there is to say."""
    return next(
        (form for form, said in ((f"{key}_so", facts), (f"{key}_ask", ask)) if said and form in catalogue()), key
    )


def _question(because: Reason, lang: str) -> str:
    clause = because.plan.terms.get(because.args.get("term", "")) if because.plan else None
    return pick(clause.ask, lang) if clause else ""


def facts_aloud(because: Reason, lang: str) -> str:
    """Return the facts that mattered as one phrase: `fault is ours and owned is 12 days`."""
    plan = because.plan
    said = [_fact(plan, term, text, lang) if plan else f"{term} = {text}" for term, text in because.facts.items()]
    if len(said) < 2:
        return "".join(said)
    *before, last = said
    first = reduce(lambda first, following: say("D_next", lang, first=first, next=following), before)
    return say("D_and_more" if len(said) > 2 else "D_and", lang, first=first, last=last)


def _fact(plan: Plan, term: str, text: str, lang: str) -> str:
    value = fact_aloud(plan, term, text, lang)
    clause = plan.terms.get(term)
    if clause and text == NO and (no := clause.because_no.get(lang)):
        return no.replace("{value}", value)
    said = clause.because.get(lang, "") if clause else ""
    if said and ("{value}" in said or text != NO):  # words without the value are those of a yes
        return said.replace("{value}", value)
    return say("D_fact", lang, term=_inside(term_label(plan, term, lang), lang), value=value)


def filled(plan: Plan, key: str, lang: str, outputs: Mapping[str, Any]) -> str:
    """Return the plan's text `key` in `lang` with its `{names}` filled from outputs.

    An amount or time that is not known yet is said to follow; other unknown names stay as written.
    """
    return put_in(plan.text(key, lang), _unsaid(plan, lang) | dict(outputs), lang)


def _unsaid(plan: Plan, lang: str) -> dict[str, Any]:
    """Return what stands for an outcome's amounts and times while nobody can say them."""
    sentences = {Money: "N_money", Duration: "N_duration"}
    kinds = {name: sentences.get(type(clause.type)) for name, clause in plan.outputs.items()}
    return {name: say(key, lang) for name, key in kinds.items() if key}


def _said(because: Reason, lang: str) -> dict[str, str]:
    """Return the arguments as the sentence names them; what is not known to the plan stays a code."""
    plan = because.plan
    if plan is None:
        return dict(because.args)
    readers: dict[str, Callable[[str], str]] = {
        "policy": lambda code: policy_label(plan, code, lang),
        "term": lambda code: _inside(term_label(plan, code, lang), lang),
        "kind": lambda code: _inside(_kind(plan, code, lang), lang),
        "level": lambda code: level_label(plan, code, lang),
        "promise": lambda code: pick(plan.promises.labels.get(code, {}), lang, otherwise=code.replace("_", " ")),
        "say": lambda keys: " ".join(plan.text(key, lang) for key in keys.split("+") if key),
        "do": lambda names: _done(plan, names, lang),
        "after": lambda text: _within(plan, text, lang),
        "within": lambda text: _within(plan, text, lang),
        "order": lambda names: binds_aloud(names.split("+"), lang),
        "amount": lambda text: _money(plan, text, lang),
        "limit": lambda text: _money(plan, text, lang),
    }
    return {name: readers.get(name, str)(value) for name, value in because.args.items()}


def binds_aloud(order: Iterable[str], lang: str) -> str:
    """Return which commitment goes before which: `contract, product, group, plan`."""
    return ", ".join(say(f"D_binds_{each}", lang) for each in order)


def _kind(plan: Plan, kind: str, lang: str) -> str:
    """What is granted: by the plan's labels, else the first policy of that name or kind, else the code."""
    if kind in plan.labels:
        return pick(plan.labels[kind], lang)
    policy = next((name for name, each in plan.policies.items() if kind in (name, each.kind)), kind)
    return policy_label(plan, policy, lang)


def _done(plan: Plan, names: str, lang: str) -> str:
    """What is done, one name or several, by the plan's labels."""
    return ", ".join(pick(plan.labels.get(each, {}), lang, otherwise=_spaced(each)) for each in text_keys(names))


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _money(plan: Plan, text: str, lang: str) -> str:
    return aloud(money(plan, "amount", text), lang) if text else ""


def _within(plan: Plan, text: str, lang: str) -> str:
    """A duration's cell text read aloud again."""
    key = (_within, text)
    if key not in plan.prepared:
        plan.prepared[key] = cell_value(plan, text, Duration(None))
    value = plan.prepared[key]
    return text if value is None else aloud(value, lang)


def _inside(label: str, lang: str) -> str:
    """A label inside a sentence begins small, unless it looks like a name; German nouns keep their capital."""
    first, _, _ = label.partition(" ")
    return label if lang == "de" or first[1:] != first[1:].lower() else label[:1].lower() + label[1:]
