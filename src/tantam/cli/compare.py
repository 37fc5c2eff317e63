"""`tantam compare`: what changed between two plans. Exit 0 the same in meaning, 1 differences, 2 unreadable."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

import typer

from tantam.cli.ends import language
from tantam.cli.plans import plan_or_exit
from tantam.plan.compare import Change, Comparison, Example, aloud, whom
from tantam.plan.compare import compare as compared
from tantam.plan.run import json_value
from tantam.plan.words import say

MARKS = re.compile(r"[\\`*_\[\]<>#|~]")


class Form(StrEnum):
    """How the result is printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"  # for a comment under a pull request


def compare(
    old: Annotated[Path, typer.Argument(help="The earlier plan: a file or folder.")],
    new: Annotated[Path, typer.Argument(help="The later plan: a file or folder.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    form: Annotated[Form, typer.Option("--format", help="How it is printed.")] = Form.TEXT,
    lang: Annotated[str, typer.Option(help="vi, de or en.")] = "",
) -> None:
    """Say what changed between two plans and whom it touches, clause by clause, what customers are promised first."""
    lang = language(lang)
    found = compared(plan_or_exit(old, lang), plan_or_exit(new, lang))
    match Form.JSON if as_json else form:
        case Form.JSON:
            print(_json(found, lang))
        case Form.MARKDOWN:
            print(_markdown(found, lang))
        case Form.TEXT:
            print(_text(found, lang))
    raise typer.Exit(0 if found.is_same else 1)


def _text(found: Comparison, lang: str) -> str:
    if not found.changes:
        return say("compare_same", lang)
    lines: list[str] = []
    shown: set[str] = set()
    for weight, changes in groupby(found, key=lambda each: each.weight):
        lines += [say(f"compare_weight_{weight.name.lower()}", lang)]
        for change in changes:
            lines += [f"  {aloud(change, lang, within=found)}  [{change.clause}]"]
            touched = whom(change, lang, within=found)
            if touched:
                lines += [f"    {say('compare_case_above', lang) if touched in shown else touched}"]
            shown |= {touched} if change.example else set()
        lines += [""]
    return "\n".join([*lines, say("compare_same_answers", lang) if found.is_same else _count(found, lang)])


def _markdown(found: Comparison, lang: str) -> str:
    if not found.changes:
        return say("compare_same", lang)
    lines = [say("compare_same_answers", lang) if found.is_same else _count(found, lang), ""]
    for weight, changes in groupby(found, key=lambda each: each.weight):
        lines += [f"### {say(f'compare_weight_{weight.name.lower()}', lang)}", ""]
        for change in changes:
            lines += [f"- {_escaped(aloud(change, lang, within=found))} `{change.clause}`"]
            touched = whom(change, lang, within=found)
            lines += [f"  <br>*{_escaped(touched)}*"] if touched else []
        lines += [""]
    return "\n".join(lines).rstrip()


def _escaped(text: str) -> str:
    """Return a sentence that means nothing to Markdown, and nobody to those who are called by an @."""
    return MARKS.sub(r"\\\g<0>", text).replace("@", "@\u200b")


def _count(found: Comparison, lang: str) -> str:
    one, _, several = say("compare_count", lang, count=len(found), old=found.old.name, new=found.new.name).partition(
        "|"
    )
    return one if len(found) == 1 or not several else several


def _json(found: Comparison, lang: str) -> str:
    told = {
        "old": found.old.name,
        "new": found.new.name,
        "same": found.is_same,
        "changes": [_change(each, found, lang) for each in found],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _change(change: Change, found: Comparison, lang: str) -> dict[str, Any]:
    return {
        "code": change.what.value,
        "clause": change.clause,
        "was": change.was or None,
        "other": change.other or None,
        "weight": change.weight.name.lower(),
        "edits": [
            {"part": each.part, "before": each.before, "after": each.after, "languages": list(each.languages)}
            for each in change.edits
        ],
        "touches": change.touches.value,
        "example": _example(change.example),
        "promised": _example(change.promised),
        "concerns": list(change.concerns),
        "sentence": aloud(change, lang, within=found),
        "whom": whom(change, lang, within=found) or None,
    }


def _example(example: Example | None) -> dict[str, Any] | None:
    if example is None:
        return None
    return {
        "asked": example.asked,
        "facts": dict(example.facts),
        "moment": example.moment.isoformat() if example.moment else None,
        "before": json_value(example.before),
        "after": json_value(example.after),
    }
