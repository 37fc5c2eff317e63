"""Lines of sales: what was bought, what came back and of which purchase, what it was granted, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tantam.history.imports.mapping import read_mapping
from tantam.history.imports.run import Imported, import_history
from tantam.history.past import Past, open_past
from tantam.plan.errors import PlanUnreadable

PLAN = """\
tantam: 1
company: {name: Cups, languages: [en], timezone: Europe/Berlin, currency: EUR}
terms:
  owned: {duration: 0 days.., since: purchase.handed_over}
  paid: {money: 0.., from: purchase.price}
  which: {text: any, from: product.sku}
  wrapped: {yes_no: any}
policies:
  back:
    kind: refund
    stage: after
    commitment: Cups may come back.
    decides: {outcome: full, gets: paid}
    outcomes: {full: {}}
outputs: {gets: {money: 0..}}
"""
MAPPING = """\
mapping: 1
source: cups
plan: plan.yaml
zone: Europe/Berlin
rows: sales
case: bill
instant: day
formats: {decimal: ","}
sales: {product: what, quantity: many, price: each, back: {column: bill, begins: [C, R], policy: back, outcome: full}}
head: {customer: {column: who}, person: unknown, owner: unknown, level: unknown, channel: unknown, topic: unknown, stage: {constant: after}, severity: unknown, language: unknown, groups: unknown, purchase: unknown}
facts: {wrapped: unknown}
"""  # noqa: E501
HEAD = "bill;day;who;what;many;each"
LINES = (
    "1;2026-03-01 10:00;ann;cup;3;2,50",
    "2;2026-03-05 10:00;ann;cup;1;3,00",
    "2;2026-03-05 10:00;ann;cup;4;3,00",
    "3;2026-03-06 10:00;;cup;9;2,00",
    "C4;2026-03-28 10:00;ann;cup;-2;3,00",
    "C5;2026-03-30 10:00;ann;cup;-3;2,50",
    "C6;2026-03-30 11:00;ann;cup;-3;2,50",
    "R7;2026-03-30 12:00;;cup;-1;2,00",
    "C8;2026-03-31 10:00;bob;cup;-1;2,00",
)


def sold(folder: Path, *lines: str, mapping: str = MAPPING) -> Imported:
    """Import these lines; return what it came to."""
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (folder / "mapping.yaml").write_text(
        mapping.replace("formats:", 'file: {delimiter: ";"}\nformats:'), encoding="utf-8"
    )
    (folder / "lines.csv").write_text("\n".join((HEAD, *lines)), encoding="utf-8")
    read = read_mapping(folder / "mapping.yaml")
    return import_history(folder / "lines.csv", read, folder / "history", told=lambda step, share: None)


def past(folder: Path) -> Past:
    return open_past(folder / "history")


def returned(folder: Path) -> dict[str, tuple[Any, ...]]:
    """Return by invoice: the purchase, the facts, and the money of what came back."""
    rows = past(folder).rows(
        "SELECT head.reference, head.purchase, head.facts, given.minor FROM event AS head "
        "JOIN event AS given USING (case_id) WHERE head.code = 'opened' AND given.code = 'granted'"
    )
    return {name.partition("/")[0]: (purchase, json.loads(facts), minor) for name, purchase, facts, minor in rows}


def test_what_was_bought_is_a_purchase_and_no_case(tmp_path: Path) -> None:
    done = sold(tmp_path, *LINES)
    assert (done.rows, done.cases, done.events["bought"], done.events["granted"]) == (9, 5, 4, 5)
    found = past(tmp_path).rows("SELECT purchase, customer, product FROM purchase ORDER BY instant, purchase")
    assert found == [
        ("1/cup", "cups/ann", "cup"),
        ("2/cup", "cups/ann", "cup"),
        ("2/cup/2", "cups/ann", "cup"),
        ("3/cup", None, "cup"),
    ]


def test_what_came_back_is_of_the_latest_purchase_with_so_many_left(tmp_path: Path) -> None:
    sold(tmp_path, *LINES)
    purchases = {bill: purchase for bill, (purchase, _, _) in returned(tmp_path).items()}
    assert purchases == {"C4": "2/cup/2", "C5": "1/cup", "C6": None, "R7": None, "C8": None}


def test_its_facts_are_those_of_the_purchase_and_days_are_the_companys(tmp_path: Path) -> None:
    sold(tmp_path, *LINES)
    found = returned(tmp_path)
    assert found["C4"][1:] == ({"owned": "23 days", "paid": "6 EUR", "which": "cup"}, 600)
    assert found["C5"][1:] == (
        {"owned": "29 days", "paid": "7.5 EUR", "which": "cup"},
        750,
    )  # the clocks changed between
    assert found["C6"][1:] == ({"paid": "7.5 EUR", "which": "cup"}, 750)


def test_a_purchase_after_the_return_is_not_its_own(tmp_path: Path) -> None:
    sold(tmp_path, "C1;2026-03-01 10:00;ann;cup;-1;2,50", "2;2026-03-02 10:00;ann;cup;1;2,50")
    assert returned(tmp_path)["C1"][0] is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2;2026-03-05 10:00;ann;cup;-1;3,00", "no_return"),
        ("2;2026-03-05 10:00;ann;cup;0;3,00", "no_return"),
        ("C2;2026-03-05 10:00;ann;cup;1;3,00", "no_sale"),
        ("2;2026-03-05 10:00;ann;;1;3,00", "lacking"),
        ("2;2026-03-05 10:00;ann;cup;1;", "lacking"),
        ("2;2026-03-05 10:00;ann;cup;1;dear", "amount"),
        ("2;2026-03-05 10:00;ann;cup;1.5;3,00", "whole"),
        ("2;;ann;cup;1;3,00", "no_instant"),
    ],
)
def test_a_line_that_says_too_little_is_rejected_with_its_reason(tmp_path: Path, line: str, reason: str) -> None:
    done = sold(tmp_path, LINES[0], line)
    assert (done.rejected, done.events["bought"]) == ({reason: 1}, 1)
    assert (tmp_path / "history" / "rejected-cups.csv").exists()


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    first = sold(tmp_path, *LINES)
    again = sold(tmp_path, *LINES)
    assert (first.changed, again.changed, again.events) == (True, False, first.events)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("policy: back", "policy: bakc", "M01"),
        ("outcome: full", "outcome: half", "M02"),
        ("rows: sales", "rows: cases", "M04"),
        ("product: what", "product: wat", "M11"),
    ],
)
def test_a_wrong_mapping_is_told_with_its_place(tmp_path: Path, before: str, after: str, code: str) -> None:
    assert before in MAPPING
    with pytest.raises(PlanUnreadable) as wrong:
        sold(tmp_path, *LINES, mapping=MAPPING.replace(before, after))
    assert code in {each.code for each in wrong.value.findings}
