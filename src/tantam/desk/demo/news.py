"""What colleagues were told in the last days, and those who only read: a reviewer, an auditor, a provider's lead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from tantam.desk.accounts.models import Person, Role
from tantam.desk.cases.models import CaseEvent
from tantam.desk.common import clock
from tantam.desk.notices.listening import HEARD
from tantam.desk.notices.making import notify
from tantam.desk.notices.models import Notice
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.providers import IN_HOUSE, described

TOLD = timedelta(days=2)
UNREAD = timedelta(hours=4)
MOST = 150  # events
READERS = (("Vũ Thị Yến", "reviewer", Role.REVIEWER), ("Hồ Văn Kiên", "auditor", Role.AUDITOR))
LEAD = ("Mai Xuân Thắng", "lead", Role.LEAD)


def take_readers(people: Sequence[Person], plan: RunningPlan) -> None:
    """Make accounts for who only reads, with the password that everybody in the example has."""
    at, password = people[0].email.partition("@")[2], people[0].password
    other = next((each.name for each in described(plan, "en") if each.kind != IN_HOUSE), "")
    made = [(name, box, role, "") for name, box, role in READERS]
    if other:
        made.append((*LEAD, other))
    Person.objects.bulk_create(
        Person(email=f"{box}@{at}", name=name, role=role, provider=provider, language="vi", password=password)
        for name, box, role, provider in made
    )


def tell_news(until: datetime) -> None:
    """Tell of the last days each at its time; what lies longer back than some hours was read."""
    heard = CaseEvent.objects.filter(code__in=HEARD, at__gt=until - TOLD, at__lte=until).order_by("-pk")
    with transaction.atomic():
        for pk, at in sorted(heard.values_list("pk", "at")[:MOST]):
            with clock.set_to(at):
                notify({"event": pk})
        early = until - UNREAD
        Notice.objects.filter(at__lte=early).update(read_at=early)
