"""What was claimed is answered by both plans: otherwise or not, for how much, and where nobody can say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tantam.plan.sections import Plan, read_text
from tantam.plan.whatif import Claim, ClaimChange, PastCase, aloud, beside_record, difference
from tantam.plan.words import LANGUAGES
from tests.plan.whatif.cases import at, over, past

TEXT = """
tantam: 1
company: {name: Cups, languages: [en], timezone: Asia/Ho_Chi_Minh, currency: EUR}
levels: {agent: {handles: []}}
terms:
  owned: {duration: 0 days.., ask: How long?, since: purchase.handed_over}
  paid: {money: 0.., from: purchase.price}
outputs: {gets: {money: 0..}, at_most: {money: 0..}}
policies:
  back:
    label: {en: Giving back}
    kind: refund
    stage: after
    commitment: Cups may come back.
    decides: |
      row  | owned      => outcome | gets
      soon | <= 30 days |  full    | paid
      late | otherwise  |  no      | -
    outcomes: {full: {}, half: {gets: paid * 50 %}, judge: {at_most: paid, by: agent}, no: {}}
"""
LATE = "late | otherwise  |  no      | -"


def plan(late: str = LATE) -> Plan:
    text = TEXT.replace("otherwise ", "> 30 days ")
    return read_text(text.replace(LATE.replace("otherwise ", "> 30 days "), late.replace("otherwise ", "> 30 days ")))


PLAN, HALF, JUDGE = plan(), plan("late | otherwise  |  half    | -"), plan("late | otherwise  |  judge   | -")


def claimed(owned: str = "", paid: str = "10 EUR", minor: int = 1000, **more: str) -> PastCase:
    facts = {"owned": owned, "paid": paid} if owned else {"paid": paid}
    return past(at(2), facts=facts | more, claims=(Claim("back", "full", at(2), minor),))


SOON, OLD, DARK = claimed("30 days"), claimed("31 days"), claimed()


def change(draft: Plan, *cases: PastCase) -> ClaimChange:
    return difference(over(draft, *cases), over(PLAN, *cases)).claims["back"]


def test_money_is_what_each_plan_gives_over_all_that_both_can_answer() -> None:
    assert change(HALF, SOON, OLD, DARK) == ClaimChange(
        "back", 3, otherwise=(OLD.key,), undecided=(DARK.key,), lacking=("owned",), minor_before=1000, minor_after=1500
    )


def test_what_a_person_decides_is_otherwise_and_in_no_sum() -> None:
    found = change(JUDGE, SOON, OLD)
    assert (found.otherwise, found.to_people) == ((OLD.key,), 1)
    assert (found.minor_before, found.minor_after) == (1000, 1000)


def test_a_fact_that_was_looked_for_and_nobody_knew_is_not_lacking() -> None:
    asked = replace(DARK, asked=frozenset({"owned"}))
    assert change(HALF, asked) == ClaimChange("back", 1)


def test_a_text_that_the_plan_does_not_admit_is_lacking() -> None:
    found = change(HALF, claimed("soon"))
    assert (len(found.undecided), found.lacking) == (1, ("owned",))


def test_beside_history_the_recorded_outcome_and_money_count() -> None:
    less = claimed("3 days", minor=900)
    found = beside_record(over(PLAN, SOON, OLD, less)).claims["back"]
    assert (found.otherwise, found.minor_before, found.minor_after) == ((OLD.key, less.key), 2900, 2000)


def test_what_they_chose_then_they_choose_again() -> None:
    offered = TEXT.replace("otherwise ", "> 30 days ")
    offered = offered.replace("full: {}", "full: {or: voucher}, voucher: {gets: paid * 50 %}")
    took = past(at(2), facts={"owned": "3 days", "paid": "10 EUR"}, claims=(Claim("back", "voucher", at(2), 500),))
    assert beside_record(over(read_text(offered), took)).claims["back"].otherwise == ()
    assert beside_record(over(PLAN, took)).claims["back"].otherwise == (took.key,)


def test_cases_answered_otherwise_go_otherwise() -> None:
    assert difference(over(HALF, SOON, OLD), over(PLAN, SOON, OLD)).changed == (OLD.key,)


def test_a_policy_that_a_plan_lacks_answers_nothing() -> None:
    bare = read_text(TEXT.partition("outputs:")[0])
    assert change(bare, SOON).minor_after == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sentences_name_policy_money_and_what_is_lacking(lang: str) -> None:
    cases = (SOON, OLD, DARK)
    found = difference(over(HALF, *cases), over(PLAN, *cases))
    more, lacking = [each for each in aloud(found.summary, lang, PLAN) if each.startswith("Giving back")]
    assert "5" in more and "€" in more and "3" in more
    assert "owned" in lacking
    back = difference(over(PLAN, *cases), over(HALF, *cases))
    assert {each.key for each in back.summary} >= {"whatif_money_less", "whatif_claims_lacking"}
    assert {each.key for each in difference(over(JUDGE, OLD), over(PLAN, OLD)).summary} >= {"whatif_claims"}
