"""Who is in which group, as it is kept: what the engine says now, since when, and why."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tantam.desk.cases.contacts import PATHS as OF_CONTACTS
from tantam.desk.cases.contacts import habits_of
from tantam.desk.common.work import PutDown
from tantam.desk.customers.facts import PATHS, facts_of
from tantam.desk.customers.models import Customer, Product, Purchase
from tantam.desk.groups import looking
from tantam.desk.groups.counting import known_of, recount
from tantam.desk.groups.looking import look
from tantam.desk.groups.models import Belonging, Count
from tantam.desk.plans import in_force
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.drafts import enacted

Kind = Belonging.Kind
ELDERLY = [["age", "71", ">=", "65"]]


def kept(of: Customer) -> dict[str, list[list[str]]]:
    """The groups that somebody is in now, each with its because."""
    rows = Belonging.objects.filter(customer=of, kind=Kind.GROUP, until=None)
    return dict(rows.values_list("name", "because"))


def looked_long_ago(clock: StandingClock) -> None:
    """Count everybody, and look again when nobody is new any more."""
    look({})
    clock.forward(minutes=30)
    look({})
    clock.forward(minutes=10)


def many(number: int, seed: int = 1) -> None:
    """Take on customers of all sorts, with what they bought."""
    chance, now = random.Random(seed), datetime(2026, 11, 1, tzinfo=UTC)
    product, _ = Product.objects.get_or_create(sku="X", defaults={"line": "small"})
    customers = [
        Customer(
            name=f"Khách {each}",
            since=now.date(),
            kind=chance.choice(["person", "person", "business"]),
            birth_year=chance.choice([None, *range(1930, 2008)]),
            lives_alone=chance.choice([None, True, False]),
            internal=chance.random() < 0.05,
        )
        for each in range(number)
    ]
    Customer.objects.bulk_create(customers)
    Purchase.objects.bulk_create(
        Purchase(
            number=f"{each.pk}-{n}",
            customer=each,
            product=product,
            price_minor=chance.choice([0, 900_000, 19_999_999, 20_000_000]),
            currency="VND",
            ordered_at=now - timedelta(days=chance.randrange(800)),
        )
        for each in customers
        for n in range(chance.choice([0, 0, 1, 2, 6]))
    )


def test_what_is_kept_is_what_the_engine_says_of_each(plan: Any, clock: StandingClock) -> None:
    many(1_200)
    look({})
    found: dict[int, set[str]] = {}
    for customer, name in Belonging.objects.filter(kind=Kind.GROUP, until=None).values_list("customer_id", "name"):
        found.setdefault(customer, set()).add(name)
    plan = in_force()
    for each in Customer.objects.prefetch_related("purchases"):
        asked = plan.groups(plan.terms_of(facts_of(each, None, clock.instant), {}, clock.instant), clock.instant)
        assert found.get(each.pk, set()) == (set() if each.internal else set(asked)), each.pk


def test_facts_of_many_are_those_of_each_alone(plan: Any, clock: StandingClock) -> None:
    many(300)
    customers = list(Customer.objects.order_by("pk"))
    together = known_of(customers, in_force(), clock.instant)
    for each in Customer.objects.order_by("pk"):
        assert known_of([each], in_force(), clock.instant)[each.pk] == together[each.pk]


def test_counting_asks_as_much_for_many_as_for_few(plan: Any, clock: StandingClock) -> None:
    asked = []
    for number in (10, 200):
        Customer.objects.all().update(merged_into=None)
        many(number, seed=number)
        keys = list(Customer.objects.order_by("-pk").values_list("pk", flat=True)[:number])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            recount(keys, in_force(), clock.instant)
        asked.append(len([each for each in queries if "INSERT" not in each["sql"]]))
    assert asked[0] == asked[1]


def test_everybody_in_a_group_has_a_because(hoa: Customer, clock: StandingClock) -> None:
    Customer.objects.filter(pk=hoa.pk).update(birth_year=1955, lives_alone=True, kind="business")
    look({})
    assert kept(hoa) == {
        "elderly": ELDERLY,
        "living_alone": [["lives_alone", "yes", "", ""]],
        "business": [["customer_kind", "business", "", ""]],
        "new": [["purchases", "0", "<=", "1"]],
    }


def test_counting_twice_changes_nothing(hoa: Customer, clock: StandingClock) -> None:
    many(50)
    keys = list(Customer.objects.values_list("pk", flat=True))
    assert recount(keys, in_force(), clock.instant) > 0
    clock.forward(hours=1)
    assert recount(keys, in_force(), clock.instant) == 0


def test_birthday_puts_somebody_in_a_group_on_the_next_day_that_is_counted(hoa: Customer, clock: StandingClock) -> None:
    clock.set_to(datetime(2026, 12, 31, 5, tzinfo=UTC))
    desk.put_in_force(2, clock.instant - timedelta(days=1))
    Customer.objects.filter(pk=hoa.pk).update(birth_year=1962)
    look({})
    assert "elderly" not in kept(hoa)
    clock.forward(days=1)
    look({})
    assert kept(hoa)["elderly"] == [["age", "65", ">=", "65"]]
    entered = Belonging.objects.get(customer=hoa, name="elderly")
    clock.forward(days=366)
    look({})
    later = Belonging.objects.get(customer=hoa, name="elderly")
    assert (later.pk, later.since) == (entered.pk, entered.since)
    assert later.because == [["age", "66", ">=", "65"]]


def test_purchase_moves_somebody_at_the_next_look(hoa: Customer, clock: StandingClock) -> None:
    looked_long_ago(clock)
    assert "new" in kept(hoa)
    for n in range(5):
        desk.purchase(hoa, number=f"BX-{n}", price=1)
    look({})
    assert kept(hoa) == {"loyal": [["purchases", "5", ">=", "5"]]}
    left = Belonging.objects.get(customer=hoa, name="new")
    assert left.until == clock.instant


def test_new_plan_is_counted_at_the_next_look(hoa: Customer, staff: desk.Staff, clock: StandingClock) -> None:
    Customer.objects.filter(pk=hoa.pk).update(birth_year=1966)
    looked_long_ago(clock)
    assert "elderly" not in kept(hoa)
    plan = enacted(staff.manager, "when: age >= 65", "when: age >= 60")
    clock.forward(minutes=5)
    look({})
    row = Belonging.objects.get(customer=hoa, name="elderly")
    assert (row.because, row.plan_version_id) == ([["age", "60", ">=", "60"]], plan.number)


def test_count_that_was_killed_goes_on_where_it_was(
    plan: Any, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(25)
    monkeypatch.setattr(looking, "AT_ONCE", 10)

    def killed() -> None:
        raise PutDown

    with monkeypatch.context() as worker:
        worker.setattr(looking, "hold", killed)
        with pytest.raises(PutDown):
            look({})
    assert Count.objects.get().number == 10
    look({})
    done = Count.objects.get()
    assert done.number == 25 and done.done_at is not None
    assert Belonging.objects.filter(kind=Kind.STAGE).count() == Customer.objects.filter(internal=False).count()


def test_who_was_merged_away_is_counted_no_more(hoa: Customer, clock: StandingClock) -> None:
    other = desk.customer("Khác", mail="khac@example.com")
    look({})
    Customer.objects.filter(pk=other.pk).update(merged_into=hoa)
    clock.forward(days=1)
    look({})
    assert not Belonging.objects.filter(customer=other, until=None).exists()
    assert Belonging.objects.filter(customer=other).exists()


def test_stage_is_told_by_the_last_purchase(plan: Any, clock: StandingClock) -> None:
    prospect, buyer, lost = (desk.customer(each, mail="") for each in ("A", "B", "C"))
    desk.purchase(buyer, days_ago=364, number="1")
    desk.purchase(lost, days_ago=366, number="2")
    look({})
    stages = dict(Belonging.objects.filter(kind=Kind.STAGE).values_list("customer_id", "cell"))
    assert stages == {prospect.pk: "prospect", buyer.pk: "buyer", lost.pk: "lost"}


def test_facts_on_record_are_those_that_are_named(hoa: Customer, clock: StandingClock) -> None:
    desk.purchase(hoa)
    Customer.objects.filter(pk=hoa.pk).update(birth_year=1955, lives_alone=True, timezone="Asia/Bangkok")
    hoa.refresh_from_db()
    found = facts_of(hoa, None, clock.instant).keys()
    assert found == PATHS - {"customer.department", "customer.organisation"}


def test_habits_are_told_by_all_cases(hoa: Customer, staff: desk.Staff, clock: StandingClock) -> None:
    term = "  usual_way: {one_of: [phone, web, email, chat, zalo], from: customer.usual_channel}\n  age:\n"
    plan = enacted(staff.manager, r"(?m)^  age:\n", term)
    assert habits_of([hoa.pk], plan, clock.instant)[hoa.pk]["customer.contacts_last_year"].value == 0
    desk.opened(hoa)
    found = habits_of([hoa.pk], plan, clock.instant)[hoa.pk]
    assert found.keys() == OF_CONTACTS
    assert found["customer.last_contact"].value == clock.instant
    assert known_of([hoa], plan, clock.instant)[hoa.pk]["usual_way"].value == found["customer.usual_channel"].value
