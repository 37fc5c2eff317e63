"""A chat as its visitor sees it: what was said, what was read, who answers, and where it stands. Notes never."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tantam.desk import duty
from tantam.desk.accounts.models import Person
from tantam.desk.cases import attachments, joined
from tantam.desk.cases.models import Attachment, Case, Message, Promise
from tantam.desk.chats.models import Visitor
from tantam.desk.customers.address import given_name
from tantam.desk.plans import kinds

MOST = 200  # messages that a window is given at once
WAITING, OPEN, MAILED, RESOLVED = "waiting", "open", "handed_to_mail", "resolved"


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message. whose: "you" (the visitor), "us", or "note" for what the desk wrote by itself. name: of who said it.

    read: whether whom it was meant for has read it. client_id: by which the visitor's own window knows it, or "".
    """

    id: int
    whose: str
    name: str
    text: str
    at: datetime
    files: tuple[Attachment, ...] = ()
    read: bool = False
    client_id: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a chat stands. agent: the given name of who answers, "" while nobody does. due: of the first reply owed."""

    state: str
    agent: str
    present: bool
    read_id: int
    read_by_us: int
    due: datetime | None


def name_of(visitor: Visitor, client_id: str) -> str:
    """Return the name under which the desk keeps a message of this window; no mail refers to it."""
    return f"<chat.{visitor.pk}.{client_id}@received>"


def spoken(visitor: Visitor, company: str, *, after: int = 0, but: Iterable[int] = ()) -> list[Spoken]:
    """Return what was said last, oldest first, at most MOST. after: only newer ids; but: these not.

    company: what the desk's own words are signed with.
    """
    if visitor.case is None:
        return []
    cases = _cases(visitor)
    said = Message.objects.filter(case__in=cases, pk__gt=after).exclude(direction=Message.Direction.NOTE)
    said = said.exclude(pk__in=[*but, visitor.copy_id])
    newest = list(said.select_related("author").order_by("-id")[:MOST])[::-1]
    files = attachments.of_messages(cases) if newest else {}
    return [_spoken(each, visitor, company, files.get(each.pk, ())) for each in newest]


def holds(visitor_id: int, message: Message) -> bool:
    """Whether a message is one of the visitor's conversation."""
    visitor = Visitor.objects.select_related("case").filter(pk=visitor_id).exclude(case=None).first()
    return visitor is not None and message.case_id in [each.pk for each in _cases(visitor)]


def standing(visitor: Visitor, now: datetime) -> Standing:
    """Return where it stands. Four queries at most; the visitor is as it was read."""
    case = joined.shown_to_customer(visitor.case) if visitor.case else None
    owner = case.owner if case else None
    return Standing(
        state=_state(visitor, case),
        agent=given_name(owner.name, owner.language) if owner else "",
        present=owner is not None and _present(owner, now),
        read_id=visitor.read_id,
        read_by_us=visitor.read_by_us,
        due=_due(case) if case and owner is None or case and not _answered(case) else None,
    )


def _cases(visitor: Visitor) -> Sequence[Case]:
    assert visitor.case is not None
    return joined.same_customer(joined.shown_to_customer(visitor.case))


def _state(visitor: Visitor, case: Case | None) -> str:
    if visitor.ended_at is not None or case is not None and case.status == Case.Status.RESOLVED:
        return RESOLVED
    if not visitor.is_open:
        return MAILED
    return OPEN if case is not None and case.owner_id else WAITING


def _present(owner: Person, now: datetime) -> bool:
    return duty.presence(owner, now) != "gone"


def _answered(case: Case) -> bool:
    return case.messages.filter(direction=Message.Direction.OUTGOING, author__isnull=False).exists()


def _due(case: Case) -> datetime | None:
    owed = case.promises.filter(kind=kinds.FIRST_REPLY, state=Promise.State.OWED, paused_at=None)
    return owed.order_by("due_at").values_list("due_at", flat=True).first()


def _spoken(message: Message, visitor: Visitor, company: str, files: Sequence[Attachment]) -> Spoken:
    author = message.author
    incoming = message.direction == Message.Direction.INCOMING
    whose = "you" if incoming else "us" if author else "note"
    name = given_name(author.name, author.language) if author else "" if incoming else company
    return Spoken(
        id=message.pk,
        whose=whose,
        name=name,
        text=message.body,
        at=message.written_at,
        files=tuple(each for each in files if each.blob),
        read=message.pk <= (visitor.read_by_us if incoming else visitor.read_id),
        client_id=_client_id(message.message_id or "", visitor) if incoming else "",
    )


def _client_id(message_id: str, visitor: Visitor) -> str:
    start = f"<chat.{visitor.pk}."
    return message_id.removeprefix(start).removesuffix("@received>") if message_id.startswith(start) else ""
