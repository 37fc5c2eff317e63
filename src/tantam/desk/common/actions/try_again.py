"""Give work that was given up another round of attempts."""

from __future__ import annotations

from tantam.desk.common import clock
from tantam.desk.common.models import DueWork


def try_again(pk: int) -> bool:
    """Make the failed piece due now, with all its attempts before it; return whether there was such a piece."""
    failed = DueWork.objects.filter(pk=pk, done_at=None).exclude(failed_at=None)
    return bool(failed.update(failed_at=None, attempts=0, due_at=clock.now(), leased_until=None))
