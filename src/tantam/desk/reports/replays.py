"""Plays drafts over the past: which histories there are, the stretch that somebody means, and the worker's part."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tantam.desk.common import clock, work
from tantam.desk.common.errors import Refused
from tantam.desk.plans import NoPlan, PlanUnreadable
from tantam.desk.plans.actions import run_replay
from tantam.desk.plans.actions.ask_replay import REPLAY
from tantam.desk.plans.models import Replay
from tantam.desk.reports.reading import past
from tantam.desk.reports.stretches import STRETCHES, between, stretch
from tantam.history.events import DESK
from tantam.history.measures.texts import aware

if TYPE_CHECKING:
    from tantam.history.past_cases import PastCase

ALL = "all"  # the stretch from the first case of a history to its last event
CHOICES = ("month", "quarter", "year", ALL)
READ = 0.2  # the share of the way when the cases are read
EVERY_SECONDS = 1.0  # how often a run says how far it is

_log = logging.getLogger(__name__)
_EXTENTS = """
    SELECT source, min(instant) FILTER (code = 'opened'), max(instant), count(*) FILTER (code = 'opened')
    FROM event GROUP BY source HAVING count(*) FILTER (code = 'opened') > 0 ORDER BY source <> $desk, source"""
_OPENED = """
    SELECT count(*) FROM event
    WHERE code = 'opened' AND source = $source AND instant >= $since AND instant < $until"""


class _Gone(Exception):
    """A history that somebody asked for is no longer there."""


@dataclass(frozen=True, slots=True)
class History:
    """What happened in one source. first: when its first case began; last: its last event. Both aware, UTC."""

    source: str
    first: datetime
    last: datetime
    cases: int


def histories() -> list[History]:
    """Return the histories that have a case, the desk's own first."""
    found = past().rows(_EXTENTS, {"desk": DESK})
    return [History(source, aware(first), aware(last), cases) for source, first, last, cases in found]


def stretch_of(history: History, code: str, since: str = "", until: str = "") -> tuple[datetime, datetime]:
    """Return [since, until) of a stretch: between two days if one is given, else by its code, back from the last event.

    Raises Refused for days that are none.
    """
    if since or until:
        chosen = between(since, until, history.last)
        return chosen.since, chosen.until
    end = history.last + timedelta(minutes=1)
    if code in STRETCHES:
        return stretch(code, history.last).since, end
    return history.first, end


def history_of(source: str) -> History:
    """Return a history by its name. Raises Refused for one that is not there."""
    found = next((each for each in histories() if each.source == source), None)
    if found is None:
        raise Refused("unknown_source")
    return found


@work.handles_long(REPLAY)
def play(payload: Mapping[str, Any]) -> None:
    """Play a draft over the past and keep what it would have done. Done twice, it is kept once."""
    asked = run_replay.begin(payload["replay"])
    if asked is None:
        return
    try:
        run_replay.finish(asked.pk, _played(asked))
    except work.PutDown:
        run_replay.put_back(asked.pk)
        raise
    except _Gone as gone:
        run_replay.fail(asked.pk, "history_gone")
        raise work.Hopeless(f"The history {gone} is gone or damaged.") from gone
    except (NoPlan, PlanUnreadable) as lost:
        run_replay.fail(asked.pk, "plan_unreadable")
        raise work.Hopeless(str(lost)) from lost
    except Exception as error:
        if asked.attempts < run_replay.MOST_ATTEMPTS:
            run_replay.put_back(asked.pk)
            raise
        run_replay.fail(asked.pk, "failed")
        raise work.Hopeless(f"{type(error).__name__}: {error}") from error


def _played(asked: Replay) -> dict[str, Any]:
    from tantam.desk.plans import trial
    from tantam.history.past_cases import Wanted, ends, past_cases

    tell, known = _teller(asked.pk), past()
    if asked.source != DESK and known.manifest.source(asked.source) is None:
        raise _Gone(asked.source)
    plans = trial.trial_of(asked)
    wanted = Wanted(asked.since, asked.until, asked.source, {DESK: plans.terms})
    [[count]] = known.rows(_OPENED, {"source": asked.source, "since": asked.since, "until": asked.until})
    cases = list(_counted(past_cases(known, wanted), count, tell))
    until = ends(known, asked.source) or clock.now()
    return plans.played(cases, until, lambda share: tell(READ + (1 - READ) * share))


def _counted(cases: Iterator[PastCase], count: int, tell: Callable[[float], None]) -> Iterator[PastCase]:
    for done, case in enumerate(cases):
        tell(READ * done / (count or 1))
        yield case


def _teller(pk: int) -> Callable[[float], None]:
    """Return a function that is told shares of 1: it holds the lease and writes down how far the run is."""
    told_at = 0.0

    def tell(share: float) -> None:
        nonlocal told_at
        if time.monotonic() - told_at < EVERY_SECONDS:
            return
        told_at = time.monotonic()
        work.hold()
        run_replay.tell(pk, int(100 * min(share, 1.0)))

    return tell
