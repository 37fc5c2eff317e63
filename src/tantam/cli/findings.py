"""Findings as the command line prints them for people: at most a hundred, the heaviest first to be shown."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TextIO

import typer

from tantam.plan.errors import Finding, Severity
from tantam.plan.words import say

if TYPE_CHECKING:
    from tantam.plan.checks import SetAside

COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}
INDENT = "    "
MOST_SHOWN = 100
THOUSANDS = {"en": ","}


def print_findings(findings: Sequence[Finding], lang: str, to: TextIO) -> None:
    """Print the findings as text, in colour if `to` is a terminal and NO_COLOR is not set."""
    print_text(as_text(findings, lang), to)


def print_text(text: str, to: TextIO) -> None:
    """Print text with its colours, or without them where they are not wanted."""
    typer.echo(text, file=to, color=to.isatty() and not os.environ.get("NO_COLOR"))


def as_text(findings: Sequence[Finding], lang: str) -> str:
    """Return `file:line:column: weight CODE sentence` a finding, then what else shows it, and what to do next.

    Of very many, the first hundred of the heaviest, in their order. The weight is in colour; `print_text` takes that
    away where it is not wanted.
    """
    shown = _heaviest(findings)
    lines = [line for each in shown for line in _lines(each, lang)]
    if more := len(findings) - len(shown):
        lines.append(say("and_more", lang, count=_grouped(more, lang)))
    return "\n".join(lines)


def set_aside_text(set_aside: Sequence[SetAside], lang: str) -> str:
    """Return what the plan sets aside, a line each, with the reason under it."""
    count = len(set_aside)
    lines = [say("set_aside_one" if count == 1 else "set_aside_several", lang, count=_grouped(count, lang))]
    for each in set_aside[:MOST_SHOWN]:
        lines.append(f"{INDENT}{each.finding.place}: {each.finding.code} {each.finding.sentence(lang)}")
        lines.append(f"{INDENT}{INDENT}“{reason(each, lang)}”")
    if count > MOST_SHOWN:
        lines.append(say("and_more", lang, count=_grouped(count - MOST_SHOWN, lang)))
    return "\n".join(lines)


def reason(set_aside: SetAside, lang: str) -> str:
    """Return why a finding is set aside, in `lang` or the first language that the plan gives."""
    return set_aside.because.get(lang) or next(iter(set_aside.because.values()))


def counted(findings: Iterable[Finding], lang: str) -> str:
    """Return how many findings of each weight there are, or that there is none."""
    weights = [each.severity for each in findings]
    parts = []
    for severity in Severity:
        if count := weights.count(severity):
            one, _, several = say(f"count_{severity}", lang, count=_grouped(count, lang)).partition("|")
            parts.append(one if count == 1 else several or one)
    return ", ".join(parts) if parts else say("count_nothing", lang)


def _heaviest(findings: Sequence[Finding]) -> list[Finding]:
    if len(findings) <= MOST_SHOWN:
        return list(findings)
    weights = list(Severity)
    chosen = sorted(range(len(findings)), key=lambda number: (weights.index(findings[number].severity), number))
    return [findings[number] for number in sorted(chosen[:MOST_SHOWN])]


def _lines(finding: Finding, lang: str) -> list[str]:
    weight = typer.style(say(f"WEIGHT_{finding.severity}", lang), fg=COLORS[finding.severity], bold=True)
    lines = [f"{finding.place}: {weight} {finding.code} {finding.sentence(lang)}"]
    if shown := _more_than_said(finding):
        lines.append(INDENT + say("finding_example", lang, case=shown))
    if step := finding.next_step(lang):
        lines.append(f"{INDENT}→ {step}")
    return lines


def _grouped(count: int, lang: str) -> str:
    return f"{count:,}".replace(",", THOUSANDS.get(lang, "."))


def _more_than_said(finding: Finding) -> str:
    """Return the case that shows the finding, "" where the sentence says all of it."""
    said = str(finding.args.get("case", "")).replace("= ?", "= ~").split(", ")
    case = [f"{term} = {value}" for term, value in finding.counterexample.items()]
    return "" if sorted(said) == sorted(", ".join(case).split(", ")) else ", ".join(case)
