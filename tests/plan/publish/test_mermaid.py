"""Procedures as Mermaid: every lane a subgraph, every step once, no word of the plan read as Mermaid's own."""

from __future__ import annotations

import re

import pytest

from tantam.plan.publish.flow import Flow
from tantam.plan.publish.mermaid import flowchart
from tantam.plan.publish.procedures import flow_of
from tantam.plan.publish.speech import Speech
from tantam.plan.sections import read_text
from tests.plan.publish.test_diagram import FLOWS, IDS


@pytest.mark.parametrize(("lang", "shown"), FLOWS, ids=IDS)
def test_lanes_steps_and_ways_stand_there_once(lang: str, shown: Flow) -> None:
    text = flowchart(shown)
    assert text.startswith("flowchart TB\n")
    assert text.count("subgraph ") == text.count("\n  end\n") == len(shown.lanes)
    for number in range(1, len(shown.steps) + 1):
        assert len(re.findall(rf"^    s{number}\W", text, re.MULTILINE)) == 1
    ways = sum(len(each.ways) for each in shown.steps) + len(shown.meetings)
    assert len(re.findall(r" (?:-->|-\.->)", text)) == ways


def test_what_means_something_to_mermaid_is_escaped() -> None:
    plan = read_text("""
tantam: 1
company: {name: S, languages: [en], timezone: UTC}
procedures:
  p: {steps: {a: {do: 'Says "end]" (ü) | <b> & `x` #1;'}, b: {do: B}}}
""")
    (line,) = [each for each in flowchart(flow_of(Speech(plan, "en"), "p")).split("\n") if "Says" in each]
    assert line == '    s1["Says #34;end#93;#34; #40;ü#41; #124; #60;b#62; #38; #96;x#96; #35;1#59;"]'
