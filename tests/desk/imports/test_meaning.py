"""What cells mean: days, amounts, names; whose export it is; how a file is written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tantam.desk.common.money import Money
from tantam.desk.imports.meaning.amounts import amount
from tantam.desk.imports.meaning.built_in import known_by
from tantam.desk.imports.meaning.cells import Setting
from tantam.desk.imports.meaning.days import Days, order_of
from tantam.desk.imports.meaning.form import Mapping
from tantam.desk.imports.meaning.names import fits, turned, whole_name
from tantam.desk.imports.meaning.rows import Rows
from tantam.desk.imports.meaning.wrong import Wrong
from tantam.desk.imports.reading.opening import opened
from tantam.desk.imports.reading.sniffing import sniffed

VN = "Asia/Ho_Chi_Minh"


@pytest.mark.parametrize(
    ("written", "order", "day"),
    [
        ("2025-03-04", "", date(2025, 3, 4)),
        ("20250304", "", date(2025, 3, 4)),
        ("04.03.2025", "", date(2025, 3, 4)),  # with points the day is first, everywhere
        ("4.3.25", "month", date(2025, 3, 4)),
        ("04/03/2025", "day", date(2025, 3, 4)),
        ("4-3-2025", "day", date(2025, 3, 4)),
        ("03/04/2025", "month", date(2025, 3, 4)),
        ("25/03/2025", "", date(2025, 3, 25)),
        ("03/25/2025", "", date(2025, 3, 25)),
        ("2025/03/04", "month", date(2025, 3, 4)),
        ("29/02/2024", "day", date(2024, 2, 29)),
    ],
)
def test_days_of_three_countries(written: str, order: str, day: date) -> None:
    assert Days(order, VN).day(written) == day  # type: ignore[arg-type]


@pytest.mark.parametrize("written", ["29/02/2025", "0000-00-00", "31.04.2025", "soon", "1/2", "9999-12-31"])
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(Wrong):
        Days("day", VN).day(written)


@pytest.mark.parametrize(
    ("written", "hour"),
    [("04/03/2025 14:30", 14), ("04/03/2025 2:30 PM", 14), ("04.03.2025, 14:30 Uhr", 14), ("04/03/2025 02:30 CH", 14)],
)
def test_the_hour_of_a_day(written: str, hour: int) -> None:
    assert Days("day", "UTC").instant(written) == datetime(2025, 3, 4, hour, 30, tzinfo=UTC)


def test_the_order_is_what_the_days_themselves_show_and_is_asked_where_they_do_not() -> None:
    assert order_of(["03/04/2025", "25/04/2025"]) == ("day", False)
    assert order_of(["03/04/2025", "04/25/2025"]) == ("month", False)
    assert order_of(["03/04/2025", "05/05/2025"]) == ("", True)
    assert order_of(["25/04/2025", "04/25/2025"]) == ("", True)  # they contradict each other
    assert order_of(["03.04.2025", "2025-04-03", "", "05/05/2025"]) == ("", False)


@pytest.mark.parametrize(
    ("written", "currency", "decimal", "minor"),
    [
        ("8.990.000 ₫", "VND", "", 8_990_000),
        ("8,990,000", "VND", "", 8_990_000),
        ("8990000.00", "VND", "", 8_990_000),
        ("150.000", "VND", "", 150_000),
        ("12,50 €", "EUR", "", 1250),
        ("1.234,5", "EUR", ",", 123450),
        ("1,234.50", "EUR", ".", 123450),
        ("1.500", "EUR", ".", 150),
    ],
)
def test_amounts_in_the_smallest_unit_of_their_currency(written: str, currency: str, decimal: str, minor: int) -> None:
    assert amount(written, currency, decimal) == Money(minor, currency)


def test_signs_that_are_said_mean_nothing_else() -> None:
    for written, decimal in (("12,5", "."), ("1.2345", ","), ("12.50", ",")):
        with pytest.raises(Wrong):
            amount(written, "EUR", decimal)


@pytest.mark.parametrize(("written", "currency"), [("12.50", "VND"), ("-5", "EUR"), ("", "EUR"), ("1.2.3", "EUR")])
def test_what_a_currency_does_not_have_is_no_amount(written: str, currency: str) -> None:
    with pytest.raises(Wrong):
        amount(written, currency, "")


def test_vietnamese_names_have_the_family_name_first() -> None:
    assert whole_name("Nguyễn", "Văn An") == "Nguyễn Văn An"
    assert whole_name("Weber", "Kim") == "Kim Weber"
    assert turned("Nguyễn, Văn An") == "Nguyễn Văn An"
    assert turned("Weber, Kim") == "Kim Weber"
    assert turned("Weber") == "Weber"


def test_names_fit_in_any_order_and_without_marks_but_not_those_of_a_family() -> None:
    assert fits("Nguyễn Văn An", "An Nguyen", strictly=True)
    assert fits("Herr Kim Weber", "weber kim", strictly=True)
    assert not fits("Nguyễn Văn An", "Nguyễn Thị An", strictly=False)
    assert not fits("An", "Nguyễn Văn An", strictly=True)
    assert not fits("", "Nguyễn Văn An", strictly=False)


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ("id,name,email,external_id,details,notes,phone,role,organization,tags", "zendesk"),
        ("id,login,firstname,lastname,email,web,phone,fax,mobile,organization,roles,groups", "zammad"),
        ("Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Associated Company", "hubspot"),
        ("Full name,Title,Email,Work phone,Mobile phone,Company,Contact ID", "freshdesk"),
        ("Name,Organization,Email,Phone Number,Internal Notes", "osticket"),
        ("Name,Email", None),
    ],
)
def test_exports_are_known_by_their_columns(columns: str, name: str | None) -> None:
    found = known_by(columns.split(","))
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("raw", "encoding", "delimiter"),
    [
        ("Tên;Số\nHoa;1\nNam;2\n".encode(), "utf-8", ";"),
        ("Tên\tSố\nHoa\t1\n".encode("utf-16"), "utf-16", "\t"),
        ("\ufeffTên,Số\nHoa,1\n".encode(), "utf-8-sig", ","),
        ("Name|Straße\nJürgen|Öhlweg\n".encode("cp1252"), "cp1258", "|"),
        (b"sep=;\nName;Ort\na;b\n", "utf-8", ";"),
        (b'Name,"Ort; Land"\n"a;b",c\n"d;e",f\n', "utf-8", ","),
    ],
)
def test_how_a_file_is_written_is_seen(tmp_path: Path, raw: bytes, encoding: str, delimiter: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(raw)
    how = sniffed(path, "vi")
    assert (how.encoding, how.delimiter) == (encoding, delimiter)


def test_old_vietnamese_letters_are_put_together(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"name,email\n" + "Hu\u00ea\u0301".encode("cp1258") + b",a@b.example\n")
    mapping = Mapping.model_validate(
        {"rows": "customers", "source": "old", "fields": {"name": "name", "mail": "email"}}
    )
    with opened(path, sniffed(path, "vi")) as table:
        rows = Rows(mapping, table.columns, Setting("VN", ("vi",), VN, "VND"))
        assert [rows.read(each).name for each in table.lines] == ["Huế"]  # type: ignore[union-attr]


def test_rows_over_several_lines_and_quotes_that_never_close(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text('a,b\n1,"two\nlines"\n2,"open\n3,x\n4,"closed ""twice"""\n5,5" pipe\n6,y,z\n7\n8,"a"b"\n\n9,z\n')
    with opened(path, sniffed(path, "vi")) as table:
        found = [(each.number, each.broken or each.cells[1]) for each in table.lines]
    assert found == [
        (2, "two\nlines"),
        (4, "open_quote"),
        (5, "x"),
        (6, 'closed "twice"'),
        (7, '5" pipe'),
        (8, "long"),
        (9, "short"),
        (10, 'ab"'),
        (12, "z"),
    ]


def test_a_broken_letter_costs_its_row_alone(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes("name,city\nHoa,Huế\nNam,Đà Nẵng\n".encode() + b"B\xecnh,Hu\xea\n" + "An,Mỹ Tho\n".encode())
    with opened(path, sniffed(path, "vi")) as table:
        assert [each.broken for each in table.lines] == ["", "", "letters", ""]


def test_cards_of_old_and_new_telephones(tmp_path: Path) -> None:
    path = tmp_path / "cards.vcf"
    path.write_text(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Nguyễn;Hoa;Thị;;\r\nFN:Nguyễn Thị Hoa\r\n"
        "item1.EMAIL;TYPE=work:hoa@x.example\r\n"
        "EMAIL:b@x.example\r\nADR;TYPE=home:;;12 Lê Lợi\\, P.1;Huế;;530000;VN\r\nNOTE:a long\r\n  note\\nhere\r\n"
        "PHOTO;ENCODING=b:AAAA\r\n AAAA\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=BCrgen=\r\n=20Weber\r\nTEL;CELL:030\r\n"
        "END:VCARD\r\nBEGIN:VCARD\r\nFN:Lost\r\nBEGIN:VCARD\r\nFN:An\r\nEND:VCARD\r\n"
    )
    with opened(path, sniffed(path, "vi")) as table:
        lines = list(table.lines)
        rows = [dict(zip(table.columns, each.cells, strict=True)) for each in lines]
    assert [each.broken for each in lines] == ["", "", "open_card", ""]
    assert (rows[0]["EMAIL"], rows[0]["STREET"], rows[0]["GIVEN"]) == (
        "hoa@x.example; b@x.example",
        "12 Lê Lợi, P.1",
        "Thị Hoa",
    )
    assert rows[0]["NOTE"] == "a long note\nhere"
    assert rows[1]["FN"] == "Jürgen Weber"
