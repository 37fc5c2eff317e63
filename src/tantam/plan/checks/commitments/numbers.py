"""Times in the words of a commitment: `30 days`, `drei Werktage`, `bảy ngày làm việc`, read in three languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tantam.plan.tables.values import Family, Span

# From two on: `a day`, `ein Tag` and `một ngày` may well be no number.
_SAID = {
    "en": "two three four five six seven eight nine ten eleven twelve",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "vi": "hai ba bốn năm sáu bảy tám chín mười",
}
_MORE: dict[str, dict[str, int]] = {
    "en": {"fourteen": 14, "thirty": 30},
    "de": {"vierzehn": 14, "dreißig": 30},
    "vi": {},
}
_NUMBERS = {
    lang: {word: number for number, word in enumerate(words.split(), start=2)} | _MORE[lang]
    for lang, words in _SAID.items()
}
# What follows a number in each language, the longer first: the family it counts in, how many of it, months.
_WORKING, _DAYS, _EXACT = Family.WORKING, Family.CALENDAR, Family.EXACT
_UNITS: dict[str, tuple[tuple[str, Family, int, int], ...]] = {
    "en": (
        (r"(?:working|business) days?", _WORKING, 1, 0),
        (r"days?", _DAYS, 1, 0),
        (r"weeks?", _DAYS, 7, 0),
        (r"months?", _DAYS, 0, 1),
        (r"years?", _DAYS, 0, 12),
        (r"hours?", _EXACT, 3600, 0),
        (r"minutes?", _EXACT, 60, 0),
    ),
    "de": (
        (r"(?:Arbeits|Werk)tage?[ns]?", _WORKING, 1, 0),
        (r"Tage?[ns]?", _DAYS, 1, 0),
        (r"Wochen?", _DAYS, 7, 0),
        (r"Monate?[ns]?", _DAYS, 0, 1),
        (r"Jahre?[ns]?", _DAYS, 0, 12),
        (r"Stunden?", _EXACT, 3600, 0),
        (r"Minuten?", _EXACT, 60, 0),
    ),
    "vi": (
        (r"ngày làm việc", _WORKING, 1, 0),
        (r"ngày", _DAYS, 1, 0),
        (r"tuần", _DAYS, 7, 0),
        (r"tháng", _DAYS, 0, 1),
        (r"năm", _DAYS, 0, 12),
        (r"giờ", _EXACT, 3600, 0),
        (r"phút", _EXACT, 60, 0),
    ),
}

# A time before or after something else is no time within which anything happens.
_BESIDE = re.compile(
    r"^\s*(?:before|in advance|earlier|later|ago|after|vorher|zuvor|davor|vor|später|danach|nach|trước|sau)\b"
)
_AHEAD = re.compile(r"\b(?:trước|sau|vor|nach|after)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A time in words. text: as it stands there."""

    text: str
    span: Span


def times_in(words: str, lang: str) -> Iterator[Said]:
    """Yield every time in a text of `lang` (vi, de, en); of other languages none."""
    if lang not in _UNITS:
        return
    for match in _pattern(lang).finditer(words):
        if _BESIDE.search(words[match.end() : match.end() + 12]) or _AHEAD.search(words[: match.start()]):
            continue
        number = _NUMBERS[lang].get(match[1].lower()) or int(match[1])
        _, family, size, months = _UNITS[lang][int(str(match.lastgroup).removeprefix("unit"))]
        yield Said(match[0], Span(family, number * size, number * months))


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    """Return what finds a number and its unit, which is the group `unit0`, `unit1` …"""
    numbers = "|".join(sorted(_NUMBERS[lang], key=len, reverse=True))
    units = "|".join(f"(?P<unit{place}>{each[0]})" for place, each in enumerate(_UNITS[lang]))
    return re.compile(rf"(?<![\w.,])(\d{{1,4}}|{numbers})[\s-](?:{units})(?![\w-])", re.IGNORECASE)
