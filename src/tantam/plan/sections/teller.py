"""One free section being typed: names found, times, shares and bounds read; what cannot be is noted and left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from tantam.plan.errors import Finding, Place, Severity, TantamError
from tantam.plan.files import Mapping as Root
from tantam.plan.files import at, key_place_of, listed, nearest, place_of
from tantam.plan.sections.base import LANGUAGE
from tantam.plan.sections.bounds import Bound, read_alarm, read_bound
from tantam.plan.sections.counted import COUNTED
from tantam.plan.sections.draft import Draft, Path
from tantam.plan.sections.shape import address
from tantam.plan.tables.plain import read_fact, read_span
from tantam.plan.tables.tokens import as_here
from tantam.plan.tables.types import Money
from tantam.plan.tables.values import Amount, Span
from tantam.plan.words import Key

ALL = ("all", "everyone", "everybody")
MOST = 1_000_000_000
_SHARE = re.compile(r"^\s*(\d{1,9}(?:\.\d{1,9})?)\s*%(?:\s.*)?$")
_PART = re.compile(r"^\s*(0(?:\.\d{1,9})?|1(?:\.0+)?)\s*$")
_NUMBER = re.compile(r"^\s*(\d[\d_]{0,12}(?:\.\d{1,9})?)\s*$")
_SCALE = re.compile(r"^\s*(-?\d{1,4})\s*(?:\.\.|-|–)\s*(-?\d{1,4})\s*$")


@dataclass(frozen=True, slots=True)
class Teller:
    """What the builders of the free sections share, standing somewhere in the plan: `key` is the way on from there.

    known: by kind, the names that may be spoken of; of no topics, any may be meant. counted: which of COUNTED each of
    the plan's measures counts. path: where it stands."""

    draft: Draft
    root: Root
    known: Mapping[str, tuple[str, ...]]
    counted: Mapping[str, str]
    path: Path = ()

    def within(self, *key: str | int) -> Teller:
        """Return the same, standing further in."""
        return replace(self, path=(*self.path, *key))

    def place(self, *key: str | int) -> Place:
        """Return where the last key stands."""
        return key_place_of(self.root, (*self.path, *key))

    def has(self, *key: str | int) -> bool:
        """Return whether something stands there."""
        return at(self.root, (*self.path, *key)) is not None

    def words(self, *texts: Any) -> dict[str, str]:
        """Return the first text that is written, by language."""
        return self.draft.words(next((each for each in texts if each), None))

    def note(self, code: str, /, *key: str | int, **args: Any) -> None:
        """Note something at a value: a warning where the right name is near, else a note."""
        path = (*self.path, *key)
        severity = Severity.WARNING if code in ("K200", "K203") else Severity.NOTE
        told = {"where": address(path)} | args
        self.draft.findings.append(Finding(code, severity, self._at(path), clause=address(path), args=told))

    def _at(self, path: Path) -> Place:
        return place_of(self.root if at(self.root, path[:1]) is not None else self.draft.root, path)

    def strange(self, got: Any, allowed: str, *key: str | int) -> None:
        """Note a value that is no `allowed` (a key of the catalogue)."""
        self.note("K202", *key, got=f"“{str(got)[:40]}”", allowed=Key(allowed))

    def foreign(self, got: str, *key: str | int) -> bool:
        """Refuse a number as other countries write it, whatever sign stands before; return whether it is one."""
        here = as_here(got.lstrip("<>= "))
        if here:
            path = (*self.path, *key)
            args = {"where": address(path), "got": got[:40], "allowed": here[:40]}
            told = Finding("S18", Severity.ERROR, self._at(path), clause=address(path), args=args)
            self.draft.findings.append(told)
        return bool(here)

    def name(self, kind: str, got: str | None, *key: str | int) -> str:
        """Return the name if something bears it, else ""."""
        if not got:
            return ""
        names = self.known[kind]
        if got in names or (kind == "topic" and not names):
            return got
        if self.draft.aside.excuses(kind, got):
            return ""
        near = nearest(got, names)
        args = {"kind": Key(f"KIND_{kind}"), "name": got[:40], "allowed": listed(names)}
        self.note("K203" if near else "K204", *key, **args, **({"nearest": near} if near else {}))
        return ""

    def names(self, kind: str, got: Iterable[str] | None, *key: str | int) -> tuple[str, ...]:
        """Return those names that something bears; `all` are all."""
        names = self.known[kind]
        found: dict[str, None] = {}
        for each in got or ():
            more = names if each in ALL and each not in names else (self.name(kind, each, *key),)
            found |= dict.fromkeys(one for one in more if one)
        return tuple(found)

    def hours(self, got: str | None, *key: str | int) -> str:
        """Return the name of hours; `always` is none in particular."""
        return "" if got == "always" else self.name("hours", got, *key)

    def people_of(self, got: Iterable[str] | None, *key: str | int) -> tuple[str, ...]:
        """Return levels and teams by their names."""
        return self.names("level_or_team", got, *key)

    def person(self, got: str | None, *key: str | int) -> str:
        """Return the name of one level or team, else ""."""
        return self.name("level_or_team", got, *key)

    def languages(self, got: Iterable[str] | None, *key: str | int) -> tuple[str, ...]:
        """Return codes of languages; staff may speak more of them than the company writes."""
        for each in got or ():
            if not LANGUAGE.match(each):
                self.strange(each, "A_languages", *key)
        return tuple(dict.fromkeys(each for each in got or () if LANGUAGE.match(each)))

    def choice(self, got: str | None, allowed: tuple[str, ...], *key: str | int) -> str:
        """Return one of the allowed words, as `in_house` or `in-house`, else ""."""
        word = (got or "").strip().replace("-", "_").replace(" ", "_")
        if not word or word in allowed:
            return word
        self.note("K202", *key, got=f"“{str(got)[:40]}”", allowed=", ".join(allowed))
        return ""

    def span(self, got: str | None, *key: str | int) -> Span | None:
        """Return a time of at least nothing."""
        if not got or self.foreign(got, *key):
            return None
        span = self.draft_span(got)
        if span is None:
            self.strange(got, "A_time", *key)
        return span

    def draft_span(self, got: str) -> Span | None:
        """Return a time, None if it is none."""
        span = read_span(got)
        return span if span is not None and span.key >= 0 else None

    def number(self, got: str | None, *key: str | int) -> float | None:
        """Return a number of at least 0."""
        if not got or self.foreign(got, *key):
            return None
        said = _NUMBER.match(got)
        if said is None:
            self.strange(got, "A_number", *key)
        return float(said[1].replace("_", "")) if said else None

    def whole(self, got: str | None, *key: str | int) -> int | None:
        """Return a whole number of at least 0."""
        if not got or self.foreign(got, *key):
            return None
        said = _NUMBER.match(got)
        value = Fraction(said[1].replace("_", "")) if said else None
        if value is None or value.denominator != 1 or value > MOST:
            self.strange(got, "A_whole", *key)
            return None
        return int(value)

    def share(self, got: str | None, *key: str | int) -> float | None:
        """Return a share 0..1: `5 %`, also `5 % of conversations`, or 0.05."""
        if not got or self.foreign(got, *key):
            return None
        value = share_of(got)
        if value is None:
            self.strange(got, "A_share", *key)
        return value

    def scale(self, got: str | None, *key: str | int) -> tuple[int, int] | None:
        """Return the lowest and the highest number of `1..5`."""
        if not got:
            return None
        said = _SCALE.match(got)
        if said is None or int(said[1]) >= int(said[2]):
            self.strange(got, "A_scale", *key)
            return None
        return int(said[1]), int(said[2])

    def bound(self, measure: str, got: str | None, *key: str | int) -> Bound | None:
        """Return the bound that a measure shall reach; None where it cannot be compared with what is counted."""
        return self._bound(measure, got, key, read_bound)

    def alarm(self, measure: str, got: str | None, *key: str | int) -> Bound | None:
        """Return the bound beyond which a measure is bad."""
        return self._bound(measure, got, key, read_alarm)

    def _bound(self, measure: str, got: str | None, key: Path, read: Any) -> Bound | None:
        counted = COUNTED.get(self.counted.get(measure, measure))
        if not got or counted is None or self.foreign(got, *key):
            return None
        bound = read(got, counted.unit, counted.direction)
        if not isinstance(bound, Bound):
            self.strange(got, "A_bound", *key)
            return None
        return bound

    def amount(self, got: str | None, *key: str | int) -> Amount | None:
        """Return money of the plan's currency, at least nothing."""
        if not got or self.draft.hides_currency() or self.foreign(got, *key):
            return None
        value = self.draft_amount(got)
        if value is None:
            self.strange(got, "A_money", *key)
        return value

    def draft_amount(self, got: str) -> Amount | None:
        """Return money, None if it is none."""
        try:
            value = read_fact("", got, Money(self.draft.currency))
        except TantamError:
            return None
        return value if isinstance(value, Amount) and value.minor >= 0 else None


def share_of(got: str) -> float | None:
    """Return a share 0..1 as it is written, None if it is none."""
    if (said := _SHARE.match(got)) is not None and float(said[1]) <= 100:
        return float(said[1]) / 100
    return float(said[1]) if (said := _PART.match(got)) is not None else None
