"""The branches of a choice: outcomes of a policy, conditions as a table, or the answers of whoever judges."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tantam.plan.sections.clauses_procedures import OTHERWISE, Way
from tantam.plan.sections.draft import Path
from tantam.plan.sections.plan import Plan
from tantam.plan.sections.procedures_reading import Reading
from tantam.plan.sections.typed_aims import outcomes_of
from tantam.plan.tables.reader import Cell, Head, RowText, TableText
from tantam.plan.tables.table import Hit, Table, Wanted, build_what_can_be
from tantam.plan.tables.types import Word, YesNo

COMPARES = re.compile(r"[<>=]|\bhas\b|^not |\w\(")
ALWAYS_POSSIBLE = (OTHERWISE, "ask", "decline")
WHEN = "when"


def names_in(when: str) -> tuple[str, ...]:
    """Return the outcomes of one branch: `repair, replace` are two."""
    return tuple(each.strip() for each in when.split(",") if each.strip())


def outcomes(plan: Plan, policy: str) -> list[str]:
    """Return every outcome that a policy can have, those of failed requirements too, in the plan's order."""
    clause = plan.policies[policy]
    found = [each for each in outcomes_of({policy: clause}) if "." not in each]
    shared = [plan.requirements[each].otherwise for each in clause.needs if each in plan.requirements]
    rows = clause.must.rows if clause.must is not None else ()
    own = [row.outputs["else"].text if "else" in row.outputs else "decline" for row in rows]
    return list(dict.fromkeys([*found, *shared, *own]))


class Branches:
    """The branches written at `path`."""

    def __init__(self, plan: Plan, reading: Reading, path: Path) -> None:
        self.plan, self.reading, self.path = plan, reading, path

    def outcomes(self, policy: str, ways: Iterable[Way]) -> None:
        """Note branches for outcomes that the policy never has."""
        allowed = [*outcomes(self.plan, policy), *ALWAYS_POSSIBLE] if policy in self.plan.policies else []
        for way in ways:
            for name in names_in(way.when) if allowed else ():
                self.reading.known("outcome", name, allowed, (*self.path, way.when))

    def table(self, ways: tuple[Way, ...], subject: str) -> Table | None:
        """Return the branches as a table of conditions; None where each is an answer that a person gives."""
        if not subject and not any(self._is_condition(each.when) for each in ways):
            return None
        place = self.reading.draft.place(*self.path)
        head_place = self.reading.draft.place(*self.path[:-1], WHEN) if subject else place
        head = Head((Cell(subject or WHEN, head_place),), (Cell("next", place),), False, place)
        rows = tuple(self._row(each) for each in ways)
        wanted = Wanted(".".join(map(str, self.path)), {"next": Word()}, hit=Hit.FIRST)
        table, wrong = build_what_can_be(TableText(head, rows, place), self.plan.scope, wanted)
        self.reading.draft.add(wrong, self.path)
        return table

    def _row(self, way: Way) -> RowText:
        place = self.reading.draft.key_place(*self.path, way.when)
        return RowText(None, (Cell(way.when, place),), (Cell(way.to or "-", way.place),), place)

    def _is_condition(self, when: str) -> bool:
        term = self.plan.scope.terms.get(when)
        return COMPARES.search(when) is not None or (term is not None and isinstance(term.type, YesNo))
