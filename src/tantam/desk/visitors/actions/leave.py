"""Sign out."""

from __future__ import annotations

from tantam.desk.visitors.access import digest_of
from tantam.desk.visitors.models import Stay


def leave(key: str) -> None:
    """End the stay that has this key; one that there is not ends well too."""
    Stay.objects.filter(digest=digest_of(key)).delete()
