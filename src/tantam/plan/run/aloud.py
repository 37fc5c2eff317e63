"""How values are read aloud in vi, de and en: amounts, durations, dates, numbers, a plan's own words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from tantam.plan.errors import TantamError
from tantam.plan.run.facts import read_facts, value_text
from tantam.plan.sections import Plan
from tantam.plan.sections.clauses import Words
from tantam.plan.tables.values import Amount, Every, Family, Range, Span, minor_digits, number_text
from tantam.plan.words import say

SYMBOLS = {"VND": "₫", "EUR": "€", "USD": "$", "GBP": "£"}
EXACT_UNITS = (("h", 3600), ("min", 60), ("s", 1))


def pick(words: Words, lang: str, *, otherwise: str = "") -> str:
    """Return the words in `lang`, else in the first language there is, else `otherwise`."""
    return words.get(lang) or next((each for each in words.values() if each), otherwise)


def term_label(plan: Plan, term: str, lang: str) -> str:
    """Return what people call a term."""
    clause = plan.terms.get(term)
    return pick(clause.label if clause else {}, lang, otherwise=term.replace("_", " "))


def outcome_label(plan: Plan, policy: str, outcome: str, lang: str) -> str:
    """Return what people call an outcome of a policy."""
    found = plan.policies[policy].outcomes.get(outcome) if policy in plan.policies else None
    action = plan.actions.get(outcome)
    words = found.label if found and found.label else action.label if action else {}
    return pick(words, lang, otherwise=outcome.replace("_", " "))


def policy_label(plan: Plan, policy: str, lang: str) -> str:
    """Return what people call a policy."""
    found = plan.policies.get(policy)
    return pick(found.label if found else {}, lang, otherwise=policy.replace("_", " "))


def level_label(plan: Plan, level: str, lang: str) -> str:
    """Return what people call a level."""
    found = plan.levels.get(level)
    return pick(found.label if found else {}, lang, otherwise=level.replace("_", " "))


def fact_aloud(plan: Plan, term: str, text: str, lang: str) -> str:
    """Return how a person reads a fact given as fact text: `12 days` -> `12 ngày`, `ours` -> its label."""
    clause = plan.terms.get(term)
    if clause is None:
        return text
    if clause.values or text in ("yes", "no"):
        parts = [each.strip() for each in text.split(",")]
        said = [_value_label(clause.values, each, lang) for each in parts if each]
        return ", ".join(said) or say("D_none", lang)
    try:
        read = read_facts(plan, {term: text}, now=datetime(2000, 1, 1, tzinfo=ZoneInfo("UTC")))
    except TantamError:
        return text
    fact = read.get(term)
    words = aloud(fact.value, lang) if fact else text
    return f"{words} {pick(clause.unit, lang)}".strip()


def _value_label(values: Mapping[str, Words], value: str, lang: str) -> str:
    if value in ("yes", "no") and value not in values:
        return say(f"D_{value}", lang)
    return pick(values.get(value, {}), lang, otherwise=value.replace("_", " "))


def aloud(value: Any, lang: str) -> str:
    """Return how a person reads a value: `500.000 ₫`, `12 ngày`, `5–7 working days`."""
    match value:
        case bool():
            return say("D_yes" if value else "D_no", lang)
        case Amount():
            return amount_aloud(value, lang)
        case Span():
            return span_aloud(value, lang)
        case Range(low=low, high=high):
            return _range_aloud(low, high, lang)
        case Every(span=span):
            return say("D_every", lang, span=span_aloud(span, lang))
        case int() | Fraction():
            return grouped(number_text(value), lang)
        case datetime():
            return f"{_date(value.date(), lang)} {value:%H:%M}"
        case date():
            return _date(value, lang)
        case time():
            return f"{value:%H:%M}"
        case _:
            return value_text(value)


def grouped(number: str, lang: str) -> str:
    """Return a number as the language groups it: 1.234,5 in vi and de, 1,234.5 in en."""
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, _, rest = digits.partition(".")
    comma, point = (",", ".") if lang == "en" else (".", ",")
    whole = f"{int(whole):,}".replace(",", comma)
    return f"{sign}{whole}{point}{rest}" if rest else f"{sign}{whole}"


def amount_aloud(amount: Amount, lang: str) -> str:
    """Return money as people of the language write it: 500.000 ₫, 9,90 €, $9.90."""
    digits = minor_digits(amount.currency)
    whole, rest = divmod(abs(amount.minor), 10**digits)
    number = grouped(str(whole), lang)
    if digits:
        number += f"{'.' if lang == 'en' else ','}{rest:0{digits}d}"
    sign = "-" if amount.minor < 0 else ""
    symbol = SYMBOLS.get(amount.currency)
    if lang == "en":
        return f"{sign}{symbol}{number}" if symbol else f"{sign}{amount.currency} {number}"
    return f"{sign}{number} {symbol or amount.currency}"


def span_aloud(span: Span, lang: str) -> str:
    """Return a duration: 1 giờ 30 phút, 14 Tage, 3 working days, at once."""
    if span.is_zero:
        return say("D_at_once", lang) if span.family is Family.EXACT else _counted(0, "days", lang)
    if span.family is Family.WORKING:
        return _counted(span.amount, "working_days", lang)
    if span.family is Family.CALENDAR:
        years, months = divmod(span.months, 12) if span.months % 12 == 0 else (0, span.months)
        parts = [(years, "years"), (months, "months"), (span.amount, "days")]
        return " ".join(_counted(count, unit, lang) for count, unit in parts if count)
    left, said = abs(span.amount), []
    for unit, seconds in EXACT_UNITS:
        count, left = divmod(left, seconds)
        if count:
            said.append(_counted(count, unit, lang))
    return ("-" if span.amount < 0 else "") + " ".join(said)


def _range_aloud(low: Any, high: Any, lang: str) -> str:
    if low is None or high is None:
        return say("D_from" if high is None else "D_up_to", lang, value=aloud(low if high is None else high, lang))
    first, last = aloud(low, lang), aloud(high, lang)
    number, _, unit = first.partition(" ")
    _, _, last_unit = last.partition(" ")
    return f"{number}–{last}" if unit and unit.rstrip("e") == last_unit.rstrip("e") or unit == last_unit else f"{first} – {last}"


def _counted(count: int, unit: str, lang: str) -> str:
    return say(f"D_{unit}" if abs(count) != 1 else f"D_{unit}_one", lang, count=grouped(str(count), lang))


def _date(day: date, lang: str) -> str:
    match lang:
        case "vi":
            return f"{day.day}/{day.month}/{day.year}"
        case "de":
            return f"{day.day}.{day.month}.{day.year}"
        case _:
            return f"{day.day} {day:%B} {day.year}"
