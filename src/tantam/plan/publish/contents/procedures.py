"""Procedures: how the work goes, as a picture with its steps, or as tries where something is wrong."""

from __future__ import annotations

from tantam.plan.publish.paper import Audience, Block, Clause, Figure, Note, Part, Prose
from tantam.plan.publish.procedures import flows, title, tried, tries, words
from tantam.plan.publish.procedures import procedures as written_procedures
from tantam.plan.publish.speech import Speech


def procedures(speech: Speech, audience: Audience) -> Part:
    """Every procedure with what it is about and its flow; for customers those that say what they are about."""
    drawn = {each.name: each for each in flows(speech)}
    attempts = {each.name: each for each in tries(speech) if each.tries}
    clauses = []
    for name, written in written_procedures(speech).items():
        if audience is Audience.CUSTOMER and name in drawn and not written.get("about"):
            continue
        blocks: list[Block] = [Prose(said)] if (said := words(speech, written.get("about"))) else []
        if name in drawn:
            blocks.append(Figure(drawn[name]))
        elif isinstance(written.get("goal"), str):
            blocks.append(Note(speech.say("procedure_goal", goal=speech.term(written["goal"]))))
            blocks += [Figure(tried(speech, attempts[name]))] if name in attempts else []
        clauses.append(Clause(f"procedures.{name}", title(speech, name, written), tuple(blocks)))
    return Part("procedures", speech.say("part_procedures"), tuple(clauses))
