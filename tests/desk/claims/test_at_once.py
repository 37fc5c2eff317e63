"""Two decide, ask or route at the same moment: one is first, the other sees it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tantam.desk.cases.models import Case
from tantam.desk.cases.routing.route import route_case
from tantam.desk.claims.actions import ask_approval, decide_approval, file_claim, withdraw_approval
from tantam.desk.claims.models import Claim
from tantam.desk.common.errors import Refused
from tantam.desk.common.money import Money
from tests.support import desk, ladder
from tests.support.clock import StandingClock
from tests.support.together import together

ROUNDS = 4
SOME = Money(5_000_000, "VND")


@pytest.fixture
def staff(transactional_db: None, clock: StandingClock) -> Iterator[desk.Staff]:
    """People at a desk whose changes are really committed."""
    desk.put_in_force()
    yield desk.hire()


def claimed(number: int) -> Claim:
    hoa = desk.customer(mail=f"{number}@example.com")
    bought = desk.purchase(hoa, number=f"BX-{number}")
    told = {"condition": "like_new"}
    return file_claim(desk.concern(hoa, purchase=bought, topic="refund", told=told), policy="refund")


def test_of_two_who_decide_one_wins_and_the_other_is_told(staff: desk.Staff) -> None:
    for each in range(ROUNDS):
        claim = claimed(each)
        approval = ask_approval(claim, staff.agent, "Gấp.", amount=SOME)
        results = together(
            lambda a=approval: decide_approval(a, staff.specialist, "approve"),
            lambda a=approval: decide_approval(a, staff.manager, "refuse", note="Không."),
        )
        assert [one.code for one in results if isinstance(one, Refused)] == ["approval_decided"]
        approval.refresh_from_db()
        assert claim.grants.count() == (approval.state == "approved")


def test_of_two_who_ask_one_asks(staff: desk.Staff) -> None:
    claim = claimed(1)
    results = together(
        lambda: ask_approval(claim, staff.agent, "Gấp.", amount=SOME),
        lambda: ask_approval(claim, staff.colleague, "Gấp.", amount=SOME),
    )
    assert [one.code for one in results if isinstance(one, Refused)] == ["asked_already"]
    assert claim.approvals.count() == 1


def test_withdrawn_and_approved_at_once_is_one_of_both(staff: desk.Staff) -> None:
    for each in range(ROUNDS):
        claim = claimed(each)
        approval = ask_approval(claim, staff.agent, "Gấp.", amount=SOME)
        results = together(
            lambda a=approval: decide_approval(a, staff.specialist, "approve"),
            lambda a=approval: withdraw_approval(a, staff.agent),
        )
        assert len([one for one in results if isinstance(one, Refused)]) == 1
        approval.refresh_from_db()
        assert claim.grants.count() == (approval.state == "approved")


def test_cases_routed_at_once_are_shared_fairly(transactional_db: None, clock: StandingClock, tmp_path: Path) -> None:
    ladder.with_agents(tmp_path, "escalates_to: specialist\n    assign: give")
    staff = desk.hire()
    cases = [desk.opened(desk.customer(mail=f"{each}@example.com")) for each in range(8)]
    deeds = [lambda c=case: route_case({"case": c.pk}) for case in cases]
    results = together(*deeds)
    assert not [one for one in results if isinstance(one, Exception)], results
    owners = list(Case.objects.values_list("owner", flat=True))
    assert owners.count(staff.agent.pk) == owners.count(staff.colleague.pk) == 4


def test_one_case_routed_twice_at_once_has_one_owner(
    transactional_db: None, clock: StandingClock, tmp_path: Path
) -> None:
    ladder.with_agents(tmp_path, "escalates_to: specialist\n    assign: give")
    desk.hire()
    case = desk.opened(desk.customer())
    together(*[lambda: route_case({"case": case.pk})] * 4)
    assert desk.codes(case).count("taken") == 1
