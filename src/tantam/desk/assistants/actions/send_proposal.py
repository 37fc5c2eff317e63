"""Send what an assistant wrote, as it is or changed: it is the person's word from then on."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.assistants.models import Proposal
from tantam.desk.cases import said
from tantam.desk.cases.act import act_on, refuse_if_changed, refuse_if_resolved
from tantam.desk.cases.actions.ask_customer import ask
from tantam.desk.cases.actions.reply import answer
from tantam.desk.cases.drafts import Mode
from tantam.desk.cases.models import Actor, Message
from tantam.desk.common.errors import Refused


def send_proposal(proposal: Proposal, person: Person, body: str, *, seen: int | None = None) -> Message:
    """Return the message. body: the words as the person leaves them. seen: the last event id that they have read.

    Raises Refused: draft_decided, changed_meanwhile, already_resolved, is_merged, says_nothing, too_long, not_allowed.
    """
    with transaction.atomic():
        act = act_on(proposal.case, Actor.PERSON, person)
        found = waiting(proposal)
        refuse_if_resolved(act)
        refuse_if_changed(act, seen)
        text = said.clean(body)
        changed = text != said.clean(found.body)
        found.state = Proposal.State.CHANGED if changed else Proposal.State.SENT
        found.decided_by, found.decided_at = person, act.now
        found.save(update_fields=["state", "decided_by", "decided_at"])
        message = ask(act, text) if found.mode == Mode.ASK else answer(act, text, code="replied")
        found.message = message
        found.save(update_fields=["message"])
        act.append("assistant_draft_sent", draft=found.pk, message=message.pk, of=found.person_id, changed=int(changed))
        return message


def waiting(proposal: Proposal) -> Proposal:
    """Return the draft as it stands, while its case is locked. Raises Refused("draft_decided")."""
    found = Proposal.objects.get(pk=proposal.pk)
    if found.state != Proposal.State.WAITING:
        raise Refused("draft_decided")
    return found
