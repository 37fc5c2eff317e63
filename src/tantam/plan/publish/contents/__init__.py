"""What stands in a published plan, in which order, for whom; nothing of how it is set."""

from __future__ import annotations

from dataclasses import replace

from tantam.plan.publish.contents.aims import goals, limits, mission, needs, profile, review
from tantam.plan.publish.contents.care import knowledge, quality, surveys, topics, training
from tantam.plan.publish.contents.company import conduct, groups, levels
from tantam.plan.publish.contents.glossary import glossary
from tantam.plan.publish.contents.hours import reached
from tantam.plan.publish.contents.house import costs, precedence, privacy, products, sales
from tantam.plan.publish.contents.people import internal, people, providers, recognition
from tantam.plan.publish.contents.policies import definitions, floors, policies, requirements
from tantam.plan.publish.contents.procedures import procedures
from tantam.plan.publish.contents.promises import follow_ups, promises, triage
from tantam.plan.publish.paper import Audience, Paper
from tantam.plan.publish.speech import Speech
from tantam.plan.sections import Plan

# What customers ask first comes first; what binds the reader stands before what explains it.
FOR_ALL = (
    *(mission, promises, reached, topics, policies, requirements, floors, precedence, limits),
    *(procedures, levels, providers),
    *(sales, follow_ups, surveys, knowledge, privacy, goals, review, definitions),
)
FOR_STAFF = (
    *(mission, profile, needs, groups, promises, triage, topics, reached, policies, requirements, floors),
    *(precedence,),
    *(procedures, levels, people, internal, providers, limits, follow_ups, surveys, knowledge, training, conduct),
    *(quality, recognition, products, sales, goals, costs, privacy, review, definitions),
)


def paper(plan: Plan, lang: str, audience: Audience) -> Paper:
    """Return the plan as a paper in `lang`; parts that the plan has nothing for are left out."""
    speech = Speech(plan, lang)
    chapters = FOR_STAFF if audience is Audience.STAFF else FOR_ALL
    parts = [each(speech, audience) for each in chapters]
    trade = plan.company.trade
    return Paper(
        lang,
        speech.pick(plan.company_name),
        speech.say("title"),
        _edition(speech, audience),
        about=speech.pick(trade) if isinstance(trade, dict) else trade or "",
        parts=tuple(part for part in parts if part.all_clauses),
    )


def printed(plan: Plan, lang: str, audience: Audience) -> Paper:
    """Return the paper as it is printed: with a glossary at its end."""
    sheet, words = paper(plan, lang, audience), glossary(Speech(plan, lang), audience)
    return replace(sheet, parts=(*sheet.parts, words)) if words.all_clauses else sheet


def _edition(speech: Speech, audience: Audience) -> str:
    plan = speech.plan
    version = (
        speech.say("version", version=plan.version, hash=plan.hash)
        if plan.version is not None
        else speech.say("draft", hash=plan.hash)
    )
    return f"{version} · {speech.say('for_staff')}" if audience is Audience.STAFF else version
