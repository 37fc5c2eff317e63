"""Every sentence of the plan's engine is there in three languages, with the same places to fill."""

from __future__ import annotations

from string import Formatter

import pytest

from tantam.plan.words import LANGUAGES, catalogue, say


def places(sentence: str) -> set[str]:
    return {name.split("!")[0].split(".")[0] for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_a_sentence_is_in_every_language_with_the_same_places(key: str) -> None:
    sentences = catalogue()[key]
    assert set(sentences) == set(LANGUAGES)
    assert all(each.strip() for each in sentences.values())
    assert len({frozenset(places(each)) for each in sentences.values()}) == 1, sentences


def test_an_argument_may_be_a_sentence_itself() -> None:
    from tantam.plan.words import Key

    said = say("U_name", "de", kind=Key("KIND_level"), name="x", nearest="", allowed="y")
    assert said.startswith("Stufe „x“")
