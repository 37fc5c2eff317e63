"""The wrong shape is told all at once, with place, what was got, what is allowed and the nearest right name."""

from __future__ import annotations

import pytest

from tantam.plan.errors import Finding, PlanUnreadable
from tantam.plan.sections import read_text

HEAD = "tantam: 1\ncompany: {name: Shop, languages: [en, vi], timezone: Europe/Berlin, currency: EUR}\n"


def findings(text: str, head: str = HEAD) -> tuple[Finding, ...]:
    with pytest.raises(PlanUnreadable) as caught:
        read_text(head + text)
    return caught.value.findings


def one(text: str, head: str = HEAD) -> Finding:
    (finding,) = findings(text, head)
    return finding


def where(finding: Finding) -> tuple[int, int]:
    return finding.place.line, finding.place.column


def test_unknown_section_names_the_nearest() -> None:
    finding = one("polices: {}\n")
    assert (finding.code, where(finding), finding.args["nearest"]) == ("S01", (3, 1), "policies")
    assert "“policies”" in finding.sentence("vi")


def test_unknown_key_deep_inside_lists_what_its_place_allows() -> None:
    finding = one("policies:\n  x:\n    commitmnt: We help.\n")
    assert where(finding) == (5, 5)
    assert finding.args["nearest"] == "commitment"
    assert "kind, stage" in finding.args["allowed"]


def test_prose_that_broke_at_its_comma_is_explained() -> None:
    finding = one("mission: {en: Light, for everyone}\n")
    assert (finding.code, where(finding)) == ("S13", (3, 22))
    assert "quotes" in finding.sentence("en")


def test_an_outcomes_label_that_broke_at_its_comma_is_explained() -> None:
    finding = one("policies:\n  exchange:\n    outcomes:\n      replace:\n        label: {en: a new one, at once}\n")
    assert (finding.code, where(finding), finding.clause) == (
        "S13",
        (7, 32),
        "policies.exchange.outcomes.replace.label",
    )
    assert "quotes" in finding.sentence("en")


def test_an_outcomes_label_is_a_text() -> None:
    assert one("policies:\n  exchange:\n    outcomes:\n      replace: {label: [new, used]}\n").code == "S04"


def test_missing_keys_are_named_where_they_should_stand() -> None:
    assert [(each.code, each.args["key"]) for each in findings("", head="tantam: 1\ncompany: {name: Shop}\n")] == [
        ("S03", "languages"),
        ("S03", "timezone"),
    ]
    assert one("mission: x\n", head="tantam: 1\n").args["key"] == "company"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("levels: [a, b]\n", (3, 9)),
        ("always: shipping <= paid\n", (3, 9)),
        ("policies: {x: {stage: afterwards}}\n", (3, 23)),
        ("actions: {x: {does: y, confirm: maybe}}\n", (3, 33)),
        ("terms: {x: {one_of: 3}}\n", (3, 21)),
        ("policies: {x: {must: no table}}\n", (3, 22)),
        ("policies: {x: {commitment: [a]}}\n", (3, 28)),
        ("requirements: {x: {must: [a]}}\n", (3, 26)),
    ],
)
def test_a_wrong_type_says_got_and_allowed(text: str, place: tuple[int, int]) -> None:
    finding = one(text)
    assert (finding.code, where(finding)) == ("S04", place)
    assert all(finding.args[each] for each in ("got", "allowed"))


def test_another_form_is_refused() -> None:
    assert one("", head=HEAD.replace("tantam: 1", "tantam: 2")).code == "F31"


def test_a_folded_table_is_refused() -> None:
    finding = one("policies:\n  x:\n    decides: >\n      a => outcome\n      1 | go\n")
    assert finding.code == "F17"
    assert finding.place.line == 6


def test_everything_wrong_is_told_at_once_in_the_order_of_the_file() -> None:
    found = findings("polices: {}\nlevels: [a]\nmission: {en: x, y}\n")
    assert [each.place.line for each in found] == [3, 4, 5]


def test_a_short_form_is_the_long_form() -> None:
    long = read_text(HEAD + "hours: {day: {mon: '08:00-12:00'}}\nworking_days: {on: day}\n")
    short = read_text(HEAD + "hours: {day: {mon: '08:00-12:00'}}\nworking_days: day\n")
    assert long.working_days == short.working_days is not None
