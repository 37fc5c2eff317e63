"""Whatever is broken in the free sections of a plan, it reads or a finding says where; never a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tantam.plan.errors import PlanUnreadable
from tantam.plan.files import Entry, Items, Mapping, Node, Scalar, at, gather, read_sources, walk
from tantam.plan.sections import Plan
from tantam.plan.sections.build import build
from tantam.plan.sections.mend import renamed, without
from tantam.plan.sections.told import FREE, FREE_OF_COMPANY
from tests.support.proving import only_when_proving

pytestmark = only_when_proving

PLANS = Path(__file__).parents[3] / "plans"
NAMES = ("ben-xuan", "hotel", "software-house", "it-service", "weekday-team")
HOWS = ("drop", "list", "number", "mapping", "null", "misspell", "prose")
Steps = tuple[str | int, ...]


@cache
def written(name: str) -> Mapping:
    return gather(read_sources(PLANS / name), ()).root


def is_free(path: Steps) -> bool:
    return path[0] in FREE or (path[0] == "company" and path[1] in FREE_OF_COMPANY)


@cache
def paths(name: str) -> tuple[Steps, ...]:
    return tuple(path for path, _ in walk(written(name)) if len(path) > 1 and is_free(path)) + (("profile",),)


def broken(root: Mapping, path: Steps, how: str) -> Mapping:
    """Return the plan with one thing wrong at `path`."""
    node = at(root, path)
    assert node is not None
    here = node.place
    match how:
        case "drop":
            return without(root, path)
        case "list":
            return put(root, path, Items(here, (Scalar(here, "a"), Scalar(here, "b c"), Mapping(here, ()))))
        case "number":
            return put(root, path, Scalar(here, "-3.5"))
        case "mapping":
            return put(root, path, Mapping(here, (Entry("zebra", here, Scalar(here, "3")),)))
        case "null":
            return put(root, path, Scalar(here, "", null=True))
        case "prose":
            entry = Entry("rất vui", here, Scalar(here, "", null=True))
            kept = node.entries if isinstance(node, Mapping) else (Entry("vi", here, node),)
            return put(root, path, Mapping(here, (*kept, entry)))
        case _:
            return renamed(root, path, f"{path[-1]}x")


def put(root: Mapping, path: Steps, node: Node) -> Mapping:
    """Return the document with `node` at `path`."""
    above = at(root, path[:-1])
    last = str(path[-1])
    if isinstance(above, Mapping):
        entries = tuple(replace(each, value=node) if each.key == last else each for each in above.entries)
        changed: Node = replace(above, entries=entries)
    else:
        assert isinstance(above, Items)
        changed = Items(above.place, tuple(node if str(n) == last else each for n, each in enumerate(above.nodes)))
    if len(path) == 1:
        assert isinstance(changed, Mapping)
        return changed
    return put(root, path[:-1], changed)


def everywhere() -> Iterator[tuple[str, Steps]]:
    yield from ((name, path) for name in NAMES for path in paths(name))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(list(everywhere())), st.sampled_from(HOWS))
def test_a_broken_free_section_reads_or_is_told_with_its_place(where: tuple[str, Steps], how: str) -> None:
    name, path = where
    try:
        findings = build(read_sources(PLANS / name), root=broken(written(name), path, how)).findings
    except PlanUnreadable as refused:
        findings = refused.findings
    known = {each.name for each in read_sources(PLANS / name)}
    for each in findings:
        assert each.place.file in known and each.place.line > 0 and each.place.column > 0
        assert all(each.sentence(lang) for lang in ("vi", "de", "en"))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(list(everywhere())))
def test_prose_that_broke_off_is_an_error_wherever_it_stands(where: tuple[str, Steps]) -> None:
    name, path = where
    try:
        plan: Plan | None = build(read_sources(PLANS / name), root=broken(written(name), path, "prose"))
    except PlanUnreadable as refused:
        assert {"S13"} <= {each.code for each in refused.findings}
        plan = None
    assert plan is None
