"""Who may decide what, how customers of each group are cared for, and how staff behave."""

from __future__ import annotations

from tantam.plan.publish.contents.aims import points_of
from tantam.plan.publish.contents.care import courtesy
from tantam.plan.publish.paper import Audience, Block, Clause, Item, Note, Part, Points, Prose
from tantam.plan.publish.procedures import words
from tantam.plan.publish.speech import Speech, spaced
from tantam.plan.sections.clauses import Group, Level
from tantam.plan.spoken import spoken


def levels(speech: Speech, audience: Audience) -> Part:
    """Who decides; to staff also up to which amount."""
    plan = speech.plan
    clauses = tuple(_level(speech, each, audience) for each in plan.levels.values())
    return Part("levels", speech.say("part_levels"), clauses)


def _level(speech: Speech, level: Level, audience: Audience) -> Clause:
    blocks: list[Block] = [Prose(speech.pick(level.duty))] if level.duty else []
    above = level.escalates_to.get("")
    if above:
        blocks.append(Note(speech.say("asks_above", level=speech.named(speech.plan.levels, above))))
    if level.beyond:
        blocks.append(Note(speech.pick(level.beyond)))
    if audience is Audience.STAFF:
        items = []
        if level.handles:
            severities = [speech.value(each, ("severity",)) for each in level.handles]
            items.append(Item(speech.both(severities), speech.say("handles"), f"levels.{level.name}.handles"))
        for kind, amount in level.authority.items():
            limit = speech.say("is_at_most", value=spoken(amount, speech.lang))
            items.append(Item(limit, kind_label(speech, kind), f"levels.{level.name}.authority.{kind}"))
        blocks += [Points(tuple(items))] if items else []
    return Clause(f"levels.{level.name}", speech.pick(level.label, spaced(level.name)), tuple(blocks))


KINDS = frozenset(
    [
        "consultation",
        "warranty",
        "exchange",
        "refund",
        "support",
        "benefit",
        "promotion",
        "change",
        "goodwill",
        "repair",
    ]
)


def kind_label(speech: Speech, kind: str) -> str:
    """Return what a kind of policy is called."""
    if kind in speech.plan.labels or kind not in KINDS:
        return speech.label(kind)
    return speech.say(f"kind_{kind}")


def groups(speech: Speech, _: Audience) -> Part:
    """Who belongs to which group, and how each is cared for."""
    clauses = tuple(_group(speech, each) for each in speech.plan.groups.values())
    return Part("groups", speech.say("part_groups"), clauses)


def _group(speech: Speech, group: Group) -> Clause:
    blocks: list[Block] = [Prose(speech.pick(group.care))] if group.care else []
    if group.when is not None:
        blocks.append(Note(speech.say("belongs", condition=speech.sentence(group.when)), f"groups.{group.name}.when"))
    return Clause(f"groups.{group.name}", speech.pick(group.label, spaced(group.name)), tuple(blocks))


def conduct(speech: Speech, _: Audience) -> Part:
    """How staff behave, and how they write."""
    document = speech.plan.document
    clauses = []
    if document.conduct:
        items = tuple(Item(words(speech, each), "", f"conduct.{name}") for name, each in document.conduct.items())
        clauses.append(Clause("conduct", speech.say("conduct"), (Points(items),)))
    spoken_to = courtesy(speech)
    if not spoken_to and isinstance(document.courtesy, dict):
        spoken_to = [Clause("courtesy", speech.say("courtesy"), points_of(speech, "courtesy", document.courtesy))]
    clauses += spoken_to
    return Part("conduct", speech.say("part_conduct"), tuple(clauses))
