"""Lets the cases of the last weeks go through their procedures: steps done, some left out, some late."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Case
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.plans import BadFact, UnknownName
from tantam.desk.procedures import actions
from tantam.desk.procedures.knowing import walker_of
from tantam.desk.procedures.models import Run
from tantam.desk.procedures.standing import standing_of

WALKED = timedelta(days=45)  # older cases were served before the company wrote its procedures down
MOST_STEPS = 3
LEFT_OUT = {
    "vi": "Khách đã cho biết khi gọi.",
    "de": "Das wissen wir schon vom Anruf.",
    "en": "They told us on the phone already.",
}
GUESSED = {
    "fault": "ours",
    "danger": "no",
    "condition": "like_new",
    "harm": "trip",
    "late": "2 days",
    "change": "address",
}


def walk_on(case: Case, person: Person, seed: int) -> None:
    """Do up to MOST_STEPS of the steps that are open and wait for nothing. seed: makes the same year again."""
    dice = Random(f"{seed}:{clock.now().isoformat()}")
    for _ in range(dice.randint(1, MOST_STEPS)):
        run = Run.objects.select_related("case").filter(case=case, state=Run.State.RUNNING).first()
        if run is None or not _one_step(run, person, dice):
            return


def let_time_pass(until: datetime) -> None:
    """Let what was waited for come, and what was late be told, as the worker would have done at the time."""
    for _ in range(3):
        due = Run.objects.filter(state=Run.State.RUNNING, next_at__lte=until).order_by("next_at")
        for pk, at in list(due.values_list("pk", "next_at")):
            with clock.set_to(at + timedelta(seconds=30)):
                actions.keep_time(pk)


def _one_step(run: Run, person: Person, dice: Random) -> bool:
    """Do one step, or leave it out now and then; return whether there was one to do."""
    now = clock.now()
    if run.next_at is not None and run.next_at <= now:
        actions.keep_time(run.pk)
        run.refresh_from_db()
    walker = walker_of(run, run.case, now)
    token = next((each for each in standing_of(run).tokens if not each.waits(now) and walker.has(each)), None)
    turn = walker.turn(token) if token else None
    if token is None or turn is None or walker.route.inside(token.path) is not None:
        return False
    branches = walker.branches(token)
    when = turn.when if turn.when in branches else dice.choice(branches)
    try:
        if dice.random() < 0.06:
            reason = LEFT_OUT.get(person.language, LEFT_OUT["en"])
            actions.skip_step(run.case, person, token.number, reason, when=when or "")
        else:
            answers = {each.term: GUESSED[each.term] for each in turn.asks if each.term in GUESSED}
            actions.do_step(run.case, person, token.number, actions.Done(answers, when or ""))
    except (Refused, BadFact, UnknownName):
        return False
    return True
