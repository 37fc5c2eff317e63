"""Texts go to translators and come back, as a spreadsheet or a gettext file; all around them stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tantam.plan.errors import Place, PlanUnreadable
from tantam.plan.files import Source, read_sources
from tantam.plan.files.archive import Archived, Brought, Cell, Row, brought, po, rows, texts_of, xlsx
from tantam.plan.files.merge import own_sources

ROOT = Path(__file__).parents[3]
PLANS = sorted(each for each in (ROOT / "plans").iterdir() if (each / "texts.vi.yaml").is_file())
HEAD = "tantam: 1\ncompany: {name: Shop, languages: [en, vi, de], timezone: UTC, currency: EUR}\n"
SMALL = (
    Source(
        "p/plan.yaml",
        HEAD
        + """\
mission: {en: "We help {name}.", vi: "Chúng tôi giúp {name}."}   # first of all
policies:
  swap:
    label: Swap
    commitment:
      # in so many words
      en: We swap.
""",
    ),
    Source("p/texts.en.yaml", "bye: |\n  Bye,\n  {name}\nplus: +1 for you\n"),
    Source("p/texts.vi.yaml", "# in Vietnamese\nbye: Chào {name}\n"),
)
LANGUAGES = ("en", "vi", "de")


def through(form: str, found: Sequence[Row], languages: Sequence[str], own: str) -> list[Archived]:
    """Return the rows written to a file and read again."""
    if form == "xlsx":
        archive, wrong = xlsx.read("t.xlsx", xlsx.written(found, languages), own)
        assert not wrong
        return archive
    each = [po.read("t.po", po.written(found, [into]), own)[0] for into in languages if into != own]
    return [row for archive in each for row in archive]


def back(sources: tuple[Source, ...], archive: Sequence[Archived], languages: tuple[str, ...]) -> Brought:
    return brought(sources, texts_of(sources, languages), languages[0], archive)


def put(sources: tuple[Source, ...], result: Brought) -> tuple[Source, ...]:
    files = {each.name: each for each in sources} | {each.name: each for each in result.sources}
    return tuple(files.values())


@pytest.mark.parametrize("form", ["xlsx", "po"])
@pytest.mark.parametrize("plan", PLANS, ids=lambda each: each.name)
def test_every_text_of_a_plan_goes_out_and_comes_back(plan: Path, form: str) -> None:
    sources = own_sources(read_sources(plan))
    languages = ("vi", "de", "en")
    texts = texts_of(sources, languages)
    found = rows(texts, "vi", languages)
    assert len(found) > 80
    assert not back(sources, through(form, found, languages, "vi"), languages).sources

    said = [
        replace(row, cells={lang: Cell(f"= {cell.words.rstrip()} ({lang})") for lang, cell in row.cells.items()})
        for row in found
    ]
    result = back(sources, through(form, said, languages, "vi"), languages)
    assert not result.findings and result.taken == sum(len(row.cells) for row in said)
    after = texts_of(put(sources, result), languages)
    assert list(after) == list(texts)
    for clause, text in after.items():
        assert text.words["vi"] == texts[clause].words["vi"]
        for lang in ("de", "en"):
            assert text.words[lang].rstrip() == f"= {texts[clause].words[lang].rstrip()} ({lang})"
    again = back(put(sources, result), through(form, said, languages, "vi"), languages)
    assert (again.sources, again.taken) == ((), 0)


@pytest.mark.parametrize("form", ["xlsx", "po"])
def test_a_new_language_finds_its_place_and_all_else_stays(form: str) -> None:
    texts = texts_of(SMALL, LANGUAGES)
    found = rows(texts, "en", ("en", "de"))
    assert {row.clause: row.cells["de"].words for row in found} == {
        "mission": "", "policies.swap.label": "", "policies.swap.commitment": "", "texts.bye": "", "texts.plus": "",
    }  # fmt: skip
    german = {"We help {name}.": "Wir helfen {name}.", "We swap.": "Wir tauschen.", "Swap": "Tausch",
              "Bye,\n{name}\n": "Tschüs,\n{name}", "+1 for you": "+1 für Sie"}  # fmt: skip
    said = [replace(row, cells={"de": Cell(german[row.words])}) for row in found]
    result = back(SMALL, through(form, said, ("en", "de"), "en"), LANGUAGES)
    files = {each.name: each.text for each in result.sources}
    assert files == {
        "p/plan.yaml": SMALL[0]
        .text.replace("{name}.\"}   #", "{name}.\", de: \"Wir helfen {name}.\"}   #")
        .replace("label: Swap", "label:\n      en: Swap\n      de: Tausch")
        .replace("en: We swap.\n", "en: We swap.\n      de: Wir tauschen.\n"),
        "p/texts.de.yaml": "bye: |\n  Tschüs,\n  {name}\nplus: +1 für Sie\n",
    }  # fmt: skip


def one(clause: str, words: str, **into: str) -> Archived:
    return Archived(clause, words, {lang: (Cell(said), Place("t.po", 1, 1)) for lang, said in into.items()})


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (one("mission", "We help {name}.", de="Wir helfen {Name}."), "F40"),
        (one("mission", "We help {name}.", de="Wir helfen."), "F40"),
        (one("policies.swap.label", "Swap", de="Tausch {name}"), "F40"),
        (one("mission", "We helped {name}.", de="Wir helfen {name}."), "F41"),
        (one("policies.swop.label", "Swap", de="Tausch"), "F42"),
        (one("policies.swap.label", "Swap", de="Tau\x07sch"), "F11"),
        (one("policies.swap.label", "Swap", de="Tau\u202esch"), "F11"),
    ],
)
def test_a_translation_that_cannot_be_taken_is_left_out_and_told(row: Archived, code: str) -> None:
    good = one("policies.swap.commitment", "We swap.", de="Wir tauschen.")
    result = back(SMALL, [row, good], LANGUAGES)
    assert [each.code for each in result.findings] == [code]
    assert result.taken == 1 and all(each.sentence(lang) for each in result.findings for lang in LANGUAGES)


def test_what_is_out_of_date_is_marked_until_it_is_translated_anew() -> None:
    for form in ("xlsx", "po"):
        first = through(form, rows(texts_of(SMALL, LANGUAGES), "en", ("en", "vi")), ("en", "vi"), "en")
        newer = (replace(SMALL[0], text=SMALL[0].text.replace("We help", "We gladly help")), *SMALL[1:])
        texts = texts_of(newer, LANGUAGES)
        known = {each.clause: each for each in first}
        second = rows(texts, "en", ("en", "vi"), known)
        assert [row.clause for row in second if any(cell.stale for cell in row.cells.values())] == ["mission"]
        again = through(form, second, ("en", "vi"), "en")
        third = rows(texts, "en", ("en", "vi"), {each.clause: each for each in again})
        assert [{lang: cell.stale for lang, cell in row.cells.items()} for row in third] == [
            {lang: cell.stale for lang, cell in row.cells.items()} for row in second
        ]
        said = [replace(each, into={}) if each.clause != "mission" else each for each in again]
        assert back(newer, said, LANGUAGES).taken == 0


@pytest.mark.parametrize("text", ["=1+1", "+84 28", "-5", "@home", '=HYPERLINK("x")', "'quoted"])
def test_no_text_becomes_a_formula(text: str) -> None:
    plan = (Source("p.yaml", HEAD), Source("texts.en.yaml", f"k: {text!r}\n" if "'" not in text else f'k: "{text}"\n'))
    found = rows(texts_of(plan, LANGUAGES), "en", ("en", "de"))
    raw = xlsx.written(found, ("en", "de"))
    cell = load_workbook(BytesIO(raw)).worksheets[0]["C2"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert xlsx.read("t.xlsx", raw, "en")[0][0].words == text


def test_a_formula_that_a_translator_wrote_is_left_out_and_told() -> None:
    raw = xlsx.written(rows(texts_of(SMALL, LANGUAGES), "en", ("en", "de")), ("en", "de"))
    book = load_workbook(BytesIO(raw))
    book.worksheets[0]["D2"] = "=1+1"
    buffer = BytesIO()
    book.save(buffer)
    archive, (finding,) = xlsx.read("t.xlsx", buffer.getvalue(), "en")
    assert (finding.code, finding.args["cell"]) == ("F44", "D2")
    assert "de" not in archive[0].into


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04 no", b'msgid "a"\nmsgstr', b"\xff\xfe", b"/etc/hostname"])
def test_what_is_no_archive_is_a_finding(raw: bytes) -> None:
    for read in (lambda: xlsx.read("t.xlsx", raw, "en"), lambda: po.read("t.po", raw, "en")):
        with pytest.raises(PlanUnreadable) as caught:
            read()
        assert [each.code for each in caught.value.findings] == ["F43"]
