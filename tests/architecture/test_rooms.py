"""The arrows between the rooms point down, and no room is forgotten by the rules that hold them."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.support.sources import ROOT, dotted, modules

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
SAVES = ("save", "delete", "bulk_create", "bulk_update", "update_or_create", "get_or_create")


def test_arrows_point_down() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    ended = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_contracts_name_every_room_of_the_desk() -> None:
    layers = _contract("desk")["layers"]
    named = {each.strip(" ()") for layer in layers for each in layer.split("|")}
    assert _rooms("src/tantam/desk") <= named


def test_contracts_name_every_room_of_the_plan() -> None:
    layers = _contract("plan")["layers"]
    named = {each.strip(" ()") for layer in layers for each in layer.split("|")}
    assert _rooms("src/tantam/plan") <= named


def test_every_room_of_the_desk_but_plans_asks_instead_of_importing_the_plan() -> None:
    sources = {each.removeprefix("tantam.desk.") for each in _contract("asks-the-plan")["source_modules"]}
    assert sources == _rooms("src/tantam/desk") - {"plans", "demo"}


def test_nobody_but_plans_reaches_through_the_running_plan() -> None:
    reached = [
        f"{module.path}:{node.lineno}"
        for module in modules("src/tantam/desk")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and dotted(node).endswith("plan.plan")
        if not module.path.startswith(("src/tantam/desk/plans/", "src/tantam/desk/demo/"))
    ]
    assert not reached


def test_no_room_names_a_page_of_one_above_it() -> None:
    above = ("web", "portal", "api")
    allowed = tuple(f"src/tantam/desk/{each}/" for each in (*above, "demo"))
    named = [
        f"{module.path}:{node.lineno}: {node.value}"
        for module in modules("src/tantam/desk")
        if not module.path.startswith(allowed)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and re.fullmatch(rf"({'|'.join(above)}):\w+", str(node.value))
    ]
    assert not named


def test_views_save_no_model() -> None:
    saves = [
        f"{module.path}:{node.lineno}"
        for module in modules(*(f"src/tantam/desk/{each}" for each in ("web", "portal", "api", "reports")))
        if "actions" not in Path(module.path).parts
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and _saves(node.func)
    ]
    assert not saves


def test_events_are_made_by_the_act_alone_so_that_who_listens_hears_each() -> None:
    made = [
        f"{module.path}:{call.lineno}"
        for module in modules("src/tantam/desk")
        if not module.path.startswith(("src/tantam/desk/cases/act.py", "src/tantam/desk/demo/"))
        for name, call in module.calls()
        if name == "CaseEvent" or (name.startswith("CaseEvent.objects.") and "create" in name)
    ]
    assert not made


@pytest.mark.parametrize("call", ["case.save", "Case.objects.filter(pk=1).update", "Case.objects.create", "row.delete"])
def test_the_reader_sees_what_saves(call: str) -> None:
    assert _saves(ast.parse(call, mode="eval").body)
    assert not _saves(ast.parse("context.update", mode="eval").body)


def _saves(called: ast.expr) -> bool:
    """Whether a call of this writes to the database, however long the chain before it."""
    if not isinstance(called, ast.Attribute):
        return False
    return called.attr in SAVES or (called.attr in ("create", "update") and ".objects." in ast.unparse(called))


def _contract(name: str) -> dict[str, list[str]]:
    return next(each for each in CONTRACTS if each["id"] == name)


def _rooms(folder: str) -> set[str]:
    return {each.parent.name for each in (ROOT / folder).glob("*/__init__.py")}
