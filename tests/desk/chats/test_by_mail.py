"""What a window does not show goes by mail: who went away, whose hours ended, who asks for all of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tantam.desk.accounts.models import Person
from tantam.desk.cases.actions import reply, resolve
from tantam.desk.cases.models import Case, CaseEvent, Message
from tantam.desk.chats import closing
from tantam.desk.chats.actions import answer_chat, mail_on
from tantam.desk.chats.models import Visitor
from tantam.desk.common import work
from tantam.desk.common.errors import Refused
from tests.support.clock import StandingClock
from tests.support.desk import codes
from tests.support.window import Window

EVENING = datetime(2026, 3, 4, 11, 30, tzinfo=UTC)  # 18:30 in Vietnam: the office is closed
LUNCH = datetime(2026, 3, 4, 5, 10, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("plan")


@pytest.fixture(autouse=True)
def nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hand mails over to nobody: here it is asked only by which way they go."""
    monkeypatch.setattr("tantam.desk.channels.email.outgoing.hand_over", lambda _mail: None)


def chat(mail: str = "", words: str = "Máy kêu to.") -> tuple[Window, Case]:
    window = Window().start(name="Lan", mail=mail)
    window.write(words)
    return window, Case.objects.get()


def work_off(clock: StandingClock, **later: float) -> None:
    """Do what is due, now and by the time that is `later`, half a minute at a time."""
    for _ in range(int(timedelta(**later).total_seconds()) // 30 + 1):
        while work.run_due():
            pass
        clock.forward(seconds=30)


def ways(case: Case) -> list[tuple[str, str]]:
    """Return (sent to, words) of what colleagues said."""
    said = Message.objects.filter(case=case, author__isnull=False).order_by("id")
    return [(each.sent_to.partition(":")[0], each.body) for each in said]


def test_an_answer_that_is_read_goes_by_no_mail(staff: Any, clock: StandingClock) -> None:
    window, case = chat("lan@example.com")
    message = answer_chat(case, staff.agent, "Dạ em nghe.")
    window.post("read", {"id": str(message.pk)})
    work_off(clock, minutes=20)
    assert ways(case) == [("chat", "Dạ em nghe.")]


def test_who_went_away_without_reading_gets_it_by_mail(staff: Any, clock: StandingClock) -> None:
    _, case = chat("lan@example.com")
    answer_chat(case, staff.agent, "Dạ em nghe.")
    work_off(clock, minutes=4)
    assert ways(case) == [("lan@example.com", "Dạ em nghe.")]
    assert "chat_unread" not in codes(case)


def test_who_is_at_the_window_has_time_to_read(staff: Any, clock: StandingClock) -> None:
    window, case = chat("lan@example.com")
    answer_chat(case, staff.agent, "Dạ em nghe.")
    for _ in range(10):
        window.get("history")
        work_off(clock)
    assert ways(case) == [("chat", "Dạ em nghe.")]
    for _ in range(40):  # a window that is open and looked at by nobody
        window.get("history")
        work_off(clock)
    assert ways(case) == [("lan@example.com", "Dạ em nghe.")]


def test_who_left_no_address_is_noted_as_not_reached_once(staff: Any, clock: StandingClock) -> None:
    window, case = chat()
    answer_chat(case, staff.agent, "Dạ em nghe.")
    work_off(clock, minutes=10)
    assert codes(case).count("chat_unread") == 1
    assert window.said()[-1] == ("us", "Dạ em nghe.")  # it is there if they come back


def test_the_end_of_the_hours_sends_what_is_open_by_mail_and_says_so(staff: Any, clock: StandingClock) -> None:
    window, case = chat("lan@example.com")
    clock.set_to(EVENING)
    closing.close({})
    closing.close({})
    assert window.history()["state"] == "handed_to_mail"
    assert codes(case).count("chat_mailed") == 1
    told = window.history()["messages"][-1]
    assert told["from"] == "note" and "lan@example.com" in told["text"]
    reply(case, staff.agent, "Mai em gọi ạ.")
    assert ways(case) == [("lan@example.com", "Mai em gọi ạ.")]
    assert window.said()[-1] == ("us", "Mai em gọi ạ.")


def test_end_of_the_hours_leaves_no_chat_open_however_many_there_are(
    clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "MOST", 2)
    for each in range(5):
        Window().start(name="Lan", mail=f"lan{each}@example.com").write("Máy kêu to.")
    clock.set_to(EVENING)
    closing.close({})
    assert CaseEvent.objects.filter(code="chat_mailed").count() == 5


def test_a_lunch_ends_no_conversation(clock: StandingClock) -> None:
    chat()
    clock.set_to(LUNCH)
    closing.close({})
    assert Visitor.objects.get().is_open


def test_what_is_written_after_the_hours_is_taken_in(clock: StandingClock) -> None:
    window, case = chat()
    clock.set_to(EVENING)
    closing.close({})
    window.write("Còn điều này nữa.")
    assert (window.said()[-1], Case.objects.count()) == (("you", "Còn điều này nữa."), 1)
    assert window.history()["state"] == "handed_to_mail"
    assert codes(case)[-1] == "received"


def test_who_comes_back_in_the_hours_chats_on(staff: Any, clock: StandingClock) -> None:
    window, case = chat()
    mail_on(case, staff.agent)
    window.write("Em đây.")
    assert window.history()["state"] in ("waiting", "open")
    answer_chat(case, staff.agent, "Dạ.")
    assert ways(case)[-1] == ("chat", "Dạ.")


def test_a_chat_that_is_over_is_handed_to_mail_by_nobody(staff: Any) -> None:
    _, case = chat()
    mail_on(case, staff.agent)
    with pytest.raises(Refused) as refused:
        mail_on(case, staff.agent)
    assert refused.value.code == "chat_over"


def test_who_leaves_an_address_afterwards_gets_what_they_missed(staff: Any, clock: StandingClock) -> None:
    window, case = chat()
    window.post("end", {})
    answer_chat(case, staff.agent, "Em gửi hướng dẫn ạ.")
    assert window.post("mail", {"mail": "lan@example.com"}).status_code == 200
    assert ways(case) == [("lan@example.com", "Em gửi hướng dẫn ạ.")]


def test_all_of_it_goes_by_mail_at_the_end_once(staff: Any) -> None:
    window, case = chat()
    answer_chat(case, staff.agent, "Dạ em nghe.")
    assert window.post("mail", {"mail": "lan@example.com"}).json()["sent"] == "at_end"
    resolve(case, staff.agent, "Xong rồi ạ.")
    window.post("end", {})
    copies = Message.objects.filter(case=case, sent_to="lan@example.com", body__contains="Máy kêu to.")
    assert copies.count() == 1
    assert "Dạ em nghe." in copies.get().body
    assert copies.get().pk not in [int(each["id"]) for each in window.history()["messages"]]


def test_a_stranger_s_words_go_to_no_address_that_they_typed_unless_somebody_answered() -> None:
    window, case = chat(words="Mua thuốc ở đây")
    window.post("mail", {"mail": "victim@example.com"})
    window.post("end", {})
    sent = Message.objects.filter(case=case, sent_to="victim@example.com")
    assert sent.exists()
    assert not sent.filter(body__contains="Mua thuốc").exists()


def test_a_stranger_s_words_are_no_subject_of_such_a_mail() -> None:
    from tantam.desk.channels.email.outgoing import compose

    window, case = chat(words="Mua thuốc ở đây")
    window.post("mail", {"mail": "victim@example.com"})
    window.post("end", {})
    for each in Message.objects.filter(case=case, sent_to="victim@example.com").select_related("case__customer"):
        assert "Mua thuốc" not in str(compose(each)["Subject"])


def test_no_address_is_refused_in_a_sentence() -> None:
    window, _ = chat()
    answered = window.post("mail", {"mail": "lan"})
    assert (answered.status_code, answered.json()["code"]) == (422, "bad_mail")


def test_a_colleague_who_never_opened_the_chat_answers_by_it_all_the_same(staff: Any) -> None:
    window, case = chat()
    reply(case, Person.objects.get(pk=staff.agent.pk), "Từ trang phiếu.")
    assert window.said()[-1] == ("us", "Từ trang phiếu.")
    assert ways(case)[0][0] == "chat"
