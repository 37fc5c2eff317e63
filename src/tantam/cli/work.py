"""`tantam work`: does what is due, delivers what was written, fetches mail. Any number may run."""

from __future__ import annotations

import signal
import threading

from tantam.cli import ready


def work() -> None:
    """Do what is due until it is stopped (Ctrl+C); the piece in hand is finished first."""
    ready.set_up()
    ready.prepare()
    from tantam.desk.channels.email.fetching import watch_all
    from tantam.desk.common.work import work_forever, work_long_forever

    stop = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stop.set())
    beside = threading.Thread(target=work_long_forever, args=(stop,), name="long work", daemon=True)
    beside.start()
    watching = watch_all(stop)
    work_forever(stop)
    for each in (beside, *watching):
        each.join(timeout=10)
