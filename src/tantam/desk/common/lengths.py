"""Reads how long ago something was, as people write it in Vietnamese, German and English."""

from __future__ import annotations

import re
from datetime import date

from tantam.folding import folded

DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_UNITS = {
    "day": "d day days ngay tag tage tagen",
    "week": "w week weeks tuan woche wochen",
    "month": "m month months thang monat monate monaten",
    "year": "y year years nam jahr jahre jahren",
}
_DAYS_OF = {word: DAYS[unit] for unit, words in _UNITS.items() for word in words.split()}
_WORDS = {"today": 0, "yesterday": 1, "heute": 0, "gestern": 1, "hom nay": 0, "hom qua": 1}
_LENGTH = re.compile(r"(?:(?:about|etwa|ca|khoang|since|seit|duoc)\.?\s+)?(\d{1,4})\s*([a-z]*)(?:\s.*)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*(?:[./-]\s*(\d{4}|\d{2}))?\.?")


def read_length(text: str, today: date) -> str | None:
    """Return `12 days` for a length, an ISO date for a day not after today; None for what is neither.

    A number alone counts days. A month has 30, a year 365: told facts are checked before anything rests on them.
    A day without its year is the latest such day.
    """
    plain = _plain(text)
    if plain in _WORDS:
        return f"{_WORDS[plain]} days"
    if day := _day(plain, today):
        return day.isoformat()
    found = _LENGTH.fullmatch(plain)
    if found is None or (found[2] and found[2] not in _DAYS_OF):
        return None
    return f"{int(found[1]) * _DAYS_OF.get(found[2], 1)} days"


def _day(plain: str, today: date) -> date | None:
    if found := _ISO.fullmatch(plain):
        year, month, day = (int(each) for each in found.groups())
    elif found := _DAY_FIRST.fullmatch(plain):
        day, month, year = int(found[1]), int(found[2]), int(found[3] or today.year)
        year += 2000 if year < 100 else 0
    else:
        return None
    try:
        read = date(year, month, day)
        if read > today and not _ISO.fullmatch(plain) and not found[3]:
            read = date(year - 1, month, day)
    except ValueError:
        return None
    return read if read <= today else None


def _plain(text: str) -> str:
    """Return the text in lower case without marks: `Tháng` as `thang`."""
    return " ".join(folded(text).split())
