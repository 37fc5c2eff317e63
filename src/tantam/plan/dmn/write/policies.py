"""Policies, triage and promises as decisions, with the terms that they need as inputs and decisions below them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as Tree

from tantam.plan.dmn.write.elements import element, ident, plain
from tantam.plan.dmn.write.graph import Graph, Said, literal_box
from tantam.plan.dmn.write.sayable import CannotSay, Sayer, feel_name, text
from tantam.plan.dmn.write.tables import TableWriter
from tantam.plan.dmn.write.types import basic, definition, type_name
from tantam.plan.sections import Plan
from tantam.plan.sections.clauses import Policy
from tantam.plan.sections.typed_policies import text_keys
from tantam.plan.tables.form import Table
from tantam.plan.tables.hits import Total
from tantam.plan.tables.nodes import Expr, terms_in
from tantam.plan.words import say

DEFAULT = "decline"  # what a requirement comes to that says nothing else
TOTALS = {Total.SUM: "sum", Total.SMALLEST: "min", Total.LARGEST: "max", Total.COUNT: "count"}


def decision_name(plan: Plan, policy: str) -> str:
    """Return the name of the decision that answers as the policy: its own, unless a term has that or FEEL does."""
    name = feel_name(policy)
    return f"{name} policy" if policy in plan.terms else name


@dataclass(slots=True)
class FileWriter:
    """Writes one file. lang: of labels and notes."""

    plan: Plan
    graph: Graph
    lang: str
    sayer: Sayer = field(init=False)
    tables: TableWriter = field(init=False)

    def __post_init__(self) -> None:
        self.sayer = Sayer(self.plan.scope)
        self.tables = TableWriter(self.sayer)

    def table(self, name: str, table: Table, said: Said) -> None:
        """Add a table as a decision, behind the terms that it speaks of."""
        self.terms(_terms_of(table))
        self.graph.decision(name, self.tables.written(table), said)

    def policy(self, policy: Policy) -> None:
        """Add a policy: its requirements, its rules, what its outcomes carry, and the answer of all three."""
        name = decision_name(self.plan, policy.name)
        label = policy.label.get(self.lang, "")
        parts = {}
        if policy.needs or policy.must:
            parts["requirements"] = self._requirements(policy, f"{name} requirements")
        if policy.decides:
            parts["rules"] = f"{name} rules"
            self.table(parts["rules"], policy.decides, Said(label, policy.decides.name))
        if policy.decides and policy.decides.hit.gathers:
            answer = self._gathered(policy, parts)
        else:
            if carries := self._carried(policy, f"{name} carries"):
                parts["carries"] = carries
            answer = self._answer(policy, parts)
        about = policy.commitment.get(self.lang, "")
        self.graph.decision(name, answer, Said(label, about))

    def terms(self, names: Iterable[str]) -> None:
        """Add these terms, and those that they are computed from, each behind what it needs."""
        for name in names:
            self._term(name, ())

    def _term(self, name: str, above: tuple[str, ...]) -> None:
        term, clause = self.plan.scope.terms.get(name), self.plan.terms.get(name)
        if term is None or feel_name(name) in self.graph.nodes or name in above:
            return
        label = clause.label.get(self.lang, "") if clause else ""
        question = clause.ask.get(self.lang, "") if clause else ""
        groups = name == "group" and clause is not None and clause.builtin and self._group_terms()
        below = (*above, name)
        try:
            if groups:
                self._below(groups, below)
                box = literal_box(name, self._groups())
            elif term.table is not None:
                self._below(_terms_of(term.table), below)
                box = self.tables.written(term.table)
            elif term.computed is not None:
                box = literal_box(name, self.sayer.said(term.computed))
                self._below(terms_in(term.computed), below)
            else:
                self._input(name, label, question)
                return
        except CannotSay as lost:
            self.tables.lost.append(f"terms.{name}: {lost.what}")
            self._input(name, label, question)
            return
        about = Said(label, f"terms.{name}", question, basic(term.type))
        self.graph.decision(feel_name(name), box, about)

    def _below(self, names: Iterable[str], above: tuple[str, ...]) -> None:
        for each in names:
            self._term(each, above)

    def _input(self, name: str, label: str, question: str) -> None:
        term, clause = self.plan.scope.terms[name], self.plan.terms.get(name)
        made = definition(name, term.type, clause, self.lang)
        if made is not None:
            self.graph.types[name] = made
        unit = "" if str(term.type) in ("yes_no", "text") else f" ({str(term.type).partition('[')[0].strip()})"
        self.graph.input(feel_name(name), type_name(name, term.type), label, f"{question}{unit}".strip())

    def _groups(self) -> str:
        """Return the list of groups whose condition holds; of two that exclude each other the first."""
        holds: dict[str, str] = {}
        for name, group in self.plan.groups.items():
            if group.when is None:
                continue
            condition = self.sayer.said(group.when)
            for other in group.exclusive:
                if other in holds:
                    condition = f"{condition} and not({holds[other]})"
            holds[name] = f"({condition} and true) = true"
        made = [f"if {condition} then {text(name)} else null" for name, condition in holds.items()]
        return f"[{', '.join(made)}][item != null]"

    def _group_terms(self) -> tuple[str, ...]:
        exprs = [each.when for each in self.plan.groups.values() if each.when is not None]
        return _in_all(exprs)

    def _requirements(self, policy: Policy, name: str) -> str:
        """Add the requirements as a table: the first that fails says what comes of it."""
        rules: list[tuple[str, str, Sequence[str], str]] = []  # name, outcome, texts, condition
        exprs: list[Expr] = []
        for each in policy.needs:
            shared = self.plan.requirements[each]
            exprs.append(shared.must)
            said = self._condition([shared.must], f"requirements.{each}")
            rules.append((each, shared.otherwise, shared.say, said))
        for row in policy.must.rows if policy.must else ():
            own = [condition.expr for condition in row.conditions if condition]
            exprs += own
            cells = {key: out.text for key, out in row.outputs.items()}
            said = self._condition(own, f"{policy.name}.must#{row.name}")
            rules.append((row.name, cells.get("else", DEFAULT), text_keys(cells.get("say", "")), said))
        rules = [each for each in rules if each[3]]
        self.terms(_in_all(exprs))
        box = self.tables.written_rules(name, rules)
        self.graph.decision(name, box, Said(about=f"policies.{policy.name}.must"))
        return name

    def _condition(self, exprs: Sequence[Expr], where: str) -> str:
        try:
            return " and ".join(self.sayer.said(each) for each in exprs) or "true"
        except CannotSay as lost:
            self.tables.lost.append(f"{where}: {lost.what}")
            return ""

    def _carried(self, policy: Policy, name: str) -> str:
        """Add what the outcomes carry beside their row, as a table over the outcome; "" if they carry nothing."""
        arguments = {key: each.arguments for key, each in policy.outcomes.items() if each.arguments}
        names = list(dict.fromkeys(out.name for table in arguments.values() for out in table.outputs))
        if not names or not policy.decides:
            return ""
        rows: list[tuple[str, list[str]]] = []
        for key, table in arguments.items():
            made = dict.fromkeys(names, "null")
            try:
                said = self.tables.outputs(table, table.rows[0])
            except CannotSay as lost:
                self.tables.lost.append(f"policies.{policy.name}.outcomes.{key}: {lost.what}")
                continue
            made |= dict(zip((out.name for out in table.outputs), said, strict=True))
            rows.append((key, list(made.values())))
            self.terms(_terms_of(table))
        outcome = self._member(policy, name.replace(" carries", " rules"), "outcome")
        box = self.tables.written_choice(name, outcome, names, rows)
        self.graph.decision(name, box, Said(about=f"policies.{policy.name}.outcomes"))
        return name

    def _member(self, policy: Policy, rules: str, column: str) -> str:
        """Return how the answer speaks of a column of the rules; the only column of a table is its whole result."""
        assert policy.decides is not None
        several = len(policy.decides.outputs) + len(policy.decides.labels) > 1
        return f"{rules}.{feel_name(column)}" if several else rules

    def _answer(self, policy: Policy, parts: dict[str, str]) -> Tree.Element:
        """Return the answer as a context: what failed, else what the row says, else what the outcome carries."""
        rules, required, carries = (parts.get(each, "") for each in ("rules", "requirements", "carries"))
        own = [each.name for each in policy.decides.outputs] if policy.decides else []
        more = [out.name for each in policy.outcomes.values() if each.arguments for out in each.arguments.outputs]
        several = len(dict.fromkeys(more)) > 1
        entries = []
        for column in dict.fromkeys(["outcome", *own, *(more if carries else ()), *(["say"] if required else ())]):
            said = self._member(policy, rules, column) if column in own else "null"
            if column in more and carries:
                other = f"{carries}.{feel_name(column)}" if several else carries
                said = f"if {said} != null then {said} else {other}" if column in own else other
            if required:
                failed = f"{required}.{column}" if column in ("outcome", "say") else "null"
                said = f"if {required} != null then {failed} else ({said})"
            entries.append((feel_name(column), said))
        return _context(policy.name, entries)

    def _gathered(self, policy: Policy, parts: dict[str, str]) -> Tree.Element:
        rules, required = parts["rules"], parts.get("requirements", "")
        entries = [("outcome", '"collect"'), ("items", f"if {rules} = null then [] else {rules}")]
        if policy.total:
            column = feel_name(policy.total)
            several = len(policy.decides.outputs) > 1 if policy.decides else False
            amounts = f"items[{column} != null].{column}" if several else "items[item != null]"
            entries.append((column, f"{TOTALS[policy.total_by]}({amounts})"))
        if required:
            kept = {"outcome": f"{required}.outcome"}
            entries = [
                (name, f"if {required} != null then {kept.get(name, 'null')} else ({made})") for name, made in entries
            ]
            entries.append(("say", f"if {required} != null then {required}.say else null"))
        return _context(policy.name, entries)

    def noted(self) -> None:
        """Write what was left out as a note of the file."""
        notes = [say("dmn_write_ask", self.lang)]
        lost = list(dict.fromkeys(self.tables.lost))
        if lost:
            notes.append(say("dmn_write_lost", self.lang, lost="; ".join(lost)))
        self.graph.notes += notes


def _context(name: str, entries: Sequence[tuple[str, str]]) -> Tree.Element:
    made = [
        element(
            "contextEntry",
            {"id": ident(name, "entry", key)},
            element("variable", {"id": ident(name, "entry", key, "variable"), "name": key}),
            element("literalExpression", {"id": ident(name, "entry", key, "expression")}, plain("text", said)),
        )
        for key, said in entries
    ]
    return element("context", {"id": ident(name, "context")}, *made)


def _terms_of(table: Table) -> tuple[str, ...]:
    exprs = [each.expr for each in table.inputs if each.expr is not None]
    exprs += [cell.expr for row in table.rows for cell in row.conditions if cell]
    exprs += [out.expr for row in table.rows for out in row.outputs.values()]
    return _in_all(exprs)


def _in_all(exprs: Iterable[Expr]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term for expr in exprs for term in terms_in(expr)))
