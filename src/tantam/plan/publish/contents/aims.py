"""Mission, profile, needs, limits, goals and review: what the company is for, and how it will know."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from tantam.plan.publish.paper import (
    Audience,
    Block,
    Cell,
    Clause,
    Grid,
    Head,
    Item,
    Lead,
    Line,
    Note,
    Part,
    Points,
    Prose,
)
from tantam.plan.publish.procedures import words
from tantam.plan.publish.speech import Speech, spaced
from tantam.plan.run.cells import cell_value
from tantam.plan.sections.clauses import Goal, Measure
from tantam.plan.sections.clauses_care import Trait
from tantam.plan.spoken import day, percent, spoken
from tantam.plan.tables.form import Row
from tantam.plan.tables.types import Duration

SIGNS = {"<=": "at_most", ">=": "at_least", "<": "below", ">": "above", "=": "exactly"}


def mission(speech: Speech, _: Audience) -> Part:
    """What the company is here for."""
    said = speech.pick(speech.plan.mission)
    clauses = (Clause("mission", speech.say("mission"), (Lead(said),)),) if said else ()
    return Part("mission", speech.say("part_mission"), clauses)


def profile(speech: Speech, _: Audience) -> Part:
    """Who the customers are."""
    written = speech.plan.document.profile
    blocks: tuple[Block, ...] = ()
    if speech.plan.profile:
        blocks = (Points(tuple(_trait(speech, each) for each in speech.plan.profile.values())),)
    elif isinstance(written, str):
        blocks = (Prose(written),)
    elif isinstance(written, dict):
        said = words(speech, written) if _is_text(speech, written) else ""
        blocks = (Prose(said),) if said else points_of(speech, "profile", written)
    clauses = (Clause("profile", speech.say("profile"), blocks),) if blocks else ()
    return Part("profile", speech.say("part_profile"), clauses)


def _trait(speech: Speech, trait: Trait) -> Item:
    """A trait with the shares that are expected: `16% at least 65`."""
    shares = []
    for cell, share in trait.expected:
        said = speech.asked(trait.term, cell)
        shares.append(f"{percent(Fraction(share).limit_denominator(10_000), speech.lang)} {said}")
    told = speech.slotted(speech.pick(trait.words))
    if shares:
        told = f"{told} ({speech.say('fact', term=speech.term(trait.term), value='; '.join(shares))})".strip()
    label = speech.known(f"profile_{trait.name}") or speech.label(trait.name)
    return Item(told, label if not label.isdigit() and trait.name != "profile" else "", f"profile.{trait.name}")


def points_of(speech: Speech, address: str, written: Mapping[str, Any]) -> tuple[Block, ...]:
    """Return whatever a free section says as points; lists become one line, deeper things are left out."""
    items = []
    for name, each in written.items():
        if isinstance(each, dict) and not _is_text(speech, each):
            continue
        mine = each.get(speech.lang, next(iter(each.values()), "")) if isinstance(each, dict) else each
        said = ", ".join(speech.say("quoted", words=one) for one in mine) if isinstance(mine, list) else str(mine or "")
        label = speech.known(f"{address}_{name}") or speech.label(name)
        items.append(Item(speech.slotted(said), label if not label.isdigit() else "", f"{address}.{name}"))
    return (Points(tuple(items)),) if items else ()


def _is_text(speech: Speech, written: Mapping[str, Any]) -> bool:
    return bool(written) and all(each in speech.plan.languages for each in written)


def needs(speech: Speech, _: Audience) -> Part:
    """What customers need."""
    found = speech.plan.needs
    items = tuple(
        Item(speech.pick(each.words, spaced(name)), _weight(speech, each.weight), f"needs.{name}")
        for name, each in sorted(found.items(), key=lambda pair: pair[1].weight, reverse=True)
    )
    clauses = (Clause("needs", speech.say("needs"), (Points(items),)),) if items else ()
    return Part("needs", speech.say("part_needs"), clauses)


def _weight(speech: Speech, weight: str) -> str:
    return speech.say("weight", weight=weight) if weight in ("1", "2", "3", "4", "5") else weight


def limits(speech: Speech, _: Audience) -> Part:
    """What the company does not do; what it does instead of a plain no is said where any line has it."""
    table = speech.plan.limits
    rows = table.rows if table else ()
    plain = all("we" not in row.outputs or row.outputs["we"].text == "no" for row in rows)
    names = ("topic", "instead") if plain else ("topic", "we", "instead")
    lines = tuple(Line(f"limits#{row.name}", _limit(speech, row, names)) for row in rows)
    heads = tuple(Head(speech.say(f"head_{name}")) for name in names)
    clauses = (Clause("limits", speech.say("limits"), (Grid(heads, lines),)),) if lines else ()
    return Part("limits", speech.say("part_limits"), clauses)


def _limit(speech: Speech, row: Row, names: tuple[str, ...]) -> tuple[Cell, ...]:
    out = {name: each.text for name, each in row.outputs.items()}
    keys = [each.strip() for each in out.get("say", "").replace("+", ",").split(",")]
    how = out.get("we", "")
    said = {
        "topic": speech.value(row.labels.get("topic", ""), ("topic",)),
        "we": speech.known(f"we_{how}") or speech.label(how),
        "instead": speech.slotted(" ".join(speech.plan.text(key, speech.lang) for key in keys if key not in ("", "-"))),
    }
    return tuple(Cell(said[name]) for name in names)


def goals(speech: Speech, _: Audience) -> Part:
    """What shall be reached by when, and how it is counted."""
    plan = speech.plan
    clauses = []
    if plan.goals:
        heads = tuple(Head(speech.say(f"head_{name}")) for name in ("aim", "measure", "target", "until"))
        lines = tuple(_goal(speech, each) for each in plan.goals.values())
        clauses.append(Clause("goals", speech.say("goals"), (Grid(heads, lines),)))
    if plan.measures:
        items = tuple(
            Item(speech.pick(each.words), speech.pick(each.label, spaced(name)), f"measures.{name}")
            for name, each in plan.measures.items()
        )
        clauses.append(Clause("measures", speech.say("measures"), (Points(items),)))
    return Part("goals", speech.say("part_goals"), tuple(clauses))


def _goal(speech: Speech, goal: Goal) -> Line:
    plan = speech.plan
    measure = plan.measures.get(goal.measure)
    scope = [speech.named(plan.groups, each) for each in goal.groups if each != "all"]
    scope += [speech.stage(each) for each in goal.stages if each in ("before", "during", "after")]
    cells = (
        Cell(speech.pick(goal.aim), tuple(scope)),
        Cell(speech.pick(measure.label, spaced(goal.measure)) if measure else spaced(goal.measure)),
        Cell(_target(speech, goal.target, measure)),
        Cell(_date(speech, goal.date) or "–", open=not goal.date),
    )
    return Line(f"goals.{goal.name}", cells)


def _target(speech: Speech, target: str, measure: Measure | None) -> str:
    """`>= 95 %` as `at least 95 %`; durations in words; anything else as written."""
    sign = next((each for each in SIGNS if target.startswith(each)), "")
    value = target.removeprefix(sign).strip()
    duration = cell_value(speech.plan, value, Duration(None)) if not value.endswith("%") else None
    said = spoken(duration, speech.lang) if duration is not None else _percent(value, speech.lang)
    return speech.say(f"is_{SIGNS[sign]}", value=said) if sign else said


def _percent(value: str, lang: str) -> str:
    if not value.endswith("%"):
        return value
    figure = value[:-1].strip()
    return f"{figure}%" if lang not in ("vi", "de") else f"{figure.replace('.', ',')} %"


def _date(speech: Speech, written: str) -> str:
    try:
        return day(date.fromisoformat(written), speech.lang)
    except ValueError:
        return written


def review(speech: Speech, _: Audience) -> Part:
    """When the plan itself is looked at again."""
    found, written = speech.plan.review, speech.plan.document.review
    items = []
    if found.cadence:
        span = cell_value(speech.plan, found.cadence, Duration(None))
        said = spoken(span, speech.lang) if span is not None else found.cadence
        items.append(Item(speech.say("review_every", span=said), speech.say("review_cadence"), "review.every"))
    if written is not None and written.next:
        items.append(Item(_date(speech, written.next), speech.say("review_next"), "review.next"))
    if found.owners:
        owners = speech.both([speech.lane(each) for each in found.owners])
        items.append(Item(owners, speech.say("review_owner"), "review.owner"))
    blocks: list[Block] = [Points(tuple(items))] if items else []
    triggers = [words(speech, each) for each in found.triggers]
    if any(triggers):
        blocks.append(Note(speech.say("review_earlier")))
        points = [Item(each, "", f"review.triggers.{number}") for number, each in enumerate(triggers, 1) if each]
        blocks.append(Points(tuple(points)))
    clauses = [Clause("review", speech.say("review"), tuple(blocks))] if blocks else []
    return Part("review", speech.say("part_review"), (*clauses, *_amendments(speech)))


def _amendments(speech: Speech) -> tuple[Clause, ...]:
    """What was changed, when and why."""
    written = speech.plan.document.review
    found = getattr(written, "amendments", None)
    items = []
    for name, each in found.items() if isinstance(found, dict) else ():
        told = {
            key: each.get(key) if isinstance(each, dict) else getattr(each, key, None)
            for key in ("on", "what", "because")
        }
        said = " ".join(part for part in (words(speech, told["what"]), words(speech, told["because"])) if part)
        if said:
            on = _date(speech, str(told["on"] or ""))
            items.append(Item(said, speech.say("review_amended", day=on) if on else "", f"review.amendments.{name}"))
    return (Clause("review.amendments", speech.say("review_amendments"), (Points(tuple(items)),)),) if items else ()
