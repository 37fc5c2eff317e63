"""Who reads what: nothing that only staff read reaches customers in any form; no heading stands over nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from tantam.plan.publish import Audience, publish
from tantam.plan.publish.contents import printed
from tantam.plan.publish.markdown import markdown
from tantam.plan.publish.paper import Figure, Grid, Lead, Note, Paper, Points, Prose
from tantam.plan.sections import Plan, read, read_text
from tests.plan.publish.papers import PLANS, editions, ids, parsed, plan, words

INSIDE = (
    *(
        "training.",
        "recognition.",
        "quality.",
        "costs.",
        "internal.",
        "company.teams",
        "company.shifts",
        "company.duties",
    ),
    *("groups.", "conduct", "courtesy", "triage", "profile", "products.", "knowledge.topics", "needs."),
)
WHOLE = """
tantam: 1
company: {name: A shop, languages: [en, vi, de], timezone: UTC, currency: EUR, country: DE}
mission: We are there for you.
hours:
  office:
    mon-fri: "09:00-17:00"
    holidays: [DE-SN, VN]
    on_holidays: "10:00-12:00"
    "2026-12-24": {hours: "09:00-12:00", because: Christmas Eve}
    "2026-12-28 - 2026-12-30": closed
    "1 may": closed
    lunar: {"10/3": closed}
  evening: {rest_of: office}
  both: {any_of: [office, evening]}
  overlap: {all_of: [office, evening]}
"""


def said_only_to_staff(plan_: Plan, lang: str) -> Iterator[str]:
    """Every sentence that only staff read."""
    clauses: list[Mapping[str, str]] = [each.words for each in plan_.duties.values()]
    clauses += [each.about for each in plan_.training.values()]
    clauses += [each.words for each in plan_.recognition.values()] + [each.gives for each in plan_.recognition.values()]
    clauses += [one.words for each in plan_.quality.values() for one in each.items]
    clauses += [owed.what for each in plan_.departments.values() for owed in each.owes]
    clauses += [each.care for each in plan_.groups.values()] + [each.alarm for each in plan_.providers.values()]
    clauses += [plan_.knowledge.written, plan_.courtesy.tone]
    for each in clauses:
        if len(each.get(lang, "")) > 8:
            yield " ".join(each[lang].split())


@pytest.mark.parametrize(("name", "lang"), [(name, lang) for name in PLANS for lang in plan(name).languages])
def test_customers_read_nothing_that_is_said_to_staff(name: str, lang: str) -> None:
    page = words(parsed(plan(name), lang, Audience.CUSTOMER))
    sheet = printed(plan(name), lang, Audience.CUSTOMER)
    for said in (page, " ".join(texts(sheet)), markdown(sheet)):
        assert [each for each in said_only_to_staff(plan(name), lang) if each in said] == []
    found = ids(parsed(plan(name), lang, Audience.CUSTOMER))
    assert [each for each in found if each.startswith(INSIDE) or ".authority" in each or ".handles" in each] == []


@pytest.mark.parametrize("name", list(PLANS))
def test_no_file_of_the_edition_for_customers_says_it(name: str, tmp_path: Path) -> None:
    done = publish(plan(name), tmp_path, on=date(2026, 11, 22))
    assert done.failed == ()
    assert not list(tmp_path.rglob("triage.dmn"))
    told = {said for lang in plan(name).languages for said in said_only_to_staff(plan(name), lang)}
    for each in (each for each in done.written if each.suffix != ".pdf"):
        text = " ".join(unescape(each.read_text(encoding="utf-8")).split())
        assert [said for said in told if said in text] == [], each.name


@pytest.mark.parametrize(("name", "lang"), [(name, lang) for name in PLANS for lang in plan(name).languages])
def test_staff_read_what_is_said_to_them(name: str, lang: str) -> None:
    page = " ".join(texts(printed(plan(name), lang, Audience.STAFF)))
    assert [each for each in said_only_to_staff(plan(name), lang) if "{" not in each and each not in page] == []


@pytest.mark.parametrize(("name", "lang", "audience"), editions())
def test_nothing_stands_under_an_empty_heading(name: str, lang: str, audience: Audience) -> None:
    sheet = printed(plan(name), lang, audience)
    assert all(part.all_clauses for part in sheet.parts)
    bare = [each.address for part in sheet.parts for each in part.all_clauses if not each.blocks]
    assert [each for each in bare if not each.startswith(("policies.", "levels.", "procedures.", "groups."))] == []


def test_people_who_are_not_the_company_s_own_and_machines_are_named_to_customers() -> None:
    said = words(parsed(plan("software-house"), "en", Audience.CUSTOMER))
    assert "This is a machine, not a person." in said
    assert "Data centre" in said
    assert "Support in Dresden" not in said
    assert "10% of conversations" not in said
    assert "10% of conversations" in words(parsed(plan("software-house"), "en", Audience.STAFF))


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        (
            "en",
            (
                "24 December 2026|09:00–12:00 (Christmas Eve)|28 December 2026 – 30 December 2026|1 May, every year"
                "|day 10 of month 3 of the lunar calendar|10:00–12:00|all the time outside: office"
                "|whenever one of these is open: office or evening|only while all of these are open: office and evening"
                "|Germany (Saxony) and Vietnam|holidays"
            ),
        ),
        ("vi", "24/12/2026|28/12/2026 – 30/12/2026|1/5 hằng năm|ngày 10 tháng 3 âm lịch|Đức (Sachsen) và Việt Nam"),
        ("de", "24.12.2026|28.12.2026 – 30.12.2026|1.5., jedes Jahr|10. Tag des 3. Monats nach dem Mondkalender"),
    ],
)
def test_every_exception_of_the_hours_is_said(lang: str, wanted: str) -> None:
    said = words(parsed(read_text(WHOLE), lang, Audience.CUSTOMER))
    assert [each for each in wanted.split("|") if each not in said] == []


def test_a_calendar_beside_the_plan_is_named(tmp_path: Path) -> None:
    (tmp_path / "fair.ics").write_text("BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", encoding="utf-8")
    (tmp_path / "plan.yaml").write_text(
        WHOLE.replace("    on_holidays", "    feed: fair.ics\n    on_holidays"), encoding="utf-8"
    )
    assert "closed, as fair.ics says" in words(parsed(read(tmp_path), "en", Audience.CUSTOMER))


def texts(sheet: Paper) -> Iterator[str]:
    """Every piece of words on a paper."""
    for part in sheet.parts:
        yield part.title
        for clause in part.all_clauses:
            yield clause.title
            for block in clause.blocks:
                yield from _of_block(block)


def _of_block(block: object) -> Iterator[str]:
    match block:
        case Lead(said) | Prose(said) | Note(said):
            yield " ".join(said.split())
        case Points(items):
            yield from (" ".join(piece.split()) for each in items for piece in (each.name, each.words) if piece)
        case Grid():
            yield from (each.words for each in block.heads)
            yield from (piece for line in block.lines for cell in line.cells for piece in (cell.words, *cell.below))
        case Figure(flow):
            yield from (each.does for each in flow.steps)
