"""The same log gives the same events, whatever its file; and a file that cannot be read says why."""

from __future__ import annotations

import gzip
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tantam.history.imports import form as forms
from tantam.plan.errors import PlanUnreadable
from tests.support import logs

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<log><trace><string key="number" value="&b;"/><event/></trace></log>'
)


@pytest.mark.parametrize("form", [each for each in logs.FORMS if each != "csv"])
def test_every_form_gives_the_same_events(form: str, tmp_path: Path) -> None:
    mapping = logs.write_mapping(tmp_path)
    logs.imported(logs.FORMS["csv"](tmp_path), mapping, tmp_path / "one")
    logs.imported(logs.FORMS[form](tmp_path), mapping, tmp_path / "other")
    assert logs.events(tmp_path / "one") == logs.events(tmp_path / "other")


def test_a_trace_has_its_attributes_under_two_names(tmp_path: Path) -> None:
    mapping = logs.write_mapping(tmp_path, ("case: number", "case: case:number"))
    logs.imported(logs.FORMS["xes"](tmp_path), mapping, tmp_path / "history")
    assert [each for each in logs.events(tmp_path / "history", "reference") if each[0]] == [("7",), ("9",), ("8",)]


def test_encoding_and_delimiter_are_stated(tmp_path: Path) -> None:
    rows = logs.rows()
    rows[0][10] = "Zoë"
    file = logs.write_csv(tmp_path / "log.csv", rows, delimiter=";")
    file.write_bytes(file.read_text(encoding="utf-8").encode("cp1252"))
    mapping = logs.write_mapping(tmp_path, ("case: number", 'file: {encoding: cp1252, delimiter: ";"}\ncase: number'))
    logs.imported(file, mapping, tmp_path / "history")
    assert ("works/Zoë",) in logs.events(tmp_path / "history", "customer")


def _empty(folder: Path) -> Path:
    (folder / "log.csv").write_bytes(b"")
    return folder / "log.csv"


def _only_heads(folder: Path) -> Path:
    return logs.write_csv(folder / "log.csv", [])


def _other_delimiter(folder: Path) -> Path:
    return logs.write_csv(folder / "log.csv", delimiter=";")


def _latin(folder: Path) -> Path:
    rows = logs.rows()
    rows[3][10] = "Zoë"
    file = logs.write_csv(folder / "log.csv", rows)
    file.write_bytes(file.read_text(encoding="utf-8").encode("cp1252"))
    return file


def _cut_short(folder: Path) -> Path:
    file = logs.as_gz(folder)
    packed = gzip.compress(logs.write_csv(folder / "x.csv", logs.rows() * 50).read_bytes())
    file.write_bytes(packed[: len(packed) // 2])
    return file


def _no_gzip(folder: Path) -> Path:
    file = folder / "log.csv.gz"
    file.write_bytes(logs.write_csv(folder / "x.csv", logs.rows()[:5]).read_bytes())
    return file


def _twice(folder: Path) -> Path:
    file = logs.write_csv(folder / "log.csv")
    file.write_text(file.read_text(encoding="utf-8").replace("impact,visit", "impact,impact"), encoding="utf-8")
    return file


def _no_sheet(folder: Path) -> Path:
    book = openpyxl.load_workbook(logs.as_xlsx(folder))
    book.create_sheet("Notes")
    book.save(folder / "log.xlsx")
    return folder / "log.xlsx"


def _no_workbook(folder: Path) -> Path:
    (folder / "log.xlsx").write_bytes(b"PK\x03\x04 not really")
    return folder / "log.xlsx"


def _bomb(folder: Path) -> Path:
    (folder / "log.xes").write_text(BOMB, encoding="utf-8")
    return folder / "log.xes"


def _broken_xes(folder: Path) -> Path:
    file = logs.as_xes(folder)
    file.write_bytes(file.read_bytes()[:-200])
    return file


def _no_parquet(folder: Path) -> Path:
    (folder / "log.parquet").write_bytes(b"PAR1 but no more")
    return folder / "log.parquet"


def _two_in_a_zip(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "log.zip", "w") as archive:
        archive.writestr("a.csv", "x")
        archive.writestr("b.csv", "y")
    return folder / "log.zip"


def _damaged_zip(folder: Path) -> Path:
    file = logs.as_zip(folder)
    raw = bytearray(file.read_bytes())
    raw[120] ^= 0xFF
    file.write_bytes(bytes(raw))
    return file


def _folder(folder: Path) -> Path:
    (folder / "log.csv").mkdir()
    return folder / "log.csv"


def _open_quote(folder: Path) -> Path:
    file = logs.write_csv(folder / "log.csv")
    file.write_text(file.read_text(encoding="utf-8") + '7,"' + "x\n" * 600_000, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_empty, "M21"),
        (_only_heads, "M33"),
        (_other_delimiter, "M14"),
        (_latin, "M22"),
        (_cut_short, "M24"),
        (_no_gzip, "M20"),
        (_twice, "M25"),
        (_no_sheet, "M27"),
        (_no_workbook, "M20"),
        (_bomb, "M31"),
        (_broken_xes, "M20"),
        (_no_parquet, "M20"),
        (_two_in_a_zip, "M29"),
        (_damaged_zip, "M20"),
        (_folder, "M09"),
        (_open_quote, "M34"),
        (lambda folder: folder / "none.csv", "M20"),
        (lambda folder: logs.write_csv(folder / "log.docx", []), "M28"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(make: Callable[[Path], Path], code: str, tmp_path: Path) -> None:
    mapping = logs.write_mapping(tmp_path)
    logs.imported(logs.write_csv(tmp_path / "good.csv"), mapping, tmp_path / "history")
    before = logs.events(tmp_path / "history")
    with pytest.raises(PlanUnreadable) as refused:
        logs.imported(make(tmp_path), mapping, tmp_path / "history")
    assert code in {each.code for each in refused.value.findings}
    assert all(each.sentence(lang) for each in refused.value.findings for lang in ("vi", "de", "en"))
    assert logs.events(tmp_path / "history") == before  # what stood there stays


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_that_nobody_may_read_says_so(tmp_path: Path) -> None:
    file = logs.write_csv(tmp_path / "log.csv")
    file.chmod(0)
    with pytest.raises(PlanUnreadable) as refused:
        logs.imported(file, logs.write_mapping(tmp_path), tmp_path / "history")
    assert refused.value.findings[0].code == "M20"


WHOLE = {"rows": "cases", "day": "2026-02-28", "instant": "", "events": {}}


@pytest.mark.parametrize(
    "changed",
    [
        {"day": "2026-02-30"},
        {"day": "28.2.2026"},
        {"rows": "events"},
        {"instant": "when"},
        {"events": {"opened": {"at": "x"}}},
    ],
)
def test_a_day_stands_for_instants_only_where_there_are_none(changed: dict[str, object]) -> None:
    head = dict.fromkeys(forms.Head.model_fields, "unknown")
    told = {"mapping": "1", "source": "list", "zone": "Europe/Berlin", "case": "id", "head": head, "facts": {}}
    assert forms.Mapping.model_validate(told | WHOLE).day == "2026-02-28"
    with pytest.raises(ValueError, match="day|instant"):
        forms.Mapping.model_validate(told | WHOLE | changed)
