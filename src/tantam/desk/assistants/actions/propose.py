"""Write to a customer as an assistant: a draft for a person to approve, or at once where the plan leaves it free."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.assistants.models import Proposal
from tantam.desk.assistants.whom import Assistant, refuse_if_stopped, scope
from tantam.desk.cases import said
from tantam.desk.cases.act import Act, act_on, refuse_if_resolved
from tantam.desk.cases.actions.ask_customer import ask
from tantam.desk.cases.actions.reply import answer
from tantam.desk.cases.drafts import Mode
from tantam.desk.cases.models import Actor, Case, Message


def propose(case: Case, assistant: Assistant, words: str, *, mode: str = Mode.REPLY) -> Proposal | Message:
    """Return the draft that waits for a person, or the message that went out.

    It goes out by itself only where the provider's `drafts` says `free` and no person has the case yet. A new draft
    takes the place of the one before.
    Raises Refused: says_nothing, too_long, already_resolved, is_merged, assistant_gone,
    assistant_stopped, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, assistant.person)
        allowed = scope(assistant, act.plan)
        refuse_if_stopped(assistant)
        refuse_if_resolved(act)
        text = said.clean(words)
        if allowed.free and act.case.owner_id is None:
            return ask(act, text) if mode == Mode.ASK else answer(act, text, code="replied")
        return _wait(act, text, mode=mode, clause=allowed.clause)


def _wait(act: Act, text: str, *, mode: str, clause: str) -> Proposal:
    before = Proposal.objects.filter(case=act.case, person=act.person, state=Proposal.State.WAITING)
    before.update(state=Proposal.State.OVERTAKEN, decided_at=act.now)
    made = Proposal.objects.create(
        case=act.case, person=act.person, mode=mode, body=text, clause=clause, made_at=act.now
    )
    act.append("assistant_drafted", clause=clause, draft=made.pk)
    return made
