"""The tray's pages: what came and became no message, why, as it came, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tantam.desk.arrivals import actions, intake
from tantam.desk.arrivals.letting_go import let_go
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.cases.models import Case
from tantam.desk.channels.email import incoming
from tantam.desk.common import clock as desk_clock
from tantam.desk.files.models import Blob
from tantam.desk.web.tray_words import remedy
from tests.desk.channels.letters import mail
from tests.desk.files.test_store import picture
from tests.support import desk
from tests.support.clock import StandingClock

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def lies(plan: Any, hoa: Any, staff: Any) -> Arrival:
    """What a colleague wrote about Hoa's case."""
    case = desk.opened(hoa)
    raw = mail(f"Xong rồi. {HOSTILE}", sender=staff.colleague.email, Subject=f"Fwd: [#{case.reference}]")
    return intake.take_in(incoming.store(raw).pk)


def _page(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


def test_list_says_what_lies_there_and_why(agent: Client, lies: Arrival) -> None:
    said = _page(agent, "/desk/tray/")
    assert f"/desk/tray/{lies.pk}/" in said and "A colleague wrote it" in said
    assert f"/desk/tray/{lies.pk}/" not in _page(agent, "/desk/tray/?view=machines")


def test_empty_tray_teaches(agent: Client) -> None:
    assert "Nothing lies here" in _page(agent, "/desk/tray/?view=nowhere")


def test_list_asks_as_much_of_many_as_of_one(
    agent: Client, lies: Arrival, connection_queries: Callable[..., int]
) -> None:
    one = connection_queries(lambda: agent.get("/desk/tray/"))
    for number in range(30):
        Arrival.objects.create(
            channel="mail", key=str(number), raw=b"x", received_at=desk_clock.now(), problem=Problem.REFUSED
        )
    assert connection_queries(lambda: agent.get("/desk/tray/")) == one


def test_page_shows_the_words_and_no_markup_of_the_mail(agent: Client, lies: Arrival) -> None:
    said = _page(agent, f"/desk/tray/{lies.pk}/")
    assert "Xong rồi." in said and HOSTILE not in said and "Put it to this case" in said


def test_mail_is_saved_as_it_came_and_never_shown_as_a_page(agent: Client, lies: Arrival) -> None:
    answer = agent.get(f"/desk/tray/{lies.pk}/raw/")
    assert answer.content == bytes(lies.raw)
    assert answer["Content-Type"].startswith("text/plain") and answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_it_is_put_to_the_case_that_is_written(agent: Client, lies: Arrival, hoa: Any) -> None:
    case = hoa.cases.get()
    answer = agent.post(f"/desk/tray/{lies.pk}/put/", {"case": case.reference.lower()})
    assert answer["Location"] == f"/desk/cases/{case.pk}/"
    assert "brought it here from the tray" in _page(agent, f"/desk/cases/{case.pk}/")
    assert case.reference in _page(agent, f"/desk/tray/{lies.pk}/")


@pytest.mark.parametrize("written", ["", "nowhere", HOSTILE])
def test_case_that_there_is_not_is_said_and_what_was_typed_stays(agent: Client, lies: Arrival, written: str) -> None:
    answer = agent.post(f"/desk/tray/{lies.pk}/put/", {"case": written})
    said = answer.content.decode()
    assert answer.status_code == 409 and 'role="alert"' in said and HOSTILE not in said


def test_it_is_made_a_case(agent: Client, lies: Arrival) -> None:
    agent.post(f"/desk/tray/{lies.pk}/case/")
    lies.refresh_from_db()
    assert lies.case is not None


def test_it_is_thrown_away_and_taken_back(agent: Client, lies: Arrival) -> None:
    agent.post(f"/desk/tray/{lies.pk}/throw-away/")
    assert f"/desk/tray/{lies.pk}/" not in _page(agent, "/desk/tray/")
    assert f"/desk/tray/{lies.pk}/" in _page(agent, "/desk/tray/?view=thrown")
    assert "Take it back" in _page(agent, f"/desk/tray/{lies.pk}/")
    agent.post(f"/desk/tray/{lies.pk}/take-back/")
    assert f"/desk/tray/{lies.pk}/" in _page(agent, "/desk/tray/")


def test_bar_counts_only_where_something_lies(agent: Client, lies: Arrival) -> None:
    assert b"1 in the tray" in agent.get("/desk/notices/count/").content
    agent.post(f"/desk/tray/{lies.pk}/throw-away/")
    assert b"in the tray" not in agent.get("/desk/notices/count/").content


@pytest.mark.parametrize("problem", [each for each in Problem if each not in (Problem.NONE, Problem.NOTED)])
def test_every_problem_says_what_to_do(problem: Problem) -> None:
    assert remedy(problem)


def test_looking_at_a_mail_stores_nothing(agent: Client, plan: Any, hoa: Any, settings: Any) -> None:
    made = message_from_bytes(mail(Auto_Submitted="auto-generated"), policy=policy.default)
    made.add_attachment(picture(), maintype="image", subtype="png", filename="máy.png")  # type: ignore[attr-defined]
    kept = intake.take_in(incoming.store(made.as_bytes()).pk)
    for _ in range(2):
        assert "Make a case of it" in _page(agent, f"/desk/tray/{kept.pk}/")
    assert not Blob.objects.exists()
    assert not [each for each in Path(settings.MEDIA_ROOT).rglob("*") if each.is_file()]


def test_what_is_kept_no_longer_is_said_and_offers_no_file(
    agent: Client, lies: Arrival, staff: desk.Staff, clock: StandingClock
) -> None:
    actions.put_to_case(lies, Case.objects.get(), staff.agent)
    clock.forward(days=401)
    let_go({})
    assert agent.get(f"/desk/tray/{lies.pk}/raw/").status_code == 404
    said = _page(agent, f"/desk/tray/{lies.pk}/")
    assert "kept no longer" in said and f"/desk/tray/{lies.pk}/raw/" not in said


SPAM = "Casino Bonus ohne Einzahlung, jetzt registrieren https://a.bet https://b.bet t.me/c"


@pytest.fixture
def stopped(plan: Any, staff: Any) -> list[Arrival]:
    """What was stopped as spam, from two strangers."""
    raws = [mail(SPAM, sender=f"x{n}@spam.example", Message_ID=f"<s{n}@x>", Subject=f"Bonus {n}") for n in range(2)]
    return [intake.take_in(incoming.store(raw).pk) for raw in raws]


def test_spam_has_a_list_of_its_own_that_says_why(agent: Client, stopped: list[Arrival]) -> None:
    said = _page(agent, "/desk/tray/?view=spam")
    assert "2 links; " in said and "a link to an address that mostly spam uses" in said and "words: " in said
    assert f"/desk/tray/{stopped[0].pk}/" not in _page(agent, "/desk/tray/")
    assert "Not spam, let it in" in _page(agent, f"/desk/tray/{stopped[0].pk}/")


def test_those_ticked_are_marked_at_once_and_taken_back(agent: Client, stopped: list[Arrival]) -> None:
    ticked = {"arrival": [each.pk for each in stopped], "view": "spam"}
    said = agent.post("/desk/tray/mark/", ticked | {"mark": "spam"}, follow=True).content.decode()
    assert "2 done." in said and not Arrival.objects.filter(thrown_at=None, problem=Problem.SPAM).exists()
    agent.post("/desk/tray/mark/", ticked | {"mark": "take_back"})
    assert Arrival.objects.filter(thrown_at=None, problem=Problem.SPAM).count() == 2
    agent.post("/desk/tray/mark/", ticked | {"mark": "let_in"})
    assert Case.objects.count() == 2


def test_nothing_ticked_is_said(agent: Client, stopped: list[Arrival]) -> None:
    said = agent.post("/desk/tray/mark/", {"mark": "spam"}, follow=True).content.decode()
    assert "Nothing is ticked" in said and Arrival.objects.filter(thrown_at=None).count() == 2


def test_what_somebody_saw_to_meanwhile_is_left_alone(agent: Client, stopped: list[Arrival], staff: Any) -> None:
    actions.make_case(stopped[0], staff.colleague)
    ticked = {"arrival": [each.pk for each in stopped], "mark": "spam"}
    said = agent.post("/desk/tray/mark/", ticked, follow=True).content.decode()
    assert "1 done." in said and "Somebody saw to this already" in said


def test_spam_is_let_in_or_not_from_its_page(agent: Client, stopped: list[Arrival]) -> None:
    agent.post(f"/desk/tray/{stopped[0].pk}/spam/")
    answer = agent.post(f"/desk/tray/{stopped[1].pk}/let-in/")
    assert answer.headers["Location"] == f"/desk/cases/{Case.objects.get().pk}/"
    assert agent.post(f"/desk/tray/{stopped[1].pk}/let-in/").status_code == 409


def test_case_is_called_spam_and_cleared_from_its_page(agent: Client, hoa: Any) -> None:
    case = desk.opened(hoa)
    agent.post(f"/desk/cases/{case.pk}/spam/")
    said = _page(agent, f"/desk/cases/{case.pk}/")
    assert "called this spam" in said and f"/desk/cases/{case.pk}/not-spam/" in said
    agent.post(f"/desk/cases/{case.pk}/not-spam/")
    case.refresh_from_db()
    assert case.status == Case.Status.OPEN
    assert "called this spam" not in _page(agent, f"/desk/cases/{case.pk}/")
