"""Whose queue a case is in by hand: the provider's that was asked; once it answered, the house's own."""

from __future__ import annotations

from tantam.desk.cases.act import Act
from tantam.desk.cases.hearing import hears
from tantam.desk.cases.models import Case, CaseEvent
from tantam.desk.cases.routing.route import BY_HAND
from tantam.desk.errands.models import Errand


def held_by(case: Case) -> str | None:
    """Return the provider that a case was handed to, "" once it came back, None for one that nobody handed over."""
    last = Errand.objects.filter(case=case).order_by("-id").first()
    if last is None:
        return None
    return last.provider if last.is_open else ""


@hears("resolved")
def end_with_its_case(act: Act, event: CaseEvent) -> None:
    """Let what was asked end with its case: whoever settled it, nothing is owed on it any more."""
    done = {"state": Errand.State.DONE, "ended_at": act.now}
    Errand.objects.filter(case__in=act.stands_for, ended_at=None).update(**done)


@hears("provided")
def end_where_it_is_taken_back(act: Act, event: CaseEvent) -> None:
    """Let what was asked end where the case is somebody else's now."""
    gone = {"state": Errand.State.WITHDRAWN, "ended_at": act.now}
    theirs = Errand.objects.filter(case=act.case, ended_at=None)
    theirs.exclude(provider=str(event.args["provider"])).update(**gone)


BY_HAND.append(held_by)
