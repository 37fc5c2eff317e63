"""The first page's way into the chat: the window where the plan has a chat, the link as long as somebody answers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from tantam.desk.plans import versions
from tantam.desk.plans.models import PlanVersion
from tantam.plan import sections
from tests.support.clock import StandingClock
from tests.support.desk import LONG_AGO
from tests.support.plans import company

SUNDAY = datetime(2026, 6, 7, 3, 0, tzinfo=UTC)
WINDOW, LINK = "chat/widget.js", "data-tantam-chat"


@pytest.mark.parametrize(("at", "link"), [(None, True), (SUNDAY, False)])
def test_the_link_is_there_while_the_chat_is_open(
    plan: Any, clock: StandingClock, client: Client, at: datetime | None, link: bool
) -> None:
    if at is not None:
        clock.set_to(at)
    shown = client.get("/?lang=en").content.decode()
    assert (WINDOW in shown, LINK in shown) == (True, link)
    assert ('href="/help/question/" data-tantam-chat' in shown) is link  # what it leads to without JavaScript


def test_a_plan_without_a_chat_has_neither(db: None, clock: StandingClock, client: Client) -> None:
    office = company("public-office")
    frozen = sections.freeze(office, version=1, today=LONG_AGO.date())
    versions.forget(1)  # of other tests
    PlanVersion.objects.create(number=1, hash=office.hash, frozen=frozen, in_force_from=LONG_AGO, enacted_at=LONG_AGO)
    shown = client.get("/?lang=de").content.decode()
    assert client.get("/chat/hello").status_code == 404
    versions.forget(1)
    assert WINDOW not in shown
    assert LINK not in shown
