"""What colleagues do together in the example: pinned words, tags, names in notes, links, a joined case, one asleep."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import actions
from tantam.desk.cases.models import Case
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused

BEFORE = timedelta(seconds=15)
HIGHLIGHTS = ("Khách nghe kém: nhắn tin, đừng gọi.", "Khách bận giờ hành chính, chỉ trả lời sau 18 giờ.")
QUESTIONS = (("Máy đặt ở tầng mấy, có thang máy không?", "Tầng 3, không có thang máy."), ("Ai đã hứa gọi lại?", ""))
TAGS = ("gấp", "chờ linh kiện", "khách quen", "gấp", "Giao trễ")


def share_work(until: datetime) -> None:
    """Let it happen in the last moments before `until`, on the newest open cases."""
    people = list(Person.objects.exclude(level="").filter(is_active=True).order_by("id")[:4])
    cases = list(Case.objects.filter(status=Case.Status.OPEN).order_by("-id")[:40])
    if len(people) < 2 or len(cases) < 8:
        return
    with clock.set_to(until - BEFORE):
        _pin(cases, people)
        _name(cases, people)
        _join(cases, people[0])
        _sleep(cases, people[0], until)


def _pin(cases: list[Case], people: list[Person]) -> None:
    for case, words in zip(cases, HIGHLIGHTS):
        actions.pin(case, people[0], words)
    for case, (asked, learned) in zip(cases, QUESTIONS):
        pin = actions.pin(case, people[1], asked, kind="question")
        if learned:
            actions.settle_pin(pin, people[0], learned)
    for case, tag in zip(cases[1:], TAGS):
        actions.tag(case, people[0], tag)


def _name(cases: list[Case], people: list[Person]) -> None:
    one, other = people[:2]
    for case in cases[:3]:
        actions.add_note(case, one, f"Nhờ @{other.name} xem giúp giá linh kiện.")
        actions.watch(case, other)
    actions.link(cases[0], one, cases[5], "same")


def _join(cases: list[Case], person: Person) -> None:
    """Join two cases of one customer, if somebody has two."""
    by_customer: dict[int, Case] = {}
    for case in cases:
        earlier = by_customer.setdefault(case.customer_id, case)
        if earlier != case:
            with suppress(Refused), transaction.atomic():
                actions.merge(earlier, person, case)
            return


def _sleep(cases: list[Case], person: Person, until: datetime) -> None:
    """Put to sleep what may: something that is due soon stays in view."""
    for case in cases[8:20]:
        with suppress(Refused), transaction.atomic():
            actions.snooze(case, person, until + timedelta(days=1))
            return
