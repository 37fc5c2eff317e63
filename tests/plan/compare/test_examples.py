"""A case that is told as touched is answered otherwise; where none is said to be, there is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tantam.plan.compare import Example, Touches, compare, whom
from tantam.plan.run import decide, groups_of, may_grant, open_now, owed, triage
from tantam.plan.sections import Plan, read_text
from tests.plan.compare.mutated import compared, example, mutated
from tests.plan.compare.test_mutations import EVERY

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SHOWN = [each for each in EVERY if each[5] is Touches.CASE]


def answers(plan: Plan, clause: str, example: Example) -> object:
    """Return what the plan answers to what the clause decides, by the public engine."""
    asked, facts = example.asked, dict(example.facts)
    match clause.partition(".")[0].partition("#")[0]:
        case "hours":
            assert example.moment is not None
            return open_now(plan, asked.partition(".")[2], now=example.moment).open
        case "channels":
            assert example.moment is not None
            return [open_now(plan, each.hours, now=example.moment).open for each in plan.channels.values()]
        case "levels":
            return may_grant(plan, facts["level"], facts["kind"], facts["amount"]).allowed
        case "limits":
            assert plan.limits is not None
            return [each.outputs["we"].text for each in plan.limits.rows if each.labels["topic"] == facts["topic"]]
        case "follow_ups":
            assert plan.follow_ups is not None
            rows = (each for each in plan.follow_ups.rows if each.labels["event"] == facts["event"])
            return [{name: out.text for name, out in each.outputs.items()} for each in rows]
        case "policies" | "requirements":
            answer = decide(plan, asked, facts, now=NOW)
            return answer.outcome, dict(answer.outputs), answer.say, answer.granted_by, answer.items
        case "promises":
            return [(each.kind, each.due, each.every_minutes) for each in owed(plan, facts, start=NOW)]
        case "triage":
            placed = triage(plan, facts, now=NOW)
            return placed.stage, placed.severity, placed.level
        case "groups":
            return groups_of(plan, facts, now=NOW)
        case _:
            return None


@pytest.mark.parametrize(("plan", "file", "old", "new", "clause", "touches"), SHOWN, ids=[each[4] for each in SHOWN])
def test_an_example_is_answered_otherwise(
    plan: str, file: str, old: str, new: str, clause: str, touches: Touches
) -> None:
    (change,) = compared((file, old, new), plan).changes
    found = change.example
    assert found is not None and found.before != found.after
    if not clause.startswith("terms."):
        one, other = example(plan), mutated((file, old, new), plan)
        assert answers(one, clause, found) != answers(other, clause, found)


def test_an_example_holds_no_fact_that_it_could_do_without() -> None:
    change = ("policies.yaml", "<= 365 days |  replace", "<= 730 days |  replace")
    (told,) = compared(change).changes
    assert told.example is not None and set(told.example.facts) == {"fault", "owned"}
    for left_out in told.example.facts:
        facts = {term: text for term, text in told.example.facts.items() if term != left_out}
        assert decide(mutated(change), "exchange", facts, now=NOW).outcome == "ask"


SMALL = """\
tantam: 1
company: {{name: Shop, languages: [en], timezone: Europe/Berlin, currency: EUR}}
mission: We serve our customers.
terms:
  fault: {{one_of: [ours, customer, none]}}
  owned: {{duration: 0 days..}}
  sealed: {{yes_no: any}}
policies:
  exchange:
    commitment: We do it.
    hit: first
    decides: |
      row | fault | owned | sealed => outcome
{rows}
"""
FAULTS = ("ours", "customer", "none")
FAULT_CELLS = st.sampled_from(["-", "ours", "none", "ours, customer", "not none"])
OWNED_CELLS = st.builds(
    lambda op, days: f"{op} {days} days", st.sampled_from(["<=", "<", ">", ">="]), st.integers(1, 4)
)
SEALED = st.sampled_from(["-", "-", "yes", "no"])
ROWS = st.lists(
    st.tuples(
        FAULT_CELLS, st.one_of(st.just("-"), OWNED_CELLS), SEALED, st.sampled_from(["replace", "repair", "refund"])
    ),
    min_size=1,
    max_size=4,
)


def small(rows: list[tuple[str, str, str, str]]) -> Plan:
    """Return a plan whose policy decides by these rows."""
    lines = [f"      r{n} | {' | '.join(row[:3])} => {row[3]}" for n, row in enumerate(rows)]
    return read_text(SMALL.format(rows="\n".join(lines)))


def every_answer(plan: Plan) -> list[str]:
    """Return the answer to every case that the small plan can tell apart."""
    cases = product(FAULTS, range(7), ("yes", "no"))
    return [
        decide(plan, "exchange", {"fault": fault, "owned": f"{days} days", "sealed": sealed}, now=NOW).outcome
        for fault, days, sealed in cases
    ]


@settings(max_examples=60, deadline=timedelta(seconds=20))
@given(ROWS, ROWS, st.booleans())
def test_examples_agree_with_every_case_there_is(
    before: list[tuple[str, str, str, str]], after: list[tuple[str, str, str, str]], shuffled: bool
) -> None:
    one = small(before)
    other = small([*after[:1], *before[1:]] if not shuffled else after)
    found = compare(one, other)
    differs = every_answer(one) != every_answer(other)
    assert found.is_same is not differs
    assert all(each.touches in (Touches.CASE, Touches.NONE) for each in found)
    for each in found:
        if each.example is not None:
            facts = dict(each.example.facts)
            assert decide(one, "exchange", facts, now=NOW).outcome == each.example.before["outcome"]
            assert decide(other, "exchange", facts, now=NOW).outcome == each.example.after["outcome"]


def test_of_hours_a_promise_that_falls_due_otherwise_is_shown() -> None:
    change = ("plan.yaml", 'mon-fri: "08:00-12:00, 13:00-18:00"', 'mon-fri: "08:00-12:00, 13:00-17:00"')
    found = compared(change)
    (told,) = (each for each in found if each.clause == "hours.office")
    shown = told.promised
    assert shown is not None and shown.moment is not None and shown.asked == "due.first_reply"
    due = []
    for plan in (example(), mutated(change)):
        due += [each.due for each in owed(plan, dict(shown.facts), start=shown.moment) if each.kind == "first_reply"]
    assert due == [shown.before["due"], shown.after["due"]] and due[0] != due[1]
    assert "promises#reply_normal" in told.concerns and "company.teams.care" in told.concerns


def test_when_the_last_way_in_closes_that_is_said() -> None:
    one = small([("-", "-", "-", "replace")])
    hours = '\nhours: {shop: {mon-sat: "09:00-18:00"}}\nchannels: {shop: {hours: shop}}\n'
    text = SMALL.format(rows="      r0 | - | - | - => replace") + hours
    found = compare(read_text(text), read_text(text.replace("18:00", "17:00")))
    (told,) = found.changes
    assert told.example is not None and told.example.moment is not None
    assert f"{told.example.moment:%a %H:%M}" == "Mon 17:00"
    assert whom(told, "en", within=found) == (
        "For example: Monday, 2 March 2026, 17:00. Before: open. Now: closed. Then there is no way in any more. "
        "It concerns whoever comes by shop."
    )
    assert not compare(one, one).changes


def test_day_at_the_end_of_all_time_is_compared() -> None:
    text = SMALL.format(rows="      r0 | - | - | - => replace") + '\nhours: {shop: {mon-sat: "09:00-18:00"%s}}\n'
    for day in ("9999-12-31", "0001-01-01"):
        found = compare(read_text(text % ""), read_text(text % f', "{day}": closed'))
        assert [each.clause for each in found] == ["hours.shop"]
