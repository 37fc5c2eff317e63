"""Comments in public: each becomes a case of its writer, answered in public, and once in private."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tantam.desk.arrivals.access import tray
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.cases.actions import reply
from tantam.desk.cases.models import Case, Message
from tantam.desk.comments.actions import answer_publicly
from tantam.desk.comments.models import Comment
from tantam.desk.common import clock, work
from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import Contact, Customer
from tests.desk.files.test_store import picture
from tests.support.clock import StandingClock
from tests.support.graph import PAGE, Graph, deliver

KIM, POST = "24412345678901234", f"{PAGE}_77"
PSID = "99912345678901234"


@pytest.fixture
def graph(page: Graph) -> Graph:
    page.comments = {f"77_{n}": PSID for n in range(1, 9)}
    return page


def wrote(name: str = "77_1", words: str = "Nồi cơm không vào điện", **more: Any) -> dict[str, Any]:
    """Return a comment of Kim's under the post."""
    return {
        "item": "comment",
        "verb": "add",
        "comment_id": name,
        "post_id": POST,
        "parent_id": POST,
        "from": {"id": KIM, "name": "Kim Lê"},
        "message": words,
        "created_time": int(clock.now().timestamp()),
        "post": {"permalink_url": "https://www.facebook.com/77"},
    } | more


def came(*values: dict[str, Any]) -> None:
    changes = [{"field": "feed", "value": each} for each in values]
    assert deliver("messenger", {"object": "page", "entry": [{"id": PAGE, "time": 1, "changes": changes}]}) == 200
    work_off()


def said_privately(words: str, name: str = "m_1") -> None:
    told = {"sender": {"id": PSID}, "recipient": {"id": PAGE}, "timestamp": int(clock.now().timestamp() * 1000)}
    told["message"] = {"mid": name, "text": words}
    assert deliver("messenger", {"object": "page", "entry": [{"id": PAGE, "time": 1, "messaging": [told]}]}) == 200
    work_off()


def work_off() -> None:
    while work.run_due():
        pass


def test_a_comment_becomes_a_case_of_its_writer_and_the_plan_says_nothing_in_public(graph: Graph) -> None:
    came(wrote())
    case, comment = Case.objects.get(), Comment.objects.get()
    assert (case.customer.name, comment.name, comment.thread) == ("Kim Lê", "77_1", "77_1")
    assert comment.link == "https://www.facebook.com/77"
    assert not graph.sent and not graph.posted  # what is confirmed stands on the private page alone


def test_the_same_again_is_nothing_new_and_a_thread_goes_on_in_its_case(graph: Graph) -> None:
    came(wrote())
    came(wrote())
    came(wrote("77_2", "Alo?", parent_id="77_1"))
    assert Case.objects.count() == 1 and Comment.objects.get(name="77_2").thread == "77_1"
    came(wrote("77_3", "Em cũng bị", parent_id="77_1", **{"from": {"id": "5", "name": "An Vũ"}}))
    came(wrote("77_4", "Chuyện khác"))
    assert Case.objects.count() == 3


@pytest.mark.parametrize(
    "other",
    [
        {"item": "reaction", "verb": "add"},
        {"item": "post"},
        {"item": "share"},
        {"from": {"id": PAGE, "name": "Bến Xuân"}},
        {"verb": "hide"},
        {"message": ""},
        {"verb": "remove", "comment_id": "unknown"},
    ],
)
def test_likes_posts_and_our_own_do_not_count(graph: Graph, other: dict[str, Any]) -> None:
    came(wrote() | other)
    assert Arrival.objects.get().problem == Problem.AUTOMATIC and not Case.objects.exists() and not tray(10)


def test_a_picture_alone_is_a_comment_and_is_fetched(graph: Graph) -> None:
    graph.files["a.png"] = picture()
    came(wrote(words="", photo=f"{graph.place}/open/a.png"))
    message = Message.objects.get(direction="incoming")
    assert message.body == "📷" and message.attachments.get().blob


def test_who_hides_from_the_company_is_answered_all_the_same(graph: Graph, staff: Any) -> None:
    came(wrote(**{"from": None}))
    answer_publicly(Case.objects.get(), staff.agent, "Dạ, chị nhắn tin cho em nhé.")
    work_off()
    assert graph.posted == [("77_1", "Dạ, chị nhắn tin cho em nhé.")]


def test_what_was_edited_and_taken_away_is_noted_once(graph: Graph) -> None:
    came(wrote())
    for _ in range(2):
        came(wrote(verb="edited", message="Nồi cháo không vào điện"))
    for _ in range(2):
        came(wrote(verb="remove"))
    comment, case = Comment.objects.get(), Case.objects.get()
    assert comment.edited == "Nồi cháo không vào điện" and comment.removed_at
    assert comment.message.body == "Nồi cơm không vào điện"
    codes = list(case.events.filter(code__startswith="comment_").values_list("code", flat=True).order_by("id"))
    assert codes == ["comment_edited", "comment_removed"]


def test_a_public_answer_keeps_the_first_reply_and_comes_once(graph: Graph, staff: Any) -> None:
    came(wrote())
    case = Case.objects.get()
    message = answer_publicly(case, staff.agent, "Dạ, chị nhắn tin cho em nhé.", submission="once")
    assert answer_publicly(case, staff.agent, "Dạ, chị nhắn tin cho em nhé.", submission="once") == message
    work_off()
    message.refresh_from_db()
    assert graph.posted == [("77_1", "Dạ, chị nhắn tin cho em nhé.")] and message.delivered_at
    assert message.comment.name and message.comment.name != "77_1"
    assert case.events.get(code="replied").args["public"] == 1
    assert case.promises.get(kind="first_reply").state == "kept"
    came(wrote(message.comment.name, message.body, **{"from": {"id": PAGE}}))
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Gọi 0912 345 678 nhé", "number"),
        ("Em gửi tới kim@example.org", "mail"),
        ("Em hoàn 250.000 đ ạ", "amount"),
        ("Wir kommen in die Lindenstraße 5", "place"),
        ("Chị Kim Lê ơi", "name"),
    ],
)
def test_what_is_nobody_elses_business_is_said_before_it_is_posted(
    graph: Graph, staff: Any, words: str, code: str
) -> None:
    came(wrote())
    case = Case.objects.get()
    with pytest.raises(Refused, match="in_public"):
        answer_publicly(case, staff.agent, words)
    assert not case.messages.filter(direction="outgoing").exclude(author=None).exists()
    assert answer_publicly(case, staff.agent, words, knowing={code})


@pytest.mark.parametrize(
    "words", ["Dạ, chị Kim nhắn tin cho em nhé.", "Bitte schreiben Sie uns privat.", "Sorry! 24/7"]
)
def test_what_everybody_may_read_is_posted_at_once(graph: Graph, staff: Any, words: str) -> None:
    came(wrote())
    assert answer_publicly(Case.objects.get(), staff.agent, words)


def test_a_private_answer_goes_once_within_a_week_and_theirs_goes_on_in_the_case(
    graph: Graph, staff: Any, clock: StandingClock
) -> None:
    came(wrote())
    case = Case.objects.get()
    message = reply(case, staff.agent, "Em xin mã đơn ạ.")
    work_off()
    message.refresh_from_db()
    assert message.delivered_at and graph.sent == [("comment 77_1", "Em xin mã đơn ạ.")]
    with pytest.raises(Refused, match="comment_only"):
        reply(case, staff.agent, "Và số máy ạ.")
    clock.forward(hours=1)
    said_privately("BX-24017")
    assert Case.objects.get().messages.filter(direction="incoming").count() == 2
    assert Contact.objects.filter(network="messenger", value=PSID, customer=case.customer).exists()
    reply(case, staff.agent, "Em cảm ơn.")
    work_off()
    assert graph.sent[-1] == (PSID, "Em cảm ơn.") and not graph.posted


def test_after_a_week_nobody_is_written_to_in_private_unless_by_mail(
    graph: Graph, staff: Any, clock: StandingClock
) -> None:
    came(wrote())
    clock.forward(days=7)
    with pytest.raises(Refused, match="comment_only"):
        reply(Case.objects.get(), staff.agent, "Dạ.")
    Contact.objects.create(customer=Customer.objects.get(), kind=Contact.Kind.MAIL, value="kim@example.org")
    assert reply(Case.objects.get(), staff.agent, "Dạ.").sent_to == "kim@example.org"


def test_what_is_public_never_goes_by_mail_and_fails_where_one_sees_it(graph: Graph, staff: Any) -> None:
    came(wrote())
    Contact.objects.create(customer=Customer.objects.get(), kind=Contact.Kind.MAIL, value="kim@example.org")
    graph.faults = [(400, {"error": {"code": 100, "message": "gone"}})]
    message = answer_publicly(Case.objects.get(), staff.agent, "Dạ.")
    work_off()
    message.refresh_from_db()
    assert not message.delivered_at and message.sent_to == "facebook/77_1" and not graph.posted


def test_a_comment_that_stands_no_more_is_not_answered_in_public(graph: Graph, staff: Any) -> None:
    came(wrote())
    came(wrote(verb="remove"))
    with pytest.raises(Refused, match="no_comment"):
        answer_publicly(Case.objects.get(), staff.agent, "Dạ.")


def test_a_late_delivery_opens_no_longer_week(graph: Graph, staff: Any) -> None:
    came(wrote(created_time=int((clock.now() - timedelta(days=8)).timestamp())))
    with pytest.raises(Refused, match="comment_only"):
        reply(Case.objects.get(), staff.agent, "Dạ.")


def test_the_page_says_what_is_public_and_how_a_reply_goes_before_it_is_written(
    graph: Graph, staff: Any, clock: StandingClock
) -> None:
    came(wrote())
    case = Case.objects.get()
    staff.agent.language = "en"
    staff.agent.save()
    seen = Client()
    seen.force_login(staff.agent)
    page, where = reverse("web:case", args=[case.pk]), reverse("web:answer_comment", args=[case.pk])
    assert "the one message that their comment allows" in seen.get(page).content.decode()
    refused = seen.post(where, {"public": "Gọi 0912 345 678"})
    assert refused.status_code == 409 and "Post it all the same" in refused.content.decode()
    assert seen.post(where, {"public": "Gọi 0912 345 678", "known": ["number"]}).status_code == 302
    assert seen.get(page).content.decode().count("msg-public") == 2
    clock.forward(days=7)
    assert "Answer in public, and ask them to send us a message" in seen.get(page).content.decode()
