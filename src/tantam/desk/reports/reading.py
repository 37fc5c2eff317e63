"""The past as this process reads it: the written history, and beside it what only the database knows yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from tantam.desk import plans
from tantam.desk.common import clock
from tantam.desk.reports.kept_rows import purchases, rows_after

if TYPE_CHECKING:
    from tantam.history.past import Past


def past() -> Past:
    """Return the past up to this moment, never behind the database; DuckDB is loaded at the first call of a process.

    Clocks are those of the plan in force. Ask for it anew for every page. Raises NoPlan, HistoryDamaged (an imported
    file is gone; the desk's own come from the database then).
    """
    from tantam.history.events import DESK
    from tantam.history.past import Tail, open_past
    from tantam.history.store import Store

    directory = settings.HOME / "history"
    manifest = Store(directory).manifest().without(DESK)
    tail = Tail(manifest, rows_after(0), purchases())
    now = clock.now()
    return open_past(directory, tail=tail, clocks=plans.in_force(now).hours(), until=now)
