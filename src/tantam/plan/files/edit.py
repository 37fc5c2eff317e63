"""Changes of a plan's text: one value, key or row of a table, and every byte around it stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tantam.plan.errors import NotEditable
from tantam.plan.files.edit_rows import row_added, row_edited, row_removed
from tantam.plan.files.events import REFUSED, NoYaml
from tantam.plan.files.nodes import Path, Scalar, at
from tantam.plan.files.rendered import STEP, Value, block, inline, scalar
from tantam.plan.files.sources import Source
from tantam.plan.files.spans import Span, spans
from tantam.plan.files.yaml import parse

ROW = "#"


def edited(source: Source, path: Path, value: Value) -> Source:
    """Return the source with `value` at `path`; what is not there yet is added.

    A step `#name` goes on into a table, to the row of that name: `(…, "decides", "#faulty")` with the row's text, or
    with a further step, the column, and the cell's. Raises NotEditable where that cannot be without touching more.
    """
    table, row = _split(path)
    if row:
        return _row(source, table, row, value)
    if any(map(REFUSED.search, _texts(value))):
        raise NotEditable(source.name, path)
    text = _replaced(source, path, value)
    return _sure(source, text, lambda plain: _put(plain, list(path), value))


def edited_all(source: Source, changes: Sequence[tuple[Path, Value]]) -> Source:
    """Return the source with each value at its path; none of the paths may lead into another. Raises NotEditable."""
    root, text = _spans(source), source.text
    spans_at = [(span.start, span, path, value) for path, value in changes if (span := _span(root, path))]
    for _, span, path, value in sorted(spans_at, key=lambda each: -each[0]):
        text = _over(text, span, value, _span(root, path[:-1]) if path else None, path)
    for path, value in changes:
        if _span(root, path) is None:
            text = _replaced(Source(source.name, text), path, value)

    def expected(plain: Any) -> Any:
        for path, value in changes:
            plain = _put(plain, list(path), value)
        return plain

    return _sure(source, text, expected)


def removed(source: Source, path: Path) -> Source:
    """Return the source without the key, the item or the row at `path`. Raises NotEditable."""
    table, row = _split(path)
    if row:
        edit = row_removed(source.text, _table(source, table), row[0][1:])
        if edit is None or len(row) > 1:
            raise NotEditable(source.name, path)
        return Source(source.name, edit)
    root = _spans(source)
    parent = _span(root, path[:-1])
    if parent is None or parent.child(path[-1]) is None:
        raise NotEditable(source.name, path)
    start, end, instead = _cut(source.text, parent, path[-1])
    text = source.text[:start] + instead + source.text[end:]
    return _sure(source, text, lambda plain: _without(plain, list(path)))


def renamed(source: Source, path: Path, key: str) -> Source:
    """Return the source with the key that ends `path` called `key`. Raises NotEditable."""
    parent = _span(_spans(source), path[:-1])
    if parent is None or parent.sort != "mapping" or str(path[-1]) not in parent.keys or key in parent.keys:
        raise NotEditable(source.name, path)
    span, _ = parent.keys[str(path[-1])]
    text = source.text[: span.start] + scalar(key, flow=parent.flow) + source.text[span.end :]
    return _sure(source, text, lambda plain: _called(plain, list(path), key))


def _texts(value: Value) -> Iterator[str]:
    match value:
        case None:
            return
        case str():
            yield value
        case Mapping():
            for key, each in value.items():
                yield key
                yield from _texts(each)
        case _:
            for each in value:
                yield from _texts(each)


def _split(path: Path) -> tuple[Path, list[str]]:
    """Return the path to a table, and the steps into it, if there are any."""
    for position, step in enumerate(path):
        if isinstance(step, str) and step.startswith(ROW) and len(path) - position <= 2:
            return path[:position], [str(each) for each in path[position:]]
    return path, []


def _row(source: Source, path: Path, row: list[str], value: Value) -> Source:
    if not isinstance(value, str) or "\n" in value or REFUSED.search(value):
        raise NotEditable(source.name, path)
    node, name = _table(source, path), row[0][1:]
    edit = row_edited(source.text, node, (name, *row[1:]), value)
    if edit is None and len(row) == 1:
        edit = row_added(source.text, node, value)
    if edit is None:
        raise NotEditable(source.name, [*path, *row])
    return Source(source.name, edit)


def _table(source: Source, path: Path) -> Scalar:
    root, _ = parse(source)
    node = at(root, path) if root else None
    if not isinstance(node, Scalar) or node.block != "|":
        raise NotEditable(source.name, path)
    return node


def _replaced(source: Source, path: Path, value: Value) -> str:
    root = _spans(source)
    known = len(path)
    while known and _span(root, path[:known]) is None:
        known -= 1
    span = _span(root, path[:known])
    assert span is not None
    for step in reversed(path[known + 1 :]):
        value = {str(step): value}
    if known == len(path):
        parent = _span(root, path[:-1]) if path else None
        return _over(source.text, span, value, parent, path)
    return _added(source, span, path[known], value)


def _over(text: str, span: Span, value: Value, parent: Span | None, path: Path) -> str:
    """Return the text with the value instead of what stands at `span`."""
    if parent and parent.flow:
        shown = scalar(value, flow=True, style=span.style) if isinstance(value, str) else inline(value)
        lead = " " if span.start == span.end else ""
        return text[: span.start] + lead + shown + text[span.end :]
    if parent is None:
        return block(value, 0).lstrip("\n") + text[span.end :]
    if parent.sort == "list":
        indent, start = _column(text, span.start), span.start
        shown = block(value, indent, span.style).lstrip() if not isinstance(value, Mapping | list) else inline(value)
        return text[:start] + shown + text[span.end :]
    key, _ = parent.keys[str(path[-1])]
    colon = text.index(":", key.end) + 1
    indent = _column(text, key.start) + STEP
    shown = inline(value) if span.flow else block(value, indent, span.style)
    if "\n" not in shown and span.start > colon and "\n" not in text[colon : span.start]:
        return text[: span.start] + shown.lstrip(" ") + text[span.end :]
    ends = text.find("\n", span.end)
    tail = text[span.end : len(text) if ends < 0 else ends]
    if "\n" in shown and tail.strip():  # a comment stays on the line of its key
        first, _, more = shown.partition("\n")
        return text[:colon] + first + tail + "\n" + more + text[span.end + len(tail) :]
    return text[:colon] + shown + text[span.end :]


def _added(source: Source, span: Span, step: str | int, value: Value) -> str:
    """Return the text with one more entry or item at the end of the collection at `span`."""
    text = source.text
    last = span.items[-1] if span.items else next(reversed(span.keys.values()))[1] if span.keys else None
    if span.sort == "list" and str(step) != str(len(span.items)):
        raise NotEditable(source.name, [step])
    if span.sort not in ("mapping", "list"):
        raise NotEditable(source.name, [step])
    if span.flow:
        shown = inline(value) if span.sort == "list" else f"{scalar(str(step), flow=True)}: {inline(value)}"
        if last is None:
            return text[: span.end - 1].rstrip() + shown + text[span.end - 1 :]
        return text[: last.end] + ", " + shown + text[last.end :]
    assert last is not None  # a block has something in it
    if span.sort == "list":
        indent = text.rfind("-", 0, span.items[0].start) - (text.rfind("\n", 0, span.items[0].start) + 1)
        shown = "- " + (inline(value) if isinstance(value, Mapping | list) else block(value, indent + STEP).lstrip())
    else:
        first = next(iter(span.keys.values()))[0]
        indent = _column(text, first.start)
        shown = scalar(str(step), flow=False) + ":" + block(value, indent + STEP)
    return _inserted(text, last.end, " " * indent + shown)


def _inserted(text: str, after: int, line: str) -> str:
    """Return the text with a line more, below the one that `after` is in."""
    end = text.find("\n", after)
    if end < 0:
        return text + ("" if text.endswith("\n") else "\n") + line + "\n"
    return text[: end + 1] + line + "\n" + text[end + 1 :]


def _cut(text: str, parent: Span, step: str | int) -> tuple[int, int, str]:
    """Return from where to where the entry or item stands, and what must stand there instead."""
    pairs = [(key.start, value.end) for key, value in parent.keys.values()] or [
        (each.start, each.end) for each in parent.items
    ]
    place = list(parent.keys).index(str(step)) if parent.keys else int(step)
    start, end = pairs[place]
    if len(pairs) == 1:
        empty = "{}" if parent.keys else "[]"
        return (start, end, "") if parent.flow else (*_whole(text, start, end, parent), empty)
    if parent.flow:
        return (start, pairs[place + 1][0], "") if place + 1 < len(pairs) else (pairs[place - 1][1], end, "")
    lead = text[text.rfind("\n", 0, start) + 1 : start]
    if lead.strip(" -") == "" and (lead.strip() == "" or parent.sort == "list"):
        below = text.find("\n", end)
        return text.rfind("\n", 0, start) + 1, len(text) if below < 0 else below + 1, ""
    return start, pairs[place + 1][0], ""


def _whole(text: str, start: int, end: int, parent: Span) -> tuple[int, int]:
    """Return where the only entry of a block begins; its dash is part of it."""
    return (text.rfind("-", 0, start) if parent.sort == "list" else start), end


def _column(text: str, offset: int) -> int:
    return offset - (text.rfind("\n", 0, offset) + 1)


def _spans(source: Source) -> Span:
    try:
        return spans(source)
    except (NoYaml, ValueError) as problem:
        raise NotEditable(source.name, []) from problem


def _span(root: Span, path: Path) -> Span | None:
    span: Span | None = root
    for step in path:
        span = span.child(step) if span else None
    return span


def _sure(source: Source, text: str, expected: Any) -> Source:
    """Return the new source, if reading it gives what was meant."""
    before, _ = parse(source)
    after, wrong = parse(Source(source.name, text))
    if before is None or after is None or wrong or after.plain() != expected(before.plain()):
        raise NotEditable(source.name, [])
    return Source(source.name, text)


def _put(plain: Any, path: list[str | int], value: Any) -> Any:
    if not path:
        return _plain(value)
    step, rest = path[0], path[1:]
    if isinstance(plain, list) and str(step).isdecimal():
        items = [*plain, {}] if int(step) == len(plain) else list(plain)
        items[int(step)] = _put(items[int(step)], rest, value)
        return items
    keys = dict(plain) if isinstance(plain, dict) else {}
    keys[str(step)] = _put(keys.get(str(step), {}), rest, value)
    return keys


def _plain(value: Any) -> Any:
    match value:
        case None | str():
            return value
        case Mapping():
            return {key: _plain(each) for key, each in value.items()}
        case Sequence():
            return [_plain(each) for each in value]


def _without(plain: Any, path: list[str | int]) -> Any:
    step, rest = path[0], path[1:]
    if isinstance(plain, list):
        if not rest:
            return [each for position, each in enumerate(plain) if position != int(step)]
        return [_without(each, rest) if position == int(step) else each for position, each in enumerate(plain)]
    if not rest:
        return {key: each for key, each in plain.items() if key != str(step)}
    return {key: _without(each, rest) if key == str(step) else each for key, each in plain.items()}


def _called(plain: Any, path: list[str | int], name: str) -> Any:
    if len(path) == 1:
        return {name if key == str(path[0]) else key: each for key, each in plain.items()}
    if isinstance(plain, list):
        return [_called(each, path[1:], name) if place == int(path[0]) else each for place, each in enumerate(plain)]
    return {key: _called(each, path[1:], name) if key == str(path[0]) else each for key, each in plain.items()}
