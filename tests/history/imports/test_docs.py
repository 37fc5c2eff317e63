"""The page that shows how to import does what it says, and the reference names every key."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest
from pydantic import BaseModel

from tantam.cli import main
from tantam.history.imports import form
from tantam.plan.files import Source, parse
from tests.support.sources import ROOT

HOWTO = (ROOT / "docs/howto/import-history.md").read_text(encoding="utf-8")
REFERENCE = (ROOT / "docs/reference/mapping.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_every_step_of_the_page_works_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for kind, text in BLOCK.findall(HOWTO):
        if kind in ("yaml", "csv"):
            first, _, rest = text.partition("\n")
            with (tmp_path / first.removeprefix("# ")).open("a", encoding="utf-8") as file:
                file.write(rest)
            continue
        command, _, expected = text.removeprefix("$ ").partition("\n")
        monkeypatch.setattr(sys, "argv", shlex.split(command))
        with pytest.raises(SystemExit):
            main()
        said = capsys.readouterr()
        assert said.out + said.err == expected, command


def test_the_example_of_the_reference_is_a_mapping() -> None:
    (text,) = [text for kind, text in BLOCK.findall(REFERENCE) if kind == "yaml"]
    root, wrong = parse(Source("mapping.md", text))
    assert root is not None and not wrong
    form.Mapping.model_validate(root.plain())


@pytest.mark.parametrize(
    "model",
    [
        form.Mapping,
        form.File,
        form.Formats,
        form.Unwanted,
        form.Given,
        form.Sign,
        form.Events,
        form.Promise,
        form.Sales,
        form.Back,
    ],
)
def test_the_reference_names_every_key(model: type[BaseModel]) -> None:
    assert not [name for name in model.model_fields if f"{name}" not in REFERENCE]
