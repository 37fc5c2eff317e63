"""Turns the relation `event` into the past cases that a plan is replayed over: one pass, case by case."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from tantam.history.events import DESK
from tantam.history.measures.texts import aware, naive
from tantam.history.relations import Relations
from tantam.plan.whatif import Claim, Counted, PastCase, Placed, Tells, Turn

BATCH = 20_000  # cases held at once
FIRST = -(2**63)  # below every case

ENDS = ("promised", "kept", "broken")  # fields of Counted

_WORDS = ("replied", "asked")
_CLAIMS = ("granted", "refused")  # words too, where a person says them
_CHOSEN = "chosen"  # the customer took another way of what was granted
_HEAD = """
    SELECT case_id, source, instant, reference, told, recorded, groups, channel, topic, language, stage, severity, level
    FROM (
        SELECT *, facts AS told, row_number() OVER (PARTITION BY case_id ORDER BY instant, id) AS nth
        FROM event WHERE code = 'opened' AND case_id > $after AND ($source = '' OR source = $source)
    )
    WHERE nth = 1 AND ($since IS NULL OR instant >= $since) AND ($until IS NULL OR instant < $until)
    ORDER BY case_id LIMIT $most
"""
_CASES = f"""
    WITH head AS ({_HEAD}), what AS (
        SELECT event.case_id, list(code ORDER BY event.instant, id) AS codes,
            list(event.instant ORDER BY event.instant, id) AS instants,
            list(actor ORDER BY event.instant, id) AS actors,
            list(coalesce(kind, '') ORDER BY event.instant, id) AS kinds,
            list(CASE WHEN clause = 'precedence' THEN 1 ELSE 0 END ORDER BY event.instant, id) AS agreed,
            list(coalesce(claim, 0) ORDER BY event.instant, id) AS claims,
            list(coalesce(policy, '') ORDER BY event.instant, id) AS policies,
            list(coalesce(outcome, '') ORDER BY event.instant, id) AS outcomes,
            list(coalesce(minor, 0) ORDER BY event.instant, id) AS minors
        FROM event JOIN head USING (case_id)
        WHERE code IN
                ('replied', 'asked', 'granted', 'refused', 'received', 'resolved', 'reopened', 'merged', 'unmerged',
                 'claimed', 'chosen')
            OR (code IN ('promised', 'kept', 'broken') AND NOT starts_with(coalesce(clause, ''), 'policies.'))
        GROUP BY event.case_id
    )
    SELECT head.*, codes, instants, actors, kinds, agreed, claims, policies, outcomes, minors
    FROM head LEFT JOIN what USING (case_id) ORDER BY case_id
"""
_TELLS = "SELECT source, count(*) FILTER (code = 'replied') FROM event GROUP BY source"
_ENDS = "SELECT max(instant) FROM event WHERE $source = '' OR source = $source"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases. since, until: of their opening, aware, [since, until), None for no bound. source: "" for all.

    asked: {source: terms} that were looked for when its cases were opened; for the desk, the terms of its plan.
    """

    since: datetime | None = None
    until: datetime | None = None
    source: str = ""
    asked: Mapping[str, frozenset[str]] = field(default_factory=dict)


ALL = Wanted()


def past_cases(past: Relations, wanted: Wanted = ALL) -> Iterator[PastCase]:
    """Yield the cases, by key. What happened to them after `until` counts: they are whole."""
    since, until = (each and naive(each) for each in (wanted.since, wanted.until))
    params = {"since": since, "until": until, "source": wanted.source, "most": BATCH}
    tells = {source: Tells.ALL if source == DESK else Tells.FIRST if replied else Tells.NONE
             for source, replied in past.rows(_TELLS, {})}  # fmt: skip
    after = FIRST
    while rows := past.rows(_CASES, {**params, "after": after}):
        for row in rows:
            yield _case(_Row(*row), tells, wanted.asked)
        after = rows[-1][0]


def ends(past: Relations, source: str = "") -> datetime | None:
    """Return the last instant that history tells of, aware, None if it tells nothing."""
    (last,) = past.rows(_ENDS, {"source": source})[0]
    return aware(last) if last else None


class _Row(NamedTuple):
    """What _CASES selects. told, recorded: JSON objects. the lists: of the events, in order."""

    key: int
    source: str
    opened: datetime
    reference: str | None
    told: str | None
    recorded: str | None
    groups: Sequence[str] | None
    channel: str | None
    topic: str | None
    language: str | None
    stage: str | None
    severity: str | None
    level: str | None
    codes: Sequence[str] | None
    instants: Sequence[datetime] | None
    actors: Sequence[str] | None
    kinds: Sequence[str] | None
    agreed: Sequence[int] | None
    claims: Sequence[int] | None
    policies: Sequence[str] | None
    outcomes: Sequence[str] | None
    minors: Sequence[int] | None


def _case(row: _Row, tells: Mapping[str, Tells], asked: Mapping[str, frozenset[str]]) -> PastCase:
    opened, codes, kinds = aware(row.opened), row.codes or (), row.kinds or ()
    by_contract = frozenset(kind for kind, agreed in zip(kinds, row.agreed or (), strict=True) if agreed)
    happened = zip(codes, row.instants or (), row.actors or (), strict=True)
    return PastCase(
        key=row.key,
        source=row.source,
        reference=row.reference or str(abs(row.key)),
        opened=opened,
        told=_facts(row.told),
        recorded=_facts(row.recorded),
        asked=asked.get(row.source, frozenset()),
        groups=None if row.groups is None else frozenset(row.groups),
        channel=row.channel or "",
        topic=row.topic or "",
        language=row.language or "",
        placed=Placed(row.stage or "", row.severity or "", row.level or ""),
        turns=tuple(_turns(opened, happened)),
        tells=tells[row.source],
        ended={kind: each for kind, each in _ended(codes, kinds).items() if kind not in by_contract},
        by_contract=by_contract,
        claims=tuple(_claims(row)),
    )


class _Turn:
    """A turn while its events are read."""

    def __init__(self, begins: datetime) -> None:
        self.begins = begins
        self.words: list[datetime] = []
        self.waits: list[tuple[datetime, datetime | None]] = []
        self.waiting: datetime | None = None

    def end_wait(self, instant: datetime) -> None:
        """Note that the customer is waited for no longer."""
        if self.waiting is not None:
            self.waits.append((self.waiting, instant))
            self.waiting = None

    def done(self, resolved: datetime | None, by_customer: bool = False) -> Turn:
        """Return the turn. resolved: None if the case is still open."""
        if resolved is not None:
            self.end_wait(resolved)
        elif self.waiting is not None:
            self.waits.append((self.waiting, None))
        return Turn(self.begins, resolved, by_customer, tuple(self.words), tuple(self.waits))


def _turns(opened: datetime, happened: Iterable[tuple[str, datetime, str]]) -> Iterator[Turn]:
    """Yield the turns of a case from its events in order. Events between two turns belong to none."""
    turn: _Turn | None = _Turn(opened)
    for code, stored, actor in happened:
        instant = aware(stored)
        if turn is None:
            turn = _Turn(instant) if code in ("reopened", "unmerged") else None
            continue
        if code in _WORDS or (code in _CLAIMS and actor == "person"):
            turn.words.append(instant)
        # The same waiting that sql/piece.part.sql leaves out; what each promise does meanwhile is the plan's.
        if code == "asked":
            turn.waiting = turn.waiting or instant
        elif code == "received":
            turn.end_wait(instant)
        elif code == "resolved":
            yield turn.done(instant, actor == "customer")
            turn = None
        elif code == "merged":  # another case stands for it from then on
            yield turn.done(instant)
            turn = None
    if turn is not None:
        yield turn.done(None)


def _ended(codes: Iterable[str], kinds: Iterable[str]) -> dict[str, Counted]:
    found: dict[str, dict[str, int]] = {}
    for code, kind in zip(codes, kinds, strict=True):
        if code in ENDS:
            counts = found.setdefault(kind, {})
            counts[code] = counts.get(code, 0) + 1
    return {kind: Counted(**counts) for kind, counts in found.items()}


def _claims(row: _Row) -> Iterator[Claim]:
    """Yield the claims that were granted or refused, each as it was decided last."""
    columns = (row.codes, row.instants, row.claims, row.policies, row.outcomes, row.minors)
    policies: dict[int, str] = {}
    decided: dict[int, Claim] = {}
    for number, (code, instant, claim, policy, outcome, minor) in enumerate(zip(*(each or () for each in columns))):
        policies[claim] = policy or policies.get(claim, "")
        if code in (*_CLAIMS, _CHOSEN) and policies[claim]:
            key = claim or -number  # a log names no claims: each decision is one
            at = decided[key].decided if code == _CHOSEN and key in decided else aware(instant)
            decided[key] = Claim(policies[claim], "" if code == "refused" else outcome, at, minor)
    yield from decided.values()


def _facts(written: str | None) -> dict[str, str]:
    """Return the facts of a column; null says nothing."""
    facts = json.loads(written) if written else {}
    return {term: str(text) for term, text in facts.items() if text not in (None, "")}
