"""What colleagues do together, on the case page: each form, what is refused, what both customers see, long cases."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from django.test import Client

from tantam.desk.cases import actions, mentions
from tantam.desk.cases.models import Case, Message
from tests.support.clock import StandingClock
from tests.support.desk import codes, customer, opened


@pytest.fixture
def case(hoa: Any) -> Case:
    return opened(hoa)


def look(browser: Client, case: Case, query: str = "") -> str:
    answer = browser.get(f"/desk/cases/{case.pk}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def press(browser: Client, case: Case, what: str, **fields: Any) -> Any:
    return browser.post(f"/desk/cases/{case.pk}/{what}/", fields, follow=True)


def test_pinned_words_stand_on_top_and_a_question_is_settled(agent: Client, case: Case) -> None:
    press(agent, case, "pin", words="Where was it bought?", kind="question")
    pin = case.pins.get()
    assert "Where was it bought?" in look(agent, case)
    press(agent, case, f"pins/{pin.pk}/settle", learned="In shop 2.")
    assert "In shop 2." in look(agent, case)
    other = opened(case.customer)
    assert press(agent, other, f"pins/{pin.pk}/off").status_code == 404 and case.pins.exists()


def test_what_is_refused_keeps_what_was_typed(agent: Client, case: Case) -> None:
    answer = press(agent, case, "pin", words="x" * 400, kind="question")
    said = answer.content.decode()
    assert answer.status_code == 409 and "x" * 400 in said and "longer than 300" in said


def test_sleeping_case_says_until_when_and_is_woken(agent: Client, staff: Any, case: Case) -> None:
    actions.reply(case, staff.agent, "Đang xem.")
    press(agent, case, "sleep", until="2026-03-04T13:00+07:00")
    assert "Asleep until 13:00" in look(agent, case)
    press(agent, case, "wake")
    assert "Asleep until" not in look(agent, case) and codes(case)[-1] == "woken"


@pytest.mark.parametrize("at", ["", "tomorrow", "2020-01-01T10:00", "9999-99-99T10:00"])
def test_time_that_cannot_be_is_refused_in_words(agent: Client, staff: Any, case: Case, at: str) -> None:
    actions.reply(case, staff.agent, "Đang xem.")
    answer = press(agent, case, "sleep", at=at)
    assert answer.status_code == 409 and "within a year" in answer.content.decode()


def test_tag_and_link_are_shown_and_taken_off(agent: Client, case: Case, hoa: Any) -> None:
    other = opened(hoa, body="Cùng máy đó.")
    press(agent, case, "tag", name="Đổi trả")
    press(agent, case, "link", other=other.reference.lower(), kind="cause")
    assert "Đổi trả" in look(agent, case) and "Caused by" in look(agent, other)
    assert re.search(r">\s*Caused\s*<", look(agent, case))
    assert "Đổi trả" in agent.get("/desk/tags/?name=doi").content.decode()
    press(agent, case, f"tags/{case.tags.get().tag_id}/off")
    press(agent, other, f"links/{other.links.get().pk}/off")
    assert not case.tags.exists() and not other.links.exists()
    answer = press(agent, case, "link", other="NOPE-0000")
    assert answer.status_code == 409 and "NOPE-0000" in answer.content.decode()


def test_what_is_filled_in_is_shown_in_the_plans_words(agent: Client, case: Case) -> None:
    press(agent, case, "fill-in", **{"term-condition": "like_new", "term-owned": "12 ngày", "term-no_such": "x"})
    assert Case.objects.get(pk=case.pk).fields == {"condition": "like_new", "owned": "12 days"}
    assert "opened and as good as new" in look(agent, case)
    answer = press(agent, case, "fill-in", **{"term-condition": "splendid"})
    assert answer.status_code == 409 and "splendid" in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "“abc” does not fit “You have had it”. Write how long"),
        ("de", "„abc“ passt nicht zu „In Ihrem Besitz“. Bitte schreiben Sie, wie lange"),
        ("vi", "“abc” không hợp với “Đã nhận hàng được”. Vui lòng ghi bao lâu"),
    ],
)
def test_what_does_not_fit_is_said_in_the_readers_words(agent: Client, case: Case, language: str, said: str) -> None:
    agent.cookies["tantam_language"] = language
    answer = press(agent, case, "fill-in", **{"term-owned": "abc"})
    assert answer.status_code == 409 and said in answer.content.decode()


def test_two_who_fill_in_at_once_both_see_what_happened(agent: Client, staff: Any, sign_in: Any, case: Case) -> None:
    seen = re.search(r'fill-in/".*?name="seen" value="(\d+)"', look(agent, case), re.DOTALL)
    assert seen
    press(sign_in(staff.colleague), case, "fill-in", seen=seen[1], **{"term-condition": "used"})
    answer = press(agent, case, "fill-in", seen=seen[1], **{"term-condition": "like_new"})
    said = answer.content.decode()
    assert answer.status_code == 409 and "changed while you were reading" in said
    assert Case.objects.get(pk=case.pk).fields == {"condition": "used"}
    assert re.search(r'value="like_new" selected', said), "and what was typed is kept"


def test_joined_cases_are_one_conversation(agent: Client, hoa: Any, case: Case) -> None:
    later = opened(hoa, body="Vẫn kêu như cũ.")
    assert case.reference in agent.get(f"/desk/cases/{later.pk}/join/").content.decode()
    answer = press(agent, later, "join", into=case.reference)
    said = answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"/desk/cases/{case.pk}/"
    assert "Vẫn kêu như cũ." in said and said.count('class="chip') == 2 * look(agent, opened(hoa)).count('class="chip')
    assert "stands for both" in look(agent, later) and 'id="say"' not in look(agent, later)
    press(agent, case, f"joined/{later.pk}/undo")
    assert "Vẫn kêu như cũ." not in look(agent, case)


def test_other_customers_case_is_joined_after_a_second_word(agent: Client, case: Case) -> None:
    into = opened(customer("Trần Minh", "minh@example.com"))
    answer = press(agent, case, "join", other=into.reference)
    said = answer.content.decode()
    assert answer.status_code == 409 and "Trần Minh" in said and 'name="sure"' in said
    press(agent, case, "join", other=into.reference, sure=into.reference)
    assert Case.objects.get(pk=case.pk).merged_into == into
    assert "reads what you answer here, too" in look(agent, into)


def test_customers_link_of_a_joined_case_shows_only_what_is_theirs(agent: Client, hoa: Any, case: Case) -> None:
    mine, others = opened(hoa, body="Việc thứ hai."), opened(customer("Trần Minh", "minh@example.com"), body="Bí mật.")
    press(agent, mine, "join", into=case.reference)
    press(agent, others, "join", other=case.reference, sure=case.reference)
    browser = Client()
    said = browser.get(f"/c/{mine.link_key}/").content.decode()
    assert "Việc thứ hai." in said and "Máy giặt kêu to." in said and "Bí mật." not in said
    theirs = browser.get(f"/c/{others.link_key}/").content.decode()
    assert "Bí mật." in theirs and "Máy giặt kêu to." not in theirs


def test_messages_move_into_a_case_of_their_own_and_back(agent: Client, case: Case) -> None:
    word = actions.receive(case, "Còn tủ lạnh thì sao?", channel="web")
    assert "Còn tủ lạnh" in agent.get(f"/desk/cases/{case.pk}/part/").content.decode()
    answer = press(agent, case, "part", message=[str(word.pk)], subject="Tủ lạnh")
    parting = case.partings.get()
    assert answer.redirect_chain[-1][0] == f"/desk/cases/{parting.new_case_id}/"
    assert parting.new_case.subject == "Tủ lạnh" and parting.new_case.reference in look(agent, case)
    press(agent, case, f"parted/{parting.pk}/undo")
    assert case.messages.filter(pk=word.pk).exists()
    assert press(agent, case, "part").status_code == 409


def test_who_is_named_finds_it_and_has_read_it_when_the_case_is_opened(
    agent: Client, staff: Any, sign_in: Any, case: Case
) -> None:
    actions.add_note(case, staff.agent, "Nhờ @Nam xem.")
    nam = sign_in(staff.colleague)
    assert "unread" in nam.get("/desk/mentions/").content.decode() and mentions.unread(staff.colleague) == 1
    look(nam, case)
    assert mentions.unread(staff.colleague) == 0 and "Nhờ @Nam" in nam.get("/desk/mentions/").content.decode()
    assert "Nhờ @Nam" not in agent.get("/desk/mentions/").content.decode()


def test_signed_out_over_night_nothing_is_replaced(case: Case) -> None:
    answer = Client().post(f"/desk/cases/{case.pk}/pin/", {"words": "x"}, headers={"HX-Request": "true"})
    assert answer.status_code == 401 and not answer.content


def test_form_sent_after_the_session_ended_shows_what_was_typed(staff: Any, case: Case) -> None:
    browser = Client()
    said = browser.post(f"/desk/cases/{case.pk}/say/", {"body": "Dạ em xem ngay.", "verb": "reply"})
    assert said.status_code == 401 and "Dạ em xem ngay." in said.content.decode()
    assert not case.messages.filter(body="Dạ em xem ngay.").exists()


def test_stale_token_shows_what_was_typed_only_to_our_own_page(staff: Any, case: Case) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(staff.agent)
    path, words = f"/desk/cases/{case.pk}/say/", {"body": "Dạ em xem ngay.", "csrfmiddlewaretoken": "x" * 64}
    ours = browser.post(path, words, headers={"Origin": "http://testserver"})
    theirs = browser.post(path, words, headers={"Origin": "https://evil.example"})
    assert ours.status_code == theirs.status_code == 403
    assert "Dạ em xem ngay." in ours.content.decode() and "Dạ em xem ngay." not in theirs.content.decode()


def test_long_case_shows_its_newest_fifty_and_the_way_back(
    agent: Client, staff: Any, case: Case, connection_queries: Any, clock: StandingClock
) -> None:
    few = connection_queries(lambda: look(agent, case))
    said = {"direction": "outgoing", "author": staff.agent, "channel": "web", "written_at": clock.instant}
    Message.objects.bulk_create(Message(case=case, body=f"Tin {n}.", **said) for n in range(10_000))
    began = time.perf_counter()
    assert connection_queries(lambda: look(agent, case)) == few
    took = time.perf_counter() - began
    said = look(agent, case)
    assert "Tin 9999." in said and "Tin 9950." in said and "Tin 9949." not in said and took < 5
    earlier = re.search(r'href="\?before=(\d+)"', said)
    assert earlier
    before = look(agent, case, f"?before={earlier[1]}")
    assert "Tin 9949." in before and "Tin 9900." in before and "Tin 9950." not in before
    assert "To the newest messages" in before
