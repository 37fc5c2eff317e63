"""Reads what the example shop sells: about forty things, in three languages."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Ware:
    """One product: how it is called by language, what it costs in đồng, how often it is bought against others."""

    sku: str
    line: str
    price: int
    weight: int
    names: dict[str, str]


@cache
def wares() -> tuple[Ware, ...]:
    """Return the catalogue, in the order of its file."""
    entries = tomllib.loads((files(__package__) / "catalogue.toml").read_text(encoding="utf-8"))
    return tuple(
        Ware(sku, each["line"], each["price"], each["weight"], {lang: each[lang] for lang in ("vi", "de", "en")})
        for sku, each in entries.items()
    )
