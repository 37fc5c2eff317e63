"""Every sentence of the plan's engine is there in three languages, with the same places to fill."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from string import Formatter

import pytest

from tantam.plan.words import LANGUAGES, catalogue, say
from tests.support.sources import modules

HEAD = re.compile(r"head_\w+")
FEWEST_LETTERS = 2  # of a template that is told apart: `{code}_remedy`, `O_{outcome}`, not `{one}_{other}`


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


def test_every_sentence_is_said_somewhere() -> None:
    """A key stands in the code as it is, or is made there from a template; of a template, its own part is."""
    said, templates = _said()
    spoken = [each for each in catalogue() if each not in said and not any(way.fullmatch(each) for way in templates)]
    assert not spoken


def test_every_head_of_a_published_point_has_its_words() -> None:
    """A head is said only where a plan has something under it: without this, such a plan could not be published."""
    used = {
        f"publish_{node.value}"
        for module in modules("src/tantam/plan/publish")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and HEAD.fullmatch(node.value)
    }
    assert len(used) >= 20
    missing = sorted(used - catalogue().keys())
    assert not missing, "write these in src/tantam/plan/words/publish_sections.toml"


@pytest.mark.parametrize("made", ["KIND_level", "K30_remedy", "counted_feed_named"])
def test_the_reader_knows_keys_that_are_made(made: str) -> None:
    assert any(way.fullmatch(made) for way in _said()[1])
    assert not any(way.fullmatch("of_nobody_at_all") for way in _said()[1])


@cache
def _said() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Return the texts of the code, and the templates that it makes texts from."""
    said: set[str] = set()
    templates: list[re.Pattern[str]] = []
    for node in (node for module in modules("src") for node in ast.walk(module.tree)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            said.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            templates += _templates(node)
    return frozenset(said), tuple(templates)


def _templates(node: ast.JoinedStr) -> Iterator[re.Pattern[str]]:
    parts = [each.value if isinstance(each, ast.Constant) else None for each in node.values]
    if sum(len(str(each)) for each in parts if each) >= FEWEST_LETTERS and " " not in "".join(filter(None, parts)):
        yield re.compile("".join(re.escape(each) if each else r"\w+" for each in parts))
