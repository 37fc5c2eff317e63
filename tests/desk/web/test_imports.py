"""The pages that take in files: who may, what is seen before, how far it is, what was not taken."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from tantam.desk.common import work
from tantam.desk.customers.models import Customer
from tantam.desk.imports import store
from tantam.desk.imports.models import Import
from tests.support import desk

TEXT = "Mã KH,Họ tên,Email,Ngày sinh,Khác\nKH1,Nguyễn Thị Hoa,hoa@mail.example,03/04/1960,x\nKH2,Trần Nam,nam@,,\n"
POLLS = 'hx-trigger="every 2s"'
CLEAR = TEXT.replace("03/04/1960", "23/04/1960")


def bring(client: Client, text: str | bytes, name: str = "Khách hàng.csv") -> Any:
    raw = text if isinstance(text, bytes) else text.encode()
    return client.post(reverse("web:imports"), {"file": SimpleUploadedFile(name, raw)}, follow=True)


def start(client: Client, held: Import) -> Any:
    return client.post(reverse("web:import_start", args=[held.pk]), follow=True)


def test_a_file_is_looked_at_before_anything_is_written(manager: Client) -> None:
    answer = bring(manager, CLEAR)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Nguyễn Thị Hoa" in page and "hoa@mail.example" in page and "1960" in page
    assert "nam@" in page and "is no mail address" in page
    assert Customer.objects.count() == 0
    held = Import.objects.get()
    assert (held.source, held.state, held.made_by.name) == ("khach-hang", "kept", "Trâm")


def test_it_is_taken_in_by_the_worker_and_found_again(manager: Client) -> None:
    bring(manager, CLEAR)
    held = Import.objects.get()
    waiting = start(manager, held).content.decode()
    assert POLLS in waiting and Customer.objects.count() == 0

    work.run_due()

    listed = manager.get(reverse("web:imports")).content.decode()
    assert "1 new" in listed and "1 not taken" in listed
    assert [each.name for each in Customer.objects.all()] == ["Nguyễn Thị Hoa"]
    shown = manager.get(reverse("web:import", args=[held.pk])).content.decode()
    assert POLLS not in shown and "KH2" in shown


def test_what_was_not_taken_comes_as_a_file_that_can_be_brought_again(manager: Client) -> None:
    bring(manager, CLEAR)
    start(manager, Import.objects.get())
    work.run_due()

    answer = manager.get(reverse("web:import_rejected", args=[Import.objects.get().pk]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0] == "Mã KH,Họ tên,Email,Ngày sinh,Khác,Line,Reason"
    assert text.splitlines()[1].startswith("KH2,Trần Nam,nam@,,,3,Mail: “nam@” is no mail address.")

    bring(manager, text.replace("nam@,", "nam@mail.example,"), "khach-hang.csv")
    second = Import.objects.order_by("-id")[0]
    start(manager, second)
    work.run_due()
    second.refresh_from_db()
    assert (second.new, second.rejected) == (1, 0)


def test_days_that_may_be_two_are_asked_for(manager: Client) -> None:
    page = bring(manager, TEXT.replace("Ngày sinh", "Khách hàng từ").replace("1960", "2020")).content.decode()
    held = Import.objects.get()
    assert "03/04/2025" in page and "disabled" in page

    assert "first in its days" in start(manager, held).content.decode()
    held.refresh_from_db()
    assert held.state == "kept"

    told = {"rows": "customers", "source": "khach-hang", "dates": "day", "encoding": "utf-8", "delimiter": ","}
    columns = {"column_0": "id", "column_1": "name", "column_2": "mail", "column_3": "since"}
    manager.post(reverse("web:import_columns", args=[held.pk]), told | columns)
    start(manager, held)
    work.run_due()
    assert Customer.objects.get().since.isoformat() == "2020-04-03"


def test_columns_can_be_told_otherwise(manager: Client) -> None:
    bring(manager, "a,b\nHoa Nguyễn,hoa@mail.example\n", "x.csv")
    held = Import.objects.get()
    told = {"rows": "customers", "source": "x", "column_0": "name", "column_1": "mail"}

    page = manager.post(reverse("web:import_columns", args=[held.pk]), told, follow=True).content.decode()

    assert "Hoa Nguyễn" in page and "1 new" in page


def test_no_column_at_all_is_no_mapping(manager: Client) -> None:
    bring(manager, CLEAR)
    held = Import.objects.get()
    answer = manager.post(reverse("web:import_columns", args=[held.pk]), {"rows": "customers", "source": "x"})
    assert answer.status_code == 422
    assert "at least one column" in answer.content.decode()


def test_a_workbook_of_several_sheets_shows_the_first_and_offers_the_others(manager: Client) -> None:
    book = Workbook()
    book.active.title = "Trống"
    book.active.append(["Ghi chú"])
    sheet = book.create_sheet("Khách")
    sheet.append(["id", "Họ tên", "Email"])
    sheet.append([1, "Hoa Nguyễn", "hoa@mail.example"])
    raw = BytesIO()
    book.save(raw)
    page = bring(manager, raw.getvalue(), "khach.xlsx").content.decode()
    assert "Khách</option>" in page
    held = Import.objects.get()
    told = {"rows": "customers", "source": "khach", "sheet": "Khách", "column_0": "note"}
    manager.post(reverse("web:import_columns", args=[held.pk]), told)
    held.refresh_from_db()
    assert held.how["sheet"] == "Khách"


def test_stopped_it_stays_where_it_is_and_goes_on_from_there(manager: Client) -> None:
    bring(manager, CLEAR)
    held = Import.objects.get()
    start(manager, held)
    manager.post(reverse("web:import_stop", args=[held.pk]))
    work.run_due()
    assert Customer.objects.count() == 0

    page = start(manager, held).content.decode()
    assert POLLS in page
    work.run_due()
    assert Customer.objects.count() == 1


def test_a_file_that_was_never_taken_in_is_thrown_away_with_its_bytes(manager: Client) -> None:
    bring(manager, CLEAR)
    held = Import.objects.get()
    assert store.file_of(held).exists()
    manager.post(reverse("web:import_throw", args=[held.pk]))
    assert not Import.objects.exists() and not store.folder(held.pk).exists()


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04 no workbook", b"\xd0\xcf\x11\xe0 old", bytes(200) + b"a,b" * 20])
def test_what_is_no_table_is_refused_and_leaves_nothing(manager: Client, raw: bytes) -> None:
    answer = bring(manager, raw)
    assert answer.status_code == 422
    assert not Import.objects.exists()
    assert list(store.unfinished().iterdir()) == []


def test_agents_and_outsiders_find_nothing_there(client: Client, staff: desk.Staff) -> None:
    for person in (staff.agent, staff.outsider):
        client.force_login(person)
        assert client.get(reverse("web:imports")).status_code == 404
        assert bring(client, CLEAR).status_code == 404
    assert not Import.objects.exists()


def test_a_forged_form_is_refused_and_leaves_nothing(staff: desk.Staff) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff.manager)
    assert bring(client, CLEAR).status_code == 403
    assert not Import.objects.exists()


def test_the_list_asks_as_much_for_many_as_for_one(manager: Client, django_assert_num_queries: Any) -> None:
    for at in range(3):
        bring(manager, CLEAR, f"{at}.csv")
    with django_assert_num_queries(4):
        manager.get(reverse("web:imports"))
