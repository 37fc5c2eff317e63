"""Throw away what an assistant wrote."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.assistants.actions.send_proposal import waiting
from tantam.desk.assistants.models import Proposal
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor


def throw_away(proposal: Proposal, person: Person) -> Proposal:
    """Return the draft, which goes out no more. Raises Refused: draft_decided, not_allowed."""
    with transaction.atomic():
        act = act_on(proposal.case, Actor.PERSON, person)
        found = waiting(proposal)
        found.state = Proposal.State.THROWN
        found.decided_by, found.decided_at = person, act.now
        found.save(update_fields=["state", "decided_by", "decided_at"])
        act.append("assistant_draft_thrown", draft=found.pk, of=found.person_id)
        return found
