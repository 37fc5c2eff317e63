"""`tantam decide MODEL.dmn`: a decision of a DMN model, with the rules that fired.

What cannot be evaluated is null, as the specification wants; why is said on standard error and beside the outcome."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import typer

from tantam.cli.ends import UNREADABLE, stop
from tantam.cli.findings import print_findings
from tantam.plan.dmn import answer, decide, json_text, read_facts, read_json, read_model, said_notes
from tantam.plan.dmn.run import Decided
from tantam.plan.errors import PlanUnreadable, UnknownName
from tantam.plan.words import say

LONGEST = 30  # seconds; a pattern may try more ways than there is time
DEEPEST = 10_000  # Python's own frames
MOST_NEIGHBOURS = 500  # files in the model's folder that may be what it imports
HEAD = 20_000  # bytes in which a model names its namespace


def decide_model(
    path: Path, decision: str, facts: tuple[Sequence[str], Path | None], *, now: datetime, lang: str
) -> str:
    """Return the answer as JSON text. facts: name=value texts, and a JSON file. Ends with 2 for bad input."""
    content = _read(path, lang)
    texts, file = facts
    sys.setrecursionlimit(DEEPEST)
    try:
        with _in_time():
            model = read_model(content, str(path), _neighbours(path))
            given = read_facts(model, _of_file(file, lang), _written(texts, lang))
            decided = decide(model, decision, given, now=now)
            text = json_text(answer(decided, lang))
    except PlanUnreadable as unreadable:
        print_findings(unreadable.findings, lang, sys.stderr)
        raise typer.Exit(UNREADABLE) from unreadable
    except UnknownName as problem:
        raise stop(problem, lang) from problem
    except TimeoutError as late:
        raise _end("dmn_late", lang, seconds=LONGEST) from late
    _tell(decided, lang)
    return text


def _tell(decided: Decided, lang: str) -> None:
    """Say on standard error what became null."""
    if decided.doubts:
        print_findings(decided.doubts, lang, sys.stderr)
    for each in said_notes(decided, lang):
        typer.echo(each, err=True)


@contextmanager
def _in_time() -> Iterator[None]:
    """Raise TimeoutError behind LONGEST seconds, where the system can."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def stop_now(number: int, frame: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop_now)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


class _neighbours:  # noqa: N801 - a function that remembers
    """Finds an imported model in the folder of the one that imports it, by its location, else by its namespace."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, space: str, location: str) -> tuple[bytes, str] | None:
        named = self.path.parent / Path(location).name if location else None
        if named and named.is_file() and named.resolve() != self.path.resolve():
            return named.read_bytes(), str(named)
        wanted = f'"{space}"'.encode(), f"'{space}'".encode()
        for each in sorted(self.path.parent.iterdir())[:MOST_NEIGHBOURS]:
            if each.suffix.casefold() not in (".dmn", ".xml") or not each.is_file() or each == self.path:
                continue
            content = each.read_bytes()
            if any(b"namespace=" + quoted in content[:HEAD] for quoted in wanted):
                return content, str(each)
        return None


def _read(path: Path, lang: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as wrong:
        raise _end("dmn_file", lang, file=path, reason=wrong.strerror) from wrong


def _of_file(path: Path | None, lang: str) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        facts = read_json(_read(path, lang).decode("utf-8-sig"))
    except ValueError as wrong:
        raise _end("dmn_facts", lang, file=path, reason=wrong) from wrong
    if not isinstance(facts, dict):
        raise _end("dmn_facts", lang, file=path, reason=type(facts).__name__)
    return facts


def _written(texts: Sequence[str], lang: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise _end("dmn_fact", lang, written=text)
        if name.strip() in found:
            raise _end("dmn_twice", lang, name=name.strip())
        found[name.strip()] = value
    return found


def _end(key: str, lang: str, **args: object) -> typer.Exit:
    typer.echo(say(key, lang, **args), err=True)
    return typer.Exit(UNREADABLE)
