"""What goes on around the example's cases: contracts, serial numbers, deliveries, errands, a faulty batch, groups.

The enquiries come with the cases; what became of them stands in `quotes`.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Case
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.customers import actions as customers
from tantam.desk.customers import editing
from tantam.desk.customers.models import Customer, Product, Purchase
from tantam.desk.deliveries import actions as deliveries
from tantam.desk.deliveries.lateness import break_delivery
from tantam.desk.errands.actions import Asked, hand_back, hand_to_provider
from tantam.desk.errands.lateness import tell_late
from tantam.desk.groups.looking import look
from tantam.desk.plans import RunningPlan, providers
from tantam.desk.recalls import running
from tantam.desk.recalls.actions import Batch, begin, prepare

FEWEST = 200  # cases: a smaller year is one that somebody counts
LATELY = timedelta(days=120)
# number, kind, began and ends so many days from the last one, goes on by so many months, article numbers, a promise
CONTRACTS = (
    ("HD-118", "maintenance", -330, 35, "12", "VT-AC9, VT-AC12", ("first_reply", "2 h")),
    ("HD-131", "service", -350, 16, "", "", ("first_reply", "4 h")),
    ("HD-140", "warranty", -60, 670, "24", "", None),
)
NOTICE = "30"  # days
BATCH = 5  # machines with a serial number noted, of which the faulty ones are all but the last
BATCH_WORDS = (
    "Lô máy này có bo nguồn lỗi: máy có thể tự tắt. Chúng tôi đổi máy miễn phí, anh/chị không cần làm gì thêm; "
    "chúng tôi sẽ gọi để hẹn giờ."
)
MOST_DELIVERIES = 7
ENTERED = timedelta(hours=1)  # after the order
LATE_REASON = "Xe của đơn vị chở hàng hỏng dọc đường."
TOPICS = ("delivery", "faulty")
ERRANDS = (
    "Khách ở tầng 4, không có thang máy. Nhờ hai người khiêng và gọi trước 30 phút.",
    "Máy giao hôm qua bị móp cạnh. Nhờ kiểm tra biên bản giao hàng và cho biết móp từ khi nào.",
    "Nhờ lấy lại máy cũ khi giao máy mới.",
)
BACK = "Đã hỏi tài xế: máy còn nguyên khi giao, có chữ ký của khách."


def do_business(people: Sequence[Person], plan: RunningPlan, until: datetime) -> None:
    """Let it happen in the days before `until`; what the plan in force has no name for is left out."""
    if Case.objects.count() < FEWEST:
        return
    by_box = {each.email.partition("@")[0]: each for each in people}
    agent, manager = by_box["agent"], by_box["manager"]
    today = until.astimezone(ZoneInfo(plan.timezone)).date()
    with transaction.atomic():
        _contracts(agent, today, until)
        _deliver(agent, today, until)
        _errands(agent, plan, until)
        _recall(manager, plan, until)
    with clock.set_to(until):
        look({})


def _contracts(by: Person, today: date, until: datetime) -> None:
    """Agree one with the organisation, which goes on by itself, one that ends soon, and one with a customer."""
    owners = Customer.objects.filter(kind="business", internal=False, merged_into=None).order_by("-since", "name")[:3]
    known = set(Product.objects.values_list("sku", flat=True))
    for owner, (number, kind, begins, ends, renews, skus, word) in zip(owners, CONTRACTS):
        written = {
            "number": number,
            "kind": kind,
            "begins": (today + timedelta(days=begins)).isoformat(),
            "ends": (today + timedelta(days=ends)).isoformat(),
            "renews_months": renews,
            "notice_days": NOTICE,
            "products": ", ".join(each for each in skus.split(", ") if each in known),
        }
        if word is not None:
            written |= {"promise_0": word[0], "within_0": word[1]}
        with clock.set_to(until + timedelta(days=begins)):
            customers.agree_contract(owner, by, written)


def _deliver(by: Person, today: date, until: datetime) -> None:
    """Promise the orders of the last days a day: the oldest is late, one is moved, the others are on their way."""
    waiting = Purchase.objects.filter(handed_over_at=None, ordered_at__lt=until - timedelta(hours=3))
    orders = list(waiting.select_related("customer").order_by("ordered_at", "number")[:MOST_DELIVERIES])
    days = [_day(each) for each in orders]
    for place, (each, ordered) in enumerate(zip(orders, days, strict=True)):
        late = place == 0 and ordered < today
        promised = max(ordered, today - timedelta(days=2)) if late else today + timedelta(days=1 + place // 2)
        with clock.set_to(each.ordered_at + ENTERED):
            made = deliveries.promise_delivery(each.customer, by, purchase=each.pk, day=promised.isoformat())
        if late:
            with clock.set_to(made.due_at + timedelta(minutes=1)):
                break_delivery(made.pk)
        elif place == 1:
            with clock.set_to(until - timedelta(hours=1)):
                later = (promised + timedelta(days=2)).isoformat()
                deliveries.move_delivery(each.customer, by, delivery=made.pk, day=later, reason=LATE_REASON)


def _day(order: Purchase) -> date:
    """Return the company's day on which the delivery of an order was entered."""
    with clock.set_to(order.ordered_at + ENTERED):
        return editing.today()


def _errands(by: Person, plan: RunningPlan, until: datetime) -> None:
    """Hand three cases to the first provider that is not our own: one comes back, one is late, one is under way."""
    outside = [name for name, _label in providers.outside(plan, "en")]
    cases = Case.objects.filter(status=Case.Status.OPEN, topic__in=TOPICS, department="", errands=None)
    if not outside:
        return
    known = cases.filter(opened_at__lt=until - timedelta(hours=9)).order_by("-opened_at", "subject")
    for place, (case, words) in enumerate(zip(known[: len(ERRANDS)], ERRANDS)):
        due = until + timedelta(hours=(-3, 20, 4)[place])
        with suppress(Refused), transaction.atomic():
            with clock.set_to(until - timedelta(hours=8)):
                made = hand_to_provider(case, by, Asked(outside[0], words, due))
            if place == 0:
                with clock.set_to(due + timedelta(minutes=1)):
                    tell_late({"errand": made.pk})
            if place == 2:
                with clock.set_to(until - timedelta(hours=1)):
                    hand_back(case, by, BACK)


def _recall(by: Person, plan: RunningPlan, until: datetime) -> None:
    """Note the serial numbers of what was bought most of lately; some of these are of a faulty batch, put right."""
    recent = Purchase.objects.filter(handed_over_at__gt=until - LATELY, handed_over_at__lte=until)
    most = recent.values_list("product").annotate(n=Count("id")).order_by("-n", "product__sku").first()
    if most is None or "exchange" not in plan.policies():
        return
    bought = recent.filter(product=most[0]).select_related("customer", "product").order_by("handed_over_at", "number")
    serials = []
    for place, each in enumerate(bought[:BATCH]):
        with clock.set_to(each.handed_over_at):
            serials.append(
                customers.add_unit(
                    each.customer, by, purchase=each.pk, serial=f"{each.product.sku}-26{place:04d}"
                ).serial
            )
    batch = {"policy": "exchange", "words": BATCH_WORDS, "facts": {"fault": "ours"}}
    with clock.set_to(until - timedelta(hours=5)):
        product = Product.objects.get(pk=most[0])
        found = begin(prepare(Batch(product=product, serials="\n".join(serials[:-1]), **batch), by), by)
        running.run({"recall": found.pk})
