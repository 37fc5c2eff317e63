"""Policies, promises, triage, limits and follow-ups: their tables typed, every name they use found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.plan.errors import Finding, Place, Severity
from tantam.plan.sections.clauses import Outcome, Policy, Promises
from tantam.plan.sections.draft import At, Draft, Path
from tantam.plan.sections.policies import Policy as Written
from tantam.plan.tables.checking import check
from tantam.plan.tables.expressions import parse
from tantam.plan.tables.findings import finding
from tantam.plan.tables.hits import Total
from tantam.plan.tables.nodes import Expr, Literal
from tantam.plan.tables.table import Hit, Table, Wanted
from tantam.plan.tables.types import Broken, Duration, Money, Number, Type, Word, Words, YesNo
from tantam.plan.tables.values import Every, Family, Range, Span

OR = "or"
NOT_COMPUTED = ("label", "does", "confirm", "about", "commitment", "granted_by", "pinned", OR)
SHORTEST_REPEAT = {Family.EXACT: 60, Family.CALENDAR: 1, Family.WORKING: 1}
LONGEST_TIME = {Family.EXACT: 36_600 * 86_400, Family.CALENDAR: 36_600, Family.WORKING: 36_600}


class PolicyBuilder:
    """Types policies with the outputs that the plan declares and those that every plan has."""

    def __init__(self, draft: Draft, outputs: Mapping[str, Type]) -> None:
        self.draft = draft
        common: dict[str, Type] = {
            "outcome": Word(),
            "else": Word(),
            "say": Words(),
            "law": Word(),
            "item": Word(),
            "to": Word(),
            "by": Word(),
            "remind": Words(),
            "procedure": Word(),
            "action": Word(),
            "at_most": draft.money(),
            "within": Duration(None),
        }
        self.outputs = common | {name: type_ for name, type_ in outputs.items() if name not in KEPT}

    def build(self) -> dict[str, Policy]:
        """Return all policies."""
        return {name: self._policy(name, spec) for name, spec in (self.draft.document.policies or {}).items()}

    def _policy(self, name: str, spec: Written) -> Policy:
        draft, path = self.draft, ("policies", name)
        self._references(name, spec)
        hit = Hit(spec.hit) if spec.hit else None
        total_by, total = _total(spec.total)
        waits, waits_expr = self._condition(spec.waits_for, (*path, "waits_for"))
        unless, unless_expr = self._condition(spec.unless, (*path, "unless"))
        return Policy(
            name,
            draft.key_place(*path),
            kind=spec.kind,
            stage=spec.stage or "",
            label=draft.words(spec.label or spec.name),
            commitment=draft.words(spec.commitment),
            pain=draft.words(spec.pain),
            answers_pain=tuple(spec.answers_pain or spec.answers_need or ()),
            groups=tuple(spec.groups or ()),
            needs=tuple(each for each in spec.needs or () if each in (draft.document.requirements or {})),
            must=self._table((*path, "must"), None) if spec.must else None,
            decides=self._decides((*path, "decides"), spec.decides, hit),
            outcomes=self._outcomes((*path, "outcomes"), spec.outcomes or {}),
            total=total,
            total_by=total_by,
            granted_by=spec.granted_by or "plan",
            pinned=spec.pinned or ("purchase" if spec.kind == "warranty" else "case"),
            offered=spec.offered or "when_asked",
            starts=spec.starts or "",
            waits_for=waits,
            waits_for_expr=waits_expr,
            unless=unless,
            unless_expr=unless_expr,
            marks=self._marks(spec.marks or {}, (*path, "marks")),
            remind=tuple(spec.remind or ()),
            say=tuple(spec.say or ()),
            law=spec.law or "",
        )

    def _check_total(self, written: Any, path: Path) -> None:
        by, name = _total(written)
        if isinstance(written, dict) and len(written) != 1:
            self.draft.wrong("S04", path, got=", ".join(map(str, written)) or "{}", allowed="{largest: gets}")
        if not name or not self.draft.known("output", name, self.outputs, path):
            return
        kind = self.outputs[name]
        if by is not Total.COUNT and not isinstance(kind, Number | Money | Duration | Broken):
            wrong = finding("T45", self.draft.place(*path), name=by, got=str(kind), allowed="number, money, duration")
            self.draft.add([wrong], path)

    def _decides(self, path: Path, written: Any, hit: Hit | None) -> Table | None:
        match written:
            case None:
                return None
            case dict():
                return self.draft.row(written, path, self._wanted(path, hit))
            case _:
                return self._table(path, hit)

    def _table(self, path: Path, hit: Hit | None) -> Table | None:
        table = self.draft.table(path, self._wanted(path, hit))
        if table is not None:
            self._check_says(table)
        return table

    def _wanted(self, path: Path, hit: Hit | None) -> Wanted:
        outcomes = (self.draft.document.policies or {})[str(path[1])].outcomes
        ranks = {"outcome": tuple(outcomes)} if outcomes else {}
        return Wanted(".".join(map(str, path)), self.outputs, hit=hit, cross="outcome", ranks=ranks)

    def _outcomes(self, path: Path, written: Mapping[str, Mapping[str, Any]]) -> dict[str, Outcome]:
        return {name: self._outcome((*path, name), name, spec) for name, spec in written.items()}

    def _outcome(self, path: Path, name: str, spec: Mapping[str, Any]) -> Outcome:
        draft = self.draft
        computed = {}
        for key, value in spec.items():
            if key in NOT_COMPUTED or not draft.known("output", key, [*self.outputs, *NOT_COMPUTED], (*path, key)):
                continue
            if isinstance(value, list):
                value = " + ".join(map(str, value))
            if isinstance(value, str):
                computed[key] = value
            elif value is not None:
                draft.wrong("S04", (*path, key), got=type(value).__name__, allowed="a + b")
        row = draft.row(computed, path, self._wanted(path, None)) if computed else None
        if row is not None:
            self._check_says(row)
        if isinstance(by := spec.get("by"), str) and draft.document.levels:
            draft.known("level", by, draft.document.levels, (*path, "by"))
        label = spec.get("label")
        return Outcome(
            name,
            draft.key_place(*path),
            arguments=row,
            label=draft.words(label) if isinstance(label, str | dict) else {},
            does=str(spec.get("does") or ""),
            confirm=str(spec.get("confirm")).lower() in ("true", "yes"),
            by=str(spec.get("by") or spec.get("granted_by") or ""),
            instead=self._instead((*path, OR), spec.get(OR)),
        )

    def _instead(self, path: Path, written: Any) -> tuple[str, ...]:
        """Return the outcomes that may be chosen instead: those that the policy describes, each once."""
        named = [written] if isinstance(written, str) else written or []
        if not isinstance(named, list) or not all(isinstance(each, str) for each in named):
            self.draft.wrong("S04", path, got=type(written).__name__, allowed="repair | [repair, refund]")
            return ()
        described = (self.draft.document.policies or {})[str(path[1])].outcomes or {}
        known = [each for each in named if self.draft.known("outcome", each, described, path)]
        return tuple(dict.fromkeys(known))

    def _condition(self, written: str | None, path: Path) -> tuple[str, Expr | None]:
        """Conditions may speak of what only the world knows (`goods_back`); then they stay words."""
        if not written:
            return "", None
        tree, wrong = parse(written, self.draft.place(*path))
        if tree is None:
            self.draft.add(wrong, path)
            return written, None
        checked, wrong = check(tree, self.draft.scope, YesNo())
        return written, None if wrong else checked

    def _marks(self, written: Mapping[str, str], path: Path) -> dict[str, Expr]:
        """Return the conditions of the marks that can be read."""
        found = {name: self.draft.expr(when, (*path, name), YesNo()) for name, when in written.items()}
        return {name: when for name, when in found.items() if when is not None}

    def _check_says(self, table: Table) -> None:
        texts = self.draft.document.texts
        if texts is None:
            return
        for row in table.rows:
            for column in ("say", "remind"):
                out = row.outputs.get(column)
                for key in text_keys(out.text) if out else ():
                    check_text(self.draft, key, out.place if out else row.place, f"{table.name}#{row.name}")

    def _references(self, name: str, spec: Written) -> None:
        draft, path = self.draft, ("policies", name)
        for need in spec.needs or ():
            draft.known("requirement", need, draft.document.requirements or {}, (*path, "needs"))
        for group in spec.groups or ():
            draft.known("group", group, draft.document.groups or {}, (*path, "groups"))
        for pain in spec.answers_pain or () if draft.document.needs else ():
            draft.known("need", pain, draft.document.needs or {}, (*path, "answers_pain"))
        if spec.granted_by not in (None, "plan"):
            draft.known("level", str(spec.granted_by), ["plan", *(draft.document.levels or {})], (*path, "granted_by"))
        self._check_total(spec.total, (*path, "total"))
        for key, each in [
            *(("say", each) for each in spec.say or ()),
            *(("remind", each) for each in spec.remind or ()),
        ]:
            check_text(draft, each, draft.place(*path, key), f"policies.{name}")


KEPT = ("outcome", "else", "say", "remind")


def _total(written: Any) -> tuple[Total, str]:
    """Return how a `collect` is put together, and which output of its rows; "" if it is a list."""
    if isinstance(written, dict):
        ((by, name),) = list(written.items())[:1] or [(Total.SUM, "")]
        return Total(by), name
    return Total.SUM, written or ""


def text_keys(written: str) -> list[str]:
    """Return the keys in a `say` cell: one, or several with `+` or `,` between."""
    return [each.strip() for each in written.replace("+", ",").split(",") if each.strip() not in ("", "-")]


def check_text(draft: Draft, key: str, place: Place, clause: str) -> None:
    """Note an error if the plan has texts, but not this one."""
    texts = draft.document.texts
    if texts is None or key in texts:
        return
    draft.known_at("text", key, texts, At(place, clause))


def build_promises(draft: Draft, hours: Mapping[str, Any]) -> Promises:
    """Return who is owed what by when."""
    spec = draft.document.promises
    if spec is None:
        return Promises(place=draft.root.place)
    clock = spec.clock or spec.on or ""
    if clock:
        draft.known("hours", clock, hours, ("promises", "clock" if spec.clock else "on"))
    names: list[tuple[Path, str]] = []
    if spec.table is not None:
        names.append((("promises", "table") if draft.has(("promises", "table")) else ("promises",), "promises"))
    names += [(("promises", "tables", name), f"promises.{name}") for name in spec.tables or ()]
    tables = [draft.table(path, _promise_wanted(name)) for path, name in names]
    built = tuple(each for each in tables if each)
    for table in built:
        _check_clocks(draft, table, hours)
        _check_times(draft, table)
    return Promises(
        tables=built,
        clock=clock,
        when_several=spec.when_several,
        how_sure=spec.how_sure or "",
        starts=spec.starts or "",
        labels={kind: draft.words(words) for kind, words in ((spec.labels or {}) | (spec.names or {})).items()},
        place=draft.key_place("promises"),
    )


def _promise_wanted(name: str) -> Wanted:
    outputs: dict[str, Type] = {
        "within": Duration(None),
        "starts": Word(),
        "on": Word(),
        "clock": Word(),
        "how_sure": Word(),
        "law": Word(),
        "every": Duration(None),
        "say": Words(),
        "by": Word(),
    }
    return Wanted(name, outputs, labels=frozenset({"promise"}), hit=Hit.SOONEST, cross="within")


def _check_clocks(draft: Draft, table: Table, hours: Mapping[str, Any]) -> None:
    for row in table.rows:
        for column in ("on", "clock"):
            out = row.outputs.get(column)
            if out is None or out.text in hours:
                continue
            draft.known_at("hours", out.text, hours, At(out.place, f"{table.name}#{row.name}"))


def _check_times(draft: Draft, table: Table) -> None:
    for row in table.rows:
        for column in ("within", "every"):
            out = row.outputs.get(column)
            if (
                out is None
                or not isinstance(out.expr, Literal)
                or all(map(is_promisable, _times(column, out.expr.value)))
            ):
                continue
            clause = f"{table.name}#{row.name}"
            args = {"where": clause, "got": out.text, "allowed": "0 min..100 years, every 1 min..100 years"}
            draft.findings.append(Finding("S15", Severity.ERROR, out.place, clause, args))


def _times(column: str, value: object) -> list[Span | Every]:
    match value:
        case Range(low=low, high=high):
            return [each for each in (low, high) if isinstance(each, Span)]
        case Span() if column == "every":
            return [Every(value)]
        case Span() | Every():
            return [value]
        case _:
            return []


def is_promisable(time: Span | Every) -> bool:
    """Return whether a promise may last so long: not below nothing, at most a hundred years, repeats of a minute."""
    span, least = (time.span, SHORTEST_REPEAT[time.span.family]) if isinstance(time, Every) else (time, 0)
    return least <= span.key <= LONGEST_TIME[span.family]


def build_triage(draft: Draft) -> tuple[Table, ...]:
    """Return triage's tables: one for all, or one each for stage, severity and level."""
    spec = draft.document.triage
    if spec is None:
        return ()
    outputs: dict[str, Type] = {
        name: Word() for name in ("stage", "severity", "level", "policy", "team", "procedure", "law")
    }
    outputs["say"] = Words()
    hit = Hit(spec.hit or Hit.FIRST)
    found = []
    for key in ("table", "stage", "severity", "level"):
        if getattr(spec, key) is None:
            continue
        path: Path = ("triage", key) if draft.has(("triage", key)) else ("triage",)
        name = "triage" if key == "table" else f"triage.{key}"
        found.append(draft.table(path, Wanted(name, outputs, hit=hit, cross=key if key != "table" else "level")))
    return tuple(each for each in found if each)


def build_listed(draft: Draft, section: str) -> Table | None:
    """Return the table of `limits` (by topic) or `follow_ups` (by event), None if it is written in another shape."""
    path: Path = (section,) if isinstance(getattr(draft.document, section), str) else (section, "table")
    node = getattr(draft.document, section)
    if not isinstance(node, str) and not (isinstance(node, dict) and isinstance(node.get("table"), str)):
        return None
    outputs: dict[str, Mapping[str, Type]] = {
        "limits": {"we": Word(), "say": Words(), "instead": Words(), "law": Word(), "because": Word(), "to": Word()},
        "follow_ups": {
            "after": Duration(None),
            "do": Words(),
            "by": Word(),
            "channel": Word(),
            "say": Words(),
            "ask": Words(),
            "survey": Word(),
            "at": Word(),
            "to": Word(),
        },
    }
    labels = frozenset({"topic", "event"})
    return draft.table(path, Wanted(section, outputs[section], labels=labels, hit=Hit.COLLECT))
