"""The tool that looks at a customer's own data: only of whom the conversation is about, and no more than is proved."""

from __future__ import annotations

from pydantic import Field

from tantam.desk.api.body import Told
from tantam.desk.api.mcp.calling import Answer, Calling, acting
from tantam.desk.assistants.actions import note_look
from tantam.desk.common import spoken
from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import Customer, Purchase

MOST_BOUGHT = 20
MOST_CASES = 20


class CustomerAsked(Told):
    """About whom."""

    case: str = Field(
        "", max_length=200, description="Their case. Leave it out only if your token belongs to one customer."
    )


class Bought(Answer):
    """Something they bought. handed_over: the day, "" if not yet."""

    number: str
    product: str
    price: str
    ordered: str
    handed_over: str


class TheirCase(Answer):
    """One of their cases."""

    case: str
    subject: str
    status: str


class CustomerData(Answer):
    """What may be told to this customer. name: "" where nothing is proved. told: what they told in the case, by term.

    purchases: those that are proved to be theirs. cases: theirs, only for a token that belongs to them.
    """

    name: str
    language: str
    address: str
    told: dict[str, str]
    purchases: list[Bought]
    cases: list[TheirCase]


@acting("Look at the customer's own data")
def customer_data(calling: Calling, asked: CustomerAsked) -> CustomerData:
    """Look at the data of the customer whom the conversation is about: of a case, the purchase that is proved in it and
    what they told; of a token that belongs to one customer, their purchases and cases. Every look is recorded. Tell
    the customer only what they ask for, and nobody else anything.
    """
    own = calling.assistant.customer
    if not asked.case:
        if own is None:
            raise Refused("needs_proof")
        calling.customer = own
        return _of(own, list(own.purchases.select_related("product").order_by("-ordered_at")[:MOST_BOUGHT]), {}, True)
    case = calling.reach(asked.case).case
    calling.customer = case.customer
    note_look(case, calling.assistant, "customer_data")
    told = {term: str(text) for term, text in case.told.items()}
    bought = [case.purchase] if case.purchase else []
    return _of(case.customer, bought, told, own is not None)


def _of(customer: Customer, bought: list[Purchase], told: dict[str, str], bound: bool) -> CustomerData:
    proved = bound or bool(bought)
    cases = customer.cases.order_by("-id")[:MOST_CASES] if bound else []
    return CustomerData(
        name=customer.name if proved else "",
        language=customer.language,
        address=customer.address,
        told=told,
        purchases=[_bought(each, customer.language) for each in bought],
        cases=[TheirCase(case=each.reference, subject=each.subject, status=each.status) for each in cases],
    )


def _bought(purchase: Purchase, lang: str) -> Bought:
    return Bought(
        number=purchase.number,
        product=purchase.product.name(lang),
        price=spoken.money(purchase.price_minor, purchase.currency),
        ordered=purchase.ordered_at.date().isoformat(),
        handed_over=purchase.handed_over_at.date().isoformat() if purchase.handed_over_at else "",
    )
