"""The log of a case, read once for the whole of its page: the newest events, and whether they are all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from tantam.desk.cases.models import Case, CaseEvent

LOGGED = 100  # events in the log at once


@dataclass(frozen=True, slots=True)
class CaseLog:
    """newest: the newest events of the cases of a page, newest first; one more than LOGGED if there are more.

    policies: {claim's id: its policy}, for the words of what happened.
    """

    newest: tuple[CaseEvent, ...]
    policies: Mapping[int, str]

    @property
    def whole(self) -> bool:
        """Whether nothing happened before."""
        return len(self.newest) <= LOGGED

    def last_of(self, case: Case) -> int | None:
        """Return the id of the last event of one of the cases; None if it is older than what was read."""
        found = next((each.pk for each in self.newest if each.case_id == case.pk), None)
        return 0 if found is None and self.whole else found

    def of(self, codes: Collection[str], case: Case | None = None) -> list[CaseEvent]:
        """Return the events of some codes, newest first: of one case, else of all. Whole only where the log is."""
        return [each for each in self.newest if each.code in codes and (case is None or each.case_id == case.pk)]


def log_of(cases: Iterable[Case], policies: Mapping[int, str]) -> CaseLog:
    """Return the log of a case and what was joined to it; one query."""
    return CaseLog(tuple(events_of(cases)), policies)


def events_of(cases: Iterable[Case], before: int | None = None) -> list[CaseEvent]:
    """Return the newest events, or those before one, newest first; one more than LOGGED if there are more."""
    events = CaseEvent.objects.filter(case__in=list(cases)).select_related("person").order_by("-id")
    return list((events.filter(pk__lt=before) if before else events)[: LOGGED + 1])
