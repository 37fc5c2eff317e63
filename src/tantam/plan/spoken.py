"""How a value is said in a language: numbers, money, spans, ranges, dates; knows no plan and no labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

from tantam.plan.tables.values import Amount, Every, Family, Range, Span, minor_digits, number_text
from tantam.plan.words import say

SYMBOLS = {"VND": "₫", "EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩"}
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# After these words German puts what is counted in the dative: "bis 3 Tage", but "innerhalb von 3 Tagen".
DATIVE_AFTER = re.compile(r"\b(?:von|binnen|nach|in|seit|mit|vor|aus|zu|bei|ab)\s+$", re.IGNORECASE)
DATIVE = re.compile(r"\b((?:Arbeits)?[Tt]age|Monate|Jahre)\b")
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def spoken(value: Any, lang: str) -> str:
    """Return the value as a person who speaks `lang` writes it; words, which have no language here, as they are.

    lang: vi, de, en; any other is written as en. Moments are written in the zone that they are in.
    """
    match value:
        case None:
            return ""
        case bool():
            return say("spoken_yes" if value else "spoken_no", lang)
        case int() | Fraction():
            return number(value, lang)
        case Amount():
            return money(value, lang)
        case Span():
            return span(value, lang)
        case Range():
            return between(value, lang)
        case Every():
            return every(value, lang)
        case datetime():
            return say("spoken_day_and_time", lang, day=day(value.date(), lang), time=f"{value:%H:%M}")
        case date():
            return day(value, lang)
        case time():
            return f"{value:%H:%M}"
        case frozenset():
            return ", ".join(sorted(spoken(each, lang) for each in value))
        case tuple() | list():
            return ", ".join(spoken(each, lang) for each in value)
        case Mapping():
            return ", ".join(f"{key}: {spoken(each, lang)}" for key, each in value.items())
        case _:
            return str(value)


def filled(template: str, args: Mapping[str, Any], lang: str) -> str:
    """Return the text with its `{placeholders}` said in `lang`; a str is put in as it is, an unknown one stays.

    In German a span bends after a preposition that asks for the dative: "innerhalb von 3 Tagen".
    """

    def one(found: re.Match[str]) -> str:
        if found[1] not in args:
            return found[0]
        value = args[found[1]]
        words = spoken(value, lang)
        if lang == "de" and isinstance(value, Span | Range) and DATIVE_AFTER.search(template[: found.start()]):
            return DATIVE.sub(r"\1n", words)
        return words

    return PLACEHOLDER.sub(one, template)


def number(value: int | Fraction, lang: str) -> str:
    """Return a number with its groups of three and at most six digits after the point."""
    whole, _, rest = number_text(value, 6).partition(".")
    return _grouped(whole, lang) + (f"{_point(lang)}{rest}" if rest else "")


def percent(value: int | Fraction, lang: str) -> str:
    """Return a share: 0.9 as `90 %`, in English `90%`."""
    return number(value * 100, lang) + ("%" if _is_english(lang) else " %")


def money(amount: Amount, lang: str) -> str:
    """Return an amount with the symbol of its currency, else its code: `1.234.567 ₫`, `1.234,50 €`, `₫1,234,567`."""
    digits = minor_digits(amount.currency)
    whole, rest = divmod(abs(amount.minor), 10**digits)
    sign = "−" if amount.minor < 0 else ""
    figure = _grouped(str(whole), lang) + (f"{_point(lang)}{rest:0{digits}d}" if digits else "")
    symbol = SYMBOLS.get(amount.currency, amount.currency)
    if not _is_english(lang):
        return f"{sign}{figure} {symbol}"
    return f"{sign}{symbol}{figure}" if len(symbol) == 1 else f"{sign}{symbol} {figure}"


def span(value: Span, lang: str) -> str:
    """Return a duration in its own units: `1 hour 30 minutes`, `3 Arbeitstage`, `12 tháng`."""
    if value.is_zero and value.family is Family.EXACT:
        return say("spoken_at_once", lang)
    return " ".join(_counted(f"spoken_{unit}", count, lang) for unit, count in parts(value))


def every(value: Every, lang: str) -> str:
    """Return how often: `every hour`, `alle 2 Tage`, `1 giờ một lần`."""
    pieces = parts(value.span)
    if len(pieces) != 1:
        return say("spoken_every", lang, span=span(value.span, lang))
    ((unit, count),) = pieces
    return _counted(f"spoken_every_{unit}", count, lang)


def between(value: Range, lang: str) -> str:
    """Return a range: `5–7 working days`, `up to 3 days`; the unit is said once where both bounds share it."""
    if value.low is None or value.high is None:
        bound = value.high if value.low is None else value.low
        return say("spoken_up_to" if value.low is None else "spoken_from", lang, value=spoken(bound, lang))
    if isinstance(value.low, Span) and isinstance(value.high, Span):
        low, high = parts(value.low), parts(value.high)
        if len(low) == len(high) == 1 and low[0][0] == high[0][0]:
            count = f"{number(low[0][1], lang)}–{number(high[0][1], lang)}"
            return _form(f"spoken_{high[0][0]}", lang, count=count, one=False)
    return f"{spoken(value.low, lang)} – {spoken(value.high, lang)}"


def day(value: date, lang: str) -> str:
    """Return a date: `21/11/2026`, `21.11.2026`, `21 November 2026`."""
    match lang:
        case "vi":
            return f"{value.day}/{value.month}/{value.year}"
        case "de":
            return f"{value.day}.{value.month}.{value.year}"
        case _:
            return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def capitalized(words: str) -> str:
    """Return the words with a capital at their beginning, the rest as it is."""
    return words[:1].upper() + words[1:]


def parts(value: Span) -> list[tuple[str, int]]:
    """Return the span as counted units, largest first: [("hour", 1), ("minute", 30)]; nothing is no days."""
    if value.family is Family.WORKING:
        return [("working_day", value.amount)]
    if value.family is Family.CALENDAR:
        years, months = divmod(value.months, 12) if value.months % 12 == 0 else (0, value.months)
        counted = [("year", years), ("month", months), ("day", value.amount)]
        return [each for each in counted if each[1]] or [("day", 0)]
    left, found = value.amount, []
    for unit, seconds in (("hour", 3600), ("minute", 60), ("second", 1)):
        count, left = divmod(left, seconds)
        if count:
            found.append((unit, count))
    return found or [("second", 0)]


def _counted(key: str, count: int, lang: str) -> str:
    return _form(key, lang, count=number(count, lang), one=count == 1)


def _form(key: str, lang: str, *, count: str, one: bool) -> str:
    single, _, several = say(key, lang, count=count).partition("|")
    return single if one or not several else several


def _grouped(whole: str, lang: str) -> str:
    sign, digits = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
    return sign + f"{int(digits):,}".replace(",", "," if _is_english(lang) else ".")


def _point(lang: str) -> str:
    return "." if _is_english(lang) else ","


def _is_english(lang: str) -> bool:
    return lang not in ("vi", "de")
