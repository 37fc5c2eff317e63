"""What people call the clause that changed, and the values in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tantam.plan.compare.changes import Change
from tantam.plan.compare.names import NAMING, name_said, of_clause, share_said, shortened, step_said
from tantam.plan.compare.rows import UNNAMED
from tantam.plan.errors import Place
from tantam.plan.publish.contents.naming import topic
from tantam.plan.publish.speech import Speech, spaced
from tantam.plan.sections import Plan
from tantam.plan.spoken import capitalized, spoken
from tantam.plan.tables.expressions import parse_result
from tantam.plan.tables.form import Row, Table
from tantam.plan.tables.nodes import Bounds, Expr, Literal, Repeat
from tantam.plan.tables.values import Range
from tantam.plan.words import catalogue, say

NOWHERE = Place("", 1, 1)

# Sections that are one clause each, whose keys are its parts.
SINGLE = frozenset({"company", "working_days", "deadlines", "promises", "review", "courtesy", "triage", "knowledge"})


def row_of(plan: Plan, clause: str) -> Row | None:
    """Return the row at an address, None if there is none."""
    address, _, name = clause.partition("#")
    table = plan.tables().get(address)
    return next((row for row in table.rows if row.name == name), None) if table and name else None


def conditions_said(side: Speech, table: Table, row: Row, but: Collection[str] = ()) -> list[str]:
    """Return the row's conditions in words, each with the head of its column; those of the columns `but` left out."""
    return [
        say("compare_cell", side.lang, name=side.head(column), value=side.cell(column, cell))
        if column.expr is not None
        else side.cell(column, cell)
        for column, cell in zip(table.inputs, row.conditions, strict=False)
        if cell is not None and column.name not in but
    ]


@dataclass(frozen=True)
class Subject:
    """The clause of a change, on the side of one plan."""

    side: Speech
    change: Change

    def say(self, key: str, **args: str) -> str:
        """Return a sentence of the catalogue."""
        return say(f"compare_{key}", self.side.lang, **args)

    def words(self) -> str:
        """Return what people call it: `Exchange, row “faulty”`, `Level Agent`."""
        row = row_of(self.side.plan, self.change.clause)
        title = self._title(self.change.address.split("."))
        if row is None:
            return title
        table = self.side.plan.tables()[self.change.address]
        kind = [self._kind(table, label) for label in row.labels.values()]
        quoted = "quoted" if not UNNAMED.fullmatch(row.name) else "row_number"
        name = self.say(quoted, text=row.name if quoted == "quoted" else str(row.index))
        known = self._unchanged(table, row)
        clause = ", ".join([title, *kind])
        return (
            self.say("row_where", clause=clause, row=name, where=known)
            if known
            else self.say("row", clause=clause, row=name)
        )

    def _unchanged(self, table: Table, row: Row) -> str:
        """Return the row's conditions that stay as they are: they say whom it is about."""
        edited = {each.part for each in self.change.edits}
        if len(edited) >= len(table.inputs) + len(table.outputs) or self.change.what in ("added", "removed"):
            return ""
        return "; ".join(conditions_said(self.side, table, row, but=edited))

    def _kind(self, table: Table, label: str) -> str:
        promises = self.side.plan.promises.labels if table.name.startswith("promises") else {}
        return self.side.pick(promises.get(label, {}), self.side.label(label))

    def _title(self, steps: list[str]) -> str:
        match steps:
            case ["policies", name, *rest]:
                policy = self.side.plan.policies.get(name)
                title = capitalized(self.side.pick(policy.label if policy else {}, spaced(name)))
                return self._below(title, [each for each in rest if each != "decides"], name)
            case ["terms", name, *_]:
                return self.say("section_of", section=self._section("terms"), name=self.side.term(name))
            case ["procedures", name, "steps", one]:
                told = step_said(self.side, name, one) or self._text((*steps, "ask")) or spaced(one)
                return self.say("step", procedure=self._named(steps[:2]), step=told)
            case ["texts", name]:
                return self.say("text_key", name=spaced(name))
            case ["company", "sites" | "teams" | "shifts" | "duties" as kind, name]:
                return self.say("section_of", section=self._section(kind), name=self._own(kind, name))
            case ["knowledge", "articles", name]:
                article = next((each for each in self.side.plan.knowledge.articles if each.name == name), None)
                known = of_clause(self.side, article) if article else self.side.label(name)
                return self.say("section_of", section=self._section("articles"), name=known)
            case ["knowledge", "topics", name]:
                return self.say("section_of", section=self._section("knowledge"), name=topic(self.side, name))
            case ["internal", name, "owes", what]:
                known = self._text((*steps, "what")) or self._text((*steps, "words")) or self.side.label(what)
                return self.say("owed_by", department=self._named(steps[:2]), what=known)
            case ["checks", name]:
                return self.say("section_of", section=self._section("checks"), name=name)
            case _:
                return self._usual_title(steps)

    def _usual_title(self, steps: list[str]) -> str:
        """Return the title of a clause whose section has none of its own."""
        match steps:
            case [section]:
                return self._section(section)
            case [section, *_, name] if name.isdigit():
                return self.say("point", section=self._section(section))
            case [section, name] if section in SINGLE:
                return self.say("section_of", section=self._section(section), name=self._key(name))
            case [section, name, *_]:
                known = self._named([section, name])
                return self.say("section_of", section=self._section(section), name=known)
            case _:
                return ".".join(steps)

    def _below(self, title: str, rest: list[str], policy: str) -> str:
        match rest:
            case ["outcomes", name]:
                return self.say("outcome_of", clause=title, outcome=self.side.outcome(policy, name))
            case [name, *_]:
                return self.say("section_of", section=title, name=self._key(name))
            case _:
                return title

    def _section(self, section: str) -> str:
        for key in (f"compare_section_{section}", f"compare_part_{section}"):
            if key in catalogue():
                return say(key, self.side.lang)
        return capitalized(spaced(section))

    def _key(self, name: str) -> str:
        return self.say(f"part_{name}") if f"compare_part_{name}" in catalogue() else capitalized(self.side.label(name))

    def _named(self, steps: list[str]) -> str:
        """Return the label of a clause, by its own words, else by the plan's labels."""
        tried = (self._text((*steps, key)) for key in ("label", "name", "aim", "what", "words"))
        return shortened(next(filter(None, tried), "")) or self.side.label(steps[-1])

    def _own(self, kind: str, name: str) -> str:
        found = getattr(self.side.plan, kind).get(name)
        return of_clause(self.side, found) if found else self.side.label(name)

    def _text(self, path: tuple[str, ...]) -> str:
        found: object = self.side.plan.document.model_dump(by_alias=True)
        for step in path:
            found = found.get(step) if isinstance(found, dict) else None
        return found if isinstance(found, str) else self.side.pick(found) if isinstance(found, dict) else ""

    # values

    def value(self, part: str, text: str) -> str:
        """Return a value in words: a condition as a sentence, a span or amount as people write it, a name's label."""
        typed = self._typed(part)
        if typed is not None:
            return self.side.sentence(typed)
        if share := share_said(self.side, text):
            return share
        tree, _ = parse_result(text, NOWHERE)
        if isinstance(tree, Literal) and not isinstance(tree.value, str):
            return spoken(tree.value, self.side.lang)
        if isinstance(tree, Bounds) and (ends := _ends(tree)) is not None:
            return spoken(ends, self.side.lang)
        if isinstance(tree, Bounds | Repeat):
            return self.side.expr(tree)
        return ", ".join(self.names(part, text))

    def names(self, part: str, text: str) -> list[str]:
        """Return the names that a part says, each as people call it."""
        steps = [each for each in part.split(".") if each and not each.isdigit()]
        known = [each for each in steps if each in NAMING]
        said = known[-1] if known else steps[-1] if steps else self.change.address.rpartition(".")[2]
        address = self.change.address.split(".")
        procedure = address[1] if address[0] == "procedures" and len(address) > 1 else ""
        if said == "or" and address[0] == "policies":
            return [self.side.outcome(address[1], each.strip()) for each in text.split(",")]
        return [name_said(self.side, said, each.strip(), procedure) for each in text.split(",")]

    def _typed(self, part: str) -> Expr | None:
        """Return the typed expression that stands there, if one does."""
        plan = self.side.plan
        match (*self.change.address.split("."), *filter(None, part.split("."))):
            case ("groups", name, "when") if name in plan.groups:
                return plan.groups[name].when
            case ("requirements", name, "must") if name in plan.requirements:
                return plan.requirements[name].must
            case ("terms", name, "value") if name in plan.scope.terms:
                return plan.scope.terms[name].computed
            case ("policies", name, "outcomes", outcome, output) if name in plan.policies:
                found = plan.policies[name].outcomes.get(outcome)
                rows = found.arguments.rows if found and found.arguments else ()
                out = rows[0].outputs.get(output) if rows else None
                return out.expr if out and output not in ("say", "by", "to", "remind") else None
            case ("always", number) if number.isdigit() and int(number) < len(plan.always):
                return plan.always[int(number)].expr
            case _:
                return None


def _ends(bounds: Bounds) -> Range | None:
    """Return the range that the bounds write, None if one of them is computed."""
    ends = [each.value if isinstance(each, Literal) else each for each in (bounds.low, bounds.high)]
    return None if any(isinstance(each, Expr) for each in ends) else Range(*ends)
