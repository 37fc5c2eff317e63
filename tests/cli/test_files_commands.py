"""`tantam texts` and `tantam migrate`, and plans that are laid over others, on the command line."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tantam.cli import command

ROOT = Path(__file__).parents[2]
HEAD = "tantam: 1\ncompany: {name: X, languages: [en, de, vi], timezone: Europe/Berlin, currency: EUR}\n"


def run(capsys: pytest.CaptureFixture[str], name: str, *arguments: object) -> tuple[int, str]:
    try:
        code = command(name)([str(each) for each in arguments], standalone_mode=False) or 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    said = capsys.readouterr()
    return code, said.out + said.err


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "plans" / "weekday-team", tmp_path / "plan"))


@pytest.mark.parametrize("file", ["t.xlsx", "t.po"])
def test_texts_written_twice_are_the_same_file_and_brought_back_change_nothing(
    plan: Path, tmp_path: Path, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lang = ["--lang", "de"] if file.endswith("po") else []
    before = {each.name: each.read_bytes() for each in plan.iterdir()}
    assert run(capsys, "texts", plan, "--to", tmp_path / file, *lang)[0] == 0
    raw = (tmp_path / file).read_bytes()
    assert run(capsys, "texts", plan, "--to", tmp_path / file, *lang)[0] == 0
    assert (tmp_path / file).read_bytes() == raw
    assert run(capsys, "texts", plan, "--from", tmp_path / file, *lang)[0] == 0
    assert {each.name: each.read_bytes() for each in plan.iterdir()} == before


def test_a_translation_in_a_spreadsheet_reaches_its_line(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "t.xlsx"
    run(capsys, "texts", plan, "--to", file)
    book = load_workbook(file)
    sheet = book.worksheets[0]
    (row,) = [each for each in sheet.iter_rows(min_row=2) if each[0].value == "mission"]
    heads = [each.value for each in sheet[1]]
    row[heads.index("en")].value = "We are here."
    book.save(file)
    before = (plan / "plan.yaml").read_text(encoding="utf-8").splitlines()
    code, out = run(capsys, "texts", plan, "--from", file)
    after = (plan / "plan.yaml").read_text(encoding="utf-8").splitlines()
    assert code == 0 and "1 " in out
    assert [line.strip() for line in after if line not in before] == ["en: We are here."]


def test_windows_line_ends_and_a_byte_order_mark_survive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan, file = tmp_path / "plan.yaml", tmp_path / "t.po"
    plan.write_bytes(b"\xef\xbb\xbf" + (HEAD + "mission: {en: A}\n").replace("\n", "\r\n").encode())
    run(capsys, "texts", plan, "--to", file, "--lang", "de")
    file.write_text(file.read_text(encoding="utf-8").replace('msgid "A"\nmsgstr ""', 'msgid "A"\nmsgstr "B"'), "utf-8")
    assert run(capsys, "texts", plan, "--from", file)[0] == 2  # a .po has one language, and it must be said which
    assert run(capsys, "texts", plan, "--from", file, "--lang", "de")[0] == 0
    expected = (HEAD + "mission: {en: A, de: B}\n").replace("\n", "\r\n").encode()
    assert plan.read_bytes() == b"\xef\xbb\xbf" + expected


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], ".xlsx"),
        (["--to", "t.docx"], ".xlsx"),
        (["--to", "t.po"], "--lang"),
        (["--to", "t.po", "--lang", "fr"], "fr"),
        (["--from", "nowhere.po", "--lang", "de"], "nowhere.po"),
        (["--to", "no/where/t.po", "--lang", "de"], "no/where/t.po"),
    ],
)
def test_texts_asked_for_in_a_wrong_way_end_with_2_and_a_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = run(capsys, "texts", ROOT / "plans" / "weekday-team", *arguments)
    assert code == 2 and said in out and "Traceback" not in out


def test_a_missing_package_is_named_with_what_brings_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [each for each in sys.modules if each.startswith("tantam.plan.files.archive.xlsx")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("tantam.plan.files.archive.xlsx", raising=False)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    code, out = run(capsys, "texts", ROOT / "plans" / "weekday-team", "--to", tmp_path / "t.xlsx")
    assert code == 2 and 'pip install "tantam[translate]"' in out


def test_a_plan_in_the_newest_form_needs_no_migration(capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, "migrate", ROOT / "plans" / "weekday-team")
    assert code == 0 and "1" in out


def test_every_command_that_takes_a_plan_takes_one_that_is_laid_over_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    branch = ROOT / "plans" / "ben-xuan-branch"
    assert run(capsys, "check", branch)[0] == 0
    assert run(capsys, "test", branch)[0] == 0
    code, out = run(capsys, "decide", branch, "exchange", "fault=transport", "owned=14 days", "--json")
    assert code == 0 and '"rule": "transport"' in out and '"replace"' in out
    assert run(capsys, "publish", branch, "--to", tmp_path)[0] == 0
    assert "Đà Nẵng" in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert run(capsys, "compare", ROOT / "plans" / "ben-xuan", branch)[0] == 1
