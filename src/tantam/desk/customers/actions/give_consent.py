"""Note that a customer agreed to something."""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.customers.consent import Word, keep
from tantam.desk.customers.models import Consent, Customer


def give_consent(customer: Customer, by: Person | None, word: Word) -> Consent:
    """Return the consent given. by: the colleague who heard it, None if the customer did it. Raises Refused."""
    return keep(customer, by, word, given=True)
