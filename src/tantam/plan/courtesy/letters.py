"""How letters open and close in three languages, found in a text whatever stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_OPENING = 70  # characters of a line that greets
_VOCATIVES = {
    "vi": r"(?:kính (?:gửi|chào|thưa)|thân (?:gửi|chào|mến)|dạ,? (?:em )?chào|em chào|xin chào|chào|thưa|dạ thưa)",
    "de": r"(?:sehr geehrte[rs]?|guten (?:tag|morgen|abend)|hallo|liebe[r]?(?! grüße)|grüß gott|moin|hi)",
    "en": r"(?:dear|hello|hi|good (?:morning|afternoon|evening|day))",
}
_CLOSINGS = {
    "vi": r"(?:trân trọng|kính thư|thân mến|thân ái|kính chào|xin cảm ơn và trân trọng)",
    "de": r"(?:mit (?:freundlichen|besten|herzlichen|vielen) grüßen"
    r"|(?:freundliche|viele|beste|herzliche|liebe) grüße|mfg)",
    "en": r"(?:(?:with )?(?:kind|best|warm|many) (?:regards|wishes)|regards|sincerely"
    r"|yours (?:sincerely|faithfully|truly)|cheers)",
}
_OPENING = {lang: re.compile(rf"\s*{words}(?![\w])", re.IGNORECASE) for lang, words in _VOCATIVES.items()}
_CLOSING = {lang: re.compile(rf"\s*{words}\s*[,.!]?\s*$", re.IGNORECASE) for lang, words in _CLOSINGS.items()}
LAST_LINES = 4


@dataclass(frozen=True, slots=True)
class Opening:
    """The greeting of a text. start, end: where whom it greets stands; whom: those words."""

    whom: str
    start: int
    end: int
    greeting: str


def opening(text: str, lang: str) -> Opening | None:
    """Return the greeting on the first line that says something; None if it does not greet."""
    at = len(text) - len(text.lstrip())
    line = text[at:].split("\n", 1)[0]
    found = _OPENING[lang].match(line) if lang in _OPENING else None
    if found is None:
        return None
    rest = re.split(
        r"[,!.:;–—]|\s-\s", line[found.end() :].replace("Dr.", "Dr\0").replace("Prof.", "Prof\0"), maxsplit=1
    )[0]
    if len(found[0]) + len(rest) > LONGEST_OPENING:
        return None
    whom = rest.replace("\0", ".").strip()
    start = at + found.end() + (len(rest) - len(rest.lstrip()))
    return Opening(whom, start, start + len(whom), found[0].strip())


def opens(text: str, lang: str) -> bool:
    """Whether the text greets by itself: its first line is a greeting and nothing else."""
    line = text.strip().split("\n", 1)[0].rstrip()
    if opening(text, lang) is None or len(line) > LONGEST_OPENING:
        return False
    return "\n" in text.strip() and (line.endswith((",", "!", ".", ":")) or line[-1:].isalnum())


def closes(text: str, lang: str) -> bool:
    """Whether the text closes by itself: one of its last lines is a closing."""
    lines = [each for each in text.strip().split("\n") if each.strip()][1:]
    pattern = _CLOSING.get(lang)
    return pattern is not None and any(pattern.match(each) for each in lines[-LAST_LINES:])
