"""`tantam new`: a first plan, by interview or by answers. Exit 0 written, 2 refused, 130 left off with answers kept."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from tantam.cli.ends import STOPPED, language, refused
from tantam.cli.interview import Interview, filled, problem
from tantam.folding import folded
from tantam.plan.errors import Finding, shown
from tantam.plan.start import Answer, Question, asked, plan_of, taken
from tantam.plan.words import say

COUNTRIES = {"vi": "VN", "de": "DE", "en": "GB"}
LARGEST_FILE = 100_000  # bytes of answers
KEPT = "tantam-answers"


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def new(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="The folder to make, named after you.")] = None,
    answers: Annotated[Path | None, typer.Option(help="A YAML file of answers, key: value.")] = None,
    set_: Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="One answer.")] = None,
    trade: Annotated[str, typer.Option(help="retail, software, hotel, telecom or office.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Take every default, ask nothing.")] = False,
    lang: Annotated[str, typer.Option(help="vi, de or en.")] = "",
) -> None:
    """Ask about twenty questions and write a whole plan: a folder that checks clean, with cases that pass."""
    lang = language(lang)
    if folder is not None:
        _must_be_free(folder, lang)
    given: dict[str, object] = _read(answers, lang) if answers else {}
    given |= dict(_pair(each, lang) for each in set_ or [])
    if trade:
        given["trade"] = trade
    _must_be_answers(given, lang)
    usual = {"country": COUNTRIES[lang]} | ({"name": folder.resolve().name} if folder is not None else {})
    told = _defaults(given, usual, lang) if yes else _asked(given, usual, lang)
    _write(told, folder or Path(slug(str(told["name"]))), lang)


def slug(name: str) -> str:
    """Return a name for a folder: small letters, digits and hyphens; `plan` if nothing is left."""
    return re.sub(r"[^a-z0-9]+", "-", folded(unicodedata.normalize("NFKC", name))).strip("-") or "plan"


def _defaults(given: Mapping[str, object], usual: Mapping[str, str], lang: str) -> Mapping[str, Answer]:
    answers, missing = filled(given, usual)
    if missing:
        raise refused(_sentences([missing], answers, lang))
    return answers


def _asked(given: Mapping[str, object], usual: Mapping[str, str], lang: str) -> Mapping[str, Answer]:
    interview = Interview(given, usual, lang)
    try:
        return interview.run(input)
    except (KeyboardInterrupt, EOFError):
        print()
        _keep(interview.answers(), lang)
        raise typer.Exit(STOPPED) from None


def _write(answers: Mapping[str, Answer], folder: Path, lang: str) -> None:
    if _taken(folder):
        _keep(answers, lang)
        _must_be_free(folder, lang)
    plan = plan_of(answers, today=datetime.now(UTC).astimezone().date())
    try:
        _make(folder, plan)
    except OSError as failed:
        _keep(answers, lang)
        raise refused(say("new_not_written", lang, path=folder, reason=failed.strerror or failed)) from failed
    cases = plan["cases.yaml"].count("- {policy:")
    print()
    print(say("new_written", lang, path=folder, count=len(plan)))
    print(_next_steps(shlex.quote(str(folder)), cases, lang))


def _next_steps(folder: str, cases: int, lang: str) -> str:
    commands = {
        "check": f"tantam check {folder}",
        "test": f"tantam test {folder}",
        "publish": f"tantam publish {folder} --to {folder}-public",
        "serve": f"tantam enact {folder} && tantam serve",
    }
    width = max(map(len, commands.values()))
    lines = [f"  {line:<{width}}  {say(f'new_next_{name}', lang, cases=cases)}" for name, line in commands.items()]
    return "\n".join([say("new_next", lang), *lines])


def _make(folder: Path, plan: Mapping[str, str]) -> None:
    """Write all files, or none: the folder appears once it is whole."""
    folder.absolute().parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".tantam-", dir=folder.absolute().parent))
    try:
        for name, text in plan.items():
            (draft / name).write_text(text, encoding="utf-8", newline="\n")
        draft.chmod(0o755)
        draft.rename(folder)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _taken(folder: Path) -> bool:
    try:
        return folder.is_symlink() or (folder.exists() and not (folder.is_dir() and not any(folder.iterdir())))
    except OSError:
        return True


def _must_be_free(folder: Path, lang: str) -> None:
    if _taken(folder):
        raise refused(say("new_exists", lang, path=folder))


def _keep(answers: Mapping[str, Answer], lang: str) -> None:
    """Write the answers beside, under a name that is free, and say how to go on."""
    names = (Path(f"{KEPT}{number or ''}.yaml") for number in range(100))
    text = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in answers.items())
    for path in names:
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            continue
        except OSError as failed:
            print(say("new_not_written", lang, path=path, reason=failed.strerror), file=sys.stderr)
            return
        print(say("new_kept", lang, path=path, command=f"tantam new --answers {path}"), file=sys.stderr)
        return


def _read(path: Path, lang: str) -> dict[str, object]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ValueError(f"> {LARGEST_FILE:_} bytes")
        written: Any = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader)  # texts alone
        if not isinstance(written, dict) or not all(map(_is_plain, written.values())):
            raise ValueError("key: value")
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as failed:
        reason = str(getattr(failed, "strerror", None) or failed).split("\n")[0]
        raise refused(say("new_answers_file", lang, path=path, reason=reason)) from failed
    return {str(key): value for key, value in written.items()}


def _is_plain(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(each, str) for each in value))


def _pair(text: str, lang: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise refused(say("new_set", lang, got=shown(text)))
    return key.strip(), value


def _must_be_answers(given: Mapping[str, object], lang: str) -> None:
    read = taken(given)
    if read.findings:
        raise refused(_sentences(read.findings, read.answers, lang))


def _sentences(findings: Sequence[Finding], answers: Mapping[str, Answer], lang: str) -> str:
    """Return what is wrong with answers, a line each; the questions are those that `answers` call for."""
    by_key = {each.key: each for each in asked(answers)}
    return "\n".join(_sentence(each, by_key.get(each.clause), lang) for each in findings)


def _sentence(finding: Finding, question: Question | None, lang: str) -> str:
    said = problem(finding, question, lang)
    return said if finding.code.startswith("new_key") else say("new_for", lang, key=finding.clause, problem=said)
