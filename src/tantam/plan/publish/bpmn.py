"""A procedure as BPMN 2.0: a pool with lanes, tasks, gateways and timers, where the diagram in rows has them.

Source: OMG formal/2011-01-03, Business Process Model and Notation 2.0. Elements stand in the order of its schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from tantam.plan.procedures.graph import Box, Point, Route
from tantam.plan.publish.figure import (
    BAR,
    CLOCK,
    DIAMOND,
    END,
    LATE,
    MEETING,
    START,
    Figure,
    Form,
    figure,
    standing_out,
)
from tantam.plan.publish.flow import Kind, Step
from tantam.plan.publish.procedures import flow_of
from tantam.plan.publish.speech import Speech
from tantam.plan.sections import Plan
from tantam.plan.sections.clauses_procedures import Procedure
from tantam.plan.tables.values import Family, Span

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
LINES = "http://www.omg.org/spec/DD/20100524/DI"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
NAMESPACE = "urn:tantam:procedures"
LANE_NAMES, POOL_NAME, LEFT, TOP = 30.0, 30.0, 160.0, 80.0
EVENT = 36.0
SCALE = 1.35  # other tools letter in a size of their own, and put signs into the boxes
APART = 8.0  # a task from what belongs to it
PREFIXES = {"": MODEL, "bpmndi": DI, "dc": DC, "di": LINES, "xsi": INSTANCE}
TASKS = {
    Kind.QUESTION: "userTask",
    Kind.RUN: "callActivity",
}


def bpmn(plan: Plan, name: str, lang: str) -> str:
    """Return the procedure as a BPMN 2.0 document with its diagram. Raises UnknownName."""
    drawn = figure(flow_of(Speech(plan, lang), name), Form.ROWS)
    return _Document(drawn, plan.procedures[name]).text()


@dataclass
class _Flow:
    """What becomes of one step or mark: the elements it is, first to last, with their boxes."""

    parts: list[tuple[Element, Box]] = field(default_factory=list)

    @property
    def first(self) -> str:
        return self.parts[0][0].attrib["id"]

    @property
    def last(self) -> str:
        return self.parts[-1][0].attrib["id"]


class _Document:
    """One document: the process, the pool around it, and the diagram of both."""

    def __init__(self, drawn: Figure, procedure: Procedure) -> None:
        self.figure, self.flow, self.procedure = drawn, drawn.flow, procedure
        self.parts = {name: self._parts(name, box) for name, box in drawn.layout.boxes.items()}
        self.late: dict[str, tuple[Element, Box]] = {}
        for step in self.flow.steps:
            if any(way.late for way in step.ways):
                self.late[step.name] = self._late(step)
        self.links = list(self._links())

    def text(self) -> str:
        root = Element("definitions", {f"xmlns:{key}" if key else "xmlns": uri for key, uri in PREFIXES.items()})
        root.attrib |= {"id": "definitions", "targetNamespace": NAMESPACE, "exporter": "Tantam"}
        pool = SubElement(root, "collaboration", {"id": "collaboration"})
        SubElement(pool, "participant", {"id": "pool", "name": self.flow.title, "processRef": "process"})
        self._process(root)
        self._diagram(root)
        ElementTree.indent(root)
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"

    # the process

    def _process(self, root: Element) -> None:
        process = SubElement(root, "process", {"id": "process", "name": self.flow.title, "isExecutable": "false"})
        lanes = SubElement(process, "laneSet", {"id": "lanes"})
        for number, lane in enumerate(self.figure.lanes):
            element = SubElement(lanes, "lane", {"id": f"lane-{number}", "name": self.flow.lanes[lane]})
            for member in self._members(number):
                SubElement(element, "flowNodeRef").text = member
        for element, _ in self._elements():
            process.append(element)
        for identity, source, target, number in self.links:
            attributes = {"id": identity, "sourceRef": source, "targetRef": target}
            words = " ".join(self.figure.words[number]) if number >= 0 else ""
            SubElement(process, "sequenceFlow", attributes | ({"name": words} if words else {}))

    def _elements(self) -> Iterator[tuple[Element, Box]]:
        for name, flow in self.parts.items():
            yield from flow.parts
            if name in self.late:
                yield self.late[name]

    def _members(self, lane: int) -> Iterator[str]:
        start, end = self.figure.layout.lanes[lane]
        for element, box in self._elements():
            if start <= box.middle[1] < end:
                yield element.attrib["id"]

    def _parts(self, name: str, box: Box) -> _Flow:
        key = _key(name)
        if name == START:
            return _Flow([(Element("startEvent", {"id": key}), box)])
        if name.endswith(END):
            return _Flow([(Element("endEvent", {"id": key}), box)])
        if name.endswith(MEETING):
            return _Flow([(Element("parallelGateway", {"id": key, "gatewayDirection": "Converging"}), _square(box))])
        return self._step(self.figure.drawn[name].step, box)

    def _step(self, step: Step, box: Box) -> _Flow:
        key, found = _key(step.name), _Flow()
        drawn = self.figure.drawn[step.name]
        if drawn.is_bar:
            return _Flow([(self._gateway(step), _square(box))])
        before, after = standing_out(drawn)
        inner = Box(box.along + before, box.across, box.along_end - after, box.across_end)
        waits = self.procedure.steps[step.name].work.waits
        attached = step.kind is Kind.WAIT and drawn.is_late  # nothing can be attached to an event
        if attached:
            found.parts.append((Element("receiveTask", {"id": key, "name": step.does or step.waits}), inner))
        elif waits is not None:
            event = self._event("intermediateCatchEvent", f"{key}-wait", step.waits, waits.span)
            at = box.along + CLOCK if step.kind is not Kind.WAIT else box.middle[0]
            found.parts.append((event, Box(at - CLOCK, box.middle[1] - CLOCK, at + CLOCK, box.middle[1] + CLOCK)))
        if not attached and (step.kind is not Kind.WAIT or step.does):
            found.parts.append((self._task(step), _apart(inner, before, after)))
        if step.kind in (Kind.CHOICE, Kind.PARALLEL):
            along = box.along_end - (DIAMOND if step.kind is Kind.CHOICE else BAR / 2)
            found.parts.append((self._gateway(step), _square(Box(along, box.across, along, box.across_end))))
        elif not step.ways:
            found.parts.append((Element("endEvent", {"id": f"{key}-end"}), _dot(box)))
        return found

    def _task(self, step: Step) -> Element:
        times = f" ({step.time})" if step.time else ""
        kind = TASKS.get(step.kind, "task")
        attributes = {"id": _key(step.name), "name": step.does + times}
        return Element(kind, attributes)

    def _gateway(self, step: Step) -> Element:
        kind = "exclusiveGateway" if step.kind is Kind.CHOICE else "parallelGateway"
        return Element(kind, {"id": f"{_key(step.name)}-gate", "gatewayDirection": "Diverging"})

    def _event(self, kind: str, key: str, name: str, span: Span | None) -> Element:
        event = Element(kind, {"id": key, "name": name})
        if span is None:
            SubElement(event, "messageEventDefinition", {"id": f"{key}-message"})
            return event
        timer = SubElement(event, "timerEventDefinition", {"id": f"{key}-timer"})
        duration = SubElement(timer, "timeDuration", {"xsi:type": "tFormalExpression"})
        duration.text = iso(span)
        return event

    def _late(self, step: Step) -> tuple[Element, Box]:
        key = _key(step.name)
        within = self.procedure.steps[step.name].work.within
        event = self._event("boundaryEvent", f"{key}-late", "", within.span if within else None)
        event.attrib |= {"attachedToRef": key, "cancelActivity": "true"}
        box = self.figure.layout.boxes[step.name]
        along, across = box.along_end - 15.0, box.across_end - LATE
        return event, Box(along - LATE, across - LATE, along + LATE, across + LATE)

    # what leads where: the layout's routes, and from part to part of one step

    def _links(self) -> Iterator[tuple[str, str, str, int]]:
        for number, route in enumerate(self.figure.layout.routes):
            edge = route.edge
            late = self.late[edge.source][0].attrib["id"] if edge.late else self.parts[edge.source].last
            yield f"way-{number}", late, self.parts[edge.target].first, number
        for name, flow in self.parts.items():
            for place, ((one, _), (other, _)) in enumerate(zip(flow.parts, flow.parts[1:], strict=False)):
                yield f"{_key(name)}-on-{place}", one.attrib["id"], other.attrib["id"], -1

    # the diagram

    def _diagram(self, root: Element) -> None:
        diagram = SubElement(root, "bpmndi:BPMNDiagram", {"id": "diagram"})
        plane = SubElement(diagram, "bpmndi:BPMNPlane", {"id": "plane", "bpmnElement": "collaboration"})
        layout = self.figure.layout
        broad = (layout.along + 2 * EVENT) * SCALE
        self._shape(plane, "pool", (LEFT, TOP, broad + POOL_NAME + LANE_NAMES, layout.across * SCALE), level=True)
        for number, (start, end) in enumerate(layout.lanes):
            bounds = (LEFT + POOL_NAME, TOP + start * SCALE, broad + LANE_NAMES, (end - start) * SCALE)
            self._shape(plane, f"lane-{number}", bounds, level=True)
        boxes = {}
        for element, box in self._elements():
            boxes[element.attrib["id"]] = box
            self._shape(plane, element.attrib["id"], self._room(box))
        for identity, source, target, number in self.links:
            points = list(self._points(boxes[source], boxes[target], number))
            edge = SubElement(plane, "bpmndi:BPMNEdge", {"id": f"{identity}-di", "bpmnElement": identity})
            for point in points:
                x, y = self._at(point)
                SubElement(edge, "di:waypoint", {"x": f"{x:g}", "y": f"{y:g}"})
            if number >= 0 and (label := layout.routes[number].label) is not None:
                x, y = self._at((label.along, label.across))
                self._bounds(
                    SubElement(edge, "bpmndi:BPMNLabel"),
                    (x, y, label.along_end - label.along, label.across_end - label.across),
                )

    def _points(self, one: Box, other: Box, number: int) -> Iterator[Point]:
        if number < 0:
            yield one.along_end, one.middle[1]
            yield max(other.along, one.along_end), other.middle[1]
            return
        route: Route = self.figure.layout.routes[number]
        first, *rest, last = route.points
        yield first if not route.edge.late else (one.middle[0], one.across_end)
        yield from rest
        yield last if abs(last[0] - other.along) < 1 else (other.along, last[1])

    def _at(self, point: Point) -> Point:
        return (point[0] + EVENT / 2) * SCALE + LEFT + POOL_NAME + LANE_NAMES, point[1] * SCALE + TOP

    def _room(self, box: Box) -> tuple[float, float, float, float]:
        x, y = self._at((box.along, box.across))
        return x, y, (box.along_end - box.along) * SCALE, (box.across_end - box.across) * SCALE

    def _shape(
        self, plane: Element, key: str, bounds: tuple[float, float, float, float], *, level: bool = False
    ) -> None:
        attributes = {"id": f"{key}-di", "bpmnElement": key} | ({"isHorizontal": "true"} if level else {})
        self._bounds(SubElement(plane, "bpmndi:BPMNShape", attributes), bounds)

    def _bounds(self, element: Element, bounds: tuple[float, float, float, float]) -> None:
        names = ("x", "y", "width", "height")
        SubElement(element, "dc:Bounds", {key: f"{value:g}" for key, value in zip(names, bounds, strict=True)})


def iso(span: Span) -> str:
    """Return a time as ISO 8601 writes it; working days as days, for BPMN knows no others."""
    match span.family:
        case Family.EXACT:
            hours, minutes = divmod(span.amount // 60, 60)
            return f"PT{hours}H" * bool(hours) + (f"{'' if hours else 'PT'}{minutes}M" if minutes or not hours else "")
        case _:
            months, days = span.months, span.amount
            return "P" + f"{months}M" * bool(months) + (f"{days}D" if days or not months else "")


def _key(name: str) -> str:
    """Return a name as an identity of XML, each name another one."""
    plain = re.sub(r"[^A-Za-z0-9_.]", lambda found: f"-{ord(found[0]):x}-", name)
    return f"s_{plain}"


def _square(box: Box) -> Box:
    along, across = box.middle
    return Box(along - DIAMOND, across - DIAMOND, along + DIAMOND, across + DIAMOND)


def _apart(inner: Box, before: float, after: float) -> Box:
    """Return the box of a task, clear of the event before it and of the gateway after it."""
    start = inner.along + (before + APART if before else 0.0)
    return Box(start, inner.across, inner.along_end - (after + APART if after else 0.0), inner.across_end)


def _dot(box: Box) -> Box:
    along, across = box.along_end + EVENT / 2 + 2, box.middle[1]
    return Box(along - EVENT / 4, across - EVENT / 4, along + EVENT / 4, across + EVENT / 4)


__all__ = ["bpmn", "iso"]
