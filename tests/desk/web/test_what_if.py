"""What if: a draft is brought in the browser, its findings shown in place, its replay followed and read."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tantam.desk.cases import actions
from tantam.desk.common import work
from tantam.desk.plans import drafts
from tantam.desk.plans.models import Draft, Replay
from tantam.desk.reports import replays
from tests.support.clock import StandingClock
from tests.support.desk import opened
from tests.support.drafts import HURRIED, REPLY, files, hurried, kept, packed

PAGE = "/desk/what-if/"


@pytest.fixture
def lived(hoa: Any, staff: Any, clock: StandingClock) -> Any:
    """A case answered after five minutes."""
    case = opened(hoa)
    clock.forward(minutes=5)
    actions.reply(case, staff.agent, "Dạ.")
    clock.forward(minutes=1)
    return case


def told(**fields: Any) -> dict[str, Any]:
    """Return the form filled in, with the hurried draft as a ZIP."""
    draft = SimpleUploadedFile("plan.zip", hurried(), "application/zip")
    return {"title": "Trả lời nhanh", "note": "", "source": "desk", "stretch": "all", "file": draft} | fields


def brought(manager: Client, **fields: Any) -> str:
    """Bring a draft; return the address of its run."""
    answer = manager.post(PAGE, told(**fields))
    assert answer.status_code == 302, re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())[:3000]
    return str(answer["Location"])


@pytest.mark.parametrize("text", ["", "{}", "null", '{"form": 99}'])
def test_run_of_a_draft_that_cannot_be_read_any_more_says_so(manager: Client, lived: Any, text: str) -> None:
    run = brought(manager)
    work.run_due()
    Draft.objects.update(frozen=text)
    drafts._plan.cache_clear()
    said = manager.get(run).content.decode()
    assert "can no longer be read" in said and "would have gone otherwise" not in said
    assert "Trả lời nhanh" in manager.get(PAGE).content.decode()


def test_empty_page_teaches(manager: Client, lived: Any) -> None:
    said = manager.get(PAGE).content.decode()
    assert "Nothing has been tried yet" in said
    assert "Pack the folder as a ZIP" in said


def test_page_before_the_first_case_says_so(manager: Client) -> None:
    assert "Nothing has happened yet" in manager.get(PAGE).content.decode()


def test_draft_is_brought_played_and_shown(manager: Client, lived: Any) -> None:
    run = brought(manager, note="Khách chờ lâu")
    waiting = manager.get(run).content.decode()
    assert "waits for a worker" in waiting.lower() and "<progress" in waiting
    work.run_due()
    said = manager.get(run).content.decode()
    assert "<b>1</b> more promise would have been broken" in said
    assert "Trả lời nhanh" in said and "Khách chờ lâu" in said
    assert re.search(r"<del>4</del>\s*<ins>3</ins>", said) or "<ins>3 min</ins>" in said
    assert "#promises-reply_normal" in said
    assert f'href="/desk/cases/{lived.pk}/"' in said
    assert "hx-trigger" not in said.partition("<main")[2]
    assert "1 of 1 cases otherwise" in manager.get(PAGE).content.decode()


def test_each_figure_has_its_table_behind(manager: Client, lived: Any) -> None:
    run = brought(manager)
    work.run_due()
    said = manager.get(run).content.decode()
    assert said.count("<figure") == len(re.findall(r'<details class="behind">\s*<summary>The numbers as a table', said))
    assert said.count("<figure") >= 2


def test_run_under_way_refreshes_with_and_without_javascript(manager: Client, lived: Any) -> None:
    said = manager.get(brought(manager)).content.decode()
    assert 'hx-trigger="every 2s"' in said
    assert re.search(r'<noscript><meta http-equiv="refresh" content="\d+"></noscript>', said)


def test_refreshing_leaves_a_form_that_is_being_filled_in_and_asks_the_page_itself(manager: Client, lived: Any) -> None:
    run = brought(manager)
    answer = manager.post(f"{run}again/", {"source": "desk", "stretch": "all", "since": "x"})
    said = answer.content.decode().partition("<main")[2]
    form, result = said.index(f'action="{run}again/"'), said.index('<div class="played" id="result"')
    assert form < result < said.index(f'hx-get="{run}"') < said.index("hx-trigger")


def test_run_that_nobody_takes_up_says_whom_to_ask(manager: Client, lived: Any, clock: StandingClock) -> None:
    run = brought(manager)
    assert "tantam work" not in manager.get(run).content.decode()
    clock.forward(minutes=2)
    assert "tantam work" in manager.get(run).content.decode()


def test_run_that_was_given_up_says_why(manager: Client, lived: Any) -> None:
    run = brought(manager)
    Replay.objects.update(state="failed", trouble="ended_its_worker")
    assert "Try a shorter stretch." in manager.get(run).content.decode()


def test_errors_are_shown_with_place_line_and_remedy_and_nothing_typed_is_lost(manager: Client, lived: Any) -> None:
    broken = SimpleUploadedFile("plan.zip", packed(files(plan=(REPLY, REPLY.replace("4 h", "four")))))
    answer = manager.post(PAGE, told(file=broken, note="Vì sao"))
    said = answer.content.decode()
    assert answer.status_code == 422
    line = files()["plan.yaml"].decode()[: files()["plan.yaml"].decode().index(REPLY)].count("\n") + 1
    assert f"plan.yaml:{line}" in said and "four" in said
    assert 'value="Trả lời nhanh"' in said and "Vì sao</textarea>" in said
    assert re.search(r'name="stretch" value="all"[^>]* checked', said)
    assert not Draft.objects.exists()


def test_single_file_with_errors_stands_in_the_field_to_be_mended(manager: Client, lived: Any) -> None:
    answer = manager.post(PAGE, told(file=SimpleUploadedFile("plan.yaml", b"tantam: 1\ncompanny: {}\n")))
    assert answer.status_code == 422
    assert "companny: {}" in answer.content.decode().split('name="text"')[1].split("</textarea>")[0]


def test_pasted_text_is_a_draft(manager: Client, lived: Any) -> None:
    small = "tantam: 1\ncompany: {name: Bến, languages: [vi], timezone: Asia/Ho_Chi_Minh, currency: VND}\n"
    work_at = brought(manager, file="", text=small)
    work.run_due()
    assert manager.get(work_at).status_code == 200


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"file": ""}, "Choose a file, or paste"),
        ({"title": " "}, "This field is required"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF")}, "a.pdf is no plan"),
        ({"since": "yesterday"}, "is no day between"),
        ({"since": "2026-03-05", "until": "2026-03-01"}, "lies before"),
        ({"source": "nowhere"}, "nowhere is not one of the available choices"),
    ],
)
def test_what_is_missing_or_wrong_is_said_in_its_place(
    manager: Client, lived: Any, fields: dict[str, Any], said: str
) -> None:
    answer = manager.post(PAGE, told(**fields))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Draft.objects.exists() and not Replay.objects.exists()


@pytest.mark.parametrize("megabytes", [2, 50])
def test_file_that_is_too_large_is_refused_and_the_fields_are_kept(manager: Client, lived: Any, megabytes: int) -> None:
    large = SimpleUploadedFile("plan.yaml", b"#" * (megabytes * 1_000_000))
    answer = manager.post(PAGE, told(file=large))
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "more than 1000 kB" in said and 'value="Trả lời nhanh"' in said
    assert not Draft.objects.exists()


def test_zip_that_holds_no_plan_is_told(manager: Client, lived: Any) -> None:
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as packed_:
        packed_.writestr("read-me.txt", "x")
    answer = manager.post(PAGE, told(file=SimpleUploadedFile("plan.zip", empty.getvalue())))
    assert answer.status_code == 422
    assert "there is no .yaml file in it" in answer.content.decode()


def test_name_of_a_file_is_shown_as_text(manager: Client, lived: Any) -> None:
    said = manager.post(PAGE, told(file=SimpleUploadedFile("<b>x.pdf", b"%PDF"))).content.decode()
    assert "&lt;b&gt;x.pdf is no plan" in said


def test_words_of_a_draft_are_shown_as_text(manager: Client, lived: Any) -> None:
    evil = files(plan=(REPLY, HURRIED), policies=("exchanged at once", "<script>alert(1)</script>"))
    run = brought(manager, title="<script>", file=SimpleUploadedFile("p.zip", packed(evil)))
    work.run_due()
    for page in (run, PAGE):
        assert "<script>alert" not in manager.get(page).content.decode()
        assert "<h1><script>" not in manager.get(page).content.decode()


def test_the_same_draft_is_tried_on_another_stretch(manager: Client, lived: Any, clock: StandingClock) -> None:
    run = brought(manager)
    work.run_due()
    answer = manager.post(f"{run}again/", {"source": "desk", "stretch": "all", "until": "2026-03-03", "since": ""})
    assert answer.status_code == 302
    work.run_due()
    said = manager.get(answer["Location"]).content.decode()
    assert "Nothing happened in this stretch" in said or "nothing to replay" in said
    assert Draft.objects.count() == 1


def test_wrong_days_of_another_stretch_are_said_on_the_page(manager: Client, lived: Any) -> None:
    run = brought(manager)
    answer = manager.post(f"{run}again/", {"source": "desk", "stretch": "all", "since": "x"})
    assert answer.status_code == 422
    assert "is no day between" in answer.content.decode()


def test_more_cases_than_fit_are_one_click_away(manager: Client, hoa: Any, staff: Any, clock: StandingClock) -> None:
    cases = [opened(hoa) for _ in range(22)]
    clock.forward(minutes=5)
    for each in cases:
        actions.reply(each, staff.agent, "Dạ.")
    run = brought(manager)
    replays.play({"replay": Replay.objects.get().pk})
    few, many = (manager.get(f"{run}{query}").content.decode().count("/desk/cases/") for query in ("", "?all=1"))
    assert (few, many) == (20, 22)


def test_who_does_not_manage_finds_nothing(manager: Client, agent: Client, outsider: Client, lived: Any) -> None:
    run = brought(manager)
    for browser in (agent, outsider):
        for page in (PAGE, run):
            assert browser.get(page).status_code == 404
        assert browser.post(PAGE, told()).status_code == 404
        assert browser.post(f"{run}again/", {"source": "desk", "stretch": "all"}).status_code == 404
    assert Replay.objects.count() == 1


def test_stranger_signs_in_and_is_not_read_from(lived: Any) -> None:
    answer = Client().post(PAGE, told())
    assert answer.status_code == 401 and "/account/login/" in answer.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize("page", ["1/", f"{2**63 - 1}/"])
def test_run_that_is_not_there_is_not_found(manager: Client, lived: Any, page: str) -> None:
    assert manager.get(PAGE + page).status_code == 404
    assert manager.post(f"{PAGE}{page}again/").status_code == 404


def test_pages_take_only_their_manners(manager: Client, lived: Any) -> None:
    run = brought(manager)
    assert manager.put(PAGE).status_code == 405
    assert manager.post(run).status_code == 405
    assert manager.get(f"{run}again/").status_code == 405


def test_form_of_another_site_is_not_taken(staff: Any, lived: Any) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(staff.manager)
    assert browser.post(PAGE, told()).status_code == 403
    assert not Draft.objects.exists()


def test_two_managers_bring_and_see_each_others_drafts(manager: Client, staff: Any, sign_in: Any, lived: Any) -> None:
    staff.specialist.role = "manager"
    staff.specialist.save()
    other = sign_in(staff.specialist)
    brought(manager, title="Của Trâm")
    brought(other, title="Của Bình")
    for browser in (manager, other):
        said = browser.get(PAGE).content.decode()
        assert "Của Trâm" in said and "Của Bình" in said


def test_queries_of_the_list_do_not_grow(manager: Client, staff: Any, lived: Any, connection_queries: Any) -> None:
    history = replays.history_of("desk")

    def more(n: int) -> None:
        draft = kept(staff.manager, f"Bản {n}")
        for days in (1, 2):
            Replay.objects.create(
                draft=draft, against_id=1, since=history.first - timedelta(days=days), until=history.last,
                source="desk", made_at=history.last,
            )  # fmt: skip

    more(1)
    manager.get(PAGE)
    few = connection_queries(lambda: manager.get(PAGE))
    for n in range(2, 5):
        more(n)
    assert connection_queries(lambda: manager.get(PAGE)) == few


@pytest.mark.parametrize("lang", ["vi", "de", "en"])
def test_result_reads_in_each_language(staff: Any, sign_in: Any, manager: Client, lived: Any, lang: str) -> None:
    run = brought(manager)
    work.run_due()
    said = sign_in(staff.manager, lang).get(run).content.decode()
    figure = {"vi": "Sẽ có thêm <b>1</b> cam kết", "de": "<b>1</b> Zusage mehr", "en": "<b>1</b> more promise"}[lang]
    assert figure in said


def test_plan_page_and_places_lead_here(manager: Client, agent: Client, lived: Any) -> None:
    assert f'href="{PAGE}"' in manager.get("/desk/plan/").content.decode()
    assert f'href="{PAGE}"' not in agent.get("/desk/plan/").content.decode()
