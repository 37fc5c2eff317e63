"""Reads a mail as it came in, whatever its state: who wrote, what, in answer to which message.

Nothing here raises for bad input: what cannot be read is left out, and the raw mail is kept elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.parser import BytesHeaderParser
from html import escape

from tantam.desk.channels.email.armour import without_armour
from tantam.desk.channels.email.bounces import Bounce
from tantam.desk.channels.email.headers import addresses, clean, decoded, header, shortened, written
from tantam.desk.channels.email.invited import Invitation, invitation_in
from tantam.desk.channels.email.machine import Machine, machine_of
from tantam.desk.channels.email.parts import (
    MOST_PARTS,
    MailFile,
    Seal,
    all_parts,
    attachment_line,
    calendars_of,
    files_among,
    leaves,
    pages_of,
    plain_of,
    seals_of,
)
from tantam.desk.channels.email.plain import text_of_html
from tantam.desk.channels.email.quotes import without_quotes
from tantam.desk.channels.email.reports import report_of
from tantam.desk.customers.models import MOST_NAME

__all__ = ["LONGEST_BODY", "MOST_PARTS", "MailFile", "ReadMail", "clean", "header", "read", "whole_text"]

LONGEST_BODY = 19_000  # the desk takes 20,000; the whole mail is kept raw
LONGEST_SUBJECT = 200
LONGEST_HTML = 500_000
_MESSAGE_ID = re.compile(r"<[^<>\s]{3,250}>")
_ADDRESS = re.compile(r"[^@\s<>\"]{1,64}@[^@\s<>\"]{1,189}")


@dataclass(frozen=True, slots=True)
class ReadMail:
    """What a mail says.

    message_id: with its angle brackets, "" if it has none. sender: the address in lower case, "" if there is none.
    body: what the writer wrote, without what they quoted; attachments named at its end; words: the same without the
    names. answers: the ids it refers to, the nearest first. files: in order. html: as it was laid out; of plain text
    from which something was cut, all of it; else "".
    machine: who wrote it, if nobody did; bounce: what became of a mail of ours, or who complained of it. seals: how
    it was closed. invitation: to what it invites.
    """

    message_id: str
    sender: str
    name: str
    subject: str
    body: str
    answers: tuple[str, ...]
    language: str = ""
    words: str = ""
    files: tuple[MailFile, ...] = ()
    html: str = ""
    machine: Machine = Machine.NONE
    bounce: Bounce | None = None
    seals: tuple[Seal, ...] = ()
    invitation: Invitation | None = None

    @property
    def automatic(self) -> bool:
        """Whether no person wrote it."""
        return self.machine is not Machine.NONE


def read(raw: bytes) -> ReadMail:
    """Return what the mail says."""
    mail = _parsed(raw)
    name, sender = _sender(mail)
    parts, whole = leaves(mail), all_parts(mail)
    text, pages, files = _text_of(parts), pages_of(parts), files_among(parts)
    words = without_quotes(without_armour(clean(text)))[:LONGEST_BODY].strip()
    subject = " ".join(header(mail, "Subject").split())[:LONGEST_SUBJECT]
    machine, bounce = machine_of(report_of(mail, whole, subject, clean(text)), words)
    named = [attachment_line(each) for each in files if each.content_id == "" or each.content_id not in "".join(pages)]
    return ReadMail(
        message_id=next(iter(_ids(mail, "Message-ID")), ""),
        sender=sender,
        name=name,
        subject=subject,
        body="\n\n".join([words, *named[:20]]).strip()[: LONGEST_BODY + 900],
        answers=_answers(mail),
        language=header(mail, "Content-Language")[:2].lower(),
        words=words,
        files=tuple(files),
        html=clean(next(iter(pages), ""))[:LONGEST_HTML] or _all_of(clean(text), words),
        machine=machine,
        bounce=bounce,
        seals=seals_of(mail, whole, text),
        invitation=next((found for each in calendars_of(parts) if (found := invitation_in(each))), None),
    )


def whole_text(raw: bytes) -> str:
    """Return all of a mail's text, what it quotes included; at most as much as a page should show."""
    return clean(_text_of(leaves(_parsed(raw))))[: 4 * LONGEST_BODY]


def _all_of(text: str, words: str) -> str:
    """Return the whole text as a page, "" where the words are all of it."""
    return "" if text.split() == words.split() else f"<p>{escape(text.strip())}</p>".replace("\n", "<br>\n")


def _parsed(raw: bytes) -> Message:
    """Return the mail taken apart; one nested so deep that it cannot be is one part, as it came."""
    try:
        return message_from_bytes(shortened(raw))
    except RecursionError:
        mail = BytesHeaderParser().parsebytes(shortened(raw)[: 8 * LONGEST_BODY])
        for each in ("Content-Type", "Content-Transfer-Encoding", "Content-Disposition"):
            del mail[each]
        return mail


def _sender(mail: Message) -> tuple[str, str]:
    """Return name and address of who is to be answered: From alone, for nothing proves Reply-To or Sender.

    Addresses are looked for before encoded words are read, as mail servers do who prove a sender: a name may say
    anything. Where several are given, nobody knows which was proved: then there is none.
    """
    named = [pair for each in written(mail, "From") for pair in addresses(each)]
    found = {address.lower(): name for name, address in named if _ADDRESS.fullmatch(clean(address))}
    if len(found) != 1:
        return "", ""
    ((address, name),) = found.items()
    return " ".join(decoded(name).split())[:MOST_NAME], clean(address)


def _ids(mail: Message, name: str) -> list[str]:
    return _MESSAGE_ID.findall(header(mail, name))


def _answers(mail: Message) -> tuple[str, ...]:
    nearest_first = [*_ids(mail, "In-Reply-To"), *reversed(_ids(mail, "References"))]
    return tuple(dict.fromkeys(nearest_first))[:50]


def _text_of(parts: list[Message]) -> str:
    """Return the plain text of the parts, else their HTML as text; at most as much as a page should show."""
    text = plain_of(parts) or "\n\n".join(text_of_html(each) for each in pages_of(parts))
    return text[: 4 * LONGEST_BODY]
