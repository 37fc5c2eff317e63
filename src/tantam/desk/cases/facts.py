"""What the desk has on record about a case, by the path that a term's `from:` names."""

from __future__ import annotations

from datetime import datetime

from tantam.desk.cases.models import Case
from tantam.desk.plans import Fact


def facts_of(case: Case, now: datetime) -> dict[str, Fact]:
    """Return {path: Fact} of the case, its customer and its purchase. Paths: docs/reference/facts.md."""
    raise NotImplementedError
