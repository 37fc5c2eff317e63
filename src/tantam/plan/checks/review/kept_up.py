"""Checks that the plan, and what is written down beside it, is looked at again, by somebody, in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tantam.plan.checks.described import NOTE, WARNING, Check, finding, is_whole
from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.plan import Plan


def check_kept_up(plan: Plan) -> Iterator[Finding]:
    """Yield K180 if the plan is never reviewed, K181 if nobody is named for it, K184 for knowledge of nobody's.

    K183 for an amendment without a reason, K185 for what is written down and never read again. All but K183 are notes.
    """
    review = plan.review
    if plan.document.review is None:
        if is_whole(plan):
            yield finding("K180", Severity.NOTE, plan.place("company"), "review")
    elif not review.owners:
        yield finding("K181", Severity.NOTE, plan.place("review"), "review")
    yield from _amendments(plan)
    if plan.document.knowledge is not None:
        place = plan.place("knowledge")
        cared = plan.knowledge.topics.values()
        if not plan.knowledge.owner and not any(each.owner for each in cared):
            yield finding("K184", Severity.NOTE, place, "knowledge")
        if plan.knowledge.review is None and not any(each.review for each in cared):
            yield finding("K185", Severity.NOTE, place, "knowledge")


def _amendments(plan: Plan) -> Iterator[Finding]:
    written = plan.document.review.amendments if plan.document.review else None
    for name, each in written.items() if isinstance(written, dict) else ():
        if not (isinstance(each, dict) and each.get("because")):
            clause = f"review.amendments.{name}"
            yield finding("K183", Severity.WARNING, plan.place(clause), clause, amendment=name)


def overdue(plan: Plan, today: date) -> Iterator[Finding]:
    """Yield K182, a note, if the day of the next review is past."""
    written = plan.document.review.next if plan.document.review else None
    try:
        due = date.fromisoformat(written or "")
    except ValueError:
        return
    if due < today:
        yield finding("K182", Severity.NOTE, plan.place("review.next"), "review", date=written)


CHECK = Check(
    {"K180": NOTE, "K181": NOTE, "K182": NOTE, "K183": WARNING, "K184": NOTE, "K185": NOTE},
    check_kept_up,
    by_day=overdue,
)
