"""Calls a command, and says in the terminal's language what was wrong with its arguments."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from typing import Any

import typer
from typer.core import TyperGroup

from tantam.cli import USAGE
from tantam.cli.ends import usual_language
from tantam.plan.nearest import nearest
from tantam.plan.words import say

GIVEN_UP = 1  # at a question that the command asks
_UsageError: Any = typer.BadParameter.__bases__[0]
_QUOTED = re.compile(r"'([^']*)'")
_EXTRA = re.compile(r"\(([^()]*)\)$")


def call(command: Any, arguments: list[str], name: str) -> None:
    """Run the command; end with its exit code, or with USAGE and a sentence. Raises SystemExit."""
    lang = usual_language()
    try:
        ended = command(arguments, prog_name=name, standalone_mode=False)
    except typer.Abort:
        print(say("misuse_given_up", lang), file=sys.stderr)
        raise SystemExit(GIVEN_UP) from None
    except _UsageError as wrong:
        if not wrong.message and type(wrong).__name__ == "NoArgsIsHelpError":  # the help is shown already
            raise SystemExit(USAGE) from None
        print(_sentence(wrong, name, lang), file=sys.stderr)
        raise SystemExit(USAGE) from None
    raise SystemExit(ended if isinstance(ended, int) else 0)


def _sentence(wrong: Any, name: str, lang: str) -> str:
    """Return what was wrong; in the library's own words where it is none of the kinds known here."""
    tell = _KINDS.get(type(wrong).__name__, _of_others)
    return f"{tell(wrong, name, lang)} {say('misuse_help', lang, command=name)}"


def _missing(wrong: Any, name: str, lang: str) -> str:
    return say("misuse_missing", lang, command=name, what=_named(wrong.param))


def _no_option(wrong: Any, name: str, lang: str) -> str:
    known = [each for param in wrong.ctx.command.get_params(wrong.ctx) for each in param.opts if each[0] == "-"]
    near = nearest(wrong.option_name, known)
    key = "misuse_option_near" if near else "misuse_option"
    return say(key, lang, command=name, got=wrong.option_name, nearest=near)


def _no_value(wrong: Any, _name: str, lang: str) -> str:
    return say("misuse_no_value", lang, option=wrong.option_name)


def _bad_value(wrong: Any, name: str, lang: str) -> str:
    """Say which value does not fit. The reason stands in the exception from which this one was raised."""
    listing = getattr(wrong.__cause__, "errors", None)
    if listing is None or wrong.param is None:
        return _of_others(wrong, name, lang)
    (found, *_) = listing()
    allowed = _allowed(found, wrong.param, lang)
    if not allowed:
        return _of_others(wrong, name, lang)
    return say("misuse_value", lang, option=_named(wrong.param), got=str(found["input"]), allowed=allowed)


def _allowed(found: Mapping[str, Any], param: Any, lang: str) -> str:
    """Return what would have fitted, in words; "" where that is not known here."""
    first, last = getattr(param, "min", None), getattr(param, "max", None)
    match found["type"].partition("_")[0]:
        case "int" | "less" | "greater" if first is not None and last is not None:
            return say("misuse_whole_between", lang, first=first, last=last)
        case "int" | "less" | "greater" if first is not None:
            return say("misuse_whole_from", lang, first=first)
        case "int":
            return say("misuse_whole", lang)
        case "float":
            return say("misuse_number", lang)
        case "value":  # one of several words: the first that is quoted is what was given
            return ", ".join(_QUOTED.findall(str(found["msg"]))[1:])
    return ""


def _of_others(wrong: Any, name: str, lang: str) -> str:
    """Say what has no class of its own: an argument too many, a command of a command that there is not."""
    extra, command = _EXTRA.search(wrong.message), getattr(wrong.ctx, "command", None)
    if wrong.message.startswith("No such command") and isinstance(command, TyperGroup):
        got, allowed = _QUOTED.findall(wrong.message)[0], list(command.commands)
        near = nearest(got, allowed)
        key = "command_near" if near else "command_none"
        return say(key, lang, name=got, nearest=near, allowed=", ".join(allowed))
    if "unexpected extra" in wrong.message and extra:
        return say("misuse_extra", lang, command=name, got=extra[1])
    return f"{name}: {wrong.message}"


def _named(param: Any) -> str:
    """Return how a parameter is written: an option by its longest name."""
    return str(max(param.opts, key=len))


_KINDS: Mapping[str, Callable[[Any, str, str], str]] = {
    "MissingParameter": _missing,
    "NoSuchOption": _no_option,
    "BadOptionUsage": _no_value,
    "BadParameter": _bad_value,
}
