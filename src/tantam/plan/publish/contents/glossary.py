"""The words of the plan with their questions and answers, in the order of the alphabet: the end of a printed copy."""

from __future__ import annotations

from collections.abc import Iterator

from tantam.folding import folded
from tantam.plan.publish.paper import Audience, Clause, Item, Part, Points
from tantam.plan.publish.speech import Speech
from tantam.plan.sections.clauses import TermClause
from tantam.plan.spoken import capitalized


def glossary(speech: Speech, audience: Audience) -> Part:
    """Every word that is written in the plan; to customers those that they are asked about."""
    items = sorted((_item(speech, each, audience) for each in _terms(speech, audience)), key=_place)
    said = tuple(each for each in items if each.words)
    clauses = (Clause("terms", speech.say("glossary"), (Points(said),)),) if said else ()
    return Part("glossary", speech.say("part_glossary"), clauses)


def _terms(speech: Speech, audience: Audience) -> Iterator[TermClause]:
    for each in speech.plan.terms.values():
        if not each.builtin and (audience is Audience.STAFF or each.ask):
            yield each


def _item(speech: Speech, term: TermClause, audience: Audience) -> Item:
    said = [speech.say("glossary_ask", ask=speech.slotted(speech.pick(term.ask)))] if term.ask else []
    values = [speech.pick(words, speech.label(name)) for name, words in term.values.items()]
    if values:
        said.append(speech.say("glossary_values", values=", ".join(values)))
    if term.unit:
        said.append(speech.say("glossary_unit", unit=speech.pick(term.unit)))
    if audience is Audience.STAFF and not term.computed:
        said.append(speech.known(f"glossary_{term.demands}"))
    whole = [each if each.endswith((".", "?", "!")) else f"{each}." for each in said if each]
    return Item(" ".join(capitalized(each) for each in whole), speech.term(term.name), f"terms.{term.name}")


def _place(item: Item) -> str:
    """Where a word stands: accents count only where words are the same without them."""
    return f"{folded(item.name)}\0{item.name}"
