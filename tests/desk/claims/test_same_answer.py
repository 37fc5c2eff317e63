"""The same facts give the same answer: on the portal, on the telephone, by the interface, and to an assistant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from tantam.desk.claims import filing
from tantam.desk.claims.actions import answer_for, file_claim
from tantam.desk.claims.filing import Filing
from tantam.desk.claims.models import Claim
from tantam.desk.plans import Standing, answers
from tests.support import assistants, desk
from tests.support.assistants import admitted
from tests.support.sources import ROOT

BOOK = yaml.safe_load((ROOT / "plans/ben-xuan/cases.yaml").read_text(encoding="utf-8"))
POLICIES = sorted(BOOK["base"])
ON_RECORD = {"broken_promises"}  # of a case; nobody tells it


@dataclass(frozen=True)
class Answered:
    """What every way must say alike: what is answered, by which clause, what it gives, and on what it still rests."""

    outcome: str
    clause: str
    amount: str
    within: str
    conditional: str


@pytest.fixture
def plan(db: None, clock: Any) -> Any:
    return assistants.put_in_force()


@pytest.mark.parametrize("policy", POLICIES)
def test_every_way_answers_alike(policy: str, plan: Any, staff: Any, hoa: Any) -> None:
    seen = set()
    for told in told_of(policy):
        expected = _of(answers.stored(answer_for(policy, plan.read(told, Standing.TOLD), plan=plan), plan), plan)
        seen.add(expected.outcome)
        ways = {"portal": _portal(policy, told, plan), "phone": _phone(policy, told, staff, hoa)}
        for way, claim in ways.items():
            assert _of(claim.answer, plan) == expected, (way, policy, told)
    assert len(seen) > 1, "the book tries several rows"


@pytest.mark.parametrize("policy", POLICIES)
def test_assistants_are_told_the_same(policy: str, plan: Any, staff: Any) -> None:
    helper = admitted(staff.manager)
    for told in told_of(policy)[:3]:
        expected = _of(answers.stored(answer_for(policy, plan.read(told, Standing.TOLD), plan=plan), plan), plan)
        found = helper.call("decide", policy=policy, facts=told)
        assert Answered(**{each: found[each] for each in Answered.__annotations__}) == expected, told


def told_of(policy: str) -> list[dict[str, str]]:
    """Return the facts of each of the policy's cases in the plan's book, as somebody tells them."""
    found = []
    for case in BOOK["cases"]:
        if case["policy"] == policy:
            facts = BOOK["base"][policy] | (case.get("facts") or {})
            known = {term: str(value) for term, value in facts.items() if value != "~"}
            if not ON_RECORD & known.keys() or known.get("broken_promises") == "0":
                found.append({term: value for term, value in known.items() if term not in ON_RECORD})
    return found


def _of(kept: Any, plan: Any) -> Answered:
    shown = answers.shown(kept, "en", plan=plan)
    return Answered(shown.outcome, shown.clause, shown.amount, shown.within, shown.conditional)


def _portal(policy: str, told: dict[str, str], plan: Any) -> Claim:
    """File as a stranger does, on the portal or by a program."""
    facts = plan.read(told, Standing.TOLD)
    who = {"name": "Lan", "contact": "lan@example.com"}
    case = filing.file(
        Filing(plan=plan, body="Nhờ giúp.", channel="web", language="vi", policy=policy, facts=facts, **who)
    )
    return case.claims.get()


def _phone(policy: str, told: dict[str, str], staff: Any, hoa: Any) -> Claim:
    """Let a colleague write down what somebody says on the telephone."""
    brought = desk.concern(hoa, channel="phone", told=told, topic="")
    return file_claim(brought, policy=policy, person=staff.agent)
