"""How a command ends: in which language it speaks, what it says of bad input, with which code. Knows no plan."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from tantam.cli import STOPPED as STOPPED
from tantam.plan.errors import BadFact, NotInstalled, TantamError, UnknownName, shown
from tantam.plan.nearest import listed, nearest
from tantam.plan.words import LANGUAGES, Key, say

UNREADABLE = 2
MODELS = (".dmn", ".xml")  # endings of DMN models


def language(asked: str) -> str:
    """Return the language asked for; "" is the terminal's. Ends with 2 if it is not vi, de or en."""
    if asked and asked not in LANGUAGES:
        raise stop(UnknownName("language", asked, LANGUAGES), usual_language())
    return asked or usual_language()


def usual_language() -> str:
    """Return the language of the terminal (LC_ALL, LC_MESSAGES, LANG) if it is vi, de or en, else en."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if code := os.environ.get(name, "")[:2]:
            return code if code in LANGUAGES else "en"
    return "en"


def stop(problem: TantamError, lang: str) -> typer.Exit:
    """Say what is wrong with the command's input; return the exit to raise."""
    return refused(sentence(problem, lang))


def refused(words: str) -> typer.Exit:
    """Say why the command cannot be done; return the exit to raise."""
    print(words, file=sys.stderr)
    return typer.Exit(UNREADABLE)


@contextmanager
def brought_by(extra: str, lang: str) -> Iterator[None]:
    """Import within this what comes with an extra of Tantam; where a package is missing, say so and end with 2."""
    try:
        yield
    except ModuleNotFoundError as missing:
        package = (missing.name or "").partition(".")[0]
        if package == "tantam":
            raise
        raise stop(NotInstalled(package, f"tantam[{extra}]"), lang) from missing


def sentence(problem: TantamError, lang: str) -> str:
    """Return what is wrong, in a language where there are words for it."""
    match problem:
        case UnknownName(kind=kind, name=name, allowed=allowed):
            near = nearest(name, allowed)
            args = {"kind": Key(f"KIND_{kind}"), "name": name, "nearest": near, "allowed": listed(allowed)}
            return say("U_name_near" if near else "U_name", lang, **args)
        case BadFact(term=term, got=str() as got) if here := _as_here(got):
            return say("U_fact_number", lang, term=term, got=got, allowed=here)
        case BadFact(term=term, got=got, allowed=allowed):
            return say("U_fact", lang, term=term, got=shown(got).strip("'"), allowed=allowed)
        case NotInstalled(package=package, extra=extra):
            return say("U_not_installed", lang, package=package, extra=extra)
        case _:
            return str(problem)


def _as_here(number: str) -> str:
    from tantam.plan.tables.tokens import as_here  # only who wrote a wrong fact waits for the tables

    return as_here(number.strip())
