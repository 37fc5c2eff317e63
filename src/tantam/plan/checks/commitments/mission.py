"""Checks that the plan opens with a commitment to its customers."""

from __future__ import annotations

from collections.abc import Iterator

from tantam.plan.checks.described import NOTE, Check
from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.plan import Plan

# Stems by which a mission speaks of those it serves. A note only: words cannot be judged by a list.
_OF_CUSTOMERS = (
    *("khách", "phục vụ", "chăm sóc", "hỗ trợ", "người mua", "mua hàng"),
    *("customer", "client", "guest", "you", "serv", "help", "care", "buy", "patient", "member", "people"),
    *("kund", "sie ", "ihnen", "ihre", "dienst", "hilf", "kauf", "gäste", "mensch", "betreu"),
)


def check_mission(plan: Plan) -> Iterator[Finding]:
    """Yield notes: K40 without a mission, K41 if it speaks of no customers, K42 if no policy commits to anything."""
    if not any(plan.mission.values()):
        yield Finding("K40", Severity.NOTE, plan.place("company"), clause="mission", remedy="K40_remedy")
    elif not any(stem in words.lower() for words in plan.mission.values() for stem in _OF_CUSTOMERS):
        yield Finding("K41", Severity.NOTE, plan.place("mission"), clause="mission", remedy="K41_remedy")
    if plan.policies and not any(any(policy.commitment.values()) for policy in plan.policies.values()):
        yield Finding("K42", Severity.NOTE, plan.place("policies"), clause="policies", remedy="K42_remedy")


CHECK = Check({"K40": NOTE, "K41": NOTE, "K42": NOTE}, check_mission)
