"""How customers are reached: one written form of an address, and who has proved that a purchase is theirs."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from tantam.desk import plans
from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import MOST_CONTACT, Contact, Customer, Purchase
from tantam.desk.customers.nameless import NETWORKS

BY_NUMBER = ("zalo", "whatsapp", "viber", "signal")  # networks that go by telephone numbers
_NOBODY = "\x1f"  # is no contact's value


def normal_mail(written: str) -> str:
    """Return a mail address as it is kept: no spaces around, all lower case, the domain in ASCII. "" if it is none."""
    text = unicodedata.normalize("NFKC", written).strip().lower()
    name, _, domain = text.rpartition("@")
    try:
        kept = f"{name}@{domain.encode('idna').decode()}"
        validate_email(kept)
    except (UnicodeError, ValidationError):
        return ""
    return kept if len(kept) <= MOST_CONTACT else ""


def normal_phone(written: str, country: str = "") -> str:
    """Return a telephone number as it is kept, such as `+84912345678`; "" if it cannot be one.

    country: two letters, for numbers written without +; "" for that of the plan in force.
    """
    import phonenumbers  # half a megabyte of tables that few requests need

    if not any(each.isdigit() for each in written) or len(written) > MOST_CONTACT:
        return ""
    try:
        number = phonenumbers.parse(written, country or plans.in_force().country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def normal(written: str, country: str = "") -> tuple[Contact.Kind, str] | None:
    """Return what was written as (kind, kept form), whichever it is; None if it is neither."""
    if mail := normal_mail(written) if "@" in written else "":
        return Contact.Kind.MAIL, mail
    if phone := normal_phone(written, country):
        return Contact.Kind.PHONE, phone
    return None


def normal_handle(written: str, network: str, country: str = "") -> str:
    """Return somebody's name in a network as it is kept: a telephone number where the network goes by them; "" if none.

    network: of NETWORKS, else "" is returned.
    """
    text = unicodedata.normalize("NFKC", written).strip().lstrip("@")
    if network not in NETWORKS or not text or len(text) > MOST_CONTACT or any(each.isspace() for each in text):
        return normal_phone(written, country) if network in BY_NUMBER else ""
    return (network in BY_NUMBER and normal_phone(text, country)) or text.casefold()


def find_customer(*, mail: str = "", phone: str = "", country: str = "") -> Customer | None:
    """Return the customer with this mail address; only where no mail is given, the one with this telephone number.

    Of several the first that we knew. A telephone number never stands in for a mail address: whoever types somebody
    else's number must not have answers sent there, or be taken for them.
    """
    found = normal(mail, country) if mail else normal(phone, country)
    if found is None:
        return None
    kind, value = found
    return Customer.objects.filter(contacts__kind=kind, contacts__value=value).order_by("pk").first()


def mail_of(customer: Customer) -> str:
    """Return the mail address that we write to, as `mail_contact` chooses it; "" if there is none."""
    chosen = mail_contact(customer)
    return chosen.value if chosen else ""


def mail_contact(customer: Customer) -> Contact | None:
    """Return where we write to: an address that takes mail, of those the preferred one, else a verified one, the first.

    Where mail came back from all of them, it is still the best of these: an answer is never left unsent.
    """
    mails = [each for each in customer.contacts.all() if each.kind == Contact.Kind.MAIL]
    return min(mails, key=_in_order, default=None)


def _in_order(contact: Contact) -> tuple[bool, bool, bool, int]:
    return contact.bounced_at is not None, not contact.preferred, contact.verified_at is None, contact.pk


def proved(purchase_number: str, contact: str, country: str = "") -> Purchase | None:
    """Return the purchase if `contact` (mail or telephone) is one of its buyer's, else None.

    None says nothing about whether the number exists: one query, the same for whatever is wrong.
    """
    kind, value = normal(contact, country) or (Contact.Kind.MAIL, _NOBODY)
    number = "".join(purchase_number.replace("\x00", "").split()).upper()
    bought = Purchase.objects.select_related("customer", "product")
    return bought.filter(number=number, customer__contacts__kind=kind, customer__contacts__value=value).first()


def masked(value: str) -> str:
    """Return an address with its middle hidden: enough to recognise it, not to copy it. `an•••@example.com`."""
    name, at, domain = value.partition("@")
    if at:
        return f"{name[:2]}•••@{domain}"
    return f"{value[:-7]}•••{value[-3:]}" if len(value) > 7 else "•••"


def contact_of(customer: Customer, pk: int) -> Contact:
    """Return one of the customer's contacts. Raises Refused("contact_gone")."""
    found = customer.contacts.filter(pk=pk).first()
    if found is None:
        raise Refused("contact_gone")
    return found
