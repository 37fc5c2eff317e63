"""An answer carries all that the policy, its row and its outcome say, and its because what it rests on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tantam.plan.errors import BadFact
from tantam.plan.run import Answer, Fact, Standing, decide, may_grant, owed, triage
from tantam.plan.sections import read_text
from tantam.plan.tables.values import Amount
from tests.support.plans import shop

SHOP = shop()
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
KNOWN: dict[str, Any] = {
    "order": "W1", "price": "100_000 VND", "seal": "no", "items": [{"name": "x"}], "fault": "ours", "owned": "12 days",
}  # fmt: skip
PLAN = read_text(
    """
tantam: 1
company: {name: Shop, languages: [en], timezone: Europe/Berlin, currency: EUR}
levels:
  agent: {handles: [minor, normal], authority: {refund: 50 EUR}, escalates_to: chief}
  chief: {handles: [serious]}
terms:
  kind: {one_of: [small, large, lost], ask: Which?}
  price: {money: 0.., ask: What did it cost?}
  back: {yes_no: any, ask: Is it back?}
  spared: {yes_no: any, ask: May it be kept?}
  holder: {text: any, ask: Whose is it?}
outputs:
  gets: {money: any}
requirements:
  named: {must: known(holder), else: decline, say: nameless, law: § 1}
actions:
  repair: {does: open_repair, say: repaired, at_most: 2 per order}
policies:
  back:
    kind: refund
    needs: [named]
    say: thanks
    remind: bring_it
    law: § 5
    granted_by: agent
    pinned: purchase
    starts: claim.received_on
    waits_for: back
    unless: spared
    decides: |
      row   | kind  => outcome | law | remind
      small | small => pay     | -   | -
      large | large => pay     | § 7 | bring_all
      lost  | lost  => repair  | -   | -
    outcomes:
      pay: {gets: price * 50 %, by: chief, say: paid, does: transfer, confirm: true}
  listed:
    kind: refund
    hit: collect
    total: {largest: gets}
    law: § 9
    say: listed
    remind: bring_it
    granted_by: chief
    pinned: purchase
    decides: |
      row  | kind  => item | gets  | say
      one  | small => one  | 2 EUR | paid
      two  | small => two  | price | thanks
      lost | lost  => lost | price | -
  word: {kind: advice, stage: before, commitment: We tell the truth., say: thanks, granted_by: chief, pinned: purchase}
texts:
  nameless: Whose is it?
  thanks: "Thank you, {holder}."
  paid: "You get {gets}."
  repaired: We repair it.
  bring_it: Bring it.
  bring_all: Bring it all.
  listed: Here it is.
"""
)
FACTS: dict[str, Any] = {"kind": "small", "price": "30 EUR", "holder": "An", "back": "yes"}


def back(**facts: Any) -> Answer:
    return decide(PLAN, "back", FACTS | facts, now=NOW)


def listed(**facts: Any) -> Answer:
    return decide(PLAN, "listed", FACTS | facts, now=NOW)


def test_everything_is_stored_and_nothing_else() -> None:
    assert decide(SHOP, "exchange", KNOWN, now=NOW).stored() == {
        "policy": "exchange",
        "outcome": "replace",
        "outputs": {"within": "at once"},
        "items": [],
        "total": None,
        "ask": None,
        "say": ["replaced"],
        "conditional": ["seal", "items", "fault"],
        "granted_by": "plan",
        "pinned": "case",
        "waits_for": [],
        "starts": "",
        "confirm": True,
        "action": "send_new",
        "at_most": "1 per purchase",
        "remind": [],
        "law": "",
        "missing": [],
        "instead": [],
        "chosen_over": "",
        "because": {
            "version": SHOP.hash,
            "clause": "policies.exchange.decides#faulty",
            "rule": "faulty",
            "key": "B_row",
            "args": {"policy": "exchange"},
            "facts": {"fault": "ours", "owned": "12 days"},
            "law": "",
        },
    }


def test_an_outcome_brings_its_own_and_the_policy_what_the_outcome_leaves_open() -> None:
    answer = back()
    assert (answer.outcome, answer.say, answer.remind) == ("pay", ("paid", "thanks"), ("bring_it",))
    assert (answer.granted_by, answer.action, answer.confirm, answer.at_most) == ("chief", "transfer", True, "")
    assert (answer.pinned, answer.starts, answer.law) == ("purchase", "claim.received_on", "§ 5")
    assert answer.because.law == "§ 5"


def test_a_row_counts_before_the_policy() -> None:
    large = back(kind="large")
    assert (large.law, large.because.law, large.remind) == ("§ 7", "§ 7", ("bring_all",))


def test_an_action_speaks_where_the_outcome_says_nothing() -> None:
    lost = back(kind="lost")
    assert (lost.say, lost.action, lost.at_most) == (("repaired", "thanks"), "open_repair", "2 per order")
    assert (lost.granted_by, lost.confirm) == ("agent", False)


def test_the_terms_that_a_text_names_go_with_the_answer() -> None:
    assert back().outputs == {"gets": Amount(1500, "EUR"), "holder": "An"}
    assert back(kind="lost").outputs == {"holder": "An"}


def test_what_an_outcome_still_lacks_is_told_and_the_answer_stands() -> None:
    answer = back(price="~")
    assert (answer.outcome, answer.missing, answer.outputs) == ("pay", ("price",), {"holder": "An"})


def test_it_is_conditional_on_all_that_was_only_told() -> None:
    assert back().conditional == ("holder", "kind", "price")
    recorded = Fact("small", Standing.RECORDED)
    assert back(kind=recorded).conditional == ("holder", "price")


def test_it_waits_until_its_condition_holds_or_what_spares_it() -> None:
    assert back().waits_for == ()
    for told in ("no", "~"):
        assert back(back=told).waits_for == ("back",)
        assert back(back=told, spared="yes").waits_for == ()
        assert back(back=told, spared="no").waits_for == ("back",)


def test_a_refusal_says_why_and_by_which_law() -> None:
    refused = back(holder="~")
    assert (refused.outcome, refused.say, refused.law) == ("decline", ("nameless", "thanks"), "§ 1")
    because = refused.because
    assert (because.clause, because.rule, because.key, because.law) == (
        "requirements.named",
        "named",
        "B_failed",
        "§ 1",
    )
    assert because.args == {"policy": "back", "say": "nameless"}
    several = decide(SHOP, "exchange", KNOWN | {"price": "0 VND", "seal": "yes"}, now=NOW)
    assert several.because.args == {"policy": "exchange", "say": "not_paid+seal_broken"}
    assert several.because.facts == {"price": "0 VND"}
    assert several.conditional == ("seal",)


def test_what_is_asked_says_for_which_policy() -> None:
    asked = back(kind="~").because
    assert (asked.clause, asked.rule, asked.key) == ("policies.back.decides", "", "B_unknown")
    assert asked.args == {"policy": "back", "term": "kind"}
    intact = decide(SHOP, "exchange", KNOWN | {"seal": "~"}, now=NOW)
    assert (intact.ask, intact.because.clause, intact.because.rule) == (
        "seal",
        "policies.exchange.must#intact",
        "intact",
    )


def test_items_are_listed_with_their_rows_and_added_as_the_policy_says() -> None:
    answer = listed()
    assert [(each["row"], each["item"], each["gets"]) for each in answer.items] == [
        ("one", "one", Amount(200, "EUR")),
        ("two", "two", Amount(3000, "EUR")),
    ]
    assert answer.total == answer.outputs["gets"] == Amount(3000, "EUR")
    assert (answer.say, answer.remind, answer.law) == (("paid", "thanks"), ("bring_it",), "§ 9")
    assert (answer.granted_by, answer.pinned, answer.missing) == ("chief", "purchase", ())
    because = answer.because
    assert (because.clause, because.rule, because.key) == ("policies.listed.decides", "one, two", "B_collected")
    assert because.args == {"policy": "listed", "items": "one, two"}
    assert (because.facts, because.law) == ({"kind": "small", "price": "30.00 EUR"}, "§ 9")


def test_an_item_whose_amount_is_unknown_is_listed_and_asked_for_and_the_policy_speaks_for_it() -> None:
    answer = listed(kind="lost", price="~")
    assert (answer.items, answer.missing) == (({"row": "lost", "item": "lost"},), ("price",))
    assert (answer.total, answer.outputs, answer.say) == (None, {}, ("listed",))


def test_nothing_to_collect_is_said() -> None:
    answer = listed(kind="large")
    assert (answer.items, answer.total, answer.because.key, answer.because.rule) == ((), None, "B_nothing", "")
    assert answer.because.text("en") == "By our policy “listed” nothing is open (§ 9)."


def test_what_was_collected_of_told_facts_is_conditional() -> None:
    assert decide(SHOP, "refund", KNOWN | {"shipping": "20 VND"}, now=NOW).conditional == ("fault",)
    ours = {"fault": Fact("ours", Standing.RECORDED), "shipping": "20 VND"}
    assert decide(SHOP, "refund", KNOWN | ours, now=NOW).conditional == ()


def test_a_commitment_without_a_table_and_a_case_without_a_row_are_a_persons() -> None:
    advice = decide(SHOP, "advice", {}, now=NOW)
    assert (advice.because.clause, advice.because.rule, advice.because.key) == ("policies.advice", "", "B_no_table")
    assert (advice.because.args, advice.granted_by, advice.pinned) == ({"policy": "advice"}, "plan", "case")
    word = decide(PLAN, "word", {}, now=NOW)
    assert (word.outcome, word.say, word.granted_by, word.pinned) == ("none", ("thanks",), "chief", "purchase")
    nobody = decide(SHOP, "exchange", KNOWN | {"fault": "none", "owned": "8 days"}, now=NOW)
    assert (nobody.because.clause, nobody.because.args) == ("policies.exchange.decides", {"policy": "exchange"})
    assert nobody.because.facts == {"fault": "none", "owned": "8 days"}


@pytest.mark.parametrize(
    ("kind", "amount", "key", "clause", "limit", "said"),
    [
        ("refund", "5 VND", "B_may", ".authority.refund", "500000 VND", "may grant refund up to ₫500,000; ₫5 is"),
        ("refund", "500001 VND", "B_may_not", ".authority.refund", "500000 VND", "may grant refund only up to"),
        ("goodwill", "1 VND", "B_may_nothing", "", "", "may not grant any goodwill; ₫1 is asked"),
    ],
)
def test_a_grant_says_up_to_what_the_level_may(
    kind: str, amount: str, key: str, clause: str, limit: str, said: str
) -> None:
    because = may_grant(SHOP, "agent", kind, amount).because
    assert (because.version, because.clause, because.rule) == (SHOP.name, f"levels.agent{clause}", kind)
    assert (because.key, because.args) == (key, {"level": "agent", "kind": kind, "amount": amount, "limit": limit})
    assert said in because.text("en") and because.text("en").startswith("Agent ")


def test_a_promise_says_by_which_row_for_which_facts_and_how_long() -> None:
    promises = {each.kind: each for each in owed(SHOP, {"severity": "critical", "age": "70"}, start=NOW)}
    said = {kind: (each.because.clause, each.because.key, dict(each.because.args)) for kind, each in promises.items()}
    assert said == {
        "callback": ("promises#night", "B_owed", {"promise": "callback", "within": "2 h"}),
        "first_reply": ("promises#urgent", "B_owed", {"promise": "first_reply", "within": "20 min"}),
        "resolution": ("promises#fast", "B_owed_said", {"promise": "resolution", "within": "every 1 h"}),
    }
    assert {tuple(each.because.facts.items()) for each in promises.values()} == {(("severity", "critical"),)}
    assert {each.how_sure for each in promises.values()} == {"surely"}


def test_a_place_says_by_which_row_and_for_which_facts() -> None:
    asked = triage(SHOP, {"topic": "question", "age": "70"}, now=NOW)
    assert (asked.stage, asked.severity, asked.level) == ("before", "serious", "specialist")
    assert (asked.because.clause, asked.because.rule, asked.because.key) == ("triage#asked", "asked", "B_triage")
    assert asked.because.facts == {"topic": "question", "group": "elderly"}
    usual = triage(SHOP, {}, now=NOW).because
    assert (usual.clause, usual.rule, usual.key, usual.facts) == ("triage", "", "B_triage_usual", {})


def test_what_is_known_of_a_case_places_it_where_no_row_does() -> None:
    placed = triage(SHOP, {"severity": "critical", "stage": "before"}, now=NOW)
    assert (placed.stage, placed.severity, placed.level) == ("before", "critical", "chief")


def test_without_a_table_a_case_is_what_the_lowest_level_does_every_day() -> None:
    placed = triage(PLAN, {}, now=NOW)
    assert (placed.stage, placed.severity, placed.level) == ("after", "normal", "agent")
    assert triage(PLAN, {"severity": "serious"}, now=NOW).level == "chief"


def test_without_levels_nobody_takes_a_case_first() -> None:
    placed = triage(read_text("tantam: 1\ncompany: {name: X, languages: en, timezone: UTC}\n"), {}, now=NOW)
    assert (placed.stage, placed.severity, placed.level) == ("after", "", "")


def test_an_amount_that_is_none_is_refused_by_what_was_to_be_granted() -> None:
    with pytest.raises(BadFact) as caught:
        may_grant(SHOP, "agent", "refund", "much")
    assert caught.value.term == "refund"


GROUPED = """
tantam: 1
company: {name: Shop, languages: [en], timezone: Europe/Berlin, currency: EUR}
terms: {age: {number: 0.., from: customer.age}}
groups: {elderly: {when: age >= 65}}
policies:
  seat:
    kind: benefit
    commitment: A seat.
    decides: |
      row   | group   => outcome
      old   | elderly => seat
      other | -       => stand
"""


def test_a_policy_may_ask_which_groups_a_customer_is_in() -> None:
    plan = read_text(GROUPED)
    outcomes = {age: decide(plan, "seat", {"age": age}, now=NOW) for age in ("64", "65")}
    assert {age: each.outcome for age, each in outcomes.items()} == {"64": "stand", "65": "seat"}
    assert outcomes["65"].because.facts == {"group": "elderly"}
    assert decide(plan, "seat", {"age": "20", "group": "elderly"}, now=NOW).outcome == "seat"
