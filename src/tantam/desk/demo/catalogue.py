"""Reads what the example shop sells: about forty things, in three languages."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LINE_OF = {
    "phone": "phone",
    "tv": "television",
    **dict.fromkeys(("laptop", "computer", "tablet"), "computer"),
    **dict.fromkeys(("fridge", "washer", "aircon"), "large_appliance"),
    **dict.fromkeys(("air", "kitchen", "home"), "small_appliance"),
    **dict.fromkeys(("audio", "watch", "network", "accessory"), "accessory"),
}


@dataclass(frozen=True, slots=True)
class Ware:
    """One product: how it is called by language, what it costs in đồng, how often it is bought against others.

    line: as the example's plan divides products (`product_kind`); sort: finer, for what may be wrong with it.
    """

    sku: str
    line: str
    sort: str
    price: int
    weight: int
    names: dict[str, str]


@cache
def wares() -> tuple[Ware, ...]:
    """Return the catalogue, in the order of its file."""
    entries = tomllib.loads((files(__package__) / "catalogue.toml").read_text(encoding="utf-8"))
    return tuple(
        Ware(
            sku,
            LINE_OF[each["sort"]],
            each["sort"],
            each["price"],
            each["weight"],
            {lang: each[lang] for lang in ("vi", "de", "en")},
        )
        for sku, each in entries.items()
    )
