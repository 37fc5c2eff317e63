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
from tantam.desk.plans import Fact, Standing
from tests.support import drafts
from tests.support.desk import concern, customer, purchase

TERMS = r"""from: case.broken_promises
    number: 0..
  asked_lately:
    from: customer.claims_last_90_days
    number: 0..
  serial:
    from: unit.serial
    text: any
  granted_over_it:
    from: unit.granted
    number: 0.."""
MARKS = "    marks: {too_often: asked_lately >= 1, serial_twice: granted_over_it >= 1}\n"


@pytest.fixture
def marking(staff: Any) -> Any:
    """The example's plan, whose exchange marks who asks again and a serial over which something was granted."""
    head = r"pinned: case\n    decides: \|\n      row            \| fault     \| owned  "
    old = rf"from: case\.broken_promises\n    number: 0\.\.|(?<=\n)(?=    {head})"
    return drafts.enacted(staff.manager, old, lambda found: TERMS if found[0] else MARKS)


def test_the_same_serial_twice_is_looked_at_whoever_asks(hoa: Any, staff: Any, marking: Any) -> None:
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


def test_who_asks_too_often_reads_a_fair_sentence_and_is_refused_nothing(hoa: Any, staff: Any, marking: Any) -> None:
    _filed(hoa, serial="A1", number="BX-1")
    second = _filed(hoa, serial="B2", number="BX-2")
    assert second.state == Claim.State.OPEN
    told = second.case.messages.filter(direction="outgoing").get().body
    assert "asked_lately" not in told and "90" not in told
    client = Client()
    client.force_login(staff.manager)
    page = client.get(reverse("web:case", args=[second.case.pk])).content.decode()
    assert "policies.exchange.marks.too_often" in page
    listed = client.get(reverse("web:money")).content.decode()
    assert second.case.reference in listed


@pytest.mark.parametrize("written", ["sn 12-34", "SN1234", " sn.12/34 ", "ＳＮ1234"])
def test_one_serial_is_one_however_it_is_typed(written: str) -> None:
    assert serials.kept(written) == "SN1234"


def _filed(of: Any, *, serial: str, number: str) -> Claim:
    bought = purchase(of, days_ago=3, number=number)
    brought = concern(of, told={"fault": "ours", "serial": serial}, purchase=bought)
    facts = {term: Fact(fact.value, Standing.VERIFIED) for term, fact in brought.facts.items()}
    return file_claim(replace(brought, facts=facts), policy="exchange")
