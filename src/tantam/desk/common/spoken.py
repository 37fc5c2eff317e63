"""Says lengths of time, instants, shares and money as a person reads them, in the language and zone of the page."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext, ngettext

from tantam.desk.common.money import MINOR_DIGITS

HOUR = 60
DAY = 24 * HOUR
SIGNS = {"VND": "₫", "EUR": "€", "USD": "US$", "GBP": "£"}


def length(minutes: float) -> str:
    """Return a length of time: `38 min`, `2 h 05 min`, `3 days`. minutes: any sign; the sign is not said."""
    whole = round(abs(minutes))
    if whole < HOUR:
        return gettext("%(minutes)s min") % {"minutes": whole}
    if whole < DAY:
        hours, rest = divmod(whole, HOUR)
        if not rest:
            return gettext("%(hours)s h") % {"hours": hours}
        return gettext("%(hours)s h %(minutes)02d min") % {"hours": hours, "minutes": rest}
    days = round(whole / DAY)
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def hours(minutes: float) -> str:
    """Return a length of time without days, for a clock whose days are shorter than 24 hours: `38 min`, `1,632 h`."""
    if abs(minutes) < DAY:
        return length(minutes)
    return gettext("%(hours)s h") % {"hours": number(abs(minutes) / HOUR)}


def instant(at: datetime, now: datetime) -> str:
    """Return `16:30` for today, `Mon 09:30` within six days, else `20 Nov`, with the year if it is another.

    at, now: aware; read in the page's zone.
    """
    local, today = timezone.localtime(at), timezone.localtime(now)
    clock = local.strftime("%H:%M")
    away = (local.date() - today.date()).days
    if away == 0:
        return clock
    if abs(away) <= 6:
        return f"{date_format(local, 'D')} {clock}"
    return day(at, now)


def day(at: datetime, now: datetime) -> str:
    """Return the date as briefly as the language writes it: `20 Nov`, `20.11.`, `20/11`."""
    local = timezone.localtime(at)
    same_year = local.year == timezone.localtime(now).year
    match get_language():
        case "de":
            return local.strftime("%d.%m." if same_year else "%d.%m.%Y")
        case "vi":
            return local.strftime("%d/%m" if same_year else "%d/%m/%Y")
        case _:
            return date_format(local, "j M" if same_year else "j M Y")


def day_long(at: datetime) -> str:
    """Return weekday and date in words: `Friday 20 November`."""
    local = timezone.localtime(at)
    match get_language():
        case "de":
            return f"{date_format(local, 'l')}, {local.day}. {date_format(local, 'F')}"
        case "vi":
            return f"{date_format(local, 'l')} {local.strftime('%d/%m')}"
        case _:
            return date_format(local, "l j F")


def due(at: datetime, now: datetime) -> str:
    """Return how a promise due at `at` is said: minutes within the hour, else the instant; late ones by how much."""
    left = (at - now) / timedelta(minutes=1)
    if left < 0:
        return gettext("%(length)s late") % {"length": length(-left)}
    return length(left) if near(at, now) else instant(at, now)


def near(at: datetime, now: datetime) -> bool:
    """Return whether what is due at `at` is said in minutes, not as an instant."""
    return at - now < timedelta(minutes=HOUR)


def money(minor: int, currency: str) -> str:
    """Return an amount as the language writes it: `8.990.000 ₫`, in English `₫8,990,000`.

    minor: in minor units of `currency`.
    """
    digits = MINOR_DIGITS.get(currency, 2)
    amount = number_format(minor / 10**digits if digits else minor, digits, use_l10n=True, force_grouping=True)
    sign = SIGNS.get(currency, currency)
    if get_language() != "en":
        return f"{amount} {sign}"
    return f"{sign}{amount}" if len(sign) == 1 else f"{sign} {amount}"


def percent(share: float, digits: int = 0) -> str:
    """Return a share of 1 as per cent: `96,8 %`, in English `96.8%`."""
    return number(share * 100, digits) + ("%" if get_language() == "en" else " %")


def number(value: float, digits: int = 0) -> str:
    """Return a number, rounded to `digits` and grouped as the language groups it."""
    return number_format(round(value, digits) if digits else round(value), digits, use_l10n=True, force_grouping=True)


def inside(label: str) -> str:
    """Return a label as it stands inside a sentence: small at its start, but for names; German keeps its capitals."""
    first, _, _ = label.partition(" ")
    kept = get_language() == "de" or first[1:] != first[1:].lower()
    return label if kept else label[:1].lower() + label[1:]


def initial(name: str) -> str:
    """Return the letter of a person's sign: of the given name, which Vietnamese writes last."""
    words = name.split()
    if not words:
        return "?"
    return (words[-1] if any(ord(each) > 0x17F for each in name) else words[0])[0].upper()
