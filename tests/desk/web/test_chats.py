"""Chats as colleagues see them: who is owed an answer first, a limit, a warning while the customer types, files."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from tantam.desk.accounts.models import Person
from tantam.desk.cases.actions import resolve, take
from tantam.desk.cases.models import Case, Message
from tantam.desk.chats import actions, hub
from tantam.desk.chats.actions import answer_chat, keep_seat
from tantam.desk.chats.models import Seat, Visitor
from tantam.desk.chats.streams import Mark, Over
from tantam.desk.duty.actions import show_presence
from tantam.desk.web import chats_page
from tantam.desk.web.chats_stream import ChatsStream
from tests.desk.files.test_store import picture
from tests.support.window import Window, events_in

pytestmark = pytest.mark.usefixtures("plan")


def browser(person: Person) -> Client:
    """Return the browser of somebody who signed in."""
    made = Client()
    made.force_login(person)
    return made


def chat(words: str = "Alo?", **told: Any) -> tuple[Window, Case]:
    """Return a window, and the case that its words opened."""
    window = Window().start(**told)
    window.write(words)
    case = Visitor.objects.order_by("-id")[0].case
    assert case is not None
    return window, case


@pytest.fixture(autouse=True)
def nobody_types() -> None:
    hub._typed.clear()


def test_who_waits_stands_apart_from_who_is_answered(staff: Any) -> None:
    _, mine = chat("Của tôi")
    _, others = chat("Của bạn")
    chat("Đang chờ")
    take(mine, staff.agent)
    take(others, staff.colleague)
    shown = browser(staff.agent).get("/desk/chats/").context["list"]
    found = [[row.case.last_words for row in rows] for rows in (shown.waiting, shown.mine, shown.others)]
    assert found == [["Đang chờ"], ["Của tôi"], ["Của bạn"]]


def test_every_page_and_the_inbox_lead_to_who_waits(staff: Any) -> None:
    agent = browser(staff.agent)
    assert 'href="/desk/chats/"' not in agent.get("/desk/notices/count/").content.decode()
    _, case = chat()
    chat()
    assert "2 đang chờ trò chuyện" in agent.get("/desk/notices/count/").content.decode()
    assert b'href="/desk/chats/"' in agent.get("/desk/").content
    take(case, staff.colleague)
    assert "1 đang chờ trò chuyện" in agent.get("/desk/notices/count/").content.decode()


def test_what_is_owed_first_is_on_top(staff: Any) -> None:
    _, later = chat("Sau")
    _, sooner = chat("Trước")
    Case.objects.filter(pk=sooner.pk).update(next_due_at=later.next_due_at.replace(year=2025))
    shown = browser(staff.agent).get("/desk/chats/").context["list"]
    assert [row.case.pk for row in shown.waiting] == [sooner.pk, later.pk]


def test_of_very_many_those_owed_first_are_shown_and_it_is_said(staff: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chats_page, "MOST", 2)
    cases = [chat(f"Số {each}")[1] for each in range(5)]
    take(cases[4], staff.agent)
    one = browser(staff.agent)
    Case.objects.filter(pk=cases[2].pk).update(next_due_at=cases[2].next_due_at.replace(year=2025))
    shown = one.get("/desk/chats/").context["list"]
    assert ([row.new for row in shown.waiting], shown.shown) == ([1, 1, 1], 4)
    assert shown.waiting[0].case.pk == cases[2].pk
    assert [row.case.pk for row in shown.mine] == [cases[4].pk], "one's own are listed whatever waits"
    assert "the 4 that" in one.get("/desk/chats/rows/?lang=en").content.decode()
    monkeypatch.setattr(chats_page, "MOST", 5)
    assert one.get("/desk/chats/").context["list"].shown == 0
    assert b"chat-rest" not in one.get("/desk/chats/rows/").content


def test_settled_and_ended_chats_leave_the_list(staff: Any) -> None:
    _, settled = chat("Xong")
    resolve(settled, staff.agent, "Xong ạ.")
    ended, _ = chat("Thôi")
    ended.post("end", {})
    shown = browser(staff.agent).get("/desk/chats/").context["list"]
    assert not (shown.waiting or shown.mine or shown.others)


def test_list_asks_the_same_however_many_chats_there_are(
    staff: Any, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    one = browser(staff.agent)
    chat("1")
    one.get("/desk/chats/")
    with django_assert_max_num_queries(8) as first:
        one.get("/desk/chats/")
        asked = len(first)
    for number in range(5):
        chat(str(number))
    with django_assert_num_queries(asked):
        one.get("/desk/chats/")


def test_how_many_are_new_is_counted_until_somebody_read_them(staff: Any) -> None:
    window, case = chat("1")
    window.write("2")
    one = browser(staff.agent)
    assert one.get("/desk/chats/").context["list"].waiting[0].new == 2
    newest = Message.objects.filter(case=case, direction="incoming").order_by("-id")[0]
    assert one.post(f"/desk/chats/{case.pk}/read/", {"id": str(newest.pk)}).status_code == 200
    assert one.get("/desk/chats/").context["list"].waiting[0].new == 0
    assert [each["read"] for each in window.history()["messages"] if each["from"] == "you"] == [True, True]


def test_a_colleague_takes_no_more_than_they_said(staff: Any) -> None:
    keep_seat(staff.agent, 1)
    _, first = chat("1")
    _, second = chat("2")
    one = browser(staff.agent)
    assert one.post(f"/desk/chats/{first.pk}/take/").status_code == 302
    assert one.post(f"/desk/chats/{first.pk}/take/").status_code == 302  # a second time changes nothing
    answered = one.post(f"/desk/chats/{second.pk}/take/")
    assert answered.status_code == 409
    assert Case.objects.get(pk=second.pk).owner is None


def test_a_chat_is_handed_to_nobody_who_has_enough(staff: Any) -> None:
    keep_seat(staff.colleague, 0)
    _, case = chat()
    take(case, staff.agent)
    answered = browser(staff.agent).post(f"/desk/chats/{case.pk}/hand-over/", {"to": str(staff.colleague.pk)})
    assert (answered.status_code, Case.objects.get().owner_id) == (409, staff.agent.pk)
    keep_seat(staff.colleague, 1)
    browser(staff.agent).post(f"/desk/chats/{case.pk}/hand-over/", {"to": str(staff.colleague.pk)})
    assert Case.objects.get().owner_id == staff.colleague.pk


def test_routing_gives_a_chat_to_nobody_who_has_enough(staff: Any) -> None:
    from tantam.desk.cases.act import act_on
    from tantam.desk.cases.models import Actor
    from tantam.desk.cases.routing.fitting import fits

    keep_seat(staff.agent, 1)
    _, mine = chat("1")
    take(mine, staff.agent)
    _, new = chat("2")
    Case.objects.filter(pk=new.pk).update(level="agent")
    with transaction.atomic():
        found = {each.person.pk: each.lacks for each in fits(act_on(new, Actor.PLAN), "")}
    assert (found[staff.agent.pk], found[staff.colleague.pk]) == (("room",), ())


def test_who_is_busy_takes_none(staff: Any) -> None:
    _, case = chat()
    one = browser(staff.agent)
    one.get("/desk/chats/")
    show_presence(staff.agent, "busy")
    assert one.post(f"/desk/chats/{case.pk}/take/").status_code == 409


@pytest.mark.parametrize(("most", "kept"), [("7", 7), ("0", 0), ("21", 4), ("x", 4), ("", 4), ("-1", 4)])
def test_how_many_one_takes_is_kept_within_bounds(most: str, kept: int, staff: Any) -> None:
    browser(staff.agent).post("/desk/chats/seat/", {"most": most})
    seat = Seat.objects.filter(person=staff.agent).first()
    assert (seat.most if seat else 4) == kept


def test_an_answer_goes_at_once_without_javascript(staff: Any) -> None:
    Person.objects.update(undo_seconds=10)
    window, case = chat()
    sent = browser(staff.agent).post(f"/desk/chats/{case.pk}/say/", {"body": "Dạ em nghe.", "submission": "s1"})
    assert sent.status_code == 302
    browser(staff.agent).post(f"/desk/chats/{case.pk}/say/", {"body": "Dạ em nghe.", "submission": "s1"})
    assert window.said() == [("you", "Alo?"), ("us", "Dạ em nghe.")]
    assert Case.objects.get().owner_id == staff.agent.pk


def test_who_sends_while_the_customer_types_is_warned_once(staff: Any) -> None:
    window, case = chat()
    assert window.post("typing", {}).status_code == 204
    one = browser(staff.agent)
    warned = one.post(f"/desk/chats/{case.pk}/say/", {"body": "Dạ…", "submission": "s1"})
    assert (warned.status_code, warned.context["typed"], warned.context["anyway"]) == (409, "Dạ…", True)
    assert 'name="anyway"' in warned.content.decode()
    told = one.post(f"/desk/chats/{case.pk}/say/", {"body": "Dạ…"}, headers={"Accept": "application/json"})
    assert (told.status_code, told.json()["anyway"]) == (409, True)
    assert one.post(f"/desk/chats/{case.pk}/say/", {"body": "Dạ…", "anyway": "1"}).status_code == 302
    assert window.said()[-1] == ("us", "Dạ…")


def test_who_sent_what_they_typed_hinders_nobody(staff: Any, django_capture_on_commit_callbacks: Any) -> None:
    window, case = chat()
    window.post("typing", {})
    assert hub.types(case.pk)
    with django_capture_on_commit_callbacks(execute=True):
        window.write("Máy kêu to.")
    assert not hub.types(case.pk)


def test_who_stopped_typing_hinders_nobody(staff: Any) -> None:
    window, case = chat()
    window.post("typing", {})
    hub._typed.clear()
    window.post("typing", {"on": False})
    assert browser(staff.agent).post(f"/desk/chats/{case.pk}/say/", {"body": "Dạ."}).status_code == 302


def test_typing_is_written_nowhere(django_assert_max_num_queries: Any) -> None:
    window, _ = chat()
    with django_assert_max_num_queries(4) as asked:
        window.post("typing", {})
    written = [each["sql"] for each in asked.captured_queries if each["sql"].startswith(("INSERT", "UPDATE"))]
    assert not written


def test_a_file_goes_with_an_answer_and_opens_in_the_window(staff: Any) -> None:
    window, case = chat()
    file = SimpleUploadedFile("hướng dẫn.png", picture())
    sent = browser(staff.agent).post(f"/desk/chats/{case.pk}/say/", {"body": "", "files": file})
    assert sent.status_code == 302
    last = window.history()["messages"][-1]
    assert (last["from"], [each["name"] for each in last["files"]]) == ("us", ["hướng dẫn.png"])
    assert Client().get(last["files"][0]["url"]).status_code == 200


def test_a_program_is_refused_and_the_words_stay_written(staff: Any) -> None:
    _, case = chat()
    file = SimpleUploadedFile("a.exe", b"MZ" + b"\x00" * 200)
    shown = browser(staff.agent).post(f"/desk/chats/{case.pk}/say/", {"body": "Xem giúp", "files": file})
    assert (shown.status_code, shown.context["typed"]) == (409, "Xem giúp")
    assert Message.objects.filter(author=staff.agent).count() == 0


def test_words_of_a_customer_stay_words(staff: Any) -> None:
    _, case = chat("<script>alert(1)</script><b>x</b>", name="<i>Lan</i>")
    page = browser(staff.agent).get(f"/desk/chats/{case.pk}/").content.decode()
    assert "<script>alert" not in page and "<i>Lan" not in page and "&lt;script&gt;alert" in page


def test_the_stream_tells_of_one_s_own_chats_and_of_the_one_that_is_shown(staff: Any) -> None:
    one = browser(staff.agent)
    window, mine = chat("Của tôi")
    _, theirs = chat("Của người khác")
    take(mine, staff.agent)
    take(theirs, staff.colleague)
    told = events_in(one.get("/desk/chats/stream").content.decode())
    assert [what["text"] for name, what, _ in told if name == "message" and what["from"] == "customer"] == ["Của tôi"]
    both = events_in(one.get("/desk/chats/stream", {"case": str(theirs.pk)}).content.decode())
    assert "Của người khác" in [what["text"] for name, what, _ in both if name == "message"]
    mark = [mark for name, _, mark in told if name == "message"][-1]
    window.write("Nữa")
    answer_chat(mine, staff.agent, "Dạ")
    again = events_in(one.get("/desk/chats/stream", headers={"Last-Event-ID": mark}).content.decode())
    assert [what["text"] for name, what, _ in again if name == "message"] == ["Nữa", "Dạ"]


def test_the_stream_ends_once_the_case_is_theirs_no_more(staff: Any) -> None:
    partner = Person.objects.create(email="p@x.example", name="Chở", level="agent", provider="carriers", password="!")
    _, case = chat()
    Case.objects.filter(pk=case.pk).update(provider="carriers")
    stream = ChatsStream(partner, case.pk, "vi", Mark())
    stream.still()
    Case.objects.filter(pk=case.pk).update(provider="")
    with pytest.raises(Over):
        stream.still()


def test_the_conversation_is_fetched_alone(staff: Any) -> None:
    _, case = chat("Alo?")
    part = browser(staff.agent).get(f"/desk/chats/{case.pk}/said/").content.decode()
    assert "Alo?" in part and "<main" not in part


def test_the_stream_tells_when_what_may_be_done_there_changed(staff: Any) -> None:
    _, case = chat()
    one = browser(staff.agent)
    shown = one.get(f"/desk/chats/{case.pk}/").context["stands"]
    stream = ChatsStream(staff.agent, case.pk, "vi", Mark())

    def told() -> list[str]:
        return [what["stands"] for name, what, _ in events_in(stream.more()) if name == "seen"]

    assert told() == [shown]
    assert told() == []
    take(case, staff.colleague)
    (taken,) = told()
    actions.mail_on(case, staff.colleague)
    (mailed,) = told()
    assert len({shown, taken, mailed}) == 3
    assert one.get(f"/desk/chats/{case.pk}/").context["stands"] == mailed
