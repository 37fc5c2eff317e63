"""What a provider's people are shown of a customer: who they are, how to care for them, and the cases that they have.

How to reach them stands on the case, hidden until somebody asks; the rest is the house's.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings

from tantam.desk.cases.access import cases_for
from tantam.desk.common import clock
from tantam.desk.customers.models import Customer
from tantam.desk.web import case_words, group_page
from tantam.desk.web.customer_forms import ADDRESSES
from tantam.desk.web.customer_page import MOST, Reader, owed
from tantam.desk.web.leaves import leaf


def customer_in_part(customer: Customer, reader: Reader) -> dict[str, Any]:
    """Return the context of web/customer_in_part.html."""
    now, plan, lang = clock.now(), reader.plan, reader.lang
    groups = group_page.groups_of(customer, plan, lang, now)
    cases = cases_for(reader.person).filter(customer=customer).select_related("owner").prefetch_related("promises")
    return {
        "customer": customer,
        "language_name": dict(settings.LANGUAGES).get(customer.language, customer.language),
        "address_words": dict(ADDRESSES).get(customer.address, ""),
        "groups": [each.label for each in groups],
        "care": [(plan.word(each.words, lang), each.group) for each in plan.care(each.name for each in groups)],
        "cases": leaf(cases.order_by("-id"), reader.asked, most=MOST, name="cases", at="cases").of(
            lambda each: (each, *owed(plan, each, now), case_words.place(plan, each))
        ),
    }
