"""Decide what a colleague asked to be approved."""

from __future__ import annotations

from typing import Literal

from tantam.desk.accounts.models import Person
from tantam.desk.claims.models import Approval
from tantam.desk.common.errors import Refused
from tantam.desk.common.money import Money

Verdict = Literal["approve", "change", "refuse"]


def decide_approval(
    approval: Approval, person: Person, verdict: Verdict, *, amount: Money | None = None, note: str = ""
) -> Approval:
    """Return the request, decided. amount: of `change`. Raises Refused."""
    raise Refused("not_allowed")
