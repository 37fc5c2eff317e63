"""Words for what is done with many cases at once."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as noop

from tantam.desk.common.errors import SENTENCES

_VERBS = {
    "take": noop("Take"),
    "hand_over": noop("Hand over"),
    "tag": noop("Tag"),
    "untag": noop("Take a tag off"),
    "snooze": noop("Put to sleep"),
    "wake": noop("Wake"),
    "note": noop("Note for colleagues"),
    "settle": noop("Settle"),
}
_BACK = {
    "take": noop("They go back to whoever had them, or to their level."),
    "hand_over": noop("They go back to whoever had them, with a line in their history."),
    "tag": noop("The tag comes off again, where it was not there before."),
    "untag": noop("The tag is put on again."),
    "snooze": noop("They wake."),
    "wake": noop("They sleep again, until the same time if it lies ahead."),
    "note": noop("A note stays: it may have been read. Nothing can be taken back here."),
    "settle": noop(
        "They are opened again, with new promises. What the customers were told has gone out and stays said."
    ),
}
_SLEEPS = {
    "tomorrow": noop("until tomorrow morning"),
    "three": noop("for three days"),
    "week": noop("for a week"),
    "word": noop("until the customer writes"),
}


def verb(code: str) -> str:
    """Return what a verb is called."""
    return gettext(_VERBS[code])


def back(code: str) -> str:
    """Return what taking it back does, and what it cannot do."""
    return gettext(_BACK[code])


def sleep(code: str) -> str:
    """Return how long a case is to sleep, in words."""
    return gettext(_SLEEPS[code])


def why(code: str, args: dict[str, object]) -> str:
    """Return why a case was left out, as its action says it."""
    return str(SENTENCES[code]) % args if code in SENTENCES else code


SLEEPS = tuple(_SLEEPS)
