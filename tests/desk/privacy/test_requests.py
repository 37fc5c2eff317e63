"""What somebody asks about their data is owed by the plan's day, on a case; proven, extended once, ended by letter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from tantam.desk.cases import actions as on_cases
from tantam.desk.cases import outbox
from tantam.desk.cases.models import Case, CaseEvent, Message, Promise
from tantam.desk.common import work
from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import Customer
from tantam.desk.plans import RunningPlan, rights
from tantam.desk.privacy.actions import Asked, end_request, note_request, prove_person, take_longer
from tantam.desk.privacy.models import Erasure, Request
from tests.support import desk
from tests.support.clock import StandingClock

Kind, Way, Result = Request.Kind, Request.Way, Request.Result
READ = Asked(Kind.READ, Way.PHONE, "Cho tôi xem dữ liệu")
ERASE = Asked(Kind.ERASE, Way.MAIL)


def _letters(case: Case) -> list[str]:
    sent = case.messages.filter(direction=Message.Direction.OUTGOING).order_by("pk")
    return list(sent.values_list("body", flat=True))


def _run() -> None:
    while work.run_due():
        pass


def test_request_is_owed_on_a_case_by_the_plans_day(hoa: Customer, staff: desk.Staff, plan: RunningPlan) -> None:
    made = note_request(hoa, READ, staff.agent)

    owed = rights.right(plan, Kind.READ, made.asked_at)
    assert owed is not None
    promise = made.case.promises.get(kind="personal_data")
    assert made.due_at == promise.due_at == owed.due
    assert (made.clause, promise.clause, promise.state) == ("privacy.requests",) * 2 + (Promise.State.OWED,)
    assert CaseEvent.objects.get(code="privacy_asked").args == {"request": made.pk, "kind": "read", "way": "phone"}


def test_asked_twice_it_is_one_request_until_it_ended(hoa: Customer, staff: desk.Staff) -> None:
    first = note_request(hoa, READ, staff.agent)
    assert note_request(hoa, READ).pk == first.pk
    assert note_request(hoa, ERASE).pk != first.pk
    end_request(first, staff.manager, Result.TAKEN_BACK)
    assert note_request(hoa, READ).pk != first.pk


def test_clock_of_the_law_does_not_stand_while_they_are_asked_something(hoa: Customer, staff: desk.Staff) -> None:
    made = note_request(hoa, READ, staff.agent)
    on_cases.ask_customer(made.case, staff.agent, "Anh/chị cho em xin số điện thoại?")
    assert made.case.promises.get(kind="personal_data").paused_at is None


def test_nothing_is_given_out_before_somebody_knows_who_asks(hoa: Customer, staff: desk.Staff) -> None:
    made = note_request(hoa, READ, staff.agent)
    with pytest.raises(Refused, match="request_not_proven"):
        end_request(made, staff.manager, Result.GIVEN)
    with pytest.raises(Refused, match="needs_reason"):
        prove_person(made, staff.manager, "  ")
    proven = prove_person(made, staff.manager, "Gọi lại số đã lưu")
    assert (proven.proof, proven.proven_by) == (Request.COLLEAGUE, staff.manager)

    ended = end_request(made, staff.manager, Result.GIVEN)
    assert (ended.result, ended.case.promises.get(kind="personal_data").state) == (Result.GIVEN, Promise.State.KEPT)
    assert Case.objects.get().status == Case.Status.RESOLVED
    assert len(_letters(ended.case)) == 2, "that it came in, and the answer"
    with pytest.raises(Refused, match="request_ended"):
        end_request(made, staff.manager, Result.GIVEN)


def test_refusal_needs_its_reason_and_no_proof(hoa: Customer, staff: desk.Staff) -> None:
    made = note_request(hoa, READ, staff.agent)
    with pytest.raises(Refused, match="needs_reason"):
        end_request(made, staff.manager, Result.REFUSED)
    end_request(made, staff.manager, Result.REFUSED, "Chúng tôi không nhận ra anh/chị.")
    assert "không nhận ra" in _letters(made.case)[-1]


def test_it_takes_longer_once_and_they_are_told_why(
    hoa: Customer, staff: desk.Staff, plan: RunningPlan, clock: StandingClock
) -> None:
    made = note_request(hoa, READ, staff.agent)
    owed = rights.right(plan, Kind.READ, made.asked_at)
    assert owed is not None and owed.longest is not None
    longer = take_longer(made, staff.manager, "Nhiều hồ sơ cũ")

    assert longer.due_at == made.case.promises.get(kind="personal_data").due_at == owed.longest
    assert "Nhiều hồ sơ cũ" in _letters(made.case)[-1]
    with pytest.raises(Refused, match="request_no_longer"):
        take_longer(made, staff.manager, "Lại thêm")


def test_nobody_takes_longer_once_it_is_late(hoa: Customer, staff: desk.Staff, clock: StandingClock) -> None:
    made = note_request(hoa, READ, staff.agent)
    assert made.due_at is not None
    clock.set_to(made.due_at + timedelta(minutes=1))
    with pytest.raises(Refused, match="request_no_longer"):
        take_longer(made, staff.manager, "Nhiều hồ sơ cũ")
    _run()
    assert made.case.promises.get(kind="personal_data").state == Promise.State.BROKEN


def test_who_is_erased_is_told_first(hoa: Customer, staff: desk.Staff, clock: StandingClock) -> None:
    made = note_request(hoa, ERASE)
    end_request(made, staff.manager, Result.ERASED)
    _run()
    assert not Erasure.objects.exists(), "the letter is not out yet, and nobody would know where to send it"

    letter = made.case.messages.order_by("pk").last()
    assert letter is not None and letter.sent_to
    outbox.delivered(letter, clock.instant)
    clock.forward(minutes=11)
    _run()
    hoa.refresh_from_db()
    assert Erasure.objects.get(customer=hoa).done_at is not None and hoa.name.startswith("#")


def test_letter_that_never_goes_out_keeps_nobodys_data(hoa: Customer, staff: desk.Staff, clock: StandingClock) -> None:
    end_request(note_request(hoa, ERASE), staff.manager, Result.ERASED)
    clock.forward(days=4)
    _run()
    assert Erasure.objects.filter(customer=hoa).exists()


def test_nobody_is_erased_while_something_else_is_under_way(hoa: Customer, staff: desk.Staff) -> None:
    desk.opened(hoa)
    made = note_request(hoa, ERASE)
    with pytest.raises(Refused, match="erase_open_cases"):
        end_request(made, staff.manager, Result.ERASED)
    assert Request.objects.get(pk=made.pk).ended_at is None


def test_only_managers_of_the_house_answer(hoa: Customer, staff: desk.Staff) -> None:
    made = note_request(hoa, READ, staff.agent)
    for refused in (
        lambda: prove_person(made, staff.agent, "Tôi biết"),
        lambda: take_longer(made, staff.agent, "Bận"),
        lambda: end_request(made, staff.agent, Result.TAKEN_BACK),
    ):
        with pytest.raises(Refused, match="not_allowed"):
            refused()


def _signed_in(as_whom: Any) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(as_whom)
    return client


def test_list_shows_what_is_due_first_and_is_for_managers_alone(hoa: Customer, staff: desk.Staff) -> None:
    made = note_request(hoa, READ, staff.agent)
    assert _signed_in(staff.agent).get("/desk/requests/").status_code == 404
    page = _signed_in(staff.manager).get("/desk/requests/")
    assert made.case.reference in page.content.decode()
    assert made.case.reference not in _signed_in(staff.manager).get("/desk/requests/?show=ended").content.decode()


def test_ten_times_as_many_requests_ask_no_more_queries(staff: desk.Staff, django_assert_max_num_queries: Any) -> None:
    manager = _signed_in(staff.manager)
    for number in range(12):
        note_request(desk.customer(f"Khách {number}"), READ, staff.agent)
    manager.get("/desk/requests/")
    with django_assert_max_num_queries(10):
        manager.get("/desk/requests/")


def test_page_of_one_proves_and_ends_it_and_keeps_what_was_typed(hoa: Customer, staff: desk.Staff) -> None:
    made = note_request(hoa, READ, staff.agent)
    manager, at = _signed_in(staff.manager), f"/desk/requests/{made.pk}/"
    early = manager.post(at, {"do": "end", "result": "given", "body": "Gửi anh/chị"})
    assert early.status_code == 409 and "Gửi anh/chị" in early.content.decode()
    assert manager.post(at, {"do": "prove", "how": "CCCD"}).status_code == 302
    assert manager.post(at, {"do": "end", "result": "given", "body": ""}).status_code == 302
    assert Request.objects.get(pk=made.pk).result == Result.GIVEN
    assert _signed_in(staff.agent).get(at).status_code == 404


def test_colleague_notes_what_reached_them(hoa: Customer, staff: desk.Staff) -> None:
    at = f"/desk/customers/{hoa.pk}/requests/"
    agent = _signed_in(staff.agent)
    assert agent.get(at).status_code == 200
    assert agent.post(at, {"kind": "read", "way": "letter", "words": "Thư"}).status_code == 302
    made = Request.objects.get()
    assert (made.noted_by, made.way, made.proven_at) == (staff.agent, "letter", None)
    wrong = agent.post(at, {"kind": "sell", "way": "letter", "words": "Thư viết tay"})
    assert wrong.status_code == 422 and "Thư viết tay" in wrong.content.decode()


def test_subject_is_in_the_customers_language_whoever_notes_it(hoa: Customer, staff: desk.Staff) -> None:
    with override("de"):
        made = note_request(hoa, READ, staff.agent)
    with override(hoa.language):
        assert made.case.subject == str(Kind.READ.label)
