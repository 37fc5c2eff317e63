"""Administrators add webhooks, see their secret once, read what was sent, and send it again; nobody else finds them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tantam.desk.channels.webhooks.actions import Wanted, add_endpoint
from tantam.desk.channels.webhooks.models import Delivery, Endpoint
from tantam.desk.channels.webhooks.sending import send_due
from tests.desk.api.world import administrator
from tests.desk.channels.receiver import Receiver, receiving
from tests.support.desk import opened

LIST = "/desk/webhooks/"


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.PRIVATE_HOOKS = True
    with receiving() as it:
        yield it


@pytest.fixture
def admin(staff: Any) -> Any:
    return administrator()


@pytest.fixture
def browser(admin: Any) -> Client:
    made = Client()
    made.force_login(admin)
    made.cookies["tantam_language"] = "en"
    return made


@pytest.fixture
def endpoint(admin: Any, receiver: Receiver) -> Endpoint:
    return add_endpoint(admin, Wanted(receiver.url, ("*",), "Warehouse"))


def _page(endpoint: Endpoint, more: str = "") -> str:
    return f"{LIST}{endpoint.pk}/{more}"


def test_secret_is_shown_once(browser: Client, receiver: Receiver) -> None:
    added = browser.post(LIST, {"url": receiver.url, "kinds": ["life"], "codes": "broken, granted", "words": "on"})
    made = Endpoint.objects.get()
    assert added.status_code == 200 and made.secret in added.content.decode()
    assert made.wants == ["life", "broken", "granted"] and made.words
    for path in (LIST, _page(made)):
        assert made.secret not in browser.get(path).content.decode()
    turned = browser.post(_page(made, "secret/")).content.decode()
    assert Endpoint.objects.get().secret in turned and made.secret not in turned


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"url": ""}, "Write something first."),
        ({"url": "gopher://x/"}, "is no address that we may post to"),
        ({"codes": "opened nonsense"}, "There is no event “nonsense”."),
        ({"kinds": []}, "Choose what it is told"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    sent: dict[str, Any], said: str, browser: Client, receiver: Receiver
) -> None:
    form = {"url": receiver.url, "kinds": ["life"], "description": "Warehouse", "codes": ""} | sent
    for path, status in ((LIST, 422),):
        answer = browser.post(path, form)
        assert answer.status_code == status and said in answer.content.decode()
        assert 'value="Warehouse"' in answer.content.decode()
    assert not Endpoint.objects.exists()


def test_it_is_changed_stopped_started_and_removed(browser: Client, endpoint: Endpoint, receiver: Receiver) -> None:
    browser.post(_page(endpoint), {"url": receiver.url + "2", "kinds": ["claims"]})
    endpoint.refresh_from_db()
    assert (endpoint.url, endpoint.wants, endpoint.description) == (receiver.url + "2", ["claims"], "")
    browser.post(_page(endpoint, "stop/"))
    assert Endpoint.objects.get().stopped == "hand"
    refused = browser.post(_page(endpoint, "test/"), follow=True).content.decode()
    assert "It is stopped. Start it first, then send." in refused and not Delivery.objects.exists()
    browser.post(_page(endpoint, "start/"))
    assert Endpoint.objects.get().stopped == ""
    assert browser.post(_page(endpoint, "remove/")).status_code == 302 and not Endpoint.objects.exists()


def test_log_shows_what_came_back_and_sends_it_again(
    browser: Client, endpoint: Endpoint, receiver: Receiver, hoa: Any
) -> None:
    receiver.answers, receiver.says = [500, 200], b"<b>Taken</b>"
    case = opened(hoa)
    browser.post(_page(endpoint, "test/"))
    send_due(endpoint.pk)
    shown = browser.get(_page(endpoint)).content.decode()
    assert case.reference in shown and "500" in shown and "&lt;b&gt;Taken" in shown and "test" in shown
    first = Delivery.objects.order_by("id")[0]
    for state, there in (("waiting", True), ("taken", False), ("nonsense", True)):
        path = _page(endpoint, f"?state={state}")
        assert (f"again/{first.pk}/" in browser.get(path).content.decode()) is there
    again = browser.post(_page(endpoint, "again/"), follow=True).content.decode()
    assert "1 event is being sent." in again
    send_due(endpoint.pk)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"taken"}
    assert browser.post(_page(endpoint, f"again/{first.pk}/")).status_code == 302
    assert browser.post(_page(endpoint, "again/1/")).status_code == 404
    assert browser.get(f"{LIST}1/").status_code == 404


def test_log_asks_as_much_for_many_as_for_few(
    browser: Client, endpoint: Endpoint, hoa: Any, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    opened(hoa)
    browser.get(_page(endpoint))
    with django_assert_max_num_queries(12) as few:
        browser.get(_page(endpoint))
    for _ in range(20):
        opened(hoa)
    assert Delivery.objects.count() > 50
    with django_assert_num_queries(len(few)):
        shown = browser.get(_page(endpoint)).content.decode()
    assert shown.count("<tr>") == 51 and 'rel="next"' in shown


def test_nobody_else_finds_them(staff: Any, endpoint: Endpoint) -> None:
    for person in (staff.agent, staff.manager, staff.outsider):
        other = Client()
        other.force_login(person)
        assert other.get(LIST).status_code == other.get(_page(endpoint)).status_code == 404
        for more in ("secret/", "stop/", "start/", "remove/", "test/", "again/"):
            assert other.post(_page(endpoint, more)).status_code == 404
        assert "/desk/webhooks/" not in other.get("/desk/profile/").content.decode()
    assert Endpoint.objects.get().stopped == ""


def test_profile_of_an_administrator_leads_there(browser: Client) -> None:
    assert f'href="{LIST}"' in browser.get("/desk/profile/").content.decode()
