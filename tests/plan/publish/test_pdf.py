"""The PDF: every word is in it, readable by machines that read aloud, the same bytes twice, and nothing runs in it."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import create_string_buffer
from datetime import date

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from tantam.plan.publish import Audience
from tantam.plan.publish.contents import printed
from tantam.plan.publish.pdf import pdf
from tantam.plan.sections import read_text
from tests.plan.publish.papers import PLANS, plan
from tests.plan.publish.test_editions import texts

DAY = date(2026, 11, 22)
PAIRS = list(enumerate(Audience))
TOP, BOTTOM = 22 * 72 / 25.4, 22 * 72 / 25.4  # where header and footer stand, in points
NASTY = r"""#panic("x") $x^2$ *bold* _em_ @ref <label> \ "q" 'q' `raw` = head - item / term #eval("1") ~ [a](b) //c"""
HOSTILE = f"""
tantam: 1
company: {{name: '{NASTY.replace("'", "''")}', languages: [en], timezone: UTC, currency: EUR}}
mission: '{NASTY.replace("'", "''")}'
hours: {{office: {{mon-fri: "09:00-17:00"}}}}
conduct: ['{NASTY.replace("'", "''")}']
"""


def document(data: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(data)


def bare(said: str) -> str:
    """Letters and digits alone: lines are broken and words divided as the page asks."""
    return "".join(each for each in said.replace("\N{NO-BREAK SPACE}", " ") if each.isalnum())


def inner(data: bytes) -> str:
    """All that stands between header and footer, in reading order."""
    return bare(" ".join(_inner(data)))


def _inner(data: bytes) -> Iterator[str]:
    found = document(data)
    for page in found:
        height = page.get_height()
        yield page.get_textpage().get_text_bounded(bottom=BOTTOM, top=height - TOP)


@pytest.mark.parametrize(
    ("name", "lang", "audience"),
    [
        (name, plan(name).languages[at % len(plan(name).languages)], each)
        for name in PLANS
        for at, each in enumerate(Audience)
    ],
)
def test_every_word_of_the_paper_is_in_the_pdf(name: str, lang: str, audience: Audience) -> None:
    sheet = printed(plan(name), lang, audience)
    said = inner(pdf(sheet, DAY))
    assert [each for each in texts(sheet) if bare(each) not in said] == []


@pytest.mark.parametrize("lang", ["vi", "de", "en"])
def test_it_is_tagged_and_says_its_title_and_its_language(lang: str) -> None:
    sheet = printed(plan("ben-xuan"), lang, Audience.CUSTOMER)
    found = document(pdf(sheet, DAY))
    assert found.get_metadata_value("Title") == f"{sheet.title} · {sheet.company}"
    assert found.get_metadata_value("Author") == sheet.company
    assert pdfium.FPDFCatalog_IsTagged(found.raw)
    length = pdfium.FPDFCatalog_GetLanguage(found.raw, None, 0)
    said = create_string_buffer(length)
    pdfium.FPDFCatalog_GetLanguage(found.raw, pdfium.cast(said, pdfium.POINTER(pdfium.FPDF_WCHAR)), length)
    assert said.raw.decode("utf-16-le").rstrip("\0") == lang


def test_every_part_is_a_bookmark() -> None:
    sheet = printed(plan("hotel"), "en", Audience.STAFF)
    marks = [each.get_title() for each in document(pdf(sheet, DAY)).get_toc()]
    assert [part.title for part in sheet.parts if not any(part.title in each for each in marks)] == []


def test_the_same_plan_gives_the_same_bytes() -> None:
    sheet = printed(plan("weekday-team"), "de", Audience.STAFF)
    assert pdf(sheet, DAY) == pdf(sheet, DAY)
    assert pdf(sheet) == pdf(sheet)


def test_the_day_stands_on_the_cover_only_if_it_is_said() -> None:
    sheet = printed(plan("weekday-team"), "de", Audience.CUSTOMER)
    assert "22.11.2026" in document(pdf(sheet, DAY))[0].get_textpage().get_text_bounded()
    undated = document(pdf(sheet))
    assert "22.11.2026" not in undated[0].get_textpage().get_text_bounded()
    assert undated.get_metadata_value("CreationDate") == ""


def test_what_a_plan_says_is_text_and_never_markup() -> None:
    said = inner(pdf(printed(read_text(HOSTILE), "en", Audience.STAFF)))
    assert bare(NASTY) in said


@pytest.mark.parametrize("lang", ["vi", "de", "en"])
def test_letters_with_two_marks_are_there(lang: str) -> None:
    """A letter that a font lacks would come out as a box without a meaning."""
    wanted = {"vi": "ệữợặẩđơư", "de": "äöüß", "en": "–“”"}[lang]
    raw = "".join(_inner(pdf(printed(plan("ben-xuan"), lang, Audience.STAFF))))
    assert [each for each in wanted if each not in raw] == []
    assert "\N{REPLACEMENT CHARACTER}" not in raw
