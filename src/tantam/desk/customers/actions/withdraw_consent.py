"""Note that a customer takes consent back, or never gave it and says so."""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.customers.consent import Word, keep
from tantam.desk.customers.models import Consent, Customer


def withdraw_consent(customer: Customer, by: Person | None, word: Word) -> Consent:
    """Return the consent withdrawn. by: the colleague who heard it, None if the customer did it. Raises Refused."""
    return keep(customer, by, word, given=False)
