"""An assistant at work: its account, and what its token leaves it of the scope that the plan gives its provider."""

from __future__ import annotations

from dataclasses import dataclass

from tantam.desk.accounts.models import Person, Role
from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import Customer
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.providers import Scope, scope_of
from tantam.desk.providers.stopping import stopped


@dataclass(frozen=True, slots=True)
class Assistant:
    """person: its account. token: the beginning of what it showed, "" for none.

    customer: the one whom alone it serves, None for whom its scope admits. topics: the only ones, () for all.
    """

    person: Person
    token: str = ""
    customer: Customer | None = None
    topics: tuple[str, ...] = ()

    def admits_topic(self, topic: str) -> bool:
        """Whether its token lets it serve this topic."""
        return not self.topics or topic in self.topics


def refuse_if_stopped(assistant: Assistant) -> None:
    """Raise Refused("assistant_stopped") where the plan stopped its provider: it writes, opens and grants nothing."""
    if assistant.person.provider in stopped():
        raise Refused("assistant_stopped")


def scope(assistant: Assistant, plan: RunningPlan) -> Scope:
    """Return what the plan lets the assistant serve. Raises Refused("assistant_gone") where it names it no more."""
    person = assistant.person
    found = scope_of(plan, person.provider)
    if found is None or person.role != Role.ASSISTANT or not person.is_active:
        raise Refused("assistant_gone")
    return found
