"""The stretches of time that figures are shown for, in whole local days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

STRETCHES = {"week": 7, "month": 30, "quarter": 91, "year": 365}


@dataclass(frozen=True, slots=True)
class Stretch:
    """since, until: aware; until is now. code: one of STRETCHES."""

    code: str
    since: datetime
    until: datetime

    def days(self) -> list[tuple[datetime, datetime]]:
        """Return its local days, oldest first, each as (its first instant, the next one's)."""
        first = timezone.localtime(self.since).date()
        count = (timezone.localtime(self.until).date() - first).days + 1
        return [(_midnight(first + timedelta(days=n)), _midnight(first + timedelta(days=n + 1))) for n in range(count)]


def stretch(code: str, now: datetime) -> Stretch:
    """Return the stretch that ends now and began so many local midnights ago; an unknown code is a quarter."""
    known = code if code in STRETCHES else "quarter"
    today = timezone.localtime(now).date()
    return Stretch(known, _midnight(today - timedelta(days=STRETCHES[known] - 1)), now)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
