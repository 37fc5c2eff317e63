"""What is spam is told from what people bring, by texts that nothing was computed from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tantam.desk.spam.names import Words, names_in
from tantam.desk.spam.prior import shipped
from tantam.desk.spam.score import Count, Counts, Score, Sign, scored
from tools.spam_texts import HERE, Text, texts_in

TEXTS = Path(__file__).parent / "texts"
NOTHING = Counts({}, Count())
SPAM, HAM = list(texts_in(TEXTS / "spam.txt", 1)), list(texts_in(TEXTS / "ham.txt", 1))


def _score(body: str, *signs: Sign, learned: Counts = NOTHING) -> Score:
    return scored(names_in(Words(body=body)), signs, shipped(), learned)


@pytest.mark.parametrize("text", HAM, ids=lambda each: each.body[:30])
def test_no_complaint_is_stopped(text: Text) -> None:
    assert not _score(text.body).is_stopped


def test_hardly_a_complaint_waits() -> None:
    assert sum(_score(each.body).is_doubtful for each in HAM) <= len(HAM) * 5 // 100


def test_most_spam_does_not_come_through() -> None:
    held = [each for each in SPAM if _score(each.body).is_stopped or _score(each.body).is_doubtful]
    assert len(held) >= len(SPAM) * 80 // 100


def test_nothing_that_judges_was_counted() -> None:
    counted = {each.body for name in ("spam.txt", "ham.txt") for each in texts_in(HERE / name)}
    assert not [each for each in (*SPAM, *HAM) if each.body in counted and len(each.body) > 20]


def test_nothing_said_is_no_spam() -> None:
    assert _score("").points == _score("?").points == 0


def test_signs_count_with_the_words() -> None:
    body = "Bonus im Casino, jetzt registrieren"
    assert _score(body, Sign.NO_PROOF).points > _score(body).points > _score(body, Sign.PROVED).points


def test_signs_alone_stop_nobody() -> None:
    every = [each for each in Sign if each not in (Sign.PROVED, Sign.BAD_PROOF)]
    assert not _score("Máy giặt hỏng", *every).is_stopped


def test_because_names_what_spoke_for_it() -> None:
    because = _score(
        "Online Casino Bonus ohne Einzahlung http://a.bet http://b.bet http://c.bet http://d.bet", Sign.NO_PROOF
    ).because
    assert because["links"] == 4 and because["signs"][0] == "no_proof" and "odd_host" in because["signs"]
    assert any("asino" in each for each in because["words"])


def test_one_mark_teaches_what_was_never_seen() -> None:
    body = "Zwiebelschneider Wunderfix direkt vom Hersteller, jetzt bestellen"
    names = names_in(Words(body=body))
    before = _score(body).points
    spam = Counts({each: Count(1, 0) for each in names}, Count(1, 0))
    ham = Counts({each: Count(0, 1) for each in names}, Count(0, 1))
    assert _score(body, learned=spam).points > before + 3 and _score(body, learned=ham).points < before


def test_colleagues_outweigh_what_was_shipped() -> None:
    body = "casino bonus"
    names = names_in(Words(body=body))
    many = Counts({each: Count(0, 40) for each in names}, Count(0, 40))
    assert _score(body).points > 0 > _score(body, learned=many).points
