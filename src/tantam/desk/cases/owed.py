"""What is owed on a case: by the plan's rows and by the contracts of its customer, in the plan's order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tantam.desk.cases.models import Case
from tantam.desk.customers.agreements import agreed_with
from tantam.desk.plans import Fact, Owed, RunningPlan


def owed_on(case: Case, plan: RunningPlan, facts: Mapping[str, Fact], start: datetime) -> tuple[Owed, ...]:
    """Return what is owed on a case whose clock starts at `start`, soonest first; it need not be in the database.

    Every promise of a case that a rule makes is asked of this, when it is opened and whenever it is asked anew.
    """
    return plan.owed(facts, start, agreed_with(case.customer, case.purchase, plan, start))
