"""What a person answers themselves overtakes what an assistant wrote for them to approve."""

from __future__ import annotations

from tantam.desk.assistants.models import Proposal
from tantam.desk.cases.act import Act
from tantam.desk.cases.hearing import hears
from tantam.desk.cases.models import CaseEvent


@hears("replied", "asked", "resolved", "merged")
def overtake(act: Act, event: CaseEvent) -> None:
    """Let no draft wait on a case that was answered, settled or joined to another meanwhile."""
    waiting = Proposal.objects.filter(case=act.case, state=Proposal.State.WAITING)
    waiting.update(state=Proposal.State.OVERTAKEN, decided_at=act.now)
