"""XML as elements that know their line; entities and document types are refused, depth is bounded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from tantam.plan.errors import Finding, Place, PlanUnreadable, Severity

DEEPEST = 100
LONGEST = 50_000_000  # bytes
SPACE = re.compile(r"https?://www\.omg\.org/spec/DMN/2\d{7}/(?:MODEL/?|dmn\.xsd)")  # of DMN 1.1 to 1.6, and later
SPACES = (
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
    "https://www.omg.org/spec/DMN/20240513/MODEL/",
)


@dataclass(slots=True)
class Element:
    """tag: without namespace, "" for what is not DMN's own. start: where its text begins.

    called: its id, else its name, else what the element around it is called: by which a reader finds it."""

    tag: str
    attributes: dict[str, str]
    place: Place
    start: Place
    called: str
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def get(self, name: str) -> str:
        """Return the attribute without blanks at its ends, "" if there is none."""
        return self.attributes.get(name, "").strip()

    def all(self, *tags: str) -> list[Element]:
        """Return the children of these tags, in their order."""
        return [each for each in self.children if each.tag in tags]

    def one(self, *tags: str) -> Element | None:
        """Return the first child of these tags."""
        return next(iter(self.all(*tags)), None)

    def text_of(self, tag: str) -> Element | None:
        """Return the `text` element within the child of that tag."""
        child = self.one(tag)
        return child.one("text") if child else None

    def walk(self) -> Iterator[Element]:
        """Yield the element and all below it."""
        stack = [self]
        while stack:
            each = stack.pop()
            yield each
            stack.extend(reversed(each.children))


def refused(code: str, place: Place, element: str = "", **args: Any) -> PlanUnreadable:
    """Return the exception that says what is wrong at a place."""
    return PlanUnreadable([Finding(code, Severity.ERROR, place, element, {"element": element or "–", **args})])


def doubtful(code: str, place: Place, element: str = "", **args: Any) -> Finding:
    """Return the finding that something at a place became null, as the specification wants."""
    return Finding(code, Severity.WARNING, place, element, {"element": element or "–", **args})


def read_xml(content: bytes, file: str) -> Element:
    """Return the root of a DMN file. Raises PlanUnreadable for what is no DMN."""
    if len(content) > LONGEST:
        raise refused("D04", Place(file, 1, 1), limit=LONGEST)
    root = _Builder(file).read(content)
    if root.tag != "definitions":
        space, _, tag = root.attributes.get("", "").rpartition(" ")
        raise refused("D03", root.place, tag, got=space or "–", allowed=", ".join(SPACES[1:5]))
    return root


class _Builder:
    """Puts the elements together while expat reads."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.open: list[Element] = []
        self.texts: list[list[str]] = []  # of each open element, as expat hands them out: line by line
        self.root: Element | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype

    def read(self, content: bytes) -> Element:
        try:
            self.parser.Parse(content, True)
        except expat.ExpatError as wrong:
            place = Place(self.file, wrong.lineno, wrong.offset + 1)
            raise refused("D01", place, reason=expat.errors.messages[wrong.code]) from wrong
        except (LookupError, ValueError) as wrong:  # an encoding that Python does not know
            raise refused("D01", self._place(), reason=str(wrong)) from wrong
        assert self.root is not None
        return self.root

    def _place(self) -> Place:
        return Place(self.file, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def _doctype(self, *_: Any) -> None:
        raise refused("D02", self._place())

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.open) >= DEEPEST:
            raise refused("D08", self._place(), limit=DEEPEST)
        space, _, tag = name.rpartition(" ")
        place = self._place()
        known = SPACE.fullmatch(space) is not None
        around = self.open[-1].called if self.open else ""
        called = attributes.get("id") or attributes.get("name") or around or tag
        found = Element(tag if known else "", attributes if known else {"": name}, place, place, called)
        if self.open:
            self.open[-1].children.append(found)
        else:
            self.root = found
        self.open.append(found)
        self.texts.append([])

    def _end(self, name: str) -> None:
        self.open.pop().text = "".join(self.texts.pop())

    def _text(self, text: str) -> None:
        if not self.texts[-1]:
            self.open[-1].start = self._place()
        self.texts[-1].append(text)
