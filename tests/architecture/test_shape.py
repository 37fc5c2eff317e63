"""Files, functions and parameter lists stay small enough to hold in one head."""

from __future__ import annotations

import ast

from tests.support.sources import ROOT, Module, modules

LINES_OF_A_FILE = 500
LINES_OF_A_FUNCTION = 50
LINE_OF_A_TEMPLATE = 240
PARAMETERS = 5

# Each with its reason; a name that is no longer needed here fails the test.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}
MANY_PARAMETERS: dict[str, str] = {}

COMMAND_DECORATORS = ("command", "callback")


def test_files_stop_at_500_lines() -> None:
    long = {
        each.path: lines
        for each in modules("src", "tests", "tools", "bench")
        if (lines := each.text.count("\n")) > LINES_OF_A_FILE
    }
    assert long.keys() == LONG_FILES.keys(), long


def test_functions_stop_at_50_lines() -> None:
    long = {
        f"{each.path}::{function.name}": lines
        for each in modules("src", "tests", "tools", "bench")
        for function in each.functions()
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > LINES_OF_A_FUNCTION
    }
    assert long.keys() == LONG_FUNCTIONS.keys(), long


def test_lines_of_a_template_stop_at_240_characters() -> None:
    """Longer than a sentence for people, no line is read by anybody, nor compared by whoever looks a change over."""
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "src").glob("**/templates/**/*.html")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LINE_OF_A_TEMPLATE
    ]
    assert not long, f"break these between attributes, or beside the tags of a block: {long}"


def test_functions_take_at_most_5_parameters() -> None:
    many = {
        f"{each.path}::{function.name}": count
        for each in modules("src", "tools", "bench")
        for function in each.functions()
        if (count := _parameters(function)) > PARAMETERS and not _is_command(function)
    }
    assert many.keys() == MANY_PARAMETERS.keys(), many


def test_modules_open_with_a_sentence() -> None:
    silent = [each.path for each in modules("src", "tools", "bench") if _says_nothing(each)]
    assert not silent


def test_modules_are_not_named_for_nothing() -> None:
    empty = {"utils", "helpers", "manager", "data", "process", "handle", "misc"}
    assert not [each.path for each in modules("src") if each.path.split("/")[-1].removesuffix(".py") in empty]


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count what a caller may give: all but self, cls, and the catch-alls."""
    given = function.args
    named = [each.arg for each in (*given.posonlyargs, *given.args)]
    own = bool(named) and named[0] in ("self", "cls")
    return len(named) - own + len(given.kwonlyargs)


def _is_command(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A command's parameters are the options that its user types, as many as the command line has."""
    return any(
        isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr in COMMAND_DECORATORS
        for each in function.decorator_list
    )


def _says_nothing(module: Module) -> bool:
    """Whether a module with code in it has no docstring."""
    return bool(module.tree.body) and ast.get_docstring(module.tree) is None
