"""One free section being typed: names found, times, shares and bounds read; what cannot be is noted and left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
class Known:
    """The names of a plan that free sections may speak of. Empty topics: any may be meant."""

    levels: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()


class Teller:
    """What the builders of the free sections share. counted: which of COUNTED each of the plan's measures counts."""

    def __init__(self, draft: Draft, root: Root, known: Known, counted: Mapping[str, str]) -> None:
        self.draft, self.root, self.known, self.counted = draft, root, known, counted

    def place(self, *path: str | int) -> Place:
        """Return where the key that ends `path` stands."""
        return key_place_of(self.root, path)

    def has(self, path: Path) -> bool:
        """Return whether something stands at `path`."""
        return at(self.root, path) is not None

    def words(self, *texts: Any) -> dict[str, str]:
        """Return the first text that is written, by language."""
        return self.draft.words(next((each for each in texts if each), None))

    def note(self, code: str, path: Path, /, **args: Any) -> None:
        """Note something at the value at `path`: a warning where the right name is near, else a note."""
        severity = Severity.WARNING if code in ("K200", "K203") else Severity.NOTE
        told = {"where": address(path)} | args
        self.draft.findings.append(Finding(code, severity, self._at(path), clause=address(path), args=told))

    def _at(self, path: Path) -> Place:
        return place_of(self.root if at(self.root, path[:1]) is not None else self.draft.root, path)

    def strange(self, path: Path, got: Any, allowed: str) -> None:
        """Note a value that is no `allowed` (a key of the catalogue)."""
        self.note("K202", path, got=f"“{str(got)[:40]}”", allowed=Key(allowed))

    def foreign(self, got: str, path: Path) -> bool:
        """Refuse a number as other countries write it, whatever sign stands before; return whether it is one."""
        here = as_here(got.lstrip("<>= "))
        if here:
            args = {"where": address(path), "got": got[:40], "allowed": here[:40]}
            told = Finding("S18", Severity.ERROR, self._at(path), clause=address(path), args=args)
            self.draft.findings.append(told)
        return bool(here)

    def name(self, kind: str, got: str | None, allowed: Iterable[str], path: Path) -> str:
        """Return the name if something bears it, else ""."""
        if not got:
            return ""
        names = tuple(allowed)
        if got in names or (kind == "topic" and not names):
            return got
        if self.draft.aside.excuses(kind, got):
            return ""
        near = nearest(got, names)
        args = {"kind": Key(f"KIND_{kind}"), "name": got[:40], "allowed": listed(names)}
        self.note("K203" if near else "K204", path, **args, **({"nearest": near} if near else {}))
        return ""

    def names(self, kind: str, got: Iterable[str] | None, allowed: Iterable[str], path: Path) -> tuple[str, ...]:
        """Return those names that something bears; `all` are all."""
        names = tuple(allowed)
        found: dict[str, None] = {}
        for each in got or ():
            more = names if each in ALL and each not in names else (self.name(kind, each, names, path),)
            found |= dict.fromkeys(one for one in more if one)
        return tuple(found)

    def hours(self, got: str | None, path: Path) -> str:
        """Return the name of hours; `always` is none in particular."""
        return "" if got == "always" else self.name("hours", got, self.known.hours, path)

    def people_of(self, got: Iterable[str] | None, path: Path) -> tuple[str, ...]:
        """Return levels and teams by their names."""
        return self.names("level_or_team", got, (*self.known.levels, *self.known.teams), path)

    def person(self, got: str | None, path: Path) -> str:
        """Return the name of one level or team, else ""."""
        return self.name("level_or_team", got, (*self.known.levels, *self.known.teams), path)

    def languages(self, got: Iterable[str] | None, path: Path) -> tuple[str, ...]:
        """Return codes of languages; staff may speak more of them than the company writes."""
        for each in got or ():
            if not LANGUAGE.match(each):
                self.strange(path, each, "A_languages")
        return tuple(dict.fromkeys(each for each in got or () if LANGUAGE.match(each)))

    def choice(self, got: str | None, allowed: tuple[str, ...], path: Path) -> str:
        """Return one of the allowed words, as `in_house` or `in-house`, else ""."""
        word = (got or "").strip().replace("-", "_").replace(" ", "_")
        if not word or word in allowed:
            return word
        self.note("K202", path, got=f"“{str(got)[:40]}”", allowed=", ".join(allowed))
        return ""

    def span(self, got: str | None, path: Path) -> Span | None:
        """Return a time of at least nothing."""
        if not got or self.foreign(got, path):
            return None
        span = self.draft_span(got)
        if span is None:
            self.strange(path, got, "A_time")
        return span

    def draft_span(self, got: str) -> Span | None:
        """Return a time, None if it is none."""
        span = read_span(got)
        return span if span is not None and span.key >= 0 else None

    def number(self, got: str | None, path: Path) -> float | None:
        """Return a number of at least 0."""
        if not got or self.foreign(got, path):
            return None
        said = _NUMBER.match(got)
        if said is None:
            self.strange(path, got, "A_number")
        return float(said[1].replace("_", "")) if said else None

    def whole(self, got: str | None, path: Path) -> int | None:
        """Return a whole number of at least 0."""
        if not got or self.foreign(got, path):
            return None
        said = _NUMBER.match(got)
        value = Fraction(said[1].replace("_", "")) if said else None
        if value is None or value.denominator != 1 or value > MOST:
            self.strange(path, got, "A_whole")
            return None
        return int(value)

    def share(self, got: str | None, path: Path) -> float | None:
        """Return a share 0..1: `5 %`, also `5 % of conversations`, or 0.05."""
        if not got or self.foreign(got, path):
            return None
        value = share_of(got)
        if value is None:
            self.strange(path, got, "A_share")
        return value

    def scale(self, got: str | None, path: Path) -> tuple[int, int] | None:
        """Return the lowest and the highest number of `1..5`."""
        if not got:
            return None
        said = _SCALE.match(got)
        if said is None or int(said[1]) >= int(said[2]):
            self.strange(path, got, "A_scale")
            return None
        return int(said[1]), int(said[2])

    def bound(self, measure: str, got: str | None, path: Path) -> Bound | None:
        """Return the bound that a measure shall reach; None where it cannot be compared with what is counted."""
        return self._bound(measure, got, path, read_bound)

    def alarm(self, measure: str, got: str | None, path: Path) -> Bound | None:
        """Return the bound beyond which a measure is bad."""
        return self._bound(measure, got, path, read_alarm)

    def _bound(self, measure: str, got: str | None, path: Path, read: Any) -> Bound | None:
        counted = COUNTED.get(self.counted.get(measure, measure))
        if not got or counted is None or self.foreign(got, path):
            return None
        bound = read(got, counted.unit, counted.direction)
        if not isinstance(bound, Bound):
            self.strange(path, got, "A_bound")
            return None
        return bound

    def amount(self, got: str | None, path: Path) -> Amount | None:
        """Return money of the plan's currency, at least nothing."""
        if not got or self.draft.hides_currency() or self.foreign(got, path):
            return None
        value = self.draft_amount(got)
        if value is None:
            self.strange(path, got, "A_money")
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
