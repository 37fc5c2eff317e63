"""Cutting what a reply quotes: the writer's words stay, in doubt everything stays."""

from __future__ import annotations

import time

import pytest

from tantam.desk.channels.email.quotes import MOST_BELOW, without_quotes

ATTRIBUTIONS = [
    "On Mon, 3 Feb 2025 at 10:00, Bến Xuân <desk@example.org> wrote:",
    "On Mon, 3 Feb 2025 at 10:00, Bến Xuân\n<desk@example.org> wrote:",
    "Am 03.02.2025 um 10:00 schrieb Bến Xuân:",
    "Vào Th 2, 3 thg 2, 2025 vào lúc 10:00 Bến Xuân <desk@example.org> đã viết:",
    "-----Original Message-----",
    "-----Ursprüngliche Nachricht-----",
    "________________________________",
    "From: Bến Xuân\nSent: Monday\nTo: Hoa\nSubject: Re: x",
    "Von: Bến Xuân\nGesendet: Montag\nAn: Hoa\nBetreff: AW: x",
    "Từ: Bến Xuân\nĐã gửi: Thứ Hai\nTới: Hoa\nChủ đề: x",
]


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
def test_what_stands_below_an_attribution_is_cut(attribution: str) -> None:
    assert without_quotes(f"Cảm ơn chị.\n\n{attribution}\n> cũ\n> cũ nữa\n") == "Cảm ơn chị."


def test_answers_between_quoted_lines_stay() -> None:
    text = "On Monday she wrote:\n> First question?\nYes.\n> Second?\nNo."
    assert without_quotes(text) == text


def test_quote_alone_stays() -> None:
    assert without_quotes("> only this") == "> only this"


def test_signature_and_device_line_are_cut() -> None:
    assert without_quotes("Hello\n\nSent from my iPhone") == "Hello"
    assert without_quotes("Hello\n-- \nHoa\n0903") == "Hello"


def test_dashes_inside_a_text_cut_nothing() -> None:
    assert without_quotes("one -- two\n- three") == "one -- two\n- three"


def test_a_line_of_a_million_letters_costs_no_time() -> None:
    began = time.perf_counter()
    without_quotes("On " + "x " * 500_000 + "\n" + ">" * 100_000)
    assert time.perf_counter() - began < 1


def test_five_thousand_attributions_cost_no_time() -> None:
    text = "> On Monday she wrote:\n> x\n" * 5_000 + "No.\n> y"
    began = time.perf_counter()
    assert without_quotes(text).startswith("> On Monday")
    assert time.perf_counter() - began < 3


def test_few_words_below_a_quotation_are_cut_with_it_and_many_are_not() -> None:
    said = "Thanks.\n\nOn Monday she wrote:\n> x\n"
    assert without_quotes(said + "one\n" * MOST_BELOW) == "Thanks."
    assert without_quotes(said + "one\n" * (MOST_BELOW + 1)).endswith("one")
