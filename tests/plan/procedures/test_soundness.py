"""Procedures proved sound: against a simulator that tries everything, and each finding by a plan that has it."""

from __future__ import annotations

import re
from pathlib import Path
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tantam.plan.checks import check
from tantam.plan.errors import Finding, Place
from tantam.plan.procedures.calls import circles
from tantam.plan.procedures.soundness import verdict
from tantam.plan.sections import read_text
from tantam.plan.sections.clauses_procedures import Choice, End, Limit, Parallel, Procedure, Run, Step, Task, Way, Work
from tests.plan.procedures.graphs import HERE, procedures, structured
from tests.plan.procedures.simulator import sound

HEAD = """
tantam: 1
company: {name: S, languages: [en], timezone: UTC, currency: EUR}
mission: We serve our customers.
levels: {agent: {escalates_to: boss}, boss: {}}
terms: {fault: {one_of: [ours, customer, none]}, owned: {duration: 0 days..}, quiet: {yes_no: any}}
policies:
  exchange:
    decides: |
      fault          | owned      => outcome | within
      ours           | <= 30 days | replace  | 2 working days
      ours           | > 30 days  | repair   | 5 working days
      customer, none | -          | refuse   | -
"""


def findings(steps: str, more: str = "") -> dict[str, Finding]:
    written = f"{HEAD}procedures:\n  p:\n    steps:\n" + "".join(
        f"      {line}\n" for line in steps.split("\n") if line
    )
    return {each.code: each for each in check(read_text(written + more)) if each.code[0] == "P"}


def task(name: str, to: str) -> Step:
    return Task(Work(name, HERE), Way(to, HERE))


def split(name: str, heads: tuple[str, ...], to: str, *, missed: str = "") -> Step:
    work = Work(name, HERE, within=Limit("1 h", None, missed))
    return Parallel(work, tuple(Way(each, HERE) for each in heads), Way(to, HERE))


def choice(name: str, *heads: str) -> Step:
    return Choice(Work(name, HERE), tuple(Way(to, HERE, f"w{number}") for number, to in enumerate(heads)))


BOTH_COME_FROM_ONE = Procedure(
    "p",
    HERE,
    steps={
        "s0": split("s0", ("s1", "s2"), "s4"),
        "s1": split("s1", ("s3", "s4"), "s2"),
        "s2": End(Work("s2", HERE)),
        "s3": task("s3", "s4"),
        "s4": task("s4", ""),
    },
)
MORE_THAN_ARE_LOOKED_AT = Procedure(
    "p",
    HERE,
    steps={
        "s0": split("s0", ("s2", "s3", "s4"), "s6", missed="s6"),
        "s2": split("s2", ("s5", "s7", "s6"), "s5"),
        "s3": split("s3", ("s4", "s6", "s7"), "s4"),
        "s4": choice("s4", "", "s7"),
        "s5": choice("s5", "", "s6"),
        "s6": task("s6", "s7"),
        "s7": choice("s7", "s0", "s2"),
    },
)


@settings(max_examples=600, deadline=None)
@given(procedures())
@example(BOTH_COME_FROM_ONE)
@example(MORE_THAN_ARE_LOOKED_AT)
def test_sound_if_and_only_if_the_simulator_finds_no_dead_end(procedure: Procedure) -> None:
    said = verdict(procedure)
    if said.complete:
        assert said.is_sound == sound(procedure)
    else:  # eight steps may come to more states than are looked at: what was found is wrong all the same
        assert said.is_sound or not sound(procedure)


@settings(max_examples=100, deadline=None)
@given(structured())
def test_what_is_sound_by_its_making_is_proved_sound(procedure: Procedure) -> None:
    assert verdict(procedure).is_sound
    assert sound(procedure)


@settings(max_examples=200, deadline=None)
@given(structured(), st.data())
def test_one_way_led_elsewhere_is_told_as_the_simulator_tells(procedure: Procedure, data: st.DataObject) -> None:
    steps = dict(procedure.steps)
    tasks = [name for name, each in steps.items() if isinstance(each, Task)]
    name = data.draw(st.sampled_from(tasks))
    steps[name] = task(name, data.draw(st.sampled_from([*steps, ""])))
    broken = Procedure("p", HERE, steps=steps)
    assert verdict(broken).is_sound == sound(broken)


@settings(max_examples=200, deadline=None)
@given(procedures())
def test_a_trace_can_be_walked(procedure: Procedure) -> None:
    said = verdict(procedure)
    for trace in (said.stuck, said.endless, said.twice):
        assert trace is None or trace.path == () or trace.path[0].step == next(iter(procedure.steps))


def test_a_bounded_search_says_so() -> None:
    heads = [f"s{number}" for number in range(12)]
    steps: dict[str, Step] = {"all": split("all", tuple(heads), "z")}
    steps |= {each: task(each, f"{each}b") for each in heads} | {f"{each}b": task(f"{each}b", "z") for each in heads}
    steps["z"] = End(Work("z", HERE))
    said = verdict(Procedure("p", Place("x", 1, 1), steps=steps), most_states=500)
    assert not said.complete and said.states == 500
    assert said.is_sound and said.never == ()


def test_an_outcome_without_a_way_is_told_with_the_way_there() -> None:
    found = findings("""
report: {who: customer, do: Reports}
decide: {who: agent, do: What?, decide: exchange, branches: {replace: send, repair: send}}
send: {who: agent, do: Sends}
""")
    assert found["P15"].args["way"] == "report → decide → (refuse) → …"


def test_a_case_without_a_way_is_told_by_its_facts() -> None:
    found = findings("""
decide: {who: agent, when: owned, branches: {"<= 3 days": a, "> 5 days": b}}
a: {who: agent, do: A, next: "-"}
b: {who: agent, do: B}
""")
    assert "owned" in found["P16"].args["case"]


def test_conditions_that_leave_nobody_are_no_finding() -> None:
    found = findings("""
decide: {who: agent, branches: {"fault = ours and owned <= 3 days": a, otherwise: b}}
a: {who: agent, do: A, next: "-"}
b: {who: agent, do: B, next: judge}
judge: {who: agent, ask: Is it quiet?, branches: {"yes": end, "no": again}}
again: {who: boss, do: C}
""")
    assert found == {}


def test_a_branch_that_is_never_taken() -> None:
    found = findings("""
decide: {who: agent, when: fault, branches: {"ours, customer": a, ours: b, otherwise: a}}
a: {who: agent, do: A, next: "-"}
b: {who: agent, do: B}
""")
    assert found["P19"].args["branch"] == "ours"


def test_a_choice_that_leaves_a_parallel_way_lets_the_others_wait_for_ever() -> None:
    found = findings("""
both: {who: agent, all: [pack, call], next: send}
pack: {who: agent, ask: In stock?, branches: {"yes": send, "no": sorry}}
call: {who: agent, do: Calls, next: send}
send: {who: agent, do: Sends, next: "-"}
sorry: {who: agent, do: Says sorry}
""")
    assert found["P11"].args["meeting"] == "send"
    assert "(no) → sorry" in str(found["P11"].args["way"])


def test_parallel_ways_that_meet_are_sound_and_the_last_of_a_way_goes_where_they_meet() -> None:
    found = findings("""
both: {who: agent, all: [pack, call], next: send}
pack: {who: agent, do: Packs}
wrap: {who: agent, do: Wraps}
call: {who: agent, do: Calls}
send: {who: agent, do: Sends}
""")
    assert found == {}


def test_ways_that_do_not_meet_do_their_common_step_twice() -> None:
    found = findings("""
both: {who: agent, all: [pack, call], next: "-"}
pack: {who: agent, do: Packs, next: send}
call: {who: agent, do: Calls, next: send}
send: {who: agent, do: Sends}
""")
    assert found["P13"].args["step"] == "send"


def test_a_circle_without_a_way_out() -> None:
    found = findings("""
ask: {who: agent, do: Asks}
again: {who: agent, do: Asks again, next: ask}
""")
    assert found["P12"].args["way"] == "ask → again → ask"


def test_a_missed_time_is_a_way_out() -> None:
    found = findings("""
ask: {who: agent, do: Asks, within: 2 days, missed: over}
again: {who: agent, do: Asks again, next: ask}
over: {end: It is over}
""")
    assert found == {}


def test_a_step_that_nothing_leads_to() -> None:
    assert findings("a: {do: A, next: '-'}\nb: {do: B}")["P09"].args["step"] == "b"


def test_a_step_that_is_not_there() -> None:
    found = findings("a: {do: A, next: brings}\nbring: {do: B}")
    assert found["P02"].next_step("en") == "Did you mean “bring”?"


def test_procedures_that_run_each_other() -> None:
    found = findings("a: {do: A}\nb: {run: q}", "  q:\n    steps: {c: {run: p}}\n")
    assert found["P14"].args["way"] == "p → q → p"


def test_a_step_longer_than_the_promise() -> None:
    found = findings("""
decide: {who: agent, decide: exchange, branches: {replace: send, otherwise: end}}
send: {who: agent, do: Sends, within: 9 working days}
""")
    assert found["P20"].args["promised"] == "2 working days"


def test_a_wait_longer_than_the_time() -> None:
    assert "P21" in findings("a: {who: agent, do: A, wait_for: 3 days, within: 2 days}")


def test_a_choice_without_branches_is_stuck() -> None:
    assert "P10" in findings("a: {who: agent, do: A, branches: {}}")


def test_a_choice_is_a_choice() -> None:
    plan = read_text(HEAD + "procedures: {p: {steps: {a: {decide: exchange, branches: {otherwise: '-'}}}}}")
    assert isinstance(plan.procedures["p"].steps["a"], Choice)


PAGE = (Path(__file__).parents[3] / "docs" / "algorithms" / "soundness.md").read_text(encoding="utf-8")
WORKED = re.findall(r"^\| `(.+)` \| (.+) \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("steps", "code"), WORKED)
def test_the_worked_table_of_the_page_holds(steps: str, code: str) -> None:
    written = f"{HEAD}procedures: {{p: {{steps: {{{steps}}}}}}}\n"
    found = [each.code for each in check(read_text(written)) if each.code[0] == "P"]
    assert found == ([] if code == "-" else code.split(", "))


def test_the_page_has_worked_examples() -> None:
    assert len(WORKED) == 11


def test_many_long_ways_at_once_are_looked_at_in_bounded_time_and_that_is_said() -> None:
    ways, length = 20, 20
    steps = f"all: {{who: agent, all: [{', '.join(f's{each}_0' for each in range(ways))}], next: last}}\n"
    for each in range(ways):
        for at in range(length):
            following = f"s{each}_{at + 1}" if at + 1 < length else "last"
            steps += f"s{each}_{at}: {{who: agent, do: x, next: {following}}}\n"
    begun = process_time()
    assert "P17" in findings(steps + "last: {who: agent, end: true}\n")
    assert process_time() - begun < 10


def test_a_procedure_of_thousands_of_steps_is_not_looked_at_and_that_is_said() -> None:
    assert findings("".join(f"s{each}: {{who: agent, do: x}}\n" for each in range(2_000))).keys() == {"P17"}


def test_procedures_that_run_each_other_in_a_long_row_are_no_circle_and_take_no_time() -> None:
    row = {f"p{each}": _running(f"p{each}", f"p{each + 1}") for each in range(3_000)}
    begun = process_time()
    assert circles(row) == ()
    assert circles(row | {"p3000": _running("p3000", "p2999")}) == (("p2999", "p3000", "p2999"),)
    assert process_time() - begun < 5


def _running(name: str, other: str) -> Procedure:
    return Procedure(name, HERE, steps={"a": Run(Work("a", HERE), other, Way("", HERE))})
