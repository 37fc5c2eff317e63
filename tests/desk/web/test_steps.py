"""The procedure on the case's page: the next step ready to be done, without JavaScript, and the picture."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tantam.desk.cases.models import Case
from tantam.desk.procedures import actions
from tests.desk.web.conftest import sitting
from tests.support.desk import opened


@pytest.fixture
def case(hoa: Any, staff: Any) -> Case:
    return opened(hoa)


@pytest.fixture
def client(staff: Any) -> Client:
    return sitting(staff.agent)


def number(case: Case, step: str) -> int:
    run = case.runs.order_by("-id")[0]
    return int(next(each["number"] for each in run.tokens if each["path"][-1] == step))


def page(client: Client, case: Case) -> str:
    return client.get(reverse("web:case", args=[case.pk])).content.decode()


def test_the_next_step_asks_only_what_is_unknown(client: Client, case: Case) -> None:
    shown = page(client, case)
    assert 'name="q_fault"' in shown and 'name="q_danger"' not in shown


def test_a_step_done_with_its_answer_shows_the_next_and_why_it_goes_on(client: Client, case: Case) -> None:
    done = reverse("web:do_step", args=[case.pk, number(case, "find")])
    assert client.post(done, {"q_fault": "ours"}).status_code == 302
    case.refresh_from_db()
    assert case.fields["fault"] == "ours"
    assert 'name="when"' in page(client, case)


def test_a_step_done_twice_is_told_and_keeps_what_was_written(client: Client, case: Case, staff: Any) -> None:
    step = number(case, "find")
    actions.do_step(case, staff.colleague, step)
    answer = client.post(reverse("web:do_step", args=[case.pk, step]), {"q_fault": "ours"})
    assert answer.status_code == 409
    case.refresh_from_db()
    assert "fault" not in case.fields


def test_leaving_out_without_a_reason_is_refused_beside_the_step(client: Client, case: Case) -> None:
    step = number(case, "find")
    answer = client.post(reverse("web:skip_step", args=[case.pk, step]), {"reason": ""})
    assert answer.status_code == 409
    assert '<details class="steps-skip" open>' in answer.content.decode()


def test_the_picture_marks_where_the_case_stands(client: Client, case: Case, staff: Any) -> None:
    actions.do_step(case, staff.agent, number(case, "find"))
    shown = client.get(reverse("web:procedure", args=[case.pk])).content.decode()
    assert shown.count('class="at-now"') == 2  # in lanes, and as cards
    assert 'class="at-done"' in shown and "arr gone" in shown
    cards = client.get(reverse("web:procedure", args=[case.pk]), {"part": "cards"}).content.decode()
    assert cards.startswith("<svg") and "at-now" in cards


def test_another_procedure_is_begun_and_stopped(client: Client, case: Case) -> None:
    client.post(reverse("web:begin_procedure", args=[case.pk]), {"procedure": "request"})
    assert case.runs.order_by("-id")[0].procedure == "request"
    client.post(reverse("web:stop_procedure", args=[case.pk]))
    assert case.runs.order_by("-id")[0].state == "stopped"
    assert client.get(reverse("web:case", args=[case.pk])).status_code == 200


def test_a_run_of_a_step_that_is_gone_is_shown_and_left_out(client: Client, case: Case) -> None:
    run = case.runs.get()
    run.tokens[0]["path"] = ["vanished"]
    run.save()
    assert client.get(reverse("web:case", args=[case.pk])).status_code == 200
    client.post(reverse("web:skip_step", args=[case.pk, run.tokens[0]["number"]]), {"reason": "gone"})
    run.refresh_from_db()
    assert run.state == "reached"


def test_outsiders_find_no_procedure(case: Case, staff: Any) -> None:
    stranger = sitting(staff.outsider)
    assert stranger.get(reverse("web:procedure", args=[case.pk])).status_code == 404
    assert stranger.post(reverse("web:do_step", args=[case.pk, 1])).status_code == 404


def test_odd_numbers_and_words_never_fail(client: Client, case: Case) -> None:
    step = number(case, "find")
    for number_, given in (
        (10**12, {}),
        (step, {"when": "nowhere", "q_fault": "no such"}),
        (step, {"reason": "x" * 10_000}),
    ):
        for name in ("do_step", "skip_step", "back_to_step"):
            assert client.post(reverse(f"web:{name}", args=[case.pk, number_]), given).status_code in (302, 409)
