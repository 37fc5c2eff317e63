"""Plain values as YAML text, for the place where they shall stand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from tantam.plan.files.events import REFUSED
from tantam.plan.files.nodes import Items, Scalar
from tantam.plan.files.nodes import Mapping as Keys
from tantam.plan.files.sources import Source
from tantam.plan.files.yaml import parse

Value = str | None | Mapping[str, "Value"] | Sequence["Value"]
STEP = 2  # columns that a nested block moves in


def scalar(text: str | None, *, flow: bool, style: str = "") -> str:
    """Return a text on one line: plain if it stays the same so, else in quotes; `style`: the quotes it had."""
    if text is None:
        return "~"
    if style == "'" and "\n" not in text and not REFUSED.search(text):
        return "'" + text.replace("'", "''") + "'"
    return text if style != '"' and _plain(text, flow=flow) else json.dumps(text, ensure_ascii=False)


def inline(value: Value) -> str:
    """Return any value on one line, as it stands in `{…}`."""
    match value:
        case None | str():
            return scalar(value, flow=True)
        case Mapping():
            return "{" + ", ".join(f"{scalar(key, flow=True)}: {inline(each)}" for key, each in value.items()) + "}"
        case _:
            return "[" + ", ".join(inline(each) for each in value) + "]"


def block(value: Value, indent: int, style: str = "") -> str:
    """Return a value as it stands behind `key:` whose own lines shall begin after `indent` blanks, with its blank."""
    margin = " " * indent
    match value:
        case str() if "\n" in value or style in ("|", ">"):
            return " " + _lines(value, margin, style)
        case None | str():
            return " " + scalar(value, flow=False, style=style)
        case Mapping() if value:
            return "".join(
                f"\n{margin}{scalar(key, flow=False)}:{block(each, indent + STEP)}" for key, each in value.items()
            )
        case Sequence() if value:
            return "".join(f"\n{margin}-{_item(each, indent)}" for each in value)
        case _:
            return " " + inline(value)


def _item(value: Value, indent: int) -> str:
    if isinstance(value, Mapping | list | tuple):
        return " " + inline(value)
    return block(value, indent + STEP)


def _lines(text: str, margin: str, style: str) -> str:
    """Return a text of several lines as a block that keeps each of them."""
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    blank = any(each and not each.strip() for each in body.split("\n"))
    if not body or blank or ends > 1 or body.startswith((" ", "\n", "\t")):
        return json.dumps(text, ensure_ascii=False)
    mark = ">" if style == ">" and "\n" not in body else "|"
    lines = [margin + each if each else "" for each in body.split("\n")]
    return mark + ("" if ends else "-") + "\n" + "\n".join(lines)


def _plain(text: str, *, flow: bool) -> bool:
    """Return whether the text, written without quotes, reads as itself."""
    if not text or text != text.strip() or "\n" in text or REFUSED.search(text):
        return False
    for around in ("[{}]", "{{k: {}}}") if flow else ("- {}", "k: {}"):
        root, wrong = parse(Source("", around.format(text)))
        match root:
            case Items(nodes=(Scalar() as node,)):
                pass
            case Keys(entries=(entry,)) if isinstance(entry.value, Scalar):
                node = entry.value
            case _:
                return False
        if wrong or node.null or node.quoted or node.block or node.text != text:
            return False
    return True
