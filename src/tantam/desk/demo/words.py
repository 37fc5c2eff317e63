"""Puts together what customers write and what they are answered, from the fragments in fragments/*.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any


@dataclass(frozen=True, slots=True)
class Facts:
    """What a fragment may name. called: how the customer is addressed."""

    thing: str
    number: str
    days: int
    called: str
    agent: str


def complaint(dice: Random, lang: str, kind: str, sort: str, facts: Facts) -> tuple[str, str]:
    """Return (subject, body) of a first message about `kind` (a table of fragments/*.toml) and a sort of product."""
    words = _words(lang)
    told = words[kind]
    problems = told.get("problem", {})
    problem = dice.choice(problems.get(sort) or problems.get("any") or [""])
    bodies = told["body"] + told.get("body_of", {}).get(sort, [])
    body = dice.choice(words["opening"]) + dice.choice(bodies) + dice.choice(words["closing"])
    subject = dice.choice(told["subject"])
    return _filled(subject, facts, problem), _filled(body, facts, problem)


def said(dice: Random, lang: str, what: str, facts: Facts) -> str:
    """Return one of the things said while a case is worked on: first, ask, update, customer, again, resolve, note."""
    return _filled(dice.choice(_words(lang)["reply"][what]), facts, "")


def said_lately(dice: Random, lang: str, mood: str) -> str:
    """Return what somebody adds to a score. mood: pleased, poor."""
    return str(dice.choice(lately()["rated"][lang][mood]))


@cache
def lately() -> dict[str, Any]:
    """Return what lately.toml has."""
    return tomllib.loads((files(__package__) / "lately.toml").read_text(encoding="utf-8"))


def _filled(fragment: str, facts: Facts, problem: str) -> str:
    text = fragment.format(
        thing=facts.thing, number=facts.number, days=facts.days, called=facts.called, agent=facts.agent, problem=problem
    )
    return text[:1].upper() + text[1:]


@cache
def _words(lang: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "fragments" / f"{lang}.toml").read_text(encoding="utf-8"))
