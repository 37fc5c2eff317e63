"""What becomes of findings by what the plan says of its checks: weighed anew, or set aside with a reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from tantam.plan.checks.described import NOTE, WARNING, Check
from tantam.plan.errors import Finding, Severity
from tantam.plan.nearest import nearest
from tantam.plan.sections.clauses import Words
from tantam.plan.sections.clauses_checks import CheckSetting
from tantam.plan.sections.plan import Plan

OWN = {"K90": WARNING, "K91": WARNING, "K92": WARNING, "K93": NOTE}


@dataclass(frozen=True, slots=True)
class SetAside:
    """A finding that the plan sets aside, and why, by language."""

    finding: Finding
    because: Words


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found: what counts, and what the plan sets aside; each in order of place."""

    findings: tuple[Finding, ...]
    set_aside: tuple[SetAside, ...] = ()


def weighed(plan: Plan, found: Iterable[Finding], by_code: Mapping[str, Check], *, asked: Collection[str]) -> Checked:
    """Return the findings as the plan's `checks` weighs them, with what is wrong with that section itself.

    asked: the codes that were looked for in full; of others it is not said that a setting changes nothing.
    Settings without a reason change nothing. An error that leaves somebody without an answer stays one.
    """
    usable = [each for each in plan.checks.values() if each.because and _known(each.code, by_code)]
    counting: list[Finding] = []
    aside: list[SetAside] = []
    used: set[str] = set()
    kept: dict[str, Finding] = {}
    for finding in found:
        setting = next((each for each in usable if each.covers(finding.code, finding.clause)), None)
        if setting is None:
            counting.append(finding)
            continue
        used.add(setting.code)
        if finding.severity is Severity.ERROR and setting.weight != "error" and _binds(finding.code, by_code):
            kept[setting.code] = finding
            counting.append(finding)
        elif setting.weight == "off":
            aside.append(SetAside(finding, setting.because))
        else:
            counting.append(replace(finding, severity=Severity(setting.weight)))
    counting += _own(plan, by_code, used | (by_code.keys() - set(asked)), kept)
    return Checked(
        tuple(sorted(counting, key=lambda each: (each.place, each.code))),
        tuple(sorted(aside, key=lambda each: (each.finding.place, each.finding.code))),
    )


def _own(plan: Plan, by_code: Mapping[str, Check], used: set[str], kept: Mapping[str, Finding]) -> Iterable[Finding]:
    """Yield K90 without a reason, K91 for an unknown code, K92 for an error that stays, K93 for what found nothing."""
    for setting in plan.checks.values():
        if not _known(setting.code, by_code):
            near = nearest(setting.code, by_code)
            remedy = "K91_near_remedy" if near else "K91_remedy"
            yield replace(_finding("K91", setting, Severity.WARNING, near=near), remedy=remedy)
        elif not setting.because:
            yield _finding("K90", setting, Severity.WARNING)
        elif setting.code in kept:
            yield _finding("K92", setting, Severity.WARNING, at=kept[setting.code].clause or "-")
        elif setting.code not in used:
            yield _finding("K93", setting, Severity.NOTE)


def _known(code: str, by_code: Mapping[str, Check]) -> bool:
    return code in by_code and code not in OWN


def _binds(code: str, by_code: Mapping[str, Check]) -> bool:
    """Findings of the reader have no check: they bind."""
    return code not in by_code or by_code[code].binds(code)


def _finding(code: str, setting: CheckSetting, severity: Severity, **args: str) -> Finding:
    return Finding(
        code,
        severity,
        setting.place,
        clause=f"checks.{setting.code}",
        args={"check": setting.code, **args},
        remedy=f"{code}_remedy",
    )
