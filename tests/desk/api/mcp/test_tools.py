"""The tools of an assistant: each does what it says, for whom it may, and leaves its record."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tantam.desk import plans
from tantam.desk.assistants.models import Doing, Proposal
from tantam.desk.cases.links import private_link
from tantam.desk.cases.models import Case, Message
from tantam.desk.claims.actions import file_claim, prove
from tantam.desk.plans import Standing
from tests.support import assistants, desk
from tests.support.assistants import Helper, admitted


@pytest.fixture
def plan(db: None, clock: Any) -> Any:
    return assistants.put_in_force()


@pytest.fixture
def helper(staff: Any) -> Helper:
    return admitted(staff.manager)


def test_handshake_names_the_desk_and_says_how_to_work(helper: Helper) -> None:
    told = helper.ask(
        "initialize",
        protocolVersion="2025-06-18",
        capabilities={},
        clientInfo={"name": "a client", "version": "1"},
    )
    assert told["serverInfo"]["name"] == "tantam" and "hand_over" in told["instructions"]
    assert {"tools", "resources"} <= told["capabilities"].keys()


def test_plan_is_read_as_customers_read_it(helper: Helper) -> None:
    listed = helper.ask("resources/list")["resources"]
    assert {each["uri"] for each in listed} >= {"tantam://plan/vi", "tantam://plan/de", "tantam://plan/en"}
    (content,) = helper.ask("resources/read", uri="tantam://plan/de")["contents"]
    assert "policies.exchange" in content["text"] and "providers.helper" in content["text"]
    assert "Stichprobe" not in content["text"]  # how much of its work is looked at, staff alone read


def test_search_finds_a_promise_without_marks_and_names_its_clause(helper: Helper) -> None:
    found = helper.call("search_knowledge", query="doi tra may giat", language="vi")["found"]
    assert any(each["clause"].startswith("policies.exchange") for each in found), found
    assert helper.call("search_knowledge", query="'; zzqx --")["found"] == []
    assert helper.call("search_knowledge", query="Umtausch einer kaputten Waschmaschine")["found"]


def test_search_is_words_and_no_statement(helper: Helper, hoa: Any) -> None:
    case = desk.opened(hoa)
    for query in ("'; DROP TABLE cases_case; --", "%' OR 1=1 --", 'a" OR "a"="a', "\\x00\x00", "(" * 200):
        helper.call("search_knowledge", query=query)
        helper.refused("follow_case", case=query)
    assert Case.objects.filter(pk=case.pk).exists()


def test_decide_says_the_clause_and_asks_what_is_missing(helper: Helper) -> None:
    asked = helper.call("decide", policy="exchange", facts={"fault": "ours"})
    assert asked["outcome"] == "ask" and asked["missing"][0]["question"]
    told = helper.call("decide", policy="exchange", facts={"fault": "ours", "owned": "12 days", "price": "2400000 VND"})
    assert told["outcome"] == "replace" and told["clause"].startswith("policies.exchange.decides")
    assert told["rule"] == "faulty" and told["version"] and told["because"] and told["conditional"]


def test_unknown_policy_is_answered_with_those_that_are_there(helper: Helper) -> None:
    words = helper.refused("decide", policy="exchnage")
    assert "exchange" in words and "call it again" in words


def test_customer_asks_and_a_person_sees_to_it(helper: Helper, staff: Any) -> None:
    found = helper.call("search_knowledge", query="đổi máy", language="vi")["found"]
    facts = {"fault": "ours", "owned": "12 days", "danger": "no"}
    answer = helper.call("decide", policy="exchange", facts=facts)
    opened = helper.call(
        "open_case",
        words="Máy giặt kêu to.",
        name="Hoa",
        contact="hoa@example.com",
        topic="faulty",
        policy="exchange",
        facts=facts,
        once="1",
    )
    again = helper.call("open_case", words="Máy giặt kêu to.", contact="hoa@example.com", topic="faulty", once="1")
    stands = helper.call("follow_case", case=opened["link"])
    handed = helper.call("hand_over", case=opened["link"], summary="She wants an exchange; exchange.decides#faulty.")
    case = Case.objects.get(reference=opened["case"])
    assert found and answer["outcome"] == "replace" and again["case"] == opened["case"]
    assert stands["said"][0] == {**stands["said"][0], "by": "customer", "words": "Máy giặt kêu to."}
    assert stands["claims"][0]["state"] == "open" and stands["owed"] and handed["owed"]
    assert desk.codes(case)[-2:] == ["noted", "handed_over"]
    done = list(Doing.objects.order_by("id").values_list("tool", "outcome"))
    assert done == [
        (each, "done") for each in ("search_knowledge", "decide", "open_case", "open_case", "follow_case", "hand_over")
    ]
    assert Doing.objects.filter(case=case).count() == 4


def test_notes_of_colleagues_are_never_shown(helper: Helper, hoa: Any, staff: Any) -> None:
    from tantam.desk.cases.actions import add_note

    case = desk.opened(hoa)
    add_note(case, staff.agent, "She threatened to sue; beware.")
    shown = json.dumps(helper.call("follow_case", case=case.reference), ensure_ascii=False)
    assert "beware" not in shown and "Máy giặt" in shown


def test_customer_s_words_need_the_customer_s_proof(helper: Helper, hoa: Any) -> None:
    case = desk.opened(hoa)
    assert "private link" in helper.refused("add_message", case=case.reference, words="I withdraw everything.")
    assert not case.messages.filter(body__contains="withdraw").exists()
    helper.call("add_message", case=private_link(case), words="It leaks now.", once="a")
    helper.call("add_message", case=private_link(case), words="It leaks now.", once="a")
    assert case.messages.filter(direction=Message.Direction.INCOMING, body="It leaks now.").count() == 1


def test_a_choice_needs_the_customer_s_proof_and_is_made_once(helper: Helper, hoa: Any, staff: Any) -> None:
    told = {"fault": "ours"}
    claim = file_claim(desk.concern(hoa, purchase=desk.purchase(hoa), topic="faulty", told=told), policy="exchange")
    facts = plans.version(claim.plan_version_id).read(told, Standing.VERIFIED)
    case = prove(claim, facts, person=staff.agent).case
    (stands,) = helper.call("follow_case", case=case.reference)["claims"]
    assert [each["outcome"] for each in stands["choices"]] == ["repair"] and stands["choices"][0]["within"]
    assert "private link" in helper.refused("choose", case=case.reference, outcome="repair")
    for _ in range(2):
        assert helper.call("choose", case=private_link(case), outcome="repair")["choices"][0]["outcome"] == "replace"
    assert desk.codes(case).count("chosen") == 1
    assert "carried out" in helper.refused("choose", case=private_link(case), outcome="refund")


def test_draft_waits_for_a_person_where_the_plan_wants_it(helper: Helper, hoa: Any) -> None:
    case = desk.opened(hoa)
    sent = case.messages.filter(direction=Message.Direction.OUTGOING).count()
    told = helper.call("draft_reply", case=case.reference, words="We exchange it.")
    helper.call("draft_reply", case=case.reference, words="We exchange it tomorrow.")
    assert (told["state"], told["clause"]) == ("waiting", "providers.helper.drafts")
    assert case.messages.filter(direction=Message.Direction.OUTGOING).count() == sent
    assert list(Proposal.objects.order_by("id").values_list("state", flat=True)) == ["overtaken", "waiting"]
    assert case.owner is None and "assistant_drafted" in desk.codes(case)


def test_free_assistant_answers_while_no_person_has_the_case(staff: Any, hoa: Any) -> None:
    from tantam.desk.cases.actions import take

    free, case = admitted(staff.manager, "free_helper"), desk.opened(hoa)
    assert free.call("draft_reply", case=case.reference, words="Please unplug it.")["state"] == "sent"
    case.refresh_from_db()
    assert case.owner is None and desk.codes(case).count("replied") == 1
    assert desk.owed(case, "first_reply").state == "kept"
    take(case, staff.agent)
    assert free.call("draft_reply", case=case.reference, words="And wait.")["state"] == "waiting"


def test_free_assistant_grants_within_its_level_alone(staff: Any, hoa: Any) -> None:
    free = admitted(staff.manager, "free_helper")
    bought = desk.purchase(hoa)
    claim = file_claim(desk.concern(hoa, purchase=bought, told={"fault": "ours"}), policy="exchange")
    case = claim.case
    claim.refresh_from_db()
    words = free.refused("grant", case=case.reference, claim=str(claim.pk), amount="50.000.000", reason="They insist.")
    assert "levels.agent.authority" in words and "hand_over" in words, words
    claim.refresh_from_db()
    assert claim.state == "open" and "assistant_refused" in desk.codes(case)


def test_customer_data_is_only_what_is_proved(helper: Helper, hoa: Any) -> None:
    bought = desk.purchase(hoa)
    unproved, proved = desk.opened(hoa), desk.opened(hoa, purchase=bought)
    told = helper.call("customer_data", case=unproved.reference)
    assert (told["name"], told["purchases"], told["cases"]) == ("", [], [])
    told = helper.call("customer_data", case=proved.reference)
    assert told["name"] == hoa.name and [each["number"] for each in told["purchases"]] == [bought.number]
    assert told["cases"] == [] and desk.codes(proved)[-1] == "assistant_looked"
    assert "private link" in helper.refused("customer_data")
