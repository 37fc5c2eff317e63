"""The company's accounts at networks, as the surroundings name them; all keys of one, or none.

TANTAM_WHATSAPP_NUMBER, _TOKEN, _SECRET, _VERIFY, and _BUSINESS for approved texts; TANTAM_MESSENGER_PAGE, _TOKEN,
_SECRET, _VERIFY, and _HUMAN_AGENT, not empty where Meta gave leave for that tag; TANTAM_ZALO_APP, _SECRET, _OA,
_OA_SECRET, _TOKENS, and _ZNS, not empty where the app may send templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

GRAPH = "https://graph.facebook.com/v23.0"
KEYS = {
    "whatsapp": ("NUMBER", "TOKEN", "SECRET", "VERIFY"),
    "messenger": ("PAGE", "TOKEN", "SECRET", "VERIFY"),
    "zalo": ("APP", "SECRET", "OA", "OA_SECRET", "TOKENS"),
}
MORE = {
    "whatsapp": ("BUSINESS",),
    "messenger": ("HUMAN_AGENT",),
    "zalo": ("ZNS",),
}  # keys that an account may have besides
PLACES = {"whatsapp": GRAPH, "messenger": GRAPH, "zalo": "https://openapi.zalo.me"}


@dataclass(frozen=True, slots=True)
class Account:
    """keys: by the names of KEYS, in lower case; never shown. place: where the network is called, without a slash."""

    network: str
    place: str
    keys: Mapping[str, str] = field(repr=False)


def accounts_of(surroundings: Mapping[str, str]) -> dict[str, Account]:
    """Return the accounts that variables name, by network. Raises ValueError for one of which a key is missing."""
    found = {}
    for network, names in KEYS.items():
        start = f"TANTAM_{network.upper()}_"
        keys = {each.lower(): surroundings.get(start + each, "").strip() for each in names}
        if not any(keys.values()):
            continue
        if missing := [start + name.upper() for name, value in keys.items() if not value]:
            raise ValueError(f"{', '.join(missing)}: not set. {network} wants {start}{{{', '.join(names)}}} together.")
        keys |= {each.lower(): surroundings.get(start + each, "").strip() for each in MORE.get(network, ())}
        place = surroundings.get(f"{start}URL", "").strip() or PLACES[network]
        found[network] = Account(network, place.rstrip("/"), keys)
    return found
