"""Hears that files came with a customer's words, and lets what they told stand as shown."""

from __future__ import annotations

from collections.abc import Sequence

from tantam.desk.cases import joined
from tantam.desk.cases.attachments import hears_files
from tantam.desk.cases.models import Attachment, Message
from tantam.desk.claims.actions.show import show
from tantam.desk.claims.evidence import shows
from tantam.desk.claims.models import Claim


@hears_files
def hear(message: Message, files: Sequence[Attachment]) -> None:
    """Ask the plan again where a claim waits for it; most files come where none does, and lock nothing."""
    if not shows(files):
        return
    cases = joined.same_customer(message.case)
    if Claim.objects.filter(case__in=cases, state=Claim.State.OPEN, conditional=True).exists():
        show(message)
