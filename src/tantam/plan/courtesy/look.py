"""The checks, one function each, over the text as typed; what is quoted is not the writer's."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tantam.folding import folded
from tantam.plan.courtesy.advice import Advice, Reader
from tantam.plan.courtesy.letters import opening
from tantam.plan.courtesy.names import called_right
from tantam.plan.sections.clauses_care import Courtesy

CHECKS = ("name", "thanks", "never", "blame", "belittling", "orders", "apology", "mixed", "shouting", "places")
LONG_ENOUGH = 60  # characters of a text that owes thanks; a line in between does not
_QUOTED = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_PLACE = re.compile(r"\{[a-z_]{2,24}\}|\[(?:name|tên|tên khách|kundenname|customer name)\]", re.IGNORECASE)
_LOUD = re.compile(r"!{2,}|\?{2,}|!\?|\?!|\b(?:[^\W\d_a-zß-öø-ÿ]{3,}[ ,]+){2,}[^\W\d_a-zß-öø-ÿ]{3,}\b")
_THANKS = {"vi": r"c[ảá]m ơn|tri ân|cảm kích", "de": r"\bdank|\bbedank", "en": r"\bthank|\bappreciat|\bgrateful"}
_DU = re.compile(r"\b(?:du|dich|dir|dein(?:e[mnrs]?)?|euch|eu(?:er|re[mnrs]?))\b", re.IGNORECASE)
_SIE = re.compile(r"(?<=[\w,;:] )(?:Sie|Ihnen|Ihr(?:e[mnrs]?)?)\b")
_BAN = re.compile(
    r"(?<!các )(?<!một )(?<!những )(?<!cùng )(?<!người )\bbạn\b"
    r"(?! của| bè| kỹ thuật| nhân viên| trai| gái| hàng| đời| học| kế toán| tư vấn| phụ trách| (?-i:[A-ZĐÀ-Ỹ]))",
    re.IGNORECASE,
)
_YOU_VI = {"quý khách": re.compile(r"\bquý khách\b(?! hàng của)", re.IGNORECASE), "bạn": _BAN}
_PRONOUNS = re.compile(r"\b(?:Sie|Ihnen|Ihr|Ihre|Ihren|Ihrem|Ihrer)\b")


@dataclass(frozen=True, slots=True)
class _Text:
    """The words as typed, without what is quoted (blanked, so that places stay)."""

    words: str
    lang: str
    reader: Reader
    courtesy: Courtesy


def look(courtesy: Courtesy, text: str, lang: str, reader: Reader) -> tuple[Advice, ...]:
    """Return what to look at in a text in `lang`, in its order; what is missing comes last.

    The plan's `checks` say which are made, all of them if it names none. A language that nobody taught us is looked
    over for the plan's own `never` only.
    """
    plain = _Text(_QUOTED.sub(lambda found: " " * len(found[0]), text), lang, reader, courtesy)
    if not plain.words.strip():
        return ()
    wanted = [each for each in CHECKS if each in courtesy.checks] or list(CHECKS)
    found = [advice for name in wanted for advice in _MADE[name](plain)]
    return tuple(_without_doubles(sorted(found, key=lambda each: (each.end == 0, each.start, -each.end))))


def _without_doubles(found: list[Advice]) -> Iterator[Advice]:
    """Yield each place once, the plan's own rule before ours."""
    taken: list[Advice] = []
    for each in sorted(found, key=lambda one: one.check != "never"):
        if each.end and any(each.start < other.end and other.start < each.end for other in taken):
            continue
        taken.append(each)
    yield from (each for each in found if each in taken)


def _name(text: _Text) -> Iterator[Advice]:
    greeted = opening(text.words, text.lang)
    if greeted and (advice := called_right(greeted, text.reader, text.lang)):
        yield advice


def _thanks(text: _Text) -> Iterator[Advice]:
    pattern = _THANKS.get(text.lang)
    owed = text.reader.thanks_due and len(text.words.strip()) >= LONG_ENOUGH
    if owed and pattern and not re.search(pattern, text.words, re.IGNORECASE):
        yield Advice("thanks_missing", "thanks")


def _never(text: _Text) -> Iterator[Advice]:
    """Find the plan's `never`: marks and capitals count little, but German *Sie* is not *sie*."""
    bare = _bare(text.words)
    for phrase in text.courtesy.never.get(text.lang, ()):
        sought = r"\s+".join(map(re.escape, _bare(phrase).split()))
        for found in re.finditer(rf"(?<!\w){sought}(?!\w)", bare) if sought else ():
            got = text.words[found.start() : found.end()]
            if not _another_person(phrase, got) and not _meant_well(text, found.end()):
                yield Advice("never", "never", found.start(), found.end(), got, clause="courtesy.never")


def _another_person(phrase: str, got: str) -> bool:
    return bool(_PRONOUNS.match(phrase)) and not got[:1].isupper()


def _meant_well(text: _Text, end: int) -> bool:
    """Whether what follows turns it around: "Sie müssen nichts tun", "you must be disappointed"."""
    turned = _phrases().turned.get(text.lang)
    return turned is not None and turned.match(text.words, end) is not None


def _worded(kind: str) -> Callable[[_Text], Iterator[Advice]]:
    def found(text: _Text) -> Iterator[Advice]:
        for pattern in _phrases().of(kind, text.lang):
            for each in pattern.finditer(text.words):
                if not (kind == "orders" and _meant_well(text, each.end())):
                    yield Advice(kind, kind, each.start(), each.end(), each[0])

    return found


def _mixed(text: _Text) -> Iterator[Advice]:
    match text.lang:
        case "de":
            yield from _du_and_sie(text)
        case "vi":
            yield from _vietnamese_pairs(text)


def _du_and_sie(text: _Text) -> Iterator[Advice]:
    familiar = _DU.search(text.words)
    if familiar is None:
        return
    where = (familiar.start(), familiar.end(), familiar[0])
    if polite := _SIE.search(text.words):
        yield Advice("mixed", "mixed", *where, better=polite[0])
    elif _PRONOUNS.search(" ".join(map(str, (text.courtesy.tone.get("de", ""), text.courtesy.greet.get("de", ""))))):
        yield Advice("familiar", "mixed", *where, better="Sie")


def _vietnamese_pairs(text: _Text) -> Iterator[Advice]:
    greeted = opening(text.words, "vi")
    said = {word: pattern.search(text.words) for word, pattern in _YOU_VI.items()}
    ours = re.search(r"\b(?:anh/chị|anh chị)\b", text.words, re.IGNORECASE)
    chosen = greeted.whom.split()[0].lower() if greeted and greeted.whom else ""
    if chosen in ("anh", "chị", "ông", "bà") and ours and not greeted_together(greeted.whom if greeted else ""):
        yield Advice("mixed", "mixed", ours.start(), ours.end(), ours[0], better=chosen)
    if (friend := said["bạn"]) is not None:
        other = said["quý khách"] or ours
        code = "mixed" if other else "familiar"
        allowed = "bạn" in f"{text.courtesy.tone.get('vi', '')} {text.courtesy.greet.get('vi', '')}".lower()
        if other or not allowed:
            yield Advice(
                code, "mixed", friend.start(), friend.end(), friend[0], better=other[0] if other else "anh/chị"
            )


def greeted_together(whom: str) -> bool:
    """Whether a greeting says both words, for whoever it is."""
    return whom.lower().startswith(("anh/chị", "anh chị"))


def _shouting(text: _Text) -> Iterator[Advice]:
    for found in _LOUD.finditer(text.words):
        yield Advice("shouting", "shouting", found.start(), found.end(), found[0])


def _places(text: _Text) -> Iterator[Advice]:
    for found in _PLACE.finditer(text.words):
        yield Advice("place_left", "places", found.start(), found.end(), found[0])


def _bare(words: str) -> str:
    """Return the words folded, letter by letter, so that places stay the same."""
    return "".join(one if len(one := folded(each)) == 1 else each.lower()[:1] or each for each in words)


@dataclass(frozen=True, slots=True)
class _Phrases:
    """What hurts, by kind and language; turned: what takes the sting out of an order that it follows."""

    kinds: dict[str, dict[str, list[re.Pattern[str]]]]
    turned: dict[str, re.Pattern[str]]

    def of(self, kind: str, lang: str) -> list[re.Pattern[str]]:
        return self.kinds.get(kind, {}).get(lang, [])


@cache
def _phrases() -> _Phrases:
    told = tomllib.loads((files("tantam.plan.courtesy") / "phrases.toml").read_text(encoding="utf-8"))
    turned = {lang: re.compile(pattern, re.IGNORECASE) for lang, pattern in told.pop("turned").items()}
    kinds = {
        kind: {lang: [re.compile(each, re.IGNORECASE) for each in patterns] for lang, patterns in by_lang.items()}
        for kind, by_lang in told.items()
    }
    return _Phrases(kinds, turned)


_MADE: dict[str, Callable[[_Text], Iterator[Advice]]] = {
    "name": _name,
    "thanks": _thanks,
    "never": _never,
    "blame": _worded("blame"),
    "belittling": _worded("belittling"),
    "orders": _worded("orders"),
    "apology": _worded("apology"),
    "mixed": _mixed,
    "shouting": _shouting,
    "places": _places,
}
