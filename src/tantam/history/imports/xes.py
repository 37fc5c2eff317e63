"""XES (IEEE 1849): a trace is a case, an event a row; memory holds one event at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException, EntitiesForbidden
from defusedxml.ElementTree import iterparse

from tantam.history.imports.form import File
from tantam.history.imports.log import Log, Row
from tantam.history.imports.opened import BROKEN, opened, unreadable

TYPED = ("string", "date", "int", "float", "boolean", "id")
OF_TRACE = "case:"
Cells = dict[str, str]


@contextmanager
def xes(file: Path, how: File) -> Iterator[Log]:
    """Yield the log in `file`. It is read twice: first for the names of its attributes. how: of no use here."""
    columns: dict[str, None] = {}
    with opened(file) as found:
        for _, cells in _events(file, found.stream):
            columns.update(dict.fromkeys(cells))
    names = tuple(columns)
    with opened(file) as found:
        rows: Iterator[tuple[int, Row]] = (
            (number, [cells.get(name, "") for name in names]) for number, cells in _events(file, found.stream)
        )
        yield Log(names, rows, found.read)


def _events(file: Path, stream: IO[bytes]) -> Iterator[tuple[int, Cells]]:
    """Yield each event with its trace's attributes, the first as row 2."""
    number = 1
    try:
        for number, cells in enumerate(_parsed(stream), start=2):
            yield number, cells
    except EntitiesForbidden as entity:
        raise unreadable("M31", file, name=entity.name) from entity
    except DefusedXmlException as refused:
        raise unreadable("M20", file, problem=type(refused).__name__) from refused
    except ParseError as problem:
        line, column = problem.position
        raise unreadable(
            "M20", file, line, problem=f"{str(problem).split(':')[0]}, line {line}, column {column}"
        ) from problem
    except BROKEN as problem:
        raise unreadable("M24", file, number + 1, row=number) from problem
    except (LookupError, ValueError) as problem:  # an encoding that nobody knows
        raise unreadable("M20", file, problem=str(problem)) from problem


def _parsed(stream: IO[bytes]) -> Iterator[Cells]:
    """Yield the cells of each event; what was read is let go at once."""
    path: list[Any] = []
    trace: Cells = {}
    event: Cells = {}
    for what, element in iterparse(stream, events=("start", "end")):
        name = element.tag.rpartition("}")[2]
        if what == "start":
            path.append(element)
            if name == "trace":
                trace = {}
            elif name == "event":
                event = {}
            continue
        path.pop()
        above = path[-1].tag.rpartition("}")[2] if path else ""
        if name in TYPED and above == "event":
            event[element.get("key", "")] = element.get("value", "")
        elif name in TYPED and above == "trace":
            trace[element.get("key", "")] = element.get("value", "")
        elif name == "event" and above == "trace":
            yield {**trace, **{OF_TRACE + key: value for key, value in trace.items()}, **event}
        if path:
            path[-1].remove(element)
