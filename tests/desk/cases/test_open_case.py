"""Opening a case: placed by the plan, promised by the plan, confirmed, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tantam.desk.cases.actions import open_case
from tantam.desk.cases.models import Case, CaseEvent, Message, Promise
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tantam.desk.plans import NoPlan, Standing
from tantam.desk.plans.models import PlanVersion
from tests.support.clock import StandingClock
from tests.support.desk import codes, concern, customer, opened, owed, purchase


def test_the_plan_places_the_case(hoa: Any) -> None:
    case = opened(hoa)
    assert (case.stage, case.severity, case.level) == ("after", "normal", "agent")


def test_what_the_customer_tells_places_the_case(hoa: Any) -> None:
    case = opened(hoa, told={"danger": "yes"})
    assert (case.severity, case.level) == ("critical", "manager")


def test_promises_come_from_the_plan_with_version_and_clause(hoa: Any, plan: Any) -> None:
    first = opened(hoa).promises.get(kind="first_reply")
    assert (first.plan_version_id, first.clause) == (plan.number, "promises#reply_normal")
    assert plan.because(first.because, "en")


def test_every_promise_has_its_deadline_among_the_due_work(hoa: Any) -> None:
    case = opened(hoa)
    due = {each.payload["promise"]: each.due_at for each in DueWork.objects.filter(kind="promise_due")}
    assert due == {each.pk: each.due_at for each in case.promises.all()}


def test_case_says_when_the_next_thing_is_due(hoa: Any) -> None:
    case = opened(hoa)
    assert case.next_due_at == min(each.due_at for each in case.promises.all())


def test_events_tell_what_happened_under_which_plan(hoa: Any, plan: Any) -> None:
    case = opened(hoa)
    assert codes(case)[0] == "opened"
    assert codes(case).count("promised") == case.promises.count()
    assert {each.plan_version_id for each in case.events.all()} == {plan.number}
    first = case.events.order_by("id")[0]
    assert (first.clause, first.actor, first.args["facts"]) == ("triage#faulty", "customer", {"danger": "no"})


def test_first_event_names_case_customer_and_purchase(hoa: Any) -> None:
    bought = purchase(hoa)
    case = opened(hoa, purchase=bought)
    args = case.events.order_by("id")[0].args
    assert (args["reference"], args["customer"], args["purchase"]) == (case.reference, str(hoa.pk), bought.number)
    assert opened(hoa).events.order_by("id")[0].args["purchase"] is None


def test_what_was_known_at_opening_is_told_so_that_it_places_the_case_again(hoa: Any, plan: Any, clock: Any) -> None:
    case = opened(hoa, purchase=purchase(hoa), told={"danger": "yes"})
    args = case.events.order_by("id")[0].args
    told = plan.read(args["facts"], Standing.TOLD, clock.instant)
    recorded = plan.read(args["recorded"], Standing.RECORDED, clock.instant)
    assert args["recorded"]["channel"] == "web" and "stage" not in recorded
    placed = plan.triage(told | recorded, clock.instant)
    assert (placed.stage, placed.severity, placed.level) == (case.stage, case.severity, case.level)
    assert plan.groups(told | recorded, clock.instant) == tuple(args["groups"])


def test_confirmation_goes_to_the_outbox_under_a_fixed_message_id(hoa: Any) -> None:
    case = opened(hoa)
    letter = case.messages.get(direction="outgoing")
    assert letter.sent_to == "hoa@example.com"
    assert case.reference in letter.body and case.reference in letter.message_id
    assert DueWork.objects.get(kind="deliver_message").payload == {"message": letter.pk}


def test_customer_without_mail_reads_the_confirmation_under_the_link(hoa: Any) -> None:
    hoa.contacts.all().delete()
    letter = opened(hoa).messages.get(direction="outgoing")
    assert letter.delivered_at is not None
    assert not DueWork.objects.filter(kind="deliver_message").exists()


def test_same_form_twice_is_one_case(hoa: Any) -> None:
    first = open_case(concern(hoa, submission="f-1"))
    again = open_case(concern(hoa, submission="f-1"))
    assert again == first
    assert Case.objects.count() == 1 and Message.objects.filter(direction="incoming").count() == 1


def test_same_mail_twice_is_one_case(hoa: Any) -> None:
    first = open_case(concern(hoa, message_id="<a@b>"))
    assert open_case(concern(hoa, message_id="<a@b>")) == first


@pytest.mark.parametrize(
    ("body", "code"), [(" \n", "says_nothing"), ("\x00", "says_nothing"), ("x" * 20_001, "too_long")]
)
def test_refused_words_leave_nothing_behind(hoa: Any, body: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        open_case(concern(hoa, body=body))
    assert refused.value.code == code and refused.value.sentence()
    assert not Case.objects.exists()


def test_failure_halfway_leaves_nothing_behind(hoa: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from tantam.desk.cases import letters

    asked_before = set(DueWork.objects.values_list("pk", flat=True))  # for the customer, who is new
    monkeypatch.setattr(letters, "render_to_string", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        opened(hoa)
    left = [each.objects.count() for each in (Case, Message, Promise, CaseEvent)]
    assert left == [0] * 4 and set(DueWork.objects.values_list("pk", flat=True)) == asked_before


def test_without_a_plan_nothing_is_opened(hoa: Any) -> None:
    brought = concern(hoa)
    PlanVersion.objects.all().delete()
    with pytest.raises(NoPlan):
        open_case(brought)


def test_null_characters_are_taken_out(hoa: Any) -> None:
    assert opened(hoa, body="a\x00b").messages.get(direction="incoming").body == "ab"


def test_subject_is_the_first_line_when_none_is_given(hoa: Any) -> None:
    assert opened(hoa, body="Máy hỏng\nTừ hôm qua").subject == "Máy hỏng"


def test_fact_of_a_term_that_the_plan_lacks_is_left_out(hoa: Any) -> None:
    from dataclasses import replace

    from tantam.desk.plans import Fact

    brought = concern(hoa)
    old = replace(brought, facts={**brought.facts, "gone": Fact("yes")})
    assert open_case(old).severity == "normal"


def test_letter_names_the_day_and_hour_in_the_companys_zone(hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    local = owed(case, "resolution").due_at + timedelta(hours=7)
    letter = case.messages.get(direction="outgoing").body
    assert f"{local:%d/%m}, {local:%H:%M}" in letter


@pytest.mark.parametrize(("lang", "word"), [("vi", "Cảm ơn"), ("de", "Vielen Dank"), ("en", "Thank you")])
def test_letter_is_in_the_language_of_the_case(hoa: Any, lang: str, word: str) -> None:
    assert word in opened(hoa, language=lang).messages.get(direction="outgoing").body


def test_letter_calls_its_reader_by_the_word_they_chose(hoa: Any) -> None:
    hoa.address = "chi"
    hoa.save()
    told, untold = opened(hoa), opened(customer("Nguyễn Văn Nam", "nam@example.com", address=""))
    said, neutral = (each.messages.get(direction="outgoing").body for each in (told, untold))
    assert "anh/chị" not in said.lower() and "chị" in said
    assert "anh/chị" in neutral.lower()
