"""The whole plan that a file belongs to: its files with what is unsaved over them, its names, its findings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tantam.plan.checks import checked
from tantam.plan.errors import Finding, Place, PlanUnreadable
from tantam.plan.files import Mapping as Root
from tantam.plan.files import Source, belongs, gather, open_sources
from tantam.plan.sections import Plan
from tantam.plan.sections.build import build

Texts = Mapping[Path, str]

_FORM = re.compile(r"^tantam\s*:", re.MULTILINE)
_HIGHEST = 3  # folders above a file in which its plan is looked for


@dataclass(frozen=True, slots=True)
class Whole:
    """One plan as an editor has it. path: of the plan, a file or folder. sources: its files.

    root: what can be read of them. plan: typed, None while it cannot be read. findings: all that is wrong.
    """

    path: Path
    sources: tuple[Source, ...] = ()
    root: Root = field(default_factory=lambda: Root(Place("", 1, 1), ()))
    plan: Plan | None = None
    findings: tuple[Finding, ...] = ()


def plan_of(file: Path, unsaved: Texts) -> Path:
    """Return the plan that a file belongs to: its folder if one file there says `tantam:`, else the file itself.

    A file without a plan in its folder belongs to a folder above that has one (it may be included there).
    """
    if _says_form(file, unsaved):
        others = [each for each in _plan_files(file.parent) if each != file and _says_form(each, unsaved)]
        return file if others else file.parent
    for folder in [file.parent, *file.parents[1 : 1 + _HIGHEST]]:
        if sum(_says_form(each, unsaved) for each in _plan_files(folder)) == 1:
            return folder
    return file


def belongs_to_plan(file: Path, unsaved: Texts) -> bool:
    """Return whether a file is of a plan at all; an editor shows other YAML too."""
    if not belongs(file.name):
        return False
    return plan_of(file, unsaved) != file or _says_form(file, unsaved)


def read_whole(path: Path, unsaved: Texts, now: datetime) -> Whole:
    """Return the plan with everything that is wrong with it; never raises for what stands in a file."""
    try:
        sources, unopened = open_sources(path, unsaved)
    except PlanUnreadable as problem:
        return Whole(path, findings=problem.findings)
    root = gather(sources, unopened).root
    try:
        plan = build(sources, unopened=unopened)
    except PlanUnreadable as problem:
        return Whole(path, sources, root, None, problem.findings)
    return Whole(path, sources, root, plan, checked(plan, now).findings)


def of_open_files(wholes: Mapping[Path, Whole], unsaved: Texts) -> dict[Path, Whole]:
    """Return those plans of which a file is open; the others are read again when somebody asks for them."""
    return {
        path: each
        for path, each in wholes.items()
        if not unsaved.keys().isdisjoint((path, *(Path(source.name) for source in each.sources)))
    }


def _plan_files(folder: Path) -> list[Path]:
    try:
        return sorted(each for each in folder.iterdir() if belongs(each.name) and each.is_file())
    except OSError:
        return []


def _says_form(file: Path, unsaved: Texts) -> bool:
    text = unsaved.get(file)
    if text is None:
        try:
            text = file.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return False
    return bool(_FORM.search(text))
