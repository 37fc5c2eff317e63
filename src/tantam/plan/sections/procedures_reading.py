"""Reads what may say more than its model knows: wrong values are left out, strange keys kept, both told of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from tantam.plan.errors import Finding, Severity
from tantam.plan.files import Scalar, at
from tantam.plan.nearest import listed, nearest
from tantam.plan.sections.draft import Draft, Path
from tantam.plan.sections.shape import address, got_words
from tantam.plan.words import Key

Model = TypeVar("Model", bound=BaseModel)


class Reading:
    """A draft, and how what is odd in it is told."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft

    def read(self, model: type[Model], spec: Mapping[str, Any], path: Path) -> Model | None:
        """Return what can be read; None where something is missing that must be there."""
        for _ in range(len(spec) + 1):
            try:
                found = model.model_validate(spec)
                self._strange(found, path)
                return found
            except ValidationError as problem:
                errors = problem.errors(include_url=False, include_input=False)
            if any(each["type"] == "missing" for each in errors):
                return None
            wrong = {str(each["loc"][0]): each for each in errors if each["loc"]}
            for key, each in wrong.items():
                self._wrong_value(each, (*path, key))
            spec = {key: value for key, value in spec.items() if key not in wrong}
        return None

    def kept(self, path: Path) -> None:
        """Note that what stands at `path` is kept as written, but cannot be read."""
        self._add("P06", Severity.NOTE, path, got=got_words(at(self.draft.root, path)))

    def warn(self, code: str, path: Path, /, **args: Any) -> None:
        """Note a warning at `path`."""
        self._add(code, Severity.WARNING, path, remedy=f"{code}_remedy", **args)

    def known(self, kind: str, name: str, allowed: Iterable[str], path: Path) -> bool:
        """Return whether `name` is there. A near miss is an error, as elsewhere; a stranger only a warning."""
        names = list(allowed)
        if name in names or self.draft.aside.holds(path) or self.draft.aside.excuses(kind, name):
            return name in names
        if nearest(name, names):
            return self.draft.known(kind, name, names, path)
        self._add(
            "P01",
            Severity.WARNING,
            path,
            remedy="P01_remedy",
            kind=Key(f"KIND_{kind}"),
            name=name,
            allowed=listed(names),
        )
        return False

    def _strange(self, found: BaseModel, path: Path) -> None:
        allowed = list(type(found).model_fields)
        for key in found.model_extra or {}:
            node = at(self.draft.root, (*path, key))
            near = nearest(key, allowed)
            args = {"key": key, "near": near, "allowed": listed(allowed)}
            if " " in key or (isinstance(node, Scalar) and node.null):
                self._prose(key, path, allowed)
            elif near:
                self._add("P07", Severity.WARNING, (*path, key), remedy="P07_remedy", **args)
            else:
                self._add("P08", Severity.NOTE, (*path, key), **args)

    def _wrong_value(self, problem: Any, path: Path) -> None:
        context = problem.get("ctx") or {}
        if problem["type"] == "language":
            self._prose(str(context["key"]), path, list(self.draft.languages))
        else:
            self.kept(path)

    def _prose(self, key: str, path: Path, allowed: Iterable[str]) -> None:
        where = address(path)
        place = self.draft.key_place(*path, key)
        args = {"key": key, "where": where, "nearest": "", "allowed": listed(allowed)}
        self.draft.findings.append(Finding("S13", Severity.ERROR, place, clause=where, args=args))

    def _add(self, code: str, severity: Severity, path: Path, /, *, remedy: str = "", **args: Any) -> None:
        where = address(path)
        if not self.draft.aside.holds(path):
            place = self.draft.place(*path)
            self.draft.findings.append(Finding(code, severity, place, where, {"where": where} | args, remedy=remedy))
