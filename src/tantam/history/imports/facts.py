"""What the log knows of a case when it was opened: its facts as the plan reads them, and the customer's groups."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache

from tantam.history.imports import cells
from tantam.history.imports.form import UNKNOWN, Given
from tantam.history.imports.happenings import CaseRow
from tantam.history.imports.mapping import Mapped
from tantam.history.imports.refused import Refused
from tantam.history.imports.slots import HEAD, TOLD_BY_THE_HEAD, Slot, head
from tantam.plan.errors import BadFact
from tantam.plan.run import fact_text, groups_if_known, read_fact
from tantam.plan.sections import Plan

REMEMBERED = 50_000


class Known:
    """Reads heads and facts off the rows of cases."""

    def __init__(self, mapping: Mapped, slots: Sequence[Slot]) -> None:
        self.mapping, self.plan = mapping, mapping.plan
        self.at = {each.name: index for index, each in enumerate(slots)}
        self.columns = {each.name: each.column for each in slots}
        facts = mapping.form.facts
        self.told = [
            (term, at, -1 if given.row == "last" else 0)
            for term, given in facts.items()
            if (at := self.at.get(f"facts.{term}")) is not None
        ]
        self.constant_facts = {term: given.constant for term, given in facts.items() if given.constant is not None}
        self.head_at = {name: self.at.get(f"head.{name}") for name in HEAD}
        self.head = {name: getattr(mapping.form.head, name) for name in HEAD}
        self.constants = _constants(mapping)
        self.ages = frozenset(
            term
            for term, given in mapping.form.facts.items()
            if term in self.plan.terms and cells.is_age(self.plan.terms[term]) and not given.unit
        )
        self.told_by_head = {
            term: TOLD_BY_THE_HEAD[clause.source]
            for term, clause in self.plan.terms.items()
            if clause.source in TOLD_BY_THE_HEAD and term not in mapping.form.facts
        }
        self.timeless = not any(_by_the_clock(self.plan, term) for term in self.plan.terms)
        self.groups: dict[str, str | None] = {}
        self.admits = lru_cache(maxsize=REMEMBERED)(self._admits)

    def of_head(self, name: str, rows: Sequence[CaseRow]) -> str | None:
        """Return what is known under this name of the case, by the row that the mapping names."""
        at = self.head_at[name]
        if at is None:
            return self.constants.get(name)
        return rows[-1 if self.head[name].row == "last" else 0].texts[at]

    def in_row(self, name: str, row: CaseRow) -> str | None:
        """Return what is known under this name in one row."""
        at = self.head_at[name]
        return self.constants.get(name) if at is None else row.texts[at]

    def facts(self, rows: Sequence[CaseRow], opened: str) -> dict[str, str]:
        """Return the facts by term. Raises RowRefused for an instant that its term does not admit as an age."""
        found = dict(self.constant_facts)
        for term, at, position in self.told:
            row = rows[position]
            text = row.texts[at]
            if text is not None:
                found[term] = self._age(term, text, row, opened) if term in self.ages else text
        for term, name in self.told_by_head.items():
            text = self.of_head(name, rows)
            if text is not None and self.admits(term, text):
                found[term] = text
        return found

    def groups_then(self, facts: dict[str, str], rows: Sequence[CaseRow], opened: str) -> str | None:
        """Return the customer's groups with cells.PARTS between, None where nobody knows them."""
        given: Given = self.head["groups"]
        if given.by != "plan":
            return self.of_head("groups", rows)
        key = json.dumps(facts)
        if self.timeless and key in self.groups:
            return self.groups[key]
        known = groups_if_known(self.plan, facts, now=_aware(opened))
        groups = None if known is None else cells.PARTS.join(known)
        if len(self.groups) >= REMEMBERED:
            self.groups.clear()
        self.groups[key] = groups
        return groups

    def _age(self, term: str, text: str, row: CaseRow, opened: str) -> str:
        try:
            return fact_text(self.plan, term, read_fact(self.plan, term, f"{text}+00:00", now=_aware(opened)))
        except BadFact as bad:
            column = self.columns.get(f"facts.{term}", term)
            raise RowRefused(row, column, text, Refused("fact", term=term, allowed=str(bad.allowed))) from bad

    def _admits(self, term: str, text: str) -> bool:
        try:
            return cells.typed(self.plan, term, "", text) is not None
        except Refused:
            return False


class RowRefused(Exception):
    """A row that is only seen to be wrong beside the others of its case."""

    def __init__(self, row: CaseRow, column: str, value: str, why: Refused) -> None:
        super().__init__(why.code)
        self.row, self.column, self.value, self.why = row, column, value, why


def _constants(mapping: Mapped) -> dict[str, str | None]:
    """Return the constants of the head as history keeps them."""
    found: dict[str, str | None] = {}
    for name in HEAD:
        given: Given = getattr(mapping.form.head, name)
        if given.constant is not None and given.constant != UNKNOWN:
            found[name] = head(mapping.form, mapping.plan, name)(given.constant)
    return found


def _aware(instant: str) -> datetime:
    return datetime.fromisoformat(instant).replace(tzinfo=UTC)


def _by_the_clock(plan: Plan, term: str) -> bool:
    return plan.terms[term].source.startswith("clock.")
