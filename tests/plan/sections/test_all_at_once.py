"""Everything that is wrong is told at once: no mistake hides another, and none raises a second finding."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tantam.plan.checks.aims.goals import check_goals
from tantam.plan.errors import Finding, PlanUnreadable, Severity
from tantam.plan.sections import read, read_text

SHOP = (Path(__file__).parents[1] / "samples" / "shop.yaml").read_text(encoding="utf-8")

# What stands in the sample, what is written instead, the code of the one finding, and the words where it stands.
MISTAKES = [
    ("timezone: Asia/Ho_Chi_Minh", "timezone: Asia/Saigonn", "S11", "Asia/Saigonn"),
    ("due: closing", "due: closng", "S04", "closng"),
    ("{hours: office,", "{huors: office,", "S01", "huors"),
    ("fallback: web", "fallback: wep", "S05", "wep"),
    ("escalates_to: specialist", "escalates_to: specalist", "S05", "specalist"),
    ("handles: [serious]", "handels: [serious]", "S01", "handels"),
    ("refund: 20_000_000 VND", "refund: plenty", "S04", "plenty"),
    ("price: {money: 0..}}", "price: [0]}", "S04", "[0]"),
    ("{one_of: [repair, money], ask", "{one_off: [repair, money], ask", "S01", "one_off"),
    ("{number: 0.., unit", "{number: few.., unit", "T30", "few"),
    ("{some_of: [shade, cable],", "{some_of: 3,", "S04", "3,"),
    ("{text: any, from", "{text: any, form", "S01", "form"),
    ("dear: price > 5_000_000 VND", "dear: prise > 5_000_000 VND", "T37", "prise"),
    ("      ours  => 60 days", "      hours => 60 days", "T08", "hours"),
    ("young: {when: age < 30}", "young: [age < 30]", "S04", "[age"),
    ("{must: known(order), else", "{mustt: known(order), else", "S01", "mustt"),
    ("say: not_paid}", "say: not_payd}", "S05", "not_payd"),
    ("confirm: true", "confirm: perhaps", "S04", "perhaps"),
    ("gets: {money: any}", "gets: {money: some}", "T30", "some"),
    ("=> critical | chief", "=> critical | chef", "S05", "chef"),
    ("    stage: after\n    commitment", "    stagge: after\n    commitment", "S01", "stagge"),
    ("needs: [found, paid]", "needs: [found, payd]", "S05", "[found"),
    ("| <= 365 days =>", "| <= 365 dayz =>", "T35", "365 dayz"),
    ("own    | customer |", "own    | custommer |", "T08", "custommer"),
    ("=> -     | seal_broken", "=> -     | seal_brocken", "S05", "seal_brocken"),
    ("granted_by: specialist", "granted_by: specialst", "S05", "specialst"),
    ("=> 4 h    | office", "=> 4 h    | ofice", "S05", "ofice"),
    ("=> 2 h    | night", "=> 2 ho   | night", "T35", "2 ho "),
    ("  clock: office\n", "  cloc: office\n", "S01", "cloc"),
    ("measure: promises_kept", "measure: promise_kept", "K30", "promise_kept"),
    ('money_back: "{gets} within {within}."', "money_back: [gets]", "S04", "[gets]"),
]

Found = tuple[str, int, int]


def told(text: str) -> tuple[Finding, ...]:
    """Return the errors that people are told of `text`."""
    try:
        plan = read_text(text)
    except PlanUnreadable as unreadable:
        return unreadable.findings
    return tuple(each for each in check_goals(plan) if each.severity is Severity.ERROR)


def places(findings: tuple[Finding, ...]) -> list[Found]:
    return [(each.code, each.place.line, each.place.column) for each in findings]


def planted(text: str) -> tuple[str, dict[str, Found]]:
    """Return the sample with all mistakes that fit it, and what is to be found, by what is wrong."""
    chosen = [each for each in MISTAKES if each[0] in text]
    for right, wrong, *_ in chosen:
        text = text.replace(right, wrong, 1)
    return text, {wrong: (code, *_place(text, wrong, at)) for _, wrong, code, at in chosen}


def _place(text: str, wrong: str, at: str) -> tuple[int, int]:
    position = text.index(at, text.index(wrong))
    return text.count("\n", 0, position) + 1, position - (text.rfind("\n", 0, position) + 1) + 1


@pytest.mark.parametrize(("right", "wrong", "code", "at"), MISTAKES, ids=[each[1].strip() for each in MISTAKES])
def test_each_mistake_alone_is_one_finding_and_is_told_among_all_others_too(
    right: str, wrong: str, code: str, at: str
) -> None:
    alone = SHOP.replace(right, wrong, 1)
    assert places(told(alone)) == [(code, *_place(alone, wrong, at))]
    together, expected = planted(SHOP)
    assert _said(told(alone)[0]) in [_said(each) for each in told(together) if places((each,)) == [expected[wrong]]]


def _said(finding: Finding) -> dict[str, object]:
    """Return what is said, but for the list of what there is: what was set aside comes last in it."""
    return {name: value for name, value in finding.args.items() if name != "allowed"}


def test_all_mistakes_of_a_file_are_told_at_once_in_order_and_nothing_else() -> None:
    text, expected = planted(SHOP)
    assert len(expected) == len(MISTAKES)
    assert places(told(text)) == sorted(expected.values(), key=lambda found: found[1:])


def in_files(folder: Path, text: str) -> Path:
    """Write one file a section, `04-levels.yaml`, with the lines where they stand in `text`."""
    heads = [match.start() for match in re.finditer(r"^[a-z_]+:", text, re.MULTILINE)]
    for number, (start, end) in enumerate(zip(heads, [*heads[1:], len(text)], strict=True)):
        name = text[start : text.index(":", start)]
        lines = "\n" * text.count("\n", 0, start)
        (folder / f"{number:02}-{name}.yaml").write_text(lines + text[start:end], encoding="utf-8")
    return folder


def told_of(folder: Path) -> list[Found]:
    with pytest.raises(PlanUnreadable) as caught:
        read(folder)
    return places(caught.value.findings)


def test_all_mistakes_of_a_folder_are_told_at_once_each_in_its_file(tmp_path: Path) -> None:
    text, expected = planted(SHOP)
    assert told_of(in_files(tmp_path, text)) == sorted(expected.values(), key=lambda found: found[1:])


@pytest.mark.parametrize("section", ["company", "hours", "channels", "levels", "records", "terms", "groups"])
@pytest.mark.parametrize("breaks", ["  a: b: c\n", "\t- x\n"])
def test_a_file_that_is_no_yaml_is_one_finding_and_its_names_are_not_missed(
    tmp_path: Path, section: str, breaks: str
) -> None:
    folder = in_files(tmp_path, SHOP)
    (file,) = folder.glob(f"*-{section}.yaml")
    file.write_text(file.read_text(encoding="utf-8") + breaks, encoding="utf-8")
    assert [code for code, *_ in told_of(folder)] in (["F06"], ["F08"])


@pytest.mark.parametrize("section", ["outputs", "requirements", "actions", "policies", "texts", "measures", "tantam"])
def test_a_file_in_another_encoding_is_one_finding(tmp_path: Path, section: str) -> None:
    folder = in_files(tmp_path, SHOP + "measures: {promises_kept: Kept.}\n")
    (file,) = folder.glob(f"*-{section}.yaml")
    file.write_bytes(file.read_text(encoding="utf-8").encode("utf-16"))
    assert [code for code, *_ in told_of(folder)] == ["F03"]


def test_beside_a_file_that_is_no_yaml_the_other_files_are_told_of_as_far_as_its_names_cannot_be_the_cause(
    tmp_path: Path,
) -> None:
    text, expected = planted(SHOP)
    folder = in_files(tmp_path, text)
    (file,) = folder.glob("*-levels.yaml")
    file.write_text(file.read_text(encoding="utf-8") + "  a: b: c\n", encoding="utf-8")
    inside = [code_place for code_place in expected.values() if 12 <= code_place[1] <= 16]
    of_levels = [expected[wrong] for wrong in ("=> critical | chef", "granted_by: specialst")]
    found = told_of(folder)
    assert sorted(found) == sorted({*expected.values(), ("F06", 17, 7)} - {*inside, *of_levels})


@pytest.mark.parametrize(
    ("right", "wrong", "codes"),
    [
        ("\nterms:", "\ntrems:", ["S01"]),
        ("\nterms:", "\nwords_we_use:", ["S02"]),
        ("\nlevels:", "\ntiers_of_duty:", ["S02"]),
        ("\ntexts:", "\ntext:", ["S01"]),
        ("\nrecords:", "\nrecords: 3\nx_y:", ["S04", "S02"]),
        ("\ncompany:", "\ncompny:", ["S01"]),
        ("currency: VND", "currency: [VND]", ["S04"]),
        ("currency: VND", "currency: VNDD", ["S05"]),
        ("currency: VND", "geld: VND", ["S02"]),
        ("currency: VND", "currency: đồng", ["S06"]),
        ("\nterms:", "\n{a: b}:", ["F09"]),
        ("languages: [en, vi, de]", "languages: [en, Viet, de]", ["S04"]),
        ("  office: {mon-fri:", "  office: 3\n  day: {mon-fri:", ["S04"]),
        ("  item: {name", "  item: 3\n  thing: {name", ["S04"]),
        ("  price: {money: 0..,", '  price: ["{money: 0.."]\n  cost: {money: 0..,', ["S04"]),
        ("  gets: {money: any}", "  gets: 3", ["S04"]),
        ("  price: {money: 0.., from", "  price: {money: [0], from", ["S04"]),
        ("\nlevels:", "\nlevels: [agent]\n\nLevels:", ["S04", "S01"]),
        ("\ngroups:", "\ngroups: {old: {when: age > 90}}\ngroups:", ["F07"]),
        ("    decides: |\n      row    | fault", "    decides: >\n      row    | fault", ["F17"]),
        ("decides: {outcome: repair,", "decides: {outcom: repair,", ["S01"]),
        ("ours: {en: our fault, vi", "ours: {en: our fault, really: ~, vi", ["S13"]),
        ("{en: Light for everyone.", "{en: Light, for everyone, and all", ["S13", "S13"]),
        ("{aim: Keep our word, measure", "{measure", ["S03"]),
        ("decides: {outcome: repair,", "decides: {word: repair,", ["S03", "T16"]),
        ("owned: {duration: 0 days..,", "owned: {duration: 0 dys..,", ["T30"]),
        ("row    | fault    | owned    =>", "row    | fault =    | owned    =>", ["T46"]),
        ("tantam: 1", "tantam: 2", ["F31"]),
    ],
)
def test_what_is_broken_is_told_where_it_stands_and_not_where_it_is_used(
    right: str, wrong: str, codes: list[str]
) -> None:
    assert right in SHOP
    assert [code for code, *_ in places(told(SHOP.replace(right, wrong, 1)))] == codes


def test_an_unknown_section_does_not_hide_mistakes_inside_it() -> None:
    text = SHOP.replace("\npolicies:", "\npolices:").replace("needs: [found, paid]", "needs: [found, payd]")
    assert [code for code, *_ in places(told(text))] == ["S01", "S05"]


def test_a_wrong_cell_does_not_hide_an_unknown_name_in_the_same_table() -> None:
    text = SHOP.replace("normal, minor | -  => 4 h    | office", "normall | -  => 4 h    | ofice")
    assert [code for code, *_ in places(told(text))] == ["T08", "S05"]


def test_cells_below_a_column_that_cannot_be_typed_are_still_read() -> None:
    text = SHOP.replace("owned: {duration: 0 days..,", "owned: {duration: 0 dys..,").replace(
        "| <= 365 days", "| <= (365 days"
    )
    assert [code for code, *_ in places(told(text))] == ["T30", "T07"]
