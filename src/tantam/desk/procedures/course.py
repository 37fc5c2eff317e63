"""Where a concern stands, as its customer reads it: the states that were reached, the present one, those to come.

By when each is done stands with the promises; how long a step may take is the house's own affair.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tantam.desk import plans
from tantam.desk.cases.models import Case
from tantam.desk.claims.models import Entry, Grant
from tantam.desk.common.money import Money
from tantam.desk.plans import UnknownName
from tantam.desk.plans.procedure_words import StepWords
from tantam.desk.plans.procedures import CUSTOMER, PAID, How, Token, Walker, paid_words
from tantam.desk.procedures.knowing import walker_of
from tantam.desk.procedures.models import Run
from tantam.desk.procedures.standing import gone_of, standing_of

DONE, NOW, NEXT = "done", "now", "next"


@dataclass(frozen=True, slots=True)
class Stand:
    """One state. code: as the plan names it, "" for a step without one. clause: its step's address, "" for money.

    state: done, now or next. who: does it, as people call them; theirs: whether that is the customer. at: when it was
    reached. due: by when theirs is to be done, None where the plan names no time, or it is over. money: the amount that
    was paid, or is owed.
    """

    title: str
    state: str
    code: str = ""
    clause: str = ""
    who: str = ""
    theirs: bool = False
    at: datetime | None = None
    due: datetime | None = None
    money: Money | None = None


def course_of(cases: Sequence[Case], now: datetime, lang: str) -> tuple[Stand, ...]:
    """Return where a concern stands: what was reached, in order of time, what is under way, what comes next for sure.

    cases: that of the page, then those that were joined to it; the newest way through a procedure counts. What was
    paid is what the ledger booked, whatever a step says.
    """
    money = list(_money(cases, lang))
    run = Run.objects.filter(case__in=cases).select_related("case").order_by("-id").first()
    steps = _steps(run, now, lang) if run else []
    if money:
        steps = [each for each in steps if each.code != PAID]
    found = [*steps, *money]
    reached = [each for each in found if each.state == DONE]
    reached.sort(key=lambda each: each.at or now)
    return (*reached, *(each for each in found if each.state == NOW), *(each for each in found if each.state == NEXT))


def present_of(cases: Iterable[Case], now: datetime, lang: str) -> Mapping[int, Stand]:
    """Return {case id: what is under way now, but for payments} of what procedures carry out. One query."""
    runs = Run.objects.filter(case__in=[each.pk for each in cases], state=Run.State.RUNNING).select_related("case")
    found = {}
    for run in runs:
        walker = _walker(run, now)
        under_way = [each for each in _open(run, walker, lang) if each.code != PAID] if walker else []
        if under_way:
            found[run.case_id] = under_way[0]
    return found


def _steps(run: Run, now: datetime, lang: str) -> list[Stand]:
    walker = _walker(run, now)
    if walker is None:
        return []
    reached = {each.clause: each for each in _reached(run, walker, lang)}
    if run.state != Run.State.RUNNING:
        return list(reached.values())
    under_way = _open(run, walker, lang)
    known = {each.clause for each in under_way}
    ahead = (_stand(walker, each, NEXT, lang) for each in walker.ahead(standing_of(run)))
    return [*reached.values(), *under_way, *(each for each in ahead if each.title and each.clause not in known)]


def _reached(run: Run, walker: Walker, lang: str) -> Iterable[Stand]:
    """Yield the steps that were done, first to last; one that was done again counts as it was done last."""
    for kept in run.taken:
        gone = gone_of(kept)
        if gone.how not in (How.DONE, How.ALONE) or (walker.chooses(gone.token) and not walker.reaches(gone.token)):
            continue
        found = _stand(walker, gone.token, DONE, lang, gone.at)
        if found.title:
            yield found


def _open(run: Run, walker: Walker, lang: str) -> list[Stand]:
    found = (_stand(walker, each, NOW, lang) for each in walker.workable(standing_of(run)))
    return [each for each in found if each.title]


def _stand(walker: Walker, token: Token, state: str, lang: str, at: datetime | None = None) -> Stand:
    who = walker.who(token)
    return Stand(
        walker.told(token, lang),
        state,
        walker.reaches(token),
        walker.clause(token),
        StepWords(walker, lang).who(token),
        who == CUSTOMER,
        at,
        token.due if who == CUSTOMER and state == NOW and not token.late else None,
    )


def _money(cases: Sequence[Case], lang: str) -> Iterable[Stand]:
    """Yield what was paid, and what is still owed, of all that was granted and not taken back. Two queries."""
    grants = Grant.objects.filter(case__in=cases, amount_minor__gt=0, reversed_at=None).select_related("claim")
    for grant in grants.prefetch_related("entries").order_by("granted_at", "id"):
        paid = next((each.at for each in grant.entries.all() if each.booking == Entry.Booking.PAID), None)
        plan = plans.version(grant.claim.plan_version_id) if grant.claim else plans.in_force()
        amount = Money(grant.amount_minor, grant.currency)
        yield Stand(paid_words(plan, lang), DONE if paid else NEXT, PAID, at=paid, money=amount)


def _walker(run: Run, now: datetime) -> Walker | None:
    try:
        return walker_of(run, run.case, now)
    except UnknownName:
        return None
