"""How customers are reached: one written form of an address, and who has proved that a purchase is theirs."""

from __future__ import annotations

from tantam.desk.customers.models import Contact, Customer, Purchase


def normal_mail(written: str) -> str:
    """Return a mail address as it is kept: no spaces around, all lower case, the domain in ASCII. "" if it is none."""
    raise NotImplementedError


def normal_phone(written: str, country: str) -> str:
    """Return a telephone number as it is kept, such as `+84912345678`; "" if it cannot be one.

    country: two letters, for numbers written without +; that of the plan.
    """
    raise NotImplementedError


def normal(written: str, country: str) -> tuple[Contact.Kind, str] | None:
    """Return what was written as (kind, kept form), whichever it is; None if it is neither."""
    raise NotImplementedError


def find_customer(*, mail: str = "", phone: str = "", country: str = "VN") -> Customer | None:
    """Return the one customer with this mail address, else with this telephone number; None if none or several."""
    raise NotImplementedError


def proved(purchase_number: str, contact: str, country: str = "VN") -> Purchase | None:
    """Return the purchase if `contact` (mail or telephone) is one of its buyer's, else None.

    None says nothing about whether the number exists, and takes as long.
    """
    raise NotImplementedError
