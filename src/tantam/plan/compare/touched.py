"""Whom a change touches: a smallest case that is answered otherwise, or the proof that there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from tantam.plan.checks.space.formula import Formula, all_of
from tantam.plan.checks.subjects import assumed_of, held_always
from tantam.plan.compare.answers import (
    Answers,
    Ask,
    Facts,
    begun,
    completed,
    of_due,
    of_group,
    of_policy,
    of_promise,
    of_term,
    of_triage,
    smallest,
    texts_of,
)
from tantam.plan.compare.changes import Change, Example, Touches, Weight
from tantam.plan.compare.concerned import concerned, leaning
from tantam.plan.compare.grants import grant_example, limit_example, of_event
from tantam.plan.compare.moments import channel_example, hour_example
from tantam.plan.compare.search import MOST_ROWS, OutOfSteps, Rule, Search, Side, side_of
from tantam.plan.sections import Plan
from tantam.plan.sections.clauses import Policy
from tantam.plan.tables.form import Row, Table
from tantam.plan.tables.nodes import Expr, Not
from tantam.plan.tables.types import YesNo

Wanted = Callable[[Search], Iterator[Formula]]


class Touched:
    """Answers for all changes between two plans."""

    def __init__(self, old: Plan, new: Plan) -> None:
        self.old, self.new = old, new
        self._searches: dict[tuple[str, str], Search] = {}

    def row(self, change: Change, before: Row | None, after: Row | None) -> Change:
        """Return the change of a row with whom it touches."""
        name = change.address
        old, new = self.old.tables()[name], self.new.tables()[name]
        row = before or after
        if name == "limits" and row is not None:
            return _shown(change, limit_example(self.old, self.new, row.labels.get("topic", "")))
        asked = _asked(name, row)
        if asked is None:
            return change
        label, ask = asked
        sides = self._sides(old, new, label)
        if max(len(each.rules) for each in sides) > MOST_ROWS:
            return replace(change, touches=Touches.OPEN)
        places = _place(sides[0], before), _place(sides[1], after)
        single = new.hit.single and old.hit.single
        wanted = _first_that(places) if single else _each_that(places)
        found = self._answered(change, self._search((name, label), sides), wanted, ask, name)
        if name == "follow_ups" and found.example is not None:
            facts = {"event": label, **found.example.facts}
            return replace(found, example=replace(found.example, facts=facts))
        return found

    def order(self, change: Change, one: Row, other: Row) -> Change | None:
        """Return the change of two rows that changed places, None if it alters no answer."""
        name = change.address
        asked = _asked(name, one)
        old, new = self.old.tables()[name], self.new.tables()[name]
        if asked is None or max(len(old.rows), len(new.rows)) > MOST_ROWS:
            return replace(change, touches=Touches.OPEN)
        sides = self._sides(old, new, asked[0])
        old_one, old_other = _named(sides[0], one.name), _named(sides[0], other.name)
        new_one, new_other = _named(sides[1], one.name), _named(sides[1], other.name)
        if None in (old_one, old_other, new_one, new_other):
            return None

        def wanted(search: Search) -> Iterator[Formula]:
            if sides[0].rules[old_other or 0].leads_to != sides[1].rules[new_one or 0].leads_to:
                yield all_of([search.fires("old", old_other), search.fires("new", new_one)])

        found = self._answered(change, self._search((name, asked[0]), sides), wanted, asked[1], name)
        return None if found.touches is Touches.NONE else found

    def clause(self, change: Change) -> Change:
        """Return the change of a clause that is no table with whom it touches, where an answer depends on it alone."""
        found = self._example(change)
        if found.weight is Weight.NAMED or (change.address.startswith("policies.") and found.weight > Weight.PROMISED):
            return found
        touched = concerned(self.old, self.new, change.address)
        if not touched or found.touches in (Touches.NONE, Touches.OPEN):
            return found
        touches = Touches.NAMED if found.touches is Touches.UNASKED else found.touches
        return replace(found, touches=touches, concerns=touched)

    def _example(self, change: Change) -> Change:
        parts = {each.part.split(".")[0] for each in change.edits}
        match change.address.split("."):
            case ["hours", _]:
                return self._hours(change)
            case ["channels", _]:
                return _shown(change, channel_example(self.old, self.new, change))
            case ["levels", _] if "authority" in parts:
                return _shown(change, grant_example(self.old, self.new, change))
            case ["groups", name] if "when" in parts:
                return self._group(change, name)
            case ["requirements", name] if parts & {"must", "else", "say"}:
                return self._requirement(change, name)
            case ["terms", name] if "value" in parts:
                return self._term(change, name)
            case ["policies", name, "outcomes", outcome] if parts - {"label", "about"}:
                return self._outcome(change, name, outcome)
            case _:
                return change

    # clauses

    def _hours(self, change: Change) -> Change:
        """Return the change of hours with one that is open in one plan only, and a promise that falls due otherwise."""
        example = hour_example(self.old, self.new, change)
        if example is None or example.moment is None:
            return change
        moment, name = example.moment, change.address.partition(".")[2]
        promised = (self._due(each, moment) for each in leaning(self.new, name))
        due = next((each for each in promised if each is not None), None)
        return replace(change, touches=Touches.CASE, example=example, promised=due)

    def _due(self, address: str, start: datetime) -> Example | None:
        """Return a case whose promise by the row at an address falls due otherwise if it begins at `start`."""
        name, _, row = address.partition("#")
        old, new = self.old.tables().get(name), self.new.tables().get(name)
        found = next((each for each in new.rows if each.name == row), None) if new and row else None
        if old is None or new is None or found is None or max(len(old.rows), len(new.rows)) > MOST_ROWS:
            return None
        kind = found.labels.get("promise", "")
        search = self._search((name, kind), self._sides(old, new, kind))
        number = _named(search.new, row)
        ask = of_due(kind, start)
        try:
            for facts in search.cases(search.holds["new"][number or 0]):
                given = begun(texts_of(facts), (self.old, self.new))
                if (less := smallest(ask, self.old, self.new, given)) is not None:
                    return Example(f"due.{kind}", *less, moment=start)
        except OutOfSteps:
            return None
        return None

    def _group(self, change: Change, name: str) -> Change:
        one, other = self.old.groups.get(name), self.new.groups.get(name)
        if not one or not other or one.when is None or other.when is None:
            return change
        return self._condition(change, one.when, other.when, of_group(name))

    def _term(self, change: Change, name: str) -> Change:
        one, other = self.old.scope.terms.get(name), self.new.scope.terms.get(name)
        exprs = one.computed if one else None, other.computed if other else None
        if exprs[0] is None or exprs[1] is None or not isinstance(exprs[0].type, YesNo):
            return change
        return self._condition(change, exprs[0], exprs[1], of_term(name))

    def _condition(self, change: Change, one: Expr, other: Expr, ask: Ask) -> Change:
        """Return the change of a condition: it touches those for whom it holds in one plan only."""
        sides = (
            Side(self.old, (Rule("", (one,), {}),), held_always(self.old)),
            Side(self.new, (Rule("", (other,), {}),), held_always(self.new)),
        )
        return self._answered(change, Search(*sides), _each_that((0, 0)), ask, change.address)

    def _requirement(self, change: Change, name: str) -> Change:
        one, other = self.old.requirements.get(name), self.new.requirements.get(name)
        needing = [
            each.name
            for each in self.new.policies.values()
            if name in each.needs and each.name in self.old.policies and name in self.old.policies[each.name].needs
        ]
        if one is None or other is None or not needing:
            return change
        for policy in needing:
            sides = [
                Side(
                    plan,
                    (Rule("", (_not(clause.must),), {"else": clause.otherwise, "say": str(clause.say)}),),
                    tuple(_needed(plan, plan.policies[policy], but=name)),
                )
                for plan, clause in ((self.old, one), (self.new, other))
            ]
            change = self._answered(change, Search(*sides), _each_that((0, 0)), of_policy(policy), f"policies.{policy}")
            if change.touches is not Touches.OPEN:
                break
        return change

    def _outcome(self, change: Change, policy: str, outcome: str) -> Change:
        one, other = self.old.policies.get(policy), self.new.policies.get(policy)
        if not one or not other or not one.decides or not other.decides:
            return change
        sides = self._sides(one.decides, other.decides, "")

        def wanted(search: Search) -> Iterator[Formula]:
            for i in _leading_to(sides[0], outcome):
                for j in _leading_to(sides[1], outcome):
                    yield all_of([search.fires("old", i), search.fires("new", j)])

        if max(len(each.rules) for each in sides) > MOST_ROWS:
            return replace(change, touches=Touches.OPEN)
        name = one.decides.name
        return self._answered(change, self._search((name, ""), sides), wanted, of_policy(policy), name)

    # searching

    def _answered(self, change: Change, search: Search, wanted: Wanted, ask: Ask, address: str) -> Change:
        possible = False
        try:
            for formula in wanted(search):
                for facts in search.cases(formula):
                    possible = True
                    found = self._smallest(ask, texts_of(facts), address)
                    if found is not None:
                        example = Example(_asks(address), *found)
                        return replace(change, touches=Touches.CASE, example=example)
        except OutOfSteps:
            possible = True
        return replace(change, touches=Touches.OPEN if possible or not search.proves else Touches.NONE)

    def _smallest(self, ask: Ask, facts: Facts, address: str) -> tuple[Facts, Answers, Answers] | None:
        """Return what a case shows; of a policy first with usual values for all that the case leaves open."""
        tried = [facts]
        match address.split("."):
            case ["policies", policy, *_]:
                tried = [*completed(facts, (self.old, self.new), policy), facts]
            case ["promises", *_]:
                tried = [begun(facts, (self.old, self.new))]
        found = (smallest(ask, self.old, self.new, each) for each in tried)
        return next((each for each in found if each is not None), None)

    def _sides(self, old: Table, new: Table, label: str) -> tuple[Side, Side]:
        return self._side(self.old, old, label), self._side(self.new, new, label)

    def _side(self, plan: Plan, table: Table, label: str) -> Side:
        match table.name.split("."):
            case ["policies", name, "decides"]:
                assumed = assumed_of(plan, plan.policies[name])
            case ["policies", name, "must"]:
                assumed = (*held_always(plan), *_needed(plan, plan.policies[name]))
            case _:
                assumed = held_always(plan)
        return side_of(plan, table.only(table.labels[0], label) if label else table, assumed)

    def _search(self, key: tuple[str, str], sides: tuple[Side, Side]) -> Search:
        if key not in self._searches:
            self._searches[key] = Search(*sides)
        return self._searches[key]


def _shown(change: Change, example: Example | None) -> Change:
    return change if example is None else replace(change, touches=Touches.CASE, example=example)


def _asked(table: str, row: Row | None) -> tuple[str, Ask] | None:
    """Return which rows of a table are asked together (those of a label, "" for all), and how; None if nobody asks."""
    match table.split("."):
        case ["policies", policy, _]:
            return "", of_policy(policy)
        case ["triage", *_]:
            return "", of_triage
        case ["promises", *_] if row is not None and "promise" in row.labels:
            return row.labels["promise"], of_promise(row.labels["promise"])
        case ["terms", name, *_]:
            return "", of_term(name)
        case ["follow_ups"] if row is not None and "event" in row.labels:
            return row.labels["event"], of_event(row.labels["event"])
        case _:
            return None


def _asks(address: str) -> str:
    steps = address.split(".")
    return steps[1] if steps[0] in ("policies", "groups", "terms") else steps[0]


def _needed(plan: Plan, policy: Policy, but: str = "") -> Iterable[Expr]:
    return (plan.requirements[name].must for name in policy.needs if name in plan.requirements and name != but)


def _not(expr: Expr) -> Expr:
    return Not(expr, expr.place, YesNo())


def _place(side: Side, row: Row | None) -> int | None:
    return _named(side, row.name) if row is not None else None


def _named(side: Side, name: str) -> int | None:
    return next((number for number, rule in enumerate(side.rules) if rule.name == name), None)


def _leading_to(side: Side, outcome: str) -> list[int]:
    return [number for number, rule in enumerate(side.rules) if rule.leads_to.get("outcome") == outcome]


def _first_that(places: tuple[int | None, int | None]) -> Wanted:
    """Where the first row that applies counts: who met the row and now meets one that leads elsewhere, or none."""
    before, after = places

    def wanted(search: Search) -> Iterator[Formula]:
        olds: list[int | None] = [*range(len(search.old.rules)), None]
        news: list[int | None] = [*range(len(search.new.rules)), None]
        pairs: dict[tuple[int | None, int | None], None] = {}
        if before is not None and after is not None:
            pairs[before, after] = None
        if after is not None:
            pairs |= {(i, after): None for i in olds}
        if before is not None:
            pairs |= {(before, j): None for j in news}
        for i, j in pairs:
            if _leads(search.old, i) != _leads(search.new, j):
                yield all_of([search.fires("old", i), search.fires("new", j)])

    return wanted


def _leads(side: Side, number: int | None) -> object:
    return None if number is None else side.rules[number].leads_to


def _each_that(places: tuple[int | None, int | None]) -> Wanted:
    """Where every row that applies counts: who meets the row in one plan only, or in both if it leads elsewhere.

    First those who meet no other row, for whom it is sure to count."""
    before, after = places

    def wanted(search: Search) -> Iterator[Formula]:
        held = search.holds["old"][before] if before is not None else False
        fails = search.fails["old"][before] if before is not None else True
        holds = search.holds["new"][after] if after is not None else False
        failing = search.fails["new"][after] if after is not None else True
        ways = [all_of([held, failing]), all_of([fails, holds])]
        if _leads(search.old, before) != _leads(search.new, after):
            ways.append(all_of([held, holds]))
        others = [each for n, each in enumerate(search.fails["old"]) if n != before]
        others += [each for n, each in enumerate(search.fails["new"]) if n != after]
        yield from (all_of([way, *others]) for way in ways)
        yield from ways

    return wanted
