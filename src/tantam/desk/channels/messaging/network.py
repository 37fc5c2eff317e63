"""What the desk wants of a network: whose words it brings, and a way to answer. It knows no case and no customer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol, runtime_checkable

from tantam.desk.accounts.models import Person, Role
from tantam.desk.common.storable import storable
from tantam.desk.wordings.told import Told


class NotTaken(Exception):
    """The network did not take a message just now: the work is tried again later."""


class NeverTaken(Exception):
    """The network will never take this message, such as for somebody who blocked us."""


class Closed(Exception):
    """The network takes no answer any more: they wrote too long ago."""


@dataclass(frozen=True, slots=True)
class Media:
    """A file that somebody sent. where: its id at the network, or its address; name: as they called it, never ""."""

    where: str
    name: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file of ours. media_type: what its bytes are."""

    name: str
    media_type: str
    body: bytes = field(repr=False)

    @property
    def is_picture(self) -> bool:
        """Whether it is shown as a picture."""
        return self.media_type.startswith("image/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What somebody wrote. handle: whose, as the network takes it back; name: id of the message there. at: aware.

    called: as they call themselves there, "" where it is not said. words: never "": a mark for what has none.
    """

    handle: str
    name: str
    at: datetime
    words: str
    called: str = ""
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Written(Heard):
    """What somebody wrote in public. thread: the name of the comment that all of its thread stand under.

    link: where anybody reads it, "" where the network does not say.
    """

    thread: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A comment that its writer edited, or took away: then words is "". name: its id at the network. at: aware."""

    name: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Failed:
    """One of our messages that did not arrive after all. name: its id at the network; why: as it says."""

    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What is told of messages of ours: with their reader, or read. names: their ids at the network; where it tells

    none, all that went to the handle until `at` are meant. at: aware.
    """

    at: datetime
    read: bool = False
    names: tuple[str, ...] = ()
    handle: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one delivery holds. left: how many things in it are no messages: receipts, echoes, reactions.

    written, changed: comments in public. marked: what became of messages of ours; these count as left, too.
    """

    heard: tuple[Heard, ...] = ()
    failed: tuple[Failed, ...] = ()
    left: int = 0
    written: tuple[Written, ...] = ()
    changed: tuple[Changed, ...] = ()
    marked: tuple[Marked, ...] = ()


@dataclass(frozen=True, slots=True)
class Finished:
    """A wording as it goes out. key, name, language: as the network knows it. values: {place: words}, in its order.

    tracking: the message's number, which the network keeps with it.
    """

    key: str
    name: str
    language: str
    values: Mapping[str, str]
    tracking: str = ""


@runtime_checkable
class Worded(Protocol):
    """An account at a network that approves texts beforehand, and takes these at any time.

    worded: whether the company has some there, as its keys say.
    """

    worded: bool

    def wordings(self) -> list[Told]:
        """Return all that the company has there, whatever their state.

        Raises NotTaken, NeverTaken, Closed; KeyError, TypeError, ValueError for an answer that is no list of them.
        """

    def send_wording(self, address: str, what: Finished) -> str:
        """Return the id under which it was taken. address: a number. Raises NotTaken, NeverTaken, Closed."""


class Network(Protocol):
    """One account at a network. name: as in `customers.contacts.NETWORKS`. Made of the account's keys.

    takes: the files that it carries, as {media type: most bytes}; the others stand on the private page. window: how
    long after somebody's last words they may be answered; free: how long that costs nothing. most: characters of one
    message.
    """

    name: str
    window: timedelta
    free: timedelta
    most: int
    takes: Mapping[str, int]

    def believes(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether the network signed this body."""

    def greeted(self, asked: Mapping[str, str]) -> str | None:
        """Return what the network wants to hear when the webhook is set up; None for a stranger."""

    def send(self, handle: str, words: str) -> str:
        """Return the id under which the network took the words. Raises NotTaken, NeverTaken, Closed."""

    def send_file(self, handle: str, file: Parcel) -> str:
        """Return the id under which the network took a file of `takes`. Raises NotTaken, NeverTaken, Closed."""

    def called(self, handle: str) -> str:
        """Return how somebody calls themselves there, "" where it is not said. Raises NotTaken, NeverTaken, Closed."""

    def fetch(self, where: str) -> Iterator[bytes]:
        """Yield a file's bytes. Raises Refused("file_broken_off") for one that is gone, NotTaken."""


@runtime_checkable
class Lasting(Protocol):
    """An account that takes the words of a human being for longer than those of a machine."""

    by_hand: timedelta

    def late(self) -> Network:
        """Return the account in the manner in which it answers after its window."""


def told_in(raw: bytes) -> Any:
    """Return what a delivery says, in texts that can be kept. Raises ValueError, RecursionError for what is no JSON."""
    return storable(json.loads(raw))


def is_open(network: Network, heard_at: datetime, now: datetime) -> bool:
    """Whether somebody who wrote at `heard_at` may still be answered, whoever writes."""
    return now < heard_at + network.window


def answering(network: Network, heard_at: datetime, now: datetime, by: Person | None) -> Network | None:
    """Return the account in the manner in which it answers somebody who wrote at `heard_at`; None if it does not.

    by: who writes, None for the plan; an assistant is no human being.
    """
    if is_open(network, heard_at, now):
        return network
    human = by is not None and by.role != Role.ASSISTANT
    if human and isinstance(network, Lasting) and now < heard_at + network.by_hand:
        return network.late()
    return None


def longest(network: Network, by: Person | None) -> timedelta:
    """Return for how long after somebody's last words this writer may answer. by: as in `answering`."""
    human = by is not None and by.role != Role.ASSISTANT
    return network.by_hand if human and isinstance(network, Lasting) else network.window


def hours(network: Network, by: Person | None) -> int:
    """Return the same in whole hours."""
    return int(longest(network, by).total_seconds()) // 3600
