"""Reads the texts that the score of spam is computed from, and those that it is judged by."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FRAGMENTS = ROOT / "src/tantam/desk/demo/fragments"
VARIANTS = 3
_CHOICE = re.compile(r"\{([^{}]*\|[^{}]*)\}")
_PLACES = {
    "thing": {"vi": "máy giặt", "de": "die Waschmaschine", "en": "the washing machine"},
    "problem": {"vi": "không lên nguồn", "de": "lässt sich nicht einschalten", "en": "does not switch on"},
    "agent": {"vi": "chị Lan", "de": "Frau Lange", "en": "Anna"},
}


@dataclass(frozen=True, slots=True)
class Text:
    """One text. family, language: of its heading."""

    family: str
    language: str
    body: str


def texts_in(path: Path, variants: int = VARIANTS) -> Iterator[Text]:
    """Yield the texts of a file, each in at most so many variants."""
    family = language = ""
    for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
        if paragraph.startswith("# "):
            heading, _, paragraph = paragraph.partition("\n")
            family, language = heading[2:].split()
        if paragraph.strip():
            different = dict.fromkeys(_variant(paragraph.strip(), number) for number in range(variants))
            yield from (Text(family, language, each) for each in different)


def of_the_demo() -> Iterator[Text]:
    """Yield what the example company's customers write, without what is filled in at random."""
    for file in sorted(FRAGMENTS.glob("*.toml")):
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        for subject in told.values():
            bodies = subject.get("body", []) if isinstance(subject, dict) else []
            yield from (Text("complaint", file.stem, _filled(each, file.stem)) for each in bodies)


def letters(texts: Iterable[Text]) -> Iterator[Text]:
    """Yield letters of three texts each: what people bring is as long as spam is, or length itself would speak."""
    by_language: dict[str, list[str]] = defaultdict(list)
    for each in texts:
        by_language[each.language].append(each.body)
    for language, bodies in by_language.items():
        for step in (1, 7):  # neighbours, then texts that have nothing to do with each other
            for at in range(0, len(bodies), 2):
                three = dict.fromkeys(bodies[(at + each * step) % len(bodies)] for each in range(3))
                yield Text("letter", language, " ".join(three))


def _variant(text: str, number: int) -> str:
    return _CHOICE.sub(lambda found: _turn(found.group(1).split("|"), number), text)


def _turn(choices: list[str], number: int) -> str:
    return choices[number % len(choices)]


def _filled(text: str, language: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: _PLACES.get(found.group(1), {}).get(language, ""), text)
