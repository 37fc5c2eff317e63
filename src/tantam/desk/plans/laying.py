"""Lays directives over a version: one plan, read from both, so that every clause knows who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import PurePath

from tantam.desk.common.errors import Refused
from tantam.plan.errors import Finding, PlanHasFindings, PlanUnreadable, Severity
from tantam.plan.files import Mapping, Source, parse, walk
from tantam.plan.files import at as node_at
from tantam.plan.files.links import INCLUDE, OVERLAY
from tantam.plan.files.merge import own_sources
from tantam.plan.sections import Plan
from tantam.plan.sections.build import build

FOLDER = "directives"
MOST_CHARACTERS = 20_000
_NUMBER = re.compile(rf"(?:^|/){FOLDER}/(\d+)\.yaml$")

Text = tuple[int, str]  # a directive's number and what it says otherwise


def laid(base: Plan, texts: Sequence[Text]) -> Plan:
    """Return the plan with what the directives say laid over it, the last on top.

    Raises Refused for a text that is no overlay; PlanUnreadable with what is wrong, in a file `directives/3.yaml`.
    """
    sources = list(base.sources)
    below, folder = "..", PurePath(own_sources(base.sources)[0].name).parent / FOLDER
    for number, text in texts:
        sources.append(Source((folder / f"{number}.yaml").as_posix(), _over(text, number, below)))
        below = f"{number}.yaml"
    return build(tuple(sources))


def refuse_unlike_overlay(text: str, number: int = 1) -> None:
    """Raise Refused for a text that says nothing, is too long, or names other files."""
    if len(text) > MOST_CHARACTERS:
        raise Refused("too_long", most=MOST_CHARACTERS)
    if not text.strip():
        raise Refused("directive_says_nothing")
    root, findings = parse(Source(f"{FOLDER}/{number}.yaml", text))
    if findings:
        raise PlanUnreadable(findings)
    if not isinstance(root, Mapping) or not root.entries:
        raise Refused("directive_says_nothing")
    if any(each.key in (INCLUDE, OVERLAY) for each in root.entries):
        raise Refused("directive_names_files")


def errors_of(plan: Plan, base: Plan, now: datetime) -> tuple[Finding, ...]:
    """Return the errors that the check finds in the plan and not already in the one below it."""
    from tantam.plan.checks import check  # a second of imports that only this needs

    found = [each for each in check(plan, now) if each.severity is Severity.ERROR]
    known = {(each.code, each.clause, str(each.args)) for each in check(base, now)} if found else set()
    return tuple(each for each in found if (each.code, each.clause, str(each.args)) not in known)


def checked(base: Plan, texts: Sequence[Text], now: datetime) -> Plan:
    """Return the plan with the directives laid over it. Raises as `laid` does; PlanHasFindings if it has errors."""
    plan = laid(base, texts)
    if errors := errors_of(plan, base, now):
        raise PlanHasFindings(errors)
    return plan


def writer_of(plan: Plan, clause: str, hours: str = "") -> int | None:
    """Return the number of the directive that wrote the clause, or changed the hours that it counts on; else None."""
    address, _, row = clause.partition("#")
    table = plan.tables().get(address)
    found = next((each for each in table.rows if each.name == row), None) if table and row else None
    files = [found.place.file] if found else _files(plan, tuple(address.split("."))) if "." in address else []
    return _last(files) or _last(_files(plan, ("hours", hours)) if hours else ())


def number_in(file: str) -> int | None:
    """Return the number of the directive whose file this is, None for a plan's own."""
    match = _NUMBER.search(file)
    return int(match[1]) if match else None


def _over(text: str, number: int, below: str) -> str:
    """Return the directive's text with what it lies over; each line keeps its number."""
    refuse_unlike_overlay(text, number)
    if text.lstrip().startswith("{"):
        return text.replace("{", f"{{{OVERLAY}: {below}, ", 1)
    return f"{text.rstrip()}\n{OVERLAY}: {below}\n"


def _files(plan: Plan, path: tuple[str, ...]) -> list[str]:
    node = node_at(plan.root, path)
    return [each.place.file for _, each in walk(node)] if node is not None else []


def _last(files: Iterable[str]) -> int | None:
    return max(filter(None, map(number_in, files)), default=None)
