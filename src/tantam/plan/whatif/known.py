"""What a plan knows of a past case: its facts by the plan's terms, which it needs, and which of them history lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tantam.plan.errors import BadFact
from tantam.plan.run.facts import read_facts
from tantam.plan.run.promises import begins_term
from tantam.plan.run.ready import all_own, clock_value
from tantam.plan.run.triage import PLACES
from tantam.plan.sections import Plan
from tantam.plan.tables.nodes import Expr
from tantam.plan.tables.reach import exprs_in, given_below
from tantam.plan.tables.table import Table
from tantam.plan.whatif.past_case import PastCase

# What stands at the head of a case, by the name that `from: case.…` gives it; a new one was never reopened.
HEAD: Mapping[str, Callable[[PastCase], str]] = {
    "topic": lambda past: past.topic,
    "channel": lambda past: past.channel,
    "language": lambda past: past.language,
    "opened": lambda past: past.opened.isoformat(),
    "reopened": lambda past: "0",
    "broken_promises": lambda past: "0",
}
IDLE: tuple[Any, ...] = ()  # a text that says nothing, or that nothing of the plan reads

Text = tuple[str, str]  # a term and a fact text of it


@dataclass(frozen=True, slots=True)
class Known:
    """What counts of one case before a plan.

    values: by term, as the engine reads them. lacking: needed terms that history does not have; not those that
    nobody knew then. groups: as history has them, None if unknown.
    """

    values: Mapping[str, Any]
    lacking: frozenset[str]
    groups: frozenset[str] | None


@dataclass
class Noted:
    """What is noticed of facts on the way. refused: {(term, text): what the plan allows}, and whose they are."""

    refused: dict[Text, tuple[str, list[int]]] = field(default_factory=dict)
    foreign: Counter[str] = field(default_factory=Counter)
    defaults: Counter[str] = field(default_factory=Counter)


class Reader:
    """Reads past cases by the terms of one plan; the same text is read once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.noted = Noted()
        self.needed = frozenset(needed(plan))
        # Where a case is placed is what triage answers, not what it is told.
        self._wanted = self.needed - set(PLACES) - {term for term, _ in all_own(plan).clocks}
        if all_own(plan).group:
            self._wanted -= {"group"}
        self._clocks = tuple((term, source) for term, source in all_own(plan).clocks if term in self.needed)
        self._from_head = tuple(_from_head(plan))
        self._defaults = {name for name in self._wanted if plan.scope.terms[name].default is not None}
        self._read: dict[Text, tuple[Any, ...] | BadFact] = {}

    def read(self, past: PastCase) -> tuple[tuple[Any, ...], Known]:
        """Return what counts of the case, and before it a key that is the same for cases with the same of it."""
        values: dict[str, Any] = {}
        key: list[Any] = []
        for item in self._texts(past):
            found = self._read.get(item)
            if found is None:
                found = self._read_text(item, past)
            if not found:
                continue
            term, text = item
            if isinstance(found, BadFact):
                self.noted.refused.setdefault(item, (str(found.allowed), []))[1].append(past.key)
            elif term not in self.plan.terms:
                self.noted.foreign[term] += 1
            else:
                values[term] = found[0]
                key.append((term, *(found[1:] or (text,))))
        for term, source in self._clocks:
            if term not in values:
                values[term] = clock_value(self.plan, source, past.opened)
                key.append((term, values[term]))
        missing = self._wanted.difference(values, past.asked)
        for term in missing & self._defaults:
            self.noted.defaults[term] += 1
        lacking = missing - self._defaults
        groups = past.groups if lacking else None
        return (*key, lacking, groups), Known(values, lacking, groups)

    def _texts(self, past: PastCase) -> Iterator[Text]:
        """Yield what history has, each term once: what is on record counts before what was told."""
        recorded = past.recorded
        yield from recorded.items()
        for item in past.told.items():
            if item[0] not in recorded:
                yield item
        for term, of in self._from_head:
            if term not in recorded and term not in past.told and (text := of(past)):
                yield term, text

    def _read_text(self, item: Text, past: PastCase) -> tuple[Any, ...] | BadFact:
        """Return the value of a text, IDLE where nothing is to be done with it, or why the plan does not admit it.

        It is kept for the next case, unless it is the age of a moment; then its key follows the value.
        """
        term, text = item
        clause = self.plan.terms.get(term)
        found: tuple[Any, ...] | BadFact = (None,)
        if clause is not None:
            try:
                facts = read_facts(self.plan, {term: text}, now=past.opened)
                found = tuple(fact.value for fact in facts.values()) if term in self.needed else IDLE
            except BadFact as refused:
                found = refused
        if clause is not None and clause.since:
            return (*found, found[0], getattr(found[0], "since", None)) if isinstance(found, tuple) and found else found
        self._read[item] = found
        return found


def needed(plan: Plan) -> tuple[str, ...]:
    """Return the given terms that triage, the groups or the promises of the plan may come to read."""
    tables = (*plan.triage, *plan.promises.tables)
    exprs = [expr for table in tables for expr in _exprs(table)]
    exprs += [group.when for group in plan.groups.values() if group.when is not None]
    starts = [plan.promises.starts, *(row.outputs["starts"].text for row in _rows(plan) if "starts" in row.outputs)]
    begin = [term for path in starts if (term := begins_term(plan, path)) is not None]
    return tuple(dict.fromkeys((*given_below(exprs, plan.scope), *begin)))


def _exprs(table: Table) -> Iterator[Expr]:
    yield from exprs_in(table)
    yield from (column.expr for column in table.inputs if column.expr is not None)


def _rows(plan: Plan) -> Iterator[Any]:
    return (row for table in plan.promises.tables for row in table.rows)


def _from_head(plan: Plan) -> Iterator[tuple[str, Callable[[PastCase], str]]]:
    """Yield the terms that the head of a case answers, with how."""
    for name, clause in plan.terms.items():
        path = clause.source or clause.since or f"case.{name}"
        room, _, field_ = path.partition(".")
        if room == "case" and field_ in HEAD and not clause.computed:
            yield name, HEAD[field_]
