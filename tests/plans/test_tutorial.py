"""The tutorial does what it says: its files are written, its commands are run, its output is compared."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest

from tantam.cli import main

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial" / "first-plan.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HASH = re.compile(r"\b[0-9a-f]{12}\b")


def test_every_step_of_the_tutorial_works_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wheel").mkdir()
    for kind, text in BLOCK.findall(TUTORIAL.read_text(encoding="utf-8")):
        match kind:
            case "yaml":
                first, _, rest = text.partition("\n")
                file = tmp_path / first.removeprefix("# ")
                before = file.read_text(encoding="utf-8") + "\n" if file.exists() else ""
                file.write_text(before + rest, encoding="utf-8")
            case "diff":
                _apply(tmp_path / "wheel" / "plan.yaml", text)
            case "console":
                for step in text.split("$ ")[1:]:
                    command, _, expected = step.partition("\n")
                    monkeypatch.setattr(sys, "argv", shlex.split(command))
                    with pytest.raises(SystemExit):
                        main()
                    said = capsys.readouterr()
                    assert HASH.sub("#", said.out) == HASH.sub("#", expected), f"{command}\n{said.err}"


def _apply(file: Path, diff: str) -> None:
    """Put each added line behind the line that stands above it in the diff."""
    lines, above = file.read_text(encoding="utf-8").splitlines(), ""
    for line in diff.splitlines():
        if line.startswith("+"):
            lines.insert(lines.index(above) + 1, line[1:])
        else:
            above = line[1:]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
