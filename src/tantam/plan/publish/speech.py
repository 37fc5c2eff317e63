"""What conditions and results of the plan's tables mean, as a person says it in one language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tantam.plan.errors import Place
from tantam.plan.run.aloud import outcome_label, pick
from tantam.plan.sections import Plan
from tantam.plan.spoken import capitalized, filled, percent, spoken
from tantam.plan.tables import nodes
from tantam.plan.tables.checking import check
from tantam.plan.tables.expressions import parse_condition
from tantam.plan.tables.form import Condition, Input, Out
from tantam.plan.tables.nodes import Expr
from tantam.plan.tables.types import Date, Duration, Moment, Time, YesNo
from tantam.plan.tables.values import Every, Range, Span
from tantam.plan.words import catalogue, say

SLOT = re.compile(r"\{(\w+)\}")
COMPARED = {"<=": "at_most", "<": "below", ">": "above", ">=": "at_least", "!=": "not"}
COMBINED = {"+": "plus", "-": "minus", "*": "times", "/": "by"}


def spaced(name: str) -> str:
    """Return a name as words, where the plan gives no better: `paid_with` is `paid with`."""
    return name.replace("_", " ")


@dataclass(frozen=True)
class Speech:
    """One plan in one language."""

    plan: Plan
    lang: str

    def say(self, key: str, **args: Any) -> str:
        """Return a sentence of the catalogue."""
        return say(f"publish_{key}", self.lang, **args)

    def known(self, key: str) -> str:
        """Return a sentence of the catalogue, "" if it has none of that key."""
        return self.say(key) if f"publish_{key}" in catalogue() else ""

    def filled(self, key: str, **values: Any) -> str:
        """Return a sentence of the catalogue with values said in it, bent as the sentence asks."""
        return filled(say(f"publish_{key}", self.lang, **{name: f"{{{name}}}" for name in values}), values, self.lang)

    def pick(self, words: Mapping[str, str], otherwise: str = "") -> str:
        """Return the words in this language, else in the plan's own, else `otherwise`."""
        return words.get(self.lang) or words.get(self.plan.languages[0]) or pick(words, self.lang, otherwise=otherwise)

    def label(self, name: str) -> str:
        """Return what the plan's `labels` call a name; the name itself as words if they do not."""
        return self.pick(self.plan.labels.get(name, {}), spaced(name))

    def named(self, clauses: Mapping[str, Any], name: str) -> str:
        """Return the label of one of several clauses: levels, groups, channels."""
        clause = clauses.get(name)
        return self.pick(clause.label, self.label(name)) if clause is not None else self.label(name)

    def slotted(self, text: str) -> str:
        """Return a text of the plan with a slot for each fact that is put in when it is said: `within [the time]`."""
        return SLOT.sub(lambda found: f"[{self.inside(self._slot(found[1]))}]", text)

    def _slot(self, name: str) -> str:
        output = self.plan.outputs.get(name)
        return self.known(f"slot_{name}") or (self.pick(output.label, spaced(name)) if output else self.term(name))

    def lane(self, name: str) -> str:
        """Return what people call who does something: the customer, a level, a department."""
        if name in ("customer", "") and name not in self.plan.levels:
            return self._plain_or("customer", "customer")
        if name in self.plan.levels:
            return self.named(self.plan.levels, name)
        department = (self.plan.document.internal or {}).get(name)
        words = department.get("label") if isinstance(department, dict) else None
        return self.pick(words, spaced(name)) if isinstance(words, dict) else str(words or self.label(name))

    def stage(self, name: str) -> str:
        """Return what people call a stage, by the plan's `labels` if they say it; "" is any stage."""
        return self._plain_or(name, f"stage_{name}") if name else self.say("stage_any")

    def _plain_or(self, name: str, key: str) -> str:
        return self.pick(self.plan.labels.get(name, {})) or self.say(key)

    def term(self, name: str) -> str:
        """Return what people call a term."""
        clause = self.plan.terms.get(name)
        if clause is not None and clause.builtin and not clause.label and name not in self.plan.labels:
            return self.say(f"head_{name}")
        if clause is not None and clause.label:
            return self.pick(clause.label)
        words = self.label(name)
        return capitalized(words)

    def value(self, value: Any, path: Sequence[str] = ()) -> str:
        """Return a value in words; with the path of the term or field it belongs to, by its label."""
        if isinstance(value, frozenset | tuple | list):
            return self.either([self.value(each, path) for each in value])
        if not isinstance(value, str):
            return spoken(value, self.lang)
        if tuple(path) == ("group",):
            return self.inside(self.named(self.plan.groups, value))
        labels = self._labels_of(path)
        return self.pick(labels.get(value, {}), self.label(value)) if labels or "_" in value else self._plain(value)

    def _plain(self, value: str) -> str:
        return self.pick(self.plan.labels.get(value, {}), value)

    def _labels_of(self, path: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        if not path:
            return {}
        clause = self.plan.terms.get(path[0])
        if len(path) == 1 and clause is not None:
            return clause.values
        for fields in (self.plan.document.records or {}).values():
            field = fields.get(path[-1])
            choices = (field.one_of or field.some_of) if field else None
            if isinstance(choices, dict):
                return {
                    value: words
                    if isinstance(words, dict)
                    else dict.fromkeys(self.plan.languages, words or spaced(value))
                    for value, words in choices.items()
                }
        return {}

    def outcome(self, policy: str, name: str) -> str:
        """Return what people call an outcome of a policy."""
        common = {"ask": "outcome_ask", "decline": "outcome_decline"}.get(name)
        known = self.plan.policies.get(policy)
        labelled = known and name in known.outcomes and known.outcomes[name].label
        if not labelled and common and not (name in self.plan.actions and self.plan.actions[name].label):
            return self._plain_label(name) or self.say(common)
        return outcome_label(self.plan, policy, name, self.lang)

    def _plain_label(self, name: str) -> str:
        return self.pick(self.plan.labels.get(name, {}))

    def either(self, words: Sequence[str]) -> str:
        """Return several as alternatives: `a, b or c`."""
        return self._joined(words, "either")

    def both(self, words: Sequence[str]) -> str:
        """Return several that all hold: `a, b and c`."""
        return self._joined(words, "both")

    def _joined(self, words: Sequence[str], key: str) -> str:
        unique = list(dict.fromkeys(words))
        if len(unique) < 2:
            return "".join(unique)
        return self.say(key, first=", ".join(unique[:-1]), last=unique[-1])

    # conditions

    def cell(self, column: Input, condition: Condition | None) -> str:
        """Return a condition as its cell says it, under the head of its column; "" where anything goes."""
        if condition is None:
            return ""
        return self.test(condition.expr, column.expr) if column.expr is not None else self.sentence(condition.expr)

    def asked(self, term: str, written: str) -> str:
        """Return a cell that stands outside of tables, of one term, as a table's cell of that term is said.

        What cannot be read is said as a value, as written."""
        nowhere = Place("", 1, 1)
        subject, _ = check(nodes.Name((term,), nowhere), self.plan.scope)
        tree, findings = parse_condition(written, nowhere, subject)
        if tree is not None and not findings:
            tree, findings = check(tree, self.plan.scope, YesNo())
        return self.value(written, (term,)) if tree is None or findings else self.test(tree, subject)

    def head(self, column: Input) -> str:
        """Return the head of a column of conditions."""
        words = self.expr(column.expr) if column.expr is not None else self.say("head_when")
        return capitalized(words)

    def test(self, expr: Expr, subject: Expr) -> str:
        """Return what `expr` asks of `subject`, without naming it: `up to 30 days`."""
        path = subject.path if isinstance(subject, nodes.Fact) else ()
        match expr:
            case nodes.Compare(op="=", left=left, right=right) if _same(left, subject):
                return self.operand(right, path)
            case nodes.Compare(op=op, left=left, right=right) if _same(left, subject):
                return self.compared(COMPARED[op], subject, right)
            case nodes.Within(subject=left, members=members) if _same(left, subject):
                return self.either([self.operand(each, path) for each in members])
            case nodes.Between(subject=left) if _same(left, subject):
                return self._between(expr, path)
            case nodes.Has(subject=left, value=value) if _same(left, subject):
                return self.operand(value, path)
            case nodes.Not(operand=operand) if _same(operand, subject):
                return spoken(False, self.lang)
            case nodes.Not(operand=operand):
                return self.say("is_not", value=self.test(operand, subject))
            case nodes.Either(parts=parts):
                return self.either([self.test(each, subject) for each in parts])
            case nodes.Both(parts=parts):
                return self.both([self.test(each, subject) for each in parts])
            case _ if _same(expr, subject):
                return spoken(True, self.lang)
            case _:
                return self.sentence(expr)

    def _between(self, expr: nodes.Between, path: Sequence[str]) -> str:
        bounds = []
        if expr.low is not None:
            bounds.append(("above" if expr.low_open else "at_least", expr.low))
        if expr.high is not None:
            bounds.append(("below" if expr.high_open else "at_most", expr.high))
        if len(bounds) == 2 and not expr.low_open and not expr.high_open:
            return self._range(expr.low, expr.high, path)
        return self.both([self.compared(how, expr.subject, bound) for how, bound in bounds])

    def compared(self, how: str, subject: Expr, bound: Expr) -> str:
        """Return a bound in words: amounts are more or less, days before or after, spans within one that has a name."""
        path = subject.path if isinstance(subject, nodes.Fact) else ()
        value = self.operand(bound, path)
        if isinstance(bound, nodes.Fact):
            value = self.say("named", value=value)
        match subject.type:
            case Date() | Moment() | Time() if how != "not":
                return self.say(f"day_{how}", value=value)
            case Duration() if isinstance(bound, nodes.Fact):
                return self.say(f"span_{how}", value=value)
            case _:
                return self.say(f"is_{how}", value=value)

    def _range(self, low: Expr | None, high: Expr | None, path: Sequence[str] = ()) -> str:
        ends = [each.value if isinstance(each, nodes.Literal) else None for each in (low, high)]
        if None not in ends:
            return spoken(Range(*ends), self.lang)
        return " – ".join(self.operand(each, path) for each in (low, high) if each is not None)

    def operand(self, expr: Expr, path: Sequence[str] = ()) -> str:
        """Return what something is compared with: a value by its label, a term inside a sentence."""
        if isinstance(expr, nodes.Literal):
            return self.value(expr.value, path)
        return self.inside(self.expr(expr))

    def inside(self, label: str) -> str:
        """Return a label as it stands inside a sentence: small in vi and en, as it is in de."""
        if self.lang == "de" or label[1:2].isupper():
            return label
        return label[:1].lower() + label[1:]

    def sentence(self, expr: Expr) -> str:
        """Return a whole condition: `Today's price: less than what it cost`."""
        match expr:
            case nodes.Compare(left=left) | nodes.Within(subject=left) | nodes.Between(subject=left):
                return self.say("fact", term=self.expr(left), value=self.test(expr, left))
            case nodes.Has(subject=left):
                return self.say("fact", term=self.expr(left), value=self.test(expr, left))
            case nodes.Not(operand=nodes.Fact() | nodes.Element() as fact):
                return self.say("fact", term=self.expr(fact), value=spoken(False, self.lang))
            case nodes.Not(operand=operand):
                return self.say("never", value=self.sentence(operand))
            case nodes.Both(parts=parts):
                return self.both(self._sentences(parts))
            case nodes.Either(parts=parts):
                return self.either(self._sentences(parts))
            case nodes.Fact() | nodes.Element():
                return self.say("fact", term=self.expr(expr), value=spoken(True, self.lang))
            case _:
                return self.expr(expr)

    def _sentences(self, parts: Sequence[Expr]) -> list[str]:
        first, *rest = [self.sentence(each) for each in parts]
        return [first, *(self.inside(each) for each in rest)]

    # expressions and results

    def expr(self, expr: Expr) -> str:
        """Return an expression in words: `90 % of what it cost`."""
        match expr:
            case nodes.Literal(value=value):
                return self.value(value)
            case nodes.Fact(path=path) | nodes.Element(path=path):
                return self._path(path)
            case nodes.Name():
                return self.label(expr.path[-1])
            case nodes.Arithmetic(op="*", left=left, right=nodes.Literal(value=Fraction() as share)) if 0 < share < 1:
                return self._share(self.expr(left), share)
            case nodes.Arithmetic(op=op, left=left, right=right):
                return self.say(f"calc_{COMBINED[op]}", left=self.expr(left), right=self.inside(self.expr(right)))
            case nodes.Negative(operand=operand):
                return self.say("calc_negative", value=self.inside(self.expr(operand)))
            case nodes.Bounds(low=low, high=high):
                return self._range(low, high)
            case nodes.Repeat(span=nodes.Literal(value=Span() as span)):
                return spoken(Every(span), self.lang)
            case nodes.Repeat(span=span):
                return self.expr(span)
            case nodes.Call(name=name, args=args):
                return self._call(name, args)
            case _:
                return self.sentence(expr)

    def _share(self, of: str, share: Fraction) -> str:
        return self.say("calc_share", value=self.inside(of), share=percent(share, self.lang))

    def _path(self, path: Sequence[str]) -> str:
        if path and path[0] in self.plan.terms:
            words = self.term(path[0])
            rest = [self.inside(self._field(each)) for each in path[1:]]
            return ": ".join([words, *rest])
        return self._field(path[-1]) if path else ""

    def _field(self, name: str) -> str:
        for fields in (self.plan.document.records or {}).values():
            label = fields[name].label if name in fields else None
            if label is not None:
                return self.pick(label) if isinstance(label, dict) else label
        return self.term(name)

    def _call(self, name: str, args: Sequence[Expr]) -> str:
        calls: Mapping[str, Callable[[Expr], str]] = {
            "some": self.sentence,
            "every": self.sentence,
            "if": self.sentence,
        }
        words = [calls.get(name, self.expr)(each) for each in args]
        small = [words[0], *(self.inside(each) for each in words[1:])] if words else []
        match name, small:
            case "sum" | "smallest" | "largest", [_, what, *_]:
                return self.say(f"call_{name}", what=what)
            case "some" | "every", [_, what]:
                return self.say(f"call_{name}", of=self.expr(args[0]), what=what)
            case "known", [what]:
                return self.say("call_known", what=what)
            case "count" | "distinct" | "abs", [what, *_]:
                return self.say(f"call_{name}", what=self.inside(what))
            case "min" | "max", _:
                return self.say(f"call_{name}", what=self.both([self.inside(each) for each in words]))
            case "if", [_, _, otherwise]:
                return self.say(
                    "call_if", condition=self.sentence(args[0]), then=self.expr(args[1]), otherwise=otherwise
                )
            case "deadline", [start, span]:
                return self.say("call_deadline", start=self.inside(start), span=span)
            case _:
                return ", ".join(small[:1])

    def result(self, out: Out) -> str:
        """Return what a result cell gives, in words."""
        return self.expr(out.expr)


def _same(left: Expr, right: Expr) -> bool:
    """Whether two expressions read the same, wherever they stand."""
    match left, right:
        case (nodes.Fact(path=one), nodes.Fact(path=two)):
            return one == two
        case (nodes.Literal(value=one), nodes.Literal(value=two)):
            return bool(one == two)
        case _:
            if type(left) is not type(right) or getattr(left, "op", "") != getattr(right, "op", ""):
                return False
            if getattr(left, "name", "") != getattr(right, "name", "") or getattr(left, "path", ()) != getattr(
                right, "path", ()
            ):
                return False
            mine, theirs = nodes.children(left), nodes.children(right)
            return len(mine) == len(theirs) and all(_same(*pair) for pair in zip(mine, theirs, strict=True))
