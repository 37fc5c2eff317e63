"""A mapping read from its file and held against its plan and the log's columns: everything wrong is told at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import ValidationError

from tantam.history.imports import cells
from tantam.history.imports import form as forms
from tantam.history.imports.instants import Instants
from tantam.history.imports.refused import Refused
from tantam.history.imports.slots import EVENTS, HEAD, asked_terms, head, slots, told_by_sales
from tantam.history.imports.slots import Slot as Slot
from tantam.plan.errors import Finding, Place, PlanUnreadable, Severity
from tantam.plan.files import Mapping as Root
from tantam.plan.files import Source, at, key_place_of, listed, nearest, parse, place_of, read_sources
from tantam.plan.sections import Plan
from tantam.plan.sections import read as read_plan
from tantam.plan.sections.keys import keys_at
from tantam.plan.sections.shape import got_words
from tantam.plan.words import Key

Path_ = tuple[str | int, ...]
DELIMITERS = (";", ",", "|")  # that a first row of one column was probably parted by


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping with its plan. root: its nodes with their places. text: as written."""

    form: forms.Mapping
    root: Root
    plan: Plan
    text: str

    @property
    def digest(self) -> str:
        """What changes when the mapping or its plan does."""
        return hashlib.sha256(f"{self.text}\0{self.plan.hash}".encode()).hexdigest()


def read_mapping(file: Path, plan: Path | None = None) -> Mapped:
    """Return the mapping in `file`. plan: counts before the one that it names. Raises PlanUnreadable."""
    if file.is_dir():
        raise PlanUnreadable([_finding("M09", Place(str(file), 1, 1), file=str(file))])
    if not file.exists():
        raise PlanUnreadable([_finding("M15", Place(str(file), 1, 1), file=str(file))])
    source: Source
    (source,) = read_sources(file)
    root, wrong = parse(source)
    if wrong or not isinstance(root, Root):
        raise PlanUnreadable(wrong or [_finding("M10", Place(str(file), 1, 1), file=str(file))])
    try:
        read = forms.Mapping.model_validate(root.plain())
    except ValidationError as problem:
        found = [_shape(root, each) for each in problem.errors(include_url=False, include_input=False)]
        raise PlanUnreadable(sorted(set_of(found), key=lambda each: each.place)) from problem
    if plan is None and not read.plan:
        raise PlanUnreadable([_finding("M03", root.place, where="mapping", key="plan")])
    return Mapped(read, root, read_plan(plan or file.parent / read.plan), source.text)


def checked(mapping: Mapped, columns: Sequence[str]) -> tuple[Slot, ...]:
    """Return the cells to read of a log with these columns. Raises PlanUnreadable."""
    if len(columns) == 1 and (sign := next((each for each in DELIMITERS if each in columns[0]), "")):
        raise PlanUnreadable([_at(mapping, ("case",), "M14", got=columns[0][:60], sign=sign)])
    found = [*_zone(mapping), *_terms(mapping, columns), *_names(mapping)]
    usable = not any(each.code == "M07" and each.args.get("key") == "zone" for each in found)
    wanted = slots(mapping.form, mapping.plan) if usable else ()
    found += _columns(mapping, wanted, columns)
    if usable:
        found += _constants(mapping)
    if found:
        raise PlanUnreadable(sorted(set_of(found), key=lambda each: each.place))
    return wanted


def set_of(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings without those told twice."""
    return list({(each.place, each.code, str(each.args)): each for each in findings}.values())


def _zone(mapping: Mapped) -> Iterator[Finding]:
    zone = mapping.form.zone
    try:
        ZoneInfo(zone)
    except (ValueError, KeyError, OSError):
        near = nearest(zone, available_timezones())
        yield _at(mapping, ("zone",), "M07", key="zone", got=zone, nearest=near or "Europe/Berlin")


def _terms(mapping: Mapped, columns: Sequence[str]) -> Iterator[Finding]:
    """Yield each term that the mapping forgets, and each that it need not or cannot give."""
    plan, facts = mapping.plan, mapping.form.facts
    answered = told_by_sales(plan) if mapping.form.sales else frozenset()
    asked = [each for each in asked_terms(plan) if each not in answered]
    place = key_place_of(mapping.root, ("facts",))
    for term in asked:
        if term not in facts:
            near = nearest(term, columns)
            code = "M05" if near else "M06"
            yield _finding(code, place, where="facts", term=term, nearest=near)
    for term in facts:
        clause = plan.terms.get(term)
        place = key_place_of(mapping.root, ("facts", term))
        if clause is None:
            near = nearest(term, asked)
            yield _finding(
                "M01" if near else "M02", place, where="facts", key=term, nearest=near, allowed=listed(asked)
            )
        elif clause.computed or clause.builtin or clause.source.startswith("clock."):
            yield _finding("M08", place, where="facts", term=term)


def _names(mapping: Mapped) -> Iterator[Finding]:
    """Yield each name that the plan does not have."""
    plan = mapping.plan
    kinds = {row.labels["promise"] for table in plan.promises.tables for row in table.rows if "promise" in row.labels}
    for kind, promise in mapping.form.promises.items():
        if kind not in kinds:
            yield _stranger(mapping, ("promises", kind), kind, sorted(kinds))
        if promise.clock and promise.clock not in plan.hours:
            yield _stranger(mapping, ("promises", kind, "clock"), promise.clock, list(plan.hours))
    yield from _granted(mapping)
    for name in HEAD:
        if getattr(mapping.form.head, name).by and name != "groups":
            yield _at(mapping, ("head", name), "M04", got="by: plan", allowed=Key("A_given"))
    for term, given in mapping.form.facts.items():
        if given.by:
            yield _at(mapping, ("facts", term), "M04", got="by: plan", allowed=Key("A_given"))
    for event in EVENTS[1:]:
        sign = getattr(mapping.form.events, event)
        if sign and sign.leaves and not (mapping.form.events.resolved and mapping.form.events.resolved.column):
            yield _at(mapping, ("events", event, "leaves"), "M04", got="leaves", allowed=Key("A_resolved_column"))


def _granted(mapping: Mapped) -> Iterator[Finding]:
    """Yield the policy or outcome that the plan does not have, of those granted for what came back."""
    if mapping.form.sales is None:
        return
    back, policies = mapping.form.sales.back, mapping.plan.policies
    if back.policy not in policies:
        yield _stranger(mapping, ("sales", "back", "policy"), back.policy, list(policies))
    elif back.outcome not in policies[back.policy].outcomes:
        yield _stranger(mapping, ("sales", "back", "outcome"), back.outcome, list(policies[back.policy].outcomes))


def _constants(mapping: Mapped) -> Iterator[Finding]:
    """Yield each constant and translated value that its term, or the plan's names, do not admit."""
    form, plan = mapping.form, mapping.plan
    how = Instants(form.formats.instant, form.zone)
    for name in HEAD:
        yield from _refused(mapping, ("head", name), getattr(form.head, name), head(form, plan, name))
    for term, given in form.facts.items():
        clause = plan.terms.get(term)
        if clause is None or clause.computed:
            continue
        read = (
            cells.instant(how)
            if cells.is_age(clause) and not given.unit
            else partial(cells.typed, plan, term, given.unit)
        )
        yield from _refused(mapping, ("facts", term), given, read)


def _refused(mapping: Mapped, path: Path_, given: forms.Given, read: cells.Read) -> Iterator[Finding]:
    written: list[tuple[Path_, str]] = []
    if given.constant is not None:
        written.append(((*path, "constant"), given.constant))
    for value, meant in (given.values or {}).items():
        written.append(((*path, "values", value), meant))
    if given.otherwise is not None:
        written.append(((*path, "otherwise"), given.otherwise))
    for where, text in written:
        if text == forms.UNKNOWN and where[-1] != "constant":
            continue
        try:
            read(text)
        except Refused as refused:
            yield _at(mapping, where, "M04", got=f"“{text}”", allowed=str(refused.said.get("allowed", "")))


def _columns(mapping: Mapped, wanted: Sequence[Slot], columns: Sequence[str]) -> Iterator[Finding]:
    named: list[tuple[str, Path_]] = [(mapping.form.case, ("case",))]
    named += [(each.column, each.path) for each in wanted]
    for key in ("reject", "drop"):
        rows = getattr(mapping.form, key)
        named += [(each.column, (key, index, "column")) for index, each in enumerate(rows)]
    for name, path in named:
        if name not in columns:
            near = nearest(name, columns)
            args = {"name": name, "nearest": near, "allowed": listed(columns)}
            yield _at(mapping, path, "M11" if near else "M12", **args)


def _stranger(mapping: Mapped, path: Path_, name: str, allowed: list[str]) -> Finding:
    near = nearest(name, allowed)
    place = key_place_of(mapping.root, path)
    where = ".".join(map(str, path[:-1]))
    return _finding("M01" if near else "M02", place, where=where, key=name, nearest=near, allowed=listed(allowed))


def _shape(root: Root, problem: Any) -> Finding:
    """Return the finding for one of pydantic's errors."""
    context = problem.get("ctx") or {}
    path = tuple(each for each in problem["loc"])
    where = ".".join(map(str, path[:-1])) or "mapping"
    match problem["type"]:
        case "missing":
            place = key_place_of(root, path[:-1]) if path[:-1] else root.place
            return _finding("M13" if where == "head" else "M03", place, where=where, key=path[-1])
        case "extra_forbidden":
            allowed = [each for each in keys_at(forms.Mapping, path[:-1]) if each != forms.UNKNOWN]
            near = nearest(str(path[-1]), allowed)
            args = {"where": where, "key": path[-1], "nearest": near, "allowed": listed(allowed)}
            return _finding("M01" if near else "M02", key_place_of(root, path), **args)
        case "part":
            path = (*path, *context["within"])
            allowed_words: object = Key(context["allowed"])
        case "literal_error":
            allowed_words = str(context["expected"]).replace("'", "").replace(" or ''", "")
        case _:
            allowed_words = Key(EXPECTED.get(problem["type"], "A_value"))
    where = ".".join(map(str, path))
    return _finding("M04", place_of(root, path), where=where, got=got_words(at(root, path)), allowed=allowed_words)


EXPECTED = {
    "string_type": "A_text",
    "model_type": "A_mapping",
    "dict_type": "A_mapping",
    "tuple_type": "A_names",
    "model_attributes_type": "A_mapping",
}


def _at(mapping: Mapped, path: Path_, code: str, /, **args: Any) -> Finding:
    return _finding(code, place_of(mapping.root, path), where=".".join(map(str, path)), **args)


def _finding(code: str, place: Place, /, **args: Any) -> Finding:
    return Finding(code, Severity.ERROR, place, args=args)
