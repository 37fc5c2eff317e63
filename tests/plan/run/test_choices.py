"""What customers may choose instead: each an answer of its own, by the same clause, as its outcome says."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from tantam.plan.run.decide import decide, taken
from tantam.plan.sections import Plan, read
from tantam.plan.tables.values import Amount, Span
from tests.plan.checks.plans import HEAD

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
BEN_XUAN = read(Path(__file__).parents[3] / "plans" / "ben-xuan")
FACTS = {"fault": "ours", "owned": "12 days"}
WRITTEN = """\
terms: {fault: {one_of: [ours, none]}, price: {money: 0..}}
outputs: {gets: {money: 0..}}
floors: {law: {policies: [back], when: fault = ours, gives: [money, new, mended]}}
policies:
  back:
    commitment: We put it right.
    decides: |
      row    | fault | price     => outcome | within        | law
      cheap  | ours  | < 50 EUR  => money   | 3 working days | § 1
      dear   | ours  | >= 50 EUR => new     | at once       | § 2
      regret | none  | -         => less    | 5 working days | -
    outcomes:
      money: {gets: price, say: paid, or: [new, mended]}
      new: {within: 2 working days, or: mended}
      mended: {within: 7 working days}
      less: {gets: price * 90 %, or: voucher}
      voucher: {gets: price, within: 1 working day}
"""


def _plan() -> Plan:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.yaml"
        path.write_text(HEAD + WRITTEN, encoding="utf-8")
        return read(path)


SMALL = _plan()


def test_what_may_be_chosen_has_its_own_time_and_the_same_reason() -> None:
    answer = decide(BEN_XUAN, "exchange", FACTS, now=NOW)
    (other,) = answer.instead
    assert (answer.outcome, other.outcome, str(other.outputs["within"])) == ("replace", "repair", "7 working days")
    assert other.because == answer.because and other.instead == ()
    assert other.say == ("repaired_free",)


def test_what_the_row_writes_is_for_its_own_outcome_but_for_the_law() -> None:
    answer = decide(SMALL, "back", {"fault": "ours", "price": "20 EUR"}, now=NOW)
    new, mended = answer.instead
    assert (str(answer.outputs["within"]), str(new.outputs["within"])) == ("3 working days", "2 working days")
    assert (answer.law, new.law, mended.law) == ("§ 1", "§ 1", "§ 1")
    assert "gets" not in new.outputs and answer.say == ("paid",) and new.say == ()


def test_an_outcome_that_names_no_other_leaves_no_choice() -> None:
    assert decide(BEN_XUAN, "exchange", {"fault": "ours", "owned": "400 days"}, now=NOW).instead == ()


def test_taken_swaps_and_taken_back_is_as_before() -> None:
    answer = decide(SMALL, "back", {"fault": "ours", "price": "20 EUR"}, now=NOW)
    chosen = taken(answer, "mended")
    assert (chosen.outcome, chosen.chosen_over) == ("mended", "money")
    assert [each.outcome for each in chosen.instead] == ["money", "new"]
    again = taken(chosen, "new")
    assert (again.chosen_over, [each.outcome for each in again.instead]) == ("money", ["money", "mended"])
    back = taken(again, "money")
    assert (back.outcome, back.chosen_over, back.outputs) == ("money", "", answer.outputs)
    assert {each.outcome for each in back.instead} == {"new", "mended"}


def test_what_is_not_offered_is_not_taken() -> None:
    answer = decide(BEN_XUAN, "exchange", FACTS, now=NOW)
    assert taken(answer, "estimate") is answer and taken(answer, "replace") is answer


@given(fault=st.sampled_from(["ours", "none"]), cents=st.integers(0, 20_000))
def test_every_choice_is_what_its_outcome_says_and_stands_above_the_floor(fault: str, cents: int) -> None:
    answer = decide(SMALL, "back", {"fault": fault, "price": f"{cents / 100:.2f} EUR"}, now=NOW)
    policy, floor = SMALL.policies["back"], SMALL.floors["law"]
    assert tuple(each.outcome for each in answer.instead) == policy.outcomes[answer.outcome].instead
    for each in answer.instead:
        carried = policy.outcomes[each.outcome].arguments
        assert carried is not None
        assert set(each.outputs) - {"law"} == {out.name for out in carried.outputs} - {"say"}
        assert isinstance(each.outputs["within"], Span)
        if each.outcome == "voucher":
            assert each.outputs["gets"] == Amount(cents, "EUR")
        assert fault != "ours" or each.outcome in floor.gives
        assert (each.because, each.granted_by) == (answer.because, answer.granted_by)
    if answer.outcome == "less":
        assert answer.outputs["gets"].minor <= Fraction(cents) * 9 / 10 + 1
