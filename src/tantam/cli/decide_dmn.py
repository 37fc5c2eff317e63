"""`tantam decide MODEL.dmn`: a decision of a DMN model, with the rules that fired."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import typer

from tantam.cli.findings import print_findings
from tantam.cli.plans import UNREADABLE, stop
from tantam.plan.dmn import answer, decide, json_text, read_facts, read_json, read_model
from tantam.plan.errors import BadFact, PlanUnreadable, UnknownName
from tantam.plan.words import say


def decide_model(
    path: Path, decision: str, facts: tuple[Sequence[str], Path | None], *, now: datetime, lang: str
) -> str:
    """Return the answer as JSON text. facts: name=value texts, and a JSON file. Ends with 2 for bad input."""
    content = _read(path, lang)
    texts, file = facts
    try:
        model = read_model(content, str(path))
        given = read_facts(model, _of_file(file, lang), _written(texts, lang))
        return json_text(answer(decide(model, decision, given, now=now), lang))
    except PlanUnreadable as unreadable:
        print_findings(unreadable.findings, lang, sys.stderr)
        raise typer.Exit(UNREADABLE) from unreadable
    except (UnknownName, BadFact) as problem:
        raise stop(problem, lang) from problem


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
