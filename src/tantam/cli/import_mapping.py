"""Reads the mapping of a file of customers or what they have: all that is wrong in it is told, with its place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tantam.plan.errors import Finding, Place, PlanUnreadable, Severity
from tantam.plan.files import Mapping as Root
from tantam.plan.files import at, key_place_of, listed, nearest, parse, place_of, read_sources
from tantam.plan.sections.keys import keys_at
from tantam.plan.sections.shape import got_words
from tantam.plan.words import Key

if TYPE_CHECKING:
    from tantam.desk.imports.meaning.form import Mapping as Form

EXPECTED = {"string_type": "A_text", "model_type": "A_mapping", "dict_type": "A_mapping", "tuple_type": "A_names"}


def read(file: Path, rows: str) -> Form:
    """Return the mapping in `file`. rows: what each row is, unless the file says. Raises PlanUnreadable."""
    from pydantic import ValidationError

    from tantam.desk.imports.meaning.form import Mapping as Form

    if not file.is_file():
        raise PlanUnreadable([_finding("M09" if file.is_dir() else "M15", Place(str(file), 1, 1), file=str(file))])
    (source,) = read_sources(file)
    root, wrong = parse(source)
    if wrong or not isinstance(root, Root):
        raise PlanUnreadable(wrong or [_finding("M10", Place(str(file), 1, 1), file=str(file))])
    try:
        return Form.model_validate({"rows": rows} | root.plain())
    except ValidationError as problem:
        told = problem.errors(include_url=False, include_input=False)
        raise PlanUnreadable(sorted((_shape(root, each) for each in told), key=lambda each: each.place)) from problem


def _shape(root: Root, problem: Mapping[str, Any]) -> Finding:
    from tantam.desk.imports.meaning.form import Mapping as Form

    context = problem.get("ctx") or {}
    path = tuple(problem["loc"])
    where = ".".join(map(str, path[:-1])) or "mapping"
    match problem["type"]:
        case "missing":
            return _finding("M03", root.place, where=where, key=path[-1])
        case "extra_forbidden":
            allowed = keys_at(Form, path[:-1])
            near = nearest(str(path[-1]), allowed)
            args = {"where": where, "key": path[-1], "nearest": near, "allowed": listed(allowed)}
            return _finding("M01" if near else "M02", key_place_of(root, path), **args)
        case "part" if context["within"][:1] == ["fields"]:
            name, allowed = context["within"][1], context["allowed"].split(", ")
            near = nearest(name, allowed)
            args = {"where": "fields", "key": name, "nearest": near, "allowed": listed(allowed)}
            return _finding("M01" if near else "M02", key_place_of(root, (*path, "fields", name)), **args)
        case "part":
            path = (*path, *context["within"])
            expected: object = Key(context["allowed"])
        case "literal_error":
            expected = str(context["expected"]).replace("'", "").replace(" or ''", "")
        case _:
            expected = Key(EXPECTED.get(problem["type"], "A_value"))
    args = {"where": ".".join(map(str, path)), "got": got_words(at(root, path)), "allowed": expected}
    return _finding("M04", place_of(root, path), **args)


def _finding(code: str, place: Place, /, **args: Any) -> Finding:
    return Finding(code, Severity.ERROR, place, args=args)
