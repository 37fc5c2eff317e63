"""Advice hits what hurts and leaves good replies alone, in three languages."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tantam.plan.courtesy import CHECKS, Reader, closes, look, opens
from tantam.plan.courtesy.advice import Advice
from tantam.plan.sections import read
from tantam.plan.sections.clauses_care import Courtesy
from tantam.plan.words import LANGUAGES, catalogue

HERE = Path(__file__).parent
READERS = {
    "vi": Reader("Nguyễn Thị Hoa", "Hoa", "Nguyễn", "chi", "chị Hoa"),
    "de": Reader("Kim Weber", "Kim", "Weber", "frau", "Frau Weber"),
    "en": Reader("Sarah Miller", "Sarah", "Miller", "", "Sarah Miller"),
}


@pytest.fixture(scope="session")
def courtesy() -> Courtesy:
    """How the example's company speaks."""
    return read(HERE.parents[2] / "plans/ben-xuan").courtesy


def replies(lang: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{lang}.toml").read_text(encoding="utf-8"))


def codes(found: tuple[Advice, ...]) -> list[str]:
    return [each.code for each in found]


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang in LANGUAGES for text in replies(lang)["good"]])
def test_good_replies_are_left_alone(lang: str, text: str, courtesy: Courtesy) -> None:
    assert [(each.code, each.got) for each in look(courtesy, text, lang, READERS[lang])] == []


@pytest.mark.parametrize(("lang", "bad"), [(lang, bad) for lang in LANGUAGES for bad in replies(lang)["bad"]])
def test_what_hurts_is_found_once(lang: str, bad: dict[str, Any], courtesy: Courtesy) -> None:
    told = {name: bad[name] for name in ("address", "thanks_due") if name in bad}
    found = look(courtesy, bad["text"], lang, replace(READERS[lang], **told))
    assert codes(found) == bad["codes"]
    for each in found:
        assert bad["text"][each.start : each.end] == (each.got if each.end else "")
        for reader in LANGUAGES:
            assert "{" not in each.said(reader) or each.code == "place_left"


def test_checks_of_the_plan_are_the_only_ones(courtesy: Courtesy) -> None:
    text = "Dear Sandra,\n\nthis is your own fault!!!"
    assert codes(look(courtesy, text, "en", READERS["en"])) == ["name_other", "blame", "shouting"]
    assert codes(look(replace(courtesy, checks=("blame",)), text, "en", READERS["en"])) == ["blame"]


def test_du_is_fine_where_the_plan_says_du(courtesy: Courtesy) -> None:
    ours = replace(courtesy, tone={"de": "Wir duzen."}, greet={"de": "Hallo {name}"})
    assert look(ours, "Hallo Kim,\n\nschick uns dein Foto.", "de", READERS["de"]) == ()


def test_a_firm_is_called_as_it_likes(courtesy: Courtesy) -> None:
    firm = Reader("Công ty Sao Mai", business=True)
    assert look(courtesy, "Kính gửi chị Lan,\n\nMáy đã xong.", "vi", firm) == ()


def test_an_unknown_name_is_no_wrong_one(courtesy: Courtesy) -> None:
    assert look(courtesy, "Dear Sandra,\n\nit is done.", "en", Reader()) == ()


def test_other_languages_have_the_plans_own_words(courtesy: Courtesy) -> None:
    ours = replace(courtesy, never={"fr": ("vous devez",)})
    assert codes(look(ours, "Vous devez payer!", "fr", Reader())) == ["never"]


@pytest.mark.parametrize("text", ["", "   ", "> quoted only", "\x00", "x" * 20_000, "!" * 20_000, "anh " * 5_000])
def test_odd_texts_are_looked_over_in_a_moment(text: str, courtesy: Courtesy) -> None:
    for lang in LANGUAGES:
        look(courtesy, text, lang, READERS[lang])


@pytest.mark.parametrize(
    ("text", "lang", "opened", "closed"),
    [
        ("Kính gửi chị Hoa,\n\nMáy đã xong.\n\nTrân trọng,\nMai", "vi", True, True),
        ("Chào chị Hoa\nMáy đã xong.", "vi", True, False),
        ("Máy đã xong.", "vi", False, False),
        ("Guten Tag Frau Weber,\nes ist fertig.\nViele Grüße\nMai", "de", True, True),
        ("Liebe Grüße sind schön.\nEs ist fertig.", "de", False, False),
        ("Dear Sarah Miller,\nit is done.\nBest regards,", "en", True, True),
        ("Hello.", "en", False, False),
        ("Kind regards", "en", False, False),
    ],
)
def test_letters_open_and_close(text: str, lang: str, opened: bool, closed: bool) -> None:
    assert (opens(text, lang), closes(text, lang)) == (opened, closed)


def test_every_check_has_its_sentences() -> None:
    assert {"courtesy_never", "courtesy_blame", "courtesy_place_left"} <= catalogue().keys()
    assert len(CHECKS) == 10
