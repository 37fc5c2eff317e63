"""The files that go with what is said: brought to the store first, then named by a draft or a message."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from tantam.desk.accounts.models import Person
from tantam.desk.cases.access import case_by_link, cases_for
from tantam.desk.cases.joined import same_customer
from tantam.desk.cases.models import Attachment, Case, Draft, Message
from tantam.desk.cases.notes import files_read_by
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.files import serving, store
from tantam.desk.files.models import Blob

MOST_FILES = 20  # of one message
MOST_NAME = 200
REFUSALS = ("file_empty", "file_too_large", "file_type", "files_too_large", "files_too_many", "file_broken_off")
REFUSALS += ("mail_encrypted",)  # kept, and said not to be legible

_log = logging.getLogger(__name__)

Hearer = Callable[[Message, Sequence[Attachment]], None]
_hearers: list[Hearer] = []


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that somebody sent. blob: None where it was refused, with the code of REFUSALS; content_id: or ""."""

    name: str
    blob: Blob | None = None
    refused: str = ""
    content_id: str = ""


def bring(files: Iterable[tuple[str, Iterable[bytes]]], *, already: int = 0) -> list[Brought]:
    """Keep files given as (name, chunks); return each with its blob or why it is not kept. Call it outside of an act.

    already: bytes that the message has.
    """
    found: list[Brought] = []
    together = already
    for name, chunks in files:
        known = serving.safe_name(name)[:MOST_NAME]
        try:
            if len(found) >= MOST_FILES:
                raise Refused("files_too_many", most=MOST_FILES)
            blob = store.keep(chunks, known)
            if together + blob.bytes > store.MOST_TOGETHER:
                raise Refused("files_too_large", most=store.MOST_TOGETHER // store.MEGABYTE)
        except Refused as refused:
            found.append(Brought(known, refused=refused.code))
            continue
        together += blob.bytes
        found.append(Brought(known, blob))
    return found


def bring_with_words(given: Sequence[tuple[str, Iterable[bytes]]], *, already: int = 0) -> list[Brought]:
    """Keep the files of a form, as `bring`; those that a full disk does not take are refused, and no word is lost."""
    try:
        return bring(given, already=already)
    except OSError:
        _log.exception("Files could not be kept; the form that they came with is shown again.")
        return [Brought(serving.safe_name(name)[:MOST_NAME], refused="file_broken_off") for name, _chunks in given]


def hears_files(hearer: Hearer) -> Hearer:
    """Register a function that is called when files came with a customer's words, in the same transaction."""
    if hearer not in _hearers:
        _hearers.append(hearer)
    return hearer


def attach(
    case: Case, brought: Sequence[Brought], *, to: Draft | Message, person: Person | None = None
) -> list[Attachment]:
    """Name files by a draft or a message; the caller is inside a transaction that holds it."""
    named = {"draft": to} if isinstance(to, Draft) else {"message": to}
    now = clock.now()
    rows = [
        Attachment(
            case=case,
            blob=each.blob,
            name=each.name,
            content_id=each.content_id[:200],
            refused=each.refused,
            person=person,
            at=now,
            **named,
        )
        for each in brought
    ]
    made = Attachment.objects.bulk_create(rows)
    if isinstance(to, Message) and to.direction == Message.Direction.INCOMING and made:
        for hearer in _hearers:
            hearer(to, made)
    return made


def attach_once(message: Message, brought: Sequence[Brought]) -> None:
    """Name files by the message that they came with, unless it has some: the same form or mail may come twice."""
    if brought and not message.attachments.exists():
        attach(message.case, brought, to=message)


def refusal(name: str, code: str) -> Refused:
    """Return why a file was not kept. code: one of REFUSALS."""
    most = {"file_too_large": store.MOST_BYTES // store.MEGABYTE, "files_too_many": MOST_FILES}
    return Refused(code, name=name, most=most.get(code, store.MOST_TOGETHER // store.MEGABYTE))


def sentence(name: str, code: str) -> str:
    """Return the same in words, in the active language."""
    return refusal(name, code).sentence()


def bytes_of(draft: Draft | None) -> int:
    """Return how many bytes a draft carries so far."""
    return sum(each.blob.bytes for each in draft.attachments.select_related("blob") if each.blob) if draft else 0


def of_messages(cases: Iterable[Case]) -> Mapping[int, list[Attachment]]:
    """Return {message id: its files} of these cases; one query."""
    found: dict[int, list[Attachment]] = defaultdict(list)
    for each in _with_files().filter(case__in=list(cases), message__isnull=False):
        found[each.message_id or 0].append(each)
    return found


def attachment_for(person: object, pk: int) -> Attachment:
    """Return a file of a case that this person may see. Raises Http404."""
    if not isinstance(person, Person):
        raise Http404
    return _kept(_with_files().filter(files_read_by(person), case__in=cases_for(person)), pk)


def attachment_by_link(key: str, pk: int) -> Attachment:
    """Return a file that the customer with this private link sent or was sent, no note's or draft's. Raises Http404."""
    case = case_by_link(key)
    said = Attachment.objects.exclude(message=None).exclude(message__direction=Message.Direction.NOTE)
    return _kept(said.select_related("blob").filter(case__in=same_customer(case)), pk)


def _with_files() -> QuerySet[Attachment]:
    return Attachment.objects.select_related("blob").order_by("id")


def _kept(among: QuerySet[Attachment], pk: int) -> Attachment:
    found = among.filter(pk=pk).exclude(blob=None).first()
    if found is None:
        raise Http404
    return found
