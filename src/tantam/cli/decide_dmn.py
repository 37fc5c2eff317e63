"""`tantam decide MODEL.dmn`: a decision of a DMN model, with the rules that fired.

What cannot be evaluated is null, as the specification wants; why is said on standard error and beside the outcome."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import typer

from tantam.cli.asked import Asked
from tantam.cli.ends import MODELS, UNREADABLE, refused, stop
from tantam.cli.findings import print_findings
from tantam.plan.dmn import answer, decide, json_text, read_facts, read_json, read_model, said_notes
from tantam.plan.dmn.run import Decided
from tantam.plan.errors import PlanUnreadable, UnknownName
from tantam.plan.words import say

LONGEST = 9  # seconds; a pattern may try more ways than there is time
DEEPEST = 10_000  # Python's own frames
MOST_NEIGHBOURS = 500  # files in the model's folder that may be what it imports
LARGEST = 50_000_001  # bytes read of a file: one more than a model may have, so that more is told
HEAD = 20_000  # bytes in which a model names its namespace


def decide_model(path: Path, asked: Asked) -> str:
    """Return the answer as JSON text. Ends with 2 for bad input."""
    lang = asked.lang
    content = _read(path, lang)
    sys.setrecursionlimit(DEEPEST)
    try:
        with _in_time():
            model = read_model(content, str(path), partial(_neighbour, path))
            given = read_facts(model, _of_file(asked.file, lang), asked.facts)
            decided = decide(model, asked.name, given, now=asked.now)
            text = json_text(answer(decided, lang))
    except PlanUnreadable as unreadable:
        print_findings(unreadable.findings, lang, sys.stderr)
        raise typer.Exit(UNREADABLE) from unreadable
    except UnknownName as problem:
        raise stop(problem, lang) from problem
    except TimeoutError as late:
        raise refused(say("dmn_late", lang, seconds=LONGEST)) from late
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


def _neighbour(path: Path, space: str, location: str) -> tuple[bytes, str] | None:
    """Return what an imported model holds and its name: one in the same folder, by its location, else its namespace."""
    named = path.parent / Path(location).name if location else None
    if named and named.is_file() and named.resolve() != path.resolve():
        return named.read_bytes(), str(named)
    wanted = f'"{space}"'.encode(), f"'{space}'".encode()
    for each in sorted(path.parent.iterdir())[:MOST_NEIGHBOURS]:
        if each.suffix.casefold() not in MODELS or not each.is_file() or each == path:
            continue
        content = each.read_bytes()
        if any(b"namespace=" + quoted in content[:HEAD] for quoted in wanted):
            return content, str(each)
    return None


def _read(path: Path, lang: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST)
    except OSError as wrong:
        raise refused(say("dmn_file", lang, file=path, reason=wrong.strerror)) from wrong


def _of_file(path: Path | None, lang: str) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        facts = read_json(_read(path, lang).decode("utf-8-sig"))
    except ValueError as wrong:
        raise refused(say("dmn_facts", lang, file=path, reason=wrong)) from wrong
    if not isinstance(facts, dict):
        raise refused(say("dmn_facts", lang, file=path, reason=type(facts).__name__))
    return facts
