"""`tantam test`: a plan's own cases, run. Exit 0 if all answers are as expected, 1 if not, 2 unreadable."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from tantam.cli.ends import UNREADABLE, language, refused
from tantam.cli.findings import print_findings
from tantam.cli.plans import plan_or_exit
from tantam.plan.errors import PlanUnreadable
from tantam.plan.files import Source, read_sources
from tantam.plan.run.examples import Example, Verdict, judge, read_examples
from tantam.plan.sections import Plan
from tantam.plan.words import say


def test(
    plan: Annotated[Path, typer.Argument(help="A plan's file or folder.")],
    cases: Annotated[
        list[Path] | None, typer.Option(help="A file of cases; cases*.yaml beside the plan if left out.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    lang: Annotated[str, typer.Option(help="vi, de or en.")] = "",
) -> None:
    """Run a plan's cases and say where its answers differ from those expected."""
    lang = language(lang)
    read = plan_or_exit(plan, lang)
    files = [file for each in cases or [plan] for file in (_beside(each) if each.is_dir() or not cases else [each])]
    examples = [each for file in files for each in _examples(read, file, lang)]
    if not examples:
        raise refused(say("test_none", lang, where=", ".join(map(str, cases or [plan]))))
    now = datetime.now(UTC)
    verdicts = [judge(read, each, now=now) for each in examples]
    failed = [each for each in verdicts if not each.passed]
    print(_json(verdicts) if as_json else _text(verdicts, failed, lang))
    raise typer.Exit(1 if failed else 0)


def _beside(plan: Path) -> list[Path]:
    folder = plan if plan.is_dir() else plan.parent
    return sorted(each for each in folder.glob("cases*") if each.suffix in (".yaml", ".yml"))


def _examples(plan: Plan, file: Path, lang: str) -> tuple[Example, ...]:
    try:
        source: Source
        (source,) = read_sources(file)
        return read_examples(plan, source)
    except PlanUnreadable as unreadable:
        print_findings(unreadable.findings, lang, sys.stderr)
        raise typer.Exit(UNREADABLE) from unreadable


def _text(verdicts: list[Verdict], failed: list[Verdict], lang: str) -> str:
    lines = []
    for each in failed:
        lines.append(f"{each.example.place}: {each.example.policy}: {each.example.name}")
        lines += [
            "    " + say("test_wrong", lang, what=what, expected=expected, got=got)
            for what, (expected, got) in each.wrong.items()
        ]
    passed = len(verdicts) - len(failed)
    return "\n".join([*lines, say("test_count", lang, passed=passed, count=len(verdicts))])


def _json(verdicts: list[Verdict]) -> str:
    cases = [
        {
            "policy": each.example.policy,
            "name": each.example.name,
            "place": str(each.example.place),
            "passed": each.passed,
            "wrong": {what: {"expected": expected, "got": got} for what, (expected, got) in each.wrong.items()},
        }
        for each in verdicts
    ]
    passed = sum(each.passed for each in verdicts)
    return json.dumps({"passed": passed, "failed": len(cases) - passed, "cases": cases}, ensure_ascii=False, indent=2)
