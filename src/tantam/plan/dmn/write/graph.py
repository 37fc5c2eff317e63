"""One DMN file in the making: inputs, decisions and what each requires, drawn in layers from below."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree import ElementTree as Tree

from tantam.plan.dmn.write.elements import Edition, described, element, ident, plain, texted, written
from tantam.plan.dmn.write.layout import Drawn, diagram

ADDRESS = "urn:tantam:plan"


@dataclass(slots=True)
class Graph:
    """name: of the file. about: said in its description. notes: what could not be said, in words."""

    name: str
    about: str = ""
    edition: Edition = Edition.DMN_1_3
    types: dict[str, Tree.Element] = field(default_factory=dict)
    nodes: dict[str, Tree.Element] = field(default_factory=dict)
    needs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def input(self, name: str, kind: str, label: str, about: str) -> None:
        """Add an input."""
        variable = element("variable", {"id": ident(name, "variable"), "name": name, "typeRef": kind})
        attributes = {"id": ident(name), "name": name, "label": label}
        self.nodes[name] = element("inputData", attributes, described(about), variable)
        self.needs[name] = ()

    def decision(self, name: str, box: Tree.Element, said: Said | None = None) -> None:
        """Add a decision. It requires what its expressions speak of, and what is already here."""
        said = said or Said()
        variable = element("variable", {"id": ident(name, "variable"), "name": name, "typeRef": said.kind})
        spoken = "\n".join(each.text or "" for each in box.iter("text"))
        self.needs[name] = tuple(each for each in self.nodes if _speaks_of(spoken, each))
        edges = [self._edge(name, each) for each in self.needs[name]]
        attributes = {"id": ident(name), "name": name, "label": said.label}
        question = plain("question", said.question) if said.question else None
        self.nodes[name] = element("decision", attributes, described(said.about), question, variable, *edges, box)

    def text(self) -> str:
        """Return the file's XML."""
        attributes = {**self.edition.spaces, "id": ident(self.name, "definitions"), "name": self.name}
        attributes["namespace"] = f"{ADDRESS}:{ident(self.name)}"
        note = "\n".join(dict.fromkeys(self.notes))
        noted = texted("textAnnotation", note, {"id": ident(self.name, "note")}) if note else None
        inputs = [each for each in self.nodes.values() if each.tag == "inputData"]
        decisions = [each for each in self.nodes.values() if each.tag == "decision"]
        drawn = [Drawn(ident(name), self.needs[name], name) for name in self.nodes]
        edges = {name: [(each, ident(name, "needs", each)) for each in needs] for name, needs in self.needs.items()}
        return written(
            element(
                "definitions",
                attributes,
                described(self.about),
                *self.types.values(),
                *inputs,
                *decisions,
                noted,
                diagram(self.name, drawn, edges, ident(self.name, "note") if note else ""),
            )
        )

    def _edge(self, name: str, need: str) -> Tree.Element:
        tag = "requiredInput" if self.nodes[need].tag == "inputData" else "requiredDecision"
        required = element(tag, {"href": f"#{ident(need)}"})
        return element("informationRequirement", {"id": ident(name, "needs", need)}, required)


@dataclass(frozen=True, slots=True)
class Said:
    """What a decision says of itself. kind: the type of its variable."""

    label: str = ""
    about: str = ""
    question: str = ""
    kind: str = ""


def literal_box(name: str, expression: str) -> Tree.Element:
    """Return a literal expression."""
    return texted("literalExpression", expression, {"id": ident(name, "expression")})


def _speaks_of(spoken: str, name: str) -> bool:
    """Return whether the expressions have the name as words of their own."""
    return re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", spoken) is not None
