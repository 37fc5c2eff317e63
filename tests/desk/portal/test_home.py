"""The first page: who is there, four ways on, the plan in its visitor's language, and no figure that is not real."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tantam.desk.cases.actions import break_promise, reply
from tantam.desk.plans.models import PlanVersion
from tantam.desk.portal.choices import FAULTY_KINDS, HEARING_KINDS
from tantam.plan import sections
from tests.desk.portal.pages import Visitor, text
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.sources import ROOT

CHOICES = ("faulty", "return", "question", "complaint")


def test_four_choices_lead_on(visitor: Visitor) -> None:
    html = visitor.get("/").content.decode()
    assert [each for each in CHOICES if f'href="/help/{each}/"' in html] == list(CHOICES)


@pytest.mark.parametrize("language", ["vi", "de", "en"])
def test_colleagues_read_no_word_of_buying(visitor: Visitor, language: str) -> None:
    plan = sections.read(ROOT / "plans/it-service")
    frozen = sections.freeze(plan, version=77, today=desk.FROZEN_ON)
    since = desk.LONG_AGO + timedelta(days=1)
    PlanVersion.objects.create(number=77, hash=plan.hash, frozen=frozen, in_force_from=since, enacted_at=since)
    pages = [text(visitor.get(f"/{each}?lang={language}")) for each in ("", *(f"help/{code}/" for code in CHOICES))]
    assert "Hòa Phong" in pages[0]
    for word in ("buying", "bought", "urchase", "efund", "Kauf", "gekauft", "rstattung", "khi mua", "đơn hàng"):
        assert not [each for each in pages if word in each], word
    fails = {"vi": "Máy, mạng hoặc", "de": "Gerät, Netz", "en": "A device, the network"}[language]
    assert fails in pages[1 + CHOICES.index("faulty")]


@pytest.mark.parametrize("kinds", [FAULTY_KINDS, HEARING_KINDS])
def test_reference_says_which_policies_stand_under_a_choice(kinds: frozenset[str]) -> None:
    page = (ROOT / "docs/reference/plan.md").read_text(encoding="utf-8").partition("## Topics")[2]
    row = next(line for line in page.splitlines() if all(f"`{each}`" in line for each in kinds if each))
    assert row.startswith("| Something is faulty" if kinds is FAULTY_KINDS else "| Complaint")


def test_open_hours_are_those_of_the_plan(visitor: Visitor, clock: StandingClock) -> None:
    assert "Open now, until 12:00" in text(visitor.get("/"))
    clock.forward(hours=13)
    assert "Closed just now. We are back Thu 08:00" in text(visitor.get("/"))


def test_quickest_way_in_is_one_that_is_open(visitor: Visitor, clock: StandingClock) -> None:
    assert 'href="tel:19000000"' in visitor.get("/").content.decode()
    clock.forward(hours=14)  # midnight in Vietnam: the hotline is closed
    assert 'href="mailto:' in visitor.get("/").content.decode()


def test_no_share_is_shown_while_nothing_was_promised(visitor: Visitor) -> None:
    assert 'class="vows"' not in visitor.get("/").content.decode()


def test_shares_are_those_of_the_ledger(visitor: Visitor, clock: StandingClock, staff: desk.Staff) -> None:
    opened = [desk.opened(desk.customer(name=f"Khách {n}", mail=f"k{n}@example.com")) for n in range(12)]
    for each in opened[:11]:
        reply(each, staff.agent, "Dạ, chúng tôi xem ngay.")
    clock.forward(hours=6)
    late = opened[11].promises.get(kind="first_reply")
    assert break_promise(late.pk)
    clock.forward(minutes=1)
    page = visitor.get("/")
    assert "First reply: usually within 4 hours, within 1 working day at the latest 11 of 12 kept" in text(page)
    assert 'href="/plan/#promises"' in page.content.decode()


@pytest.mark.parametrize(("language", "words"), [("vi", "Bến Xuân"), ("de", "Umtausch"), ("en", "exchanged")])
def test_published_plan_speaks_the_visitors_language(plan: object, clock: object, language: str, words: str) -> None:
    page = Client().get(f"/plan/?lang={language}")
    assert page.status_code == 200
    assert words in page.content.decode()


@pytest.mark.parametrize("path", ["/", "/plan/"])
def test_pages_to_read_take_no_post(visitor: Visitor, path: str) -> None:
    assert visitor.client.post(path).status_code == 405


def test_unknown_choice_is_not_found(visitor: Visitor) -> None:
    assert visitor.get("/help/nonsense/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/plan/", "/help/faulty/"])
def test_without_a_plan_the_page_says_so(path: str) -> None:
    from tantam.desk.plans.models import PlanVersion

    PlanVersion.objects.all().delete()
    page = Client().get(path)
    assert page.status_code == 503


def test_page_weighs_little_and_needs_no_inline_code(visitor: Visitor) -> None:
    page = visitor.get("/")
    html = page.content.decode()
    assert len(page.content) < 20_000
    assert "<script>" not in html and "style=" not in html and " on" + "click" not in html
    assert "'unsafe" not in page.headers["Content-Security-Policy"]
