"""Reasons in words: a because and its plan in, one sentence in a language out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

from tantam.plan.run.aloud import aloud, fact_aloud, level_label, pick, policy_label, term_label
from tantam.plan.run.answers import Answer, Because
from tantam.plan.run.cells import cell_value
from tantam.plan.run.facts import json_value, money
from tantam.plan.sections import Plan
from tantam.plan.spoken import filled as put_in
from tantam.plan.tables.types import Duration, Money
from tantam.plan.words import catalogue, say


def because_of(plan: Plan, stored: Mapping[str, Any]) -> Because:
    """Return a stored because, able to speak again. plan: the version that it names."""
    return Because(
        stored["version"],
        stored["clause"],
        stored["rule"],
        stored["key"],
        args=dict(stored.get("args", {})),
        facts=dict(stored.get("facts", {})),
        law=stored.get("law", ""),
        plan=plan,
    )


def sentence(because: Because, lang: str) -> str:
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


def _question(because: Because, lang: str) -> str:
    clause = because.plan.terms.get(because.args.get("term", "")) if because.plan else None
    return pick(clause.ask, lang) if clause else ""


def facts_aloud(because: Because, lang: str) -> str:
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
    if clause and lang in clause.because:
        return clause.because[lang].replace("{value}", value)
    return say("D_fact", lang, term=_inside(term_label(plan, term, lang), lang), value=value)


def stored_answer(answer: Answer) -> dict[str, Any]:
    """Return the answer as plain JSON: codes, fact texts and numbers, no sentence."""
    return {
        "policy": answer.policy,
        "outcome": answer.outcome,
        "outputs": {name: json_value(value) for name, value in answer.outputs.items()},
        "items": [{name: json_value(value) for name, value in item.items()} for item in answer.items],
        "total": json_value(answer.total),
        "ask": answer.ask,
        "say": list(answer.say),
        "conditional": list(answer.conditional),
        "granted_by": answer.granted_by,
        "pinned": answer.pinned,
        "waits_for": list(answer.waits_for),
        "starts": answer.starts,
        "confirm": answer.confirm,
        "action": answer.action,
        "at_most": answer.at_most,
        "remind": list(answer.remind),
        "law": answer.law,
        "missing": list(answer.missing),
        "because": answer.because.stored(),
    }


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


def _said(because: Because, lang: str) -> dict[str, str]:
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
        "within": lambda text: _within(plan, text, lang),
        "amount": lambda text: _money(plan, text, lang),
        "limit": lambda text: _money(plan, text, lang),
    }
    return {name: readers.get(name, str)(value) for name, value in because.args.items()}


def _kind(plan: Plan, kind: str, lang: str) -> str:
    """What is granted: by the plan's labels, else the first policy of that name or kind, else the code."""
    if kind in plan.labels:
        return pick(plan.labels[kind], lang)
    policy = next((name for name, each in plan.policies.items() if kind in (name, each.kind)), kind)
    return policy_label(plan, policy, lang)


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
