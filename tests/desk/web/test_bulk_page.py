"""Many cases at once: ticked, tried, done, watched, taken back, all with plain forms."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tantam.desk.cases import actions
from tantam.desk.cases.models import BulkRun
from tests.support.desk import codes, opened


def test_the_preview_says_with_which_and_why_not_with_the_others(agent: Client, staff: Any, hoa: Any) -> None:
    free, taken = opened(hoa, subject="Một"), opened(hoa, subject="Hai")
    actions.take(taken, staff.colleague)
    said = agent.post("/desk/bulk/", {"verb": "take", "case": [free.pk, taken.pk]}).content.decode()
    assert "It will be done with 1 case, not with 1" in " ".join(said.split())
    assert "Nam already has this case" in said
    free.refresh_from_db()
    assert free.owner is None


def test_a_verb_that_needs_to_know_more_asks_first(agent: Client, hoa: Any) -> None:
    case = opened(hoa)
    said = agent.post("/desk/bulk/", {"verb": "hand_over", "case": [case.pk]}).content.decode()
    assert 'name="to"' in said and "It will be done" not in said
    given = {"verb": "hand_over", "case": [case.pk], "to": "level:specialist"}
    said = agent.post("/desk/bulk/", given).content.decode()
    assert "It will be done with 1 case" in said


def test_it_is_done_and_taken_back(agent: Client, staff: Any, hoa: Any) -> None:
    cases = [opened(hoa) for _ in range(3)]
    answer = agent.post("/desk/bulk/do/", {"verb": "take", "case": [each.pk for each in cases]}, follow=True)
    run = BulkRun.objects.get()
    assert answer.redirect_chain == [(f"/desk/bulk/{run.pk}/", 302)]
    assert "Take it back" in answer.content.decode()
    said = agent.post(f"/desk/bulk/{run.pk}/undo/", follow=True).content.decode()
    assert "<b>3</b> taken back" in said
    for each in cases:
        each.refresh_from_db()
        assert each.owner is None and codes(each)[-1] == "handed_over"


def test_all_that_match_are_more_than_the_page_shows(agent: Client, hoa: Any, monkeypatch: Any) -> None:
    from tantam.desk.web.views import inbox

    monkeypatch.setattr(inbox, "LIMIT", 1)
    for _ in range(3):
        opened(hoa)
    said = agent.post("/desk/bulk/", {"verb": "take", "every": "1", "view": "all", "q": "is:open"}).content.decode()
    assert "It will be done with 3 cases" in said


def test_s_in_a_row_asks_for_how_long_one_case_sleeps(agent: Client, hoa: Any) -> None:
    case, other = opened(hoa), opened(hoa)
    said = agent.post("/desk/bulk/", {"one": f"snooze {case.pk}", "case": [other.pk]}).content.decode()
    assert f'value="{case.pk}"' in said and f'name="case" value="{other.pk}"' not in said and 'name="until"' in said


def test_nothing_chosen_goes_back_and_says_so(agent: Client, hoa: Any) -> None:
    answer = agent.post("/desk/bulk/", {"verb": "take", "view": "all"}, follow=True)
    assert answer.redirect_chain == [("/desk/?view=all", 302)]
    assert "No case is chosen" in answer.content.decode()


def test_colleagues_do_not_see_each_others_runs(agent: Client, manager: Client, outsider: Client, hoa: Any) -> None:
    agent.post("/desk/bulk/do/", {"verb": "take", "case": [opened(hoa).pk]})
    run = BulkRun.objects.get()
    for browser in (manager, outsider):
        assert browser.get(f"/desk/bulk/{run.pk}/").status_code == 404
        assert browser.post(f"/desk/bulk/{run.pk}/undo/").status_code == 404
