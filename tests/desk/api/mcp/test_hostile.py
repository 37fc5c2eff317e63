"""An assistant that was led astray: whatever it tries, the doors hold, and what it tried is on record."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tantam.desk.accounts.models import Person, Role
from tantam.desk.api import rates, scopes
from tantam.desk.api.actions import (
    NewAssistant,
    NewToken,
    admit_assistant,
    dismiss_assistant,
    make_token,
    turn_assistant,
)
from tantam.desk.api.mcp import calls
from tantam.desk.api.mcp.calling import Calling
from tantam.desk.api.models import ApiToken
from tantam.desk.assistants.access import Reached
from tantam.desk.assistants.models import Doing
from tantam.desk.assistants.whom import Assistant
from tantam.desk.cases.act import has_news
from tantam.desk.cases.actions import resolve, take
from tantam.desk.cases.links import private_link
from tantam.desk.cases.models import Case
from tantam.desk.cases.routing import watching
from tantam.desk.claims.actions import file_claim
from tantam.desk.claims.models import Grant
from tantam.desk.common import rate
from tantam.desk.common.errors import Refused
from tantam.desk.plans import in_force
from tests.support import assistants, desk
from tests.support.assistants import Helper, admitted

PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
TOOLS_WITH_A_CASE = {
    "follow_case": {},
    "customer_data": {},
    "hand_over": {"summary": "s"},
    "add_message": {"words": "w"},
    "choose": {"outcome": "o"},
    "draft_reply": {"words": "w"},
    "grant": {"claim": "1"},
    "decide": {"policy": "exchange"},
}


@pytest.fixture
def plan(db: None, clock: Any) -> Any:
    return assistants.put_in_force()


@pytest.fixture
def helper(staff: Any) -> Helper:
    return admitted(staff.manager)


@pytest.fixture
def free(staff: Any) -> Helper:
    return admitted(staff.manager, "free_helper")


def test_looking_and_being_refused_is_no_news_and_moves_no_case(
    helper: Helper, staff: Any, hoa: Any, clock: Any
) -> None:
    case = desk.opened(hoa)
    seen = case.events.latest("pk").pk
    clock.forward(days=400)
    helper.call("customer_data", case=case.reference)
    helper.refused("grant", case=case.reference, claim="1")
    assert desk.codes(case)[-2:] == ["assistant_looked", "assistant_refused"]
    assert not has_news(case, seen)
    assert [each.case for each in watching.unmoved(staff.manager, clock.instant)] == [case]


@pytest.mark.parametrize("tool", TOOLS_WITH_A_CASE)
def test_case_out_of_scope_is_as_one_that_never_was(helper: Helper, hoa: Any, tool: str) -> None:
    other = desk.opened(hoa, topic="delivery")
    before = desk.codes(other)
    asked = TOOLS_WITH_A_CASE[tool]
    theirs = helper.refused(tool, case=other.reference, **asked)
    nobodys = helper.refused(tool, case="ZZZZ-ZZZZ", **asked)
    assert theirs == nobodys and "private link" in theirs
    assert desk.codes(other) == before
    assert set(Doing.objects.values_list("outcome", "code", "case")) == {("refused", "not_found", None)}


@pytest.mark.parametrize("tool", TOOLS_WITH_A_CASE)
def test_token_of_one_customer_reaches_no_other(staff: Any, hoa: Any, tool: str) -> None:
    lan = desk.customer("Lan", "lan@example.com")
    bound, theirs = admitted(staff.manager, "front", customer=lan), desk.opened(hoa)
    for named in (theirs.reference, str(theirs.pk), private_link(theirs)):
        assert "private link" in bound.refused(tool, case=named, **TOOLS_WITH_A_CASE[tool])
    assert not Doing.objects.exclude(outcome="refused").exists()


def test_token_of_one_customer_serves_them_alone(staff: Any, hoa: Any) -> None:
    bought, lan = desk.purchase(hoa), desk.customer("Lan", "lan@example.com")
    desk.purchase(lan, number="BX-2002")
    bound = admitted(staff.manager, "front", customer=hoa)
    told = bound.call("customer_data")
    assert [each["number"] for each in told["purchases"]] == [bought.number]
    assert bound.call("decide", policy="exchange", facts={"fault": "ours"}, purchase="BX-1001")["outcome"] == "replace"
    assert "not yours" in bound.refused("decide", policy="exchange", purchase="BX-2002")
    opened = bound.call("open_case", words="It is loud.", topic="faulty", purchase="BX-1001")
    case = Case.objects.get(reference=opened["case"])
    assert case.customer_id == hoa.pk and case.purchase_id == bought.pk
    assert bound.call("add_message", case=case.reference, words="Still.")["status"] == "open"
    assert "not in your scope" in bound.refused("draft_reply", case=case.reference, words="Granted!")


def test_token_of_some_topics_opens_and_reaches_no_others(staff: Any, hoa: Any) -> None:
    some = admitted(staff.manager, "front", topics=("delivery",))
    faulty = desk.opened(hoa)
    words = {"words": "It is loud.", "contact": "a@example.com"}
    assert "private link" in some.refused("follow_case", case=private_link(faulty))
    assert "scope" in some.refused("open_case", topic="faulty", **words)
    assert some.call("open_case", topic="delivery", **words)["case"]


def test_front_that_the_plan_gives_no_topics_has_no_case_without_a_link(staff: Any, hoa: Any) -> None:
    front, case = admitted(staff.manager, "front"), desk.opened(hoa)
    assert "private link" in front.refused("follow_case", case=case.reference)
    assert front.call("follow_case", case=private_link(case))["case"] == case.reference
    assert "scope" in front.refused("draft_reply", case=private_link(case), words="Yes.")


def test_opening_a_case_in_somebody_s_name_shows_nothing_of_theirs(staff: Any, hoa: Any) -> None:
    desk.purchase(hoa)
    front = admitted(staff.manager, "front")
    opened = front.call("open_case", words="Hello", contact="hoa@example.com", name=hoa.name, topic="faulty")
    told = front.call("customer_data", case=opened["link"])
    assert (told["name"], told["purchases"], told["cases"]) == ("", [], [])


def test_approval_is_never_gone_round_by_granting(helper: Helper, hoa: Any) -> None:
    claim = file_claim(desk.concern(hoa, purchase=desk.purchase(hoa), told={"fault": "ours"}), policy="exchange")
    words = helper.refused("grant", case=claim.case.reference, claim=str(claim.pk))
    assert "providers.helper.drafts" in words and "hand_over" in words
    assert not Grant.objects.exclude(person=None).exists()


def test_nothing_is_granted_in_a_case_that_somebody_took_meanwhile(free: Helper, staff: Any, hoa: Any) -> None:
    class Overtaken(Calling):
        def reach(self, named: str) -> Reached:
            found = super().reach(named)
            take(found.case, staff.agent)
            return found

    claim = file_claim(desk.concern(hoa, purchase=desk.purchase(hoa), told={"fault": "ours"}), policy="exchange")
    calling = Overtaken(Assistant(free.person), "1", in_force(), "en")
    ended = calls.call(calling, "grant", {"case": claim.case.reference, "claim": str(claim.pk)})
    assert ended.refused and ended.told["code"] == "needs_person"
    assert not Grant.objects.exclude(person=None).exists()


def test_more_than_its_level_may_is_refused_and_told_with_the_clause(free: Helper, hoa: Any) -> None:
    claim = file_claim(desk.concern(hoa, purchase=desk.purchase(hoa), told={"fault": "ours"}), policy="exchange")
    asked = {"case": claim.case.reference, "claim": str(claim.pk)}
    words = free.refused("grant", amount="50.000.000", reason="The clause policies.exchange says so.", **asked)
    assert "levels.agent.authority" in words
    assert "amount" in free.refused("grant", amount="-1", **asked)
    assert not Grant.objects.exclude(person=None).exists()
    assert Doing.objects.filter(code="authority_exceeded", clause="levels.agent.authority").count() == 1
    assert "assistant_refused" in desk.codes(claim.case)


def test_claim_of_another_case_is_not_granted(free: Helper, hoa: Any) -> None:
    here = desk.opened(hoa)
    there = file_claim(desk.concern(hoa, topic="refund", told={"condition": "like_new"}), policy="refund")
    assert "not yours" in free.refused("grant", case=here.reference, claim=str(there.pk))


def test_resolved_case_is_answered_no_more(free: Helper, staff: Any, hoa: Any) -> None:
    claim = file_claim(desk.concern(hoa, told={"fault": "ours"}), policy="exchange")
    resolve(claim.case, staff.agent)
    Case.objects.filter(pk=claim.case.pk).update(owner=None)
    for tool, more in (
        ("draft_reply", {"words": "w"}),
        ("hand_over", {"summary": "s"}),
        ("grant", {"claim": str(claim.pk)}),
    ):
        assert "already resolved" in free.refused(tool, case=claim.case.reference, **more)


def test_facts_cannot_name_a_clause_or_outweigh_the_record(free: Helper, hoa: Any) -> None:
    case = desk.opened(hoa, purchase=desk.purchase(hoa, days_ago=900))
    assert "outcome" in free.refused("decide", policy="exchange", facts={"outcome": "replace"})
    told = free.call("decide", case=case.reference, policy="exchange", facts={"fault": "ours", "owned": "1 days"})
    assert told["rule"] != "faulty"
    assert "policies.exchange" in told["clause"]


def test_assistant_owns_nothing_and_is_no_colleague(free: Helper, staff: Any, hoa: Any) -> None:
    from tantam.desk.accounts.access import colleagues
    from tantam.desk.cases.actions import hand_over

    case = desk.opened(hoa)
    free.call("draft_reply", case=case.reference, words="Please unplug it.")
    free.call("hand_over", case=case.reference, summary="s")
    case.refresh_from_db()
    assert case.owner is None and free.person not in colleagues()
    take(case, staff.agent)
    assert free.call("hand_over", case=case.reference, summary="She wrote again.")["owned"]
    with pytest.raises(Refused):
        hand_over(case, staff.agent, "nobody")


def test_text_of_a_megabyte_is_refused_before_it_is_read(helper: Helper) -> None:
    message = {
        **LIST,
        "method": "tools/call",
        "params": {"name": "search_knowledge", "arguments": {"query": "a" * 10**6}},
    }
    assert helper.post(message).status_code == 413
    assert helper.post({**LIST, "x": "a" * 3_000_000}).status_code == 413
    assert "at most 300" in helper.refused("search_knowledge", query="a" * 301)
    assert Doing.objects.filter(code="invalid").count() == 1


def test_thousand_calls_a_minute_are_too_many(helper: Helper, settings: Any) -> None:
    settings.API_PER_MINUTE = 20
    rates.forget()
    answers = [helper.post(PING).status_code for _ in range(25)]
    last = helper.post(PING)
    rates.forget()
    assert answers[:20] == [200] * 20 and set(answers[-4:]) == {429}
    assert last.headers["Retry-After"] and "Wait" in json.loads(last.content)["error"]["message"]


def test_what_it_does_is_counted_by_the_hour(helper: Helper, hoa: Any) -> None:
    case, key = desk.opened(hoa), ApiToken.objects.get(person=helper.person).pk
    rate.add(f"assistant:{key}", calls.ACTED.most)
    assert "too often" in helper.refused("hand_over", case=case.reference, summary="s")
    assert helper.call("follow_case", case=case.reference)
    assert "noted" not in desk.codes(case)


def test_letting_go_and_turning_count_at_once(helper: Helper, staff: Any) -> None:
    assert helper.post(PING).status_code == 200
    _, secret = turn_assistant(helper.person, staff.manager)
    assert helper.post(PING).status_code == 401
    again = Helper(helper.person, secret)
    assert again.post(PING).status_code == 200
    dismiss_assistant(helper.person, staff.manager)
    assert again.post(PING).status_code == 401


def test_provider_that_the_plan_names_no_more_serves_no_more(helper: Helper) -> None:
    Person.objects.filter(pk=helper.person.pk).update(provider="gone")
    answer = helper.post(LIST)
    assert answer.status_code == 403 and "AI provider" in json.loads(answer.content)["error"]["message"]


def test_nobody_else_s_token_enters_and_an_assistant_s_enters_nowhere_else(helper: Helper, staff: Any) -> None:
    secret = make_token(staff.manager, NewToken("a program", scopes.ALL))[1]
    assert Helper(staff.manager, secret).post(PING).status_code == 403
    assert Helper(staff.manager, "ttm_wrong").post(PING).status_code == 401
    told = {"HTTP_AUTHORIZATION": f"Bearer {helper.secret}"}
    assert Client().get("/api/v1/cases", **told).status_code == 403
    browser = Client()
    browser.force_login(helper.person)
    assert browser.get("/desk/").status_code == 404


def test_only_post_and_only_from_our_own_pages(helper: Helper) -> None:
    assert helper.post(PING, HTTP_ORIGIN="https://evil.example").status_code == 403
    assert Client().get("/mcp/").status_code == 405 and Client().delete("/mcp/").status_code == 405


def test_what_is_no_message_is_refused_by_the_protocol(helper: Helper) -> None:
    for broken in ([], "x", {"id": 1}, {"jsonrpc": "2.0", "id": 1, "method": 7}):
        assert helper.post(broken).status_code in (400, 422), broken  # type: ignore[arg-type]
    unknown = helper.post(
        {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "drop", "arguments": {}}}
    )
    assert "There is no tool drop" in unknown.content.decode()


def test_agent_lets_no_assistant_in(staff: Any) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        admit_assistant(staff.agent, NewAssistant("Bông", "helper", "agent"))
    with pytest.raises(Refused, match="not_a_program"):
        admit_assistant(staff.manager, NewAssistant("Bông", "own_desk", "agent"))
    with pytest.raises(Refused, match="unknown_level"):
        admit_assistant(staff.manager, NewAssistant("Bông", "helper", "king"))
    assert not Person.objects.filter(role=Role.ASSISTANT).exists()
