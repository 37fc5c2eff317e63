"""What a picture of a procedure is made of, before and after it is laid out, in two directions of its own.

`along` is where the work goes, `across` is from lane to lane: turned one way lanes are rows, the other way columns.
"""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]  # along, across


@dataclass(frozen=True, slots=True)
class Size:
    """How much room something takes."""

    along: float
    across: float


@dataclass(frozen=True, slots=True)
class Node:
    """Something drawn in a lane. lane: its number, from 0. size: of all that is drawn of it."""

    name: str
    lane: int
    size: Size


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from a node to another. label: the room its words take, None without any.

    late: it leaves by the side, because time ran out, not by the end.
    """

    source: str
    target: str
    label: Size | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes in the order they are written, and the edges among them. centred: words stand on the line, not above it."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    lanes: int
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: where it begins and ends along and across."""

    along: float
    across: float
    along_end: float
    across_end: float

    @property
    def middle(self) -> Point:
        """The point in its middle."""
        return ((self.along + self.along_end) / 2, (self.across + self.across_end) / 2)

    def meets(self, other: Box) -> bool:
        """Return whether the two share more than an edge."""
        return (
            self.along < other.along_end
            and other.along < self.along_end
            and self.across < other.across_end
            and other.across < self.across_end
        )


@dataclass(frozen=True, slots=True)
class Route:
    """How an edge runs: corners from its source to its target, and where its words stand."""

    edge: Edge
    points: tuple[Point, ...]
    label: Box | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands. boxes: by node. routes: as the edges. lanes: from where to where each goes across."""

    boxes: dict[str, Box]
    routes: tuple[Route, ...]
    lanes: tuple[tuple[float, float], ...]
    along: float
    across: float
