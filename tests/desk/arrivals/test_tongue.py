"""The language of a mail: by its own word, its letters, its common words; else the company's own."""

from __future__ import annotations

import pytest

from tantam.desk.arrivals.tongue import tongue_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Máy giặt nhà tôi kêu to quá", "vi"),
        ("may giat nha toi bi hong, xin goi lai cho toi", "vi"),
        ("Meine Waschmaschine ist laut, bitte rufen Sie mich an", "de"),
        ("My washing machine is loud, please call me", "en"),
        ("12345", "vi"),
        ("", "vi"),
    ],
)
def test_language_is_that_of_the_words(text: str, language: str) -> None:
    assert tongue_of(text, "", ("vi", "de", "en")) == language


def test_declared_language_counts_if_the_company_speaks_it() -> None:
    assert tongue_of("Xin chào", "de", ("vi", "de")) == "de"
    assert tongue_of("Bonjour", "fr", ("vi", "de")) == "vi"


def test_only_the_companys_languages_are_answered_in() -> None:
    assert tongue_of("Máy giặt nhà tôi kêu to quá", "", ("de", "en")) == "de"
