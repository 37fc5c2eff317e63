"""Marks by rules of the plan: a person looks, nothing is refused, and the case says which rule it was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tantam.desk.claims.actions import file_claim, grant
from tantam.desk.claims.models import Claim, Mark
from tantam.desk.common.errors import Refused
from tantam.desk.customers import serials
from tantam.desk.customers.models import Unit
from tantam.desk.plans import Fact, Standing
from tests.support import drafts
from tests.support.desk import concern, customer, purchase

TOLD = r"""from: case.broken_promises
    number: 0..
  serial:
    from: unit.serial
    text: any"""


@pytest.fixture
def told_serials(staff: Any) -> Any:
    """The example's plan, in which customers may also tell the serial."""
    return drafts.enacted(staff.manager, r"from: case\.broken_promises\n    number: 0\.\.", TOLD)


def test_the_same_serial_twice_is_looked_at_whoever_asks(hoa: Any, staff: Any, told_serials: Any) -> None:
    first = _filed(hoa, serial="sn 12-34", number="BX-1")
    assert first.state == Claim.State.GRANTED
    minh = customer("Trần Văn Minh", "minh@example.com")
    second = _filed(minh, serial="SN1234", number="BX-2")
    assert second.state == Claim.State.OPEN and second.outcome == first.outcome
    mark = Mark.objects.get(claim=second)
    assert (mark.rule, mark.clause) == ("by.serial_twice", "policies.exchange.marks.serial_twice")
    assert mark.args == {"facts": {"granted_over_it": "1"}}
    with pytest.raises(Refused, match="needs_reason"):
        grant(second, staff.manager)
    assert grant(second, staff.manager, reason="Đã xem máy.").state == Claim.State.GRANTED


def test_a_unit_over_which_something_was_granted_is_looked_at_though_nobody_tells_its_serial(hoa: Any) -> None:
    first = _filed(hoa, number="BX-1", unit="SN1")
    again = _filed(hoa, number="BX-2")
    second = _filed(hoa, over=first)
    assert (first.state, again.state, second.state) == (Claim.State.GRANTED, Claim.State.GRANTED, Claim.State.OPEN)
    assert {each.rule for each in second.marks.all()} == {"before", "by.serial_twice"}


def test_who_asks_too_often_reads_a_fair_sentence_and_is_refused_nothing(hoa: Any, staff: Any) -> None:
    for number in ("BX-1", "BX-2", "BX-3"):
        assert _filed(hoa, number=number).state == Claim.State.GRANTED
    fourth = _filed(hoa, number="BX-4")
    assert fourth.state == Claim.State.OPEN
    told = fourth.case.messages.filter(direction="outgoing").get().body
    assert "asked_lately" not in told and "90" not in told
    client = Client()
    client.force_login(staff.manager)
    page = client.get(reverse("web:case", args=[fourth.case.pk])).content.decode()
    assert "policies.exchange.marks.too_often" in page
    listed = client.get(reverse("web:money")).content.decode()
    assert fourth.case.reference in listed


@pytest.mark.parametrize("written", ["sn 12-34", "SN1234", " sn.12/34 ", "ＳＮ1234"])
def test_one_serial_is_one_however_it_is_typed(written: str) -> None:
    assert serials.kept(written) == "SN1234"


def _filed(of: Any, *, number: str = "", serial: str = "", unit: str = "", over: Claim | None = None) -> Claim:
    """File an exchange that the plan grants by itself. serial: told; unit: on record; over: what an earlier one was."""
    bought = over.case.purchase if over else purchase(of, days_ago=3, number=number)
    if unit:
        Unit.objects.create(serial=unit, product=bought.product, purchase=bought)
    told = {"fault": "ours"} | ({"serial": serial} if serial else {})
    brought = concern(of, told=told, purchase=bought)
    facts = {term: Fact(fact.value, Standing.VERIFIED) for term, fact in brought.facts.items()}
    return file_claim(replace(brought, facts=facts), policy="exchange")
