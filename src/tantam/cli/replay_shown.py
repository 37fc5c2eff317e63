"""A replay as the command line shows it: sentences, tables and the first cases for people, everything for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tantam.plan.run import fact_aloud, level_label, term_label
from tantam.plan.run.aloud import outcome_label, pick, policy_label
from tantam.plan.sections import Plan
from tantam.plan.spoken import money, number, spoken
from tantam.plan.tables.values import Amount
from tantam.plan.whatif import (
    ClaimChange,
    Difference,
    Fate,
    KindChange,
    Promised,
    Replayed,
    ReplayedCase,
    Ruled,
    aloud,
)
from tantam.plan.words import say

MOST_CASES = 10
MOST_LINES = 12
CLAIM_HEADS = ("policy", "claims", "otherwise", "granted", "after", "to_people", "unknown")
HEADS = ("kind", "before", "after", "more", "fewer", "owed", "not_owed", "due", "unknown")
LISTS = (
    "newly_owed", "no_longer_owed", "newly_broken", "no_longer_broken", "newly_kept", "due_moved", "undecided",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is to show. before: None where history itself is compared with."""

    plan: Plan
    after: Replayed
    before: Replayed | None
    found: Difference


# ---------------------------------------------------------------------- for people


def as_text(shown: Shown, lang: str) -> str:
    """Return the sentences, then what changes by kind, what is unknown, and the first cases behind."""
    lines = [*aloud(shown.found.summary, lang, shown.plan)]
    if not shown.after.cases:
        return "\n".join(lines)
    lines += [
        "",
        _basis(shown, lang),
        "",
        *_kinds(shown, lang),
        *_claims(shown, lang),
        *_moves(shown, lang),
        *_lacks(shown, lang),
    ]
    return "\n".join([*lines, *_cases(shown, lang)])


def _basis(shown: Shown, lang: str) -> str:
    opened = [each.opened for each in shown.after.pasts.values()]
    first, last, ends = (_day(each, shown, lang) for each in (min(opened), max(opened), shown.after.until))
    return say("replay_basis", lang, cases=number(len(opened), lang), first=first, last=last, ends=ends)


def _kinds(shown: Shown, lang: str) -> list[str]:
    rows = [[say(f"replay_head_{name}", lang) for name in HEADS]]
    for each in shown.found.kinds.values():
        counts = (
            each.broken_before, each.broken_after, len(each.newly_broken), len(each.no_longer_broken),
            len(each.newly_owed), len(each.no_longer_owed), len(each.due_moved), len(each.undecided),
        )  # fmt: skip
        rows.append([_kind(shown, each.kind, lang), *(number(count, lang) for count in counts)])
    return _aligned(rows) if len(rows) > 1 else []


def _claims(shown: Shown, lang: str) -> list[str]:
    """Return what policies grant, none where nothing was claimed."""
    rows = [[say(f"replay_head_{name}", lang) for name in CLAIM_HEADS]]
    for each in shown.found.claims.values():
        before, after = (
            money(Amount(minor, shown.found.currency), lang) for minor in (each.minor_before, each.minor_after)
        )
        counts = (number(count, lang) for count in (each.claims, len(each.otherwise)))
        rest = (number(count, lang) for count in (each.to_people, len(each.undecided)))
        rows.append([policy_label(shown.plan, each.policy, lang), *counts, before, after, *rest])
    between = [""] if shown.found.kinds else []
    return [*between, *_aligned(rows)] if len(rows) > 1 else []


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        first, *rest = row
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))]
        lines.append("  ".join(cells).rstrip())
    return lines


def _moves(shown: Shown, lang: str) -> Iterator[str]:
    if shown.found.moved:
        yield from ("", say("replay_moves", lang))
    for each in shown.found.moved[:MOST_LINES]:
        before, after = (_place(shown, each.what, value, lang) for value in (each.before, each.after))
        yield f"  {before} → {after}: {number(len(each.cases), lang)}"


def _lacks(shown: Shown, lang: str) -> Iterator[str]:
    after = shown.after
    needed: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for lack in after.lacks:
        needed.setdefault((lack.term, lack.cases), []).append(lack.table)
    lines = [
        _lack(shown, "replay_lack", lang, (term, len(cases)), table=", ".join(tables))
        for (term, cases), tables in list(needed.items())[:MOST_LINES]
    ]
    lines += [
        _lack(shown, "replay_refused", lang, (each.term, len(each.cases)), got=each.got, allowed=each.allowed)
        for each in after.refused[:MOST_LINES]
    ]
    lines += [_lack(shown, "replay_default", lang, each) for each in after.defaults.items()]
    if lines:
        yield from ("", say("replay_lacks", lang), *(f"  {line}" for line in lines))


def _lack(shown: Shown, key: str, lang: str, counted: tuple[str, int], **words: str) -> str:
    """Return one line. counted: a term, and of how many cases it is said."""
    term, count = counted
    of = {"count": number(count, lang), "cases": number(len(shown.after.cases), lang)}
    return say(key, lang, term=term_label(shown.plan, term, lang), **of, **words)


def _cases(shown: Shown, lang: str) -> Iterator[str]:
    keys = shown.found.changed
    if not keys:
        return
    shown_keys = keys[:MOST_CASES]
    yield from ("", say("replay_cases", lang, shown=number(len(shown_keys), lang), count=number(len(keys), lang)))
    for key in shown_keys:
        past = shown.after.pasts[key]
        changes = "; ".join(_changes(shown, key, lang))
        yield f"  {past.reference}  {_day(past.opened, shown, lang)}  {changes}"


def _changes(shown: Shown, key: int, lang: str) -> Iterator[str]:
    """Yield what goes otherwise in one case."""
    after, past = shown.after.cases[key], shown.after.pasts[key]
    before: ReplayedCase | None = shown.before.cases[key] if shown.before else None
    for what in ("severity", "level", "stage"):
        one = getattr(before or past.placed, what)
        other = getattr(after, what)
        if one and other and one != other:
            yield f"{_place(shown, what, one, lang)} → {_place(shown, what, other, lang)}"
    yield from _answers(shown, key, lang)
    if before is None:
        yield from _beside_record(shown, key, lang)
        return
    old, new = _by_turn(before.promises), _by_turn(after.promises)
    for kind, turn in dict.fromkeys((*old, *new)):
        one, other = _promise(shown, old.get((kind, turn)), lang), _promise(shown, new.get((kind, turn)), lang)
        if one != other and kind not in after.undecided and kind not in before.undecided:
            yield f"{_kind(shown, kind, lang)}: {one} → {other}"


def _answers(shown: Shown, key: int, lang: str) -> Iterator[str]:
    """Yield which claims of a case are answered otherwise."""
    past = shown.after.pasts[key]
    before = [Ruled(each.policy, each.outcome, "", each.minor) for each in past.claims]
    if shown.before:
        before = list(shown.before.cases[key].claims)
    for one, other in zip(before, shown.after.cases[key].claims, strict=True):
        if not (one.lacking or other.lacking) and (one.outcome, one.minor) != (other.outcome, other.minor):
            said = [_answer(shown, each, lang) for each in (one, other)]
            yield f"{policy_label(shown.plan, one.policy, lang)}: {' → '.join(said)}"


def _answer(shown: Shown, ruled: Ruled, lang: str) -> str:
    outcome = outcome_label(shown.plan, ruled.policy, ruled.outcome or "decline", lang)
    return f"{outcome} {money(Amount(ruled.minor, shown.found.currency), lang)}" if ruled.minor else outcome


def _beside_record(shown: Shown, key: int, lang: str) -> Iterator[str]:
    """Yield what ends otherwise than history recorded."""
    new = _by_turn(shown.after.cases[key].promises)
    for kind, ended in shown.after.pasts[key].ended.items():
        was = Fate.BROKEN if ended.broken else Fate.KEPT if ended.kept else Fate.OPEN
        said = [each for (name, _), each in new.items() if name == kind]
        now = next((each for each in said if each.fate is Fate.BROKEN), said[0] if said else None)
        if now is None or now.fate is not was:
            before = say(f"replay_fate_{was}", lang)
            yield f"{_kind(shown, kind, lang)}: {before} → {_promise(shown, now, lang)}"


def _by_turn(promises: Iterable[Promised]) -> dict[tuple[str, int], Promised]:
    return {(each.kind, each.turn): each for each in promises}


def _promise(shown: Shown, promised: Promised | None, lang: str) -> str:
    if promised is None:
        return say("replay_nothing", lang)
    fate = say(f"replay_fate_{promised.fate}", lang)
    return f"{spoken(promised.due.astimezone(_zone(shown)), lang)} {fate}" if promised.due else fate


def _day(instant: datetime, shown: Shown, lang: str) -> str:
    return spoken(instant.astimezone(_zone(shown)).date(), lang)


def _zone(shown: Shown) -> ZoneInfo:
    return ZoneInfo(shown.plan.zone)


def _kind(shown: Shown, kind: str, lang: str) -> str:
    return pick(shown.plan.promises.labels.get(kind, {}), lang, otherwise=kind.replace("_", " "))


def _place(shown: Shown, what: str, value: str, lang: str) -> str:
    return level_label(shown.plan, value, lang) if what == "level" else fact_aloud(shown.plan, what, value, lang)


# ---------------------------------------------------------------------- for programs


def as_plain(shown: Shown, lang: str) -> dict[str, Any]:
    """Return everything as plain JSON. Its form: docs/reference/replay.md."""
    after, found = shown.after, shown.found
    texts = aloud(found.summary, lang, shown.plan)
    return {
        "draft": found.draft,
        "against": found.against or None,
        "history_ends": after.until.isoformat(),
        "replayed": found.cases,
        "summary": [
            {"key": said.key, "args": dict(said.args), "text": text}
            for said, text in zip(found.summary, texts, strict=True)
        ],
        "moved": [
            {"what": each.what, "before": each.before, "after": each.after, "cases": each.cases} for each in found.moved
        ],
        "kinds": {name: _plain_kind(each) for name, each in found.kinds.items()},
        "claims": {policy: _plain_claims(each, found.currency) for policy, each in found.claims.items()},
        "fates": {kind: {str(fate): fates[fate] for fate in Fate} for kind, fates in after.fates.items()},
        "changed": found.changed,
        "undecided": found.undecided,
        "lacks": [{"term": each.term, "table": each.table, "cases": each.cases} for each in after.lacks],
        "refused": [
            {"term": each.term, "got": each.got, "allowed": each.allowed, "cases": each.cases} for each in after.refused
        ],
        "foreign": dict(after.foreign),
        "defaults": dict(after.defaults),
        "cases": [_plain_case(shown, key) for key in after.cases],
    }


def _plain_kind(each: KindChange) -> dict[str, Any]:
    numbers = {
        "broken_before": each.broken_before,
        "broken_after": each.broken_after,
        "shift_minutes": each.shift_minutes,
    }
    return numbers | {name: getattr(each, name) for name in LISTS}


def _plain_claims(each: ClaimChange, currency: str) -> dict[str, Any]:
    return {
        "claims": each.claims,
        "otherwise": each.otherwise,
        "undecided": each.undecided,
        "lacking": each.lacking,
        "currency": currency,
        "minor_before": each.minor_before,
        "minor_after": each.minor_after,
        "to_people": each.to_people,
    }


def _plain_case(shown: Shown, key: int) -> dict[str, Any]:
    past = shown.after.pasts[key]
    return {
        "case": key,
        "source": past.source,
        "reference": past.reference,
        "opened": past.opened.isoformat(),
        "recorded": {
            "stage": past.placed.stage or None,
            "severity": past.placed.severity or None,
            "level": past.placed.level or None,
            "promises": {
                kind: {"promised": each.promised, "kept": each.kept, "broken": each.broken}
                for kind, each in past.ended.items()
            },
        },
        "draft": _plain_replayed(shown.after.cases[key]),
        "against": _plain_replayed(shown.before.cases[key]) if shown.before else None,
    }


def _plain_replayed(case: ReplayedCase) -> dict[str, Any]:
    return {
        "stage": case.stage,
        "severity": case.severity,
        "level": case.level,
        "clause": case.clause or None,
        "promises": [_plain_promise(each) for each in case.promises],
        "undecided": dict(case.undecided),
        "lacking": case.lacking,
    }


def _plain_promise(each: Promised) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "turn": each.turn,
        "clause": each.clause,
        "made": each.made.isoformat(),
        "due": each.due.isoformat() if each.due else None,
        "moved": each.moved.isoformat() if each.moved else None,
        "fate": str(each.fate),
        "times": each.times,
        "missed": each.missed,
    }
