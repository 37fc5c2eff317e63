"""Back and once more: the page comes anew with the words that the browser kept, and they are one sending."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tantam.desk.cases.actions import reply
from tantam.desk.cases.models import Attachment, Case, Message
from tantam.desk.customers.models import Customer
from tests.desk.portal.pages import Visitor, form, text
from tests.support import desk

QUESTION = "Bảo hành hai năm phải không?"
WRITTEN = {"name": "Lâm", "contact": "lam@example.org", "body": QUESTION}
PATH = "/help/complaint/"


@pytest.fixture
def case(hoa: Customer) -> Case:
    return desk.opened(hoa)


def ask(visitor: Visitor, **written: str) -> str:
    """Return where the words lead that are sent with a page that came anew."""
    page = visitor.get(PATH)
    topic = {"topic": "complaint"} if "topic" in form(page).names else {}
    sent = visitor.send(PATH, page, **topic | WRITTEN | written)
    assert sent.status_code == 302, text(sent)
    return str(sent.headers["Location"])


def write(visitor: Visitor, case: Case, body: str) -> int:
    """Write on a page that came anew; return how many times the customer has said this."""
    page = f"/c/{case.link_key}/"
    visitor.send(f"{page}write/", visitor.get(page), body=body)
    return Message.objects.filter(case=case, body=body).count()


def test_the_same_concern_sent_again_after_back_is_one_case(visitor: Visitor) -> None:
    assert ask(visitor) == ask(visitor)
    assert Case.objects.count() == 1


def test_another_word_is_another_concern(visitor: Visitor) -> None:
    assert ask(visitor) != ask(visitor, body=f"{QUESTION} Ba năm?")


def test_somebody_elses_browser_is_not_led_to_the_page(visitor: Visitor) -> None:
    assert ask(visitor) != ask(Visitor(visitor.clock))


def test_what_somebody_else_wrote_into_the_browser_counts_for_nothing(visitor: Visitor) -> None:
    first = ask(visitor)
    visitor.client.cookies["tantam_sent"] = visitor.client.cookies["tantam_sent"].value + "x"
    assert ask(visitor) != first


def test_a_photo_that_came_only_the_second_time_is_kept(visitor: Visitor) -> None:
    ask(visitor)
    page = visitor.get(PATH)
    topic = {"topic": "complaint"} if "topic" in form(page).names else {}
    photo = SimpleUploadedFile("may.txt", b"12 345")
    visitor.client.post(PATH, form(page).hidden | topic | WRITTEN | {"files": photo})
    assert Case.objects.count() == 1
    assert [each.name for each in Attachment.objects.all()] == ["may.txt"]


def test_the_same_words_after_back_are_said_once(visitor: Visitor, case: Case) -> None:
    assert [write(visitor, case, "Dạ được ạ.") for _each in range(2)] == [1, 1]


def test_the_same_words_to_another_question_are_said_again(visitor: Visitor, case: Case, staff: desk.Staff) -> None:
    write(visitor, case, "Dạ được ạ.")
    reply(case, staff.agent, "Thợ đến sáng mai được không ạ?")
    assert write(visitor, case, "Dạ được ạ.") == 2


@pytest.mark.parametrize("around", ["{}.", "{}>", "<{}>", "{})", "{},", "{}=", "{}%20", "“{}”", "{}%E2%80%8B"])
def test_a_link_opens_with_what_stood_around_it_in_a_mail(visitor: Visitor, case: Case, around: str) -> None:
    assert visitor.get(f"/c/{around.format(case.link_key)}/").status_code == 200


def test_many_files_too_many_are_refused_in_one_sentence(visitor: Visitor, case: Case) -> None:
    page = f"/c/{case.link_key}/"
    files = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(25)]
    answer = visitor.client.post(f"{page}write/", form(visitor.get(page)).hidden | {"body": "Ảnh.", "files": files})
    assert text(answer).count("more than 20 files") == 1
    assert "Ảnh." in answer.content.decode()


def test_two_hundred_thousand_letters_come_back_with_what_to_do(visitor: Visitor, case: Case) -> None:
    page = f"/c/{case.link_key}/"
    answer = visitor.send(f"{page}write/", visitor.get(page), body="ä🙂" * 100_000)
    assert answer.status_code == 422
    assert "longer than 20,000 characters" in text(answer) and "ä🙂" * 100_000 in answer.content.decode()
