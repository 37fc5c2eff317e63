"""The pages of promises by hand, of limits and of departments, with and without scripts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tantam.desk.cases.actions import ask_department, except_limit, promise
from tantam.desk.cases.models import Case, Promise
from tantam.desk.cases.vows import Vow
from tantam.desk.plans import departments
from tests.support.clock import StandingClock
from tests.support.desk import opened


@pytest.fixture
def case(hoa: Any, staff: Any) -> Case:
    return opened(hoa)


@pytest.fixture
def agent(staff: Any) -> Client:
    client = Client()
    client.force_login(staff.agent)
    return client


@pytest.fixture
def visit(case: Case, staff: Any, clock: StandingClock) -> Promise:
    due = clock.instant + timedelta(days=1)
    return promise(case, staff.agent, Vow(words="Thợ đến xem máy", due=due, kind="visit", place="12 Lê Lợi"))


def _page(client: Client, case: Case, lang: str = "en") -> str:
    return client.get(reverse("web:case", args=[case.pk]), {"lang": lang}).content.decode()


def _post(client: Client, name: str, args: list[object], **given: object) -> Any:
    return client.post(reverse(f"web:{name}", args=args) + "?lang=en", given, follow=True)


@pytest.mark.parametrize("typed", ["Ich rufe Sie morgen um 10 Uhr an.", "I will call you tomorrow at ten."])
def test_a_promise_is_found_in_whichever_language_it_is_typed(agent: Client, case: Case, typed: str) -> None:
    read = agent.post(reverse("web:vow_found", args=[case.pk]), {"body": typed})
    assert case.language == "vi" and "vow-found" in read.content.decode()


def test_what_one_types_is_offered_and_taken_with_one_button(agent: Client, case: Case) -> None:
    read = agent.post(reverse("web:vow_found", args=[case.pk]), {"body": "10 giờ sáng mai em gọi lại chị ạ."})
    offer = read.content.decode()
    assert "vow-found" in offer and 'value="call_back"' in offer and not case.promises.filter(by_hand=True).exists()
    fields = dict(part for part in _hidden(offer))
    taken = agent.post(reverse("web:vow_take", args=[case.pk]), fields)
    assert taken.status_code == 200 and case.promises.get(by_hand=True).kind == "call_back"
    again = agent.post(reverse("web:vow_found", args=[case.pk]), {"body": "10 giờ sáng mai em gọi lại chị ạ."})
    assert "vow-found" not in again.content.decode()


def _hidden(html: str) -> list[tuple[str, str]]:
    import re

    return re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html)


def test_nothing_is_offered_where_nothing_is_promised(agent: Client, case: Case) -> None:
    read = agent.post(reverse("web:vow_found", args=[case.pk]), {"body": "Mai anh có nhà không ạ?"})
    assert not read.content.strip()


def test_a_form_promises_without_scripts(agent: Client, case: Case) -> None:
    page = _post(agent, "promise", [case.pk], kind="call_back", when="tomorrow at ten", words="I call you back")
    assert page.status_code == 200 and "I call you back" in page.content.decode()
    assert case.promises.get(by_hand=True).words == "I call you back"


def test_a_time_that_nobody_understands_is_said_where_it_was_written(agent: Client, case: Case) -> None:
    page = _post(agent, "promise", [case.pk], kind="by_hand", when="when hell freezes", words="Something")
    text = page.content.decode()
    assert page.status_code == 409 and "when hell freezes" in text and not case.promises.filter(by_hand=True).exists()


def test_it_is_kept_moved_and_withdrawn_from_the_page(agent: Client, case: Case, visit: Promise) -> None:
    assert "Thợ đến xem máy" in _page(agent, case)
    _post(agent, "vow_move", [case.pk, visit.pk], when="in 3 days", reason="Thợ ốm.")
    visit.refresh_from_db()
    assert visit.moved == 1 and "moved once" in _page(agent, case)
    _post(agent, "vow_keep", [case.pk, visit.pk])
    visit.refresh_from_db()
    assert visit.state == "kept"
    refused = _post(agent, "vow_withdraw", [case.pk, visit.pk], reason="Thôi.")
    assert refused.status_code == 409


def test_another_cases_promise_is_not_found(agent: Client, hoa: Any, visit: Promise) -> None:
    other = opened(hoa)
    for name in ("vow_keep", "vow_move", "vow_withdraw"):
        assert _post(agent, name, [other.pk, visit.pk], reason="x", when="tomorrow").status_code == 404
    assert agent.get(reverse("web:vow_calendar", args=[other.pk, visit.pk])).status_code == 404


def test_two_appointments_at_once_are_warned_of(
    agent: Client, case: Case, visit: Promise, clock: StandingClock
) -> None:
    when = (visit.due_at + timedelta(minutes=30)).isoformat()
    page = _post(agent, "promise", [case.pk], kind="appointment", when=when, words="Call with the workshop")
    assert "has another appointment then" in page.content.decode()


def test_the_reminder_stands_on_top_of_the_case(
    agent: Client, case: Case, visit: Promise, clock: StandingClock
) -> None:
    assert "You gave your word" not in _page(agent, case)
    clock.set_to(visit.remind_at)
    assert "You gave your word" in _page(agent, case)


def test_ones_own_word_is_a_page_with_a_fixed_number_of_queries(
    agent: Client, hoa: Any, staff: Any, clock: StandingClock, django_assert_max_num_queries: Any
) -> None:
    for place in range(5):
        due = clock.instant + timedelta(hours=place + 1)
        promise(opened(hoa), staff.agent, Vow(words=f"Việc số {place}", due=due))
    with django_assert_max_num_queries(12):
        text = agent.get(reverse("web:vows")).content.decode()
    assert all(f"iệc số {place}" in text for place in range(5))


def test_the_appointment_is_a_file_for_colleague_and_customer(agent: Client, case: Case, visit: Promise) -> None:
    staff_file = agent.get(reverse("web:vow_calendar", args=[case.pk, visit.pk]))
    own_file = Client().get(reverse("portal:appointment", args=[case.link_key, visit.pk]))
    for answer in (staff_file, own_file):
        assert answer["Content-Type"].startswith("text/calendar") and b"METHOD:PUBLISH" in answer.content
    assert Client().get(reverse("portal:appointment", args=["wrong", visit.pk])).status_code == 404


def test_the_customer_sees_the_word_and_that_it_was_moved(agent: Client, case: Case, visit: Promise) -> None:
    _post(agent, "vow_move", [case.pk, visit.pk], when="in 3 days", reason="Thợ bị ốm.")
    text = Client().get(reverse("portal:case", args=[case.link_key]), {"lang": "en"}).content.decode()
    assert "Thợ đến xem máy" in text and "changed once" in text and "Thợ bị ốm." in text
    assert reverse("portal:appointment", args=[case.link_key, visit.pk]) in text


def test_a_limit_stands_on_the_case_until_an_exception_is_made(agent: Client, hoa: Any) -> None:
    case = opened(hoa, topic="data_recovery")
    assert "we do not do this" in _page(agent, case) and f"limits-{case.limit_rule}" in _page(agent, case)
    assert _post(agent, "except", [case.pk], reason=" ").status_code == 409
    assert "Ảnh của người đã mất." in _post(agent, "except", [case.pk], reason="Ảnh của người đã mất.").content.decode()


def test_managers_see_limits_met_and_exceptions(hoa: Any, staff: Any) -> None:
    case = opened(hoa, topic="data_recovery")
    opened(hoa, topic="unlocking")
    except_limit(case, staff.agent, "Ảnh của người đã mất.")
    client = Client()
    client.force_login(staff.manager)
    text = client.get(reverse("web:limits"), {"lang": "en"}).content.decode()
    assert "Ảnh của người đã mất." in text and text.count("declined, with where to turn") == 2
    only = client.get(reverse("web:limits"), {"lang": "en", "only": "excepted"}).content.decode()
    assert "declined, with where to turn" not in only and "Ảnh của người đã mất." in only


def test_a_department_is_asked_from_the_case_and_both_sides_see_it(agent: Client, case: Case) -> None:
    page = _post(agent, "ask_department", [case.pk], owing="workshop.diagnosis", words="Nhờ xem máy", submission="a")
    inner = Case.objects.get(department="workshop")
    assert inner.reference in page.content.decode() and "Rests on departments" in page.content.decode()
    assert "Hoa" in _page(agent, inner)
    text = agent.get(reverse("web:department", args=["workshop"]), {"lang": "en"}).content.decode()
    assert reverse("web:case", args=[inner.pk]) in text


def test_the_page_of_a_department_fixes_its_queries(
    agent: Client, hoa: Any, staff: Any, plan: Any, django_assert_max_num_queries: Any
) -> None:
    owing = departments.named(plan, "workshop", "diagnosis")
    assert owing is not None
    for _ in range(5):
        ask_department(opened(hoa), staff.agent, owing, "Nhờ xem máy")
    with django_assert_max_num_queries(12):
        agent.get(reverse("web:department", args=["workshop"]))


@pytest.mark.parametrize(
    "written", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59+00:00"]
)
def test_time_at_the_end_of_all_time_is_no_time(agent: Client, visit: Promise, written: str) -> None:
    case, tomorrow = visit.case, visit.due_at.isoformat()
    for given in ({"when": written}, {"when": tomorrow, "ends": written}):
        asked = {"words": "Thợ đến", "kind": "visit"} | given
        assert _post(agent, "promise", [case.pk], **asked).status_code == 409
        assert _post(agent, "vow_take", [case.pk], **asked).status_code == 409
    assert _post(agent, "vow_move", [case.pk, visit.pk], when=written, reason="Bận").status_code == 409
    assert list(case.promises.filter(by_hand=True)) == [visit]


def test_visit_ends_in_its_time(agent: Client, case: Case, clock: StandingClock) -> None:
    due, ends = clock.instant + timedelta(days=1), clock.instant + timedelta(days=3000)
    asked = {"words": "Thợ đến", "kind": "visit", "when": due.isoformat(), "ends": ends.isoformat()}
    assert _post(agent, "promise", [case.pk], **asked).status_code == 409
