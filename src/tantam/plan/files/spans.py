"""Where in a text each node begins and ends: what an edit may touch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from tantam.plan.files.events import events
from tantam.plan.files.sources import Source


@dataclass(slots=True)
class Span:
    """One node. start, end: offsets in the text, without what follows it on its last line.

    sort: mapping, list, scalar or alias. flow: written in `{…}` or `[…]`. style: of a scalar, as YAML has it.
    keys: of a mapping, the key with its own span and its value's; items: of a list.
    """

    sort: str
    start: int
    end: int
    flow: bool = False
    style: str = ""
    keys: dict[str, tuple[Span, Span]] = field(default_factory=dict)
    items: list[Span] = field(default_factory=list)

    def child(self, step: str | int) -> Span | None:
        """Return the span of the value at a key or position, or None."""
        if self.sort == "mapping" and str(step) in self.keys:
            return self.keys[str(step)][1]
        if self.sort == "list" and str(step).isdecimal() and int(step) < len(self.items):
            return self.items[int(step)]
        return None


def spans(source: Source) -> Span:
    """Return the span of the document's root. Raises NoYaml, and ValueError for a document that holds nothing."""
    reader = _Spans(source.text, events(source))
    first = next(reader.events, None)
    if first is None:
        raise ValueError(f"{source.name} holds nothing")
    root = reader.span(first)
    for _ in reader.events:  # a second document is told at its end
        pass
    return root


class _Spans:
    def __init__(self, text: str, found: Iterator[Any]) -> None:
        self.text = text
        self.events = found
        self.lines = [0]
        for line in text.split("\n"):
            self.lines.append(self.lines[-1] + len(line) + 1)

    def span(self, event: Any) -> Span:
        start, end = self.offset(event.start_mark), self.offset(event.end_mark)
        match event:
            case yaml.MappingStartEvent():
                return self.mapping(Span("mapping", start, end, bool(event.flow_style)))
            case yaml.SequenceStartEvent():
                return self.items(Span("list", start, end, bool(event.flow_style)))
            case yaml.ScalarEvent():
                return self.scalar(Span("scalar", start, end, style=event.style or ""))
            case _:
                return Span("alias", start, end)

    def mapping(self, span: Span) -> Span:
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                span.end = self.offset(event.end_mark) if span.flow else span.end
                return span
            key, value = self.span(event), self.span(next(self.events))
            name = str(event.value) if isinstance(event, yaml.ScalarEvent) else ""
            span.keys.setdefault(name, (key, value))
            span.end = value.end
        return span

    def items(self, span: Span) -> Span:
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                span.end = self.offset(event.end_mark) if span.flow else span.end
                return span
            item = self.span(event)
            span.items.append(item)
            span.end = item.end
        return span

    def scalar(self, span: Span) -> Span:
        """A block's mark lies behind the blank lines that follow it."""
        if span.style in ("|", ">"):
            span.end = span.start + len(self.text[span.start : span.end].rstrip())
        return span

    def offset(self, mark: Any) -> int:
        line, column = int(mark.line), int(mark.column)
        return min(self.lines[line] + column, len(self.text))
