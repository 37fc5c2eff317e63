"""Find the customer who writes to us, or take them on with what they told us."""

from __future__ import annotations

from tantam.desk.customers.models import Customer


def welcome(*, name: str, mail: str = "", phone: str = "", language: str, country: str = "VN") -> Customer:
    """Return the customer with this contact, or a new one. A known customer's stored name and data stay as they are.

    Raises Refused("no_contact") when neither a mail address nor a telephone number can be read.
    """
    raise NotImplementedError
