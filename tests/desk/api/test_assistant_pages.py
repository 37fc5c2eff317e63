"""The page about AI assistants: who is there, what they did, and how managers let them in and go."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tantam.desk.accounts.models import Person, Role
from tantam.desk.api.models import ApiToken
from tests.support import assistants, desk
from tests.support.assistants import Helper, admitted
from tests.support.drafts import enacted

PAGE = "/desk/assistants/"
NEW = {"name": "Bông", "provider": "helper", "level": "agent", "days": "30"}


@pytest.fixture
def plan(db: None, clock: Any) -> Any:
    return assistants.put_in_force()


def _browser(person: Person) -> Client:
    browser = Client(headers={"accept-language": "en"})
    person.language = "en"
    person.save(update_fields=["language"])
    browser.force_login(person)
    return browser


def test_manager_lets_one_in_and_its_secret_is_shown_once(staff: Any, hoa: Any) -> None:
    browser = _browser(staff.manager)
    shown = browser.post(PAGE, NEW | {"customer": "hoa@example.com", "topics": ["faulty"]}).content.decode()
    found = re.search(r'value="(ttm_[^"]+)"', shown)
    assert found and found[1] not in browser.get(PAGE).content.decode()
    token = ApiToken.objects.get()
    assert (token.bound.customer, token.bound.topics, token.scopes) == (hoa, ["faulty"], ["assist"])
    assert token.person is not None and not token.person.has_usable_password()
    assert Helper(token.person, found[1]).call("customer_data")["name"] == hoa.name


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"provider": "own_desk"}, {"level": "king"}, {"customer": "x@y.example"}]
)
def test_what_is_wrong_is_said_and_nobody_is_let_in(staff: Any, wrong: dict[str, str]) -> None:
    answer = _browser(staff.manager).post(PAGE, NEW | wrong)
    assert answer.status_code == 422 and not Person.objects.filter(role=Role.ASSISTANT).exists()


def test_doings_are_listed_with_what_was_refused_and_narrowed(staff: Any, hoa: Any) -> None:
    helper, case = admitted(staff.manager), desk.opened(hoa)
    helper.call("follow_case", case=case.reference)
    helper.refused("grant", case=case.reference, claim="1")
    helper.call("hand_over", case=case.reference, summary="s")
    browser = _browser(staff.manager)
    everything = browser.get(PAGE).content.decode()
    assert case.reference in everything and "not_found" in everything and "Hand over to a person" in everything
    rows = browser.get(PAGE + "?outcome=refused").content.decode().split("<tbody>")[1]
    assert "not_found" in rows and "See how a case stands" not in rows
    rows = browser.get(PAGE + f"?assistant={helper.person.pk}&tool=hand_over").content.decode().split("<tbody>")[1]
    assert rows.count("<tr>") == 1
    assert "Nothing yet" in browser.get(PAGE + "?outcome=failed&assistant=999999999999999999999999").content.decode()


def test_page_asks_as_much_however_many_there_are(staff: Any, hoa: Any) -> None:
    browser, case = _browser(staff.manager), desk.opened(hoa)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(PAGE).status_code == 200
        return len(asked)

    first = admitted(staff.manager)
    first.call("follow_case", case=case.reference)
    few = queries()
    for _ in range(3):
        one = admitted(staff.manager)
        for _ in range(3):
            one.call("follow_case", case=case.reference)
            one.call("draft_reply", case=case.reference, words="w")
    assert queries() == few


def test_let_go_and_new_token_are_the_manager_s(staff: Any) -> None:
    helper = admitted(staff.manager)
    for person, status in ((staff.agent, 404), (staff.outsider, 404)):
        assert _browser(person).post(f"{PAGE}{helper.person.pk}/let-go/").status_code == status
    browser = _browser(staff.manager)
    turned = browser.post(f"{PAGE}{helper.person.pk}/turn/").content.decode()
    assert 'value="ttm_' in turned and helper.post({"jsonrpc": "2.0", "id": 1, "method": "ping"}).status_code == 401
    assert browser.post(f"{PAGE}{helper.person.pk}/let-go/").status_code == 302
    assert not Person.objects.get(pk=helper.person.pk).is_active
    assert browser.post(f"{PAGE}{staff.agent.pk}/let-go/").status_code == 404
    assert Person.objects.get(pk=staff.agent.pk).is_active


def test_plan_without_a_program_says_what_to_write(db: None, clock: Any) -> None:
    desk.put_in_force()
    manager = desk.hire().manager
    without = enacted(manager, r"(?s)  assistant:\n.*?\n\n", "\n")
    assert "ai" not in {each.kind for each in without.plan.providers.values()}
    assert "kind: ai" in _browser(manager).get(PAGE).content.decode()
