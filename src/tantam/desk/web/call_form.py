"""What the forms of calls ask alike: what was promised, and how long was spoken."""

from __future__ import annotations

from datetime import timedelta

from tantam.desk.cases import vows
from tantam.desk.cases.vows import Vow
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.numbers import whole
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.vows import found, when
from tantam.desk.web.doors import StaffRequest

LONGEST = 24 * 60  # minutes of a call


def promised(request: StaffRequest, plan: RunningPlan, language: str) -> Vow | None:
    """Return what was promised, None where nothing was. language: the customer's. Raises Refused("not_a_time")."""
    written = request.POST.get("promise", "").strip()
    if not written:
        return None
    lang, now = request.LANGUAGE_CODE, clock.now()
    read = found(written, lang, now, plan) or found(written, language, now, plan)
    if read is not None:
        meets = read.ends or read.due + vows.MEETING_LASTS if read.kind in vows.MEETINGS else None
        return Vow(words=written, due=read.due, kind=read.kind, ends=meets)
    due = when(written, lang, now, plan)
    if due is None:
        raise Refused("not_a_time", got=written[:60])
    return Vow(words=written, due=due, kind=vows.CALL)


def length(request: StaffRequest) -> timedelta:
    """Return how long was spoken, as somebody wrote it in minutes; 0 for what is no number."""
    return timedelta(minutes=min(whole(request.POST.get("minutes", "")) or 0, LONGEST))
