"""What stands in a file keeps its place; what cannot be read is a finding with file, line and column."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tantam.plan.errors import Place, PlanUnreadable
from tantam.plan.files import Mapping, Source, at, document, key_place_of, nearest, parse, place_of, read_sources


def root_of(text: str) -> Mapping:
    root, findings = parse(Source("plan.yaml", text))
    assert not findings, [each.sentence() for each in findings]
    assert isinstance(root, Mapping)
    return root


def codes_of(path: Path) -> list[str]:
    with pytest.raises(PlanUnreadable) as caught:
        document(read_sources(path))
    return [each.code for each in caught.value.findings]


def written(folder: Path, text: str | bytes, name: str = "plan.yaml") -> Path:
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def test_keys_and_scalars_know_their_line_and_column() -> None:
    root = root_of("terms:\n  fault: {one_of: [ours, none]}\n")
    assert key_place_of(root, ["terms", "fault"]) == Place("plan.yaml", 2, 3)
    assert place_of(root, ["terms", "fault", "one_of", 1]) == Place("plan.yaml", 2, 26)


def test_a_text_block_begins_at_its_first_line_and_indent() -> None:
    root = root_of("a:\n  table: |\n      x => y\n      1 | 2\n")
    assert place_of(root, ["a", "table"]) == Place("plan.yaml", 3, 7)


def test_an_indent_indicator_does_not_move_the_column() -> None:
    root = root_of("table: |2\n    x => y\n  1 | 2\n")
    assert place_of(root, ["table"]) == Place("plan.yaml", 2, 3)


def test_no_and_yes_and_numbers_stay_what_was_written() -> None:
    root = root_of("a: no\nb: 500_000\nc: 08:00\nd: 2026-11-21\ne: 0x1F\nf: ~\ng: '~'\n")
    assert root.plain() == {
        "a": "no", "b": "500_000", "c": "08:00", "d": "2026-11-21", "e": "0x1F", "f": None, "g": "~",
    }  # fmt: skip


def test_merge_keys_are_filled_in_and_own_keys_win() -> None:
    root = root_of("base: &b {x: 1, y: 2}\nmore: {<<: *b, y: 3}\n")
    assert root.get("more") is not None
    assert at(root, ["more"]).plain() == {"x": "1", "y": "3"}


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: 1\na: 2\n", "F07", 2, 1),
        ("a:\n\t- b\n", "F08", 2, 1),
        ("? [a]\n: b\n", "F09", 1, 3),
        ("<<: 3\n", "F10", 1, 1),
        ("a: b\x01\n", "F11", 1, 5),
        ("a: !!python/object:os.system x\n", "F12", 1, 4),
        ("a: &x [*x]\n", "F13", 1, 4),
        ("a: [1, 2\n", "F06", 2, 1),
        ("a: b: c\n", "F06", 1, 5),
        ("a: *nobody\n", "F06", 1, 4),
        ("a: 1\n---\nb: 2\n", "F06", 2, 1),
        ("- 1\n", "F15", 1, 1),
        ("# nothing\n", "F05", 1, 1),
        ("", "F05", 1, 1),
    ],
)
def test_what_is_no_yaml_is_a_finding_with_its_place(
    tmp_path: Path, text: str, code: str, line: int, column: int
) -> None:
    with pytest.raises(PlanUnreadable) as caught:
        document(read_sources(written(tmp_path, text)))
    (finding,) = caught.value.findings
    assert (finding.code, finding.place.line, finding.place.column) == (code, line, column)


BROKEN = (
    *("a: b: c", "a: [1, 2", "a: {b: 1", "a: 'x", 'a: "\\q"', 'a: "\\u12"', "a: *nobody", "- a\nb: 1", "a: @x", "a: ]"),
    *("a: 1\n- b", '"a"b: 1', "a: |x\n  t", "a: & x", "a: !x!y z", "{a: 1} b", "a: 1\n---\nb: 2", "a: " + "[" * 200),
    *('a: "x\n---\ny"', "a: b\n  - c: d", "a: - b", "a: 1\nb\nc: 1", "a: b ? c : d", "a: 1\n? [b\n"),
)


@pytest.mark.parametrize("text", BROKEN)
def test_what_is_no_yaml_is_said_in_the_readers_language(tmp_path: Path, text: str) -> None:
    with pytest.raises(PlanUnreadable) as caught:
        document(read_sources(written(tmp_path, text)))
    (finding,) = caught.value.findings
    assert finding.code == "F06"
    for lang in ("vi", "de"):
        said = finding.sentence(lang)
        assert not re.search(r"\b(expected|found|did|not|allowed|here|with|quotes|indicator|the|deeply)\b", said), said
        assert "{" not in said.replace("“{”", "").replace("„{“", ""), said


def test_what_the_parser_seldom_says_is_left_in_its_words(tmp_path: Path) -> None:
    with pytest.raises(PlanUnreadable) as caught:
        document(read_sources(written(tmp_path, "%YAML 2.0\n---\na: 1\n")))
    assert "incompatible YAML document" in caught.value.findings[0].sentence("de")


def test_aliases_that_unfold_without_end_are_refused(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert codes_of(written(tmp_path, "\n".join(lines))) == ["F14"]


def test_long_text_that_aliases_repeat_is_refused(tmp_path: Path) -> None:
    lines = [f"a0: &long {'x' * 100_000}", *(f"a{n}: *long" for n in range(1, 50))]
    with pytest.raises(PlanUnreadable) as caught:
        document(read_sources(written(tmp_path, "\n".join(lines))))
    assert [each.code for each in caught.value.findings] == ["F14"]
    assert "4000000 bytes" in caught.value.findings[0].sentence("en")


def test_deep_nesting_is_a_finding_not_a_crash(tmp_path: Path) -> None:
    assert codes_of(written(tmp_path, "a: " + "[" * 5000)) == ["F06"]


def test_bom_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    file = written(tmp_path, b"\xef\xbb\xbfa: |\r\n  x => y\r\n  1 | 2\r\nb: 3\r\n")
    root = document(read_sources(file))
    assert root.plain() == {"a": "x => y\n1 | 2\n", "b": "3"}


def test_other_encodings_are_a_finding_at_the_first_wrong_byte(tmp_path: Path) -> None:
    with pytest.raises(PlanUnreadable) as caught:
        read_sources(written(tmp_path, "a: 1\nb: Tiệm".encode("utf-16")))
    assert caught.value.findings[0].code == "F03"
    with pytest.raises(PlanUnreadable) as caught:
        read_sources(written(tmp_path, "a: 1\nb: Müller".encode("latin-1")))
    assert (caught.value.findings[0].place.line, caught.value.findings[0].place.column) == (2, 5)


def test_missing_file_and_folder_without_plan_are_findings(tmp_path: Path) -> None:
    assert codes_of(tmp_path / "nowhere") == ["F01"]
    assert codes_of(tmp_path) == ["F04"]


def test_a_folders_files_are_merged_by_their_sections(tmp_path: Path) -> None:
    written(tmp_path, "tantam: 1\nterms: {a: {yes_no: any}}\n", "plan.yaml")
    written(tmp_path, "terms: {b: {yes_no: any}}\nalways: [a]\n", "terms.yaml")
    written(tmp_path, "always: [b]\n", "zz.yml")
    written(tmp_path, "cases: []\n", "cases.yaml")
    root = document(read_sources(tmp_path))
    assert list(root.plain()) == ["tantam", "terms", "always"]
    assert root.plain()["terms"] == {"a": {"yes_no": "any"}, "b": {"yes_no": "any"}}
    assert root.plain()["always"] == ["a", "b"]
    assert place_of(root, ["terms", "b"]).file.endswith("terms.yaml")


def test_the_same_thing_in_two_files_is_a_finding_that_names_both(tmp_path: Path) -> None:
    written(tmp_path, "mission: one\n", "a.yaml")
    written(tmp_path, "mission: two\n", "b.yaml")
    with pytest.raises(PlanUnreadable) as caught:
        document(read_sources(tmp_path))
    (finding,) = caught.value.findings
    assert finding.code == "F16"
    assert finding.place.file.endswith("b.yaml")
    assert "a.yaml:1:1" in finding.sentence("de")


def test_texts_of_a_language_come_from_their_own_file(tmp_path: Path) -> None:
    written(tmp_path, "tantam: 1\ntexts: {hello: {en: Hello}}\n", "plan.yaml")
    written(tmp_path, "hello: Chào\nbye: Tạm biệt\n", "texts.vi.yaml")
    root = document(read_sources(tmp_path))
    assert root.plain()["texts"] == {"hello": {"en": "Hello", "vi": "Chào"}, "bye": {"vi": "Tạm biệt"}}


def test_plain_texts_beside_files_of_other_languages_are_in_the_companys_own(tmp_path: Path) -> None:
    written(tmp_path, "company: {languages: [vi, en]}\ntexts: {hello: Chào}\n", "plan.yaml")
    written(tmp_path, "hello: Hello\n", "texts.en.yaml")
    root = document(read_sources(tmp_path))
    assert root.plain()["texts"] == {"hello": {"vi": "Chào", "en": "Hello"}}


def test_findings_of_all_files_come_at_once(tmp_path: Path) -> None:
    written(tmp_path, "a: [\n", "a.yaml")
    written(tmp_path, "b: 1\nb: 2\n", "b.yaml")
    assert codes_of(tmp_path) == ["F06", "F07"]


def test_the_nearest_name_ignores_case_and_diacritics() -> None:
    assert nearest("kaufer", ["verkauf", "käufer"]) == "käufer"
    assert nearest("Doi_hang", ["đổi_hàng", "trả_hàng"]) == "đổi_hàng"
    assert nearest("zzz", ["abc"]) == ""
