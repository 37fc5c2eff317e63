"""The head that every mail of the desk has: from the company, to one reader, under an id that it keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address, HeaderRegistry, UniqueUnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy, Policy
from email.utils import format_datetime

from django.conf import settings

from tantam.desk.channels.email.line import Undeliverable
from tantam.desk.common.mail_heads import BY_ITSELF


class Unwritable(Undeliverable):
    """No mail can carry its reader's address."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{address!r} cannot be written to", status="5.1.3", lasting=True)


@dataclass(frozen=True, kw_only=True)
class Heading:
    """company: as it signs. name, address: the reader's. at: when it was written, aware. message_id: in its <>."""

    subject: str
    company: str
    name: str
    address: str
    at: datetime
    message_id: str


def mail_under(heading: Heading, text: str) -> EmailMessage:
    """Return a mail of plain text. Raises Unwritable."""
    mail = EmailMessage(_policy())
    mail["Subject"] = one_line(heading.subject)
    mail["From"] = Address(one_line(heading.company), addr_spec=settings.MAIL_FROM)
    mail["To"] = _reader(heading)
    mail["Date"] = format_datetime(heading.at)
    mail["Message-ID"] = heading.message_id
    mail.set_content(text.strip() + "\n", cte="quoted-printable")
    return mail


def follows(mail: EmailMessage, ids: Sequence[str]) -> None:
    """Say which mails this one follows, by their Message-IDs, the oldest first; what no head can carry is left out."""
    if legible := [each for each in ids if each and each.isascii() and each.isprintable()]:
        mail["In-Reply-To"], mail["References"] = legible[-1], " ".join(legible)


def by_itself(mail: EmailMessage) -> None:
    """Say that nobody wrote it by hand, so that no program answers it."""
    for name, value in BY_ITSELF.items():
        mail[name] = value


def one_line(text: str) -> str:
    """Return the text on one line, as a head takes it."""
    return " ".join(text.split())


def _reader(heading: Heading) -> Address:
    try:
        return Address(one_line(heading.name), addr_spec=heading.address)
    except (ValueError, IndexError, HeaderParseError) as unsayable:
        raise Unwritable(heading.address) from unsayable


class _InWhole(UniqueUnstructuredHeader):
    """A header of ids or addresses, one on each line: encoded, as a long one would be, no program knows it again."""

    def fold(self, *, policy: Policy) -> str:
        """Return it as it is sent."""
        return f"{self.name}: {f'{policy.linesep} '.join(self.split())}{policy.linesep}"


def _policy() -> EmailPolicy:
    kinds = HeaderRegistry()
    for each in ("In-Reply-To", "References", "List-Unsubscribe"):
        kinds.map_to_type(each, _InWhole)
    return EmailPolicy(header_factory=kinds)
