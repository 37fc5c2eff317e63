"""A plan's own cases: facts, and the answer that its authors expect; run, and compared on what they name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tantam.plan.errors import BadFact, Finding, Place, PlanUnreadable, Severity, TantamError, UnknownName
from tantam.plan.files import Items, Scalar, Source, listed, nearest, parse
from tantam.plan.files import Mapping as Root
from tantam.plan.run.answers import Answer
from tantam.plan.run.cells import cell_value
from tantam.plan.run.decide import decide
from tantam.plan.run.facts import value_text
from tantam.plan.sections import Plan
from tantam.plan.sections.shape import got_words
from tantam.plan.tables import plain
from tantam.plan.tables.types import Duration, Money, Type
from tantam.plan.tables.values import Amount, Every, Range, Span
from tantam.plan.words import Key

TOP = ("plan", "base", "cases", "now")
CASE = ("policy", "policies", "name", "facts", "expect", "now")
LISTS = {"all_say": "say", "conditional": "conditional", "waits_for": "waits_for", "remind": "remind", "items": "items"}


@dataclass(frozen=True)
class Example:
    """One case. expect: by what is named; `outcome` alone if it was written as a single word."""

    policy: str
    name: str
    facts: Mapping[str, Any]
    expect: Mapping[str, Any]
    place: Place
    now: str = ""


@dataclass(frozen=True)
class Verdict:
    """How a case went. wrong: {what: (expected, got)}; {} if all is as expected."""

    example: Example
    wrong: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Whether the plan answered as expected."""
        return not self.wrong


def read_examples(plan: Plan, source: Source) -> tuple[Example, ...]:
    """Return the cases of a file. Raises PlanUnreadable with all that is wrong in it."""
    root, wrong = parse(source)
    findings = list(wrong)
    examples = list(_examples(plan, root, findings)) if isinstance(root, Root) else []
    if root is not None and not isinstance(root, Root):
        findings.append(Finding("F15", Severity.ERROR, root.place, args={"file": source.name}))
    if findings:
        raise PlanUnreadable(sorted(findings, key=lambda each: each.place))
    return tuple(examples)


def judge(plan: Plan, example: Example, *, now: datetime) -> Verdict:
    """Return how the plan answers a case. now: for cases that name no moment of their own."""
    moment = _moment(example.now, plan.zone) or now
    try:
        answer = decide(plan, example.policy, example.facts, now=moment)
    except (BadFact, UnknownName) as problem:
        return Verdict(example, {"facts": ("–", str(problem))})
    wrong = {}
    for what, expected in example.expect.items():
        got = _got(answer, what)
        if not _same(plan, what, expected, got):
            wrong[what] = (_shown(expected), _shown(got))
    return Verdict(example, wrong)


def _examples(plan: Plan, root: Root, findings: list[Finding]) -> Iterator[Example]:
    _only(root, TOP, "cases", findings)
    base = _mapping(root, "base", "cases", findings)
    bases = {each.key: _mapping(base, each.key, "base", findings).plain() for each in base.entries}
    now = _now(root, "cases", findings)
    cases = root.get("cases")
    if not isinstance(cases, Items):
        lacking = _wrong("S03", root.place, where="cases", key="cases")
        other = _wrong("S04", root.place, where="cases", got=got_words(cases), allowed=Key("A_list"))
        findings.append(lacking if cases is None else other)
        return
    for position, node in enumerate(cases.nodes):
        where = f"cases.{position}"
        if not isinstance(node, Root):
            findings.append(_wrong("S04", node.place, where=where, got=got_words(node), allowed=Key("A_mapping")))
            continue
        _only(node, CASE, where, findings)
        facts = _mapping(node, "facts", where, findings).plain()
        case_now = _now(node, where, findings) or now
        name = node.get("name")
        for policy in _policies(plan, node, where, findings):
            words = name.text if isinstance(name, Scalar) else policy
            given = {**bases.get(policy, {}), **facts}
            yield Example(policy, words, given, _expected(node), node.place, case_now)


def _expected(node: Root) -> Mapping[str, Any]:
    written = node.get("expect")
    expected = written.plain() if written else None
    return expected if isinstance(expected, dict) else {"outcome": expected}


def _mapping(node: Root, key: str, where: str, findings: list[Finding]) -> Root:
    """Return the keys and values at `key`; none if there is nothing; anything else is a finding."""
    match node.get(key):
        case Root() as found:
            return found
        case None | Scalar(null=True):
            pass
        case other:
            args = {"where": f"{where}.{key}", "got": got_words(other), "allowed": Key("A_mapping")}
            findings.append(_wrong("S04", other.place, **args))
    return Root(node.place, ())


def _now(node: Root, where: str, findings: list[Finding]) -> str:
    """Return the moment written at `now`, "" if there is none; what is no moment is a finding."""
    match node.get("now"):
        case None | Scalar(null=True):
            return ""
        case Scalar(text=text) if _moment(text, "UTC"):
            return text
        case other:
            allowed = "2026-11-21T09:00+07:00"
            findings.append(_wrong("S04", other.place, where=f"{where}.now", got=got_words(other), allowed=allowed))
            return ""


def _policies(plan: Plan, node: Root, where: str, findings: list[Finding]) -> list[str]:
    written = node.plain()
    several = written.get("policies")
    names = list(map(str, several)) if isinstance(several, list) else [str(written.get("policy") or "")]
    lacking = {"policy": not any(names), "expect": "expect" not in written}
    findings += [_wrong("S03", node.place, where=where, key=key) for key, lacks in lacking.items() if lacks]
    for name in names:
        if name and name not in plan.policies:
            near = nearest(name, plan.policies)
            args = {"kind": Key("KIND_policy"), "name": name, "where": where, "nearest": near}
            findings.append(_wrong("S05" if near else "S06", node.place, allowed=listed(plan.policies), **args))
    return [name for name in names if name in plan.policies]


def _only(node: Root, allowed: tuple[str, ...], where: str, findings: list[Finding]) -> None:
    for entry in node.entries:
        if entry.key not in allowed:
            near = nearest(entry.key, allowed)
            args = {"key": entry.key, "where": where, "nearest": near, "allowed": listed(allowed)}
            findings.append(_wrong("S01" if near else "S02", entry.key_place, **args))


def _wrong(code: str, place: Place, **args: Any) -> Finding:
    return Finding(code, Severity.ERROR, place, args=args)


def _moment(written: str, zone: str) -> datetime | None:
    if not written:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def _got(answer: Answer, what: str) -> Any:
    match what:
        case "outcome":
            return answer.items if answer.outcome == "collect" else answer.outcome
        case "say":
            return answer.say
        case "by":
            return answer.granted_by
        case "rule":
            return answer.because.rule
        case "clause":
            return answer.because.clause
        case "or":
            return tuple(each.outcome for each in answer.instead)
        case "ask" | "total" | "granted_by" | "pinned" | "action" | "starts" | "confirm":
            return getattr(answer, what)
        case _ if what in LISTS:
            return getattr(answer, LISTS[what])
        case _:
            return answer.outputs.get(what)


def _same(plan: Plan, what: str, expected: Any, got: Any) -> bool:
    match what:
        case "outcome" | "items" if isinstance(expected, list):
            items = list(got) if isinstance(got, tuple) else []
            return len(items) == len(expected) and all(
                isinstance(wanted, dict)
                and all(_equal(plan, name, value, item.get(name)) for name, value in wanted.items())
                for wanted, item in zip(expected, items, strict=True)
            )
        case "say" if isinstance(expected, str):
            return expected in got[:1]
        case _ if isinstance(expected, list):
            return [str(each) for each in expected] == [value_text(each) for each in got or ()]
        case _:
            return _equal(plan, what, expected, got)


def _equal(plan: Plan, name: Any, expected: Any, got: Any) -> bool:
    """Return whether what was written means the value; read by the output's type, else compared as text."""
    if expected is None or expected == "~":
        return got is None
    if got is None:
        return False
    text = expected if isinstance(expected, str) else value_text(expected)
    if text == value_text(got):
        return True
    kind = _type(plan, name, got)
    if kind is None:
        return False
    return any(_reads(plan, reading, expected, kind, got) for reading in ("fact", "cell"))


def _reads(plan: Plan, reading: str, expected: Any, kind: Type, got: Any) -> bool:
    try:
        match reading:
            case "fact":
                return bool(plain.read_fact("expected", expected, kind) == got)
            case _:
                return isinstance(expected, str) and bool(cell_value(plan, expected, kind) == got)
    except (TantamError, TypeError, ValueError):
        return False


def _type(plan: Plan, name: Any, got: Any) -> Type | None:
    match got:
        case Amount():
            return Money(got.currency)
        case Span() | Range() | Every():
            return Duration(None)
        case _:
            output = plan.outputs.get(str(name))
            return output.type if output else None


def _shown(value: Any) -> str:
    match value:
        case None:
            return "–"
        case dict() | Mapping():
            return "{" + ", ".join(f"{name}: {_shown(each)}" for name, each in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(_shown, value)) + "]"
        case _:
            return value_text(value)
