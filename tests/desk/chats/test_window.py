"""The doors of the chat's window: what is written opens a case, once; a token opens one conversation and no other."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core import mail as django_mail
from django.test import Client

from tantam.desk.arrivals.models import Arrival
from tantam.desk.cases.actions import add_note, resolve, take
from tantam.desk.cases.models import Attachment, Case, Message
from tantam.desk.channels.chat import limits
from tantam.desk.chats.actions import answer_chat
from tantam.desk.chats.models import Visitor
from tantam.desk.common import clock, rate
from tantam.desk.plans import chatting, kinds
from tests.desk.files.test_store import picture
from tests.support.clock import StandingClock
from tests.support.desk import purchase
from tests.support.window import Window

CLOSED = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)  # 22:00 in Vietnam

pytestmark = pytest.mark.usefixtures("plan")


@pytest.fixture
def window() -> Window:
    return Window().start(name="Lan")


def test_hello_says_that_it_is_open_until_when_and_what_the_plan_promises() -> None:
    told = Window().get("hello", lang="en").json()
    assert (told["open"], told["lang"], told["dir"]) == (True, "en", "ltr")
    assert told["until"] == "2026-03-04T12:00:00+07:00"  # the office has its lunch
    assert told["promise"]["clause"].startswith("promises")
    assert told["words"]["send"] == "Send"


def test_hello_sets_no_cookie_though_it_asks_for_a_language() -> None:
    assert not Window().get("hello", lang="de").cookies


def test_hello_says_when_it_opens_and_where_to_go_meanwhile(clock: StandingClock) -> None:
    clock.set_to(CLOSED)
    told = Window().get("hello", lang="vi").json()
    assert (told["open"], told["opens"]) == (False, "2026-03-05T08:00:00+07:00")
    assert told["best"]["label"] == "Trang tiếp nhận khiếu nại"  # as the plan says for when the chat is closed
    assert told["form"].endswith("/help/question/")


def test_the_promise_is_what_the_case_is_owed_then(window: Window) -> None:
    promised = Window().get("hello", lang="vi").json()["promise"]
    window.write("Máy giặt kêu to.")
    case = Case.objects.get()
    owed = case.promises.get(kind=kinds.FIRST_REPLY)
    assert window.history()["promise"]["minutes"] == promised["minutes"] == (owed.due_at - clock.now()).seconds // 60
    assert owed.clause == promised["clause"]


def test_the_first_words_open_a_case_and_the_next_go_on_with_it(window: Window) -> None:
    window.write("Máy giặt kêu to.")
    window.write("Và rò nước nữa.")
    case = Case.objects.get()
    assert (case.channel, case.language, case.customer.name) == ("chat", "vi", "Lan")
    assert window.said() == [("you", "Máy giặt kêu to."), ("you", "Và rò nước nữa.")]


def test_what_is_written_is_stored_before_it_is_acknowledged_even_if_nobody_can_read_it(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("tantam.desk.channels.chat.incoming.intake.take_in", fails)
    assert window.write("Alo?")["id"] == ""
    assert (Arrival.objects.get().channel, Case.objects.count()) == ("chat", 0)


def test_the_same_client_id_is_one_message(window: Window) -> None:
    first, again = window.write("Alo?", "a1"), window.write("Alo?", "a1")
    assert first == again
    assert window.said() == [("you", "Alo?")]


def test_two_windows_may_use_the_same_client_id(window: Window) -> None:
    other = Window().start(name="Minh")
    window.write("Một", "a1")
    other.write("Hai", "a1")
    assert (window.said(), other.said()) == ([("you", "Một")], [("you", "Hai")])


def test_notes_of_colleagues_are_never_shown(window: Window, staff: Any) -> None:
    window.write("Alo?")
    add_note(Case.objects.get(), staff.agent, "Khách khó tính.")
    assert "khó tính" not in window.get("history").content.decode()
    assert "khó tính" not in str(window.events())


def test_another_s_token_opens_nothing_of_this_case(window: Window) -> None:
    window.write("Bí mật")
    other = Window().start()
    other.write("Khác")
    assert "Bí mật" not in other.get("history").content.decode() + str(other.events())


@pytest.mark.parametrize("token", ["", "x", "x:y", "a" * 500, "\x00"])
def test_a_wrong_token_is_answered_401_with_a_sentence(token: str) -> None:
    for door in ("history", "stream"):
        answered = Window(token).get(door)
        assert (answered.status_code, answered.json()["code"]) == (401, "unknown")
        assert answered.json()["message"]


def test_a_token_of_a_window_not_seen_for_thirty_days_is_nobody_s(window: Window, clock: StandingClock) -> None:
    clock.forward(days=31)
    assert window.get("history").status_code == 401


def test_the_token_goes_in_the_address_where_no_header_can(window: Window) -> None:
    assert Client().get("/chat/stream", {"token": window.token}).status_code == 200


def test_nobody_begins_without_agreeing() -> None:
    answered = Window().post("start", {"lang": "vi"})
    assert (answered.status_code, answered.json()["code"]) == (422, "chat_not_agreed")


def test_nobody_begins_while_it_is_closed(clock: StandingClock) -> None:
    clock.set_to(CLOSED)
    answered = Window().post("start", {"lang": "vi", "consent": True})
    assert (answered.status_code, answered.json()["code"]) == (409, "chat_closed")


def test_a_plan_without_a_chat_has_no_doors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chatting, "CHAT", ())
    assert Window().get("hello").status_code == 404


def test_an_address_typed_in_the_window_makes_nobody_a_known_customer(hoa: Any) -> None:
    purchase(hoa)
    Window().start(name="Nguyễn Thị Hoa", mail="hoa@example.com").write("Cho tôi xem đơn của tôi.")
    assert Case.objects.get().customer_id != hoa.pk


def test_answers_stand_in_the_window_and_are_delivered_once_read(window: Window, staff: Any) -> None:
    window.write("Alo?")
    case = Case.objects.get()
    message = answer_chat(case, staff.agent, "Dạ em nghe.")
    assert window.said()[-1] == ("us", "Dạ em nghe.")
    assert Message.objects.get(pk=message.pk).delivered_at is None
    assert window.post("read", {"id": str(message.pk)}).status_code == 204
    assert Message.objects.get(pk=message.pk).delivered_at == clock.now()
    assert not django_mail.outbox


def test_reading_is_never_told_of_what_was_not_said_here(window: Window, staff: Any) -> None:
    window.write("Alo?")
    ours = answer_chat(Case.objects.get(), staff.agent, "Dạ.")
    window.post("read", {"id": "9" * 18})
    assert Visitor.objects.get().read_id == ours.pk


def test_the_stream_goes_on_from_its_mark_with_nothing_lost_and_nothing_twice(window: Window, staff: Any) -> None:
    window.write("Một")
    told = [(what["text"], mark) for name, what, mark in window.events() if name == "message"]
    case = Case.objects.get()
    answer_chat(case, staff.agent, "Hai")
    answer_chat(case, staff.agent, "Ba")
    again = [(what["text"], mark) for name, what, mark in window.events(told[-1][1]) if name == "message"]
    assert [text for text, _ in again] == ["Hai", "Ba"]
    assert [name for name, *_ in window.events(again[-1][1]) if name == "message"] == []
    assert [what["text"] for name, what, _ in window.events(again[0][1]) if name == "message"] == ["Ba"]


def test_what_another_process_wrote_into_the_same_moment_is_not_missed(window: Window, staff: Any) -> None:
    window.write("Một")
    case = Case.objects.get()
    late = answer_chat(case, staff.agent, "Muộn")
    early = answer_chat(case, staff.agent, "Sớm")
    mark = next(mark for name, what, mark in window.events() if name == "message" and what["id"] == str(late.pk))
    slipped = Message.objects.get(pk=early.pk)
    slipped.pk, slipped.message_id = late.pk - 1, "<slipped@x>"
    slipped.save(force_insert=True)
    Message.objects.filter(pk=early.pk).delete()
    assert [what["id"] for name, what, _ in window.events(mark) if name == "message"] == [str(late.pk - 1)]


def test_the_stream_says_where_it_stands(window: Window, staff: Any) -> None:
    window.write("Alo?")
    take(Case.objects.get(), staff.agent)
    told = {name: what for name, what, _ in window.events()}
    assert (told["state"]["state"], told["presence"]["name"]) == ("open", "Mai")
    resolve(Case.objects.get(), staff.agent, "Xong rồi ạ.")
    assert window.history()["state"] == "resolved"


def test_a_file_is_a_message_and_opens_by_its_address_alone(window: Window) -> None:
    answered = window.bring("máy.png", picture())
    assert answered.status_code == 201, answered.content
    (shown,) = window.history()["messages"][0]["files"]
    assert (shown["name"], shown["image"]) == ("máy.png", True)
    opened = Client().get(shown["url"])
    assert (opened.status_code, opened.headers["Content-Type"]) == (200, "image/png")
    assert Client().get(shown["url"].replace("files/", "files/1")).status_code == 404


def test_a_file_of_a_note_opens_for_nobody(window: Window, staff: Any) -> None:
    window.bring("a.png", picture())
    url = window.history()["messages"][0]["files"][0]["url"]
    Message.objects.filter(attachments=Attachment.objects.get()).update(direction="note")
    assert Client().get(url).status_code == 404


def test_a_program_is_no_file(window: Window) -> None:
    answered = window.bring("a.exe", b"MZ" + b"\x00" * 200)
    assert (answered.status_code, answered.json()["code"]) == (422, "file_type")


@pytest.mark.parametrize(
    ("door", "told"),
    [
        ("write", {"text": "a"}),
        ("write", {"text": "a", "client_id": "ä b"}),
        ("write", {"text": "a", "client_id": 7}),
        ("read", {"id": "x"}),
        ("read", {}),
        ("write", []),
    ],
)
def test_what_cannot_be_read_is_answered_400(window: Window, door: str, told: Any) -> None:
    answered = window.post(door, told)
    assert (answered.status_code, bool(answered.json()["message"])) == (400, True)


def test_what_says_nothing_or_too_much_is_refused(window: Window) -> None:
    assert window.post("write", {"text": "  ", "client_id": "a"}).status_code == 422
    assert window.post("write", {"text": "a" * 5001, "client_id": "a"}).status_code == 413
    assert window.post("write", {"text": "a" * 70_000, "client_id": "a"}).status_code == 413


def test_who_writes_too_often_is_told_when_to_come_again(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WRITTEN", rate.Rate("chat_written", 2))
    window.write("1")
    window.write("2")
    answered = window.post("write", {"text": "3", "client_id": "w3"})
    assert (answered.status_code, answered.json()["code"]) == (429, "too_often")
    assert int(answered.headers["Retry-After"]) > 0


def test_only_sites_that_the_company_named_may_read_the_answers(settings: Any) -> None:
    settings.CHAT_ORIGINS = frozenset({"https://shop.example"})
    of_ours = Window(Origin="https://shop.example").get("hello")
    assert of_ours.headers["Access-Control-Allow-Origin"] == "https://shop.example"
    assert "Access-Control-Allow-Credentials" not in of_ours.headers
    assert "Access-Control-Allow-Origin" not in Window(Origin="https://evil.example").get("hello").headers
    asked = Client().options("/chat/write", headers={"Origin": "https://shop.example"})
    assert (asked.status_code, "Authorization" in asked.headers["Access-Control-Allow-Headers"]) == (204, True)


def test_it_is_found_in_no_search_and_kept_by_nobody(window: Window) -> None:
    headers = window.get("history").headers
    assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("no-store", "noindex")
