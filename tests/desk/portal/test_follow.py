"""The private page: its customer reads and writes, notes stay inside, nobody else finds it."""

from __future__ import annotations

import pytest
from django.test import Client

from tantam.desk.cases.actions import add_note, ask_customer, reply, resolve, take
from tantam.desk.cases.models import Case, Message, Promise
from tantam.desk.customers.models import Customer
from tantam.desk.portal.progress import MOST_SAID
from tests.desk.portal.pages import Visitor, text
from tests.support import desk
from tests.support.clock import StandingClock


@pytest.fixture
def case(hoa: Customer) -> Case:
    return desk.opened(hoa)


def _page(case: Case) -> str:
    return f"/c/{case.link_key}/"


def test_customer_reads_what_was_said_and_promised(visitor: Visitor, case: Case, staff: desk.Staff) -> None:
    take(case, staff.agent)
    reply(case, staff.agent, "Chị ơi, thợ đến lúc 8 giờ.")
    said = text(visitor.get(_page(case)))
    assert "Máy giặt kêu to." in said and "thợ đến lúc 8 giờ" in said
    assert "Mai looks after it" in said
    assert "A colleague answers you" in said and "Your request is settled" in said


def test_what_repeats_stands_once_with_how_often(
    visitor: Visitor, hoa: Customer, staff: desk.Staff, clock: StandingClock
) -> None:
    case = desk.opened(hoa, told={"danger": "yes"})
    for _ in range(3):
        clock.forward(minutes=10)
        reply(case, staff.manager, "Chúng tôi đang đến.")
    said = text(visitor.get(_page(case)))
    assert said.count("You hear from us how it stands") == 1
    assert "You hear from us how it stands, every hour" in said


def test_notes_and_staff_addresses_never_show(visitor: Visitor, case: Case, staff: desk.Staff) -> None:
    add_note(case, staff.agent, "Secret among colleagues")
    reply(case, staff.agent, "Dạ vâng.")
    html = visitor.get(_page(case)).content.decode()
    assert "Secret among colleagues" not in html
    assert "@desk.example" not in html


def test_private_page_is_kept_and_found_by_nobody(visitor: Visitor, case: Case) -> None:
    page = visitor.get(_page(case))
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in page.headers["X-Robots-Tag"]


@pytest.mark.parametrize("key", ["nonsense", "0" * 22, "é", "' or 1=1 --"])
@pytest.mark.parametrize("tail", ["", "write/", "settled/"])
def test_unknown_link_is_not_found(visitor: Visitor, case: Case, key: str, tail: str) -> None:
    path = f"/c/{key}/{tail}"
    answer = visitor.client.post(path, {"body": "x"}) if tail else visitor.get(path)
    assert answer.status_code == 404


def test_unknown_link_is_answered_kindly(visitor: Visitor, case: Case) -> None:
    assert "Nothing is here" in text(visitor.get("/c/nonsense/"))


def test_customer_is_thanked_by_name_at_first(visitor: Visitor, case: Case, clock: StandingClock) -> None:
    assert "Thank you, Nguyễn Thị Hoa." in text(visitor.get(_page(case)))
    clock.forward(hours=1)
    assert "Thank you, Nguyễn" not in text(visitor.get(_page(case)))


def test_reference_is_no_key(visitor: Visitor, case: Case) -> None:
    assert visitor.get(f"/c/{case.reference}/").status_code == 404


def test_customer_adds_words(visitor: Visitor, case: Case) -> None:
    answer = visitor.send(f"{_page(case)}write/", visitor.get(_page(case)), body="Còn nữa.")
    assert (answer.status_code, answer.headers["Location"]) == (302, _page(case) + "#last")
    assert "Còn nữa." in text(visitor.get(_page(case)))


def test_words_sent_twice_are_said_once(visitor: Visitor, case: Case) -> None:
    page = visitor.get(_page(case))
    for _ in range(2):
        visitor.send(f"{_page(case)}write/", page, body="Một lần thôi.")
    assert case.messages.filter(body="Một lần thôi.").count() == 1


def test_nothing_written_is_said_at_the_field(visitor: Visitor, case: Case) -> None:
    answer = visitor.send(f"{_page(case)}write/", visitor.get(_page(case)), body="  ")
    assert answer.status_code == 422
    assert "Write something first." in text(answer)


def test_too_much_written_is_kept_in_the_field(visitor: Visitor, case: Case) -> None:
    answer = visitor.send(f"{_page(case)}write/", visitor.get(_page(case)), body="đ" * 20_001)
    assert answer.status_code == 422
    assert "đ" * 20_001 in answer.content.decode()


def test_answer_lets_the_clocks_run_again(visitor: Visitor, case: Case, staff: desk.Staff) -> None:
    ask_customer(case, staff.agent, "Máy mua khi nào ạ?")
    page = visitor.get(_page(case))
    assert "We are waiting for your answer" in text(page)
    visitor.send(f"{_page(case)}write/", page, body="Tuần trước.")
    case.refresh_from_db()
    assert case.status == Case.Status.OPEN


def test_words_on_a_settled_case_open_it_again(visitor: Visitor, case: Case, staff: desk.Staff) -> None:
    resolve(case, staff.agent, "Xong rồi ạ.")
    page = visitor.get(_page(case))
    assert "Is it not settled after all?" in text(page)
    visitor.send(f"{_page(case)}write/", page, body="Vẫn kêu.")
    case.refresh_from_db()
    assert (case.status, case.reopened) == (Case.Status.OPEN, 1)


def test_customer_says_it_is_settled(visitor: Visitor, case: Case, staff: desk.Staff) -> None:
    assert "It is settled" not in text(visitor.get(_page(case)))
    reply(case, staff.agent, "Máy chạy êm chưa ạ?")
    assert "It is settled" in text(visitor.get(_page(case)))
    for _ in range(2):
        assert visitor.client.post(f"{_page(case)}settled/").status_code == 302
    case.refresh_from_db()
    assert case.status == Case.Status.RESOLVED
    assert desk.codes(case).count("resolved") == 1


def test_settling_keeps_what_was_to_be_settled_and_withdraws_the_rest(visitor: Visitor, case: Case) -> None:
    visitor.client.post(f"{_page(case)}settled/")
    states = dict(case.promises.values_list("kind", "state"))
    assert states["resolution"] == Promise.State.KEPT
    assert states["first_reply"] == Promise.State.WITHDRAWN


def test_broken_promise_is_not_hidden(visitor: Visitor, case: Case, clock: StandingClock) -> None:
    from tantam.desk.cases.actions import break_promise

    clock.forward(days=2)
    for each in case.promises.filter(due_at__lt=clock.instant):
        break_promise(each.pk)
    assert "We did not keep this promise" in text(visitor.get(_page(case)))


@pytest.mark.parametrize("tail", ["write/", "settled/"])
def test_what_changes_a_case_is_never_a_link(visitor: Visitor, case: Case, tail: str) -> None:
    assert visitor.get(_page(case) + tail).status_code == 405


def test_private_page_takes_no_post_itself(visitor: Visitor, case: Case) -> None:
    assert visitor.client.post(_page(case)).status_code == 405


def test_writing_needs_the_forms_own_secret(case: Case) -> None:
    assert Client(enforce_csrf_checks=True).post(f"{_page(case)}write/", {"body": "x"}).status_code == 403


def test_markup_in_a_case_stays_text(visitor: Visitor, hoa: Customer, staff: desk.Staff) -> None:
    evil = "<script>alert(1)</script>"
    case = desk.opened(hoa, body=evil)
    reply(case, staff.agent, evil)
    assert evil not in visitor.get(_page(case)).content.decode()


@pytest.mark.parametrize("language", ["vi", "de", "en"])
def test_page_speaks_three_languages(case: Case, clock: StandingClock, language: str) -> None:
    page = Visitor(clock, language).get(_page(case))
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.content.decode()


def test_long_conversation_is_shown_a_page_at_a_time(visitor: Visitor, case: Case, clock: StandingClock) -> None:
    told = {"case": case, "direction": "incoming", "channel": "web", "written_at": clock.instant}
    Message.objects.bulk_create(Message(body=f"Lời {each}.", **told) for each in range(MOST_SAID))
    newest = visitor.get(_page(case)).content.decode()
    assert "Lời 0." in newest and f"Lời {MOST_SAID - 1}." in newest
    oldest = Message.objects.get(body="Lời 0.").pk
    assert f"?before={oldest}#said" in newest
    earlier = visitor.get(f"{_page(case)}?before={oldest}").content.decode()
    assert "Lời 0." not in earlier and '#said"' not in earlier
    assert "Máy giặt kêu to." in earlier
