"""End a request about somebody's data: they are written to, what was owed is kept; erased is who wanted to be."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import outbox, promises
from tantam.desk.cases.act import Act
from tantam.desk.cases.actions.resolve import tell_and_settle
from tantam.desk.cases.letters import letter
from tantam.desk.cases.models import Case
from tantam.desk.common import work
from tantam.desk.common.errors import Refused
from tantam.desk.privacy.doing import ERASE_WHEN_TOLD, everyone_of
from tantam.desk.privacy.holding import hold_request
from tantam.desk.privacy.models import Request

Result = Request.Result
WITHOUT_PROOF = (Result.REFUSED, Result.TAKEN_BACK)  # nothing of theirs is given out or changed by these


def end_request(request: Request, by: Person, result: str, body: str = "") -> Request:
    """Return the request, ended, its case settled. body: the letter; "" for the usual words. result: of Request.Result.

    Raises Refused: not_allowed, request_ended, unknown_reason, request_not_proven, needs_reason for a refusal without
    words, erase_our_own, erase_open_cases, too_long.
    """
    with transaction.atomic():
        act, held = hold_request(request, by)
        _refuse_too_early(held, result, body)
        if result == Result.ERASED:
            _refuse_erasing(held)
        message = _tell(act, body.strip() or _usual(act, result))
        held.result, held.ended_at, held.ended_by = result, act.now, by
        held.save(update_fields=["result", "ended_at", "ended_by"])
        act.append("privacy_ended", clause=held.clause, request=held.pk, kind=held.kind, result=result)
        if result == Result.ERASED:
            work.due(ERASE_WHEN_TOLD, f"{ERASE_WHEN_TOLD}:{held.pk}", {"request": held.pk, "message": message}, act.now)
        return held


def _refuse_too_early(held: Request, result: str, body: str) -> None:
    if result not in Result.values:
        raise Refused("unknown_reason")
    if held.proven_at is None and result not in WITHOUT_PROOF:
        raise Refused("request_not_proven")
    if result == Result.REFUSED and not body.strip():
        raise Refused("needs_reason")


def _refuse_erasing(held: Request) -> None:
    if held.customer.internal:
        raise Refused("erase_our_own")
    theirs = Case.objects.filter(customer__in=everyone_of(held.customer_id), status__in=Case.UNDER_WAY)
    if theirs.exclude(pk=held.case_id).exists():
        raise Refused("erase_open_cases")


def _tell(act: Act, words: str) -> int:
    """Write the last words, and settle the case unless that was done; return the letter's key."""
    if act.case.status != Case.Status.RESOLVED:
        return tell_and_settle(act, words).pk
    message = outbox.post(act, words)
    promises.note_next_due(act)
    return message.pk


def _usual(act: Act, result: str) -> str:
    return letter("privacy/letters/ended.txt", act.case, act.plan, {"result": result})
