"""Every exception and finding that the plan raises or collects.

TantamError
├── PlanUnreadable      the file is no plan: findings say why (exit 2)
├── PlanHasFindings     it can be read, but must not be put in force (exit 1)
├── UnknownName         a policy, term, level, hours … that the plan does not have
├── BadFact             a fact outside its term's domain
├── NotInSql            a table that SQL cannot say exactly: findings say which cells, and why
├── NotInstalled        a package that comes with one of Tantam's extras
├── NotComparable       two values of different families, currencies or types
├── NotEditable         a change of a plan's text that would touch more than it should
└── NeverOpens          hours that do not open within 366 days
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tantam.plan.words import say

LONGEST_SHOWN = 80  # characters of a wrong value in a sentence


class Severity(StrEnum):
    """How much a finding weighs. Errors and warnings fail `tantam check`; notes never do."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in the files: line and column start at 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, by code and arguments; `sentence` puts it in words.

    clause: its address, such as `policies.exchange.decides#faulty`, or "".
    counterexample: the facts that show it, as the reader would say them; {} if none.
    remedy: the key of a sentence in the catalogue with what to do next, or "".
    related: other places that belong to it, such as the row that a row disagrees with.
    """

    code: str
    severity: Severity
    place: Place
    clause: str = ""
    args: Mapping[str, Any] = field(default_factory=dict)
    counterexample: Mapping[str, str] = field(default_factory=dict)
    remedy: str = ""
    related: tuple[Place, ...] = ()

    def sentence(self, lang: str = "en") -> str:
        """Return what is wrong and what to do, in `lang` (vi, de, en)."""
        return say(self.code, lang, **self.args)

    def next_step(self, lang: str = "en") -> str:
        """Return the remedy in `lang`, or "" where the sentence already says it."""
        return say(self.remedy, lang, **self.args) if self.remedy else ""


class TantamError(Exception):
    """Anything that Tantam itself raises."""


class PlanUnreadable(TantamError):
    """The files are no plan. All findings at once, in the order of their places."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(f"{f.place}: {f.sentence()}" for f in self.findings))


class PlanHasFindings(TantamError):
    """The plan can be read, but it has errors and must not be put in force."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(f"{f.place}: {f.sentence()}" for f in self.findings))


class UnknownName(TantamError):
    """A name that the plan does not have; `allowed` has those that it does."""

    def __init__(self, kind: str, name: str, allowed: Sequence[str]) -> None:
        self.kind, self.name, self.allowed = kind, name, tuple(allowed)
        super().__init__(f"There is no {kind} {name!r}. There are: {', '.join(allowed) or 'none'}.")


class BadFact(TantamError):
    """A fact that its term does not admit."""

    def __init__(self, term: str, got: object, allowed: str) -> None:
        self.term, self.got, self.allowed = term, got, allowed
        super().__init__(f"{term} = {shown(got)} is not allowed; it must be {allowed}.")


class NotInSql(TantamError):
    """A table with cells that SQL cannot say exactly; one finding each."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(f"{len(self.findings)} cells cannot be said in SQL.")


class NotInstalled(TantamError):
    """A package is missing that Tantam itself does not bring. extra: what to install, `tantam[publish]`."""

    def __init__(self, package: str, extra: str) -> None:
        self.package, self.extra = package, extra
        super().__init__(f'This needs {package}. Install it: pip install "{extra}"')


class NotComparable(TantamError):
    """Two values that have no order among each other: working days and calendar days, EUR and USD."""

    def __init__(self, left: str, right: str) -> None:
        self.left, self.right = left, right
        super().__init__(f"{left} and {right} do not compare. Give both in one unit.")


class NotEditable(TantamError):
    """A place in a file that cannot be changed alone: it is not there, or other places refer to it."""

    def __init__(self, file: str, path: Sequence[str | int]) -> None:
        self.file, self.path = file, tuple(path)
        where = ".".join(map(str, path)) or "the document"
        super().__init__(f"{file}: {where} cannot be changed without touching more. Change it by hand.")


class NeverOpens(TantamError):
    """Hours that do not open within 366 days."""

    def __init__(self, hours: str) -> None:
        self.hours = hours
        super().__init__(f"Hours {hours!r} do not open within 366 days. Give them an interval.")


def shown(got: object) -> str:
    """Return what was got, as short as a sentence bears it."""
    try:
        text = repr(got)
    except ValueError:  # a whole number of thousands of digits
        return f"a {type(got).__name__}"
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
