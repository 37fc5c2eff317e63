"""Search for an answer: in what is published, in the visitor's language, and with a way on where nothing is found."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from django.test import Client

from tantam.desk import plans
from tantam.desk.common import bursts
from tantam.desk.plans.looking_up import passages
from tantam.desk.portal.views import answers
from tests.desk.portal.pages import Visitor, form, text
from tests.support.clock import StandingClock
from tests.support.sources import ROOT


@pytest.mark.parametrize(
    ("language", "asked", "title", "anchor"),
    [
        ("vi", "hoan tien", "Trả hàng hoàn tiền", "policies.refund"),
        ("de", "Erstatung", "Rückgabe und Erstattung", "policies.refund"),
        ("en", "opening hours", "Opening hours", "hours"),
    ],
)
def test_clause_is_found_and_stands_where_the_link_leads(
    plan: object, clock: StandingClock, language: str, asked: str, title: str, anchor: str
) -> None:
    visitor = Visitor(clock, language)
    page = visitor.get(f"/answers/?q={asked}")
    first = re.search(r'href="(/plan/#([^"]+))"', page.content.decode().partition('class="p-found"')[2])
    assert page.status_code == 200 and first and first[2] == anchor
    assert title in text(page)
    assert f'id="{anchor}"' in visitor.get("/plan/").content.decode()


@pytest.mark.parametrize("language", ["vi", "de", "en"])
def test_every_link_leads_to_a_place_of_the_published_plan(plan: object, clock: StandingClock, language: str) -> None:
    page = Visitor(clock, language).get("/plan/").content.decode()
    missing = [each.anchor for each in passages(plans.in_force(), language) if f'id="{each.anchor}"' not in page]
    assert not missing


def test_nothing_found_leads_to_the_forms_with_the_words_kept(visitor: Visitor) -> None:
    page = visitor.get("/answers/?q=banana+kiwi")
    assert "Nothing that we have published answers “banana kiwi”" in text(page)
    for code in ("question", "complaint", "faulty"):
        path = f"/help/{code}/?body=banana+kiwi"
        assert f'href="{path}"' in page.content.decode()
        assert "banana kiwi" in visitor.get(path).content.decode()


def test_words_are_kept_through_both_steps_of_a_form(visitor: Visitor) -> None:
    first = visitor.get("/help/faulty/?body=banana+kiwi")
    second = visitor.send("/help/faulty/", first, topic="faulty")
    assert re.search(r"<textarea[^>]*>\s*banana kiwi</textarea>", second.content.decode())


def test_nothing_asked_says_what_is_searched(visitor: Visitor) -> None:
    for path in ("/answers/", "/answers/?q=", "/answers/?q=ab"):
        page = visitor.get(path)
        assert page.status_code == 200 and 'href="/help/question/' in page.content.decode()


def test_topic_that_is_called_so_leads_to_its_form(visitor: Visitor) -> None:
    assert re.search(r'href="/help/\w+/\?topic=complaint"', visitor.get("/answers/?q=complaint").content.decode())


def test_up_to_three_are_offered_while_one_writes(visitor: Visitor) -> None:
    page = visitor.get("/answers/offered/?q=I+would+like+a+refund+for+what+does+not+suit+me")
    assert page.status_code == 200
    html = page.content.decode()
    assert 1 <= html.count("<li>") <= 3 and 'target="_blank"' in html and "<html" not in html
    assert visitor.get("/answers/offered/?q=banana").content.decode().strip() == ""


def test_what_one_writes_is_told_in_a_header_that_no_log_keeps(visitor: Visitor) -> None:
    words = "Tôi muốn được refund for what does not suit me"
    page = visitor.client.get("/answers/offered/", headers={"Tantam-Asked": quote(words)})
    assert "<li>" in page.content.decode() and "q=" not in page.request["QUERY_STRING"]
    script = (ROOT / "src/tantam/desk/portal/static/portal/answers.js").read_text(encoding="utf-8")
    assert "Tantam-Asked" in script and "?q=" not in script


def test_who_searches_faster_than_people_is_shown_the_forms(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "SEARCHES", bursts.Bursts(2))
    monkeypatch.setattr(answers, "OFFERS", bursts.Bursts(2))
    found = [visitor.get("/answers/?q=refund") for _ in range(3)]
    assert [each.status_code for each in found] == [200, 200, 429]
    assert "Search again in a minute" in text(found[2]) and "body=refund" in found[2].content.decode()
    assert visitor.client.get("/answers/?q=refund", REMOTE_ADDR="203.0.113.9").status_code == 200
    assert visitor.get("/answers/").status_code == 200  # nothing was asked
    assert [visitor.get("/answers/offered/?q=refund").status_code for _ in range(3)] == [200, 200, 429]
    visitor.clock.forward(minutes=1)
    assert visitor.get("/answers/?q=refund").status_code == 200


def test_form_offers_without_hindering_who_has_no_javascript(visitor: Visitor) -> None:
    page = visitor.get("/help/complaint/")
    assert 'data-answers="/answers/offered/"' in page.content.decode()
    assert form(page).names and "body" in form(page).names


def test_form_links_to_the_clause_it_rests_on(visitor: Visitor) -> None:
    second = visitor.second_step("return", "return_goods").content.decode()
    assert 'href="/plan/#policies.refund"' in second and "we take back for 7 days" in second
    declined = visitor.second_step("faulty", "unlocking").content.decode()
    anchor = re.search(r'href="/plan/#(limits-[^"]+)"', declined)
    assert anchor and f'id="{anchor[1]}"' in visitor.get("/plan/").content.decode()


def test_what_is_asked_stays_text(visitor: Visitor) -> None:
    assert "<script>alert" not in visitor.get("/answers/?q=<script>alert(1)</script>").content.decode()


@pytest.mark.parametrize("path", ["/answers/", "/answers/offered/"])
def test_searching_changes_nothing(visitor: Visitor, path: str) -> None:
    assert visitor.client.post(path).status_code == 405


@pytest.mark.django_db
def test_without_a_plan_the_page_says_so() -> None:
    from tantam.desk.plans.models import PlanVersion

    PlanVersion.objects.all().delete()
    assert Client().get("/answers/?q=refund").status_code == 503
