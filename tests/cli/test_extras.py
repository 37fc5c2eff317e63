"""A command that misses a package names it and the extra that brings it, in the terminal's language."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib

import pytest

from tests.support.sources import ROOT

PLAN = str(ROOT / "plans" / "weekday-team")
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
NEEDS = {
    "translate": ("polib", "texts", PLAN, "--to", "t.po", "--lang", "vi"),
    "editor": ("pygls", "language-server"),
    "sql": ("sqlglot", "sql", PLAN, "triage"),
    "history": ("duckdb", "import", "history", "log.csv", "--mapping", "map.yaml"),
    "desk": ("django", "enact", PLAN),
}


@pytest.mark.parametrize("extra", NEEDS)
def test_a_missing_package_is_told_with_the_extra_that_brings_it(extra: str) -> None:
    package, *arguments = NEEDS[extra]
    code = f"import sys; sys.modules[{package!r}] = None; from tantam.cli import main; main()"
    environment = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES")}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment | {"LANG": "de_DE.UTF-8"},
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert f"Dazu fehlt {package}." in done.stderr and f'pip install "tantam[{extra}]"' in done.stderr
    assert any(each.casefold().startswith(package) for each in EXTRAS[extra])
