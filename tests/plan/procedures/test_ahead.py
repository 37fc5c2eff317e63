"""What comes next for sure, and what a customer is told of a step."""

from __future__ import annotations

from tantam.plan.procedures.ahead import ahead, state_words, told_plainly
from tantam.plan.procedures.route import Path, route
from tantam.plan.sections import Plan
from tests.plan.procedures.test_walk import plan_of

STEPS = """find: {who: agent, do: Finds it, next: decide}
decide: {who: agent, decide: exchange, branches: {replace: both, otherwise: explain}}
both: {who: agent, all: [send, fetch], next: call}
send: {who: stores, do: Brings it, within: 1 day, missed: hurry, next: call}
fetch: {who: stores, do: Takes it, next: call}
call: {who: agent, do: Calls, next: -}
hurry: {who: agent, do: Hurries, next: call}
explain: {who: agent, do: Says why, next: -}"""


def _ahead(plan: Plan, at: str, **branches: str) -> list[str]:
    def branch(path: Path) -> str | None:
        return branches.get(path[-1])

    return ["/".join(each) for each in ahead(route(plan, "p"), [tuple(at.split("/"))], branch)]


def test_nothing_is_said_of_what_lies_behind_an_open_choice() -> None:
    assert _ahead(plan_of(STEPS), "find") == ["decide"]


def test_a_choice_that_is_made_leads_on_by_its_branch_and_through_the_meeting() -> None:
    assert _ahead(plan_of(STEPS), "find", decide="replace") == ["decide", "both", "send", "fetch", "call"]
    assert _ahead(plan_of(STEPS), "find", decide="otherwise") == ["decide", "explain"]


def test_a_missed_time_is_no_way_to_count_on() -> None:
    assert _ahead(plan_of(STEPS), "send") == ["call"]


def test_a_circle_ends() -> None:
    round_and_round = plan_of("a: {who: agent, do: A, next: b}\nb: {who: agent, do: B, next: a}")
    assert _ahead(round_and_round, "a") == ["b"]


def test_what_is_run_leads_on_after_the_step_that_runs_it() -> None:
    plan = plan_of(
        "a: {who: agent, run: q, next: z}\nz: {who: agent, do: Z, next: -}",
        "  q: {steps: {i: {who: agent, do: I, next: j}, j: {who: agent, do: J, next: -}}}\n",
    )
    assert _ahead(plan, "a/i") == ["a/j", "z"]


def test_states_are_named_by_the_plan_then_by_the_engine() -> None:
    plan = plan_of(
        "a: {who: agent, do: A, reaches: received}", "labels: {received: Back with us, odd_one: {en: Odd}}\n"
    )
    assert state_words(plan, "received", "en") == "Back with us"
    assert state_words(plan, "sent", "de") == "An Sie verschickt"
    assert state_words(plan, "half_way", "en") == "half way"


def test_a_state_that_nothing_names_is_told_of() -> None:
    found = plan_of("a: {who: agent, do: A, reaches: on_the_moon}").findings
    assert [(each.code, each.clause) for each in found] == [("P01", "procedures.p.steps.a.reaches")]


def test_what_staff_do_is_told_only_of_what_is_published_and_where_no_state_is_named() -> None:
    steps = "steps: {a: {who: agent, do: A, next: b}, b: {who: customer, do: B, next: c}, c: {who: agent, do: C%s}}"
    told = {
        "about: We help, " + steps % "": [True, False, True],
        steps % "": [False, False, False],
        "about: We help, " + steps % ", reaches: sent": [False, False, False],
    }
    for written, expected in told.items():
        plan = plan_of("x: {who: agent, do: X}", f"  q: {{{written}}}\n")
        assert [told_plainly(route(plan, "q"), (each,)) for each in "abc"] == expected
