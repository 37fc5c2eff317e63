"""The plans that the language server holds: those of open files, and no others."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from tantam.editor.whole import of_open_files, read_whole

SHOP = Path(__file__).parents[2] / "plans" / "ben-xuan"
NOW = datetime(2026, 6, 15, 9, tzinfo=UTC)


def test_a_plan_is_forgotten_when_its_last_file_is_closed(tmp_path: Path) -> None:
    folder = (tmp_path / "shop").resolve()
    shutil.copytree(SHOP, folder)
    wholes = {folder: read_whole(folder, {}, NOW)}
    assert of_open_files(wholes, {folder / "policies.yaml": ""}) == wholes
    assert of_open_files(wholes, {tmp_path / "else.yaml": ""}) == {}


def test_a_plan_that_cannot_be_read_is_kept_while_it_is_open(tmp_path: Path) -> None:
    file = (tmp_path / "plan.yaml").resolve()
    file.write_bytes(b"tantam: 1\n\xff")
    wholes = {file: read_whole(file, {}, NOW)}
    assert of_open_files(wholes, {file: ""}) == wholes
    assert of_open_files(wholes, {}) == {}
