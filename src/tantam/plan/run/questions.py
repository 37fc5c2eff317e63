"""What to ask a customer: only what is unknown and would matter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tantam.plan.errors import UnknownName
from tantam.plan.run.answers import Answer, Choice, Question
from tantam.plan.run.case import Case, case_of
from tantam.plan.run.decide import answer
from tantam.plan.run.facts import Given
from tantam.plan.sections import Plan
from tantam.plan.sections.clauses import Policy, TermClause
from tantam.plan.tables.nodes import Expr
from tantam.plan.tables.reach import given_below
from tantam.plan.tables.types import Duration, Money, OneOf, SomeOf, Type, YesNo
from tantam.plan.tables.values import Family
from tantam.plan.words import LANGUAGES, say

# The unit a duration is asked in; days where it may be of any family.
UNITS = {Family.CALENDAR: "days", Family.WORKING: "working days", Family.EXACT: "h"}


def questions(plan: Plan, policy: str, known: Given, *, now: datetime) -> tuple[Question, ...]:
    """Return the questions whose answers the policy still needs, in the order in which they would be asked.

    The first is what the answer waits for; the others may fall away once it is answered. A term is left out if it is
    known, has no `ask`, or can no longer matter. Raises UnknownName, BadFact.
    """
    clause = plan.policy(policy)
    case = case_of(plan, known, now=now)
    current = answer(case, clause)
    if current.outcome != "ask":
        wanted: Iterable[str] = current.missing
    else:
        wanted = _still_open(case, clause, current)
    return tuple(question(plan, term) for term in dict.fromkeys(wanted) if _askable(case, term))


def question(plan: Plan, term: str) -> Question:
    """Return the question for one term, whether or not it has an `ask`. Raises UnknownName."""
    clause = plan.terms.get(term)
    if clause is None:
        raise UnknownName("term", term, list(plan.terms))
    words = clause.ask or clause.label or dict.fromkeys(plan.languages, term.replace("_", " "))
    return Question(term, words, kind(clause.type), _choices(clause), _unit(plan, clause), clause.proof)


def kind(type_: Type) -> str:
    """Return the type's name as the plan writes it: `one_of`, `money` …"""
    names = {"YesNo": "yes_no", "OneOf": "one_of", "SomeOf": "some_of", "ListOf": "list", "RecordOf": "record"}
    name = type(type_).__name__
    return names.get(name, name.lower())


def _askable(case: Case, term: str) -> bool:
    clause = case.plan.terms.get(term)
    return clause is not None and bool(clause.ask) and term not in case.values


def _still_open(case: Case, policy: Policy, current: Answer) -> list[str]:
    """Return the unknown given terms of the policy that a row still in play speaks of, the next one first."""
    first = [current.ask] if current.ask else []
    exprs: list[Expr] = [case.plan.requirements[name].must for name in policy.needs]
    for table in (policy.must, policy.decides):
        for row in table.rows if table else ():
            conditions = [each.expr for each in row.conditions if each]
            if not any(case.holds(each).value is False for each in conditions):
                exprs += conditions
    rested_on = (term for expr in exprs for term in given_below((expr,), case.plan.scope))
    return first + [term for term in rested_on if term not in case.values]


def _choices(clause: TermClause) -> tuple[Choice, ...]:
    match clause.type:
        case OneOf(values=values) | SomeOf(values=values):
            return tuple(Choice(value, clause.values.get(value) or _spelled(value)) for value in values)
        case YesNo():
            return tuple(
                Choice(each, {lang: say(f"spoken_{each}", lang) for lang in LANGUAGES}) for each in ("yes", "no")
            )
        case _:
            return ()


def _spelled(value: str) -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, value.replace("_", " "))


def _unit(plan: Plan, clause: TermClause) -> str:
    match clause.type:
        case Money(currency=currency):
            return currency
        case Duration(family=family):
            return UNITS[family] if family else "days"
        case _:
            return next(iter(clause.unit.values()), "")
