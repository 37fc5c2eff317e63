"""Note that a token was used, at most once a minute: reading must not write."""

from __future__ import annotations

from datetime import datetime, timedelta

from tantam.desk.api.models import ApiToken

A_MINUTE = timedelta(minutes=1)


def note_use(token: ApiToken, now: datetime) -> None:
    """Keep that the token was shown at `now`."""
    if token.used_at is None or now - token.used_at >= A_MINUTE:
        ApiToken.objects.filter(pk=token.pk).update(used_at=now)
