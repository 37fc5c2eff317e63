"""No decline stands alone: what we can do, and the next person; one button, and an answer is owed."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from tantam.desk import plans
from tantam.desk.cases.actions import ask_higher, reply
from tantam.desk.cases.helping import beside_no
from tantam.desk.cases.models import Case, Message, Promise
from tantam.desk.claims.actions import file_claim
from tantam.desk.claims.models import Claim
from tantam.desk.customers.models import Customer
from tantam.desk.plans import RunningPlan, helping, limits
from tantam.desk.plans.models import PlanVersion
from tantam.desk.plans.topics import topics
from tests.desk.portal.pages import Visitor, forms, text
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.plans import company
from tests.support.sources import ROOT

COMPANIES = sorted(each.name for each in (ROOT / "plans").iterdir() if (each / "plan.yaml").exists())


@pytest.fixture
def refused(hoa: Customer) -> Claim:
    bought = desk.purchase(hoa, days_ago=40)
    return file_claim(desk.concern(hoa, purchase=bought, topic="price_drop"), policy="price_promise")


@pytest.fixture
def visitor(plan: object, clock: StandingClock) -> Visitor:
    return Visitor(clock)


def _letter(claim: Claim) -> str:
    return claim.case.messages.filter(direction=Message.Direction.OUTGOING).latest("id").body


@pytest.mark.parametrize("name", COMPANIES)
def test_every_no_of_every_plan_says_what_we_can_do_and_who_is_next(name: str) -> None:
    plan = RunningPlan(PlanVersion(number=1), company(name))
    named = {each.name for each in topics(plan, plan.languages[0])} | {each.topic for each in limits.rules(plan)} | {""}
    for lang in plan.languages:
        for topic in sorted(named):
            instead = helping.instead(plan, topic, lang)
            assert instead and all(instead), (name, topic, lang)
        for level in plan.levels():
            above = helping.above(plan, level, lang)
            with translation.override(lang):
                said = render_to_string("cases/letters/no.txt", {"instead": instead, "above": above})
            assert instead[0] in said and (not above or above in said)
            assert said.strip().split("\n")[-1].strip() != instead[-1], "nothing is said of the next person"


def test_what_the_plan_says_goes_before_what_we_always_say() -> None:
    plan = RunningPlan(PlanVersion(number=1), company("ben-xuan"))
    assert helping.instead(plan, "unlocking", "en") == (helping.first_aid(plan, "unlocking", "en"),)
    assert "another way" in helping.instead(plan, "price_drop", "en")[0]


def test_a_policys_no_says_it_in_the_letter_and_on_the_page(visitor: Visitor, refused: Claim) -> None:
    assert refused.state == Claim.State.REFUSED
    assert "Nhân viên sẽ cùng anh/chị tìm cách khác" in _letter(refused) or "another way" in _letter(refused)
    page = text(visitor.get(f"/c/{refused.case.link_key}/"))
    assert "What we can do for you" in page and "the next to decide is: Specialist" in page and "Ask a person" in page


def test_at_the_highest_level_it_says_who_decided_and_where_to_turn(visitor: Visitor, refused: Claim) -> None:
    Case.objects.filter(pk=refused.case_id).update(level="director")
    page = visitor.get(f"/c/{refused.case.link_key}/")
    said = text(page)
    assert "highest level that decides with us is: Director" in said and "1800 6838" in said
    assert "Ask a person" not in said and 'href="#write"' in page.content.decode()
    refused.case.refresh_from_db()
    told = beside_no(refused.case, plans.in_force(), "de")
    assert (told["above"], told["last"]) == ("", "Geschäftsführung") and "Schlichtung" in told["beyond"]
    with translation.override("de"):
        letter = render_to_string("cases/letters/no.txt", dict(told))
    assert "Geschäftsführung" in letter and "Schlichtung" in letter


@pytest.mark.parametrize("name", COMPANIES)
def test_whoever_stands_highest_is_named(name: str) -> None:
    plan = RunningPlan(PlanVersion(number=1), company(name))
    for lang in plan.languages:
        for level in plan.levels():
            assert bool(helping.above(plan, level, lang)) != bool(helping.beyond(plan, level, lang)[0])


def test_a_limits_no_says_it_in_the_letter_and_on_the_page(visitor: Visitor, hoa: Customer) -> None:
    case = desk.opened(hoa, topic="unlocking")
    words = helping.first_aid(plans.in_force(), "unlocking", case.language)
    assert words in case.messages.filter(direction=Message.Direction.OUTGOING).latest("id").body
    assert "Ask a person" in text(visitor.get(f"/c/{case.link_key}/"))


def test_one_button_brings_it_to_the_next_person_and_an_answer_is_owed(
    visitor: Visitor, refused: Claim, staff: desk.Staff, clock: StandingClock
) -> None:
    case = refused.case
    reply(case, staff.agent, "Dạ, quá hạn rồi ạ.")
    clock.forward(minutes=5)
    owed = case.promises.filter(kind="first_reply", state=Promise.State.OWED)
    assert not owed.exists()
    path = f"/c/{case.link_key}/higher/"
    assert path in forms(visitor.get(f"/c/{case.link_key}/"))
    visitor.client.post(path)
    case.refresh_from_db()
    assert case.level == "specialist" and owed.count() == 1
    ask_higher(case)
    assert owed.count() == 1
    assert "Ask a person" not in text(visitor.get(f"/c/{case.link_key}/"))


def test_first_aid_is_shown_when_the_topic_is_chosen_and_in_the_confirmation(visitor: Visitor, hoa: Customer) -> None:
    assert "pull the plug" in text(visitor.second_step())
    case = desk.opened(hoa, topic="faulty")
    words = helping.first_aid(plans.in_force(), "faulty", case.language)
    assert words in case.messages.filter(direction=Message.Direction.OUTGOING).latest("id").body
    assert "pull the plug" in text(visitor.get(f"/c/{case.link_key}/"))
