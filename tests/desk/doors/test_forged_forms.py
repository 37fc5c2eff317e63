"""A form that another site sends with somebody's cookies is refused at every address."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.test import Client

from tests.desk.doors.furnished import addresses_of

REFUSED = (403, 404, 405)
BY_TOKEN = ("api:", "chat:", "mcp:")  # no cookie counts there
FORM = "application/x-www-form-urlencoded"


def test_form_of_another_site_is_refused_everywhere(hoa: Any, staff: Any, log: str, settings: Any) -> None:
    settings.DEMO = True
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(staff.manager)
    taken = []
    for name, path in addresses_of(hoa, staff, log).items():
        if name.startswith(BY_TOKEN):
            continue
        for given in ({"data": {"body": "x y"}}, {"data": "body=x+y", "content_type": FORM}):
            before = transaction.savepoint()
            if browser.post(path, **given).status_code not in REFUSED:
                taken.append(name)
            transaction.savepoint_rollback(before)
    assert not taken
