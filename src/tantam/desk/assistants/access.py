"""Which cases an assistant reaches: by the customer's proof, or by the scope that the plan gives its provider."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404

from tantam.desk.accounts.models import Person, Role
from tantam.desk.assistants.models import Doing, Proposal
from tantam.desk.assistants.whom import Assistant, scope
from tantam.desk.cases.access import MOST_DIGITS, case_by_link, reference
from tantam.desk.cases.joined import shown_to_customer
from tantam.desk.cases.models import Case
from tantam.desk.plans import RunningPlan

SHORTEST_KEY = 20  # letters of a private link's key; a reference has far fewer
RELATED = ("customer", "owner", "purchase__product")


@dataclass(frozen=True, slots=True)
class Reached:
    """A case. proved: its customer asks, by their private link or by a token that is bound to them."""

    case: Case
    proved: bool


def reach(assistant: Assistant, named: str, plan: RunningPlan) -> Reached:
    """Return the case that is named by its reference, its id, or its private link.

    Who has a link has the customer's proof; without one, a token bound to a customer reaches theirs, any other what is
    in the scope of its provider. What is not reached is not there: Raises Http404, Refused("assistant_gone").
    """
    allowed = scope(assistant, plan)
    key = named.strip().rstrip("/").rpartition("/")[2]
    if len(key) >= SHORTEST_KEY:
        found = Reached(case_by_link(key), True)
    elif assistant.customer is not None:
        found = Reached(shown_to_customer(_named(Case.objects.filter(customer=assistant.customer), key)), True)
    else:
        found = Reached(_named(_in_scope(assistant, plan), key), False)
    case, own = found.case, assistant.customer
    if case.department or (own is not None and case.customer_id != own.pk):
        raise Http404
    if not (assistant.admits_topic(case.topic) and allowed.admits_topic(case.topic)):
        raise Http404
    return found


def _in_scope(assistant: Assistant, plan: RunningPlan) -> QuerySet[Case]:
    """Return the cases that are in all that its provider names; none where it names nothing."""
    allowed = scope(assistant, plan)
    named = {"topic__in": allowed.topics, "channel__in": allowed.channels, "level__in": allowed.levels}
    said = {field: names for field, names in named.items() if names}
    return Case.objects.filter(Q(**said), department="") if said else Case.objects.none()


def _named(cases: QuerySet[Case], name: str) -> Case:
    if not name.isprintable():
        raise Http404
    digits = name.isascii() and name.isdigit() and len(name) <= MOST_DIGITS
    which = {"pk": int(name)} if digits else {"reference": reference(name)}
    found = cases.select_related(*RELATED).filter(**which).first()
    if found is None:
        raise Http404
    return found


def assistants() -> QuerySet[Person]:
    """Return the accounts of assistants, those that still serve first, by name."""
    return Person.objects.filter(role=Role.ASSISTANT).order_by("-is_active", "name", "pk")


def doings_for(person: Person) -> QuerySet[Doing]:
    """Return what assistants did, the newest first, for who oversees the company; nothing for others."""
    found = Doing.objects.order_by("-id")
    return found if person.is_active and person.oversees else found.none()


def proposal_of(case: Case, pk: int) -> Proposal:
    """Return what an assistant wrote in this case. Raises Http404."""
    found = Proposal.objects.select_related("person", "case").filter(case=case, pk=pk).first()
    if found is None:
        raise Http404
    return found
