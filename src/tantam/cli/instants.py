"""An instant as a command line has it: a day or a moment, in the plan's zone where it names none, not yet passed."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from tantam.cli.ends import refused
from tantam.plan.words import say


def instant_or_exit(written: str, zone: str, lang: str) -> datetime:
    """Return the instant, aware; ends with 2 if it cannot be read, or has passed by the desk's clock."""
    from tantam.desk.common import clock

    try:
        instant = datetime.fromisoformat(written)
    except ValueError as problem:
        raise refused(say("instant_none", lang, got=written)) from problem
    instant = instant if instant.tzinfo else instant.replace(tzinfo=ZoneInfo(zone))
    if instant < clock.now():
        raise refused(say("instant_passed", lang, got=written))
    return instant
