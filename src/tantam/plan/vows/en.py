"""English: how a time is named, and which sentences commit us."""

from __future__ import annotations

import re

from tantam.plan.vows.pieces import After, Day, Half, Hour, Piece, a_date, an_hour, number, one_of, rule

NUMBERS = dict(
    zip(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        range(1, 13),
        strict=True,
    )
)
_MANY = NUMBERS | {"a": 1, "an": 1, "a couple of": 2, "fourteen": 14, "twenty": 20, "thirty": 30, "forty-five": 45}
_WEEKDAYS = dict(
    zip(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), range(7), strict=True)
)
_MONTHS = dict(
    zip(
        (
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ),
        range(1, 13),
        strict=True,
    )
)
_SHORT = {name[:3]: month for name, month in _MONTHS.items()}
_ALL_MONTHS = _MONTHS | _SHORT | {"sept": 9}
_HALVES = {
    "morning": Half.MORNING,
    "noon": Half.NOON,
    "lunchtime": Half.NOON,
    "midday": Half.NOON,
    "afternoon": Half.AFTERNOON,
    "evening": Half.EVENING,
}
_N, _M, _W, _MO = one_of(NUMBERS), one_of(_MANY), one_of(_WEEKDAYS), one_of(_ALL_MONTHS)
_AP = r"(?:\s*(?P<ap>a|p)\.?m\b\.?)"
_TO = {"quarter": 15, "half": 30, "ten": 10, "twenty": 20, "five": 5}


def _of_day(hour: int, minute: int, ap: str | None, *, sure: bool = False) -> Hour | None:
    if ap:
        return an_hour(hour % 12 + (12 if ap.lower() == "p" else 0), minute, sure=True) if hour <= 12 else None
    return an_hour(hour, minute, sure=sure)


def _written(m: re.Match[str]) -> Piece | None:
    return _of_day(int(m["h"]), int(m["m"] or 0), m["ap"], sure=m["h"].startswith("0"))


def _worded(m: re.Match[str]) -> Piece | None:
    return _of_day(number(m["h"], NUMBERS), 0, None)


def _past(m: re.Match[str]) -> Piece | None:
    minutes, hour = _TO[m["q"].lower()], number(m["h"], NUMBERS)
    return an_hour(hour, minutes) if m["way"].lower() == "past" else an_hour((hour - 2) % 12 + 1, 60 - minutes)


def _between(m: re.Match[str]) -> Piece | None:
    shift = 12 if (m["ap"] or "").lower() == "p" else 0
    first, second = number(m["h"], NUMBERS), number(m["h2"], NUMBERS)
    begins = first % 12 + shift if shift and first <= second else first
    return Hour(
        begins,
        int(m["m"] or 0),
        bool(shift) or first > 12,
        until=(second % 12 + shift if shift else second, int(m["m2"] or 0)),
    )


def _weekday(m: re.Match[str]) -> Piece:
    return Day(weekday=_WEEKDAYS[m["day"].lower()], weeks=1 if (m["next"] or "").lower() == "next" else None)


def _span(m: re.Match[str]) -> Piece | None:
    many, unit = number(m["n"], _MANY), m["unit"].lower()
    if unit.startswith("min"):
        return After(minutes=many)
    if unit.startswith("h"):
        return After(minutes=60 * many)
    if unit.startswith("w"):
        return After(days=7 * many)
    return After(days=many, working=bool(m["open"]))


TIMES = (
    rule(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", lambda m: a_date(m[3], m[2], m[1])),
    rule(
        rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MO})\b\.?(?:,? (\d{{4}}))?",
        lambda m: a_date(m[1], str(_ALL_MONTHS[m[2].lower()]), m[3]),
    ),
    rule(
        rf"\b({_MO})\b\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,? (\d{{4}}))?",
        lambda m: a_date(m[2], str(_ALL_MONTHS[m[1].lower()]), m[3]),
    ),
    rule(r"\b(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?\b", lambda m: a_date(m[1], m[2], m[3])),
    rule(
        rf"\bbetween (?P<h>\d{{1,2}}|{_N})(?::(?P<m>\d\d))? and (?P<h2>\d{{1,2}}|{_N})(?::(?P<m2>\d\d))?{_AP}?",
        _between,
    ),
    rule(
        rf"\b(?P<h>\d{{1,2}})(?::(?P<m>\d\d))?\s*(?:-|–|to|until)\s*(?P<h2>\d{{1,2}})(?::(?P<m2>\d\d))?{_AP}",
        _between,
    ),
    rule(r"\b(?:in|within) (?:the|an|one) hour\b|\bwithin the next hour\b", lambda m: After(minutes=60)),
    rule(r"\b(?:in|within) half an hour\b", lambda m: After(minutes=30)),
    rule(
        rf"\b(?:in|within)(?: the next)? (?P<n>\d{{1,3}}|{_M}) (?P<open>working "
        rf"|business )?(?P<unit>minutes?|mins?|hours?|hrs?|h|days?|weeks?)\b(?! ago)",
        _span,
    ),
    rule(rf"\b(?P<q>half|quarter|ten|twenty|five) (?P<way>past|to) (?P<h>{_N}|\d{{1,2}})\b", _past),
    rule(rf"\b(?P<h>\d{{1,2}})[:.](?P<m>\d\d)\b{_AP}?(?! ?[%€$])", _written),
    rule(rf"\b(?P<h>\d{{1,2}})(?P<m>)(?P<ap_>){_AP}", _written),
    rule(
        rf"\b(?:at|by|before|around|about|until|till|from) (?P<h>{_N}"
        rf"|\d{{1,2}})(?: o'?clock)?\b(?!\s*(?:[%€$]|[/.]\d|days|hours|minutes|weeks|working|business"
        rf"|percent|of\b|pieces|euros?|dollars?|times))",
        _worded,
    ),
    rule(r"\b(?:by|before|until|at) (?:noon|midday)\b", lambda m: Hour(12, 0, True)),
    rule(r"\bthe day after tomorrow\b", lambda m: Day(days=2)),
    rule(r"\btomorrow\b", lambda m: Day(days=1)),
    rule(r"\btonight\b", lambda m: (Day(days=0), Half.EVENING)),
    rule(r"\btoday\b|\b(?:end|close) of (?:the day|business|today)\b|\bEOD\b", lambda m: Day(days=0)),
    rule(rf"\bthis ({one_of(_HALVES)})\b", lambda m: (Day(days=0), _HALVES[m[1].lower()])),
    rule(rf"\b(?:(?P<next>next|this|coming) )?(?P<day>{_W})\b", _weekday),
    rule(r"\bnext week\b", lambda m: Day(last="week", weeks=1)),
    rule(r"\bthis week\b|\bend of the week\b|\bwithin the week\b", lambda m: Day(last="week")),
    rule(r"\b(?:this|at the|over the) weekend\b", lambda m: Day(last="weekend")),
    rule(r"\bend of (?:the|this) month\b", lambda m: Day(last="month")),
    rule(rf"\b({one_of(_HALVES)})\b", lambda m: _HALVES[m[1].lower()]),
)

_US = (
    r"(?:I|we|my colleague|our (?:technician|engineer|driver|team|colleague|workshop)"
    r"|a (?:technician|colleague|driver)|the technician|somebody|someone)"
)
COMMITS = re.compile(
    rf"\b{_US}(?:['’]ll| will| shall|['’]m going to| am going to|['’]re going to| are going to"
    rf"| is going to| promise to)\b"
    r"|\bI promise\b|\blet me (?:call|get back|ring|phone|write)"
    r"|\byou(?:['’]ll| will) (?:hear from (?:me|us)|have (?:my|our|an) answer|(?:get|receive"
    r"|have)\b.* from (?:me|us))",
    re.IGNORECASE,
)
REFUSES = re.compile(
    r"\b(?:will|shall|going to|['’]ll) (?:not|never|no longer|be (?!there|in touch|with you"
    r"|at your|calling|sending|writing|visiting|coming|round|on site)"
    r"|need|require|expect|assume|wait|hope|close\b|see (?:if|whether)|try|probably|perhaps"
    r"|remember|always|have to|miss|only)"
    r"|\bwon['’]t\b|\bcannot\b|\bcan['’]t\b|\bunable\b",
    re.IGNORECASE,
)
DEPENDS = re.compile(
    r"^\W*(?:and |but |so )?(?:if|unless|in case|should|once|when|whenever|as soon as|provided|until|after)\b",
    re.IGNORECASE,
)
POLITE = re.compile(
    r"^\W*as soon as (?:possible|I can|we can)\b|^\W*if (?:that|this|it|you)(?:['’]s| is| are"
    r"|['’]re| suits?| works?| agree| like| wish| prefer| don['’]t mind)\b",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"\b(?:that|which) (?:was|were|is|are|has|had|did|came)\b|\bbecause\b|\bwhy\b|\bsince\b"
    r"|\bwho\b|\bas you (?:wrote|said)\b|\bif\b|\bunless\b|\bwhen you\b|\bonce\b|\bas soon as\b",
    re.IGNORECASE,
)
CALLS = re.compile(
    r"\bcall\b|\b(?:will|shall|to|me|and|or|['’]ll) (?:ring|phone)\b|\b(?:ring|phone) (?:you|back)\b"
    r"|\b(?:a ring|(?:by|on the|over the) phone)\b",
    re.IGNORECASE,
)
VISITS = re.compile(r"\b(?:visit|come\b(?! back)|be (?:there|at your|with you|round|on site))", re.IGNORECASE)
MEETS = re.compile(r"\b(?:appointment|meet you|meeting)\b", re.IGNORECASE)
