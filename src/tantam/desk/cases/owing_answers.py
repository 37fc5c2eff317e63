"""An answer that is owed to a customer anew: a decision is open again, or they asked for somebody else to look."""

from __future__ import annotations

from tantam.desk.cases import promises
from tantam.desk.cases.act import Act
from tantam.desk.cases.facts import known_of
from tantam.desk.cases.models import Promise
from tantam.desk.plans import kinds


def owe_an_answer(act: Act) -> Promise | None:
    """Promise a first answer by the plan in force, and return it; None where one is owed anyway, or by no rule."""
    still = Promise.objects.filter(case__in=act.stands_for, kind=kinds.FIRST_REPLY, state=Promise.State.OWED)
    if still.exists():
        return None
    owed = promises.all_of_plan(act.case, act.plan, known_of(act.case, act.plan, act.now), act.now)
    answer = [each for each in owed if each.kind == kinds.FIRST_REPLY][:1]
    promises.write(act, answer)
    promises.note_next_due(act)
    return answer[0] if answer else None
