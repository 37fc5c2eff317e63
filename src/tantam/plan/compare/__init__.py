"""What changed between two plans, clause by clause, and whom it touches.

compare(old, new) gives a Comparison; its changes carry codes and arguments, and `aloud` puts one in words.
"""

from __future__ import annotations

from collections.abc import Iterator

from tantam.plan.compare.aloud import aloud
from tantam.plan.compare.changes import Change, Comparison, Edit, Example, Touches, Weight, What
from tantam.plan.compare.clauses import changed_clauses, owners
from tantam.plan.compare.rows import changed_rows, row_weight, swapped
from tantam.plan.compare.touched import Touched
from tantam.plan.compare.weights import section_order, weight_of
from tantam.plan.compare.whom import whom
from tantam.plan.sections import Plan
from tantam.plan.tables.form import Table

__all__ = ["Change", "Comparison", "Edit", "Example", "Touches", "Weight", "What", "aloud", "compare", "whom"]


def compare(old: Plan, new: Plan) -> Comparison:
    """Return what differs in meaning, heaviest first. Order, line breaks, comments and files are no difference."""
    if old.hash == new.hash:
        return Comparison(old, new, ())
    touched = Touched(old, new)
    found = [*(touched.clause(each) for each in changed_clauses(old, new)), *_tables(old, new, touched)]
    found.sort(key=lambda each: (each.weight, section_order(each.clause.partition(".")[0].partition("#")[0])))
    return Comparison(old, new, tuple(found))


def _tables(old: Plan, new: Plan, touched: Touched) -> Iterator[Change]:
    before, after = old.tables(), new.tables()
    there = owners(old), owners(new)
    for name in dict.fromkeys((*after, *before)):
        if name in before and name in after:
            yield from _rows(before[name], after[name], touched)
        elif all(_owner(name) in each for each in there):
            what = What.ADDED if name in after else What.REMOVED
            yield Change(what, name, weight_of(name.partition(".")[0], [""]))


def _rows(old: Table, new: Table, touched: Touched) -> Iterator[Change]:
    for change, pair in changed_rows(old, new):
        answers = change.row and change.what is not What.RENAMED
        yield touched.row(change, pair.old, pair.new) if answers else change
    for earlier, later in swapped(old, new):
        place = f"{new.name}#{earlier.name}", f"{new.name}#{later.name}"
        moved = touched.order(Change(What.MOVED, place[0], row_weight(new), other=place[1]), earlier, later)
        if moved is not None:
            yield moved


def _owner(table: str) -> str:
    return ".".join(table.split(".")[:2])
