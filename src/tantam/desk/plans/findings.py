"""What the check found in a draft: kept by code and arguments, shown in one language with the line it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tantam.plan.errors import Finding, Place, Severity
from tantam.plan.files import Source

LONGEST_LINE = 160


@dataclass(frozen=True, slots=True)
class FindingShown:
    """weight: error or warning. where: `plan.yaml:31`. line: as written there. step: what to do next. "" if none."""

    weight: str
    code: str
    where: str
    line: str
    sentence: str
    step: str
    clause: str


def shown(findings: Iterable[Finding], sources: Iterable[Source], lang: str) -> list[FindingShown]:
    """Return the findings in `lang`, errors first, each with the line of its file."""
    lines = {each.name: each.text.split("\n") for each in sources}
    ordered = sorted(findings, key=lambda each: (each.severity is not Severity.ERROR, each.place))
    return [
        FindingShown(
            weight=str(each.severity),
            code=each.code,
            where=f"{each.place.file}:{each.place.line}",
            line=_line(lines.get(each.place.file, []), each.place.line),
            sentence=each.sentence(lang),
            step=each.next_step(lang),
            clause=each.clause,
        )
        for each in ordered
    ]


def stored(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return the findings as JSON that `thawed` reads back."""
    return [
        {
            "code": each.code,
            "severity": str(each.severity),
            "place": [each.place.file, each.place.line, each.place.column],
            "clause": each.clause,
            "args": {name: got if isinstance(got, str | int | float) else str(got) for name, got in each.args.items()},
            "counterexample": dict(each.counterexample),
            "remedy": each.remedy,
        }
        for each in findings
    ]


def thawed(kept: Iterable[Mapping[str, Any]]) -> list[Finding]:
    """Return the findings that `stored` wrote."""
    return [
        Finding(**{**each, "severity": Severity(each["severity"]), "place": Place(*each["place"])}) for each in kept
    ]


def _line(lines: list[str], number: int) -> str:
    return lines[number - 1].strip()[:LONGEST_LINE] if 0 < number <= len(lines) else ""
