"""A form that looks like spam waits as it was sent, with its files; its sender reads the truth, and loses nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tantam.desk.arrivals.actions import put_to_case, take_back, throw_away
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.cases.models import Case
from tantam.desk.claims.models import Claim
from tantam.desk.customers.models import Customer
from tantam.desk.files import store
from tantam.desk.files.models import Blob
from tantam.desk.portal import guard, held
from tantam.desk.portal.puzzle import solve
from tantam.desk.spam import actions
from tantam.desk.spam.score import Sign
from tests.desk.files.test_store import picture
from tests.desk.portal.pages import Visitor, form, text
from tests.support import desk
from tests.support.clock import StandingClock

BODY = "Máy giặt hỏng rồi. Nhà cái uy tín tặng 100k, nổ hũ, tài xỉu, cá cược bóng đá https://nohu.top"


@pytest.fixture
def visitor(plan: object, clock: StandingClock) -> Visitor:
    return Visitor(clock)


def _held() -> Arrival:
    return Arrival.objects.get(channel=held.CHANNEL)


def test_form_waits_and_its_sender_reads_the_truth(visitor: Visitor) -> None:
    answer = visitor.files(body=BODY)
    assert answer.headers["Location"].startswith("/received/") and not Case.objects.exists()
    said = text(visitor.get(answer.headers["Location"]))
    assert "We received it. Somebody looks at it first." in said
    assert _held().problem in (Problem.DOUBTFUL, Problem.SPAM)


def test_form_is_let_in_exactly_as_it_was_sent(visitor: Visitor, staff: desk.Staff) -> None:
    photo = SimpleUploadedFile("hong.png", picture(), "image/png")
    answer = visitor.files(body=BODY, files=photo)
    came = visitor.clock.instant
    visitor.clock.forward(hours=30)
    held.keep_files({})
    store.tidy()
    case = actions.let_in(_held(), staff.agent)
    assert (case.opened_at, case.customer.name, case.topic) == (came, "Trần Văn Lâm", "faulty")
    assert case.messages.order_by("id")[0].body == BODY
    assert case.told["fault"] == "ours" and "owned" in case.told
    assert [each.name for each in case.messages.order_by("id")[0].attachments.all()] == ["hong.png"]
    assert Claim.objects.filter(case=case).exists()
    assert visitor.get(answer.headers["Location"]).headers["Location"] == f"/c/{case.link_key}/"


def test_form_sent_twice_waits_once(visitor: Visitor, staff: desk.Staff) -> None:
    page = visitor.second_step()
    usual = {"q_danger": "no", "q_fault": "ours", "name": "Lâm", "contact": "lam@example.org", "body": BODY}
    there = [visitor.send("/help/faulty/", page, **usual).headers["Location"] for _ in range(2)]
    assert [held.found(each.split("/")[2]) for each in there] == [_held(), _held()]
    actions.let_in(_held(), staff.agent)
    assert visitor.send("/help/faulty/", page, **usual).headers["Location"].startswith("/c/")
    assert Case.objects.count() == 1


def test_who_was_taken_for_advertising_is_told(visitor: Visitor, staff: desk.Staff) -> None:
    there = visitor.files(body=BODY).headers["Location"]
    actions.call_spam(_held(), staff.agent)
    assert "took it for advertising" in text(visitor.get(there))


def test_page_leads_into_no_case_that_a_colleague_put_it_to(visitor: Visitor, staff: desk.Staff, hoa: Customer) -> None:
    there = visitor.files(body=BODY, contact="hoa@example.com").headers["Location"]
    put_to_case(_held(), desk.opened(hoa), staff.agent)
    page = visitor.get(there)
    assert page.status_code == 200 and "We received it" in text(page)


def test_whoever_types_a_customers_address_does_not_speak_for_them(
    visitor: Visitor, staff: desk.Staff, hoa: Customer
) -> None:
    visitor.files(body=BODY, contact="hoa@example.com")
    case = put_to_case(_held(), desk.opened(hoa), staff.agent)
    last = case.messages.order_by("-id")[0]
    assert (last.direction, case.messages.filter(direction="incoming").count()) == ("note", 1)
    assert "hoa@example.com" in last.body and BODY in last.body


def test_page_says_what_became_of_it(visitor: Visitor, staff: desk.Staff, hoa: Customer) -> None:
    there = visitor.files(body=BODY).headers["Location"]
    throw_away(_held(), staff.agent)
    assert "made no request of it" in text(visitor.get(there)) and "advertising" not in text(visitor.get(there))
    take_back(_held(), staff.agent)
    assert "Somebody looks at it first" in text(visitor.get(there))
    case = put_to_case(_held(), desk.opened(hoa), staff.agent)
    said = text(visitor.get(there))
    assert "It is with a request that is under way" in said and "looks at it first" not in said
    assert case.reference not in said and "Hoa" not in said


@pytest.mark.parametrize("contact", ["hoa@example.com", "lam@example.org"])
def test_files_go_with_it_into_the_case_that_a_colleague_puts_it_to(
    visitor: Visitor, staff: desk.Staff, hoa: Customer, contact: str
) -> None:
    visitor.files(body=BODY, contact=contact, files=SimpleUploadedFile("hong.png", picture(), "image/png"))
    case = put_to_case(_held(), desk.opened(hoa), staff.agent)
    last = case.messages.order_by("-id")[0]
    assert [each.name for each in last.attachments.all()] == ["hong.png"]


@pytest.mark.parametrize("key", ["x", "1:2:3", "1"])
def test_page_of_nothing_is_not_found(visitor: Visitor, key: str) -> None:
    assert visitor.get(f"/received/{key}/").status_code == 404


def test_files_of_what_waits_are_not_tidied_away(visitor: Visitor) -> None:
    visitor.files(body=BODY, files=SimpleUploadedFile("hong.png", picture(), "image/png"))
    for _ in range(5):
        visitor.clock.forward(hours=20)
        held.keep_files({})
        store.tidy()
    assert Blob.objects.count() == 1


def test_files_of_what_waits_outlast_days_without_a_worker(visitor: Visitor) -> None:
    visitor.files(body=BODY, files=SimpleUploadedFile("hong.png", picture(), "image/png"))
    visitor.clock.forward(days=4)
    store.tidy_files({})
    assert Blob.objects.count() == 1


def test_reply_under_a_private_link_is_never_held(visitor: Visitor) -> None:
    link = visitor.files().headers["Location"]
    visitor.send(f"{link}write/", visitor.get(link), body=BODY)
    assert Case.objects.get().messages.filter(direction="incoming").count() == 2 and not Arrival.objects.exists()


def test_nobody_is_asked_for_a_sum_unless_the_form_was_odd(visitor: Visitor) -> None:
    assert "proof" not in form(visitor.second_step()).hidden
    odd = visitor.send("/help/faulty/", visitor.second_step(), body="Máy hỏng", website="https://x.example")
    assert form(odd).hidden["proof"] == "" and "proof.js" in odd.content.decode()


def test_busy_network_is_asked_for_a_sum(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "FILED", guard.rate.Rate("filed", 3))
    visitor.files()
    assert "proof" in form(visitor.second_step()).hidden


def _asked(client: Client, token: guard.Seal, **more: str) -> list[Sign]:
    from django.test import RequestFactory

    told = {"token": token.token, "submission": token.submission} | more
    return guard.signs(RequestFactory().post("/", told))


@pytest.fixture
def seal(plan: Any, monkeypatch: pytest.MonkeyPatch) -> guard.Seal:
    return guard._sealed("7d5f9c1e-0000-4000-8000-000000000001", asks=True, odd=(Sign.TRAPPED,))


def test_sum_is_bound_to_its_seal(client: Client, seal: guard.Seal) -> None:
    solution = solve(seal.puzzle)
    assert _asked(client, seal, proof=solution) == [Sign.TRAPPED, Sign.PROVED]
    assert _asked(client, seal) == [Sign.TRAPPED, Sign.NO_PROOF]
    other = "7d5f9c1e-0000-4000-8000-000000000002"
    assert _asked(client, seal, proof=solution, submission=other) == [Sign.TRAPPED, Sign.BAD_PROOF]
    fresh = guard._sealed(other, asks=True, odd=())
    assert _asked(client, fresh, proof=solution) == [Sign.BAD_PROOF]


def test_seal_without_a_sum_spares_one_form_alone(client: Client, plan: Any) -> None:
    plain = guard.seal()
    assert _asked(client, plain) == []
    assert _asked(client, plain, submission="7d5f9c1e-0000-4000-8000-000000000003") == [Sign.NO_PROOF]
    assert _asked(client, plain, submission="") == [Sign.NO_PROOF]


@pytest.mark.parametrize("solution", ["1,2,3,4", "1", "x,y,z,w", "٣,٣,٣,٣", ",,,", "9" * 500])
def test_wrong_sum_is_told(client: Client, seal: guard.Seal, solution: str) -> None:
    assert Sign.BAD_PROOF in _asked(client, seal, proof=solution)


def test_form_without_the_sum_is_taken_all_the_same(visitor: Visitor) -> None:
    odd = visitor.send("/help/faulty/", visitor.second_step(), body="Máy hỏng", website="https://x.example")
    usual = {
        "q_danger": "no",
        "q_fault": "ours",
        "name": "Lâm",
        "contact": "lam@example.org",
        "body": "Máy giặt kêu to",
    }
    assert visitor.send("/help/faulty/", odd, **usual).headers["Location"].startswith("/c/")
