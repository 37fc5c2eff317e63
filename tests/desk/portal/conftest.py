"""A visitor at the portal of the example's company."""

from __future__ import annotations

import pytest

from tests.desk.portal.pages import Visitor
from tests.support.clock import StandingClock


@pytest.fixture
def visitor(plan: object, clock: StandingClock) -> Visitor:
    return Visitor(clock)
