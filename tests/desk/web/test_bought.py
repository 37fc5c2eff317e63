"""The purchase of a case: the day of its handing over is corrected, and what is no day is said, not lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.support import desk


@pytest.mark.parametrize("written", ["31.12.", "0001-01-01", "9999-12-31", "2026-02-30", ""])
def test_day_that_no_calendar_of_ours_holds_is_refused_and_kept(
    written: str, hoa: Any, staff: desk.Staff, client: Client
) -> None:
    case = desk.opened(hoa, purchase=desk.purchase(hoa))
    client.force_login(staff.agent)
    answer = client.post(reverse("web:correct_purchase", args=[case.pk]), {"handed_over": written})
    before = case.purchase.handed_over_at
    case.purchase.refresh_from_db()
    assert (answer.status_code, case.purchase.handed_over_at) == (409, before)
    assert f'value="{written}"' in answer.content.decode()
