"""Who is served, how they are reached and may be, whose they are, what they bought and what was agreed with them."""

from tantam.desk.customers.models.buying import Product, Purchase
from tantam.desk.customers.models.consents import Consent, Purpose
from tantam.desk.customers.models.contracts import MOST_NUMBER, Contract, ContractPromise
from tantam.desk.customers.models.goods import MOST_SERIAL, MOST_TRACKING, Delivery, Unit
from tantam.desk.customers.models.people import MOST_NAME, Change, Customer, Membership, NamePart
from tantam.desk.customers.models.reach import MOST_CONTACT, MOST_STATUS, Contact, PostalAddress

__all__ = [
    "MOST_CONTACT",
    "MOST_NAME",
    "MOST_NUMBER",
    "MOST_SERIAL",
    "MOST_STATUS",
    "MOST_TRACKING",
    "Change",
    "Consent",
    "Contact",
    "Contract",
    "ContractPromise",
    "Customer",
    "Delivery",
    "Membership",
    "NamePart",
    "PostalAddress",
    "Product",
    "Purchase",
    "Purpose",
    "Unit",
]
