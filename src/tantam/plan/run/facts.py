"""Facts about one case: how their text is read by the type of their term, and how it is written back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tantam.plan.run.answers import Fact, Standing

if TYPE_CHECKING:
    from tantam.plan.sections import Plan

Given = Mapping[str, Any]  # by term: a Fact, a fact text ("12 days", "500000 VND", "ours"), or a plain JSON value


def read_fact(plan: Plan, term: str, got: object, *, now: datetime, standing: Standing = Standing.TOLD) -> Fact:
    """Return `got` as a fact of `term`.

    got: fact text, a plain JSON value, or a Fact (returned as it is). A `since` term takes a moment or a date
    and gives the age up to `now`, or takes an age. Raises UnknownName for a term that the plan does not have,
    BadFact, which says what is allowed, for a value outside its domain.
    """
    raise NotImplementedError


def read_facts(plan: Plan, given: Given, *, now: datetime, standing: Standing | None = None) -> dict[str, Fact]:
    """Return all of `given` as facts; `"~"` and None are left out, for they are unknown.

    standing: of plain values; None means recorded where the term has `from` or `since`, else told.
    """
    raise NotImplementedError


def fact_text(plan: Plan, term: str, fact: Fact) -> str:
    """Return the fact as text that `read_fact` reads back to the same value; lists and records as JSON."""
    raise NotImplementedError
