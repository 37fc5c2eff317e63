"""A colleague fills in what a customer told of themselves."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.customers.editing import hold, note, regroup
from tantam.desk.customers.models import Customer
from tantam.desk.customers.traits import Unread
from tantam.desk.groups.counting import recount
from tantam.desk.groups.models import MOST_TEXT, Told
from tantam.desk.groups.telling import free_terms
from tantam.desk.plans import BadFact, RunningPlan, Standing, UnknownName


def fill_in(customer: Customer, by: Person, written: Mapping[str, str]) -> list[str]:
    """Return the terms that differ now; what is written empty is forgotten. Groups and open cases follow.

    written: by the name of a free term. Raises Unread with each value that its term does not take, Refused:
    not_allowed, customer_merged.
    """
    plan = plans.in_force()
    with transaction.atomic():
        held = hold(customer, by)
        values = _read(plan, {term: written[term].strip() for term in free_terms(plan) if term in written})
        before = dict(Told.objects.filter(customer=held, term__in=values).values_list("term", "text"))
        changed = [term for term, text in values.items() if before.get(term, "") != text]
        for term in changed:
            _keep(held, by, term, values[term])
        if changed:
            note(held, by, "traits_filled", changed)
            recount([held.pk], plan, clock.now())
            regroup(held)
        return changed


def _keep(customer: Customer, by: Person, term: str, text: str) -> None:
    mine = Told.objects.filter(customer=customer, term=term)
    if not text:
        mine.delete()
    else:
        Told.objects.update_or_create(
            customer=customer, term=term, defaults={"text": text, "at": clock.now(), "by": by}
        )


def _read(plan: RunningPlan, written: Mapping[str, str]) -> dict[str, str]:
    """Return what was written as fact text, "" for what is left empty. Raises Unread."""
    found: dict[str, str] = {}
    refusals: dict[str, Refused] = {}
    for term, text in written.items():
        try:
            facts = plan.read({term: text}, Standing.RECORDED, clock.now())
            found[term] = plan.fact_text(term, facts[term]) if text else ""
        except (BadFact, UnknownName):
            refusals[term] = Refused("unknown_value", got=text[:40])
        else:
            if len(found[term]) > MOST_TEXT:
                refusals[term] = Refused("too_long", most=MOST_TEXT)
    if refusals:
        raise Unread(refusals)
    return found
