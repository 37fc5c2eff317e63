"""Give a customer back whom one was about to call."""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.calls.models import Callback


def leave_call(person: Person) -> None:
    """Let others call whom the person held; holding nobody is harmless."""
    Callback.objects.filter(claimed_by=person).update(claimed_by=None, claimed_until=None)
