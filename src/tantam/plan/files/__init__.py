"""Reading: files to texts, texts to nodes with places, nodes of many files to one document."""

from tantam.plan.files.edit import edited, edited_all, removed, renamed
from tantam.plan.files.merge import TEXTS_FILE, Gathered, document, gather
from tantam.plan.files.nodes import Entry, Items, Mapping, Node, Scalar, at, key_place_of, place_of, walk
from tantam.plan.files.opening import open_sources, read_sources
from tantam.plan.files.overlay import overlaid
from tantam.plan.files.sources import Source, belongs, decoded
from tantam.plan.files.yaml import parse
from tantam.plan.nearest import listed, nearest

__all__ = [
    "TEXTS_FILE",
    "Entry",
    "Gathered",
    "Items",
    "Mapping",
    "Node",
    "Scalar",
    "Source",
    "at",
    "belongs",
    "decoded",
    "document",
    "edited",
    "edited_all",
    "gather",
    "key_place_of",
    "listed",
    "nearest",
    "open_sources",
    "overlaid",
    "parse",
    "place_of",
    "read_sources",
    "removed",
    "renamed",
    "walk",
]
