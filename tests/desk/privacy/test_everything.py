"""All that is known of a person is given out whole: to be read, for programs, with their files."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from typing import Any

from tantam.desk.cases.actions import add_note
from tantam.desk.cases.attachments import attach, bring
from tantam.desk.customers import actions
from tantam.desk.customers.models import Contract, Customer
from tantam.desk.duplicates.actions import merge
from tantam.desk.duplicates.actions.merge import Seen
from tantam.desk.privacy.everything import write_zip
from tests.support.desk import customer, opened, purchase


def packed(of: Customer) -> zipfile.ZipFile:
    file = io.BytesIO()
    write_zip(of, file)
    return zipfile.ZipFile(file)


def test_everything_is_in_it_and_nothing_of_others(hoa: Any, staff: Any) -> None:
    case = opened(hoa, body="Máy <giặt> kêu to.", purchase=purchase(hoa))
    add_note(case, staff.agent, "Nói nhỏ.")
    attach(case, bring([("../ảnh.txt", [b"may giat"])]), to=case.messages.order_by("pk")[0])
    opened(customer("Ông Khác", mail="khac@example.com"), body="Chuyện khác.")
    found = packed(hoa)
    whole = json.loads(found.read("everything.json"))
    assert whole["person"][0]["name"] == "Nguyễn Thị Hoa" and whole["contacts"][0]["value"] == "hoa@example.com"
    assert {"Máy <giặt> kêu to.", "Nói nhỏ."} <= {each["body"] for each in whole["messages"]}
    assert whole["purchases"][0]["number"] == "BX-1001" and whole["promises"]
    page = found.read("everything.html").decode()
    assert "Máy &lt;giặt&gt; kêu to." in page and '<html lang="vi">' in page
    assert "Chuyện khác." not in page
    files = [each for each in found.namelist() if each.startswith("files/")]
    assert len(files) == 1 and found.read(files[0]) == b"may giat" and "/../" not in files[0]


def test_who_was_merged_into_them_is_in_it(hoa: Any, staff: Any) -> None:
    other = customer("Hoa Nguyễn", mail="khac@example.com")
    merge(hoa, other, staff.agent, Seen(0, 0))
    whole = json.loads(packed(hoa).read("everything.json"))
    assert [each["name"] for each in whole["person"]] == ["Nguyễn Thị Hoa", "Hoa Nguyễn"]


def test_contracts_and_serial_numbers_are_in_it(hoa: Any, staff: Any) -> None:
    actions.add_unit(hoa, staff.agent, purchase=purchase(hoa).pk, serial="sn-1")
    signed = Contract.objects.create(number="V-12", customer=hoa, begins=date(2026, 1, 1), terms="Auch samstags.")
    signed.promises.create(promise="first_reply", within="10 min")
    whole = json.loads(packed(hoa).read("everything.json"))
    assert whole["units"][0]["serial"] == "SN1" and whole["contracts"][0]["terms"] == "Auch samstags."
    assert whole["contract_promises"][0]["within"] == "10 min"
