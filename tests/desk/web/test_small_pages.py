"""Going to a case, one's profile, troubles: the small pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tantam.desk.accounts.models import Role
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.cases.models import Case
from tantam.desk.channels.email.mailboxes import mailboxes_of
from tantam.desk.channels.email.models import MailboxState
from tantam.desk.common import clock, work
from tantam.desk.common.models import DueWork
from tantam.desk.search.keeping import index_what_is_new
from tantam.desk.web import case_words
from tests.support.desk import opened


def test_a_reference_leads_to_its_case_however_it_is_written(agent: Client, hoa: Any) -> None:
    case = opened(hoa)
    for written in (case.reference, case.reference.lower(), case.reference.replace("-", " ")):
        assert agent.get("/desk/find/", {"q": written})["Location"] == f"/desk/cases/{case.pk}/"


def test_what_is_nowhere_is_explained(agent: Client) -> None:
    said = agent.get("/desk/find/", {"q": "<x>"}).content.decode()
    assert "&lt;x&gt;" in said and "<x>" not in said


def test_search_lists_cases_with_what_was_said(agent: Client, hoa: Any) -> None:
    case = opened(hoa, body="Lò vi sóng không nóng")
    index_what_is_new()
    said = agent.get("/desk/find/", {"q": "vi song"}).content.decode()
    assert f"/desk/cases/{case.pk}/" in said and "<mark>vi</mark>" in said
    listed = agent.get("/desk/find/", {"q": "vi so", "typing": "1"}).content.decode()
    assert f"/desk/cases/{case.pk}/" in listed and "<html" not in listed


def test_filter_narrows_a_search_and_a_wrong_one_says_why(agent: Client, hoa: Any) -> None:
    case = opened(hoa, body="Lò vi sóng không nóng")
    index_what_is_new()
    assert f"/desk/cases/{case.pk}/" not in agent.get("/desk/find/", {"q": "vi sóng owner:me"}).content.decode()
    assert f"/desk/cases/{case.pk}/" in agent.get("/desk/find/", {"q": "vi sóng owner:none"}).content.decode()
    assert 'role="alert"' in agent.get("/desk/find/", {"q": "vi sóng stage:nowhere"}).content.decode()
    assert (
        'class="found-chip" href="?q=vi+s%C3%B3ng"'
        in agent.get("/desk/find/", {"q": "vi sóng owner:none"}).content.decode()
    )


@pytest.mark.parametrize("status", Case.Status.values)
def test_wherever_a_case_stands_there_are_words_for_it(status: str) -> None:
    assert case_words.where(Case(status=status))


def test_profile_keeps_what_is_chosen(agent: Client, staff: Any) -> None:
    answer = agent.post(
        "/desk/profile/", {"language": "de", "theme": "dark", "density": "compact", "undo_seconds": "10"}
    )
    assert answer.status_code == 302
    assert answer.cookies["tantam_language"].value == "de"
    staff.agent.refresh_from_db()
    assert (staff.agent.language, staff.agent.theme, staff.agent.density) == ("de", "dark", "compact")
    said = agent.get("/desk/").content.decode()
    assert 'lang="de" data-theme="dark" data-density="compact"' in said


@pytest.mark.parametrize("field", ["language", "theme", "density"])
def test_profile_refuses_what_is_not_offered(field: str, agent: Client, staff: Any) -> None:
    answer = agent.post(
        "/desk/profile/", {"language": "de", "theme": "", "density": "compact", "undo_seconds": "10"} | {field: "x"}
    )
    assert answer.status_code == 422
    staff.agent.refresh_from_db()
    assert staff.agent.language == "vi"


@pytest.fixture
def administrator(staff: Any, sign_in: Any) -> Client:
    staff.manager.role = Role.ADMINISTRATOR
    staff.manager.save()
    return sign_in(staff.manager)


def test_failed_work_is_shown_and_tried_again(administrator: Client) -> None:
    work.due("deliver_message", "message:7", {"message": 7}, clock.now())
    DueWork.objects.update(failed_at=clock.now(), attempts=12, error="SMTPConnectError: refused")
    piece = DueWork.objects.get()
    assert "SMTPConnectError: refused" in administrator.get("/desk/trouble/").content.decode()
    administrator.post(f"/desk/trouble/{piece.pk}/retry/")
    piece.refresh_from_db()
    assert (piece.failed_at, piece.attempts) == (None, 0)


def test_only_failed_work_is_tried_again(administrator: Client, agent: Client) -> None:
    work.due("deliver_message", "message:8", {"message": 8}, clock.now())
    piece = DueWork.objects.get()
    assert administrator.post(f"/desk/trouble/{piece.pk}/retry/").status_code == 404
    assert agent.post(f"/desk/trouble/{piece.pk}/retry/").status_code == 404
    assert administrator.get(f"/desk/trouble/{piece.pk}/retry/").status_code == 405


def test_nothing_stuck_teaches_what_would_stand_there(administrator: Client) -> None:
    assert "Nothing is stuck" in administrator.get("/desk/trouble/").content.decode()


@pytest.mark.parametrize(
    ("page", "word"),
    [("login", "Anmelden"), ("logout", "Abmelden"), ("password/reset", "Link senden"), ("signup", "Konten werden")],
)
def test_account_pages_stand_in_our_look_and_language(page: str, word: str, agent: Client) -> None:
    browser = agent if page == "logout" else Client()
    said = browser.get(f"/account/{page}/?lang=de").content.decode()
    assert word in said and "tantam/tantam.css" in said


def test_signing_in_leads_to_the_inbox(staff: Any) -> None:
    staff.agent.set_password("ein langes Wort 17")
    staff.agent.save()
    browser = Client()
    sent = {"login": "mai@desk.example", "password": "ein langes Wort 17"}
    assert browser.post("/account/login/", sent)["Location"] == "/desk/"
    wrong = Client().post("/account/login/?lang=de", sent | {"password": "falsch"})
    assert wrong.status_code == 200 and 'class="error"' in wrong.content.decode()


def test_what_could_not_be_read_stands_among_the_troubles(administrator: Client) -> None:
    for name, problem in (("unreadable", Problem.UNREADABLE), ("bounce", Problem.AUTOMATIC), ("fine", Problem.NONE)):
        Arrival.objects.create(
            channel="mail",
            key=name,
            sender=f"{name}@sender.example",
            raw=b"x",
            received_at=clock.now(),
            problem=problem,
        )
    said = administrator.get("/desk/trouble/").content.decode()
    assert "unreadable@sender.example" in said
    assert "It could not be read; what came is kept" in said
    assert "bounce@sender.example" not in said and "fine@sender.example" not in said


def test_mailbox_that_cannot_be_fetched_stands_among_the_troubles(administrator: Client, settings: Any) -> None:
    settings.MAILBOXES = mailboxes_of("imaps://desk:hidden@imap.example.com/")
    MailboxState.objects.create(name="desk@imap.example.com/INBOX", failing_since=clock.now(), problem="wrong password")
    MailboxState.objects.create(name="once@imap.example.com/INBOX", failing_since=clock.now(), problem="named no more")
    said = administrator.get("/desk/trouble/").content.decode()
    assert "desk@imap.example.com/INBOX" in said and "wrong password" in said
    assert "named no more" not in said and "hidden@" not in said
