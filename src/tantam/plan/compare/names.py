"""What people call a name that a part of a clause points to: levels and teams, topics, steps, texts, languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from tantam.plan.publish.contents.naming import event, language, topic
from tantam.plan.publish.speech import Speech, spaced
from tantam.plan.spoken import capitalized, day, percent
from tantam.plan.words import catalogue, say

SHARE = re.compile(r"(\d+(?:\.\d+)?) ?%(?: of ([\w ]+))?")
PER = re.compile(r"(\d+) per (\w+)")
WORDS = re.compile(r"[\w -]+")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
PEOPLE = ("levels", "teams", "departments")

# Which clauses a part names, the likelier first.
NAMES_OF: Mapping[str, tuple[str, ...]] = {
    "answers_pain": ("needs",),
    "by": PEOPLE,
    "channel": ("channels",),
    "channels": ("channels",),
    "clauses": ("policies",),
    "cost_measure": ("measures",),
    "decide": ("policies",),
    "escalates_to": PEOPLE,
    "exclusive": ("groups",),
    "fallback": ("channels",),
    "goals": ("goals",),
    "granted_by": PEOPLE,
    "group": ("groups",),
    "hand_over": PEOPLE,
    "groups": ("groups",),
    "judged_by": ("measures",),
    "level": ("levels",),
    "levels": ("levels",),
    "measure": ("measures",),
    "measures": ("measures",),
    "need": ("needs",),
    "needs": ("requirements", "needs"),
    "nothing_left": PEOPLE,
    "owner": PEOPLE,
    "policies": ("policies",),
    "policy": ("policies",),
    "procedure": ("procedures", "troubleshooters"),
    "products": ("products",),
    "run": ("procedures", "troubleshooters"),
    "site": ("sites",),
    "team": ("teams",),
    "teams": ("teams",),
    "to": PEOPLE,
    "who": PEOPLE,
}
QUOTED = ("never", "answers")  # parts that say words themselves
TOLD = ("say", "remind")  # parts that name texts
STEPS = ("next", "branches", "missed", "order", "all")  # parts that name steps of a procedure
LISTS = frozenset(
    {*NAMES_OF, *TOLD, *QUOTED, "asks", "but", "handles", "languages", "outcomes", "stage", "stages", "topics"}
)
NAMING = LISTS | frozenset(STEPS)  # parts whose names stand for something else
LONGEST_TEXT = 60  # characters of a text that a part names


def name_said(side: Speech, part: str, name: str, procedure: str = "") -> str:
    """Return what people call `name` where a part says it. procedure: the one whose step says it, "" for none."""
    special: dict[str, Callable[[], str]] = {
        "handles": lambda: side.value(name, ("severity",)),
        "but": lambda: side.value(name, ("severity",)),
        "languages": lambda: language(side, name),
        "stage": lambda: _stage(side, name),
        "stages": lambda: _stage(side, name),
        "asks": lambda: side.term(name),
        "topics": lambda: topic(side, name),
        "event": lambda: event(side, name),
        "answers_pain": lambda: _need(side, name),
    }
    if part in special:
        return special[part]()
    if part in TOLD and name in side.plan.texts:
        return say("compare_quoted", side.lang, text=shortened(side.pick(side.plan.texts[name], name)))
    if part in STEPS and procedure and (words := step_said(side, procedure, name)):
        return say("compare_quoted", side.lang, text=words)
    if part in QUOTED:
        return say("compare_quoted", side.lang, text=name)
    for clauses in NAMES_OF.get(part, ()):
        found: Mapping[str, Any] = getattr(side.plan, clauses)
        if name in found:
            return of_clause(side, found[name])
    return _word(side, part, name)


def share_said(side: Speech, text: str) -> str:
    """Return `80 %`, `2.5 % of sales` or `1 per purchase` in words, "" for anything else."""
    if found := SHARE.fullmatch(text):
        share = percent(Fraction(found[1]) / 100, side.lang)
        what = _word(side, "share", found[2].strip()) if found[2] else ""
        return say("compare_share_of", side.lang, share=share, what=what) if what else share
    if found := PER.fullmatch(text):
        return say("compare_so_many", side.lang, count=found[1], what=_word(side, "per", found[2]))
    return ""


def key_said(side: Speech, name: str) -> str:
    """Return what people call a key of the plan language, else what the plan calls the name; a day as a day."""
    if DAY.fullmatch(name):
        return day(date.fromisoformat(name), side.lang)
    if f"compare_part_{name}" in catalogue():
        return say(f"compare_part_{name}", side.lang)
    words = side.known(f"head_{name}") or side.label(name)
    return capitalized(words)


def head_said(side: Speech, name: str) -> str:
    """Return what people call a column of results: by its label in the plan, else as a key."""
    output = side.plan.outputs.get(name)
    return side.pick(output.label) if output is not None and output.label else key_said(side, name)


def of_clause(side: Speech, clause: Any) -> str:
    """Return what people call a clause: by its label, title, aim or words, else by the plan's labels."""
    for words in ("label", "title", "aim", "words", "what"):
        if found := getattr(clause, words, None):
            return side.pick(found)
    return side.label(clause.name)


def step_said(side: Speech, procedure: str, name: str) -> str:
    """Return what is done in a step, "" where that is not said."""
    found = side.plan.procedures.get(procedure)
    one = found.steps.get(name) if found else None
    return shortened(side.pick(one.work.does)) if one and one.work.does else ""


def _stage(side: Speech, name: str) -> str:
    return side.stage(name) if name in ("before", "during", "after") else side.label(name)


def _need(side: Speech, name: str) -> str:
    found = side.plan.needs.get(name)
    return side.pick(found.words, side.label(name)) if found else side.label(name)


def _word(side: Speech, part: str, name: str) -> str:
    """Return a word that the plan language itself knows, else the plan's label, else the name as words."""
    if labelled := side.pick(side.plan.labels.get(name, {})):
        return labelled
    for key in (f"compare_value_{part}_{name}", f"compare_value_{name}"):
        if key in catalogue():
            return say(key, side.lang)
    if name in side.plan.hours or name in side.plan.texts or name in side.plan.outputs:
        return spaced(name)
    return (spaced(name) if WORDS.fullmatch(name) else name).replace(">=", "≥").replace("<=", "≤")


def shortened(text: str) -> str:
    """Return the beginning of a text that is too long to name something."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1].rstrip() + "…"
