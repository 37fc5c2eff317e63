"""How long somebody had a case before them: the form carries when it was shown, signed."""

from __future__ import annotations

from django.core import signing

from tantam.desk.common import clock

SALT = "tantam.handling"
MOST_SECONDS = 4 * 3600  # a form left open overnight says nothing


def started(case: int) -> str:
    """Return what the form carries: the case and this instant, signed."""
    return signing.dumps([case, int(clock.now().timestamp())], salt=SALT)


def seconds(case: int, carried: str) -> int | None:
    """Return the seconds since the form of this case was shown, 0..MOST_SECONDS; None if it does not say so."""
    try:
        shown_for, at = signing.loads(carried, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if shown_for != case:
        return None
    return min(MOST_SECONDS, max(0, int(clock.now().timestamp()) - at))
