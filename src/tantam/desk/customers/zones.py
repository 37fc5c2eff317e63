"""Which clocks a customer lives by: as they told, else those of their telephone number; None where nobody knows."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tantam.desk.customers.models import Contact, Customer


def zone_of(customer: Customer, number: str) -> ZoneInfo | None:
    """Return the zone that a customer lives in: as they told, else that of their number where it has but one."""
    return _zone(customer.timezone) or _zone_of_number(number)


def known_zone(customer: Customer) -> ZoneInfo | None:
    """Return the same by whatever numbers are on record, the preferred one first."""
    if zone := _zone(customer.timezone):
        return zone
    phones = customer.contacts.filter(kind=Contact.Kind.PHONE).order_by("-preferred", "id").values_list("value")
    return next((zone for (number,) in phones if (zone := _zone_of_number(number))), None)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _zone_of_number(number: str) -> ZoneInfo | None:
    """Return the zone of a number, None where it may be in several; a mobile number is where it was given out."""
    import phonenumbers  # half a megabyte of tables that few requests need
    from phonenumbers import timezone

    try:
        named = timezone.time_zones_for_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return None
    return _zone(named[0]) if len(named) == 1 and "/" in named[0] else None
