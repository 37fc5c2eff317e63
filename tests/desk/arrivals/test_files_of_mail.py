"""Files that came with something are kept before anything is locked, and never by looking at it."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from django.db import connection
from django.db.models.signals import pre_save
from django.http import Http404

from tantam.desk.arrivals import actions, intake
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.cases.models import Attachment, Case
from tantam.desk.channels.email import incoming
from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import Customer
from tantam.desk.files import store
from tantam.desk.files.models import Blob
from tests.desk.channels.letters import mail
from tests.desk.files.test_store import picture
from tests.support import desk


def _with_photo(**headers: str) -> bytes:
    made = message_from_bytes(mail(**headers), policy=policy.default)
    assert isinstance(made, EmailMessage)
    made.add_attachment(picture(), maintype="image", subtype="png", filename="máy.png")
    return made.as_bytes()


@pytest.fixture
def machine(plan: object, hoa: Customer) -> Arrival:
    """A person's mail with a photo, which a header calls a machine's."""
    return intake.take_in(incoming.store(_with_photo(Auto_Submitted="auto-generated")).pk)


@pytest.fixture
def depths(db: None) -> Iterator[list[int]]:
    """How many transactions lay around each file as it was noted; the first is that of a file kept by itself."""
    found: list[int] = []

    def note(**_: Any) -> None:
        found.append(len(connection.savepoint_ids))

    pre_save.connect(note, sender=Blob)
    store.keep([b"by itself"], "a.txt")
    yield found
    pre_save.disconnect(note, sender=Blob)


def test_what_becomes_no_message_leaves_no_file(machine: Arrival) -> None:
    assert machine.problem == Problem.AUTOMATIC and not Blob.objects.exists()


def test_mail_is_read_with_its_files_kept_before_the_lock(plan: object, hoa: Customer, depths: list[int]) -> None:
    taken = intake.take_in(incoming.store(_with_photo()).pk)
    assert taken.case is not None and Attachment.objects.get().name == "máy.png"
    assert depths == [depths[0]] * 2


@pytest.mark.parametrize("own", [True, False])
def test_by_hand_its_files_go_with_it_and_are_kept_before_the_lock(
    machine: Arrival, hoa: Customer, staff: desk.Staff, depths: list[int], own: bool
) -> None:
    into = desk.opened(hoa if own else desk.customer(mail="kim@example.org"))
    actions.put_to_case(machine, into, staff.agent)
    named = Attachment.objects.get()
    assert (named.case, named.blob is None) == (into, False)
    assert named.message is not None and named.message.direction == ("incoming" if own else "note")
    assert depths == [depths[0]] * 2


def test_case_is_made_with_its_files(machine: Arrival, staff: desk.Staff, depths: list[int]) -> None:
    case = actions.make_case(machine, staff.agent)
    assert Attachment.objects.get().case == case and depths == [depths[0]] * 2


def test_who_may_not_see_it_or_comes_second_stores_nothing(machine: Arrival, staff: desk.Staff) -> None:
    with pytest.raises(Http404):
        actions.make_case(machine, staff.outsider)
    Arrival.objects.update(thrown_at=machine.received_at)
    with pytest.raises(Refused, match="tray_seen_to"):
        actions.make_case(machine, staff.agent)
    assert not Blob.objects.exists() and not Case.objects.exists()
