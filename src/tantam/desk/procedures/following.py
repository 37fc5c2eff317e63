"""Hears what happens on cases: a procedure begins with the case, and steps are done by what is done anyway."""

from __future__ import annotations

from tantam.desk.cases.act import Act
from tantam.desk.cases.hearing import hears
from tantam.desk.cases.models import CaseEvent
from tantam.desk.plans.procedures import CUSTOMER, PAID, How, Token, chosen, policies_of
from tantam.desk.procedures.models import Run
from tantam.desk.procedures.running import Moving, begin_run, end, moving, remember, run_of
from tantam.desk.procedures.standing import standing_of

EVENT_OF = {"broken": "promise_broken"}  # what the plan calls an event that the desk calls otherwise


@hears("opened")
def follow(act: Act, event: CaseEvent) -> None:
    """Begin the procedure that the plan has for the case: one insert, nothing read; none between departments."""
    if act.case.department:
        return
    name = chosen(act.plan, topic=event.args["topic"], stage=event.args["stage"])
    remember(act, None)
    if name:
        begin_run(act, name, ())


@hears("claimed")
def follow_claim(act: Act, event: CaseEvent) -> None:
    """Begin the procedure of what is claimed instead, if nobody did a step of another one yet."""
    policy = event.args["policy"]
    run, name = run_of(act), chosen(act.plan, policy=policy, topic=act.case.topic, stage=act.case.stage)
    if not name or (run is not None and (run.procedure == name or policy in policies_of(act.plan, run.procedure))):
        return
    if run is not None:
        if any("before" in each for each in run.taken):
            return
        run.delete()
    begin_run(act, name)


@hears("granted", "refused", "received", "replied", "asked", "reopened", "broken", "filled_in", "resolved", "paid")
def go_with(act: Act, event: CaseEvent) -> None:
    """Do the steps that this does, and let those begin that wait for it."""
    if event.code == "reopened":
        _take_up(act)
    run = run_of(act)
    if run is None:
        return
    goes = moving(act, run)
    name, standing = EVENT_OF.get(event.code, event.code), standing_of(run)
    waiting = [each for each in standing.tokens if each.begins is None]
    if waiting or _may_go_alone(goes, standing.tokens):
        goes.move_if_any(goes.walker.happened(standing, name))
    for token in goes.walker.workable(standing_of(run)):
        if run.state == Run.State.RUNNING and _is_done_by(goes, token, event):
            goes.move(goes.walker.go(standing_of(run), token.number, "", How.DONE))
    if event.code == "resolved" and run.state == Run.State.RUNNING:
        _leave(goes)


def _may_go_alone(goes: Moving, tokens: tuple[Token, ...]) -> bool:
    """Return whether news could let a step go by itself: a choice by a policy, a question to the customer, a try."""
    return any(goes.walker.decides(each) or goes.walker.who(each) == CUSTOMER for each in tokens)


def _is_done_by(goes: Moving, token: Token, event: CaseEvent) -> bool:
    """Return whether the event does an open step: the customer writes, a text is sent, the case is settled.

    Words do not do what reaches a state: that the old one is back, a colleague sees.
    """
    walker = goes.walker
    if token.waits(goes.act.now) or walker.branches(token) != ("",) or not walker.has(token):
        return False
    match event.code:
        case "received":
            return walker.who(token) == CUSTOMER and not walker.asked(token) and not walker.reaches(token)
        case "replied":
            return bool(walker.says(token)) and walker.who(token) != CUSTOMER
        case "paid":
            return walker.reaches(token) == PAID
        case "resolved":
            return walker.leads_to_end(token)
        case _:
            return False


def _leave(goes: Moving) -> None:
    """End the run of a settled case, unless all that is left waits for its time, or is the customer's by a day.

    So a call a week later still comes, and what they have to give back is asked after.
    """
    if not all(_comes(goes, each) for each in goes.walker.workable(standing_of(goes.run))):
        end(goes.act, goes.run, Run.State.LEFT)


def _comes(goes: Moving, token: Token) -> bool:
    """Return whether a step waits for its time, or is the customer's with a day by which it is to be done."""
    return token.waits(goes.act.now) or (goes.walker.who(token) == CUSTOMER and token.due is not None)


def _take_up(act: Act) -> None:
    """Let the run that was left when the case was settled go on where it stood."""
    last = act.case.runs.order_by("-id").first()
    if last is None or last.state != Run.State.LEFT or not last.tokens:
        return
    last.state, last.ended_at = Run.State.RUNNING, None
    last.save(update_fields=["state", "ended_at"])
    remember(act, last)
    goes = moving(act, last)
    goes.stand_again(list(standing_of(last).tokens), last.taken)
