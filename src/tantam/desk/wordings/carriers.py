"""Who brings a wording to a customer: a network registers how, and says what is missing where it cannot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tantam.desk.cases.act import Act
from tantam.desk.cases.carriers import Way
from tantam.desk.common.errors import Refused


@dataclass(frozen=True, slots=True)
class Carried:
    """way: how it goes. address: to whom, as the network takes it: a number."""

    way: Way
    address: str


Carrier = Callable[[Act], Carried | None]
_CARRIERS: dict[str, Carrier] = {}


def register(network: str, carrier: Carrier) -> None:
    """Register who carries wordings of a network: None where there is no account, or nobody there to write to.

    It raises Refused where only something of the customer's is missing, such as a number.
    """
    _CARRIERS[network] = carrier


def networks() -> tuple[str, ...]:
    """Return the networks that have wordings at all."""
    return tuple(_CARRIERS)


def carried(act: Act, network: str) -> Carried | None:
    """Return how a wording of the network gets to the case's customer. Raises Refused."""
    carrier = _CARRIERS.get(network)
    return carrier(act) if carrier else None


def carried_or_refused(act: Act, network: str) -> Carried:
    """Return the same. Raises Refused("wording_no_way") also where there is none."""
    found = carried(act, network)
    if found is None:
        raise Refused("wording_no_way")
    return found
