"""What a thing is covered for, until when: by the version in force when they bought, to the day, with its clause."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tantam.desk import plans
from tantam.desk.claims.covers import things_of
from tantam.desk.common import clock as desk_clock
from tantam.desk.customers.models import Customer, Delivery, Product, Purchase, Unit
from tests.support.clock import StandingClock

pytestmark = pytest.mark.django_db


@pytest.fixture
def television(hoa: Customer) -> Purchase:
    product = Product.objects.create(sku="TV-1", line="television", names={"en": "Television"})
    return Purchase.objects.create(
        number="P-TV-1",
        customer=hoa,
        product=product,
        price_minor=9_000_000,
        currency="VND",
        ordered_at=datetime(2024, 2, 27, 5, tzinfo=UTC),
        handed_over_at=datetime(2024, 2, 29, 5, tzinfo=UTC),
        plan_number=plans.in_force().number,
    )


def things(hoa: Customer) -> list[tuple[str, str, date, str]]:
    found = things_of([hoa], plans.in_force(), desk_clock.now(), lang="en")
    return [(each.serial, one.label, one.until, one.clause) for each in found for one in each.covers]


def test_each_unit_has_its_own_end(hoa: Customer, television: Purchase, clock: StandingClock) -> None:
    later = datetime(2024, 3, 10, 5, tzinfo=UTC)
    Unit.objects.create(serial="A1", product=television.product, purchase=television)
    Unit.objects.create(serial="B2", product=television.product, purchase=television, handed_over_at=later)
    covered = "policies.warranty.decides#covered"
    mine = [each for each in things(hoa) if each[0]]
    assert sorted(mine) == [
        ("A1", "a free repair", date(2026, 2, 28), covered),
        ("B2", "a free repair", date(2026, 3, 10), covered),
    ]


def test_what_the_policy_answers_changes_on_the_day_after(hoa: Customer, television: Purchase) -> None:
    plan = plans.in_force()
    end = next(each.until for each in things_of([hoa], plan, desk_clock.now(), lang="en")[-1].covers)
    begins = television.handed_over_at
    assert begins is not None
    told = {"fault": "ours", "repairs": "0", "product_kind": "television"}
    days = (end - begins.date()).days
    answers = []
    for day in (days, days + 1):
        facts = plan.read(told | {"owned": f"{day} days"}, plans.Standing.VERIFIED)
        answers.append(plan.decide("warranty", facts).outcome)
    assert answers == ["repair", "estimate"]


def test_what_is_on_its_way_has_no_cover_yet_and_is_late_after_its_time(
    hoa: Customer, television: Purchase, clock: StandingClock
) -> None:
    Purchase.objects.filter(pk=television.pk).update(handed_over_at=None)
    now = desk_clock.now()
    Delivery.objects.create(purchase=television, promised_at=now, due_at=now + timedelta(hours=1))
    late = []
    for at in (now, now + timedelta(hours=2)):
        (one,) = [each for each in things_of([hoa], plans.in_force(), at, lang="en") if each.number == "P-TV-1"]
        assert one.covers == () and one.due == now + timedelta(hours=1)
        late.append(one.late)
    assert late == [False, True]


def test_the_number_of_queries_is_the_same_for_one_thing_and_for_many(
    hoa: Customer, television: Purchase, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        Purchase.objects.create(
            number=f"P-{number}",
            customer=hoa,
            product=television.product,
            price_minor=1,
            currency="VND",
            ordered_at=television.ordered_at,
            handed_over_at=television.handed_over_at,
            plan_number=television.plan_number,
        )
    plan = plans.in_force()
    with django_assert_max_num_queries(5):
        assert len(things_of([hoa], plan, desk_clock.now(), lang="en")) >= 6
