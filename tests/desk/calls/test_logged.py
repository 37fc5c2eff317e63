"""A call that a colleague writes down stands on a case of the customer, with who called whom and how long."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tantam.desk.calls.actions import Logged, log_call
from tantam.desk.calls.models import Call
from tantam.desk.cases import actions
from tantam.desk.cases.models import Case, Promise
from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import Customer
from tantam.desk.plans import RunningPlan
from tests.support import desk
from tests.support.desk import Staff
from tests.support.phone import NUMBER


def _logged(of: Customer, words: str = "Máy vẫn kêu.", **more: object) -> Logged:
    return Logged(**{"customer": of, "words": words, "incoming": True, "number": NUMBER} | more)


def test_it_opens_a_case_whose_first_words_it_is(hoa: Customer, staff: Staff, plan: RunningPlan) -> None:
    case = log_call(_logged(hoa, length=timedelta(minutes=3), submission="f1"), staff.agent, plan)
    message, call = case.messages.get(), Call.objects.get()
    assert (case.channel, case.owner, message.body) == ("phone", staff.agent, "Máy vẫn kêu.")
    assert case.events.get(code="called_us").args == {"message": message.pk, "call": call.pk, "seconds": 180}
    assert desk.owed(case, "first_reply").state == Promise.State.KEPT
    assert log_call(_logged(hoa, submission="f1"), staff.agent, plan) == case
    assert Call.objects.count() == 1


@pytest.mark.parametrize("incoming, direction", [(True, "incoming"), (False, "outgoing")])
def test_it_stands_on_the_case_that_is_chosen(
    hoa: Customer, staff: Staff, plan: RunningPlan, incoming: bool, direction: str
) -> None:
    case = desk.opened(hoa)
    for _ in range(2):
        assert log_call(_logged(hoa, case=case, incoming=incoming, submission="f1"), staff.agent, plan) == case
    said = case.messages.filter(channel="phone").get()
    assert said.direction == direction
    assert desk.owed(case, "first_reply").state == Promise.State.KEPT


def test_their_word_opens_what_was_settled_and_lets_clocks_run(hoa: Customer, staff: Staff, plan: RunningPlan) -> None:
    settled, waiting = desk.opened(hoa), desk.opened(hoa)
    actions.resolve(settled, staff.agent)
    actions.ask_customer(waiting, staff.agent, "Máy kêu thế nào?")
    for each in (settled, waiting):
        log_call(_logged(hoa, case=each), staff.agent, plan)
        each.refresh_from_db()
        assert each.status == Case.Status.OPEN


def test_nothing_is_kept_of_a_call_without_words_or_by_nobody_of_ours(
    hoa: Customer, staff: Staff, plan: RunningPlan
) -> None:
    for case in (None, desk.opened(hoa)):
        with pytest.raises(Refused, match="says_nothing"):
            log_call(_logged(hoa, " ", case=case), staff.agent, plan)
    with pytest.raises(Refused, match="not_allowed"):
        log_call(_logged(hoa), staff.outsider, plan)
    assert not Call.objects.exists()
