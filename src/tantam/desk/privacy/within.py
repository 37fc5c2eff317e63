"""Words that stand within something else: of a way through a procedure, of work on many cases, counted against spam."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from tantam.desk.cases.models import BulkItem, BulkRun
from tantam.desk.privacy.taking import Taking, Whom
from tantam.desk.procedures.models import Run
from tantam.desk.spam import learning
from tantam.desk.spam.models import Mark

_WRITTEN = frozenset(("note", "body"))  # what a colleague wrote to many; undoing needs none of it


def _runs(whom: Whom) -> QuerySet[Run]:
    return Run.objects.filter(case__in=whom.cases)


def _bare_runs(whom: Whom) -> int:
    """Take out why steps were skipped; which were gone through, and when, stays."""
    found = list(_runs(whom))
    for each in found:
        each.taken = [{name: value for name, value in step.items() if name != "reason"} for step in each.taken]
        each.save(update_fields=["taken"])
    return len(found)


def _of_many(whom: Whom) -> QuerySet[BulkRun]:
    """Return what was done with many cases, theirs among them; what is still to be done needs its words."""
    theirs = BulkItem.objects.filter(case__in=whom.cases).values("run")
    return BulkRun.objects.filter(pk__in=theirs).exclude(items__state=BulkItem.State.TODO)


def _bare_of_many(whom: Whom) -> int:
    found = list(_of_many(whom))
    for each in found:
        each.args = {name: value for name, value in each.args.items() if name not in _WRITTEN}
        each.save(update_fields=["args"])
    return len(found)


def _marked(whom: Whom) -> QuerySet[Mark]:
    return _with_words(Q(case__in=whom.cases) | Q(arrival__case__in=whom.cases))


def _marked_in_the_tray(whom: Whom) -> QuerySet[Mark]:
    return _with_words(Q(arrival__case=None, arrival__sender__in=whom.values))


def _with_words(asked: Q) -> QuerySet[Mark]:
    return Mark.objects.filter(asked).exclude(names=[])


def _uncount(marks: QuerySet[Mark]) -> int:
    """Count their words no longer; that somebody marked them stays."""
    found = list(marks)
    for each in found:
        if each.undone_at is None:
            learning.take_out(each.names, spam=each.spam)
            learning.add((), spam=each.spam)  # how many texts were marked stays, so that no other score moves
        each.names = []
        each.save(update_fields=["names"])
    return len(found)


def _taking(name: str, rows: Any, take: Any) -> Taking:
    return Taking(name, lambda whom: int(rows(whom).count()), take)


TAKINGS = (
    _taking("Run", _runs, _bare_runs),
    _taking("BulkRun", _of_many, _bare_of_many),
    _taking("Mark", _marked, lambda whom: _uncount(_marked(whom))),
)
IN_THE_TRAY = _taking("Mark", _marked_in_the_tray, lambda whom: _uncount(_marked_in_the_tray(whom)))
