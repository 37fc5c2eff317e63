"""Procedures as BPMN 2.0: what its schema asks of the elements we write, all drawn, all references found.

The files of all example plans were validated against the OMG's schema (BPMN20.xsd) and opened in bpmn-js without a
warning; neither is kept here, for the schema is the OMG's and the viewer is another project's.
"""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from tantam.plan.errors import UnknownName
from tantam.plan.publish.bpmn import DC, DI, LINES, MODEL, bpmn, iso
from tantam.plan.publish.flow import Flow
from tantam.plan.publish.procedures import flows
from tantam.plan.publish.speech import Speech
from tantam.plan.tables.plain import read_span
from tests.plan.publish.test_diagram import FLOWS, IDS, plans

ORDER = ("laneSet", "flowNode", "sequenceFlow")  # of the schema's sequence in a process
FILES = [
    (name, procedure, lang)
    for name, every in plans().items()
    for procedure in every.procedures
    for lang in every.languages
]
each_file = pytest.mark.parametrize(("name", "procedure", "lang"), FILES, ids=["-".join(each) for each in FILES])


def written(name: str, procedure: str, lang: str) -> Element:
    return ElementTree.fromstring(bpmn(plans()[name], procedure, lang).split("?>", 1)[1])


def tag(element: Element) -> str:
    return element.tag.partition("}")[2]


@each_file
def test_references_are_found_and_names_are_unique(name: str, procedure: str, lang: str) -> None:
    root = written(name, procedure, lang)
    ids = [each.attrib["id"] for each in root.iter() if "id" in each.attrib]
    assert len(ids) == len(set(ids))
    for each in root.iter():
        for key in ("sourceRef", "targetRef", "bpmnElement", "processRef", "attachedToRef"):
            assert each.attrib.get(key, ids[0]) in ids
        if tag(each) == "flowNodeRef":
            assert each.text in ids


@each_file
def test_every_node_stands_in_one_lane_and_is_drawn_inside_it(name: str, procedure: str, lang: str) -> None:
    root = written(name, procedure, lang)
    process = root.find(f"{{{MODEL}}}process")
    assert process is not None
    nodes = [each.attrib["id"] for each in process if tag(each) not in ("laneSet", "sequenceFlow")]
    lanes = {
        each.attrib["id"]: [ref.text for ref in each.iter(f"{{{MODEL}}}flowNodeRef")]
        for each in process.iter(f"{{{MODEL}}}lane")
    }
    assert sorted(nodes) == sorted(ref or "" for refs in lanes.values() for ref in refs)
    bounds = {each.attrib["bpmnElement"]: _bounds(each) for each in root.iter(f"{{{DI}}}BPMNShape")}
    for lane, refs in lanes.items():
        left, top, right, bottom = bounds[lane]
        for ref in refs:
            x, y, x_end, y_end = bounds[ref or ""]
            assert left <= x and x_end <= right and top <= (y + y_end) / 2 <= bottom


def _bounds(shape: Element) -> tuple[float, float, float, float]:
    found = shape.find(f"{{{DC}}}Bounds")
    assert found is not None
    x, y, width, height = (float(found.attrib[key]) for key in ("x", "y", "width", "height"))
    assert width > 0 and height > 0
    return x, y, x + width, y + height


@each_file
def test_every_flow_is_drawn_from_node_to_node(name: str, procedure: str, lang: str) -> None:
    root = written(name, procedure, lang)
    flows = [each.attrib["id"] for each in root.iter(f"{{{MODEL}}}sequenceFlow")]
    edges = {each.attrib["bpmnElement"]: each for each in root.iter(f"{{{DI}}}BPMNEdge")}
    assert sorted(flows) == sorted(edges)
    assert all(len(each.findall(f"{{{LINES}}}waypoint")) >= 2 for each in edges.values())


@each_file
def test_elements_stand_in_the_order_of_the_schema(name: str, procedure: str, lang: str) -> None:
    root = written(name, procedure, lang)
    assert [tag(each) for each in root] == ["collaboration", "process", "BPMNDiagram"]
    process = root[1]
    kinds = [tag(each) if tag(each) in ORDER else "flowNode" for each in process]
    assert kinds == sorted(kinds, key=ORDER.index)


@pytest.mark.parametrize(("lang", "shown"), FLOWS, ids=IDS)
def test_every_step_has_its_words(lang: str, shown: Flow) -> None:
    alike = [each for each in plans().values() if shown.name in each.procedures and lang in each.languages]
    every = next(each for each in alike if shown in flows(Speech(each, lang)))
    text = bpmn(every, shown.name, lang)
    names = [each.attrib.get("name", "") for each in ElementTree.fromstring(text.split("?>", 1)[1]).iter()]
    for step in shown.steps:
        assert not step.does or any(each.startswith(step.does) for each in names)


def test_every_kind_of_step_becomes_its_element() -> None:
    text = bpmn(plans()["kinds"], "everything", "en")
    for kind in (
        *("startEvent", "endEvent", "task", "userTask", "callActivity", "receiveTask", "boundaryEvent"),
        *("exclusiveGateway", "parallelGateway", "intermediateCatchEvent", "timerEventDefinition"),
    ):
        assert f"<{kind} " in text


def test_a_procedure_that_is_not_there_is_told() -> None:
    with pytest.raises(UnknownName):
        bpmn(plans()["kinds"], "nothing", "en")


def test_times_are_written_as_iso_8601() -> None:
    times = {
        "15 min": "PT15M",
        "72 h": "PT72H",
        "90 min": "PT1H30M",
        "7 days": "P7D",
        "2 working days": "P2D",
        "1 month": "P1M",
    }
    assert {each: iso(span) for each in times if (span := read_span(each))} == times
