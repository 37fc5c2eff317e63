"""Customers send photos with their words; what cannot be kept is said, and no word is lost."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tantam.desk.cases import actions
from tantam.desk.cases.attachments import attach, bring
from tantam.desk.cases.drafts import Pressed
from tantam.desk.cases.models import Attachment, Case
from tests.desk.files.test_store import picture
from tests.desk.portal.pages import Visitor
from tests.support.desk import opened

pytestmark = pytest.mark.django_db


def photo(name: str = "máy.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture(), "text/html")


def write(case: Any, browser: Client | None = None, **fields: Any) -> Any:
    at = f"/c/{case.link_key}/write/"
    return (browser or Client()).post(at, {"body": "Ảnh đây ạ.", "submission": "", **fields})


def test_photos_come_with_a_message(plan: Any, hoa: Any) -> None:
    case = opened(hoa)
    assert write(case, files=[photo(), photo("hai.png")]).status_code == 302
    message = case.messages.order_by("-id").filter(direction="incoming")[0]
    assert [each.name for each in message.attachments.order_by("id")] == ["máy.png", "hai.png"]
    page = Client().get(f"/c/{case.link_key}/").content.decode()
    href = re.search(rf'href="(/c/{case.link_key}/files/\d+/)"', page)
    assert href is not None
    answer = Client().get(href[1])
    assert answer.headers["Content-Type"] == "image/png"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("full", ["MEDIA_ROOT", "FILE_UPLOAD_TEMP_DIR"])
def test_disk_that_takes_nothing_loses_no_word(full: str, plan: Any, hoa: Any, settings: Any, tmp_path: Path) -> None:
    case, no_folder = opened(hoa), tmp_path / "full"
    no_folder.write_bytes(b"")
    setattr(settings, full, no_folder)
    answer = write(case, files=[photo()])
    said = answer.content.decode()
    assert answer.status_code == 422 and "Ảnh đây ạ." in said and "Việc tải lên bị ngắt" in said
    assert not Attachment.objects.exists()


def test_photos_of_a_joined_case_stand_on_the_page_of_the_one_that_stands_for_it(staff: Any, hoa: Any) -> None:
    case, into = opened(hoa), opened(hoa, body="Vẫn kêu như cũ.")
    write(case, files=[photo()])
    actions.merge(case, staff.agent, into)
    page = Client().get(f"/c/{into.link_key}/").content.decode()
    href = re.search(rf'href="(/c/{into.link_key}/files/\d+/)"', page)
    assert href is not None
    assert Client().get(href[1]).headers["Content-Type"] == "image/png"


def test_a_program_is_refused_and_words_and_photo_stay(plan: Any, hoa: Any) -> None:
    case = opened(hoa)
    answer = write(case, files=[photo(), SimpleUploadedFile("ảnh.jpg", b"MZ\x90")])
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Ảnh đây ạ." in said
    assert "ảnh.jpg" in said
    carried = re.search(r'name="carried" value="([^"]+)"', said)
    assert carried is not None
    assert not Attachment.objects.exists()
    assert write(case, carried=carried[1]).status_code == 302
    assert Attachment.objects.get().name == "máy.png"


def test_fifty_megabytes_are_refused_with_a_sentence(plan: Any, hoa: Any) -> None:
    case = opened(hoa)
    answer = write(case, files=[SimpleUploadedFile("phim.mov", b"x" * 50_000_000)])
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "phim.mov" in said
    assert "20 MB" in said
    assert "Ảnh đây ạ." in said
    assert not Attachment.objects.exists()


def test_a_carried_file_is_nobody_elses(plan: Any, hoa: Any) -> None:
    case = opened(hoa)
    assert write(case, carried='[["' + "a" * 64 + '", "x"]]').status_code == 302
    assert not Attachment.objects.exists()


def test_files_of_notes_drafts_and_other_cases_are_not_there(staff: Any, hoa: Any) -> None:
    case, other = opened(hoa), opened(hoa)
    draft: Any = actions.keep_draft(case, staff.agent, "Nháp.", files=bring([("nháp.txt", [b"a"])]))
    note = actions.add_note(case, staff.agent, "Chỉ nội bộ.")
    hidden = [draft.attachments.get(), *attach(case, bring([("nội bộ.txt", [b"b"])]), to=note)]
    for each in hidden:
        assert Client().get(f"/c/{case.link_key}/files/{each.pk}/").status_code == 404
    sent: Any = actions.send(case, staff.agent, Pressed("Nháp."))
    file = sent.attachments.get()
    assert Client().get(f"/c/{case.link_key}/files/{file.pk}/").status_code == 200
    assert Client().get(f"/c/{other.link_key}/files/{file.pk}/").status_code == 404
    assert Client().get(f"/c/{case.link_key}/files/1/").status_code == 404


def test_photos_come_with_a_complaint(visitor: Visitor) -> None:
    page = visitor.get(visitor.files(files=[photo()]).headers["Location"])
    assert Attachment.objects.get().message == Case.objects.get().messages.order_by("id")[0]
    assert "máy.png" in page.content.decode()


def test_a_complaint_with_a_program_loses_no_word(visitor: Visitor) -> None:
    answer = visitor.files(files=[SimpleUploadedFile("a.jpg", b"MZ"), photo()])
    assert answer.status_code == 422
    assert not Case.objects.exists()
    assert "máy.png (" in answer.content.decode()


def test_form_of_another_site_is_refused_with_files_too(plan: Any, hoa: Any) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert write(opened(hoa), browser, files=[photo()]).status_code == 403
    assert not Attachment.objects.exists()
