"""Asking for help: only what is unknown is asked, nothing typed is lost, nothing stored shows without proof."""

from __future__ import annotations

import pytest

from tantam.desk.cases.models import Case, Message
from tantam.desk.customers.models import Customer
from tantam.desk.portal.ticket import Ticket
from tests.desk.portal.pages import Visitor, form, text
from tests.support import desk
from tests.support.clock import StandingClock

HOA = {"number": "bx-1001", "contact": " Hoa@Example.com "}


@pytest.fixture
def machine(hoa: Customer) -> object:
    """The washing machine that Hoa, who is 76 and lives alone, bought."""
    Customer.objects.filter(pk=hoa.pk).update(birth_year=1950, lives_alone=True, address="ba")
    return desk.purchase(hoa)


def test_faulty_machine_is_answered_at_once(visitor: Visitor) -> None:
    page = visitor.get(visitor.files().headers["Location"])
    said = text(page)
    assert page.status_code == 200
    assert "You get a new one and pay nothing" in said
    assert "12 days" in said and "Why" in said
    assert 'href="/plan/#policies.exchange.decides-faulty"' in page.content.decode()
    assert 'id="policies.exchange.decides-faulty"' in visitor.get("/plan/").content.decode()


def test_answer_that_rests_on_words_says_so(visitor: Visitor) -> None:
    said = text(visitor.get(visitor.files().headers["Location"]))
    assert "This holds if what you told us is so" in said
    assert "write us your purchase number" in said


def test_refusal_gives_its_reason_and_a_way_on(visitor: Visitor) -> None:
    page = visitor.get(visitor.files(q_fault="none", q_owned="3 months").headers["Location"])
    assert 'class="answer no"' in page.content.decode()
    assert "a person looks at it again" in text(page)


def test_proved_purchase_is_known_and_not_asked_again(visitor: Visitor, machine: object) -> None:
    page = visitor.second_step(**HOA)
    assert "Washing machine 9 kg" in text(page) and "₫8,990,000" in text(page)
    assert set(form(page).names) & {"q_owned", "name", "contact"} == set()
    filed = visitor.send("/help/faulty/", page, q_danger="no", q_fault="ours")
    case = Case.objects.get()
    assert filed.headers["Location"] == f"/c/{case.link_key}/"
    assert case.purchase is not None and case.customer == case.purchase.customer


@pytest.mark.parametrize(
    "first",
    [
        {"number": "BX-1001", "contact": "thief@example.org"},
        {"number": "BX-9999", "contact": "hoa@example.com"},
        {"number": "BX-9999", "contact": "thief@example.org"},
    ],
)
def test_without_proof_nothing_tells_whether_the_number_exists(
    visitor: Visitor, machine: object, first: dict[str, str]
) -> None:
    page = visitor.second_step(**first)
    said = text(page)
    assert "We could not match the number" in said
    assert not [each for each in ("Washing", "Hoa", "8,990,000") if each in said]
    assert {"q_owned", "name", "contact"} <= set(form(page).names)


def test_pages_without_proof_are_alike_whether_or_not_the_number_exists(visitor: Visitor, machine: object) -> None:
    pages = [visitor.second_step(number=each, contact="thief@example.org") for each in ("BX-1001", "BX-9999")]
    assert text(pages[0]) == text(pages[1])


def test_stranger_with_a_known_address_learns_nothing_of_its_owner(visitor: Visitor, machine: object) -> None:
    filed = visitor.files(contact="hoa@example.com", name="Somebody")
    case = Case.objects.get()
    page = visitor.get(filed.headers["Location"])
    assert not [each for each in ("Hoa", "Washing", "8,990,000") if each in text(page)]
    assert case.customer.name == "Somebody" and case.purchase is None
    assert {"callback_elderly", "reply_elderly"}.isdisjoint(
        each.clause.rpartition("#")[2] for each in case.promises.all()
    )


def test_forged_ticket_proves_nothing(visitor: Visitor, machine: object) -> None:
    page = visitor.second_step(**HOA)
    hidden = form(page).hidden
    visitor.clock.forward(seconds=10)
    answer = visitor.client.post("/help/faulty/", hidden | {"ticket": hidden["ticket"][:-2] + "xx", "body": "x"})
    assert answer.status_code == 422
    assert "Washing" not in text(answer) and "name" in form(answer).names


def test_errors_stand_at_their_fields_and_nothing_typed_is_lost(visitor: Visitor) -> None:
    page = visitor.send("/help/faulty/", visitor.second_step(), body="Máy kêu to lắm", contact="0903 12x")
    html = page.content.decode()
    assert page.status_code == 422
    assert "Máy kêu to lắm" in html and 'value="0903 12x"' in html
    assert 'href="#id_contact"' in html and 'href="#id_q_fault_0"' in html
    assert html.index('role="alert"') < html.index("<form")
    assert html.count('aria-invalid="true"') >= 2
    assert not Case.objects.exists()


def test_length_that_cannot_be_read_is_said_at_its_field(visitor: Visitor) -> None:
    page = visitor.files(q_owned="long ago")
    assert page.status_code == 422
    assert "Write how long" in text(page)


def test_not_sure_leaves_the_question_open(visitor: Visitor) -> None:
    page = visitor.get(visitor.files(q_fault="~").headers["Location"])
    assert 'class="answer maybe"' in page.content.decode()


def test_answers_are_the_words_of_who_writes_no_others(visitor: Visitor) -> None:
    visitor.files(body="")
    first = Message.objects.filter(direction="incoming").get()
    assert "What is wrong?" in first.body and "it failed in normal use" in first.body


def test_form_sent_twice_is_one_case(visitor: Visitor) -> None:
    page = visitor.second_step()
    written = {"q_danger": "no", "q_fault": "ours", "name": "Lâm", "contact": "lam@example.org", "body": "x"}
    once = visitor.send("/help/faulty/", page, **written)
    twice = visitor.send("/help/faulty/", page, **written)
    assert once.headers["Location"] == twice.headers["Location"]
    assert Case.objects.count() == 1


def test_number_that_is_not_proved_reaches_a_colleague(visitor: Visitor, machine: object) -> None:
    page = visitor.second_step(number="BX-7", contact="lam@example.org")
    visitor.send("/help/faulty/", page, q_danger="no", q_fault="ours", name="Lâm", contact="lam@example.org")
    assert "BX-7" in Message.objects.get(direction="incoming").body


@pytest.mark.parametrize(
    ("choice", "topic"), [("question", "advice"), ("complaint", "complaint"), ("return", "return_goods")]
)
def test_every_choice_leads_to_a_case_with_its_topic(visitor: Visitor, choice: str, topic: str) -> None:
    path = f"/help/{choice}/"
    page = visitor.get(path)
    if "step" in form(page).hidden and form(page).hidden["step"] == "first":
        page = visitor.send(path, page, topic=topic)
    written = {"topic": topic, "body": "Xin chào", "name": "Lâm", "contact": "0903 123 412"}
    unsure = {each: "~" for each in form(page).names if each.startswith("q_")} | {"q_pieces": "", "q_owned": ""}
    answer = visitor.send(path, page, **unsure | {"q_price": ""} | written)
    assert answer.status_code == 302, text(answer)
    assert Case.objects.get().topic == topic


def test_what_the_company_does_not_do_is_said_before_anything_is_asked(visitor: Visitor) -> None:
    page = visitor.second_step(topic="data_recovery")
    assert "This we cannot do" in text(page)
    assert [each for each in form(page).names if each.startswith("q_")] == []


@pytest.mark.parametrize("language", ["vi", "de", "en"])
def test_case_speaks_the_language_of_the_page(plan: object, clock: StandingClock, language: str) -> None:
    Visitor(clock, language).files()
    assert Case.objects.get().language == language


@pytest.mark.parametrize("field", ["name", "body", "contact", "q_owned", "number"])
def test_markup_typed_anywhere_stays_text(visitor: Visitor, field: str) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    first = {"number": evil, "contact": "a@example.org"} if field == "number" else {}
    page = visitor.second_step(**{each: value[:40] for each, value in first.items()})
    answers = {"q_danger": "no", "q_fault": "ours", "name": "Lâm", "contact": "a@example.org", "body": "x"}
    written = answers | ({} if field == "number" else {field: evil})
    answer = visitor.send("/help/faulty/", page, **written)
    if answer.status_code == 302:
        answer = visitor.get(answer.headers["Location"])
    assert "<script>alert" not in answer.content.decode()
    assert "<img src=x" not in answer.content.decode()


def test_unknown_method_is_refused(visitor: Visitor) -> None:
    assert visitor.client.put("/help/faulty/").status_code == 405


def test_form_needs_its_own_secret(visitor: Visitor) -> None:
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post("/help/faulty/", {"step": "concern"}).status_code == 403


def test_form_of_address_is_asked_where_the_language_has_one(plan: object, clock: StandingClock) -> None:
    filed = Visitor(clock, "vi").files(address="ba", name="Nguyễn Thị Hoa")
    assert Case.objects.get().customer.address == "ba"
    assert "bà Hoa" in text(Visitor(clock, "vi").get(filed.headers["Location"]))
    assert "address" not in form(Visitor(clock, "en").second_step()).names


@pytest.mark.parametrize("gone", [{"policy": "gone"}, {"topic": "gone"}, {"topic": "gone", "policy": "gone"}])
def test_form_older_than_the_plan_asks_again_what_it_is_about(visitor: Visitor, gone: dict[str, str]) -> None:
    page = visitor.second_step()
    older = {"ticket": Ticket(**{"topic": "faulty", "policy": "exchange"} | gone).signed(), "body": "It is loud."}
    answer = visitor.send("/help/faulty/", page, name="Lâm", contact="lam@example.org", **older)
    assert answer.status_code == 422 and "It is loud." in answer.content.decode()
    assert 'name="topic"' in answer.content.decode()
