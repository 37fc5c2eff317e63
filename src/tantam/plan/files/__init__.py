"""Reading: files to texts, texts to nodes with places, nodes of many files to one document."""

from tantam.plan.files.merge import document
from tantam.plan.files.nodes import Entry, Items, Mapping, Node, Scalar, at, key_place_of, place_of, walk
from tantam.plan.files.sources import Source, read_sources
from tantam.plan.files.yaml import parse
from tantam.plan.nearest import listed, nearest

__all__ = [
    "Entry",
    "Items",
    "Mapping",
    "Node",
    "Scalar",
    "Source",
    "at",
    "document",
    "key_place_of",
    "listed",
    "nearest",
    "parse",
    "place_of",
    "read_sources",
    "walk",
]
