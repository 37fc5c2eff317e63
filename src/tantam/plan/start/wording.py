"""A starting plan's text in the languages that are wanted, and no others.

Texts stand beside each other in the package, in all languages: in one line, `{vi: a, de: b, en: c}`, or in three. A
plan in one language has them plain. Comments that begin with `#vi`, `#de`, `#en` stay in the first language alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

WORD = r'"(?:[^"\\]|\\.)*"|\[[^\]]*\]|[^,{}"\[\]\s](?:[^,{}]|\{\w+\})*'
ONE = rf"(vi|de|en): ({WORD})"
BESIDE = re.compile(rf"\{{{ONE}, {ONE}, {ONE}\}}")
BELOW = re.compile(r"^(\s*(?:- )?)(vi|de|en): (.*)$")
COMMENT = re.compile(r"^(\s*)#(vi|de|en) (.*)$")
ALL = {"vi", "de", "en"}
Say = Callable[[str, str], str]


def worded(text: str, languages: Sequence[str], say: Say) -> str:
    """Return the text in these languages, the first one first. say: (words, language) with the blanks filled."""
    lines = [line for part in _parts(text.split("\n")) for line in _written(part, languages, say)]
    return "\n".join(lines)


def _parts(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines, those that say the same in three languages together."""
    at = 0
    while at < len(lines):
        three = list(lines[at : at + 3])
        together = {found[2] for each in three if (found := BELOW.match(each))} == ALL
        yield three if together else three[:1]
        at += 3 if together else 1


def _written(part: list[str], languages: Sequence[str], say: Say) -> Iterator[str]:
    if len(part) == 3:
        yield from _below(part, languages, say)
    elif comment := COMMENT.match(part[0]):
        if comment[2] == languages[0]:
            yield f"{comment[1]}# {say(comment[3], comment[2])}"
    else:
        yield BESIDE.sub(lambda found: _beside(found, languages, say), part[0])


def _below(part: list[str], languages: Sequence[str], say: Say) -> Iterator[str]:
    found = [match for each in part if (match := BELOW.match(each))]
    words = {match[2]: say(match[3], match[2]) for match in found}
    first, rest = found[0][1], found[1][1]
    if len(languages) == 1 and not words[languages[0]].startswith("["):
        yield f"{first if first.endswith('- ') else first + ALONE}{words[languages[0]]}"
        return
    for number, lang in enumerate(languages):
        yield f"{rest if number else first}{lang}: {words[lang]}"


ALONE = "\0"  # marks words that belong behind the key in the line before


def _beside(found: re.Match[str], languages: Sequence[str], say: Say) -> str:
    words = {found[at]: say(found[at + 1], found[at]) for at in (1, 3, 5)}
    if len(languages) == 1 and not words[languages[0]].startswith("["):
        return words[languages[0]]
    return "{" + ", ".join(f"{each}: {words[each]}" for each in languages) + "}"


def joined(text: str) -> str:
    """Return the text with words in one language behind their key."""
    return re.sub(rf"\n\s*{ALONE}", " ", text)
