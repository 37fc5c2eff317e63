"""The inbox's filter: typed or chosen it is the same; what is wrong is marked; it is kept, shared, sent as CSV."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.test import Client

from tantam.desk.cases.models import Case, SavedView
from tests.support.clock import StandingClock
from tests.support.desk import customer, opened


def page(browser: Client, **given: str) -> str:
    return browser.get("/desk/", {"view": "all"} | given).content.decode()


def test_a_typed_filter_narrows_the_list_and_stands_there_as_chips(agent: Client, hoa: Any) -> None:
    old = opened(customer("Trần Văn Tư", "tu@example.com", birth_year=1950))
    young = opened(hoa)
    said = page(agent, q="group:elderly")
    assert f'id="case-{old.pk}"' in said and f'id="case-{young.pk}"' not in said
    assert 'class="ib-chip"' in said and 'value="group:elderly"' in said


def test_a_menu_writes_the_typed_form(agent: Client, hoa: Any) -> None:
    chosen = {"f.group": "elderly", "f.stage": "", "f.promise": "<240"}
    answer = agent.get("/desk/", {"view": "all", "q": "is:open"} | chosen)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/desk/?view=all&q=is%3Aopen+group%3Aelderly+promise%3A%3C4h"


def test_a_wrong_filter_lists_nothing_and_says_where(agent: Client, hoa: Any) -> None:
    case = opened(hoa)
    said = page(agent, q="is:open group:eldery")
    assert "Did you mean “elderly”?" in said and "<mark>group:eldery</mark>" in said
    assert f'id="case-{case.pk}"' not in said and 'aria-invalid="true"' in said
    assert "<mark>&lt;b&gt;:x</mark>" not in page(agent, q="<b>:x")


def test_a_filter_without_cases_teaches(agent: Client, hoa: Any) -> None:
    opened(hoa)
    assert "No case fits this filter" in page(agent, q="group:elderly")


def test_a_filter_is_kept_shared_and_thrown_away(agent: Client, sign_in: Any, staff: Any, hoa: Any) -> None:
    agent.post("/desk/views/save/", {"q": "promise:<2h", "name": "Sắp hết hạn", "shared": "1"})
    agent.post("/desk/views/save/", {"q": "owner:me", "name": "Của tôi"})
    nam = sign_in(staff.colleague)
    said = nam.get("/desk/").content.decode()
    assert "Sắp hết hạn" in said and "Của tôi" not in said
    view = SavedView.objects.get(name="Sắp hết hạn")
    nam.post(f"/desk/views/{view.pk}/drop/")
    assert SavedView.objects.count() == 2
    agent.post(f"/desk/views/{view.pk}/drop/")
    assert [each.name for each in SavedView.objects.all()] == ["Của tôi"]
    other = SavedView.objects.get()
    assert nam.post(f"/desk/views/{other.pk}/drop/").status_code == 404


def test_a_view_that_cannot_be_read_is_not_kept(agent: Client) -> None:
    said = agent.post("/desk/views/save/", {"q": "grop:x", "name": "x"}, follow=True).content.decode()
    assert SavedView.objects.count() == 0 and "Did you mean “group:”?" in said


def test_sleepers_say_until_when(agent: Client, hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    Case.objects.filter(pk=case.pk).update(snoozed_at=clock.instant)
    assert f'id="case-{case.pk}"' not in page(agent)
    assert "asleep until the customer writes" in page(agent, view="snoozed")


def test_rows_come_as_csv_that_no_spreadsheet_takes_for_a_formula(agent: Client, outsider: Client, hoa: Any) -> None:
    opened(hoa, subject="=1+1")
    answer = agent.get("/desk/rows.csv?view=all&bom=1")
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeffreference,")
    (row,) = csv.DictReader(io.StringIO(text[1:]))
    assert row["subject"] == "'=1+1" and row["customer"] == "Nguyễn Thị Hoa"
    assert row["opened_at"].endswith("+07:00")
    assert agent.get("/desk/rows.csv?view=all&q=grop:x").status_code == 422
    assert outsider.get("/desk/rows.csv").status_code == 404


def test_queries_do_not_grow_with_cases_under_a_filter(agent: Client, hoa: Any, connection_queries: Any) -> None:
    def ask() -> None:
        assert agent.get("/desk/?view=all&q=-group:elderly stage:after is:open").status_code == 200

    opened(hoa)
    ask()
    few = connection_queries(ask)
    for _ in range(12):
        opened(hoa)
    ask()
    assert connection_queries(ask) == few <= 18
