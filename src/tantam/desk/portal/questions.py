"""What a concern still asks on the portal: nothing that a proved purchase tells."""

from __future__ import annotations

from django import forms

from tantam.desk.common import clock
from tantam.desk.customers.facts import facts_of
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.asking import facts_from, said_in_words, still_asked
from tantam.desk.plans.topics import Topic
from tantam.desk.portal.ticket import Ticket


def questions_of(plan: RunningPlan, ticket: Ticket, lang: str) -> dict[str, forms.Field]:
    """Return {field name: field} of what a concern still needs: what places it, then what its policy asks."""
    now, purchase = clock.now(), ticket.purchase
    recorded = facts_of(purchase.customer, purchase, now) if purchase else {}
    known = plan.terms_of(recorded, {}, now)
    return still_asked(plan, Topic(ticket.topic, "", policy=ticket.policy), known, lang)


__all__ = ["facts_from", "questions_of", "said_in_words"]
