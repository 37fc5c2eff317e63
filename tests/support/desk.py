"""The desk that tests work at: the example's plan in force, people of every level, a customer and what she bought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from tantam.desk.accounts.models import Person, Role
from tantam.desk.cases.actions import open_case
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.models import Case
from tantam.desk.common import clock
from tantam.desk.customers.models import Contact, Customer, Product, Purchase
from tantam.desk.plans import RunningPlan, Standing, in_force, versions
from tantam.desk.plans.models import PlanVersion
from tantam.plan import sections
from tests.support.plans import company

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
FROZEN_ON = date(2026, 1, 1)


@dataclass(frozen=True)
class Staff:
    """agent and colleague answer at the lowest level; outsider signs in, but answers nobody."""

    agent: Person
    colleague: Person
    specialist: Person
    manager: Person
    outsider: Person


def put_in_force(number: int = 1, at: datetime = LONG_AGO) -> RunningPlan:
    """Put the example's plan in force without checking it; thawed once a test run."""
    digest, frozen = _frozen(number)
    known = versions.thawed(number)
    if known is not None and known.row.hash != digest:
        versions.forget(number)
    PlanVersion.objects.create(number=number, hash=digest, frozen=frozen, in_force_from=at, enacted_at=at)
    return in_force(max(at, clock.now()))


def hire() -> Staff:
    """Return new people, one a role and level."""
    return Staff(
        agent=_person("Mai", "agent"),
        colleague=_person("Nam", "agent"),
        specialist=_person("Bình", "specialist"),
        manager=_person("Trâm", "manager", Role.MANAGER),
        outsider=_person("Ngoại", ""),
    )


def customer(name: str = "Nguyễn Thị Hoa", mail: str = "hoa@example.com", **fields: object) -> Customer:
    """Return a new customer who reads mail."""
    made = Customer.objects.create(name=name, since=date(2026, 1, 1), **{"language": "vi"} | fields)
    if mail:
        Contact.objects.create(customer=made, kind=Contact.Kind.MAIL, value=mail)
    return made


def purchase(of: Customer, *, days_ago: int = 12, price: int = 8_990_000, number: str = "BX-1001") -> Purchase:
    """Return a washing machine that was handed over so many days ago."""
    product, _ = Product.objects.get_or_create(
        sku="MG-9", defaults={"line": "large_appliance", "names": {"vi": "Máy giặt 9 kg", "en": "Washing machine 9 kg"}}
    )
    then = clock.now() - timedelta(days=days_ago)
    return Purchase.objects.create(
        number=number,
        customer=of,
        product=product,
        price_minor=price,
        currency="VND",
        ordered_at=then,
        handed_over_at=then,
    )


def concern(of: Customer, body: str = "Máy giặt kêu to.", **fields: object) -> Concern:
    """Return what she brings: a faulty machine, without danger."""
    told = in_force().read({"danger": "no"} | dict(fields.pop("told", {})), Standing.TOLD)
    usual = {"channel": "web", "language": of.language, "topic": "faulty"}
    return Concern(customer=of, body=body, facts=told, **usual | fields)


def opened(of: Customer, **fields: object) -> Case:
    """Return a case that she opened."""
    return open_case(concern(of, **fields))


def codes(case: Case) -> list[str]:
    """Return the codes of what happened on the case, in order."""
    return list(case.events.order_by("id").values_list("code", flat=True))


def owed(case: Case, kind: str) -> object:
    """Return the case's newest promise of this kind."""
    return case.promises.filter(kind=kind).order_by("-id").first()


@cache
def _frozen(number: int) -> tuple[str, str]:
    plan = company("ben-xuan")
    return plan.hash, sections.freeze(plan, version=number, today=FROZEN_ON)


def _person(name: str, level: str, role: str = Role.AGENT) -> Person:
    mail = f"{name.lower()}@desk.example"
    return Person.objects.create(email=mail, name=name, level=level, role=role, password="!", undo_seconds=0)
