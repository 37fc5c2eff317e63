"""A DMN model: its decisions, inputs, functions and services, and how they require each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial

from tantam.plan.dmn.boxed import BOXES, Boxes
from tantam.plan.dmn.elements import Element, refused
from tantam.plan.dmn.feel import syntax
from tantam.plan.dmn.feel.compiled import compile_node
from tantam.plan.dmn.feel.frames import Step
from tantam.plan.dmn.feel.names import Names
from tantam.plan.dmn.feel.types import Type, Types
from tantam.plan.dmn.imports import File, Files, Finder, nothing_found
from tantam.plan.dmn.reading import Reading
from tantam.plan.errors import Finding, UnknownName
from tantam.plan.ways import Edge, Settled, depth_first

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
    """requires: ids of what it needs. type: of its variable, None if not said. step: compiled when first asked.

    names: all it may be asked by. file: which it is of."""

    part: Part
    id: str
    name: str
    names: tuple[str, ...]
    type: Type | None
    element: Element
    file: File
    requires: tuple[str, ...] = ()
    step: Step | None = None


@dataclass(slots=True)
class Model:
    """A model as read; expressions are read when a decision first needs them.

    free: names that expressions may speak of though nothing declares them."""

    nodes: dict[str, Node]
    types: Types
    reading: Reading
    services: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    free: tuple[str, ...] = ()

    @property
    def doubts(self) -> tuple[Finding, ...]:
        """What could not be read so far, and is null."""
        return tuple(self.reading.doubts)

    @property
    def has_inputs(self) -> bool:
        """Whether the model says what it wants to know; one that does not may speak of anything that is given."""
        return any(each.part is Part.INPUT for each in self.nodes.values())

    def speaking_of(self, free: Iterable[str], members: Iterable[str]) -> Model:
        """Return the model as it reads where these names are known, and `members` behind a point; itself it stays."""
        known, doubts = Names(members, outer=self.reading.members), [*self.reading.doubts]
        files = {
            id(node.file): replace(node.file, reading=replace(node.file.reading, members=known, doubts=doubts))
            for node in self.nodes.values()
        }
        nodes = {key: replace(node, file=files[id(node.file)], step=None) for key, node in self.nodes.items()}
        reading = replace(self.reading, members=known, doubts=doubts)
        return replace(self, nodes=nodes, reading=reading, free=tuple(free))

    def named(self, name: str, *parts: Part) -> Node:
        """Return the node of that name, id or label, those of the file asked foremost. Raises UnknownName."""
        wanted = plain_name(name)
        fitting = [each for each in self.nodes.values() if each.part in parts]
        for each in fitting:
            if wanted in each.names:
                return each
        raise UnknownName("decision" if Part.DECISION in parts else "input", name, [each.name for each in fitting])

    def said(self, node: Node, key: str) -> tuple[str, str]:
        """Return how a node speaks of one that it requires: (the import's name or "", its name there)."""
        other = self.nodes[key]
        return (node.file.areas.get(other.file.space, "") if other.file is not node.file else ""), other.name

    def order(self, targets: Sequence[str], given: frozenset[str]) -> list[Node]:
        """Return all that the targets require, each behind what it needs itself; nothing below what is given.

        Raises PlanUnreadable for a circle."""
        found = []
        for each in depth_first(targets, lambda key: () if key in given else self.nodes[key].requires):
            match each:
                case Settled(name=key):
                    found.append(self.nodes[key])
                case Edge(target=again, circle=circle) if circle:
                    node, path = self.nodes[again], " → ".join(self.nodes[key].name for key in circle)
                    raise refused("D09", node.element.place, node.id, path=path)
        return found

    def compiled(self, node: Node) -> Step:
        """Return the node's own expression, ready. Raises PlanUnreadable for a table that is none."""
        if node.step is None:
            node.step = compile_node(self._expression(node, node.file.reading))
        return node.step

    def _expression(self, node: Node, reading: Reading) -> syntax.Node:
        names = Names([area or name for area, name in (self.said(node, each) for each in node.requires)])
        for each in self.free:
            names.add(each)
        boxes = Boxes(reading, self.types, node.name, node.type)
        if node.part is not Part.FUNCTION:
            return boxes.of(node.element, names) if node.element.one(*BOXES) else syntax.Const(None)
        names.add(node.name)
        logic = node.element.one("encapsulatedLogic")
        if logic is None:
            reading.doubt("D16", node.element, allowed="encapsulatedLogic")
            return syntax.Const(None)
        return boxes.function(logic, names)


def plain_name(name: str) -> str:
    """Return the name with single blanks."""
    return " ".join(name.split())


def read_model(content: bytes, file: str, find: Finder = nothing_found) -> Model:
    """Return the model in a DMN file, with what it imports. Raises PlanUnreadable."""
    files = Files(find)
    read = files.all(content, file)
    nodes: dict[str, Node] = {}
    for each in read:
        for element in each.root.all(*Part):
            node = _node(element, each)
            nodes.setdefault(node.id, node)
            each.reading.members.add(node.name)
    model = Model(nodes, files.types, read[0].reading)
    for node in nodes.values():
        _link(model, node)
    return model


def _node(element: Element, file: File) -> Node:
    part = Part(element.tag)
    variable = element.one("variable")
    called = [plain_name(each) for each in ((variable.get("name") if variable else ""), element.get("name"))]
    name = next(filter(None, called), "")
    area = plain_name(element.get("label"))
    names = dict.fromkeys(filter(None, [*called, element.get("id"), area]))
    key = file.reading.space + (element.get("id") or name)
    return Node(part, key, name, tuple(names), file.reading.kind(variable), element, file)


def _link(model: Model, node: Node) -> None:
    """Resolve what the node refers to; a reference to nothing is a doubt, and nothing is required there."""
    target = partial(_target, model, node)
    if node.part is Part.SERVICE:
        model.services[node.id] = {tag: target(node.element.all(tag)) for tag in OF_SERVICE}
        return
    wanted = [
        each
        for kind in node.element.all("informationRequirement", "knowledgeRequirement")
        for each in kind.all(*REQUIRED)
    ]
    node.requires = target(wanted)


def _target(model: Model, node: Node, references: Sequence[Element]) -> tuple[str, ...]:
    found = []
    for each in references:
        key = node.file.key(each.get("href"))
        if key in model.nodes:
            found.append(key)
        else:
            node.file.reading.doubt("D10", each, node.element, got=each.get("href"))
    return tuple(dict.fromkeys(found))
