"""A name that nothing bears is found wherever it is used, with its place and the nearest name that there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tantam.plan.errors import PlanUnreadable
from tantam.plan.sections import read_text
from tests.support.plans import shop

SHOP = (Path(__file__).parents[1] / "samples" / "shop.yaml").read_text(encoding="utf-8")


def test_the_sample_is_clean() -> None:
    assert read_text(SHOP).findings == ()


@pytest.mark.parametrize(
    ("right", "wrong", "kind", "nearest"),
    [
        ("needs: [found, paid]", "needs: [found, payd]", "requirement", "paid"),
        ("{say: replaced}", "{say: replacd}", "text", "replaced"),
        ("say: not_paid}", "say: not_payd}", "text", "not_paid"),
        ("=> -     | seal_broken", "=> -     | seal_brocken", "text", "seal_broken"),
        ("by: specialist", "by: specalist", "level", "specialist"),
        ("granted_by: specialist", "granted_by: specialst", "level", "specialist"),
        ('"": chief}', '"": chef}', "level", "chief"),
        ("hours: office, fallback", "hours: ofice, fallback", "hours", "office"),
        ("fallback: web", "fallback: wep", "channel", "web"),
        ("working_days: {on: office", "working_days: {on: offices", "hours", "office"),
        ("clock: office", "clock: offce", "hours", "office"),
        ("=> 2 h    | night", "=> 2 h    | nigth", "hours", "night"),
        ("group: elderly, stage", "group: elderl, stage", "group", "elderly"),
        ("=> critical | chief", "=> critical | chef", "level", "chief"),
        ("=> normal   | agent | after", "=> normal   | agent | aftr", "stage", "after"),
        ("total: gets", "total: get", "output", "gets"),
        ("gets: price * 90 %", "gest: price * 90 %", "output", "gets"),
    ],
)
def test_unknown_names_are_found_with_the_nearest(right: str, wrong: str, kind: str, nearest: str) -> None:
    assert right in SHOP
    before = SHOP[: SHOP.index(right)]
    with pytest.raises(PlanUnreadable) as caught:
        read_text(SHOP.replace(right, wrong, 1))
    (finding,) = [each for each in caught.value.findings if each.code in ("S05", "S06")]
    assert str(finding.args["kind"]) == f"KIND_{kind}"
    assert finding.args["nearest"] == nearest
    assert before.count("\n") + 1 == finding.place.line


def test_an_unknown_term_in_a_cell_has_the_place_of_the_cell() -> None:
    with pytest.raises(PlanUnreadable) as caught:
        read_text(SHOP.replace("not seal ", "not sael ", 1))
    (finding,) = caught.value.findings
    lines = [number for number, text in enumerate(SHOP.split("\n"), 1) if "intact | not seal" in text]
    assert [finding.place.line] == lines


def test_computed_terms_that_need_each_other_are_found() -> None:
    with pytest.raises(PlanUnreadable):
        read_text(SHOP.replace("dear: price > 5_000_000 VND", "dear: cheap\n  cheap: not dear"))


def test_a_record_that_contains_itself_is_found() -> None:
    with pytest.raises(PlanUnreadable) as caught:
        read_text(SHOP.replace("{name: {text: any}, price", "{name: {text: any}, inner: {record: item}, price"))
    assert "S09" in [each.code for each in caught.value.findings]


def test_levels_that_escalate_in_a_circle_are_found() -> None:
    with pytest.raises(PlanUnreadable) as caught:
        read_text(SHOP.replace("handles: [critical], authority", "handles: [critical], escalates_to: agent, authority"))
    (finding,) = caught.value.findings
    assert (finding.code, finding.args["path"]) == ("S14", "agent → specialist → chief → agent")


def test_levels_that_go_round_for_one_reason_alone_are_found() -> None:
    levels = "{a: {escalates_to: {missed: b}}, b: {escalates_to: {missed: a, asked: c}}, c: {}}"
    with pytest.raises(PlanUnreadable) as caught:
        read_text(f"tantam: 1\ncompany: {{name: X, languages: en, timezone: UTC}}\nlevels: {levels}\n")
    (finding,) = caught.value.findings
    assert (finding.code, finding.args["path"]) == ("S14", "a → b → a")


def test_the_plan_says_where_a_clause_stands() -> None:
    plan = shop()
    lines = SHOP.split("\n")
    place = plan.place("policies.exchange.decides#aged")
    assert lines[place.line - 1].lstrip().startswith("aged ")
    assert place.column == lines[place.line - 1].index("aged") + 1


def test_a_total_is_put_together_in_one_way() -> None:
    with pytest.raises(PlanUnreadable) as caught:
        read_text(SHOP.replace("total: gets", "total: {largest: gets, smallest: gets}", 1))
    (finding,) = caught.value.findings
    assert (finding.code, finding.args["got"]) == ("S04", "largest, smallest")
