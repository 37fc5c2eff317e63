"""Keep the call back to somebody who reached us by themselves."""

from __future__ import annotations

from tantam.desk.calls import owing
from tantam.desk.calls.models import Call
from tantam.desk.cases import joined, promises
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common.locks import one_at_a_time


def they_reached_us(call: Call) -> Case | None:
    """Return the case whose call back is kept by an answered call, None if that number is owed none.

    The caller is inside a transaction. A call that nobody took after this one is owed all the same.
    """
    if not call.number:
        return None
    one_at_a_time(f"callback:{call.number}")
    known = owing.owed_to(call.number)
    if known is None or (known.last_at is not None and known.last_at > (call.answered_at or call.at)):
        return call.case
    act = joined.act_on_target(known.promise.case, Actor.CUSTOMER)
    act.append("call_answered", call=call.pk)
    promises.keep(act.on(known.promise.case_id), known.promise)
    promises.fulfil(act, promises.kept_by_words)
    call.case = act.case
    call.save(update_fields=["case"])
    return act.case
