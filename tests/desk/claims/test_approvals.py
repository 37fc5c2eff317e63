"""What is beyond one's authority is asked of the level that may; it is decided once, and who asked is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tantam.desk.accounts.models import Person
from tantam.desk.cases.actions import resolve, take
from tantam.desk.cases.models import Promise
from tantam.desk.claims.actions import (
    ask_approval,
    decide_approval,
    grant,
    refuse,
    withdraw_approval,
)
from tantam.desk.claims.models import Approval, Claim
from tantam.desk.claims.passing_up import pass_up, run_out
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tantam.desk.common.money import Money
from tantam.desk.common.work import run_due
from tests.desk.cases.test_routing import away
from tests.support import desk
from tests.support.clock import StandingClock

WHY = "Khách mua ba máy, đã chờ hai tuần."


@pytest.fixture
def asked(staff: desk.Staff, claim: Claim) -> Approval:
    return ask_approval(claim, staff.agent, WHY, amount=Money(5_000_000, "VND"))


def now_is(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


# ---------------------------------------------------------------------- asking


def test_the_lowest_level_that_may_is_asked_with_reason_and_clause(asked: Approval, staff: desk.Staff) -> None:
    assert (asked.level, asked.state, asked.reason, asked.kind) == ("specialist", "waiting", WHY, "refund")
    assert asked.clause == asked.claim.clause and asked.clause.startswith("policies.refund")
    event = asked.case.events.get(code="approval_asked")
    assert event.clause == "levels.agent.authority.refund" and event.args["minor"] == 5_000_000
    assert asked.offered == [staff.specialist.pk]


def test_who_is_on_duty_is_written_to_now_and_others_as_their_shift_begins(
    claim: Claim, staff: desk.Staff, clock: StandingClock
) -> None:
    Person.objects.update(team="care")
    staff.agent.refresh_from_db()
    clock.set_to(clock.instant.replace(hour=20))  # three at night
    ask_approval(claim, staff.agent, WHY, amount=Money(5_000_000, "VND"))
    letter = DueWork.objects.get(kind="ask_for_approval")
    assert letter.payload["person"] == staff.specialist.pk and letter.due_at > clock.instant


def test_the_customers_promises_run_on_while_colleagues_decide(claim: Claim, staff: desk.Staff) -> None:
    before = list(claim.case.promises.order_by("id").values("due_at", "paused_at", "state"))
    approval = ask_approval(claim, staff.agent, WHY, amount=Money(5_000_000, "VND"))
    assert list(claim.case.promises.order_by("id").values("due_at", "paused_at", "state")) == before
    first = claim.case.promises.filter(state=Promise.State.OWED).order_by("due_at").first()
    assert first is not None and approval.asked_at < approval.due_at < first.due_at


def test_what_one_may_grant_needs_no_asking(claim: Claim, staff: desk.Staff) -> None:
    with pytest.raises(Refused, match="not_beyond"):
        ask_approval(claim, staff.specialist, WHY, amount=Money(5_000_000, "VND"))


def test_what_nobody_may_grant_is_not_asked(claim: Claim, staff: desk.Staff) -> None:
    with pytest.raises(Refused, match="nobody_may"):
        ask_approval(claim, staff.agent, WHY, amount=Money(10**12, "VND"))


@pytest.mark.parametrize(
    ("reason", "amount", "code"),
    [(" ", 5_000_000, "asks_why"), (WHY, -1, "bad_amount")],
)
def test_a_request_that_says_too_little_is_refused(
    reason: str, amount: int, code: str, claim: Claim, staff: desk.Staff
) -> None:
    with pytest.raises(Refused, match=code):
        ask_approval(claim, staff.agent, reason, amount=Money(amount, "VND"))
    assert not Approval.objects.exists()


def test_one_request_a_claim_waits_at_a_time(asked: Approval, staff: desk.Staff) -> None:
    with pytest.raises(Refused, match="asked_already"):
        ask_approval(asked.claim, staff.colleague, WHY, amount=Money(4_000_000, "VND"))


def test_an_outsider_asks_nothing(claim: Claim, staff: desk.Staff) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        ask_approval(claim, staff.outsider, WHY)


# ---------------------------------------------------------------------- deciding


def test_approved_it_is_granted_by_who_decided_and_the_customer_is_told(asked: Approval, staff: desk.Staff) -> None:
    letters = asked.case.messages.filter(direction="outgoing").count()
    done = decide_approval(asked, staff.specialist, "approve")
    assert (done.state, done.given_minor, done.decided_by) == ("approved", 5_000_000, staff.specialist)
    given = asked.claim.grants.get()
    assert (given.person, given.level, given.amount_minor) == (staff.specialist, "specialist", 5_000_000)
    assert given.reason == WHY and now_is(asked.claim).state == "granted"
    assert asked.case.messages.filter(direction="outgoing").count() == letters + 1
    told = asked.case.events.get(code="approval_given")
    assert told.args["asked_by"] == staff.agent.pk and told.clause == asked.clause


def test_the_case_stays_with_who_asked(asked: Approval, staff: desk.Staff) -> None:
    decide_approval(asked, staff.specialist, "approve")
    assert now_is(asked.case).owner == staff.agent


def test_less_may_be_approved_and_never_more(asked: Approval, staff: desk.Staff) -> None:
    for much in (5_000_000, 6_000_000):
        with pytest.raises(Refused, match="not_less"):
            decide_approval(asked, staff.specialist, "change", amount=Money(much, "VND"))
    for wrong in (Money(0, "VND"), Money(-1, "VND"), Money(1, "EUR"), None):
        with pytest.raises(Refused, match="bad_amount"):
            decide_approval(asked, staff.specialist, "change", amount=wrong)
    done = decide_approval(asked, staff.specialist, "change", amount=Money(3_000_000, "VND"), note="Đủ bù phí.")
    assert (done.state, done.given_minor, done.note) == ("changed", 3_000_000, "Đủ bù phí.")
    assert asked.claim.grants.get().amount_minor == 3_000_000


def test_not_approved_the_claim_is_still_open_and_who_asked_reads_why(asked: Approval, staff: desk.Staff) -> None:
    with pytest.raises(Refused, match="asks_why"):
        decide_approval(asked, staff.specialist, "refuse")
    done = decide_approval(asked, staff.specialist, "refuse", note="Máy còn bảo hành.")
    assert (done.state, done.note, done.given_minor) == ("refused", "Máy còn bảo hành.", None)
    assert now_is(asked.claim).state == "open" and not asked.claim.grants.exists()


def test_nobody_approves_their_own_request_nor_beyond_their_level(asked: Approval, staff: desk.Staff) -> None:
    for person, code in (
        (staff.agent, "own_approval"),
        (staff.colleague, "beyond_you"),
        (staff.outsider, "not_allowed"),
    ):
        with pytest.raises(Refused, match=code):
            decide_approval(asked, person, "approve")
    Person.objects.filter(pk=staff.agent.pk).update(level="manager")
    staff.agent.refresh_from_db()
    with pytest.raises(Refused, match="own_approval"):
        decide_approval(asked, staff.agent, "approve")
    assert now_is(asked).state == "waiting"


def test_who_stands_in_decides_by_the_level_of_who_is_away(
    asked: Approval, staff: desk.Staff, clock: StandingClock
) -> None:
    away(staff.specialist, clock, deputy=staff.colleague)
    decide_approval(asked, staff.colleague, "approve")
    given = asked.claim.grants.get()
    assert (given.person, given.level) == (staff.colleague, "specialist")


def test_standing_in_for_somebody_lets_nobody_approve_their_own(
    asked: Approval, staff: desk.Staff, clock: StandingClock
) -> None:
    away(staff.specialist, clock, deputy=staff.agent)
    with pytest.raises(Refused, match="own_approval"):
        decide_approval(asked, staff.agent, "approve")


def test_a_level_above_the_one_asked_may_decide_too(asked: Approval, staff: desk.Staff) -> None:
    assert decide_approval(asked, staff.manager, "approve").state == "approved"


def test_it_is_decided_once_and_the_second_is_told_by_whom(asked: Approval, staff: desk.Staff) -> None:
    decide_approval(asked, staff.specialist, "approve")
    with pytest.raises(Refused, match="approval_decided") as told:
        decide_approval(asked, staff.manager, "refuse", note="Không.")
    assert told.value.arguments == {"who": "Bình"}
    assert asked.claim.grants.count() == 1


# ---------------------------------------------------------------------- what ends it


def test_who_asked_may_withdraw_and_nobody_decides_it_then(asked: Approval, staff: desk.Staff) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        withdraw_approval(asked, staff.colleague)
    assert withdraw_approval(asked, staff.agent).state == "withdrawn"
    assert withdraw_approval(asked, staff.agent).state == "withdrawn"
    with pytest.raises(Refused, match="approval_ended"):
        decide_approval(asked, staff.specialist, "approve")
    assert desk.codes(asked.case).count("approval_withdrawn") == 1


def test_a_claim_that_is_decided_meanwhile_needs_no_approval(asked: Approval, staff: desk.Staff) -> None:
    grant(asked.claim, staff.specialist, amount=Money(4_000_000, "VND"), reason="Gấp.")
    assert now_is(asked).state == "withdrawn"
    assert asked.case.events.get(code="approval_withdrawn").args["by"] == "granted"


def test_a_claim_that_is_refused_or_a_case_that_is_settled_ends_it(asked: Approval, staff: desk.Staff) -> None:
    refuse(asked.claim, staff.agent, "Rất tiếc.")
    assert now_is(asked).state == "withdrawn"
    other = ask_approval(asked.claim, staff.agent, WHY, amount=Money(5_000_000, "VND"))
    resolve(other.case, staff.agent)
    assert now_is(other).state == "withdrawn"


def test_it_runs_out_and_cannot_be_decided_then(asked: Approval, staff: desk.Staff, clock: StandingClock) -> None:
    run_out({"approval": asked.pk})
    assert now_is(asked).state == "waiting"
    clock.set_to(asked.expires_at)
    with pytest.raises(Refused, match="approval_ended"):
        decide_approval(asked, staff.specialist, "approve")
    run_out({"approval": asked.pk})
    run_out({"approval": asked.pk})
    assert now_is(asked).state == "expired" and desk.codes(asked.case).count("approval_expired") == 1
    with pytest.raises(Refused, match="approval_ended"):
        withdraw_approval(asked, staff.agent)


def test_the_work_that_waits_for_its_end_ends_it(asked: Approval, clock: StandingClock) -> None:
    clock.set_to(asked.expires_at)
    while run_due():
        pass
    assert now_is(asked).state == "expired"


def test_late_it_is_passed_up_level_by_level_each_once(
    asked: Approval, staff: desk.Staff, clock: StandingClock
) -> None:
    clock.set_to(asked.due_at)
    pass_up({"approval": asked.pk, "level": "specialist"})
    pass_up({"approval": asked.pk, "level": "specialist"})
    assert now_is(asked).level == "manager"
    assert now_is(asked).offered == sorted([staff.specialist.pk, staff.manager.pk])
    pass_up({"approval": asked.pk, "level": "manager"})
    pass_up({"approval": asked.pk, "level": "director"})
    assert now_is(asked).level == "director" and desk.codes(asked.case).count("approval_passed_up") == 2


def test_a_decided_one_is_passed_nowhere(asked: Approval, staff: desk.Staff, clock: StandingClock) -> None:
    decide_approval(asked, staff.specialist, "approve")
    clock.forward(days=2)
    pass_up({"approval": asked.pk, "level": "specialist"})
    assert now_is(asked).level == "specialist"


def test_an_owner_who_did_not_ask_may_withdraw_it(asked: Approval, staff: desk.Staff) -> None:
    asked.case.owner = staff.colleague
    asked.case.save(update_fields=["owner"])
    assert withdraw_approval(asked, staff.colleague).state == "withdrawn"


def test_asking_makes_an_unowned_case_the_askers(claim: Claim, staff: desk.Staff) -> None:
    ask_approval(claim, staff.agent, WHY, amount=Money(5_000_000, "VND"))
    assert now_is(claim.case).owner == staff.agent
    assert take(claim.case, staff.agent).owner == staff.agent
    assert timedelta(days=13) < now_is(claim.approvals.get()).expires_at - claim.decided_at
