"""The customer chooses another of what their claim was granted, or a colleague notes that they did."""

from __future__ import annotations

from django.db import transaction

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.cases import joined, outbox, promises
from tantam.desk.cases.act import Act, refuse_if_changed
from tantam.desk.cases.models import Actor, Promise
from tantam.desk.claims import ledger
from tantam.desk.claims.choosing import open_choices, standing
from tantam.desk.claims.deciding import Decided, again
from tantam.desk.claims.giving import give_instead
from tantam.desk.claims.letters import chosen_letter
from tantam.desk.claims.models import Claim, Grant, Stance
from tantam.desk.claims.stances import decision_of
from tantam.desk.claims.twice import hold_purchase
from tantam.desk.common.errors import Refused


def choose(claim: Claim, outcome: str, decision: int) -> Claim:
    """Return the claim, granted as the customer chose; that they accept it is kept with it. The letter says by when.

    decision: what they read (`stances.decision_of`). What stood is booked back and owed no longer; what they chose is
    granted anew, its time from now. Chosen twice is once; of two at once the first counts.
    Raises Refused: decided_anew, choice_over.
    """
    with transaction.atomic():
        act = joined.act_on_target(claim.case, Actor.CUSTOMER)
        claim = _read(claim)
        if _stands(claim, outcome):
            return claim
        if decision_of(claim) != decision:
            raise Refused("decided_anew")
        told = _chosen(act.on(claim.case_id), claim, outcome)
        Stance.objects.create(claim=claim, decision=told, kind=Stance.Kind.ACCEPTED, event=told, at=act.now)
        return claim


def choose_for(claim: Claim, outcome: str, person: Person, *, seen: int | None = None) -> Claim:
    """Return the same where the customer said so to a colleague; they read it, and may still accept or dispute it.

    seen: the last event id that the person has read. Raises Refused: choice_over, changed_meanwhile, not_allowed.
    """
    with transaction.atomic():
        act = joined.act_on_target(claim.case, Actor.PERSON, person)
        claim = _read(claim)
        if _stands(claim, outcome):
            return claim
        refuse_if_changed(act, seen)
        _chosen(act.on(claim.case_id), claim, outcome)
        return claim


def _read(claim: Claim) -> Claim:
    return Claim.objects.select_related("case__customer").get(pk=claim.pk)


def _stands(claim: Claim, outcome: str) -> bool:
    """Whether it is what stands already, of an answer that left a choice."""
    return claim.state == Claim.State.GRANTED and claim.outcome == outcome and bool(claim.answer.get("instead"))


def _chosen(act: Act, claim: Claim, outcome: str) -> int:
    """Take what stands back, grant what was chosen, tell it; return the id of the event."""
    hold_purchase(act.case)
    if outcome not in open_choices(claim, act.plan):
        raise Refused("choice_over")
    before, was = standing(claim), claim.outcome
    assert before is not None  # open_choices looked, under the lock
    decided = again(claim, {}, claim.decided_at).taken(outcome)
    _take_back(act, claim, before)
    _keep(claim, decided)
    given = give_instead(act, claim, decided, before)
    told = act.append(
        "chosen",
        clause=claim.clause,
        plan=plans.version(claim.plan_version_id),
        claim=claim.pk,
        grant=given.pk,
        grant_before=before.pk,
        policy=claim.policy,
        outcome=claim.outcome,
        outcome_before=was,
        kind=given.kind,
        minor=given.amount_minor,
        currency=given.currency,
    )
    promises.note_next_due(act)
    outbox.post(act, chosen_letter(claim, act))
    return told.pk


def _take_back(act: Act, claim: Claim, before: Grant) -> None:
    """Book what stood back, and owe it no longer; what was due by now stays broken."""
    ledger.book(act, before, ledger.Booking.REVERSED)
    before.reversed_at = act.now
    before.save(update_fields=["reversed_at"])
    for each in act.case.promises.filter(kind=claim.outcome, clause=before.clause, fulfilled_at=None):
        if each.state == Promise.State.OWED and act.now <= each.over_at:
            promises.give_up(act, each, reason="chosen")
        elif each.state != Promise.State.WITHDRAWN:
            promises.withdraw_by_hand(act, each)


def _keep(claim: Claim, decided: Decided) -> None:
    kept = decided.kept()
    claim.answer, claim.outcome = kept["answer"], kept["outcome"]
    claim.save(update_fields=["answer", "outcome"])
