"""Process diagrams of all example plans in all languages: nothing lies on anything, all words fit, all is told."""

from __future__ import annotations

from functools import cache
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from tantam.plan.procedures.graph import Graph, Node, Size
from tantam.plan.procedures.soundness import verdict
from tantam.plan.publish import Audience, style
from tantam.plan.publish.diagram import BROADEST, diagram, standalone
from tantam.plan.publish.figure import END, MEETING, START, Figure, Form, figure, standing_out
from tantam.plan.publish.flow import Flow, Kind, Step, Way
from tantam.plan.publish.lettering import SIZE, lines, widest, width
from tantam.plan.publish.procedures import flow, flows
from tantam.plan.publish.rail import BREADTH, rail, rail_diagram
from tantam.plan.publish.speech import Speech
from tantam.plan.sections import Plan, read_text
from tantam.plan.sections.clauses_procedures import Procedure
from tests.plan.procedures.geometry import faults
from tests.plan.procedures.graphs import procedures, structured
from tests.plan.publish.papers import ROOT, parsed, plan, words
from tests.support.plans import company

SVG = "{http://www.w3.org/2000/svg}"
KINDS = (ROOT / "tests" / "plan" / "samples" / "every_kind_of_step.yaml").read_text(encoding="utf-8")
A4_ACROSS = 757.0  # points between the margins of A4, across


@cache
def plans() -> dict[str, Plan]:
    folders = [each for each in sorted((ROOT / "plans").iterdir()) if each.is_dir()]
    return {each.name: company(each.name) for each in folders} | {"kinds": read_text(KINDS)}


def every_flow() -> list[tuple[str, Flow]]:
    return [
        (lang, each) for every in plans().values() for lang in every.languages for each in flows(Speech(every, lang))
    ]


FLOWS = every_flow()
IDS = [f"{each.name}-{lang}" for lang, each in FLOWS]
each_flow = pytest.mark.parametrize(("lang", "shown"), FLOWS, ids=IDS)


def as_graph(drawn: Figure) -> Graph:
    """The graph that was laid out, from what came of it."""
    order = list(drawn.flow.lanes)
    nodes = [Node(name, _lane(drawn, name, order), Size(0, 0)) for name in drawn.layout.boxes]
    return Graph(tuple(nodes), tuple(each.edge for each in drawn.layout.routes), len(order))


def _lane(drawn: Figure, name: str, order: list[str]) -> int:
    first = drawn.flow.steps[0]
    step = first if name == START else drawn.flow.step(name.replace(END, "").replace(MEETING, ""))
    assert step is not None
    way = drawn.flow.meetings.get(step.name)
    if MEETING in name and way is not None and way.to:
        step = drawn.flow.step(way.to)
    assert step is not None
    return order.index(step.lane)


def all_faults(shown: Flow) -> list[str]:
    return [
        fault for form in Form for drawn in [figure(shown, form)] for fault in faults(as_graph(drawn), drawn.layout)
    ]


@each_flow
def test_boxes_words_and_edges_keep_apart_in_their_lanes(lang: str, shown: Flow) -> None:
    assert all_faults(shown) == []


@settings(max_examples=60, deadline=None)
@given(structured())
def test_whatever_sound_procedure_is_drawn_nothing_lies_on_anything(procedure: Procedure) -> None:
    assert verdict(procedure).is_sound
    assert all_faults(flow(Speech(plans()["kinds"], "en"), procedure)) == []


@settings(max_examples=60, deadline=None)
@given(procedures())
def test_what_is_not_sound_is_drawn_as_well(procedure: Procedure) -> None:
    assert all_faults(flow(Speech(plans()["kinds"], "en"), procedure)) == []


@each_flow
def test_words_fit_their_box(lang: str, shown: Flow) -> None:
    for form in Form:
        drawn = figure(shown, form)
        for name, each in drawn.drawn.items():
            if each.is_bar:
                continue
            box, out = drawn.layout.boxes[name], sum(standing_out(each))
            along, across = box.along_end - box.along - out, box.across_end - box.across
            broad, high = (along, across) if form is Form.ROWS else (across, along)
            assert max(widest(each.said), widest(each.quiet)) <= broad - 8
            assert (len(each.said) + len(each.quiet)) * 16 <= high
        for route, said in zip(drawn.layout.routes, drawn.words, strict=True):
            if route.label is not None:
                along, across = route.label.along_end - route.label.along, route.label.across_end - route.label.across
                assert widest(said) <= (along if form is Form.ROWS else across)


@each_flow
def test_a_sheet_of_a4_bears_eight_points(lang: str, shown: Flow) -> None:
    drawn = ElementTree.fromstring(standalone(shown, lang, style()))
    assert SIZE * A4_ACROSS / float(drawn.attrib["width"]) >= 8 or "flow-columns" in drawn.attrib["class"]
    assert SIZE * A4_ACROSS / BROADEST >= 8


@each_flow
def test_every_step_and_way_is_drawn_and_described(lang: str, shown: Flow) -> None:
    for form in Form:
        drawn = ElementTree.fromstring(diagram(shown, lang, form))
        title, told = drawn.find(f"{SVG}title"), drawn.find(f"{SVG}desc")
        assert title is not None and title.text and shown.title in title.text
        assert told is not None and told.text and all(each.does in told.text for each in shown.steps)
        assert drawn.attrib["aria-labelledby"] == f"{title.attrib['id']} {told.attrib['id']}"
        assert drawn.attrib["role"] == "img"
        arrows = [each for each in drawn.iter(f"{SVG}path") if each.attrib.get("class", "").startswith("arr")]
        assert len(arrows) == 1 + sum(len(each.ways) for each in shown.steps) + len(shown.meetings)
        assert all("nan" not in each.attrib["d"].lower() for each in arrows)


@each_flow
def test_what_a_way_asks_stands_there_in_full(lang: str, shown: Flow) -> None:
    drawn = ElementTree.fromstring(diagram(shown, lang, Form.ROWS))
    beside = "".join(each.text or "" for each in drawn.iter(f"{SVG}text") if each.attrib["class"] == "when")
    asked = [way.when for each in shown.steps for way in each.ways]
    assert sorted(_letters(beside)) == sorted(_letters("".join(asked)))


def _letters(text: str) -> str:
    return "".join(each for each in text if each.isalnum())


@each_flow
def test_cards_keep_apart_inside_a_phone_and_their_words_inside_them(lang: str, shown: Flow) -> None:
    drawn = rail(shown, lang)
    cards = list(drawn.cards.values())
    assert [each.step for each in cards] == list(shown.steps)
    assert all(one.top + one.height < other.top for one, other in zip(cards, cards[1:], strict=False))
    for card in cards:
        said = (*(line for line, _ in card.said), *(line for each in card.exits for line in each.said))
        assert all(15 + width(line) <= drawn.broad for line in said)
        assert all(0 < each.at < card.height for each in card.exits)
    assert all(drawn.broad + 8 < drawn.track(each) < BREADTH for each in drawn.tracks)
    ElementTree.fromstring(rail_diagram(shown, lang, "x"))


def test_ways_to_different_cards_never_share_a_track() -> None:
    for lang, shown in FLOWS:
        drawn = rail(shown, lang)
        assert drawn.broad > 150
        spans: dict[int, list[tuple[float, float, str]]] = {}
        for card in drawn.cards.values():
            for each in card.exits:
                if each.way.to:
                    ends = sorted((card.top + each.at, drawn.cards[each.way.to].top + 15))
                    spans.setdefault(drawn.tracks[each.way.to], []).append((ends[0], ends[1], each.way.to))
        for used in spans.values():
            for start, end, name in used:
                assert all(end < other or last < start or name == to for other, last, to in used)


def test_a_file_of_its_own_has_its_style_inside() -> None:
    lang, shown = FLOWS[0]
    drawn = ElementTree.fromstring(standalone(shown, lang, style()))
    inside = drawn.find(f"{SVG}style")
    assert inside is not None and ".flow-dia" in (inside.text or "")


def test_the_steps_stand_below_as_a_list_with_where_it_goes_on() -> None:
    said = words(parsed(plan("ben-xuan"), "en", Audience.CUSTOMER))
    assert "a free repair: step 5" in said
    assert "then step 8" in said


def test_a_way_back_does_not_push_its_target_along() -> None:
    steps = (
        Step("ask", "customer", "Asks", (Way("try"),)),
        Step("try", "agent", "Tries", (Way("ask", "not yet"), Way("done", "works")), Kind.CHOICE),
        Step("done", "customer", "Is content"),
    )
    shown = Flow("loop", "Loop", {"customer": "Customer", "agent": "Agent"}, steps)
    boxes = figure(shown, Form.ROWS).layout.boxes
    assert boxes["ask"].along_end < boxes["try"].along < boxes["done"].along
    assert all_faults(shown) == []


def test_a_step_without_next_goes_on_with_the_one_below() -> None:
    written = read_text("""
tantam: 1
company: {name: S, languages: [en], timezone: UTC}
procedures: {p: {steps: {one: {who: customer, do: A}, two: {who: customer, do: B}}}}
""")
    (shown,) = flows(Speech(written, "en"))
    assert shown.steps[0].ways == (Way("two"),)
    assert shown.steps[1].ways == ()


def test_every_kind_of_step_has_its_own_shape() -> None:
    (shown, *_) = flows(Speech(plans()["kinds"], "en"))
    assert {each.kind for each in shown.steps} == set(Kind)
    drawn = diagram(shown, "en")
    for mark in ("gate", "clock", "seal", "bar", "task over", "sides", "full", "task end", "arr late"):
        assert f'class="{mark}"' in drawn


def test_words_longer_than_a_line_are_parted() -> None:
    found = lines("a Donaudampfschifffahrtsgesellschaft b", 90)
    assert all(width(each) <= 90 for each in found)
    assert "".join(found).replace("-", "").replace(" ", "") == "aDonaudampfschifffahrtsgesellschaftb"


def test_a_graph_of_one_node_is_drawn() -> None:
    assert all_faults(Flow("p", "P", {"customer": "C"}, (Step("a", "customer", "A"),))) == []


def test_the_estimate_of_widths_is_no_narrower_than_a_broad_font() -> None:
    assert width("Finds the purchase") > 18 * 0.5 * SIZE
    assert width("ắ") == width("a")
