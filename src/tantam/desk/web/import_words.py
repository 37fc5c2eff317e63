"""How imports are said: what the fields of a mapping are called, what became of a row, how far one is."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, npgettext
from django.utils.translation import gettext_lazy as _

from tantam.desk.common import spoken
from tantam.desk.customers.nameless import NETWORKS
from tantam.desk.imports.meaning.file_wrong import FILE_WRONGS
from tantam.desk.imports.models import Import

FIELDS: dict[str, str | Promise] = {
    "id": _("Number there"),
    "name": _("Name"),
    "family_name": _("Family name"),
    "given_name": _("Given name"),
    "mail": _("Mail"),
    "phone": _("Telephone"),
    "kind": _("Person or organisation"),
    "organisation": _("Organisation"),
    "address": _("Form of address"),
    "language": _("Language"),
    "birthday": _("Birthday"),
    "birth_year": _("Year of birth"),
    "since": _("Customer since"),
    "street": _("Street and house"),
    "postcode": _("Postcode"),
    "city": _("Town"),
    "country": _("Country"),
    "timezone": _("Time zone"),
    "note": _("Note"),
    "number": _("Purchase number"),
    "customer": _("Customer’s number there"),
    "sku": _("Product number"),
    "product": _("Product"),
    "line": _("Line of products"),
    "price": _("Price"),
    "currency": _("Currency"),
    "ordered": _("Ordered"),
    "handed_over": _("Handed over"),
    "contract": _("Number of the contract"),
    "contract_kind": _("Kind of contract"),
    "begins": _("First day"),
    "ends": _("Last day"),
    "ended": _("Given up from"),
    "renews_months": _("Goes on by how many months"),
    "notice_days": _("Notice, in days"),
    "products": _("Only for these products"),
    "site": _("Place"),
    "promise": _("Promises of its own"),
    "terms": _("What else was agreed"),
    "serial": _("Serial number"),
    "purchase": _("Purchase’s number there"),
    "delivery": _("Number of the delivery"),
    "due": _("To arrive by"),
    "arrived": _("Arrived on"),
    "tracking": _("Tracking number"),
    "carrier": _("Carrier"),
    "called_off": _("Called off on"),
    "reason": _("Reason, for the customer"),
    "contacts": _("Ways to reach them"),
    "place": _("Address"),
    **NETWORKS,
}
BECOMES: dict[str, str | Promise] = {
    "new": _("new"),
    "matched": _("known already"),
    "changed": _("changed"),
    "same": _("the same"),
    "rejected": _("not taken"),
}
FOUND_BY: dict[str, str | Promise] = {
    "id": _("by the number there"),
    "mail": _("by the mail address and a name that fits"),
    "phone": _("by the telephone number and a name that fits"),
    "handle": _("by the name in a network and a name that fits"),
    "number": _("by its number"),
}
SYSTEMS = {
    "zendesk": "Zendesk",
    "freshdesk": "Freshdesk",
    "osticket": "osTicket",
    "zammad": "Zammad",
    "hubspot": "HubSpot",
}
BUILT_IN = SYSTEMS | {"vcard": "vCard"}


def state(held: Import) -> str:
    """Return how far an import is, in a word or two."""
    if held.state == Import.State.RUNNING:
        return gettext("under way, %(percent)s") % {"percent": spoken.percent(held.progress / 100)}
    return str(Import.State(held.state).label)


def came_to(held: Import) -> list[tuple[str, int, str]]:
    """Return (code, how many, words) of what rows became, of those that any became."""
    codes = {code: getattr(held, code) for code in BECOMES}
    return [(code, count, said(code, count)) for code, count in codes.items() if count]


def said(code: str, count: int) -> str:
    """Return how many rows became something, in words."""
    match code:
        case "new":
            words = npgettext("rows", "%(n)s new", "%(n)s new", count)
        case "matched":
            words = ngettext("%(n)s known already", "%(n)s known already", count)
        case "changed":
            words = ngettext("%(n)s changed", "%(n)s changed", count)
        case "same":
            words = ngettext("%(n)s the same", "%(n)s the same", count)
        case _:
            words = ngettext("%(n)s not taken", "%(n)s not taken", count)
    return words % {"n": spoken.number(count)}


def trouble(held: Import) -> str:
    """Return why an import was given up; "" if it was not."""
    return str(FILE_WRONGS[held.trouble]) if held.trouble in FILE_WRONGS else ""
