"""Texts held in memory: found with and without marks and with a slip, the rarest word first, or not at all."""

from __future__ import annotations

import pytest

from tantam.desk.search.shelf import Shelf, Text, is_slip

SHELF = Shelf.of(
    [
        Text("Trả hàng hoàn tiền", "Trong 7 ngày, hàng không hợp thì trả lại được.", "refund"),
        Text("Bảo hành", "Máy hỏng trong thời hạn thì sửa miễn phí.", "warranty"),
        Text("Rückgabe und Erstattung", "Was nicht passt, nehmen wir zurück.", "back"),
        Text("Gewährleistung", "Waschmaschinenfilter sind Verschleißteile.", "parts"),
        Text("Opening hours", "Mon–Fri 08:00–12:00, closed on public holidays.", "hours"),
    ]
)


def _keys(asked: str) -> list[str]:
    return [each.text.key for each in SHELF.ask(asked, 3)]


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("hoàn tiền", "refund"),
        ("hoan tien", "refund"),
        ("HOÀN TIỀN!", "refund"),
        ("bao hanh", "warranty"),
        ("Rückgabe", "back"),
        ("ruckgabe", "back"),
        ("Erstatung", "back"),  # a letter is missing
        ("Filter", "parts"),  # the end of a compound
        ("Waschmaschine", "parts"),  # its beginning
        ("openign hours", "hours"),  # two letters changed about
        ("holiday", "hours"),
    ],
)
def test_what_is_asked_is_found_first(asked: str, key: str) -> None:
    assert _keys(asked)[0] == key


@pytest.mark.parametrize("asked", ["", "   ", "!?", "banana", "hoan banana kiwi mango", "\x00", "ab" * 500])
def test_what_is_not_there_is_not_found(asked: str) -> None:
    assert _keys(asked) == []


def test_what_is_written_with_its_marks_comes_before_what_only_looks_like_it() -> None:
    shelf = Shelf.of([Text("Ma", "", "ghost"), Text("Má", "", "mother")])
    assert [each.text.key for each in shelf.ask("má", 2)] == ["mother", "ghost"]


def test_word_of_a_title_tells_more_than_one_of_the_text() -> None:
    shelf = Shelf.of(
        [Text("Other", "warranty", "text"), Text("Warranty", "other", "title"), Text("None", "no", "none")]
    )
    assert next(each.text.key for each in shelf.ask("warranty", 3)) == "title"


def test_what_was_asked_is_marked() -> None:
    (hit,) = SHELF.ask("bao hanh", 1)
    assert [words for words, asked in hit.title if asked] == ["Bảo", "hành"]
    (hit,) = SHELF.ask("public holidays", 1)
    assert [words for words, asked in hit.excerpt if asked] == ["public", "holidays"]


@pytest.mark.parametrize(
    ("asked", "known", "most", "same"),
    [
        ("warranty", "waranty", 1, True),
        ("warranty", "warrantys", 1, True),
        ("warranty", "wararnty", 1, True),
        ("warranty", "worronty", 1, False),
        ("warranty", "worronty", 2, True),
        ("warranty", "marranty", 2, False),
        ("refund", "refunds", 0, False),
    ],
)
def test_slips_are_counted(asked: str, known: str, most: int, same: bool) -> None:
    assert is_slip(asked, known, most) is same
