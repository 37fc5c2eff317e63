"""Files of an answer: what a network takes goes along, the rest stands on the private page, and that is said before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from tantam.desk import plans
from tantam.desk.cases.actions import keep_draft, send
from tantam.desk.cases.attachments import bring
from tantam.desk.cases.drafts import Pressed
from tantam.desk.cases.models import Case, Message
from tantam.desk.channels.messaging.form import form_of
from tantam.desk.channels.messaging.models import Part
from tantam.desk.channels.messaging.network import Parcel
from tantam.desk.common import clock as clocks
from tantam.desk.files.listing import Listed
from tantam.desk.web import way_words
from tests.desk.channels import test_messenger, test_whatsapp, test_zalo
from tests.desk.channels.test_whatsapp import work_off
from tests.desk.files.test_store import picture
from tests.support.clock import StandingClock
from tests.support.forms import form_in
from tests.support.graph import Graph
from tests.support.zalo import ZaloServer

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
PDF += b"trailer<</Root 1 0 R>>\n%%EOF"


def answered(staff: Any, *files: tuple[str, bytes]) -> Message:
    """Send an answer with these files."""
    case = Case.objects.get()
    given: Iterable[Any] = [(name, [body]) for name, body in files]
    keep_draft(case, staff.agent, "Dạ, gửi chị.", files=bring(given))
    sent = send(case, staff.agent, Pressed(body="Dạ, gửi chị.", any_hour=True))
    assert isinstance(sent, Message)
    work_off()
    sent.refresh_from_db()
    return sent


def test_whatsapp_brings_a_picture_and_a_paper(graph: Graph, staff: Any) -> None:
    test_whatsapp.came(test_whatsapp.said())
    message = answered(staff, ("ảnh.png", picture()), ("hoá đơn.pdf", PDF))
    assert [(kind, name, body) for _to, kind, name, body in graph.brought] == [
        ("image", "", picture()),
        ("document", "hoá đơn.pdf", PDF),
    ]
    assert graph.sent[-1][1] == "Dạ, gửi chị." and message.delivered_at
    assert Part.objects.filter(message=message).count() == 3


def test_messenger_brings_a_picture_and_a_paper(page: Graph, staff: Any) -> None:
    test_messenger.came(test_messenger.event())
    answered(staff, ("a.png", picture()), ("b.pdf", PDF))
    assert [(to, kind, name) for to, kind, name, _body in page.brought] == [
        (test_messenger.KIM, "image", "a.png"),
        (test_messenger.KIM, "file", "b.pdf"),
    ]


def test_zalo_brings_a_picture_and_a_paper(zalo: ZaloServer, staff: Any) -> None:
    test_zalo.came(test_zalo.event())
    answered(staff, ("a.png", picture()), ("b.pdf", PDF))
    assert zalo.brought == [(test_zalo.KIM, "a.png", picture()), (test_zalo.KIM, "b.pdf", PDF)]


def test_what_it_does_not_take_stands_on_the_page(graph: Graph, staff: Any) -> None:
    test_whatsapp.came(test_whatsapp.said())
    answered(staff, ("ghi chú.txt", b"ghi"), ("a.png", picture()))
    assert f"/c/{Case.objects.get().link_key}/" in graph.sent[-1][1] and len(graph.brought) == 1


def test_a_paper_beyond_its_bound_stands_on_the_page(zalo: ZaloServer, staff: Any) -> None:
    test_zalo.came(test_zalo.event())
    answered(staff, ("dài.pdf", PDF + b" " * 5_000_001))
    assert not zalo.brought and "/c/" in zalo.sent[-1][1]


def test_what_is_refused_all_the_same_leads_to_the_page(graph: Graph, staff: Any) -> None:
    test_whatsapp.came(test_whatsapp.said())
    graph.faults = []
    case = Case.objects.get()
    keep_draft(case, staff.agent, "Dạ.", files=bring([("a.png", [picture()])]))
    send(case, staff.agent, Pressed(body="Dạ.", any_hour=True))
    graph.media, taken = _Nothing(), len(graph.sent)
    work_off()
    said = [words for _to, words in graph.sent[taken:]]
    assert said[0] == "Dạ." and "/c/" in said[1] and not graph.brought


def test_of_several_that_are_refused_the_page_is_said_once(graph: Graph, staff: Any) -> None:
    test_whatsapp.came(test_whatsapp.said())
    graph.media, taken = _Nothing(), len(graph.sent)
    message = answered(staff, ("a.png", picture()), ("b.pdf", PDF), ("c.pdf", PDF))
    assert [("/c/" in words) for _to, words in graph.sent[taken:]] == [False, True]
    assert message.delivered_at and not graph.brought


def test_a_file_that_does_not_get_through_keeps_no_later_answer_back(
    graph: Graph, staff: Any, clock: StandingClock
) -> None:
    test_whatsapp.came(test_whatsapp.said())
    case = Case.objects.get()
    keep_draft(case, staff.agent, "Dạ.", files=bring([("a.png", [picture()])]))
    message = send(case, staff.agent, Pressed(body="Dạ.", any_hour=True))
    assert isinstance(message, Message)
    Part.objects.create(message=message, line_id=_line(), number=0, name="wamid.x")
    for _time in range(2):  # the file alone fails: the words behind it would be taken
        graph.faults = [(500, {})]
        work_off()
        clock.forward(minutes=1)
    message.refresh_from_db()
    assert message.delivered_at and "/c/" in graph.sent[-1][1]


class _Nothing(dict[str, Any]):
    """A place for media that forgets them at once."""

    def __setitem__(self, name: str, form: Any) -> None:
        del name, form


def test_what_was_taken_before_a_failure_is_not_sent_again(
    graph: Graph,  # noqa: F811
    staff: Any,
    clock: StandingClock,
) -> None:
    test_whatsapp.came(test_whatsapp.said())
    case = Case.objects.get()
    keep_draft(case, staff.agent, "Dạ.", files=bring([("a.png", [picture()])]))
    message = send(case, staff.agent, Pressed(body="Dạ.", any_hour=True))
    Part.objects.create(message=message, line_id=_line(), number=0, name="wamid.x")
    taken = len(graph.sent)
    graph.faults = [(500, {})]
    work_off()
    assert not graph.brought
    clock.forward(minutes=1)
    work_off()
    assert len(graph.brought) == 1 and len(graph.sent) == taken


def _line() -> int:
    from tantam.desk.channels.messaging.models import Line

    return Line.objects.get().pk


@pytest.mark.parametrize(
    ("media_type", "size", "words"),
    [
        ("image/png", 4_000_000, "goes along by WhatsApp"),
        ("image/png", 6_000_000, "goes as a link: WhatsApp takes pictures up to 5 MB, and PDF up to 100 MB"),
        ("text/plain", 3, "goes as a link"),
    ],
)
def test_it_is_said_before(graph: Graph, staff: Any, media_type: str, size: int, words: str) -> None:
    test_whatsapp.came(test_whatsapp.said())
    way = way_words.way_of(Case.objects.get(), staff.agent, plans.in_force(), clocks.now())
    file = Listed(1, "a", "", "/a", "", media_type=media_type, bytes=size)
    with translation.override("en"):
        assert way_words.with_ways([file], way)[0].goes.startswith(words)


def test_it_is_said_where_it_is_attached(graph: Graph, staff: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    test_whatsapp.came(test_whatsapp.said())
    client = Client()
    client.force_login(staff.agent)
    where = f"/desk/cases/{Case.objects.get().pk}"
    given = {"mode": "reply", "body": "Dạ", "files": SimpleUploadedFile("a.txt", b"abc")}
    assert "goes as a link" in client.post(f"{where}/files/?lang=en", given).content.decode()
    assert "goes as a link" in client.get(f"{where}/?lang=en").content.decode()


def test_a_name_breaks_no_form() -> None:
    body, kind = form_of({"a": "1"}, Parcel('x"\r\ny\\.png', "image/png", b"--\r\n"))
    read = form_in(body, kind)
    assert (read.fields, read.called, read.body) == ({"a": "1"}, "file", b"--\r\n") and "\n" not in read.name
