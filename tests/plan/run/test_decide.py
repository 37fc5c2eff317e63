"""A policy answers by its requirements, then its table, then what the outcome carries; and says why."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tantam.plan.errors import PlanUnreadable, UnknownName
from tantam.plan.run import Answer, Fact, Standing, decide
from tantam.plan.sections import read, read_text
from tantam.plan.tables.values import AT_ONCE, Amount
from tests.support.plans import SHOP, shop

PLAN = shop()
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
ITEM = {"name": "lamp", "price": "100000 VND"}
KNOWN: dict[str, Any] = {
    "order": "W1", "price": "100_000 VND", "seal": "no", "items": [ITEM], "fault": "ours", "owned": "12 days",
}  # fmt: skip


def exchange(**facts: Any) -> Answer:
    return decide(PLAN, "exchange", KNOWN | facts, now=NOW)


def test_the_row_that_fires_gives_outcome_outputs_texts_and_clause() -> None:
    answer = exchange()
    assert (answer.outcome, answer.outputs["within"], answer.say) == ("replace", AT_ONCE, ("replaced",))
    assert (answer.because.clause, answer.because.rule) == ("policies.exchange.decides#faulty", "faulty")
    assert answer.because.version == PLAN.hash
    assert answer.because.facts == {"fault": "ours", "owned": "12 days"}


def test_the_outcome_brings_its_action() -> None:
    answer = exchange()
    assert (answer.action, answer.confirm, answer.at_most) == ("send_new", True, "1 per purchase")


def test_outcome_arguments_and_row_outputs_are_merged() -> None:
    answer = exchange(fault="none", owned="7 days")
    assert answer.outputs["gets"] == Amount(90_000, "VND")
    assert str(answer.outputs["within"]) == "3..5 working days"
    assert answer.say == ("money_back",)


def test_what_is_missing_is_asked_for() -> None:
    answer = exchange(owned="~")
    assert (answer.outcome, answer.ask, answer.known) == ("ask", "owned", False)


def test_a_missing_fact_that_cannot_matter_is_not_asked_for() -> None:
    assert exchange(fault="customer", owned="~").outcome == "decline"


def test_all_requirements_that_fail_are_told_at_once() -> None:
    answer = exchange(price="0 VND", seal="yes")
    assert (answer.outcome, answer.say) == ("decline", ("not_paid", "seal_broken"))
    assert answer.because.clause == "requirements.paid"


def test_a_requirement_may_ask_and_names_the_term() -> None:
    answer = exchange(order="~")
    assert (answer.outcome, answer.say, answer.ask) == ("ask", ("which_order",), "order")


def test_a_failed_requirement_may_hand_to_a_person_with_a_limit() -> None:
    answer = exchange(items=[ITEM] * 4)
    assert (answer.outcome, answer.granted_by, answer.say) == ("judge", "specialist", ("too_many",))
    assert answer.outputs["at_most"] == Amount(500_000, "VND")


def test_a_known_failure_counts_before_what_is_still_unknown() -> None:
    assert exchange(price="0 VND", items="~").outcome == "decline"


def test_no_row_means_that_a_person_decides() -> None:
    answer = exchange(fault="none", owned="8 days")
    assert (answer.outcome, answer.because.key) == ("none", "B_no_row")


def test_where_nothing_can_be_computed_of_known_facts_a_person_decides_and_nobody_is_asked_again(
    tmp_path: Path,
) -> None:
    written = tmp_path / "plan.yaml"
    written.write_text(
        "tantam: 1\ncompany: {name: Shop, languages: [en], timezone: Europe/Berlin, currency: EUR}\n"
        "terms: {pieces: {number: any, ask: How many?}, each: 10 / pieces, day: {date: any, ask: When?}, "
        "late: day + 5 days > 2026-01-01}\n"
        "policies:\n"
        '  share: {decides: "row | each => outcome\\n a | > 1 | give\\n b | <= 1 | keep"}\n'
        '  week: {decides: "row | late => outcome\\n a | yes | wait\\n b | no | go"}\n'
    )
    plan = read(written)
    for policy, facts in (("share", {"pieces": "0"}), ("week", {"day": "9999-12-30"})):
        answer = decide(plan, policy, facts, now=NOW)
        assert (answer.outcome, answer.ask, answer.because.facts) == ("none", None, facts)
        assert (answer.because.key, answer.because.args) == ("B_no_row", {"policy": policy})
    assert decide(plan, "share", {}, now=NOW).ask == "pieces"


def test_items_are_collected_and_added_up() -> None:
    answer = decide(PLAN, "refund", {"fault": "ours", "price": "100 VND", "shipping": "20 VND"}, now=NOW)
    assert [item["item"] for item in answer.items] == ["price", "shipping"]
    assert answer.total == answer.outputs["gets"] == Amount(120, "VND")
    assert (answer.starts, answer.waits_for) == ("claim.received_on", ("goods_back",))


def test_collected_items_may_be_taken_off() -> None:
    answer = decide(PLAN, "refund", {"fault": "none", "price": "60_000 VND"}, now=NOW)
    assert answer.total == Amount(10_000, "VND")


def test_a_policy_without_a_table_answers_with_its_commitment_alone() -> None:
    assert decide(PLAN, "advice", {}, now=NOW).outcome == "none"


def test_a_level_grants_where_the_policy_says_so_and_warranty_is_pinned_to_the_purchase() -> None:
    answer = decide(PLAN, "cover", {}, now=NOW)
    assert (answer.outcome, answer.granted_by, answer.pinned) == ("repair", "specialist", "purchase")
    assert exchange().pinned == "case"


def test_today_comes_from_the_moment_asked_in_the_companys_zone() -> None:
    facts = {"handed_on": "2026-10-22"}
    assert decide(PLAN, "late", facts, now=datetime(2026, 11, 21, 16, tzinfo=UTC)).outcome == "replace"
    assert decide(PLAN, "late", facts, now=datetime(2026, 11, 21, 17, tzinfo=UTC)).outcome == "decline"


def test_an_answer_that_rests_on_what_was_only_told_is_conditional() -> None:
    assert exchange().conditional == ("seal", "items", "fault")
    recorded = Fact("ours", Standing.RECORDED)
    assert exchange(fault=recorded).conditional == ("seal", "items")
    seen = {"seal": Fact(False, Standing.VERIFIED), "fault": recorded, "items": "~"}
    assert decide(PLAN, "refund", {"fault": recorded, "price": "1 VND", "shipping": "1 VND"}, now=NOW).conditional == ()
    assert exchange(**seen).ask == "items"


def test_a_term_may_demand_that_a_fact_was_verified() -> None:
    recorded = {name: Fact(value, Standing.RECORDED) for name, value in {"seal": False, "fault": "ours"}.items()}
    assert "seal" in exchange(**recorded).conditional
    assert "fault" not in exchange(**recorded).conditional


def test_a_plan_may_believe_what_comes_with_a_proof() -> None:
    text = SHOP.read_text(encoding="utf-8")
    asked = "ask: Is the seal broken?, demands: verified}"
    assert asked in text
    plan = read_text(text.replace(asked, "ask: Is the seal broken?, proof: photo, demands: shown}"))
    others = {"fault": Fact("ours", Standing.RECORDED), "items": Fact([ITEM], Standing.RECORDED)}
    for standing, open_still in ((Standing.TOLD, True), (Standing.SHOWN, False), (Standing.VERIFIED, False)):
        answer = decide(plan, "exchange", KNOWN | others | {"seal": Fact(False, standing)}, now=NOW)
        assert ("seal" in answer.conditional) is open_still


def test_nothing_can_be_shown_of_what_names_no_proof() -> None:
    with pytest.raises(PlanUnreadable, match="terms.seal.demands"):
        read_text(SHOP.read_text(encoding="utf-8").replace("demands: verified}", "demands: shown}"))


def test_unknown_policy_and_term_are_told() -> None:
    with pytest.raises(UnknownName):
        decide(PLAN, "exchang", {}, now=NOW)
    with pytest.raises(UnknownName):
        exchange(colour="red")


def test_an_answer_is_stored_without_a_sentence() -> None:
    stored = exchange(fault="none", owned="7 days").stored()
    assert stored["outputs"] == {"gets": "90000 VND", "within": "3..5 working days"}
    assert stored["because"]["facts"] == {"fault": "none", "owned": "7 days"}
    assert "text" not in stored["because"]


def test_an_answer_is_the_same_each_time_and_nothing_that_is_done_to_one_reaches_the_next() -> None:
    first = decide(PLAN, "exchange", {"fault": "ours", "owned": "12 days"}, now=NOW)
    assert isinstance(first.outputs, dict)
    before = first.stored()
    first.outputs.clear()
    assert decide(PLAN, "exchange", {"fault": "ours", "owned": "12 days"}, now=NOW).stored() == before
