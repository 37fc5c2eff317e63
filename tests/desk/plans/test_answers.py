"""Answers as they are kept and shown: what they give, what money changes hands, in words of three languages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tantam.desk.plans import RunningPlan, Standing, answers
from tantam.desk.plans.models import PlanVersion
from tantam.desk.plans.running import Facts
from tantam.plan import sections
from tests.support.clock import StandingClock

PLAN = """tantam: 1
company: {name: {vi: Nhỏ, en: Small}, languages: [vi, en, de], timezone: Asia/Ho_Chi_Minh, currency: VND}
hours: {office: {mon-fri: "08:00-12:00, 13:00-18:00"}}
working_days: {on: office, due: closing}
terms:
  fault: {one_of: [ours, none], ask: Lỗi gì?, demands: told}
  paid: {money: 0.., ask: Bao nhiêu?, demands: told}
  new_price: {money: 0.., ask: Giá mới?, demands: told}
outputs:
  settles: {money: any, plus: {vi: trả thêm, en: you pay}, minus: {vi: nhận lại, en: you get back}}
  gets: {money: 0..}
policies:
  exchange:
    stage: after
    decides: |
      when        => outcome  | within
      fault = ours | exchange | at once
      otherwise    | decline  | -
    outcomes: {exchange: {settles: new_price - paid}}
  words:
    stage: after
    decides: |
      row | fault => outcome | say
      a   | ours  => mended  | kind
      b   | none  => decline | kind
    outcomes: {mended: {label: {vi: sửa, en: mended, de: repariert}}}
  refund:
    stage: after
    decides: |
      row   | fault => outcome  | gets | within
      all   | ours  => full     | paid | 3 working days
      never | none  => too_late | -    | -
  price:
    stage: after
    decides: |
      row   | fault => outcome | gets
      money | ours  => less    | paid
      mend  | none  => mended  | -
  items:
    stage: after
    hit: collect
    total: gets
    decides: |
      when         => item  | gets
      fault = ours | price  | paid
      paid > 0 VND | coffee | 20_000 VND
  loss:
    stage: after
    decides: |
      row | fault => outcome | at_most     | within         | say
      a   | -     => judge   | 2_500_000 VND | 2 working days | up_to
texts:
  kind: {vi: "Xin cảm ơn.", en: "Thank you.", de: "Danke."}
  up_to: {vi: "Nhiều nhất {at_most} trong {within}.", en: "Up to {at_most} within {within}.", de: "Bis {at_most}."}
"""


@pytest.fixture(scope="module")
def plan() -> RunningPlan:
    """A small plan that is not in the database."""
    from tantam.plan.files import Source

    read = sections.build((Source("plan.yaml", PLAN),))
    thawed = sections.thaw(sections.freeze(read, version=1, today=date(2026, 3, 1)))
    return RunningPlan(PlanVersion(number=1, hash=thawed.hash), thawed)


def test_signed_money_is_the_customers_when_below_nothing(plan: RunningPlan) -> None:
    cheaper = _kept(plan, "exchange", fault="ours", paid="500000 VND", new_price="450000 VND")
    assert (cheaper["amount"], cheaper["pays"], cheaper["gives"]) == ([50_000, "VND"], None, True)
    dearer = _kept(plan, "exchange", fault="ours", paid="500000 VND", new_price="550000 VND")
    assert (dearer["amount"], dearer["pays"]) == (None, [50_000, "VND"])
    assert "50" in answers.shown(dearer, "en", plan=plan).amount


@pytest.mark.parametrize(
    ("policy", "fault", "gives"),
    [
        ("refund", "ours", True),
        ("refund", "none", False),
        ("words", "ours", True),
        ("words", "none", False),
        ("exchange", "none", False),
        ("items", "ours", True),
    ],
)
def test_what_grants_and_what_does_not(plan: RunningPlan, policy: str, fault: str, gives: bool) -> None:
    kept = _kept(plan, policy, fault=fault, paid="500000 VND", new_price="500000 VND")
    assert kept["gives"] is gives and kept["refuses"] is not gives


def test_what_neither_grants_nor_refuses_is_left_to_a_person(plan: RunningPlan) -> None:
    kept = _kept(plan, "price", fault="none", paid="500000 VND")
    assert (kept["gives"], kept["refuses"]) == (False, False)
    assert "colleague" in answers.shown(kept, "en", plan=plan).next


def test_missing_fact_grants_nothing(plan: RunningPlan) -> None:
    kept = _kept(plan, "refund", paid="500000 VND")
    assert (kept["outcome"], kept["ask"], kept["gives"], kept["refuses"]) == ("ask", "fault", False, False)
    assert "fault" in answers.shown(kept, "en", plan=plan).next


def test_items_add_up(plan: RunningPlan) -> None:
    kept = _kept(plan, "items", fault="ours", paid="500000 VND")
    assert kept["amount"] == [520_000, "VND"]
    assert answers.shown(kept, "vi", plan=plan).amount == "520.000 ₫"


def test_times_run_from_the_grant_and_at_once_is_no_time(plan: RunningPlan, clock: StandingClock) -> None:
    refund = plan.decide("refund", _facts(plan, fault="ours", paid="1 VND"), clock.instant)
    due = answers.due(refund, plan, clock.instant)
    assert due is not None and timedelta(days=3) < due - clock.instant < timedelta(days=6)
    exchange = plan.decide("exchange", _facts(plan, fault="ours", paid="1 VND", new_price="1 VND"), clock.instant)
    assert answers.due(exchange, plan, clock.instant) is None


@pytest.mark.parametrize(
    ("lang", "within"), [("vi", "3 ngày làm việc"), ("de", "3 Arbeitstage"), ("en", "3 working days")]
)
def test_times_are_said_in_the_readers_language(plan: RunningPlan, lang: str, within: str) -> None:
    assert answers.shown(_kept(plan, "refund", fault="ours", paid="1 VND"), lang, plan=plan).within == within


@pytest.mark.parametrize(
    ("lang", "said"),
    [("vi", "Nhiều nhất 2.500.000 ₫ trong 2 ngày làm việc."), ("en", "Up to ₫2,500,000 within 2 working days.")],
)
def test_money_in_a_text_is_said_as_money(plan: RunningPlan, lang: str, said: str) -> None:
    assert answers.shown(_kept(plan, "loss", fault="ours"), lang, plan=plan).say == (said,)


def test_what_is_kept_is_plain_json_without_sentences(plan: RunningPlan) -> None:
    import json

    kept = _kept(plan, "words", fault="ours")
    assert json.loads(json.dumps(kept)) == kept
    assert "cảm ơn" not in json.dumps(kept, ensure_ascii=False) and kept["say"] == ["kind"]


def _facts(plan: RunningPlan, **told: str) -> Facts:
    return plan.read(told, Standing.TOLD)


def _kept(plan: RunningPlan, policy: str, **told: str) -> dict[str, Any]:
    return answers.stored(plan.decide(policy, _facts(plan, **told)), plan)
