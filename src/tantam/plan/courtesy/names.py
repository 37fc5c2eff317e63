"""Whether a greeting calls the customer as they are called: by the right part of the name, by the word they chose."""

from __future__ import annotations

import re

from tantam.folding import folded
from tantam.plan.courtesy.advice import Advice, Reader
from tantam.plan.courtesy.letters import Opening

_PAIRS = {"anh": "anh", "chị": "chi", "ông": "ong", "bà": "ba", "quý khách": "quy_khach"}
_SAID = {"anh": "anh", "chi": "chị", "ong": "ông", "ba": "bà", "quy_khach": "quý khách"}
_PAIR = re.compile(
    r"(anh/chị|anh chị|quý khách hàng|quý khách|anh|chị|ông|bà|cô|chú|bác|em|bạn)(?!\w)\s*", re.IGNORECASE
)
_GERMAN = re.compile(r"(frau|herrn|herr)\s+((?:(?:dr|prof)\.?\s+)*)(.*)", re.IGNORECASE)
_ENGLISH = re.compile(r"(mr|mrs|ms|miss|mister)\.?\s+(.*)", re.IGNORECASE)
_ANYBODY = {
    "damen und herren",
    "kunde",
    "kundin",
    "kunden",
    "zusammen",
    "customer",
    "sir or madam",
    "all",
    "there",
    "team",
}
_POLITE = {"ạ", "nhé", "nha"}


def called_right(opening: Opening, reader: Reader, lang: str) -> Advice | None:
    """Return what is wrong with how the greeting calls the customer, None if nothing is."""
    if (
        not opening.whom
        or reader.business
        or "{" in opening.whom
        or "[" in opening.whom
        or folded(opening.whom) in map(folded, _ANYBODY)
    ):
        return None
    match lang:
        case "vi":
            return _vietnamese(opening, reader)
        case "de":
            return _german(opening, reader)
        case "en":
            return _english(opening, reader)
    return None


def _vietnamese(opening: Opening, reader: Reader) -> Advice | None:
    words = " ".join(each for each in opening.whom.split() if each.lower() not in _POLITE)
    found = _PAIR.match(words)
    pair, name = (found[1].lower(), words[found.end() :].strip()) if found else ("", words)
    if found and name and not name[0].isupper():
        return None  # more was said than a name: "chào anh nhé em là…"
    if wrong := _pair_of(pair, reader):
        better = reader.called or "anh/chị"
        return _advice(wrong, opening, better, "name")
    return _name(opening, name, reader, reader.called or reader.given)


def _pair_of(pair: str, reader: Reader) -> str:
    chosen = _PAIRS.get(pair)
    if reader.address in _SAID:
        return "" if chosen in (None, reader.address, "quy_khach") else "address_other"
    return "address_guessed" if chosen in ("anh", "chi", "ong", "ba") else ""


def _german(opening: Opening, reader: Reader) -> Advice | None:
    found = _GERMAN.match(opening.whom)
    if found is None:
        return _name(opening, opening.whom, reader, reader.called or reader.name)
    woman = found[1].lower() == "frau"
    form = opening.greeting.lower().split()[-1]
    if form in ("geehrte", "liebe") and not woman or form in ("geehrter", "lieber") and woman:
        return _advice("greeting_form", opening, f"{_agreeing(form, woman)} {opening.whom}", "name")
    if reader.address not in ("herr", "frau"):
        return _advice("address_guessed", opening, f"Guten Tag {reader.name}".strip(), "name")
    if (reader.address == "frau") != woman:
        return _advice("address_other", opening, reader.called, "name")
    name = found[3].strip()
    if name and folded(name) == folded(reader.given) != folded(reader.family):
        return _advice("name_given", opening, reader.called, "name")
    return _name(opening, name, reader, reader.called)


def _agreeing(form: str, woman: bool) -> str:
    stem = "Liebe" if form.startswith("liebe") else "Sehr geehrte"
    return stem if woman else f"{stem}r"


def _english(opening: Opening, reader: Reader) -> Advice | None:
    found = _ENGLISH.match(opening.whom)
    if found is None:
        return _name(opening, opening.whom, reader, reader.called or reader.name)
    man = found[1].lower() in ("mr", "mister")
    if reader.address not in ("herr", "frau", "anh", "ong", "chi", "ba"):
        return _advice("address_guessed", opening, reader.name or "Hello", "name")
    if man != (reader.address in ("herr", "anh", "ong")):
        return _advice("address_other", opening, reader.called, "name")
    return _name(opening, found[2].strip(), reader, reader.called)


def _name(opening: Opening, name: str, reader: Reader, better: str) -> Advice | None:
    """Return advice if the words are no part of the name; in Vietnamese the family name alone is none either."""
    said, own = folded(name).split(), folded(reader.name).split()
    if not said or not own:
        return None
    if said == [folded(reader.family)] != [folded(reader.given)] and len(own) > 1 and _vietnamese_name(reader):
        return _advice("name_family", opening, better, "name")
    if all(each in own or each.strip(".") in ("dr", "prof") for each in said):
        return None
    return _advice("name_other", opening, better, "name")


def _vietnamese_name(reader: Reader) -> bool:
    """Whether the family name stands first, so that nobody is called by it alone."""
    return folded(reader.name).split()[:1] == [folded(reader.family)]


def _advice(code: str, opening: Opening, better: str, check: str) -> Advice:
    return Advice(code, check, opening.start, opening.end, opening.whom, better)
