"""Records, terms, outputs, requirements and actions: written domains to types, names to what they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tantam.plan.errors import TantamError
from tantam.plan.files import listed
from tantam.plan.sections.clauses import Action, OutputClause, Requirement, TermClause
from tantam.plan.sections.draft import Draft, Path
from tantam.plan.sections.language import TYPES, Term, Typed, is_by_answer
from tantam.plan.tables.domains import read_type
from tantam.plan.tables.plain import read_fact
from tantam.plan.tables.scope import ByTable, Computed, Declared, Given
from tantam.plan.tables.terms import build_scope
from tantam.plan.tables.types import Broken, ListOf, Number, OneOf, RecordOf, SomeOf, Type, YesNo
from tantam.plan.words import LANGUAGES, Key, say

COUNT = re.compile(r"^\s*(\d+)?\s*(?:(\.\.)\s*(\d+)?)?\s*$")
STAGES = ("before", "during", "after")


def build_records(draft: Draft) -> dict[str, RecordOf]:
    """Return the records with their fields typed; a record that contains itself is a finding."""
    written = draft.document.records or {}
    built: dict[str, RecordOf] = {}

    def build(name: str, above: tuple[str, ...]) -> None:
        if name in built:
            return
        if name in above:
            draft.wrong("S09", ("records", name), name=name, path=" → ".join((*above, name)))
            built[name] = RecordOf(name)
            return
        for field in written[name].values():
            for inner in (field.record, field.list_):
                if inner in written:
                    build(inner, (*above, name))
        fields = {
            key: typed(draft, field, ("records", name, key), records=built) for key, field in written[name].items()
        }
        built.setdefault(name, RecordOf(name, fields))

    for name in written:
        build(name, ())
    return built


def typed(draft: Draft, spec: Typed, path: Path, *, records: Mapping[str, RecordOf]) -> Type:
    """Return the type that `spec` writes; Broken with a finding if it writes none or several."""
    given = spec.types()
    if not given and draft.aside.part_of(path):
        return Broken()
    if len(given) != 1:
        draft.wrong("S07", path, got=" + ".join(given) or "–", allowed=listed(TYPES))
        return Broken()
    (kind, domain), *_ = given.items()
    if kind in ("list", "record") and draft.aside.excuses("record", str(domain)):
        return Broken()
    if kind == "money" and draft.hides_currency():
        return Broken()
    type_, wrong = read_type(kind, domain, draft.place(*path, kind), records=records, currency=draft.currency)
    draft.add(wrong, (*path, kind))
    if type_ is None and kind in ("number", "money"):
        type_ = Number() if kind == "number" else draft.money()
    if isinstance(type_, Number) and spec.unit:
        type_ = replace(type_, unit=next(iter(draft.words(spec.unit).values())))
    if isinstance(type_, ListOf) and spec.count:
        type_ = _counted(draft, type_, spec.count, (*path, "count"))
    return type_ or Broken()


def _counted(draft: Draft, type_: ListOf, count: str, path: Path) -> ListOf:
    bounds = COUNT.match(count)
    if bounds is None:
        draft.wrong("S04", path, got=f"“{count}”", allowed="1.., 0..5, 3")
        return type_
    low, dots, high = bounds.groups()
    least = int(low or 0)
    return replace(type_, low=least, high=int(high) if high else None if dots else least)


def build_terms(draft: Draft, records: Mapping[str, RecordOf]) -> dict[str, TermClause]:
    """Return the terms as people meet them, and set the draft's scope."""
    written = draft.document.terms or {}
    declared: list[Declared] = [_declared(draft, name, term, records) for name, term in written.items()]
    builtin = [each for each in _builtins(draft) if each.name not in written]
    draft.scope, wrong = build_scope([*declared, *builtin], records, draft.currency)
    draft.add(wrong, ("terms",))
    clauses = {name: _clause(draft, name, term) for name, term in written.items()}
    return clauses | {
        each.name: TermClause(
            each.name,
            each.type,
            each.place,
            label={lang: say(f"KIND_{each.name}", lang) for lang in LANGUAGES},
            values=_labels_of(draft, each),
            source=SOURCES[each.name],
            builtin=True,
        )
        for each in builtin
    }


OWN_SECTIONS = {"group": "groups", "channel": "channels", "level": "levels"}
SOURCES = {
    "group": "customer.groups",
    "stage": "case.stage",
    "channel": "case.channel",
    "level": "case.level",
    "severity": "case.severity",
}


def _builtins(draft: Draft) -> list[Given]:
    """Terms that every plan may speak of without declaring them, as far as their sections are there."""
    document = draft.document
    severities = [each for level in (document.levels or {}).values() for each in level.handles or []]
    domains: dict[str, tuple[str, ...]] = {
        "stage": STAGES,
        "channel": tuple(document.channels or ()),
        "level": tuple(document.levels or ()),
        "severity": tuple(dict.fromkeys(severities)),
    }
    hidden = {name for name, section in OWN_SECTIONS.items() if draft.aside.lacks(section)}
    hidden |= {"severity"} if draft.aside.hides_severities() else set()
    place = draft.root.place
    given = [Given(name, OneOf(values), place) for name, values in domains.items() if values and name not in hidden]
    if document.groups and "group" not in hidden:
        given.append(Given("group", SomeOf(tuple(document.groups)), draft.key_place("groups")))
    return given + [Given(name, Broken(), place) for name in sorted(hidden)]


def _labels_of(draft: Draft, term: Given) -> dict[str, dict[str, str]]:
    sections: dict[str, Mapping[str, Any]] = {
        "group": draft.document.groups or {},
        "channel": draft.document.channels or {},
        "level": draft.document.levels or {},
    }
    clauses = sections.get(term.name, {})
    return {name: draft.words(each.label or each.name) for name, each in clauses.items()}


def _declared(draft: Draft, name: str, term: Term, records: Mapping[str, RecordOf]) -> Declared:
    path: Path = ("terms", name)
    place = draft.key_place(*path)
    if term.value is not None:
        whole = draft.place(*path) if not term.types() else place
        at = (*path, "value")
        return Computed(name, term.value, draft.place(*at) if draft.has(at) else whole)
    type_ = typed(draft, term, path, records=records)
    if term.table is not None:
        table = draft.table_text((*path, "table"))
        return ByTable(name, type_, table, place) if table else Given(name, Broken(), place)
    default = None
    if term.default is not None:
        try:
            default = read_fact(name, term.default, type_)
        except TantamError as problem:
            draft.unread(problem, (*path, "default"))
    return Given(name, type_, place, default)


def _clause(draft: Draft, name: str, term: Term) -> TermClause:
    known = draft.scope.terms.get(name)
    type_ = known.type if known else Broken()
    because, because_no = _because(draft, term, type_, ("terms", name, "because"))
    if term.demands == "shown" and not term.proof:  # nothing that comes could show it
        draft.wrong("S04", ("terms", name, "demands"), got="shown", allowed=Key("A_shown"))
    return TermClause(
        name,
        type_,
        draft.key_place("terms", name),
        label=draft.words(term.label),
        ask=draft.words(term.ask),
        because=because,
        because_no=because_no,
        values=_value_labels(draft, term),
        source=term.from_ or "",
        since=term.since or "",
        read=term.read or "",
        proof=term.proof or "",
        demands=term.demands or "recorded",
        unit=draft.words(term.unit),
        computed=term.value is not None or term.table is not None,
    )


def _because(draft: Draft, term: Term, type_: Type, path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Return the words of the fact, and those of a no if it has its own."""
    written = term.because
    if not isinstance(written, dict) or not is_by_answer(written):
        return draft.words(written), {}
    if not isinstance(type_, YesNo | Broken):
        draft.wrong("S04", path, got="yes, no", allowed=Key("A_text"))
    return draft.words(written.get("yes")), draft.words(written.get("no"))


def _value_labels(draft: Draft, spec: Typed) -> dict[str, dict[str, str]]:
    labels = {value: draft.words(words) for value, words in (spec.labels or {}).items()}
    for choices in (spec.one_of, spec.some_of):
        if isinstance(choices, dict):
            labels |= {value: draft.words(words) for value, words in choices.items() if words is not None}
    return labels


def build_outputs(draft: Draft, records: Mapping[str, RecordOf]) -> dict[str, OutputClause]:
    """Return the outputs; `as: term` takes the type of that term."""
    clauses = {}
    for name, spec in (draft.document.outputs or {}).items():
        path: Path = ("outputs", name)
        if spec.as_ is None:
            type_ = typed(draft, spec, path, records=records)
        elif draft.known("term", spec.as_, draft.scope.terms, (*path, "as")):
            type_ = draft.scope.terms[spec.as_].type
        else:
            type_ = Broken()
        signs = {"plus": spec.plus, "minus": spec.minus, "zero": spec.zero}
        clauses[name] = OutputClause(
            name,
            type_,
            draft.key_place(*path),
            label=draft.words(spec.label),
            signs={sign: draft.words(words) for sign, words in signs.items() if words},
        )
    return clauses


def build_requirements(draft: Draft) -> dict[str, Requirement]:
    """Return the shared requirements whose conditions can be read."""
    clauses = {}
    for name, spec in (draft.document.requirements or {}).items():
        path: Path = ("requirements", name)
        must = draft.expr(spec.must, (*path, "must"), YesNo())
        if must is not None:
            clauses[name] = Requirement(
                name,
                must,
                draft.key_place(*path),
                otherwise=spec.else_ if spec.else_ not in (None, "-") else "decline",
                say=tuple(spec.say or ()),
                law=spec.law or "",
                label=draft.words(spec.label),
            )
    return clauses


def build_actions(draft: Draft) -> dict[str, Action]:
    """Return the actions."""
    return {
        name: Action(
            name,
            spec.does,
            draft.key_place("actions", name),
            confirm=spec.confirm,
            at_most=spec.at_most or "",
            say=tuple(spec.say or ()),
            label=draft.words(spec.label),
        )
        for name, spec in (draft.document.actions or {}).items()
    }
