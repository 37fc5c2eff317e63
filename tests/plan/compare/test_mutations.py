"""Each single change of a plan is told once, at its clause, and no other."""

from __future__ import annotations

import pytest

from tantam.plan.compare import Change, Touches, Weight, What, aloud, compare, whom
from tantam.plan.compare.changes import Edit
from tantam.plan.words import LANGUAGES
from tests.plan.compare.mutated import compared, example, mutated
from tests.support.proving import only_when_proving

pytestmark = only_when_proving

PLAN, POLICIES, TERMS, SHOP = "plan.yaml", "policies.yaml", "terms.yaml", "shop.yaml"
CASE, NONE, NAMED, UNASKED = Touches.CASE, Touches.NONE, Touches.NAMED, Touches.UNASKED

FAULTY = "policies.exchange.decides#faulty"
REGRET_LATE = "      regret_late    | none      | > 7 days    |  decline  | -\n"
AGED = "=> repair  | 7 working days\n"
SPARE = "      spare | ours | <= 9 days => replace | at once\n"

# What is written in which file, what is written instead; the one clause told, and whether a case shows it.
BEN_XUAN = [
    (POLICIES, "<= 365 days |  replace", "<= 730 days |  replace", FAULTY, CASE),
    (POLICIES, "|  replace  | at once\n      aged", "|  repair  | at once\n      aged", FAULTY, CASE),
    (POLICIES, REGRET_LATE, "", "policies.exchange.decides#regret_late", CASE),
    (POLICIES, "gets: price * 90 %", "gets: price * 80 %", "policies.refund.outcomes.less_fee", CASE),
    (POLICIES, "      regret         |", "      changed_mind   |", "policies.exchange.decides#changed_mind", UNASKED),
    (POLICIES, "say: replaced\n", "say: inspected\n", "policies.exchange.outcomes.replace", CASE),
    (POLICIES, "priority: 3", "priority: 2", "policies.consultation", UNASKED),
    (PLAN, "|  30 min              | office", "|  15 min              | office", "promises#reply_elderly", CASE),
    (PLAN, "|  every 1 h           | online", "|  every 2 h           | online", "promises#update_critical", CASE),
    (PLAN, "|  4 h                 | office", "|  4 h                 | online", "promises#reply_normal", CASE),
    (PLAN, "|  critical | manager ", "|  critical | director", "triage#danger", CASE),
    (PLAN, "when: age >= 65", "when: age >= 60", "groups.elderly", CASE),
    (PLAN, "  when_several: soonest", "  when_several: latest", "promises.when_several", NAMED),
    (PLAN, "  data_recovery    |  no | no_data_recovery\n", "", "limits#", CASE),
    (PLAN, "refund: 500_000 VND", "refund: 1_000_000 VND", "levels.agent", CASE),
    (PLAN, "escalates_to: specialist", "escalates_to: manager", "levels.agent", NAMED),
    (PLAN, 'mon-sun: "09:00-21:00"', 'mon-sun: "09:00-22:00"', "hours.shop", CASE),
    (PLAN, "    hours: hotline", "    hours: shop", "channels.phone", CASE),
    (PLAN, 'target: ">= 95 %"', 'target: ">= 97 %"', "goals.word_kept", UNASKED),
    (PLAN, 'alarm: "< 90 %"', 'alarm: "< 85 %"', "measures.promises_kept", UNASKED),
    (PLAN, "  every: 3 months", "  every: 6 months", "review.every", UNASKED),
    (PLAN, "en: Call a week after delivery", "en: Write a week after delivery", "groups.new", NAMED),
    (PLAN, "|  7 days | call_customer", "|  9 days | call_customer", "follow_ups#settle", CASE),
    (PLAN, "en: If it will be late", "en: If it may be late", "conduct.2", NAMED),
    (PLAN, "mission:\n  vi: Ai", "mission:\n  vi: Hễ ai", "mission", NAMED),
    (TERMS, "always: [shipping <= paid]", "always: []", "always.0", UNASKED),
    (TERMS, "    number: 0..\n    unit", "    number: 18..\n    unit", "terms.age", UNASKED),
    ("texts.vi.yaml", "replaced: ", "replaced: Dạ, ", "texts.replaced", NAMED),
    ("procedures.yaml", "within: 15 min", "within: 30 min", "procedures.faulty_product.steps.find", NAMED),
    ("procedures.yaml", "replace: send, ", "replace: mend, ", "procedures.faulty_product.steps.decide", NAMED),
]  # fmt: skip
ALL_CONSTRUCTS = [
    (SHOP, "price > 0 VND, say", "price > 1_000 VND, say", "requirements.paid", CASE),
    (SHOP, "not seal    => -     |", "not seal    => judge |", "policies.exchange.must#intact", CASE),
    (SHOP, "count(items) <= 3", "count(items) <= 5", "policies.exchange.must#listed", CASE),
    (SHOP, "ours  => 60 days", "ours  => 90 days", "terms.grace#ae0bec", CASE),
    (SHOP, "dear: price > 5_000_000 VND", "dear: price > 4_000_000 VND", "terms.dear", CASE),
    (SHOP, "today - 30 days  =>", "today - 60 days  =>", "policies.late.decides#e3f8d7", CASE),
    (SHOP, "price    | price\n", "price    | price - shipping\n", "policies.refund.decides#goods", CASE),
    (SHOP, AGED, AGED + SPARE, "policies.exchange.decides#spare", NONE),
    (SHOP, "outcome: repair, within: 7", "outcome: repair, within: 5", "policies.cover.decides#always", CASE),
    (SHOP, "needs: [found, paid]", "needs: [found]", "policies.exchange", NAMED),
    (SHOP, "waits_for: goods_back", "waits_for: goods_here", "policies.refund", NAMED),
    (SHOP, "else: ask, say", "else: judge, say", "requirements.found", CASE),
    (SHOP, "at_most: 1 per purchase", "at_most: 2 per purchase", "actions.replace", UNASKED),
]  # fmt: skip
EVERY = [("ben-xuan", *each) for each in BEN_XUAN] + [("shop", *each) for each in ALL_CONSTRUCTS]


@pytest.mark.parametrize(("plan", "file", "old", "new", "clause", "touches"), EVERY, ids=[each[4] for each in EVERY])
def test_a_change_is_told_once_and_at_its_clause(
    plan: str, file: str, old: str, new: str, clause: str, touches: Touches
) -> None:
    found = compared((file, old, new), plan)
    (change,) = found.changes
    assert change.clause.startswith(clause) and (clause.endswith("#") or change.clause == clause)
    assert change.touches is touches
    for lang in LANGUAGES:
        sentence = aloud(change, lang, within=found)
        assert sentence[:1].isupper() and "{" not in sentence and "None" not in sentence
        assert bool(whom(change, lang, within=found)) is (touches is not UNASKED)


@pytest.mark.parametrize(("plan", "file", "old", "new", "clause", "touches"), EVERY, ids=[each[4] for each in EVERY])
def test_the_other_way_round_it_is_mirrored(
    plan: str, file: str, old: str, new: str, clause: str, touches: Touches
) -> None:
    one, other = example(plan), mutated((file, old, new), plan)
    (there,), (back,) = compare(one, other).changes, compare(other, one).changes
    opposite = {What.ADDED: What.REMOVED, What.REMOVED: What.ADDED}
    assert back.what is opposite.get(there.what, there.what)
    assert {_turned(each) for each in back.edits} == set(there.edits)
    assert back.weight is there.weight and back.touches is there.touches


def _turned(edit: Edit) -> Edit:
    return Edit(edit.part, edit.after, edit.before, tuple(sorted(edit.languages, key=("vi", "de", "en").index)))


@pytest.mark.parametrize("plan", ["ben-xuan", "it-service", "shop"])
def test_a_plan_does_not_differ_from_itself(plan: str) -> None:
    assert not compare(example(plan), example(plan)).changes


# Written otherwise, the same in meaning.
SAME = [
    (PLAN, "when: age >= 65", "when:   age>=65"),
    (PLAN, "refund: 500_000 VND", "refund: 500000 VND"),
    (PLAN, "mon-sun: \"09:00-21:00\"", "mon-fri: \"09:00-21:00\"\n    sat-sun: \"09:00-21:00\""),
    (PLAN, "topic            => we | say", "topic => we|say"),
    (PLAN, "  bought_elsewhere |  no | not_bought_from_us\n  unlocking        |  no | no_unlocking\n",
     "  unlocking | no | no_unlocking\n  bought_elsewhere | no | not_bought_from_us\n"),
    (PLAN, "# Bến Xuân: điện máy", "# Another comment: điện máy"),
    (PLAN, "working_days: {on: office, due: closing}", "working_days:\n  due: closing\n  on: office"),
    (POLICIES, "    granted_by: plan\n", ""),
    (POLICIES, "    topics: [advice]\n", "    topics: advice\n"),
    (TERMS, "always: [shipping <= paid]", "always:\n  - shipping<=paid"),
]  # fmt: skip


@pytest.mark.parametrize("change", SAME, ids=lambda each: each[2][:30])
def test_another_order_or_layout_is_no_change(change: tuple[str, str, str]) -> None:
    assert not compared(change).changes


def test_what_is_promised_comes_first() -> None:
    old = example()
    new = mutated((PLAN, "refund: 500_000 VND", "refund: 900_000 VND"))
    assert [each.weight for each in compare(old, new)] == [Weight.WORKED]
    both = compare(mutated((POLICIES, "<= 365 days |  replace", "<= 100 days |  replace")), new)
    assert [each.weight for each in both] == [Weight.PROMISED, Weight.WORKED]


GIFT = """\
  gift:
    kind: benefit
    stage: after
    commitment: A gift for you.
    decides: |
      need  => outcome
      quote => give
      -     => decline
    outcomes:
      give: {label: a gift}
"""


def test_a_new_policy_is_told_once_whatever_it_says() -> None:
    found = compared((POLICIES, "policies:\n", f"policies:\n{GIFT}"))
    (change,) = found.changes
    assert (change.what, change.clause) == (What.ADDED, "policies.gift")
    assert "A gift for you." in aloud(change, "en", within=found)


MOVED = """\
      when                         => outcome
      handed_on < today - 30 days  => decline
"""


@pytest.mark.parametrize(("outcome", "told"), [("repair", 1), ("decline", 0)])
def test_two_rows_that_change_places_are_told_only_if_that_changes_an_answer(outcome: str, told: int) -> None:
    rows = ["      handed_on < today - 30 days  => decline\n", f"      fault = ours => {outcome}\n"]
    head = "      when                         => outcome\n"
    one = mutated((SHOP, MOVED, head + "".join(rows)), "shop")
    other = mutated((SHOP, MOVED, head + "".join(reversed(rows))), "shop")
    found = compare(one, other)
    assert len(found) == told
    assert all(each.what is What.MOVED and each.touches is CASE for each in found)
    assert found.is_same is (told == 0)


def test_a_row_without_a_name_is_the_same_row_when_one_cell_differs() -> None:
    (change,) = compared((SHOP, "      ours  => 60 days", "      ours, none => 60 days"), "shop").changes
    assert change.what is What.CHANGED and change.was == "terms.grace#ae0bec" != change.clause


def test_a_change_that_alters_no_answer_says_so_and_the_plans_mean_the_same() -> None:
    found = compared((SHOP, AGED, AGED + SPARE), "shop")
    (change,) = found.changes
    assert whom(change, "en", within=found) == "No answer changes by it."
    assert found.is_same


def test_a_change_has_no_words_of_its_own() -> None:
    change = Change(What.CHANGED, "hours.shop", Weight.REACHED)
    assert (change.address, change.row) == ("hours.shop", "")
