"""What somebody typed, read as the answer to a question; what is wrong with it comes back as a finding."""

from __future__ import annotations

import re
import unicodedata

from tantam.plan.calendars import parse_hours
from tantam.plan.errors import Finding, Place, Severity, shown
from tantam.plan.nearest import listed, nearest
from tantam.plan.start.interview import Answer, Kind, Question, written_span

MINUTES = {
    **dict.fromkeys(("min", "mins", "minute", "minutes", "minuten", "phút", "m"), 1),
    **dict.fromkeys(("h", "hour", "hours", "stunde", "stunden", "std", "giờ", "tiếng"), 60),
}
DURATION = re.compile(r"([0-9]{1,6})\s*([^\W\d]*)\.?")
NUMBER = re.compile(r"[0-9]{1,3}(?:[_ ][0-9]{3})+|[0-9]{1,15}")


def answered(question: Question, text: str) -> Answer | Finding:
    """Return the answer that `text` gives, or what is wrong with it and what is allowed.

    Options are named by their key, their number in the list (from 1) or their words in any language; several are
    parted by commas. Empty text is the default, where there is one.
    """
    text = unicodedata.normalize("NFC", text).strip()
    if not text:
        return _wrong(question, "new_needed") if question.default is None else question.default
    match question.kind:
        case Kind.CHOICE:
            return _choice(question, text)
        case Kind.SEVERAL:
            return _several(question, text)
        case Kind.NUMBER | Kind.MONEY:
            return _number(question, text)
        case Kind.DURATION:
            return _duration(question, text)
        case Kind.HOURS:
            return _hours(question, text)
        case Kind.TEXT:
            return _text(question, text)


def typed(answer: Answer) -> str:
    """Return the answer as one types it; `answered` reads it back."""
    return ", ".join(answer) if isinstance(answer, tuple) else str(answer)


def _wrong(question: Question, code: str, **args: object) -> Finding:
    return Finding(code, Severity.ERROR, Place(question.key, 1, 1), question.key, args)


def _option(question: Question, text: str) -> str | None:
    for number, option in enumerate(question.options, 1):
        names = {option.key, str(number), *option.label.values()}
        if text.casefold() in {each.casefold() for each in names}:
            return option.key
    return None


def _choice(question: Question, text: str) -> Answer | Finding:
    key = _option(question, text)
    if key is not None:
        return key
    keys = [each.key for each in question.options]
    if near := nearest(text, keys):
        return _wrong(question, "new_option_near", got=shown(text), near=near, allowed=listed(keys))
    return _wrong(question, "new_option", got=shown(text), allowed=listed(keys))


def _several(question: Question, text: str) -> Answer | Finding:
    chosen: list[str] = []
    for part in filter(None, map(str.strip, re.split(r"[,;]", text))):
        one = _choice(question, part)
        if isinstance(one, Finding):
            return one
        if one not in chosen:
            chosen.append(str(one))
    if len(chosen) < question.least:
        return _wrong(question, "new_too_few", least=question.least)
    return tuple(chosen)


def _number(question: Question, text: str) -> Answer | Finding:
    code = question.currency
    bare = re.sub(rf"\s*{re.escape(code)}$", "", text, flags=re.IGNORECASE) if code else text.removesuffix("%").strip()
    if not NUMBER.fullmatch(bare):
        return _wrong(question, "new_number", got=shown(text), least=question.least, most=question.most)
    value = int(re.sub(r"[_ ]", "", bare))
    if not question.least <= value <= question.most:
        return _wrong(question, "new_range", got=value, least=question.least, most=question.most)
    return value


def _duration(question: Question, text: str) -> Answer | Finding:
    found = DURATION.fullmatch(text.casefold())
    minutes = MINUTES.get(found[2] or "?") if found else None
    if not found or not minutes:
        return _wrong(question, "new_duration", got=shown(text))
    total = int(found[1]) * minutes
    if not question.least <= total <= question.most:
        least, most = written_span(question.least), written_span(question.most)
        return _wrong(question, "new_duration_range", got=shown(text), least=least, most=most)
    return written_span(total)


def _hours(question: Question, text: str) -> Answer | Finding:
    plain = re.sub(r"\s*[-–]\s*", "-", text)
    parts = [re.sub(r"\b(\d):", r"0\1:", each.strip()) for each in plain.split(",")]
    written = ", ".join(parts)
    _, faults = parse_hours({"mon": written}, "UTC")
    return _wrong(question, "new_hours", got=shown(text)) if faults else written


def _text(question: Question, text: str) -> Answer | Finding:
    if any(unicodedata.category(each)[0] == "C" for each in text):
        return _wrong(question, "new_letters")
    if len(text) > question.most:
        return _wrong(question, "new_long", most=question.most)
    return text
