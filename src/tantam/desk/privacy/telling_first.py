"""Erases who asked for it once the letter that says so is on its way: afterwards nobody knows where to send it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tantam.desk.cases.models import Message
from tantam.desk.common import clock, work
from tantam.desk.common.errors import Refused
from tantam.desk.privacy.actions.ask_erasure import ask_erasure
from tantam.desk.privacy.doing import ERASE_WHEN_TOLD
from tantam.desk.privacy.models import Request

AGAIN = timedelta(minutes=10)
LONGEST = timedelta(days=3)  # a letter that cannot be delivered keeps nobody's data


@work.handles(ERASE_WHEN_TOLD)
def erase_when_told(payload: Mapping[str, Any]) -> None:
    """Have them erased. Raises Later while the letter waits, and while they are served once more."""
    request = Request.objects.select_related("customer", "ended_by").get(pk=payload["request"])
    now = clock.now()
    assert request.ended_at is not None and request.ended_by is not None
    waits = Message.objects.filter(pk=payload["message"], delivered_at=None).exclude(sent_to="").exists()
    if waits and now < request.ended_at + LONGEST:
        raise work.Later(now + AGAIN)
    try:
        ask_erasure(request.customer, request.ended_by)
    except Refused as refused:
        if refused.code != "erase_open_cases":
            raise
        raise work.Later(now + AGAIN) from refused
