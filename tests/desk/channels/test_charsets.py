"""Every byte of a mail becomes some letter, and the right one whatever the mail claims."""

from __future__ import annotations

import pytest

from tantam.desk.channels.email.charsets import charset_of_html, text_of

VIETNAMESE = "Máy giặt nhà tôi kêu to quá, đổi được không?"
# A part of it in the charsets of before Unicode.
OLD = {
    "viscii": b"M\xe1y gi\xa3t, \xf0\xb1i \xf0\xdf\xfec kh\xf4ng?",
    "x-viet-tcvn5712": b"M\xb8y gi\xc6t, \xae\xe6i \xae\xad\xeec kh\xabng?",
    "windows-1258": b"Ma\xecy gi\xe3\xf2t, \xf0\xf4\xd2i \xf0\xfd\xf5\xf2c kh\xf4ng?",
}


@pytest.mark.parametrize("name", OLD)
def test_old_vietnamese_charsets_are_read(name: str) -> None:
    assert text_of(OLD[name], name) == "Máy giặt, đổi được không?"


@pytest.mark.parametrize("declared", ["iso-8859-1", "us-ascii", "unknown-8bit", "", "x-nonsense", "windows-1252", '"'])
def test_utf_8_is_read_whatever_it_is_called(declared: str) -> None:
    assert text_of(VIETNAMESE.encode(), declared) == VIETNAMESE


@pytest.mark.parametrize(
    ("raw", "declared", "text"),
    [
        ("Grüße – 5 €".encode("cp1252"), "iso-8859-1", "Grüße – 5 €"),
        ("Grüße".encode("cp1252"), "utf-8", "Grüße"),
        ("Grüße".encode("cp1252"), "unknown-8bit", "Grüße"),
        ("Grüße".encode("utf-7"), "utf-7", "Grüße"),
        ("漢字镕".encode("gbk"), "gb2312", "漢字镕"),
        ("日本①".encode("cp932"), "shift_jis", "日本①"),
        ("日本".encode("iso2022_jp"), "iso-2022-jp", "日本"),
        ("한글".encode("cp949"), "ks_c_5601-1987", "한글"),
        ("Привет".encode("koi8-r"), "koi8-r", "Привет"),
        ("กขค".encode("cp874"), "tis-620", "กขค"),
        ("chữ".encode("utf-16"), "", "chữ"),
        ("\ufeffchữ".encode(), "utf-8", "chữ"),
        (b"abc", "rot13", "abc"),
        (b"abc\\u0041", "unicode_escape", "abc\\u0041"),
        (b"abc", "punycode", "abc"),
    ],
)
def test_bytes_are_read_as_they_are_meant(raw: bytes, declared: str, text: str) -> None:
    assert text_of(raw, declared) == text


def test_one_broken_letter_breaks_no_other() -> None:
    assert text_of(VIETNAMESE.encode() + b"\xfc", "utf-8") == VIETNAMESE + "ü"


def test_marks_are_put_on_their_letters() -> None:
    assert text_of("a\u0323\u0302".encode(), "windows-1258") in ("ậ", "a\u0323\u0302")
    assert len(text_of("Ma\u0301y".encode("cp1258"), "windows-1258")) == 3


def test_page_says_its_charset_itself() -> None:
    assert charset_of_html(b'<html><meta http-equiv="x" content="text/html; charset=koi8-r">') == "koi8-r"
    assert charset_of_html(b'<meta charset="utf-8">') == "utf-8"
    assert charset_of_html(b"<p>charset=x") == ""
