"""A draft at work: asked for its words like a version, and replayed beside one; thawed a few at a time."""

from __future__ import annotations

from functools import lru_cache

from tantam.desk.plans import changes as changing
from tantam.desk.plans.changes import Changes
from tantam.desk.plans.findings import FindingShown, shown, thawed
from tantam.desk.plans.models import Draft
from tantam.desk.plans.running import RunningPlan
from tantam.plan import sections
from tantam.plan.sections import Plan

THAWED = 8  # drafts that a process keeps


class DraftPlan(RunningPlan):
    """A draft's plan; it has a hash and no number."""

    @property
    def name(self) -> str:
        """The draft as people name it: its hash."""
        return str(self.row.hash)


def running(draft: Draft) -> DraftPlan:
    """Return the draft's plan."""
    return DraftPlan(draft, _plan(draft.pk))  # type: ignore[arg-type]


def changes(draft: Draft, against: RunningPlan) -> Changes:
    """Return what the draft writes otherwise than a version."""
    return changing.changes(_plan(draft.pk), against.plan)


def warnings(draft: Draft, lang: str) -> list[FindingShown]:
    """Return what the check said about the draft when it was kept."""
    return shown(thawed(draft.findings), _plan(draft.pk).sources, lang)


@lru_cache(maxsize=THAWED)
def _plan(pk: int) -> Plan:
    return sections.thaw(Draft.objects.values_list("frozen", flat=True).get(pk=pk))
