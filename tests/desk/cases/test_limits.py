"""What the plan says we do not do is seen at intake, declined kindly, counted; an exception needs a reason."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.desk.cases.actions import decline_by_limit, except_limit
from tantam.desk.cases.limits import exception_to, met
from tantam.desk.common.errors import Refused
from tests.support.desk import codes, opened


def test_a_refused_topic_is_declined_with_where_to_turn(hoa: Any, plan: Any) -> None:
    case = opened(hoa, topic="data_recovery", body="Cứu giúp tôi ảnh trong máy.")
    letter = case.messages.get(direction="outgoing").body
    rule = case.limit_rule
    event = case.events.get(code="limited")
    assert rule and event.clause == f"limits#{rule}" and event.args == {"rule": rule, "topic": "data_recovery"}
    words = plan.text("no_data_recovery", "vi")
    assert words[-40:].rstrip(".") in letter


def test_what_we_do_meets_no_limit(hoa: Any) -> None:
    case = opened(hoa)
    assert case.limit_rule == "" and "limited" not in codes(case)


def test_an_exception_needs_a_reason_and_is_made_once(hoa: Any, staff: Any) -> None:
    case = opened(hoa, topic="data_recovery")
    with pytest.raises(Refused) as refused:
        except_limit(case, staff.agent, " ")
    assert refused.value.code == "needs_reason"
    except_limit(case, staff.agent, "Ảnh của người chồng đã mất.")
    except_limit(case, staff.agent, "Lần nữa.")
    made = exception_to(case)
    assert made is not None and made.person == staff.agent and codes(case).count("excepted") == 1
    note = case.messages.get(pk=made.args["message"])
    assert note.direction == "note" and note.body == "Ảnh của người chồng đã mất."


def test_there_is_no_exception_where_there_is_no_limit(hoa: Any, staff: Any) -> None:
    with pytest.raises(Refused) as refused:
        except_limit(opened(hoa), staff.agent, "Vì sao không.")
    assert refused.value.code == "no_limit"


def test_a_colleague_declines_what_intake_could_not_see(hoa: Any, staff: Any, plan: Any) -> None:
    case = opened(hoa, topic="faulty")
    rule = opened(hoa, topic="unlocking").limit_rule
    decline_by_limit(case, staff.agent, rule)
    decline_by_limit(case, staff.agent, rule)
    case.refresh_from_db()
    assert case.limit_rule == rule and codes(case).count("limited") == 1 and codes(case).count("replied") == 1
    assert case.promises.get(kind="first_reply").state == "kept"
    with pytest.raises(Refused) as refused:
        decline_by_limit(case, staff.agent, "none_such")
    assert refused.value.code == "unknown_limit"


def test_limits_met_and_excepted_are_listed_newest_first(hoa: Any, staff: Any) -> None:
    case = opened(hoa, topic="data_recovery")
    except_limit(case, staff.agent, "Ảnh của người chồng đã mất.")
    assert [each.code for each in met()] == ["excepted", "limited"]
