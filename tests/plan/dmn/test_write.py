"""A plan written as DMN decides as the plan does, opens as DMN, and names what it leaves out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as Tree

import pytest

from tantam.plan.dmn import Decided
from tantam.plan.dmn.write import dmn_of
from tantam.plan.files import read_sources
from tantam.plan.run import Answer
from tantam.plan.run import decide as ask
from tantam.plan.run.examples import Example, read_examples
from tantam.plan.sections import Plan, read
from tests.plan.dmn.models import NOW
from tests.plan.dmn.written import asked, given, json_of, model_of

PLANS = Path(__file__).parents[3] / "plans"
NAMES = ("ben-xuan", "hotel", "it-service", "software-house", "weekday-team")
SPACE = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"
DI = "{https://www.omg.org/spec/DMN/20191111/DMNDI/}"
# An age that was counted from a day compares with months to that day; a number of days does not know its day.
AGES = {("it-service", "handed out a day later")}


@cache
def plan_of(name: str) -> Plan:
    return read(PLANS / name)


@cache
def files_of(name: str) -> Mapping[str, str]:
    return dmn_of(plan_of(name), "en")


def cases(name: str) -> Iterator[tuple[Example, datetime, Answer]]:
    """Yield the plan's own cases that know all that matters, with what the plan answers."""
    plan = plan_of(name)
    (source,) = read_sources(PLANS / name / "cases.yaml")
    for example in read_examples(plan, source):
        now = datetime.fromisoformat(example.now) if example.now else NOW
        now = now if now.tzinfo else now.replace(tzinfo=UTC)
        answer = ask(plan, example.policy, example.facts, now=now)
        if answer.because.key != "B_unknown" and (name, example.name) not in AGES:
            yield example, now, answer


def decided_on(name: str, example: Example, now: datetime) -> Decided:
    model = model_of(files_of(name), example.policy)
    decided = asked(model, example.policy, given(plan_of(name), example, now), now)
    assert decided.doubts == ()
    return decided


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_decides_by_the_same_row_to_the_same_outcome(name: str) -> None:
    told: Counter[str] = Counter()
    for example, now, answer in cases(name):
        decided = decided_on(name, example, now)
        rows = [row for each in decided.fired for row in each.names]
        assert decided.value["outcome"] == (None if answer.outcome == "none" else answer.outcome), example
        if answer.outcome not in ("collect", "none"):
            assert any(answer.because.rule in row for row in rows), example
        for output, value in answer.outputs.items():
            found = decided.value.get(output)
            if found is not None and not isinstance(found, str | list):
                assert found == json_of(value), (example, output)
                told["values"] += 1
        told["cases"] += 1
    assert told["cases"] >= 20


@pytest.mark.parametrize("name", NAMES)
def test_every_table_of_the_plan_is_written_whole(name: str) -> None:
    plan, files = plan_of(name), files_of(name)
    written = "".join(files.values())
    for table in plan.tables().values():
        if table.name.endswith(".must"):
            continue
        for row in table.rows:
            assert f"_{table.name}-row-{row.index}-" in written, f"{table.name}#{row.name}"


@pytest.mark.parametrize("name", NAMES)
def test_every_reference_has_its_target_and_every_node_is_drawn(name: str) -> None:
    for stem, xml in files_of(name).items():
        root = Tree.fromstring(xml)
        ids = [each.get("id") for each in root.iter() if each.get("id")]
        assert len(ids) == len(set(ids)), stem
        for each in root.iter():
            if href := each.get("href"):
                assert href[1:] in ids
        drawn = {each.get("dmnElementRef") for each in root.iter(f"{DI}DMNShape")}
        nodes = {
            each.get("id") for tag in ("inputData", "decision", "textAnnotation") for each in root.iter(SPACE + tag)
        }
        edges = {each.get("dmnElementRef") for each in root.iter(f"{DI}DMNEdge")}
        assert drawn == nodes
        assert edges == {each.get("id") for each in root.iter(f"{SPACE}informationRequirement")}


def test_no_two_shapes_lie_on_each_other() -> None:
    for xml in files_of("hotel").values():
        corners = [
            (each[0].get("x"), each[0].get("y")) for each in Tree.fromstring(xml).iter(f"{DI}DMNShape")
        ]  # fmt: skip
        assert len(corners) == len(set(corners))


def test_labels_and_notes_are_in_the_language_and_names_are_not() -> None:
    german, vietnamese = (dmn_of(plan_of("ben-xuan"), lang)["exchange"] for lang in ("de", "vi"))
    assert 'label="Umtausch"' in german and 'label="Đổi hàng"' in vietnamese
    assert "Unbekanntes ist hier null" in german and "Điều chưa biết" in vietnamese
    names = [re.findall(r'<(?:decision|inputData) id="([^"]*)" name="([^"]*)"', each) for each in (german, vietnamese)]
    assert names[0] == names[1]


def test_words_of_a_term_are_its_allowed_values() -> None:
    xml = files_of("weekday-team")["change_order"]
    assert "<text>&quot;placed&quot;" in xml or '<text>"placed"' in xml


def test_a_row_names_itself_and_its_law() -> None:
    root = Tree.fromstring(files_of("weekday-team")["cover"])
    notes = [
        [each.findtext(f"{SPACE}text") for each in rule.iter(f"{SPACE}annotationEntry")]
        for rule in root.iter(f"{SPACE}rule")
    ]
    assert any("§ 439 BGB" in note for note in notes)


def test_what_feel_cannot_say_is_left_out_and_named() -> None:
    plan = plan_of("weekday-team")
    lone = replace(plan, policies={"cover": plan.policies["cover"]})
    xml = dmn_of(lone, "en")
    assert "What is not known is null here" in xml["cover"]


def test_writing_is_repeatable() -> None:
    assert dmn_of(plan_of("weekday-team"), "vi") == dmn_of(plan_of("weekday-team"), "vi")
