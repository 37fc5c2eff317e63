"""Who meets what at every operation: without a token, without its scope, as nobody, as somebody who may only read."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tantam.desk.accounts.models import Person, Role
from tantam.desk.api import rates, scopes
from tantam.desk.api.models import ApiToken
from tests.desk.api.calls import Call, calls, document
from tests.desk.api.world import administrator, token_of

BY_LINK = (  # whoever has the key of a case's private page
    "add_filed_files",
    "read_filed",
    "accept_decision",
    "choose_instead",
    "dispute_decision",
    "take_back_said",
    "confirm_settled",
    "rate_filed",
)
SHARED = (
    "open_case",
    *BY_LINK,
    "read_plan",
    "list_drafts",
    "ask_replay",
    "read_replay",
    "measures",
    "measure",
    "list_versions",
    "list_budgets",
)
SHARED += ("push_customer", "push_customers", "push_purchase", "push_purchases")  # of a shop
SHARED += ("make_directive", "withdraw")  # which then ask for a person
DESK = "the desk's own secret"


@pytest.fixture(autouse=True)
def many(settings: Any) -> Any:
    settings.API_PER_MINUTE, settings.API_TOKEN = 10**9, DESK
    yield
    rates.forget()


def test_every_operation_has_its_scope_and_name() -> None:
    known = calls()
    assert len({each.name for each in known}) == len(known)
    assert {each.scope for each in known} <= set(scopes.ALL)
    words = [told for path in document()["paths"].values() for told in path.values()]
    assert all(each["summary"] and each["description"] and each["tags"] for each in words)


def test_nobody_enters_without_a_token(plan: object) -> None:
    for each in calls():
        assert _ask(each, "")[0] == 401, each
        assert _ask(each, "ttm_wrong")[0] == 401, each


def test_token_does_only_what_its_scopes_say(staff: Any) -> None:
    by = administrator()
    for scope in scopes.ALL:
        secret = token_of(by, *(other for other in scopes.ALL if other != scope))
        for each in (one for one in calls() if one.scope == scope):
            assert _ask(each, secret) == (403, "scope"), each


def test_outsider_s_token_is_let_in_nowhere(staff: Any) -> None:
    secret = token_of(staff.agent)
    ApiToken.objects.update(person=staff.outsider)
    for each in calls():
        if each.name not in ("open_case", "read_plan", *BY_LINK):
            assert _ask(each, secret) == (403, "not_allowed"), each


def test_who_only_reads_changes_nothing(staff: Any) -> None:
    auditor = Person.objects.create(email="k@desk.example", name="Kiểm", role=Role.AUDITOR, password="!")
    secret = token_of(auditor)
    for each in calls():
        status, code = _ask(each, secret)
        if each.method != "get" and each.name not in ("open_case", *BY_LINK):
            assert (status, code) == (403, "not_allowed"), each
        else:
            assert status != 403, each


def test_agent_reads_no_figures_and_decides_nothing_for_the_company(staff: Any) -> None:
    secret = token_of(staff.agent)
    managers = ("measures", "measure", "list_drafts", "ask_replay", "read_replay", "list_versions", "withdraw")
    for each in calls():
        if each.name in managers:
            assert _ask(each, secret, {}) in ((403, "not_allowed"), (422, "invalid")), each


def test_desk_s_own_token_acts_as_nobody(plan: object) -> None:
    for each in calls():
        if each.name not in SHARED:
            assert _ask(each, DESK)[1] in ("scope", "needs_person"), each


def test_token_that_ended_was_revoked_or_whose_person_left_counts_no_more(staff: Any, clock: Any) -> None:
    me = next(each for each in calls() if each.name == "read_me")
    secret = token_of(staff.agent, days=30)
    assert _ask(me, secret)[0] == 200
    for change in ({"revoked_at": clock.instant}, {"expires_at": clock.instant}):
        ApiToken.objects.update(**change)
        assert _ask(me, secret)[0] == 401
        ApiToken.objects.update(revoked_at=None, expires_at=None)
    Person.objects.filter(pk=staff.agent.pk).update(is_active=False)
    assert _ask(me, secret)[0] == 401


def _ask(call: Call, secret: str, body: Any = None) -> tuple[int, str]:
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    browser = Client()
    if call.method == "get":
        answer = browser.get(call.path, headers=headers)
    else:
        send = getattr(browser, call.method)
        answer = send(call.path, body if body is not None else {}, content_type="application/json", headers=headers)
    said = answer.json() if answer.headers.get("Content-Type", "").startswith("application/json") else {}
    return answer.status_code, said.get("code", "") if isinstance(said, dict) else ""
