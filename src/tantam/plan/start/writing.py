"""A whole plan made of the answers: the files of the trade's starting plan, in its languages, with its figures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from importlib.resources import files

from tantam.plan.start.filling import Money, Value, aligned, chosen, filled, included
from tantam.plan.start.interview import Answers, Kind, asked, places, several_of, size_of, written_span
from tantam.plan.start.sleeping import asleep
from tantam.plan.start.wording import joined, worded

FILES = ("plan", "reach", "terms", "policies", "procedures", "people", "learning", "aims", "cases")
DAYS_A_YEAR = 365
DAYS_A_MONTH = 30
POINTS_TO_ALARM = 10
# What the cases of the plans reckon with, in euros.
MONTH_FEES = {"software": 400, "telecom": 40}
NIGHT = 100
TWO_YEARS = ("AT", "DE")  # the countries whose law on faulty goods a starting plan cites
FIRST_OF_DECEMBER = date(2026, 12, 1)  # "now" of the hotel's cases


def plan_of(answers: Answers, *, today: date) -> Mapping[str, str]:
    """Return the plan's files by name.

    answers: of every question that they call for; one left out has its default. today: where the plan is written; its
    goals and its first review are reckoned from it. Raises KeyError if there is neither an answer nor a default.
    """
    whole = _whole(answers)
    trade = str(whole["trade"])
    languages = several_of(whole["languages"])
    values, truths = _values(whole, today), _truths(whole)

    def part(name: str) -> str:
        return chosen(included(_part(trade, name), lambda other: _part(trade, other)), truths.__contains__)

    def section(name: str) -> str:
        text = worded(part(name), languages, lambda words, lang: filled(words, values, lang))
        return aligned(joined(filled(text, values)))

    texts = {f"texts.{lang}.yaml": filled(part(f"texts.{lang}"), values, lang) for lang in languages}
    return {f"{name}.yaml": section(name) for name in FILES} | texts


def _whole(answers: Answers) -> Answers:
    whole = dict(answers)
    for question in asked(answers):
        if question.key not in whole:
            if question.default is None:
                raise KeyError(question.key)
            whole[question.key] = question.default
    return whole


def _part(folder: str, name: str) -> str:
    """Return a file of the trade, or of what all trades have in common."""
    own = files(__package__) / "plans" / folder / f"{name}.yaml"
    common = files(__package__) / "plans" / "common" / f"{name}.yaml"
    return (own if own.is_file() else common).read_text(encoding="utf-8")


def _truths(answers: Answers) -> frozenset[str]:
    """Return what `#if` may ask: the trade, country, channels, `on_call`, whether there is a night to sleep in.

    law_of_two_years: whether consumers have by law what a floor of ours says, with its source.
    """
    country = str(answers["country"])
    names = {str(answers["trade"]), country, *several_of(answers["channels"])}
    if country in TWO_YEARS:
        names.add("law_of_two_years")
    if answers.get("on_call", "yes") == "yes":
        names.add("on_call")
    if asleep(str(answers["open"])):
        names.add("asleep")
    return frozenset(names)


def _values(answers: Answers, today: date) -> Mapping[str, Value]:
    country = places()[str(answers["country"])]
    values: dict[str, Value] = {}
    for question in asked(answers):
        answer = answers[question.key]
        if question.kind is Kind.MONEY:
            values[question.key] = Money(size_of(answer), question.currency)
        elif not isinstance(answer, tuple):
            values[question.key] = answer
    languages = several_of(answers["languages"])
    size = size_of(answers["size"])
    return values | {
        "name": json.dumps(str(answers["name"]), ensure_ascii=False),
        "title": str(answers["name"]),
        "languages": f"[{', '.join(languages)}]",
        "texts": ", ".join(f"texts.{each}.yaml" for each in languages),
        "zone": str(answers.get("zone", country["zone"])),
        "currency": str(country["currency"]),
        "holidays": _holidays(answers),
        "hour": Money(country["hour"], country["currency"]),
        "on_duty": max(1, size // 2),
        "week_hours": size * 38,
        "reply_minor": written_span(4 * size_of(answers["reply"])),
        "resolution_minor": 2 * size_of(answers["resolution"]),
        "asleep": asleep(str(answers["open"])),
        "alarm": size_of(answers["target"]) - POINTS_TO_ALARM,
        **_shares(size_of(answers.get("budget", 0))),
        **_trade_values(answers, values),
        "goal_day": f"{today + timedelta(days=DAYS_A_YEAR)}",
        "later_goal_day": f"{today + timedelta(days=DAYS_A_YEAR * 3 // 2)}",
        "review_day": f"{today + timedelta(days=DAYS_A_MONTH * size_of(answers['review']))}",
    }


def _trade_values(answers: Answers, values: Mapping[str, Value]) -> Mapping[str, Value]:
    """Return what only one trade's plan asks for."""
    country = places()[str(answers["country"])]
    match answers["trade"], values["limit_agent"]:
        case "retail", Money(units=units):
            return {"round_price": Money(units // 10 * 10, country["currency"]), "price_less_tenth": units // 10 * 9}
        case "software" | "telecom" as trade, _:
            return {"month_fee": Money(MONTH_FEES[trade] * country["euro"], country["currency"])}
        case "hotel", _:
            free = FIRST_OF_DECEMBER + timedelta(days=size_of(answers["free_days"]))
            return {
                "night": Money(NIGHT * country["euro"], country["currency"]),
                "half_stay": Money(NIGHT * country["euro"] * 3 // 2, country["currency"]),
                "free_arrival": f"{free}",
                "late_arrival": f"{free - timedelta(days=1)}",
            }
        case _:
            return {}


def _shares(per_mille: int) -> Mapping[str, str]:
    """Return the budget shared out among policies: half of it, three tenths, a fifth, in per cent of sales."""
    parts = {"half": 50, "third": 30, "fifth": 20}
    return {f"budget_{name}": f"{per_mille * part / 1000:g} %" for name, part in parts.items()}


def _holidays(answers: Answers) -> str:
    region = answers.get("region", "")
    return f"{answers['country']}-{region}" if region else str(answers["country"])
