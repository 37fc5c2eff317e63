"""A text is taken apart into words, pairs, pieces and how it is made; how loud it is has no name."""

from __future__ import annotations

import pytest

from tantam.desk.spam.names import MOST_NAMES, Words, names_in


def _made(body: str, **told: object) -> set[str]:
    return {each for each in names_in(Words(body=body, **told)) if each.startswith("!")}


def test_words_are_the_same_with_and_without_marks() -> None:
    assert names_in(Words(body="vay tiền nhanh")).keys() == names_in(Words(body="vay tien nhanh")).keys()
    assert names_in(Words(body="Vay tiền"))["vay tien"] == "Vay tiền"


def test_long_words_count_by_their_pieces() -> None:
    one, other = names_in(Words(body="Kreditangebote")), names_in(Words(body="Sofortkreditangebot"))
    assert {"~kredi", "~anget"[:6]} & one.keys() and "~kredi" in one.keys() & other.keys()


@pytest.mark.parametrize(
    ("body", "made"),
    [
        ("see https://a.example/1", set()),
        ("photos: https://a.example/1 https://a.example/2 of the broken lid of my kettle, as you asked me", set()),
        ("https://a.example/1 https://a.example/2", {"!only_links"}),
        ("win at http://lucky.bet/start, it is all about playing", {"!odd_host"}),
        ("[url=http://a.example]watches of every kind, at the best price[/url]", {"!markup"}),
        ("write to me: t.me/somebody", {"!messenger"}),
        ("frее саsino", {"!mixed_script"}),
        ("xkqjzv wprtmnkl bdfghjkl qlskdjfg", {"!gibberish"}),
        ("CLICK HERE NOW. CLICK HERE NOW. CLICK HERE NOW.", {"!repeats"}),
    ],
)
def test_how_a_text_is_made_is_seen(body: str, made: set[str]) -> None:
    assert {each for each in _made(body) if not each.startswith("!links_")} == made


@pytest.mark.parametrize(
    "body",
    [
        "WO BLEIBT MEIN PAKET???",
        "hỏng",
        "?",
        "Angstschweiß beim Rechtsschutzversicherungsvertrag",
        "Strč prst skrz krk",
        "Máy giặt bị hỏng, gọi mãi không ai nghe!!!",
    ],
)
def test_shouting_and_brevity_have_no_name(body: str) -> None:
    assert not _made(body)


def test_the_companys_own_pages_are_no_links() -> None:
    said = "My order https://shop.example/orders/1 https://shop.example/orders/2"
    assert _made(said) and not _made(said, ours=frozenset({"shop.example"}))


def test_a_text_without_end_has_an_end() -> None:
    endless = " ".join(f"w{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}x" for n in range(50_000))
    assert len(names_in(Words(body=endless))) <= MOST_NAMES
