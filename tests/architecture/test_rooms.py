"""The arrows between the rooms point down, and no room is forgotten by the rules that hold them."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.support.sources import ROOT, modules

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]


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


def test_views_save_no_model() -> None:
    saves = [
        f"{module.path}:{call.lineno}"
        for module in modules("src/tantam/desk/web", "src/tantam/desk/portal", "src/tantam/desk/api")
        for name, call in module.calls()
        if name.endswith((".save", ".objects.create", ".bulk_create", ".update_or_create", ".get_or_create"))
        and "form" not in name
        and "session" not in name
    ]
    assert not saves


def _contract(name: str) -> dict[str, list[str]]:
    return next(each for each in CONTRACTS if each["id"] == name)


def _rooms(folder: str) -> set[str]:
    return {each.parent.name for each in (ROOT / folder).glob("*/__init__.py")}
