"""A replay says what triage and owed say, case by case, where all that was looked for is there or known to nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tantam.plan.run import fact_text, owed, read_facts, triage
from tantam.plan.run.promises import kinds
from tantam.plan.sections import Plan
from tantam.plan.whatif import PastCase, Turn, replay
from tests.plan.whatif.cases import plan
from tests.support.plans import company, shop
from tests.support.proving import examples

PLANS = {
    "shop": shop(),
    "ben-xuan": company("ben-xuan"),
    "small": plan(),
}
YEAR = datetime(2026, 1, 1, tzinfo=UTC)
TEXTS: dict[str, list[str]] = {
    "age": ["20", "29", "64", "65"],
    "owned": ["0 days", "400 days", "2025-11-21"],
    "price": ["100 VND", "9000000 VND"],
    "purchases": ["1", "5"],
    "spent_last_year": ["0 VND", "20000000 VND"],
    "danger": ["yes", "no"],
    "lives_alone": ["yes", "no"],
    "business": ["yes", "no"],
}


def texts(of: Plan) -> dict[str, list[str]]:
    """Return some texts for each term that a case may know."""
    chosen = {name: list(clause.values) for name, clause in of.terms.items() if clause.values and not clause.computed}
    known = {name: values for name, values in (chosen | TEXTS).items() if name in of.terms}
    return {name: values for name, values in known.items() if name not in ("stage", "severity", "level", "group")}


@st.composite
def cases(draw: st.DrawFn) -> tuple[Plan, list[PastCase]]:
    of = PLANS[draw(st.sampled_from(sorted(PLANS)))]
    terms = texts(of)
    told = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in terms.items()})
    opened = st.integers(0, 365 * 24 * 60).map(lambda minutes: YEAR + timedelta(minutes=minutes))
    found = draw(st.lists(st.tuples(told, told, opened), min_size=1, max_size=8))
    return of, [
        PastCase(key, "desk", str(key), at, told=one, recorded=other, asked=frozenset(of.terms), turns=(Turn(at),))
        for key, (one, other, at) in enumerate(found, start=1)
    ]


def asked(of: Plan, past: PastCase) -> dict[str, Any]:
    """Return what the desk would know of the case as it opens it."""
    own = {"reopened": "0", "broken_promises": "0", "opened": past.opened.isoformat()}
    own_terms = {
        name: own[clause.source.removeprefix("case.")]
        for name, clause in of.terms.items()
        if clause.source.removeprefix("case.") in own and clause.source.startswith("case.")
    }
    return read_facts(of, own_terms | dict(past.told) | dict(past.recorded), now=past.opened)


@settings(max_examples=examples(150), deadline=None)
@given(cases())
def test_replay_is_triage_and_owed_case_by_case(given_cases: tuple[Plan, list[PastCase]]) -> None:
    of, pasts = given_cases
    found = replay(of, pasts, until=YEAR + timedelta(days=800))
    assert not found.lacks and not found.refused
    for past in pasts:
        case, facts = found.cases[past.key], asked(of, past)
        placed = triage(of, facts, now=past.opened)
        assert (case.stage, case.severity, case.level) == (placed.stage, placed.severity, placed.level)
        assert case.clause == placed.because.clause
        where = {"stage": placed.stage, "severity": placed.severity, "level": placed.level}
        own = {name: where[name] for name in where if name in of.terms and not of.terms[name].computed}
        said = owed(of, facts | read_facts(of, own, now=past.opened), start=past.opened)
        due = {each.kind: (each.because.clause, each.due) for each in said if each.due > past.opened}
        assert {each.kind: (each.clause, each.due) for each in case.promises} == due


def test_the_plans_have_promises_to_replay() -> None:
    assert all(any(kinds(table) for table in each.promises.tables) for each in PLANS.values())


def test_facts_are_read_as_the_desk_writes_them() -> None:
    of = PLANS["ben-xuan"]
    for term, values in texts(of).items():
        for fact in read_facts(of, {term: values[0]}, now=YEAR).values():
            assert read_facts(of, {term: fact_text(of, term, fact)}, now=YEAR)[term].value == fact.value
