"""Process diagrams: every step inside its lane, none over another, told in words as well."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tantam.plan.publish import Audience, style
from tantam.plan.publish.diagram import BOX, _columns, _placed, _ranks, diagram, standalone, wrapped
from tantam.plan.publish.flow import Flow, Step, Way
from tantam.plan.publish.procedures import flows
from tantam.plan.publish.speech import Speech
from tantam.plan.sections import read_text
from tests.plan.publish.papers import parsed, plan, words

SVG = "{http://www.w3.org/2000/svg}"
FLOWS = [(lang, each) for lang in ("vi", "de", "en") for each in flows(Speech(plan("ben-xuan"), lang))]


@pytest.mark.parametrize(("lang", "flow"), FLOWS)
def test_boxes_keep_apart_and_stay_in_their_lane(lang: str, flow: Flow) -> None:
    columns, lanes, _ = _columns(flow, _ranks(flow))
    placed, _ = _placed(flow, _ranks(flow), columns)
    boxes = list(placed.values())
    for number, one in enumerate(boxes):
        left, width = lanes[one.step.lane]
        assert left <= one.x - BOX // 2 and one.x + BOX // 2 <= left + width
        for other in boxes[number + 1 :]:
            beside = abs(one.x - other.x) >= BOX
            assert beside or one.bottom < other.top or other.bottom < one.top


def test_two_steps_of_one_lane_at_the_same_time_stand_side_by_side() -> None:
    steps = (
        Step("which", "agent", "Which?", (Way("left", "a"), Way("right", "b")), decides=True),
        Step("left", "agent", "Left", (Way("end"),)),
        Step("right", "agent", "Right", (Way("end"),)),
        Step("end", "agent", "End"),
    )
    test_boxes_keep_apart_and_stay_in_their_lane("en", Flow("fork", "Fork", {"agent": "Agent"}, steps))


@pytest.mark.parametrize(("lang", "flow"), FLOWS)
def test_words_fit_their_box(lang: str, flow: Flow) -> None:
    columns, _, _ = _columns(flow, _ranks(flow))
    placed, _ = _placed(flow, _ranks(flow), columns)
    longest = max((len(line) for each in placed.values() for line, _ in each.said), default=0)
    assert longest <= 22


@pytest.mark.parametrize(("lang", "flow"), FLOWS)
def test_every_step_and_way_is_drawn_and_described(lang: str, flow: Flow) -> None:
    drawn = ElementTree.fromstring(diagram(flow, lang))
    title = drawn.find(f"{SVG}title")
    assert title is not None and title.text and flow.title in title.text
    assert drawn.attrib["aria-labelledby"] == title.attrib["id"]
    arrows = [each for each in drawn.iter(f"{SVG}path") if each.attrib.get("class") == "arr"]
    assert len(arrows) == sum(len(each.ways) for each in flow.steps)
    assert all("NaN" not in each.attrib["d"] for each in arrows)


def test_a_file_of_its_own_has_its_style_inside() -> None:
    lang, flow = FLOWS[0]
    drawn = ElementTree.fromstring(standalone(flow, lang, style()))
    inside = drawn.find(f"{SVG}style")
    assert inside is not None and ".flow-dia" in (inside.text or "")


def test_the_steps_stand_below_as_a_list_with_where_it_goes_on() -> None:
    said = words(parsed(plan("ben-xuan"), "en", Audience.CUSTOMER))
    assert "a free repair: step 5" in said
    assert "then step 8" in said


def test_a_way_back_does_not_push_its_target_down() -> None:
    steps = (
        Step("ask", "customer", "Asks", (Way("try"),)),
        Step("try", "agent", "Tries", (Way("ask", "not yet"), Way("done", "works")), decides=True),
        Step("done", "customer", "Is content"),
    )
    flow = Flow("loop", "Loop", {"customer": "Customer", "agent": "Agent"}, steps)
    assert _ranks(flow) == {"ask": 0, "try": 1, "done": 2}
    ElementTree.fromstring(diagram(flow, "en"))


def test_a_step_without_next_goes_on_with_the_one_below() -> None:
    written = read_text("""
tantam: 1
company: {name: S, languages: [en], timezone: UTC}
procedures: {p: {steps: {one: {who: customer, do: A}, two: {who: customer, do: B}}}}
""")
    (flow,) = flows(Speech(written, "en"))
    assert flow.steps[0].ways == (Way("two"),)
    assert flow.steps[1].ways == ()


def test_words_longer_than_a_line_stand_alone() -> None:
    assert wrapped("a Donaudampfschifffahrt b", 6) == ("a", "Donaudampfschifffahrt", "b")


@pytest.mark.parametrize(("lang", "flow"), FLOWS)
def test_what_a_way_asks_stands_there_in_full(lang: str, flow: Flow) -> None:
    drawn = ElementTree.fromstring(diagram(flow, lang))
    beside = [each.text for each in drawn.iter(f"{SVG}text") if each.attrib["class"] == "when"]
    assert " ".join(beside).split() == [word for each in flow.steps for way in each.ways for word in way.when.split()]
