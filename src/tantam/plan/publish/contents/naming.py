"""What clauses point to, by the names that people know it by: levels and teams, topics, policies, events, times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tantam.plan.publish.paper import Item
from tantam.plan.publish.speech import Speech, spaced
from tantam.plan.sections.clauses import Words
from tantam.plan.tables.values import Every, Span


def who(speech: Speech, names: Iterable[str]) -> str:
    """Return levels, teams or departments as people call them; every level of the plan is `everybody`."""
    written = list(names)
    levels = list(speech.plan.levels)
    if len(levels) > 1 and [each for each in levels if each in written] == levels:
        return speech.say("everybody")
    return speech.both([one(speech, each) for each in written])


def one(speech: Speech, name: str) -> str:
    """Return a level, team or department as people call it."""
    teams = speech.plan.teams
    return speech.named(teams, name) if name in teams and name not in speech.plan.levels else speech.lane(name)


def topics(speech: Speech, names: Iterable[str]) -> str:
    """Return what customers come for, by the values of the plan's terms."""
    return ", ".join(topic(speech, each) for each in names)


def topic(speech: Speech, name: str) -> str:
    """Return one topic: by its own clause, else as a value of a term, else by its label."""
    own = speech.plan.topics.get(name)
    if own is not None and own.label:
        return speech.pick(own.label)
    for term in speech.plan.terms.values():
        if name in term.values:
            return speech.pick(term.values[name], speech.label(name))
    return speech.label(name)


def policies(speech: Speech, names: Iterable[str]) -> str:
    """Return policies by their labels."""
    return ", ".join(speech.named(speech.plan.policies, each) for each in names)


def measures(speech: Speech, names: Iterable[str]) -> str:
    """Return measures by their labels."""
    return ", ".join(speech.named(speech.plan.measures, each) for each in names)


def goal(speech: Speech, name: str) -> str:
    """Return a goal by its aim."""
    found = speech.plan.goals.get(name)
    return speech.pick(found.aim, spaced(name)) if found else speech.label(name)


def event(speech: Speech, name: str) -> str:
    """Return what sets something off, by the plan's labels, else in our words."""
    if speech.plan.labels.get(name):
        return speech.label(name)
    return speech.known(f"event_{name}") or speech.label(name)


def language(speech: Speech, code: str) -> str:
    """Return a language by its name in the speech's own."""
    return speech.known(f"language_{code}") or code


def per(speech: Speech, name: str) -> str:
    """Return what is counted by: `month`, `purchase`."""
    own = speech.pick(speech.plan.labels.get(name, {}))
    return own or speech.known(f"per_{name}") or spaced(name)


def share_of(speech: Speech, written: str) -> str:
    """Return `5 % of conversations` in words; anything else as written."""
    share, of, what = written.partition(" of ")
    if not of:
        return written
    said = share.replace(" %", "%") if speech.lang not in ("vi", "de") else share.replace(".", ",")
    known = "" if what in speech.plan.labels else speech.known(f"counted_{what}")
    if known:
        return speech.say("counted_share", share=said, what=known)
    return speech.say("share_of", share=said, what=speech.label(what))


def often(speech: Speech, span: Span) -> str:
    """Return how often: `every 6 months`."""
    return speech.value(Every(span))


def text(speech: Speech, words: Words) -> str:
    """Return a text with its slots."""
    return speech.slotted(speech.pick(words))


def items(speech: Speech, named: Mapping[str, tuple[str, str]]) -> list[Item]:
    """Return points for what is said. named: the key of each point's name -> its words and its address."""
    return [Item(words, speech.say(key), address) for key, (words, address) in named.items() if words]
