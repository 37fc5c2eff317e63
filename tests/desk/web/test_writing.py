"""The composer: kept as typed, held and taken back, files, ready texts, advice; each without JavaScript too."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tantam.desk.cases.actions import keep_draft, keep_macro, receive
from tantam.desk.cases.attachments import attach, bring
from tantam.desk.cases.macros import WrittenMacro
from tantam.desk.cases.models import Attachment, Draft, Macro, Message, RichBody
from tantam.desk.common import work
from tests.desk.files.test_store import picture
from tests.support.clock import StandingClock
from tests.support.desk import opened

pytestmark = pytest.mark.django_db


def say(browser: Client, case: Any, **fields: Any) -> Any:
    return browser.post(f"/desk/cases/{case.pk}/say/", {"mode": "reply", "verb": "reply", **fields}, follow=True)


def look(browser: Client, case: Any, query: str = "") -> str:
    return str(browser.get(f"/desk/cases/{case.pk}/{query}").content.decode())


def test_what_is_typed_is_kept_and_there_again(agent: Client, hoa: Any) -> None:
    case = opened(hoa)
    kept = agent.post(f"/desk/cases/{case.pk}/draft/", {"mode": "ask", "body": "Máy bao nhiêu tuổi"})
    assert kept.json()["kept"].startswith("Kept")
    said = look(agent, case)
    assert ">Máy bao nhiêu tuổi</textarea>" in said
    assert re.search(r'value="ask" class="vh" data-key="q" data-then="#body"\s+checked', said)


def test_keep_draft_works_without_a_script(agent: Client, hoa: Any) -> None:
    case = opened(hoa)
    assert "Kept. It waits here for you." in say(agent, case, verb="keep", body="Dạ em").content.decode()
    assert Draft.objects.get().body == "Dạ em"
    assert not case.messages.exclude(author=None).exists()


def test_disk_that_takes_no_file_loses_no_word(agent: Client, hoa: Any, settings: Any, tmp_path: Path) -> None:
    case, settings.MEDIA_ROOT = opened(hoa), tmp_path / "full"
    settings.MEDIA_ROOT.write_bytes(b"")
    answer = say(agent, case, body="Dạ em gửi ảnh.", files=[SimpleUploadedFile("a.txt", b"x")])
    assert ">Dạ em gửi ảnh.</textarea>" in answer.content.decode()
    assert not case.messages.exclude(author=None).exists()


def test_too_long_a_text_is_not_kept_and_says_so(agent: Client, hoa: Any) -> None:
    case = opened(hoa)
    answer = agent.post(f"/desk/cases/{case.pk}/draft/", {"body": "x" * 20_001})
    assert answer.status_code == 422
    assert "20000" in answer.json()["refused"]


def test_colleagues_see_what_is_written_and_write_on(agent: Client, staff: Any, hoa: Any, sign_in: Any) -> None:
    case = opened(hoa)
    keep_draft(case, staff.agent, "Dạ em gọi lại lúc mười giờ.")
    colleague = sign_in(staff.colleague)
    said = look(colleague, case)
    assert "Mai is writing:" in said
    colleague.post(f"/desk/cases/{case.pk}/drafts/{Draft.objects.get().pk}/take-over/")
    assert ">Dạ em gọi lại lúc mười giờ.</textarea>" in look(colleague, case)
    assert "Nam is writing:" in look(agent, case)


def test_sent_it_counts_down_and_is_taken_back(agent: Client, staff: Any, hoa: Any) -> None:
    staff.agent.undo_seconds = 10
    staff.agent.save()
    case = opened(hoa)
    said = say(agent, case, body="Dạ em xem ngay.").content.decode()
    assert "Goes out in 10 seconds" in said
    draft = Draft.objects.get()
    back = agent.post(f"/desk/cases/{case.pk}/drafts/{draft.pk}/take-back/", follow=True).content.decode()
    assert "Taken back" in back
    assert ">Dạ em xem ngay.</textarea>" in back


def test_taken_back_too_late_says_so_kindly(agent: Client, staff: Any, hoa: Any, clock: StandingClock) -> None:
    staff.agent.undo_seconds = 5
    staff.agent.save()
    case = opened(hoa)
    say(agent, case, body="Dạ.")
    draft = Draft.objects.get()
    clock.forward(seconds=6)
    work.run_due()
    answer = agent.post(f"/desk/cases/{case.pk}/drafts/{draft.pk}/take-back/")
    assert answer.status_code == 409
    assert "It has gone out already." in answer.content.decode()


def test_what_did_not_go_out_is_told(agent: Client, staff: Any, hoa: Any, clock: StandingClock) -> None:
    staff.agent.undo_seconds = 5
    staff.agent.save()
    case = opened(hoa)
    say(agent, case, body="Dạ mai em gọi.")
    clock.forward(seconds=1)
    receive(case, "Thôi khỏi.", channel="web")
    clock.forward(seconds=6)
    work.run_due()
    said = look(agent, case)
    assert "The customer wrote before your reply went out." in said
    assert ">Dạ mai em gọi.</textarea>" in said


def test_files_go_with_the_form(agent: Client, hoa: Any) -> None:
    case = opened(hoa)
    say(agent, case, body="Ảnh đây.", files=[SimpleUploadedFile("Ảnh máy.png", picture())])
    message = case.messages.exclude(author=None).get()
    file = message.attachments.get()
    assert file.name == "Ảnh máy.png"
    assert f'src="/desk/files/{file.pk}/small/"' in look(agent, case)
    assert agent.get(f"/desk/files/{file.pk}/small/").headers["Content-Type"] == "image/webp"


def test_fifty_megabytes_are_refused_and_words_stay(agent: Client, hoa: Any) -> None:
    case = opened(hoa)
    answer = say(agent, case, body="Phim đây.", files=[SimpleUploadedFile("phim.mov", b"x" * 50_000_000)])
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "“phim.mov” is larger than 20 MB." in said
    assert ">Phim đây.</textarea>" in said
    assert not case.messages.exclude(author=None).exists()
    assert not Attachment.objects.exists()


def test_a_good_file_beside_a_bad_one_is_kept(agent: Client, hoa: Any) -> None:
    case = opened(hoa)
    given = [SimpleUploadedFile("a.png", picture()), SimpleUploadedFile("b.png", b"MZ\x90")]
    said = say(agent, case, body="Đây.", files=given).content.decode()
    assert "programs are not taken" in said
    assert Attachment.objects.get().name == "a.png"
    assert say(agent, case, body="Đây.").status_code == 200
    assert Attachment.objects.get().message is not None


def test_a_file_alone_is_put_on_and_taken_off(agent: Client, hoa: Any) -> None:
    case = opened(hoa)
    at = f"/desk/cases/{case.pk}/files/"
    said = agent.post(at, {"mode": "note", "files": SimpleUploadedFile("a.txt", b"a")})
    assert "a.txt" in said.content.decode()
    assert Draft.objects.get().mode == "note"
    assert agent.post(at, {"files": SimpleUploadedFile("a.txt", b"")}).status_code == 422
    agent.post(f"{at}{Attachment.objects.get().pk}/drop/", {"mode": "note", "note": ""})
    assert not Attachment.objects.exists()


def test_outsiders_find_no_file(agent: Client, outsider: Client, staff: Any, hoa: Any) -> None:
    case = opened(hoa)
    (file,) = attach(case, bring([("a.txt", [b"a"])]), to=case.messages.order_by("id")[0])
    for what in ("", "small/"):
        assert outsider.get(f"/desk/files/{file.pk}/{what}").status_code == 404
    assert outsider.post(f"/desk/cases/{case.pk}/draft/", {"body": "x"}).status_code == 404
    assert Client().get(f"/desk/files/{file.pk}/").status_code == 302
    assert agent.get(f"/desk/files/{file.pk}/small/").status_code == 404  # no picture
    assert agent.get(f"/desk/files/{file.pk}/").headers["Content-Disposition"].startswith("attachment")
    assert agent.get("/desk/files/1/").status_code == 404


def test_html_is_a_click_away_and_acts_on_nothing(agent: Client, outsider: Client, hoa: Any) -> None:
    case = opened(hoa)
    message = case.messages.order_by("id")[0]
    html = "<p onclick=x>Máy <b>kêu</b><script>alert(1)</script><img src='https://x.example/t.gif'></p>"
    RichBody.objects.create(message=message, html=html)
    at = f"/desk/messages/{message.pk}/html/"
    assert f'href="{at}"' in look(agent, case)
    shut, shown = agent.get(at), agent.get(f"{at}?pictures")
    assert "<b>kêu</b>" in shut.content.decode()
    assert "x.example" not in shut.content.decode()
    assert "script" not in shut.content.decode().partition("<main")[2]
    assert "https:" not in shut.headers["Content-Security-Policy"]
    assert "sandbox" in shut.headers["Content-Security-Policy"]
    assert "script-src" not in shut.headers["Content-Security-Policy"]
    assert "x.example" in shown.content.decode()
    assert "https:" in shown.headers["Content-Security-Policy"]
    assert outsider.get(at).status_code == 404


def test_advice_stands_beside_and_never_in_the_way(agent: Client, hoa: Any) -> None:
    case = opened(hoa)
    hurtful = "Chào chị Lan,\n\nĐây là lỗi của chị."
    said = agent.post(f"/desk/cases/{case.pk}/look/", {"body": hurtful}).content.decode()
    assert said.count("<li>") == 2
    say(agent, case, verb="keep", body=hurtful)
    assert "sounds like blame" in look(agent, case)
    assert say(agent, case, body=hurtful).status_code == 200
    assert case.messages.exclude(author=None).get().body == hurtful


def macro(person: Any, **fields: Any) -> Macro:
    texts = fields.pop("texts", {"vi": "Dạ chào {name},\n\n{agent} đã nhận {reference}."})
    return keep_macro(person, WrittenMacro(fields.pop("name", "Đã nhận"), texts, **fields))


def test_a_ready_text_is_put_in_without_a_script(agent: Client, staff: Any, hoa: Any) -> None:
    case = opened(hoa)
    kept = macro(staff.agent)
    say(agent, case, verb="insert", macro=kept.pk, body="Dạ.")
    assert Draft.objects.get().body == f"Dạ.\n\nDạ chào anh/chị Hoa,\n\nMai đã nhận {case.reference}."
    kept.refresh_from_db()
    assert kept.used == 1


def test_no_text_chosen_loses_no_word(agent: Client, hoa: Any) -> None:
    answer = say(agent, opened(hoa), verb="insert", body="Dạ.")
    assert "Choose a text first." in answer.content.decode()
    assert Draft.objects.get().body == "Dạ."


def test_the_list_is_filled_in_and_fitting_ones_come_first(agent: Client, staff: Any, hoa: Any) -> None:
    case = opened(hoa)
    macro(staff.agent, name="A")
    macro(staff.agent, name="Z", topics=["faulty"], shortcut="z")
    macro(staff.colleague, name="Của Nam", personal=True)
    told = json.loads(agent.get(f"/desk/cases/{case.pk}/texts/").content)["texts"]
    assert [each["name"] for each in told] == ["Z", "A"]
    assert "anh/chị Hoa" in told[0]["text"]


def test_texts_are_made_changed_taken_away_and_brought_back(agent: Client, staff: Any, plan: Any) -> None:
    fields = {"name": "Chào", "shortcut": "/chao", "text_vi": "{greeting}", "take": "on", "tags": "nóng, gấp"}
    assert agent.post("/desk/texts/new/", fields).status_code == 302
    kept = Macro.objects.get()
    assert (kept.shortcut, kept.does[0]) == ("chao", {"do": "take"})
    assert "Kính gửi chị Nguyễn Thị Hoa," in agent.get(f"/desk/texts/{kept.pk}/").content.decode()
    said = agent.post(f"/desk/texts/{kept.pk}/delete/", follow=True).content.decode()
    signed = said.partition('name="text" value="')[2].partition('"')[0]
    assert not Macro.objects.exists()
    agent.post("/desk/texts/restore/", {"text": signed})
    assert Macro.objects.get().texts == {"vi": "{greeting}"}
    said = agent.post("/desk/texts/restore/", {"text": signed + "x"}, follow=True).content.decode()
    assert "There is no such ready text." in said
    assert Macro.objects.count() == 1


def test_a_wrong_place_is_refused_with_the_nearest(agent: Client, plan: Any) -> None:
    answer = agent.post("/desk/texts/new/", {"name": "Chào", "text_vi": "Chào {nmae}", "tags": ""})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Did you mean {name}?" in said
    assert "Chào {nmae}" in said


def test_anothers_own_text_is_not_found(agent: Client, staff: Any, plan: Any) -> None:
    own = macro(staff.colleague, personal=True)
    assert agent.get(f"/desk/texts/{own.pk}/").status_code == 404
    assert agent.post(f"/desk/texts/{own.pk}/delete/").status_code == 404


def test_listing_texts_takes_as_many_queries_as_ever(
    agent: Client, staff: Any, plan: Any, connection_queries: Any
) -> None:
    macro(staff.agent)
    few = connection_queries(lambda: agent.get("/desk/texts/"))
    for n in range(20):
        macro(staff.agent, name=str(n))
    assert connection_queries(lambda: agent.get("/desk/texts/")) == few <= 8


def test_the_sheet_is_no_bigger_than_it_was(agent: Client, hoa: Any) -> None:
    assert io.StringIO(look(agent, opened(hoa))).read().count('type="file"') == 2
    assert Message.objects.count() == 2
