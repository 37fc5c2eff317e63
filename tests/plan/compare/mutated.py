"""An example plan with one thing changed in one of its files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tantam.plan.compare import Comparison, compare
from tantam.plan.files import Source
from tantam.plan.sections import Plan
from tantam.plan.sections.build import build

PLANS = Path(__file__).parents[3] / "plans"
SHOP = Path(__file__).parents[1] / "samples" / "shop.yaml"


@cache
def example(name: str = "ben-xuan") -> Plan:
    """Return an example plan."""
    return build(_sources(name))


def mutated(change: tuple[str, str, str], name: str = "ben-xuan") -> Plan:
    """Return the example with the first `old` in a file written as `new`. change: (file, old, new)."""
    file, old, new = change
    sources = []
    for source in _sources(name):
        text = source.text
        if source.name.endswith(file):
            assert old in text, f"{file} no longer says {old!r}"
            text = text.replace(old, new, 1)
        sources.append(Source(source.name, text))
    return build(tuple(sources))


def compared(change: tuple[str, str, str], name: str = "ben-xuan") -> Comparison:
    """Return what a change changes."""
    return compare(example(name), mutated(change, name))


@cache
def _sources(name: str) -> tuple[Source, ...]:
    if name == "shop":
        return (Source("shop.yaml", SHOP.read_text(encoding="utf-8")),)
    files = sorted(each for each in (PLANS / name).glob("*.yaml") if not each.name.startswith("cases"))
    return tuple(Source(each.name, each.read_text(encoding="utf-8")) for each in files)
