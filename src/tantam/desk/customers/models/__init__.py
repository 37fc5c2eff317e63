"""Who is served, how they are reached and may be, whose they are, and what they bought."""

from tantam.desk.customers.models.buying import Product, Purchase
from tantam.desk.customers.models.consents import Consent, Purpose
from tantam.desk.customers.models.people import MOST_NAME, Change, Customer, Membership, NamePart
from tantam.desk.customers.models.reach import MOST_CONTACT, MOST_STATUS, Contact, PostalAddress

__all__ = [
    "MOST_CONTACT",
    "MOST_NAME",
    "MOST_STATUS",
    "Change",
    "Consent",
    "Contact",
    "Customer",
    "Membership",
    "NamePart",
    "PostalAddress",
    "Product",
    "Purchase",
    "Purpose",
]
