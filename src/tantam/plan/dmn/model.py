"""A DMN model: its decisions, inputs, functions and services, and how they require each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tantam.plan.dmn.boxed import BOXES, Boxes
from tantam.plan.dmn.elements import Element, read_xml, refused
from tantam.plan.dmn.feel.compiled import compile_node
from tantam.plan.dmn.feel.frames import Step
from tantam.plan.dmn.feel.names import Names
from tantam.plan.dmn.feel.types import Type, Types
from tantam.plan.dmn.item_types import read_types, type_ref
from tantam.plan.dmn.reading import Reading
from tantam.plan.errors import UnknownName

REQUIRED = ("requiredInput", "requiredDecision", "requiredKnowledge")
OF_SERVICE = ("outputDecision", "encapsulatedDecision", "inputDecision", "inputData")


class Part(StrEnum):
    """What a node of the requirement graph is."""

    INPUT = "inputData"
    DECISION = "decision"
    FUNCTION = "businessKnowledgeModel"
    SERVICE = "decisionService"


@dataclass(slots=True)
class Node:
    """requires: ids of what it needs. type: of its variable, None if not said. step: compiled when first asked."""

    part: Part
    id: str
    name: str
    type: Type | None
    element: Element
    requires: tuple[str, ...]
    step: Step | None = None


@dataclass(slots=True)
class Model:
    """A model as read; expressions are read when a decision first needs them."""

    nodes: dict[str, Node]
    types: Types
    reading: Reading
    services: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)

    def named(self, name: str, *parts: Part) -> Node:
        """Return the node of that name or id. Raises UnknownName."""
        wanted = plain_name(name)
        fitting = [each for each in self.nodes.values() if each.part in parts]
        for each in fitting:
            if plain_name(each.name) == wanted:
                return each
        if name in self.nodes and self.nodes[name].part in parts:
            return self.nodes[name]
        raise UnknownName("decision" if Part.DECISION in parts else "input", name, [each.name for each in fitting])

    def order(self, targets: Sequence[str], given: frozenset[str]) -> list[Node]:
        """Return all that the targets require, each behind what it needs itself; nothing below what is given.

        Raises PlanUnreadable for a circle."""
        done: dict[str, Node] = {}
        path: dict[str, Iterator[str]] = {}
        for target in targets:
            if target in done:
                continue
            path[target] = iter(() if target in given else self.nodes[target].requires)
            while path:
                current, rest = next(reversed(path.items()))
                below = next(rest, None)
                if below is None:
                    done[current] = self.nodes[current]
                    path.popitem()
                elif below in path:
                    self._circle([*path], below)
                elif below not in done:
                    path[below] = iter(() if below in given else self.nodes[below].requires)
        return list(done.values())

    def _circle(self, path: list[str], again: str) -> None:
        names = [self.nodes[each].name for each in [*path[path.index(again) :], again]]
        node = self.nodes[again]
        raise refused("D09", node.element.place, node.id, path=" → ".join(names))

    def compiled(self, node: Node) -> Step:
        """Return the node's own expression, ready. Raises PlanUnreadable."""
        if node.step is None:
            names = Names([self.nodes[each].name for each in node.requires])
            boxes = Boxes(self.reading, self.types, node.name)
            if node.part is Part.FUNCTION:
                names.add(node.name)
                logic = node.element.one("encapsulatedLogic")
                if logic is None:
                    raise refused("D16", node.element.place, node.id, allowed="encapsulatedLogic")
                node.step = compile_node(boxes.function(logic, names))
            else:
                node.step = compile_node(boxes.of(node.element, names))
        return node.step


def plain_name(name: str) -> str:
    """Return the name with single blanks."""
    return " ".join(name.split())


def read_model(content: bytes, file: str) -> Model:
    """Return the model in a DMN file. Raises PlanUnreadable."""
    root = read_xml(content, file)
    for each in root.all("import"):
        raise refused("D17", each.place, each.called, got=each.get("namespace") or "–")
    reading = Reading()
    types = read_types(root, reading)
    nodes: dict[str, Node] = {}
    for element in root.all(*Part):
        node = _node(element)
        nodes[node.id] = node
        reading.members.add(node.name)
    model = Model(nodes, types, reading)
    for node in nodes.values():
        _check_references(model, node)
    return model


def _node(element: Element) -> Node:
    part = Part(element.tag)
    variable = element.one("variable")
    name = plain_name((variable.get("name") if variable else "") or element.get("name"))
    requires = [
        each for kind in element.all("informationRequirement", "knowledgeRequirement") for each in kind.all(*REQUIRED)
    ]
    ids = tuple(each.get("href").rpartition("#")[2] for each in requires)
    return Node(part, element.get("id") or name, name, type_ref(variable), element, ids)


def _check_references(model: Model, node: Node) -> None:
    if node.part is Part.SERVICE:
        roles = {tag: tuple(_target(model, each, node) for each in node.element.all(tag)) for tag in OF_SERVICE}
        model.services[node.id] = roles
        node.requires = ()
        return
    for requirement in node.element.all("informationRequirement", "knowledgeRequirement"):
        for each in requirement.all(*REQUIRED):
            _target(model, each, node)
    if node.part is Part.DECISION and not node.element.one(*BOXES):
        node.step = lambda frame: None


def _target(model: Model, reference: Element, node: Node) -> str:
    target = reference.get("href").rpartition("#")[2]
    if target not in model.nodes:
        raise refused("D10", reference.place, node.id, got=reference.get("href"))
    return target
