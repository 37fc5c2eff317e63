"""Whoever works here reaches every customer; everybody else finds nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from tantam.desk.customers.access import customer_for, customers_for


def test_colleagues_reach_a_customer(hoa: Any, staff: Any) -> None:
    assert customer_for(staff.agent, hoa.pk) == hoa
    assert list(customers_for(staff.manager)) == [hoa]


def test_outsiders_find_nobody(hoa: Any, staff: Any) -> None:
    for stranger in (staff.outsider, AnonymousUser()):
        assert not customers_for(stranger).exists()
        with pytest.raises(Http404):
            customer_for(stranger, hoa.pk)


def test_who_left_finds_nobody(hoa: Any, staff: Any) -> None:
    staff.agent.is_active = False
    assert not customers_for(staff.agent).exists()


def test_nobody_by_that_id(hoa: Any, staff: Any) -> None:
    with pytest.raises(Http404):
        customer_for(staff.agent, hoa.pk + 1)
