"""The plan as a document: everybody reads it and how each clause did; managers open the cases behind a figure."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tantam.desk.cases import actions
from tantam.desk.reports import ClauseFigures
from tantam.desk.web.margin import with_margin
from tantam.history.measures import Kept
from tests.support.clock import StandingClock
from tests.support.desk import opened, put_in_force

ARTICLE = (
    '<section class="clause" id="promises"><table><thead><tr><th>x</th></tr></thead>'
    '<tr id="promises-high"><td>1</td></tr><tr id="promises-low"><td>2</td></tr></table></section>'
    '<section class="clause" id="promises_more"></section>'
)


@pytest.mark.parametrize(("lang", "title"), [("vi", "Kế hoạch"), ("de", "Kundenserviceplan"), ("en", "service plan")])
def test_everybody_reads_it_in_their_language(lang: str, title: str, staff: Any, sign_in: Any) -> None:
    said = sign_in(staff.agent, lang).get("/desk/plan/").content.decode()
    assert title in said and 'id="policies.exchange"' in said


def test_everybody_reads_the_margin_and_managers_open_its_cases(
    agent: Client, manager: Client, staff: Any, hoa: Any, clock: StandingClock
) -> None:
    case = opened(hoa)
    actions.reply(case, staff.agent, "Dạ.")
    clock.forward(minutes=1)
    read = agent.get("/desk/plan/").content.decode()
    assert 'class="truth"' in read and '<span class="num">1×</span>' in read
    assert "/desk/measures/" not in read and "opens its cases" not in read
    said = manager.get("/desk/plan/").content.decode()
    assert 'class="truth"' in said and '<span class="num">' not in said
    clause = case.promises.get(kind="first_reply").clause.replace("#", "%23")
    assert f"clause={clause}" in said


def test_margin_stands_beside_its_clause_and_rule_only() -> None:
    filled = with_margin(ARTICLE, {"promises#high": ClauseFigures(3, Kept(n=2, kept=1))}, "week")
    assert filled.count('class="truth"') == 1
    assert filled.index('class="truth"') < filled.index("<table>")
    high, low = filled[filled.index('id="promises-high"') :].split('id="promises-low"')
    assert "3×" in high and "50" in high
    assert "3×" not in low


@pytest.mark.parametrize(("least", "stands_out"), [(0.51, True), (0.5, False), (None, False)])
def test_a_rule_stands_out_below_the_plans_own_goal(least: float | None, stands_out: bool) -> None:
    filled = with_margin(ARTICLE, {"promises#high": ClauseFigures(3, Kept(n=2, kept=1), least)}, "week")
    assert ("t-broken" in filled) is stands_out


def test_quiet_where_nothing_happened() -> None:
    assert with_margin(ARTICLE, {}, "week") == ARTICLE


def test_an_older_version_can_be_read(manager: Client, plan: Any) -> None:
    put_in_force(2)
    said = manager.get("/desk/plan/?version=1").content.decode()
    assert "Version 1," in said and 'href="?version=2"' in said


def test_anybody_gets_the_style_of_the_paper_without_rules_for_the_page(db: Any) -> None:
    answer = Client().get("/style/paper.css")
    assert answer["Content-Type"].startswith("text/css")
    assert ".paper" in answer.content.decode() and "body {" not in answer.content.decode()
