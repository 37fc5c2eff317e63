"""By which way an answer goes: back by the channel that the customer wrote by, where that carries it; else by mail."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tantam.desk.cases.act import Act
from tantam.desk.common.errors import Refused
from tantam.desk.customers.contacts import mail_of


@dataclass(frozen=True, slots=True)
class Way:
    """names: that a plan may give the channel. address: where to. work: the kind that delivers it; told: its payload,

    to which {"message": id} is added. remark: what its writer should know before: "paid" (the network charges for it),
    "by_hand" (it takes what a human being wrote, and nothing else), or "". takes: the files that go along, as {media
    type: most bytes}; the others stand on the private page. shuts_at: when it takes nothing more, None for never.
    """

    names: tuple[str, ...]
    address: str
    work: str
    told: Mapping[str, object] = field(default_factory=dict)
    remark: str = ""
    takes: Mapping[str, int] = field(default_factory=dict)
    shuts_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shut:
    """The customer wrote by a network that takes no answer any more. network: as people call it. hours: it took one.

    code: why, of `common.errors`. name: of the network, as in `customers.contacts.NETWORKS`; "" where nothing else goes
    there, either.
    """

    network: str
    hours: int
    code: str = "line_shut"
    name: str = ""


Carrier = Callable[[Act], Way | Shut | None]
_CARRIERS: list[Carrier] = []


def register(carrier: Carrier) -> None:
    """Register who may carry an answer; it returns None for what is not its own."""
    if carrier not in _CARRIERS:
        _CARRIERS.append(carrier)


def way_of(act: Act) -> Way | Shut | None:
    """Return how an answer in this case goes; None by mail, as do words that a network no longer takes."""
    return next((way for each in _CARRIERS if (way := each(act)) is not None), None)


def refuse_if_shut(act: Act) -> None:
    """Raise Refused(the code of `Shut`) where words of a person would reach nobody: no promise is kept by them."""
    if not mail_of(act.case.customer) and isinstance(way := way_of(act), Shut):
        raise Refused(way.code, network=way.network, hours=way.hours)
