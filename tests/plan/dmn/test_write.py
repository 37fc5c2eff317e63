"""A plan written as DMN decides as the plan does, opens as DMN, and names what it leaves out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Tree

import pytest

from tantam.plan.dmn import Decided
from tantam.plan.dmn.write import Edition, decision_name, dmn_of
from tantam.plan.files import read_sources
from tantam.plan.run import Answer
from tantam.plan.run import decide as ask
from tantam.plan.run.examples import Example, read_examples
from tantam.plan.sections import Plan, read
from tests.plan.dmn.models import NOW, exact
from tests.plan.dmn.written import asked, given, json_of, model_of
from tests.support.plans import company

PLANS = Path(__file__).parents[3] / "plans"
NAMES = ("ben-xuan", "hotel", "it-service", "software-house", "weekday-team")
SPACE = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"
DI = "{https://www.omg.org/spec/DMN/20191111/DMNDI/}"
# An age that was counted from a day compares with months to that day; a number of days does not know its day.
AGES = {("it-service", "handed out a day later")}


def plan_of(name: str) -> Plan:
    return company(name)


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
    decided = asked(model, example.policy, given(plan_of(name), model, example, now), now)
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


def test_no_line_crosses_a_node_that_it_does_not_join() -> None:
    for stem, xml in (files_of("hotel") | files_of("ben-xuan")).items():
        root = Tree.fromstring(xml)
        boxes = {each.get("dmnElementRef"): _bounds(each) for each in root.iter(f"{DI}DMNShape")}
        for edge in root.iter(f"{DI}DMNEdge"):
            corners = [(float(each.get("x") or 0), float(each.get("y") or 0)) for each in edge]
            crossed = [
                name
                for name, box in boxes.items()
                for one, two in pairwise(corners)
                for part in range(1, 40)
                if _within(box, one[0] + (two[0] - one[0]) * part / 40, one[1] + (two[1] - one[1]) * part / 40)
            ]
            assert not crossed, (stem, edge.get("id"), crossed)


def _bounds(shape: Tree.Element) -> tuple[float, ...]:
    return tuple(float(shape[0].get(each) or 0) for each in ("x", "y", "width", "height"))


def _within(box: tuple[float, ...], x: float, y: float) -> bool:
    return box[0] < x < box[0] + box[2] and box[1] < y < box[1] + box[3]


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


SMALL = """
tantam: 1
company: {name: {en: Shop}, languages: [en], timezone: Europe/Berlin, currency: EUR, country: DE}
hours: {office: {mon-fri: "09:00-17:00"}}
working_days: {on: office, due: closing}
levels: {agent: {handles: [normal]}}
records: {item: {name: {text: any}, price: {money: 0..}}}
terms:
  return: {one_of: [yes_please, no_thanks], ask: Back?}
  bought: {date: any, from: order.bought}
  asked: {date: any, from: order.asked}
  items: {list: item, count: 0.., ask: Which?}
  parts: {some_of: [shade, cable], ask: Which parts?}
  shipping: {money: 0.., from: order.shipping, default: 5 EUR}
  last_day: deadline(bought, 14 days)
  old: asked > bought + 6 months
  worth: sum(items, price) * 0.333 + shipping
  dear: some(items, price > 100 EUR)
outputs: {gets: {money: any}, within: {duration: 0 days..}}
policies:
  return:
    label: {en: Return}
    kind: return
    stage: after
    commitment: {en: You may give it back.}
    decides: |
      row   | return     | dear | parts     => outcome | gets  | within
      late  | yes_please | yes  | -         => refuse  | -     | 2 working days
      whole | yes_please | -    | not cable => pay     | worth | at once
      some  | yes_please | -    | cable     => pay     | 0 EUR | at once
  frame:
    kind: return
    stage: after
    commitment: {en: Frames too.}
    decides: |
      row  | old => outcome
      old  | yes => refuse
      new  | no  => pay
  gone:
    kind: return
    stage: after
    commitment: {en: Until the day.}
    decides: |
      row  | when              => outcome
      late | asked > last_day  => refuse
      time | asked <= last_day => pay
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    path = tmp_path_factory.mktemp("plan") / "plan.yaml"
    path.write_text(SMALL, encoding="utf-8")
    plan = read(path)
    assert decision_name(plan, "return") == "return_ policy"
    return dmn_of(plan, "en", Edition.DMN_1_5)


def outcome(files: Mapping[str, str], stem: str, name: str, **facts: Any) -> Any:
    return asked(model_of(files, stem), name, exact(facts), NOW).value


def test_lists_defaults_money_and_parts_are_said_as_the_plan_means_them(small: Mapping[str, str]) -> None:
    items = [{"name": "a", "price": 10}, {"name": "b", "price": 10}]
    facts: dict[str, Any] = {"return_": "yes_please", "items": items}
    # 20 × 0.333 is 6.66; a part of a cent would be rounded as the plan rounds it.
    assert outcome(small, "return", "return_ policy", parts=["shade"], **facts)["gets"] == Decimal("11.66")
    assert outcome(small, "return", "return_ policy", parts=["shade"], shipping=1, **facts)["gets"] == Decimal("7.66")
    assert outcome(small, "return", "return_ policy", parts=["cable"], **facts)["gets"] == 0
    assert outcome(small, "return", "return_ policy", return_="yes_please", items=[], parts=[])["gets"] == 5


def test_rows_that_may_overlap_are_written_for_the_uppermost(small: Mapping[str, str]) -> None:
    dear = {"return_": "yes_please", "items": [{"name": "a", "price": 200}], "parts": []}
    assert outcome(small, "return", "return_ policy", **dear)["outcome"] == "refuse"
    assert 'hitPolicy="UNIQUE"' in small["frame"]


def test_months_after_a_day_go_by_the_calendar(small: Mapping[str, str]) -> None:
    on = {"bought": "2026-08-31"}
    assert outcome(small, "frame", "frame", asked="2027-02-28", **on)["outcome"] == "pay"
    assert outcome(small, "frame", "frame", asked="2027-03-01", **on)["outcome"] == "refuse"


def test_what_feel_cannot_say_is_an_input_and_named(small: Mapping[str, str]) -> None:
    assert "FEEL has no words for this, so it is left out: terms.last_day: deadline." in small["gone"]
    facts = {"asked": "2026-01-15", "last_day": "2026-01-14"}
    assert outcome(small, "gone", "gone", **facts)["outcome"] == "refuse"


def test_what_is_not_known_is_null_and_the_file_says_so(small: Mapping[str, str]) -> None:
    assert all("What is not known is null here" in xml for xml in small.values())
    assert outcome(small, "gone", "gone")["outcome"] is None


def test_both_editions_say_the_same(small: Mapping[str, str]) -> None:
    older = dmn_of(plan_of("weekday-team"), "en", Edition.DMN_1_3)
    newer = dmn_of(plan_of("weekday-team"), "en", Edition.DMN_1_5)
    assert {stem: xml.replace("20230324", "20191111") for stem, xml in newer.items()} == older
    assert older != newer


def test_writing_is_repeatable() -> None:
    assert dmn_of(plan_of("weekday-team"), "vi") == dmn_of(plan_of("weekday-team"), "vi")
