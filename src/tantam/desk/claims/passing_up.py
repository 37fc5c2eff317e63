"""Requests for approval as time goes by and claims change: passed up when late, ended when run out or overtaken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.db import transaction

from tantam.desk.cases.act import Act, act_on
from tantam.desk.cases.hearing import hears
from tantam.desk.cases.models import Actor, CaseEvent
from tantam.desk.claims.approvals import END, LATE, State, address, end, who_may
from tantam.desk.claims.models import Approval
from tantam.desk.common.work import handles


@handles(LATE)
def pass_up(payload: Mapping[str, Any]) -> None:
    """Address a request that its level did not decide in time to the next one that may."""
    with _waiting(int(payload["approval"])) as found:
        if found is None or found[1].level != payload["level"]:
            return
        act, approval = found
        levels = who_may(approval, act.plan)
        above = levels[levels.index(approval.level) + 1 :] if approval.level in levels else levels
        if not above:
            return
        before, approval.level = approval.level, above[0]
        act.append(
            "approval_passed_up",
            clause=f"levels.{before}.escalates_to",
            approval=approval.pk,
            claim=approval.claim_id,
            level_before=before,
            level=approval.level,
        )
        address(act, approval, levels)


@handles(END)
def run_out(payload: Mapping[str, Any]) -> None:
    """End a request that nobody decided in all its time."""
    with _waiting(int(payload["approval"])) as found:
        if found is not None and found[0].now >= found[1].expires_at:
            end(*found, State.EXPIRED, "approval_expired")


@hears("granted", "refused", "reversed", "proved", "decision_changed", "resolved")
def end_what_is_overtaken(act: Act, event: CaseEvent) -> None:
    """End what waits for a claim that was decided or answered anew meanwhile; a resolved case needs none of them."""
    waiting = Approval.objects.filter(case=act.case, state=State.WAITING)
    if event.code != "resolved":
        waiting = waiting.filter(claim=event.args["claim"])
    for approval in waiting:
        end(replace(act, actor=Actor.PLAN, person=None), approval, State.WITHDRAWN, "approval_withdrawn", by=event.code)


@contextmanager
def _waiting(pk: int) -> Iterator[tuple[Act, Approval] | None]:
    """Lock the request's case and hand out both, inside a transaction; None if it is not waiting any more."""
    with transaction.atomic():
        approval = Approval.objects.select_related("case", "claim").filter(pk=pk, state=State.WAITING).first()
        if approval is None:
            yield None
            return
        act = act_on(approval.case, Actor.PLAN)
        approval.refresh_from_db(fields=["state", "level", "expires_at"])
        yield (act, approval) if approval.state == State.WAITING else None
