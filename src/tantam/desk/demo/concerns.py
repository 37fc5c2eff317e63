"""What the example's customers come with: how often, about which topic, under which policy, and what they tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

Told = Callable[[Random], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of concern. name: its table in fragments/*.toml; topic, policy: names in the plan, "" for none.

    weight: how often against others. about: which purchase it may be about; sorts: of which goods, none for all.
    asks_back, reopens: the chance of it.
    """

    name: str
    topic: str
    policy: str
    weight: float
    about: str
    told: Told
    asks_back: float = 0.25
    reopens: float = 0.05
    sorts: frozenset[str] = frozenset()


def _nothing(dice: Random) -> dict[str, str]:
    return {}


def _one_of(**weights: int) -> Callable[[Random], str]:
    names = list(weights)
    return lambda dice: dice.choices(names, list(weights.values()))[0]


def _telling(**terms: Callable[[Random], str] | str) -> Told:
    def tell(dice: Random) -> dict[str, str]:
        return {term: value if isinstance(value, str) else value(dice) for term, value in terms.items()}

    return tell


_fault = _one_of(ours=80, transport=9, customer=8, none=3)
_late = _one_of(**{"0": 35, "1": 30, "2": 18, "3": 9, "5": 8})

INSTALLED = frozenset({"tv", "fridge", "washer", "aircon"})

KINDS = (
    Kind("faulty", "faulty", "exchange", 25, "owned", _telling(fault=_fault, danger="no"), 0.35, 0.08),
    Kind("danger", "faulty", "exchange", 1.3, "owned", _telling(fault="ours", danger="yes"), 0.1, 0.03),
    Kind(
        "late",
        "delivery",
        "delivery",
        12,
        "recent",
        _telling(late=lambda dice: f"{_late(dice)} days", shipping="30000 VND"),
        0.1,
    ),
    Kind("wrong", "delivery", "", 5, "recent", _nothing, 0.3),
    Kind(
        "regret",
        "return_goods",
        "refund",
        7,
        "fresh",
        _telling(fault="none", condition=_one_of(unopened=30, like_new=55, used=15)),
    ),
    Kind(
        "before",
        "advice",
        "consultation",
        14,
        "none",
        _telling(need=_one_of(advice=55, call=20, quote=25), pieces=_one_of(**{"1": 80, "5": 12, "12": 8})),
        0.15,
        0.01,
    ),
    Kind(
        "change",
        "order_change",
        "change_order",
        5,
        "under_way",
        _telling(
            order_status=_one_of(placed=30, packed=45, on_the_way=25),
            change=_one_of(cancel=25, address=30, time=35, model=10),
        ),
        0.1,
    ),
    Kind("price", "price_drop", "", 3, "fresh", _nothing, 0.1),
    Kind("install", "other", "", 6, "recent", _nothing, 0.3, sorts=INSTALLED),
    Kind("refund", "other", "", 4, "owned", _nothing),
    Kind("invoice", "other", "", 5, "owned", _nothing, 0.15, 0.02),
    Kind(
        "repair",
        "repair",
        "warranty",
        10,
        "owned",
        _telling(fault="ours", repairs=_one_of(**{"0": 60, "1": 28, "2": 12})),
        0.2,
        0.12,
    ),
    Kind("howto", "other", "", 6, "owned", _nothing, 0.3, 0.02),
    Kind("staff", "complaint", "goodwill", 3, "owned", _telling(harm=_one_of(none=45, trip=40, loss=15)), 0.1),
    Kind("praise", "idea", "", 3, "owned", _nothing, 0.0, 0.0),
)
# How they come in. What comes by telephone or over the counter, a colleague writes down.
CHANNELS: Mapping[str, int] = {"web": 48, "mail": 22, "phone": 20, "chat": 7, "counter": 3}
BROUGHT_BY_A_COLLEAGUE = ("phone", "counter")
