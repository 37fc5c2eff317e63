"""The sentences of the plan's engine in vi, de and en: keys and arguments in, words out."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("vi", "de", "en")
FIRST = ("files.toml", "spoken.toml", "tables.toml", "run.toml")


class Key(str):
    """An argument that is itself a sentence's key (`KIND_level`): said in the language of the sentence around it."""

    __slots__ = ()


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return {key: {language: sentence}} of all areas. Raises ValueError if two areas share a key."""
    words: dict[str, dict[str, str]] = {}
    for area in _areas():
        if twice := words.keys() & _area(area).keys():
            raise ValueError(f"{area} repeats {', '.join(sorted(twice))}")
        words |= _area(area)
    return words


@cache
def _areas() -> tuple[str, ...]:
    """Return the files of the areas, those first that every plan speaks of."""
    names = sorted(each.name for each in files(__name__).iterdir() if each.name.endswith(".toml"))
    return (*FIRST, *(each for each in names if each not in FIRST))


@cache
def _area(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((files(__name__) / name).read_text(encoding="utf-8"))


@cache
def _sentences(key: str) -> dict[str, str]:
    """Return the sentence by language. The areas are read one by one until one has it: few commands need them all."""
    for area in _areas():
        if key in _area(area):
            return _area(area)[key]
    raise KeyError(key)


def say(key: str, lang: str, /, **args: Any) -> str:
    """Return the sentence `key` in `lang`, with `args` in its named placeholders, and in those of its Keys.

    lang: vi, de, en; anything else is read as en. Raises KeyError for a key that no catalogue has.
    """
    sentences = _sentences(key)
    plain = {name: each for name, each in args.items() if not isinstance(each, Key)}
    said = {name: say(each, lang, **plain) if isinstance(each, Key) else each for name, each in args.items()}
    return sentences.get(lang, sentences["en"]).format(**said)
