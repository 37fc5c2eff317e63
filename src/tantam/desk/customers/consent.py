"""Whether a customer agreed to something, by purpose and channel: the latest word counts."""

from __future__ import annotations

from tantam.desk.customers.models import Consent, Customer, Purpose

UNASKED = (Purpose.SERVICE,)  # allowed until they say no: who asks for help wants an answer


def may(customer: Customer, purpose: str, channel: str) -> bool:
    """Return whether we may do this on this channel; one query, none for prefetched `consents`.

    purpose: of Purpose; channel: a name in the plan. What was said about all channels counts for each; the latest
    word counts. Raises ValueError for a purpose that there is not.
    """
    asked = Purpose(purpose)
    said = [
        each for each in customer.consents.all() if each.purpose == asked and each.channel in ("", channel)
    ]
    latest: Consent | None = max(said, key=lambda each: each.pk, default=None)
    return latest.given if latest else asked in UNASKED
