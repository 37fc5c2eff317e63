"""What colleagues gave their word for lately, a visit, limits met with an exception, and what departments owe."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases.actions import (
    ask_department,
    except_limit,
    keep_promise,
    move_promise,
    open_case,
    open_deliverables,
    promise,
    resolve,
)
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.models import Case, Promise
from tantam.desk.cases.vows import CALL, VISIT, Vow
from tantam.desk.common import clock
from tantam.desk.customers.models import Customer
from tantam.desk.plans import RunningPlan, departments, limits

WEEKS = 6  # of lists that departments owe each other by themselves
OWED = ("workshop.diagnosis", "stores.replacement")
REASON = "Ảnh của người chồng mới mất; kỹ thuật nhận thử một lần, không tính tiền."
ASKED = {
    "data_recovery": "Cứu giúp tôi ảnh trong máy được không ạ?",
    "unlocking": "Cửa hàng mở khóa mạng giúp tôi nhé.",
}


def give_words(plan: RunningPlan, until: datetime) -> None:
    """Let colleagues give their word in the cases that they have open, up to `until` and for the days after it."""
    known = Case.objects.filter(status=Case.Status.OPEN, owner__isnull=False, opened_at__lt=until - timedelta(hours=6))
    cases = list(known.select_related("owner", "customer").order_by("-opened_at")[:8])
    if len(cases) < 8:
        return
    with transaction.atomic():
        _calls(cases, plan, until)
        _visit(cases[4], plan, until)
        _departments(cases[5:7], plan, until)
        _limits(cases[7].owner, plan, until)
    _again_and_again(until)


def _calls(cases: list[Case], plan: RunningPlan, until: datetime) -> None:
    """One kept, one due within the half-hour, one moved at the last moment, one that will be broken."""
    kept, soon, moved, later = cases[:4]
    with clock.set_to(until - timedelta(hours=5)):
        done = _word(kept, "Em gọi lại báo kết quả kiểm tra", until - timedelta(hours=2), CALL)
        _word(soon, "Em gọi lại báo giờ giao máy", until + timedelta(minutes=22), CALL)
        first = _word(moved, "Em gửi báo giá sửa chữa", until - timedelta(minutes=20), "by_hand")
        _word(later, "Em gọi lại sau khi xưởng xem máy", _at(plan, until, 1, 10), CALL)
    with clock.set_to(until - timedelta(hours=2, minutes=10)):
        keep_promise(done, kept.owner)
    with clock.set_to(until - timedelta(minutes=50)):
        move_promise(first, moved.owner, _at(plan, until, 1, 15), "Xưởng chưa báo giá linh kiện, em xin lỗi anh/chị.")


def _word(case: Case, words: str, due: datetime, kind: str) -> Promise:
    return promise(case, case.owner, Vow(words=words, due=due, kind=kind))


def _visit(case: Case, plan: RunningPlan, until: datetime) -> None:
    begins = _at(plan, until, 2, 14)
    vow = Vow(
        words="Kỹ thuật đến xem máy tại nhà",
        due=begins,
        ends=begins + timedelta(hours=2),
        kind=VISIT,
        place="27 Nguyễn Trãi, Quận 5",
    )
    with clock.set_to(until - timedelta(hours=4)):
        visit = promise(case, case.owner, vow)
    with clock.set_to(until - timedelta(hours=3)):
        move_promise(visit, case.owner, _at(plan, until, 3, 14), "Thợ phụ trách khu vực nghỉ ốm hôm đó.")


def _departments(cases: list[Case], plan: RunningPlan, until: datetime) -> None:
    for case, name in zip(cases, OWED, strict=True):
        department, _, what = name.partition(".")
        owing = departments.named(plan, department, what)
        if owing is not None:
            with clock.set_to(until - timedelta(hours=3)):
                ask_department(case, case.owner, owing, f"{case.subject}\n\nNhờ xem giúp, khách đang chờ.")


def _limits(person: Person, plan: RunningPlan, until: datetime) -> None:
    """Two customers come for what we do not do; for one of them somebody makes an exception."""
    reached = Customer.objects.filter(contacts__isnull=False, language="vi", internal=False)
    askers = list(reached.distinct().order_by("-pk")[:2])
    rules = {each.topic: each for each in limits.rules(plan)}
    for customer, (topic, words) in zip(askers, ASKED.items(), strict=False):
        if topic not in rules:
            continue
        with clock.set_to(until - timedelta(hours=7)):
            concern = Concern(customer=customer, body=words, channel="web", language="vi", topic=topic)
            case = open_case(concern)
        if topic == "data_recovery":
            with clock.set_to(until - timedelta(hours=6)):
                except_limit(case, person, REASON)


def _again_and_again(until: datetime) -> None:
    """Let the lists of the last weeks be owed by themselves; each was delivered a day before the next was owed."""
    for weeks in range(WEEKS, -1, -1):
        now = until - timedelta(weeks=weeks)
        with clock.set_to(now - timedelta(days=1)), transaction.atomic():
            _deliver(now)
        with clock.set_to(now), transaction.atomic():
            open_deliverables()


def _deliver(now: datetime) -> None:
    """Settle what departments owe within the day; whoever is there does it."""
    person = Person.objects.filter(is_active=True).exclude(level="").order_by("pk").first()
    due = Case.objects.filter(status=Case.Status.OPEN, next_due_at__lt=now + timedelta(days=7)).exclude(department="")
    for case in due.filter(opened_at__lt=now - timedelta(days=2)):
        resolve(case, person, "Đã gửi danh sách tuần này.")


def _at(plan: RunningPlan, until: datetime, days: int, hour: int) -> datetime:
    zone = ZoneInfo(plan.timezone)
    return datetime.combine(until.astimezone(zone).date() + timedelta(days=days), time(hour), zone)
