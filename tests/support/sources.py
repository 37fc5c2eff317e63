"""Our own source files, for the tests that read code instead of running it.

A tree is thrown away with its module: kept for all files they are seven million objects, which every later test of the
run would pay for each time that Python looks for garbage.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Module:
    """One file: its path from the root, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """What Python reads in it."""
        return ast.parse(self.text, filename=self.path)

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Yield every function and method, nested ones too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Yield (dotted name as written, call) of every call whose name can be read off."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and (name := dotted(node.func)):
                yield name, node


def dotted(node: ast.expr) -> str:
    """Return `a.b.c` for names and attributes of names, else ""."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := dotted(node.value)):
        return f"{before}.{node.attr}"
    return ""


def modules(*folders: str) -> Iterator[Module]:
    """Yield the modules under `folders` (from the root), without migrations, by path."""
    for path in sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        if "migrations" not in path.parts and "__pycache__" not in path.parts:
            yield Module(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
