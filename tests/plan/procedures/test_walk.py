"""Walking: whatever is answered, a sound procedure is walked to its end or waits; every marking is one of the net's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tantam.plan.procedures import walk
from tantam.plan.procedures.asking import Decided, goes_on, turn
from tantam.plan.procedures.net import net_of
from tantam.plan.procedures.route import Route, route
from tantam.plan.procedures.soundness import verdict
from tantam.plan.procedures.walk import Going, Gone, How, Standing, Walked
from tantam.plan.run import Standing as Known
from tantam.plan.run import read_facts
from tantam.plan.sections import Plan, read_text
from tantam.plan.sections.clauses_procedures import Procedure
from tests.plan.procedures.graphs import procedures, structured

NOW = datetime(2026, 3, 4, 3, tzinfo=UTC)
HEAD = """
tantam: 1
company: {name: S, languages: [en], timezone: UTC, currency: EUR}
mission: We serve our customers.
levels: {agent: {escalates_to: boss}, boss: {}}
internal: {stores: {label: {en: Stores}}}
terms:
  fault: {one_of: [ours, customer, none], ask: What is wrong?}
  owned: {duration: 0 days.., ask: Since when?}
  works: {yes_no: any, ask: Does it work?}
  plugged: {yes_no: any, ask: Is it plugged in?}
texts: {turn_it: Turn it off and on.}
policies:
  exchange:
    decides: |
      fault          | owned      => outcome | within
      ours           | <= 30 days | replace  | 2 days
      ours           | > 30 days  | repair   | 5 days
      customer, none | -          | refuse   | -
"""


def plan_of(steps: str, more: str = "") -> Plan:
    lines = "".join(f"      {line}\n" for line in steps.split("\n") if line)
    return read_text(f"{HEAD}procedures:\n  p:\n    steps:\n{lines}{more}")


def ways(walked: Walked) -> list[str]:
    return ["/".join(each.path) for each in walked.standing.tokens]


def facts(plan: Plan, **told: str) -> dict[str, object]:
    return dict(read_facts(plan, told, now=NOW, standing=Known.TOLD))


EMPTY = plan_of("a: {who: agent, do: A}")


@settings(max_examples=300, deadline=None)
@given(structured(), st.data())
def test_a_sound_procedure_is_walked_to_its_end_whatever_is_answered(procedure: Procedure, data: st.DataObject) -> None:
    there = Route(EMPTY, procedure)
    walked = walk.begin(there, NOW)
    now = NOW
    for _ in range(2_000):
        if walked.standing.is_over:
            return
        open_ = [each for each in walked.standing.tokens if not there.waits_for(each.path)]
        assert open_, "somebody can do something"
        token = data.draw(st.sampled_from(open_))
        when = data.draw(st.sampled_from([each.when for each in there.moves(token.path) if not each.missed]))
        how = data.draw(st.sampled_from([How.DONE, How.SKIPPED]))
        now += timedelta(minutes=1)
        walked = walk.go(there, walked.standing, Going(token.number, when, how), now=now)
    # A choice may lead back for ever, if it is answered so; then it has not ended, but is not stuck either.


@settings(max_examples=300, deadline=None)
@given(procedures(), st.data())
def test_walking_stands_only_where_the_token_game_does(procedure: Procedure, data: st.DataObject) -> None:
    said = verdict(procedure)
    if not said.is_sound:
        return
    net, there = net_of(procedure), Route(EMPTY, procedure)
    reachable = {(net.first,)}
    todo = list(reachable)
    while todo:
        for _, following in net.next_markings(todo.pop()):
            if following not in reachable:
                reachable.add(following)
                todo.append(following)
    walked = walk.begin(there, NOW)
    for _ in range(30):
        assert tuple(sorted(each.path[-1] for each in walked.standing.tokens)) in reachable
        open_ = [each for each in walked.standing.tokens if not there.waits_for(each.path)]
        if not open_:
            assert walked.standing.is_over
            return
        token = data.draw(st.sampled_from(open_))
        move = data.draw(st.sampled_from(there.moves(token.path)))
        how = How.MISSED if move.missed else How.DONE
        walked = walk.go(there, walked.standing, Going(token.number, move.when, how), now=NOW)


@settings(max_examples=100, deadline=None)
@given(procedures())
def test_even_an_unsound_one_is_walked_without_running_for_ever(procedure: Procedure) -> None:
    there = Route(EMPTY, procedure)
    walked = walk.begin(there, NOW)
    for hours in range(1, 20):
        walked = walk.tick(there, walked.standing, NOW + timedelta(hours=hours))
    assert len(walked.standing.tokens) < 10_000


STEPS = """
report: {who: customer, do: Reports}
find: {who: agent, ask: What is wrong?, asks: [fault, owned], within: 2 h, missed: wake}
decide: {who: agent, do: What follows?, decide: exchange, branches: {"replace, repair": both, otherwise: explain}}
both: {who: agent, all: [send, fetch], next: call}
send: {who: stores, do: Brings the new one}
fetch: {who: stores, run: fetching}
call: {who: agent, do: Calls, wait_for: 7 days, next: done}
explain: {who: agent, do: Says why, next: done}
wake: {who: agent, hand_over: boss, next: decide}
done: {who: customer, end: Uses it again}
"""
FETCHING = """  fetching:
    steps:
      ask: {who: stores, do: Asks when}
      come: {who: stores, do: Comes}
"""


def start() -> tuple[Route, Walked]:
    there = route(plan_of(STEPS, FETCHING), "p")
    return there, walk.begin(there, NOW)


def step(there: Route, walked: Walked, name: str, when: str = "", at: datetime = NOW) -> Walked:
    token = next(each for each in walked.standing.tokens if each.path[-1] == name)
    return walk.go(there, walked.standing, Going(token.number, when), now=at)


def test_what_the_customer_does_first_is_done_by_coming() -> None:
    there, walked = start()
    assert ways(walked) == ["find"]
    assert [each.how for each in walked.gone] == [How.DONE]
    assert walked.standing.tokens[0].due == NOW + timedelta(hours=2)


def test_ways_at_once_meet_and_a_procedure_that_is_run_goes_on_after_it() -> None:
    there, walked = start()
    walked = step(there, step(there, walked, "find"), "decide", "replace, repair")
    assert ways(walked) == ["send", "fetch", "fetch/ask"]
    walked = step(there, walked, "send")
    walked = step(there, step(there, walked, "ask"), "come")
    assert ways(walked) == ["call"]
    assert walked.standing.tokens[0].waits(NOW)
    later = walk.tick(there, walked.standing, NOW + timedelta(days=7))
    assert ways(later) == ["call"] and not later.standing.tokens[0].waits(NOW + timedelta(days=7))
    assert step(there, later, "call").standing.is_over


def test_what_takes_too_long_goes_the_way_of_the_late_and_hands_over() -> None:
    there, walked = start()
    assert walk.next_at(walked.standing, NOW) == NOW + timedelta(hours=2)
    late = walk.tick(there, walked.standing, NOW + timedelta(hours=3))
    assert ways(late) == ["decide"]
    assert [(each.token.path[0], each.how) for each in late.gone] == [("find", How.MISSED), ("wake", How.ALONE)]
    assert [each.path for each in late.late] == [("find",)]
    assert walk.tick(there, late.standing, NOW + timedelta(hours=9)).late == ()


def test_late_without_a_way_is_told_once_and_stays() -> None:
    there = route(plan_of("a: {who: agent, do: A, within: 1 h}"), "p")
    walked = walk.tick(there, walk.begin(there, NOW).standing, NOW + timedelta(hours=2))
    assert ways(walked) == ["a"] and len(walked.late) == 1
    assert walk.tick(there, walked.standing, NOW + timedelta(hours=3)).late == ()
    assert walk.next_at(walked.standing, NOW) is None


def test_a_step_done_twice_is_refused() -> None:
    there, walked = start()
    number = walked.standing.tokens[0].number
    after = walk.go(there, walked.standing, Going(number), now=NOW)
    with pytest.raises(LookupError):
        walk.go(there, after.standing, Going(number), now=NOW)
    with pytest.raises(LookupError):
        walk.go(there, after.standing, Going(after.standing.tokens[0].number, "nowhere"), now=NOW)


def test_only_what_is_unknown_is_asked() -> None:
    there, walked = start()
    found = turn(there, walked.standing.tokens[0].path, facts(there.plan, fault="ours"), now=NOW)
    assert found is not None
    assert [each.term for each in found.asks] == ["owned"] and found.known == ("fault",)


def test_the_branch_follows_from_the_policy_with_its_clause() -> None:
    there, walked = start()
    found = turn(there, ("decide",), facts(there.plan, fault="ours", owned="12 days"), now=NOW)
    assert found is not None and found.because is not None
    assert (found.when, found.outcome) == ("replace, repair", "replace")
    assert found.because.clause.startswith("policies.exchange.decides#")
    asked = turn(there, ("decide",), facts(there.plan, fault="ours"), now=NOW)
    assert asked is not None and asked.when is None and [each.term for each in asked.asks] == ["owned"]


def test_the_branch_follows_from_conditions_with_its_cell() -> None:
    there = route(
        plan_of("""
a: {who: agent, when: owned, branches: {"<= 30 days": b, otherwise: c}}
b: {who: agent, do: B, next: "-"}
c: {who: agent, do: C}
"""),
        "p",
    )
    found = turn(there, ("a",), facts(there.plan, owned="12 days"), now=NOW)
    assert found is not None and found.because is not None
    assert (found.when, found.because.clause) == ("<= 30 days", "procedures.p.steps.a#<= 30 days")
    assert "12 days" in found.because.text("en")
    other = turn(there, ("a",), facts(there.plan, owned="40 days"), now=NOW)
    assert other is not None and other.when == "otherwise"


def test_what_was_decided_already_is_not_asked_again() -> None:
    there, walked = start()
    alone = goes_on(there, dict, now=NOW, settled=lambda policy: Decided("refuse"))
    token = walked.standing.tokens[0]
    after = walk.go(there, walked.standing, Going(token.number), now=NOW, alone=alone)
    assert ways(after) == ["explain"]


TRIES = """  no_picture:
    goal: works
    nothing_left: boss
    tries: |
      plugged => do
      no      => plug_it_in
      -       => turn_it
"""


def test_a_troubleshooter_tries_what_applies_until_the_goal_holds_or_hands_over() -> None:
    there = route(plan_of("a: {who: agent, do: A}", TRIES), "no_picture")
    known = facts(there.plan, plugged="yes")
    alone = goes_on(there, lambda: known, now=NOW)
    walked = walk.begin(there, NOW, alone)
    assert ways(walked) == ["try2"], "what does not apply is not tried"
    found = turn(there, ("try2",), known, now=NOW)
    assert found is not None and found.step.work.does["en"] == "Turn it off and on."
    number = walked.standing.tokens[0].number
    assert walk.go(there, walked.standing, Going(number, "works"), now=NOW).standing.is_over
    failed = walk.go(there, walked.standing, Going(number, "fails"), now=NOW, alone=alone)
    assert [each.token.path for each in failed.gone][-1] == ("left",) and failed.standing.is_over


def test_an_event_lets_a_step_begin() -> None:
    there = route(plan_of("a: {who: agent, do: A, wait_for: released, within: 2 h}"), "p")
    walked = walk.begin(there, NOW)
    token = walked.standing.tokens[0]
    assert token.begins is None and token.due is None
    same = walk.happened(there, walked.standing, "sold", NOW)
    assert same.standing == walked.standing
    begun = walk.happened(there, walked.standing, "released", NOW + timedelta(days=1)).standing.tokens[0]
    assert begun.due == NOW + timedelta(days=1, hours=2)


def test_a_step_that_is_no_longer_there_can_only_be_left() -> None:
    there, _ = start()
    lost = walk.Token(1, ("vanished",), NOW, NOW)
    walked = walk.go(there, Standing((lost,), 2), Going(1, "", How.SKIPPED), now=NOW)
    assert walked.standing.is_over and walked.gone == (Gone(lost, How.SKIPPED, NOW, ""),)


def test_going_again_counts_its_times_from_now() -> None:
    there, walked = start()
    later = NOW + timedelta(days=1)
    again = walk.again(there, walked.standing, walked.standing.tokens, later)
    assert again.tokens[0].path == ("find",) and again.tokens[0].due == later + timedelta(hours=2)
    assert again.tokens[0].number != walked.standing.tokens[0].number


def test_procedures_that_run_each_other_for_ever_stop_at_a_depth() -> None:
    more = "  q:\n    steps:\n      x: {who: agent, run: p}\n"
    walked = walk.begin(there := route(plan_of("a: {who: agent, run: q}", more), "p"), NOW)
    assert walked.standing.tokens and max(len(each.path) for each in walked.standing.tokens) <= 8
    deepest = max(walked.standing.tokens, key=lambda each: len(each.path))
    assert walk.go(there, walked.standing, Going(deepest.number), now=NOW).standing.is_over


def test_a_hundred_steps_are_walked_at_once() -> None:
    steps = "\n".join(f"s{n}: {{who: agent, do: S{n}}}" for n in range(100))
    there = route(plan_of(steps), "p")
    walked = walk.begin(there, NOW)
    for n in range(100):
        walked = step(there, walked, f"s{n}")
    assert walked.standing.is_over
