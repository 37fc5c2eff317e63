"""Nodes to a document: whatever has the wrong shape becomes a finding with its place and the nearest right name."""

from __future__ import annotations

import re
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from tantam.plan.errors import Finding, Severity
from tantam.plan.files import Mapping, Node, Scalar, at, key_place_of, listed, nearest, place_of
from tantam.plan.sections.base import LANGUAGE
from tantam.plan.sections.document import Document
from tantam.plan.words import Key

Path = tuple[str | int, ...]
DISCRIMINATING = re.compile(r"^(function-|dict\[|list\[|nullable)")
EXPECTED = {
    "text": "A_text",
    "value": "A_value",
    "table": "A_table",
    "names": "A_names",
    "too_short": "A_names",
    "languages": "A_languages",
    "choices": "A_choices",
    "model_type": "A_mapping",
    "dict_type": "A_mapping",
    "list_type": "A_list",
    "bool_parsing": "A_yes_no",
    "bool_type": "A_yes_no",
    "int_parsing": "A_number",
    "form": "A_form",
}


def shaped(root: Mapping) -> tuple[Document | None, tuple[Finding, ...]]:
    """Return the document, None where its shape is wrong, and all findings about the shape, in order of place."""
    findings = _folded_tables(root)
    document = None
    try:
        document = Document.model_validate(root.plain())
    except ValidationError as problem:
        findings += [_finding(root, each) for each in problem.errors(include_url=False, include_input=False)]
    unique = {(each.code, each.place, str(each.args.get("key"))): each for each in findings}
    return document, tuple(sorted(unique.values(), key=lambda each: each.place))


def error(code: str, root: Node, path: Path, /, **args: Any) -> Finding:
    """Return an error at the value at `path`, with `where` naming it."""
    return Finding(
        code, Severity.ERROR, place_of(root, path), clause=address(path), args={"where": address(path)} | args
    )


def address(path: Path) -> str:
    """Return the clause's address, `policies.exchange.decides`; of the whole document, `plan`."""
    return ".".join(str(step) for step in path) or "plan"


def _folded_tables(root: Mapping) -> list[Finding]:
    from tantam.plan.files import walk

    return [
        Finding("F17", Severity.ERROR, node.place, clause=address(path), args={"where": address(path)})
        for path, node in walk(root)
        if isinstance(node, Scalar) and node.block == ">" and "=>" in node.text and "|" in node.text
    ]


def _finding(root: Mapping, problem: Any) -> Finding:
    path = _path(root, problem["loc"])
    kind = str(problem["type"])
    context = problem.get("ctx") or {}
    if "key" in context and kind != "missing":
        path = (*path, str(context["key"]))
    if kind in ("extra_forbidden", "language"):
        return _unknown_key(root, path, kind)
    if kind == "missing":
        return _missing(root, path, problem, context)
    if kind == "form":
        return error("S12", root, path, got=got_words(at(root, path)))
    if kind == "literal_error":
        return _not_one_of(root, path, context)
    got = got_words(at(root, path))
    return error("S04", root, path, got=got, allowed=Key(EXPECTED.get(kind, "A_value")))


def _path(root: Node, loc: tuple[str | int, ...]) -> Path:
    """Return the steps of pydantic's location that are keys or positions of the file."""
    path: list[str | int] = []
    for position, step in enumerate(loc):
        last = position == len(loc) - 1
        if at(root, [*path, step]) is not None or (last and not DISCRIMINATING.match(str(step))):
            path.append(step)
    return tuple(path)


def _unknown_key(root: Mapping, path: Path, kind: str) -> Finding:
    key, where = str(path[-1]), address(path[:-1])
    node = at(root, path)
    allowed = _languages(root) if kind == "language" else _fields(path[:-1])
    near = nearest(key, allowed)
    args: dict[str, Any] = {"key": key, "where": where, "nearest": near, "allowed": listed(allowed)}
    prose = kind == "language" or " " in key or (isinstance(node, Scalar) and node.null)
    code = "S01" if near else "S13" if prose else "S02"
    return Finding(code, Severity.ERROR, key_place_of(root, path), clause=where, args=args)


def _missing(root: Mapping, path: Path, problem: Any, context: Any) -> Finding:
    key = str(context.get("key") or problem["loc"][-1])
    if path and path[-1] == key:
        path = path[:-1]
    place = key_place_of(root, path) if path else root.place
    return Finding("S03", Severity.ERROR, place, clause=address(path), args={"where": address(path), "key": key})


def _not_one_of(root: Mapping, path: Path, context: Any) -> Finding:
    names = [each.strip("' ") for each in re.split(r", | or ", str(context.get("expected", "")))]
    return error("S04", root, path, got=got_words(at(root, path)), allowed=", ".join(names))


def _languages(root: Mapping) -> list[str]:
    node = at(root, ["company", "languages"])
    found = node.plain() if node else None
    return [str(each) for each in found if LANGUAGE.match(str(each))] if isinstance(found, list) else ["en", "vi", "de"]


def _fields(path: Path) -> list[str]:
    """Return the keys that the model at `path` knows."""
    model: Any = Document
    for step in path:
        model = _model_below(model, str(step))
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return []
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_below(model: Any, step: str) -> Any:
    if isinstance(model, type) and issubclass(model, BaseModel):
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        return _unwrapped(fields[step].annotation) if step in fields else None
    arguments = get_args(model)
    return _unwrapped(arguments[-1]) if arguments else None


def _unwrapped(annotation: Any) -> Any:
    """Return the annotation without `| None` and Annotated."""
    arguments = [each for each in get_args(annotation) if each is not type(None)]
    if len(arguments) < len(get_args(annotation)) and arguments:
        return _unwrapped(arguments[0])
    return annotation


def got_words(node: Node | None) -> Any:
    """Return what stands there, short enough for a sentence."""
    match node:
        case Scalar() if not node.null:
            text = node.text.strip().split("\n")[0]
            return f"“{text[:40]}{'…' if len(text) > 40 else ''}”"
        case Scalar():
            return Key("A_nothing")
        case Mapping():
            return Key("A_mapping")
        case None:
            return Key("A_nothing")
        case _:
            return Key("A_list")
