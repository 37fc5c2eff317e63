"""A plan stands in several places: what it includes belongs to it, what it is laid over fills its silences."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tantam.plan.errors import Finding, PlanUnreadable
from tantam.plan.files import Mapping, Source, document, open_sources, overlaid, parse, place_of, read_sources
from tantam.plan.run import decide
from tantam.plan.sections import freeze, read, thaw

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
HEAD = "tantam: 1\ncompany: {name: Shop, languages: [en], timezone: Europe/Berlin, currency: EUR}\n"
BASE = (
    HEAD
    + """\
channels: {mail: {}}
terms: {fault: {one_of: [ours, customer, none]}, owned: {duration: 0 days..}}
policies:
  exchange:
    commitment: We exchange.
    decides: |
      row    | fault | owned      => outcome
      # what is ours
      faulty | ours  | <= 30 days |  replace
      aged   | ours  | > 30 days  |  repair
      rest   | customer, none | - |  decline
"""
)


def put(folder: Path, **files: str) -> None:
    for name, text in files.items():
        file = folder / name.replace("__", "/").replace("_yaml", ".yaml")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def findings(path: Path) -> tuple[Finding, ...]:
    with pytest.raises(PlanUnreadable) as caught:
        read(path)
    return caught.value.findings


def nodes(text: str) -> Mapping:
    root, wrong = parse(Source("x", text))
    assert isinstance(root, Mapping) and not wrong
    return root


def test_what_a_file_includes_belongs_to_the_plan(tmp_path: Path) -> None:
    put(
        tmp_path,
        plan__plan_yaml="include: [../shared/a.yaml, b.txt]\n" + HEAD,
        shared__a_yaml="x: 1\ninclude: c.yaml\n",
    )
    put(tmp_path, shared__c_yaml="z: 3\n")
    (tmp_path / "plan" / "b.txt").write_text("y: 2\n", encoding="utf-8")
    root = document(read_sources(tmp_path / "plan"))
    assert [root.plain()[key] for key in "xyz"] == ["1", "2", "3"]
    assert place_of(root, ["z"]).file.endswith("c.yaml") and "include" not in root.plain()


def test_the_same_file_twice_is_once(tmp_path: Path) -> None:
    put(tmp_path, p__a_yaml="include: [b.yaml, ../s.yaml]\n" + HEAD, p__b_yaml="include: ../p/../s.yaml\nk: [1]\n")
    put(tmp_path, s_yaml="always: [a]\n")
    root = document(read_sources(tmp_path / "p"))
    assert root.plain()["always"] == ["a"] and root.plain()["k"] == ["1"]


def test_files_that_include_each_other_are_told_with_the_chain(tmp_path: Path) -> None:
    put(tmp_path, p__a_yaml=HEAD + "include: b.yaml\n", p__b_yaml="include: c.yaml\n", p__c_yaml="include: a.yaml\n")
    (found,) = findings(tmp_path / "p" / "a.yaml")
    assert (found.code, found.place.line) == ("F25", 1)
    assert found.args["path"] == "p/a.yaml → p/b.yaml → p/c.yaml → p/a.yaml"


@pytest.mark.parametrize(
    ("include", "code", "said"),
    [
        ("../shard/a.yaml", "F23", "“../shared/a.yaml”"),
        ("zzz/of-2019.yaml", "F24", "zzz/of-2019.yaml"),
        ("../shared/aa.yaml", "F23", "“../shared/a.yaml”"),
        ("../../etc/passwd", "F22", "leads out"),
        ("/etc/hostname", "F22", "leads out"),
        ("{a: b}", "F26", "a list of such paths"),
        ("[~]", "F26", "a list of such paths"),
    ],
)
def test_what_cannot_be_included_is_told_where_it_is_asked_for(
    tmp_path: Path, include: str, code: str, said: str
) -> None:
    put(tmp_path, one__plan__plan_yaml=HEAD + f"include: {include}\n", one__shared__a_yaml="x: 1\n")
    (found,) = findings(tmp_path / "one" / "plan")
    assert (found.code, found.place.line) == (code, 3) and said in found.sentence()


def test_a_link_that_leads_out_by_another_name_is_refused(tmp_path: Path) -> None:
    put(tmp_path, secret_yaml="x: 1\n", one__plan__plan_yaml=HEAD + "include: a.yaml\n")
    (tmp_path / "one" / "plan" / "a.yaml").symlink_to(tmp_path / "secret.yaml")
    assert "F22" in [each.code for each in findings(tmp_path / "one" / "plan")]


def test_a_branch_differs_in_three_lines_and_the_rest_is_headquarters(tmp_path: Path) -> None:
    put(tmp_path, hq__plan_yaml=BASE)
    put(tmp_path, branch_yaml="overlay: hq\ncompany: {name: Branch}\npolicies: {exchange: {commitment: Here too.}}\n")
    plan = read(tmp_path / "branch.yaml")
    assert plan.company_name == {"en": "Branch"} and plan.currency == "EUR"
    assert plan.policies["exchange"].commitment == {"en": "Here too."}
    assert plan.policies["exchange"].place.file.endswith("plan.yaml")


def test_an_overlay_says_the_same_as_the_plan_written_out(tmp_path: Path) -> None:
    put(tmp_path, hq__plan_yaml=BASE, whole_yaml=BASE.replace("name: Shop", "name: Branch"))
    put(tmp_path, branch_yaml="overlay: hq\ncompany: {name: Branch}\n")
    assert read(tmp_path / "branch.yaml").hash == read(tmp_path / "whole.yaml").hash


def test_an_overlay_may_be_laid_over_an_overlay(tmp_path: Path) -> None:
    put(tmp_path, a__p_yaml=BASE, b__p_yaml="overlay: ../a\ncompany: {name: B}\nlabels: {x: b}\n")
    put(tmp_path, c__p_yaml="overlay: ../b\ncompany: {name: C}\n", c__q_yaml="labels: {y: c}\n")
    plan = read(tmp_path / "c")
    assert plan.company_name == {"en": "C"} and set(plan.labels) == {"x", "y"}


def test_a_tilde_removes_and_a_new_key_is_added() -> None:
    base, over = nodes("a: {x: 1, y: 2}\nb: [1, 2]\nc: 3\n"), nodes("a: {x: ~, z: 4}\nb: [9]\nc: ~\n")
    assert overlaid(base, over).plain() == {"a": {"y": "2", "z": "4"}, "b": ["9"]}


@pytest.mark.parametrize(
    ("below", "above", "whole"),
    [
        ("{mon-fri: a, sat: b}", "{mon-sat: c}", {"mon-sat": "c"}),
        ("{mon-sat: a}", "{mon-sun: c}", {"mon-sun": "c"}),
        ("{mon-sat: a}", "{wed: c}", {"mon,tue,thu,fri,sat": "a", "wed": "c"}),
        ("{daily: a}", "{fri-mon: c}", {"tue,wed,thu": "a", "fri-mon": "c"}),
        ("{mon-fri: a, 24 Dec: b}", "{mon-fri: c}", {"mon-fri": "c", "24 Dec": "b"}),
        ("{mon-fri: a, sat: b}", "{sat: ~}", {"mon-fri": "a"}),
        ("{month: a, sunday: b}", "{mon: c}", {"month": "a", "sunday": "b", "mon": "c"}),
    ],
)
def test_an_overlays_weekdays_count_however_those_below_are_named(
    below: str, above: str, whole: dict[str, str]
) -> None:
    assert overlaid(nodes(f"h: {below}"), nodes(f"h: {above}")).plain() == {"h": whole}


def test_laying_nothing_over_changes_nothing_and_twice_is_once() -> None:
    base, over = nodes(BASE), nodes("policies: {exchange: {commitment: x}}\nlabels: {a: b}\n")
    assert overlaid(base, nodes("{}")) == base
    assert overlaid(overlaid(base, over), over).plain() == overlaid(base, over).plain()


ROWS = "overlay: hq\npolicies:\n  exchange:\n    decides: |\n      row | fault | owned => outcome\n"


def test_rows_of_a_table_are_replaced_added_and_taken_away_by_their_names(tmp_path: Path) -> None:
    put(tmp_path, hq__plan_yaml=BASE)
    rows = "      faulty | ours | <= 60 days | replace\n      old | ours | > 60 days | decline\n      aged | ~\n"
    put(tmp_path, b_yaml=ROWS + rows)
    plan = read(tmp_path / "b.yaml")
    table = plan.policies["exchange"].decides
    assert table is not None and [each.name for each in table.rows] == ["faulty", "old", "rest"]
    answer = decide(plan, "exchange", {"fault": "ours", "owned": "45 days"}, now=NOW)
    assert (answer.outcome, answer.because.rule) == ("replace", "faulty")


def test_a_new_row_stands_where_it_is_written_beside_a_known_one(tmp_path: Path) -> None:
    base = nodes("t: |\n  a => b\n  1 | x\n  2 | y\n  otherwise | z\n")
    for rows, expected in {
        "  9 | n\n": ["1 | x", "2 | y", "9 | n", "otherwise | z"],
        "  9 | n\n  2 | w\n": ["1 | x", "9 | n", "2 | w", "otherwise | z"],
        "  1 | x\n  9 | n\n  8 | m\n": ["1 | x", "9 | n", "8 | m", "2 | y", "otherwise | z"],
        "  1 | ~\n  9 | n\n": ["9 | n", "2 | y", "otherwise | z"],
        "  2 | ~\n  otherwise | v\n": ["1 | x", "otherwise | v"],
    }.items():
        merged = overlaid(base, nodes("t: |\n  a => b\n" + rows)).plain()["t"]
        assert str(merged).splitlines()[1:] == expected


def test_a_table_with_other_columns_replaces_the_whole() -> None:
    base, over = nodes("t: |\n  a => b\n  1 | x\n"), nodes("t: |\n  a | c => b\n  1 | 2 | x\n")
    assert overlaid(base, over).plain() == over.plain()


def test_a_cross_table_is_laid_over_by_its_rows() -> None:
    base = nodes("t: |\n  a \\ b | 1 | 2\n  x | p | q\n  y | r | s\n")
    over = nodes("t: |\n  a \\ b | 1 | 2\n  y | R | S\n")
    assert overlaid(base, over).plain() == {"t": "a \\ b | 1 | 2\nx | p | q\ny | R | S\n"}


def test_a_finding_in_a_merged_table_points_at_the_line_really_written(tmp_path: Path) -> None:
    put(tmp_path, hq__plan_yaml=BASE.replace("repair", "repair | 3"))
    put(tmp_path, b_yaml=ROWS + "      new | ours | <= 3 dayz | replace\n      faulty | our | <= 9 days | replace\n")
    places = {(Path(each.place.file).name, each.place.line) for each in findings(tmp_path / "b.yaml")}
    assert places == {("plan.yaml", 12), ("b.yaml", 6), ("b.yaml", 7)}


@pytest.mark.parametrize(
    ("over", "code", "line", "said"),
    [
        ("policies: {exchang: ~}", "F28", 2, "“exchange”"),
        ("policies: {q: ~}", "F29", 2, "exchange"),
        ("policies:", "F30", 2, "policies"),
        ("policies: {exchange: {decides: }}", "F30", 2, "decides"),
        ("policies: {exchange: {commitment: we do, and how: }}", "F29", 2, "and how"),
        (ROWS.partition("\n")[2] + "      agedd | ~", "F28", 6, "“aged”"),
    ],
)
def test_an_overlay_that_cannot_be_meant_is_told(tmp_path: Path, over: str, code: str, line: int, said: str) -> None:
    put(tmp_path, hq__plan_yaml=BASE, b_yaml=f"overlay: hq\n{over}\n")
    found = [each for each in findings(tmp_path / "b.yaml") if each.code.startswith("F")]
    assert [(each.code, each.place.line) for each in found] == [(code, line)]
    assert said in found[0].sentence()


def test_overlays_in_a_circle_and_two_at_once_are_told(tmp_path: Path) -> None:
    put(tmp_path, a__p_yaml=BASE + "overlay: ../b\n", b__p_yaml="overlay: ../a\n", c__p_yaml=BASE)
    assert "F25" in [each.code for each in findings(tmp_path / "a")]
    put(tmp_path, d__p_yaml="overlay: ../c\n", d__q_yaml="overlay: ../e\n", e__p_yaml=HEAD)
    assert [each.code for each in findings(tmp_path / "d")] == ["F27"]
    put(tmp_path, f__p_yaml="overlay: [../c, ../e]\n")
    assert "F26" in [each.code for each in findings(tmp_path / "f")]


def test_an_enacted_overlay_is_read_back_identically_with_every_place(tmp_path: Path) -> None:
    put(tmp_path, hq__plan_yaml=BASE, hq__words_yaml="texts: {hello: Hello}\n")
    put(tmp_path, branch__plan_yaml=ROWS.replace("hq", "../hq") + "      new | none | > 9 days | decline\n")
    plan = read(tmp_path / "branch")
    frozen = freeze(plan, version=3, today=date(2026, 11, 21))
    thawed = thaw(frozen)
    assert thawed.hash == plan.hash
    assert [each.name for each in thawed.sources] == ["branch/plan.yaml", "hq/plan.yaml", "hq/words.yaml"]
    table = thawed.policies["exchange"].decides
    assert table is not None
    assert [(each.name, each.place.file, each.place.line) for each in table.rows][-2:] == [
        ("rest", "hq/plan.yaml", 13),
        ("new", "branch/plan.yaml", 6),
    ]
    assert document(thawed.sources) == thawed.root


def test_a_file_is_refused_by_its_size_before_it_is_read(tmp_path: Path) -> None:
    put(tmp_path, p__a_yaml=HEAD + "include: b.yaml\n")
    with (tmp_path / "p" / "b.yaml").open("wb") as file:
        file.truncate(10**12)  # it takes no room on the disk, and none may be taken in memory
    _, (found,) = open_sources(tmp_path / "p" / "a.yaml")
    assert found.code == "F14" and found.place.file.endswith("b.yaml")


@pytest.mark.parametrize("path", ['"a\\0b.yaml"', "x" * 5_000, "ring.yaml"])
@pytest.mark.parametrize("key", ["include", "overlay"])
def test_a_path_that_the_disk_refuses_is_a_finding_where_it_is_written(tmp_path: Path, key: str, path: str) -> None:
    put(tmp_path, p__plan_yaml=HEAD + f"{key}: {path}\n")
    (tmp_path / "p" / "ring.yaml").symlink_to("ring.yaml")
    _, (found,) = open_sources(tmp_path / "p" / "plan.yaml")
    assert (found.code, found.place.line) == ("F02", HEAD.count("\n") + 1)


def test_more_files_than_a_plan_can_have_are_told_once(tmp_path: Path) -> None:
    put(tmp_path, p__plan_yaml=HEAD + f"include: [{', '.join(f'f{n}.yaml' for n in range(2_000))}]\n")
    for number in range(2_000):
        (tmp_path / "p" / f"f{number}.yaml").write_text("terms: {}\n")
    sources, (found,) = open_sources(tmp_path / "p" / "plan.yaml")
    assert found.code == "F14" and "500 files" in found.sentence("en") and len(sources) == 500


def test_a_folder_is_no_file_to_include(tmp_path: Path) -> None:
    put(tmp_path, p__plan_yaml=HEAD + "include: [., plan.yaml/x]\n")
    _, found = open_sources(tmp_path / "p" / "plan.yaml")
    assert [each.code for each in found] == ["F24", "F24"]
