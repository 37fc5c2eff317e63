"""Findings in the terminal: colour only there, the weight in the reader's language, nothing said twice."""

from __future__ import annotations

from io import StringIO

import pytest

from tantam.cli.findings import counted, print_findings
from tantam.plan.errors import Finding, Place, Severity
from tantam.plan.words import LANGUAGES

PLACE = Place("plan.yaml", 12, 7)
GAP = Finding(
    "K01",
    Severity.ERROR,
    PLACE,
    args={"table": "policies.help.decides", "case": "fault = ours, late = yes", "box": "fault = ours"},
    counterexample={"fault": "ours", "owned": "15 days"},
    remedy="K01_remedy",
)


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def printed(finding: Finding, to: StringIO, lang: str = "en") -> str:
    print_findings([finding], lang, to)
    return to.getvalue()


def test_colour_is_for_terminals_that_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in printed(GAP, Terminal())
    assert "\x1b[" not in printed(GAP, StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in printed(GAP, Terminal())


@pytest.mark.parametrize(("lang", "weight"), [*zip(LANGUAGES, ("lỗi", "Fehler", "error"), strict=True)])
def test_a_line_begins_with_a_place_to_click_and_the_weight(lang: str, weight: str) -> None:
    assert printed(GAP, StringIO(), lang).startswith(f"plan.yaml:12:7: {weight} K01 ")


def test_the_case_is_shown_where_it_says_more_than_the_sentence() -> None:
    assert "For example: fault = ours, owned = 15 days." in printed(GAP, StringIO())
    plain = Finding(
        "K01",
        Severity.ERROR,
        PLACE,
        args={"table": "policies.help.decides", "case": "fault = ours, bought = ?", "box": "fault = ours"},
        counterexample={"bought": "~", "fault": "ours"},
    )
    assert "For example" not in printed(plain, StringIO())


def test_findings_are_counted_by_weight() -> None:
    note = Finding("K11", Severity.NOTE, PLACE)
    assert [counted([GAP, GAP, note], lang) for lang in LANGUAGES] == [
        "2 lỗi, 1 lưu ý",
        "2 Fehler, 1 Hinweis",
        "2 errors, 1 note",
    ]
    assert counted([], "en") == "nothing to mend"
