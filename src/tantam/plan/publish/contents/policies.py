"""Policies by stage, the conditions they share, and the words that have a fixed meaning in them."""

from __future__ import annotations

from tantam.plan.publish.contents import naming
from tantam.plan.publish.contents.company import kind_label
from tantam.plan.publish.contents.tables import asked, decision, plain
from tantam.plan.publish.paper import (
    Audience,
    Block,
    Cell,
    Clause,
    Column,
    Grid,
    Group,
    Head,
    Item,
    Line,
    Note,
    Part,
    Points,
    Prose,
)
from tantam.plan.publish.speech import Speech, spaced
from tantam.plan.sections.clauses import Floor, Policy
from tantam.plan.spoken import capitalized, spoken
from tantam.plan.tables.form import Table

STAGES = ("before", "during", "after", "")


def policies(speech: Speech, audience: Audience) -> Part:
    """Every policy, under the stage that it belongs to."""
    groups = []
    for stage in STAGES:
        found = [each for each in speech.plan.policies.values() if each.stage == stage]
        if found:
            title = speech.stage(stage)
            groups.append(Group(title, tuple(_policy(speech, each, audience) for each in found)))
    return Part("policies", speech.say("part_policies"), groups=tuple(groups))


def _policy(speech: Speech, policy: Policy, audience: Audience) -> Clause:
    blocks: list[Block] = []
    if policy.commitment:
        blocks.append(Prose(speech.pick(policy.commitment)))
    if policy.needs:
        names = [speech.pick(speech.plan.requirements[each].label, spaced(each)) for each in policy.needs]
        blocks.append(Note(speech.say("needs_first", names=speech.both(names)), f"policies.{policy.name}.needs"))
    if policy.must is not None:
        blocks.append(_must(speech, policy.must))
    if policy.decides is not None:
        blocks.append(decision(speech, policy, policy.decides))
    blocks += _terms_of(speech, policy)
    if audience is Audience.STAFF:
        blocks += _inside(speech, policy)
    return Clause(f"policies.{policy.name}", _title(speech, policy), tuple(blocks))


def _title(speech: Speech, policy: Policy) -> str:
    title = speech.pick(policy.label, spaced(policy.name))
    return capitalized(title)


def _must(speech: Speech, table: Table) -> Grid:
    lines = []
    for row in table.rows:
        out = row.outputs.get("say")
        said = _texts(speech, out.text) if out else ""
        other = row.outputs.get("else")
        below = (speech.outcome("", other.text),) if other and other.text not in ("decline", "-") else ()
        lines.append(
            Line(f"{table.name}#{row.name}", (*asked(speech, table, row), Cell(said or "–", below, open=not said)))
        )
    heads = (*(Head(speech.say("head_must"), Column.CONDITION) for _ in table.inputs), Head(speech.say("head_else")))
    return Grid(heads, tuple(lines), caption=speech.say("must"))


def _terms_of(speech: Speech, policy: Policy) -> list[Block]:
    said = []
    if policy.pinned == "purchase":
        said.append(speech.say("pinned_purchase"))
    if policy.granted_by != "plan":
        said.append(speech.say("granted_by", level=speech.named(speech.plan.levels, policy.granted_by)))
    if policy.waits_for:
        waits = speech.sentence(policy.waits_for_expr) if policy.waits_for_expr else speech.label(policy.waits_for)
        said.append(speech.say("waits_for", what=waits))
    if policy.offered == "automatically":
        said.append(speech.say("offered_automatically"))
    if policy.law:
        said.append(speech.say("fact", term=speech.say("head_law"), value=policy.law) + ".")
    return [Note(" ".join(said))] if said else []


def _inside(speech: Speech, policy: Policy) -> list[Block]:
    """What only staff need: kind, priority, budget, the pain it answers, and what is said with each outcome."""
    written = (speech.plan.document.policies or {})[policy.name]
    items = (
        [Item(kind_label(speech, policy.kind), speech.say("kind"), f"policies.{policy.name}.kind")]
        if policy.kind
        else []
    )
    for key, value in (("priority", written.priority), ("budget", written.budget)):
        if value:
            said = _budget(speech, policy, str(value)) if key == "budget" else str(value)
            items.append(Item(said, speech.say(key), f"policies.{policy.name}.{key}"))
    for name, when in policy.marks.items():
        items.append(Item(speech.sentence(when), speech.say("mark"), f"policies.{policy.name}.marks.{name}"))
    needs = [speech.plan.needs[name] for name in policy.answers_pain if name in speech.plan.needs]
    for position, need in enumerate(needs):
        anchor = f"policies.{policy.name}.answers_pain" if position == 0 else ""
        items.append(Item(speech.pick(need.words), speech.say("pain"), anchor))
    for name, outcome in policy.outcomes.items():
        out = outcome.arguments.rows[0].outputs.get("say") if outcome.arguments else None
        if out is not None:
            label = speech.say("we_say", outcome=speech.outcome(policy.name, name))
            items.append(Item(_texts(speech, out.text), label, f"policies.{policy.name}.outcomes.{name}"))
    return [Points(tuple(items))] if items else []


def _budget(speech: Speech, policy: Policy, written: str) -> str:
    if policy.budget_amount is None:
        return naming.share_of(speech, written)
    amount = spoken(policy.budget_amount, speech.lang)
    return f"{amount} / {naming.per(speech, policy.budget_per)}" if policy.budget_per else amount


def _texts(speech: Speech, keys: str) -> str:
    """What is said, with a slot for each fact that is put in."""
    found = [each.strip() for each in keys.replace("+", ",").split(",")]
    return speech.slotted(" ".join(speech.plan.text(each, speech.lang) for each in found if each not in ("", "-")))


def requirements(speech: Speech, _: Audience) -> Part:
    """Conditions that several policies share."""
    lines = []
    for name, each in speech.plan.requirements.items():
        said = speech.slotted(" ".join(speech.plan.text(key, speech.lang) for key in each.say))
        cells = (
            Cell(speech.pick(each.label, spaced(name))),
            Cell(speech.sentence(each.must)),
            Cell(said or "–", open=not said),
        )
        lines.append(Line(f"requirements.{name}", cells))
    heads = (
        Head(speech.say("head_name")),
        Head(speech.say("head_must"), Column.CONDITION),
        Head(speech.say("head_else")),
    )
    clauses = (Clause("requirements", speech.say("requirements"), (Grid(heads, tuple(lines)),)),) if lines else ()
    return Part("requirements", speech.say("part_requirements"), clauses)


def floors(speech: Speech, _: Audience) -> Part:
    """What the law grants at least, whatever a policy says."""
    lines = []
    for name, each in speech.plan.floors.items():
        gives = ", ".join(dict.fromkeys(_granted(speech, each, outcome) for outcome in each.gives))
        about = speech.pick(each.about, "")
        cells = (
            Cell(speech.pick(each.label, spaced(name))),
            Cell(about or speech.sentence(each.when)),
            Cell(gives),
            Cell(each.law or "–", open=not each.law),
        )
        lines.append(Line(f"floors.{name}", cells))
    heads = (
        Head(speech.say("head_name")),
        Head(speech.say("head_floor_when"), Column.CONDITION),
        Head(speech.say("head_floor_gives"), Column.RESULT),
        Head(speech.say("head_law")),
    )
    blocks = (Note(speech.say("floors_how")), Grid(heads, tuple(lines)))
    clauses = (Clause("floors", speech.say("floors"), blocks),) if lines else ()
    return Part("floors", speech.say("part_floors"), clauses)


def _granted(speech: Speech, floor: Floor, outcome: str) -> str:
    """Return how the policies that a floor binds call one of its outcomes."""
    named = (speech.plan.policies[each].outcomes.get(outcome) for each in floor.policies)
    return next((speech.pick(each.label) for each in named if each and any(each.label.values())), spaced(outcome))


def definitions(speech: Speech, _: Audience) -> Part:
    """Terms that are worked out from others, by a table or a formula."""
    clauses, items = [], []
    for name, term in speech.plan.scope.terms.items():
        if name not in speech.plan.terms or speech.plan.terms[name].builtin:
            continue
        if term.table is not None:
            head = Head(speech.term(name), Column.RESULT)
            grid = plain(speech, term.table, (head,), (name,))
            clauses.append(Clause(f"terms.{name}", speech.term(name), (grid,)))
        elif term.computed is not None:
            items.append(Item(speech.expr(term.computed), speech.term(name), f"terms.{name}"))
    if items:
        clauses.append(Clause("terms", speech.say("formulas"), (Points(tuple(items)),)))
    return Part("definitions", speech.say("part_definitions"), tuple(clauses))
