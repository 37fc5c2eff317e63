"""Colleagues and departments are customers of each other, taken on once."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.desk.common.errors import Refused
from tantam.desk.customers.contacts import mail_of
from tantam.desk.customers.departments import customer_of
from tantam.desk.customers.facts import facts_of
from tantam.desk.customers.internal import of_person
from tantam.desk.customers.models import Customer
from tests.support.clock import StandingClock


def test_colleague_is_one_customer(staff: Any) -> None:
    made = of_person(staff.agent)
    assert of_person(staff.agent) == made and made.internal and mail_of(made) == staff.agent.email


def test_department_is_one_customer_named_as_the_plan_names_it(plan: Any, clock: StandingClock) -> None:
    made = customer_of("stores")
    assert customer_of("stores") == made and made.name == "Kho và giao hàng"
    known = facts_of(made, None, clock.instant)
    assert (known["customer.kind"].value, known["customer.internal"].value) == ("department", True)
    assert known["customer.department"].value == "stores"


def test_unknown_department_is_refused(plan: Any) -> None:
    with pytest.raises(Refused):
        customer_of("nowhere")
    assert not Customer.objects.exists()


def test_consent_is_never_changed(hoa: Any, staff: Any) -> None:
    from django.db import DatabaseError, transaction

    from tantam.desk.customers.actions import give_consent
    from tantam.desk.customers.consent import Word

    given = give_consent(hoa, staff.agent, Word("survey"))
    with pytest.raises(ValueError):
        given.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        hoa.consents.update(given=False)
    hoa.delete()
    assert not type(given).objects.exists(), "erasing somebody erases what they said"
