"""The sentences of the plan's engine in vi, de and en: keys and arguments in, words out."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("vi", "de", "en")


class Key(str):
    """An argument that is itself a sentence's key (`KIND_level`): said in the language of the sentence around it."""

    __slots__ = ()


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return {key: {language: sentence}} of all areas. Raises ValueError if two areas share a key."""
    words: dict[str, dict[str, str]] = {}
    for area in sorted(files(__name__).iterdir(), key=lambda each: each.name):
        if not area.name.endswith(".toml"):
            continue
        entries = tomllib.loads(area.read_text(encoding="utf-8"))
        if twice := words.keys() & entries.keys():
            raise ValueError(f"{area.name} repeats {', '.join(sorted(twice))}")
        words |= entries
    return words


def say(key: str, lang: str, /, **args: Any) -> str:
    """Return the sentence `key` in `lang`, with `args` in its named placeholders, and in those of its Keys.

    lang: vi, de, en; anything else is read as en. Raises KeyError for a key that no catalogue has.
    """
    sentences = catalogue()[key]
    plain = {name: each for name, each in args.items() if not isinstance(each, Key)}
    said = {name: say(each, lang, **plain) if isinstance(each, Key) else each for name, each in args.items()}
    return sentences.get(lang, sentences["en"]).format(**said)
