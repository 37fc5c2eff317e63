"""A purchase of the example's year that a visitor may say something about."""

from __future__ import annotations

from tantam.desk.customers.models import Contact, Customer, Purchase


def purchase_to_try() -> tuple[str, str] | None:
    """Return the number of the purchase handed over last to a person with a mail address, and that address."""
    with_mail = Contact.objects.filter(kind=Contact.Kind.MAIL, customer__kind=Customer.Kind.PERSON)
    latest = Purchase.objects.filter(handed_over_at__isnull=False, customer__in=with_mail.values("customer"))
    purchase = latest.order_by("-handed_over_at").first()
    if purchase is None:
        return None
    return purchase.number, with_mail.filter(customer=purchase.customer_id).values_list("value", flat=True)[0]
